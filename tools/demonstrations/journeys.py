"""Walk from the home page to the answers of fifteen questions, as a visitor with a phone.

    python -m tools.demonstrations.journeys [--output output]

`journeys.toml` lists them. A browser 360 px wide opens the home page, and follows only links,
buttons and fields in sight. Each journey prints its steps and its end: address, title, and the
sentence that answers, for a reader to judge. `end` is that reader's judgement: « answered », or
« honest no » where the page says that the answer is not known. Exits with 1 if a step is not in
sight, or an end does not say its words.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Page, sync_playwright

from tests.browser.chromium import executable
from tests.browser.serving import serving
from tools.demonstrations.facts import ROOT, simplify

JOURNEYS = Path(__file__).parent / "journeys.toml"
PHONE = {"width": 360, "height": 740}
PATIENCE = 5000  # milliseconds for a link or an answer to appear


def find_in_sight(page: Page, words: str) -> Locator:
    """Return the first visible link, button or summary that is these words, or else has them.

    Raises playwright's Error if none appears.
    """
    pattern = r"\s+".join(map(re.escape, words.split()))  # pages have no-break spaces
    named = page.locator("a:visible, button:visible, summary:visible")
    named.filter(has_text=re.compile(pattern)).first.wait_for(timeout=PATIENCE)
    whole = named.filter(has_text=re.compile(rf"^\s*{pattern}\s*$"))
    return whole.first if whole.count() else named.filter(has_text=re.compile(pattern)).first


def take_step(page: Page, step: Mapping[str, str]) -> str:
    """Take one step, and return it in a few words. Raises playwright's Error if it cannot be."""
    if "menu" in step:
        page.locator("summary:visible", has_text="Menu").first.click(timeout=PATIENCE)
        page.locator("header nav a:visible", has_text=step["menu"]).first.click(timeout=PATIENCE)
        said = f"menu › {step['menu']}"
    elif "type" in step:
        field = page.locator("main input[name=q]:visible, main input[type=search]:visible").first
        field.fill(step["type"], timeout=PATIENCE)
        field.press("Enter")
        said = f"type « {step['type']} »"
    else:
        find_in_sight(page, step["follow"]).click(timeout=PATIENCE)
        said = step["follow"]
    page.wait_for_load_state("networkidle")
    return said


def find_sentence(text: str, words: str) -> str:
    """Return the line of a text with these words, up to 300 characters around them, or ""."""
    for line in text.splitlines():
        if simplify(words) in simplify(line):
            return " ".join(line.split())[:300]
    return ""


def walk(page: Page, root: str, journey: Mapping[str, Any]) -> tuple[list[str], str]:
    """Take the steps of a journey; return them in words, and the sentence that answers or ""."""
    page.goto(f"{root}/", wait_until="networkidle")
    taken: list[str] = []
    try:
        taken.extend(take_step(page, step) for step in journey["steps"])
        page.wait_for_timeout(300)  # the answer of the directory is drawn after its data
    except Error as error:
        return [*taken, f"not in sight: {str(error).splitlines()[0]}"], ""
    return taken, find_sentence(page.locator("main").inner_text(), journey["says"])


def main() -> int:
    """Print each journey with its end; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--output", type=Path, default=ROOT / "output")
    asked = parser.parse_args()
    journeys = tomllib.loads(JOURNEYS.read_text(encoding="utf-8"))["journeys"]
    ends: Counter[str] = Counter()
    with serving(asked.output) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        for number, journey in enumerate(journeys, 1):
            page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type] # a TypedDict
            taken, sentence = walk(page, root, journey)
            end = journey["end"] if sentence else "dead end"
            ends[end] += 1
            print(f"{number}. {journey['question']} — {end}")
            print(f"    home › {' › '.join(taken)}")
            print(f"    {page.url.removeprefix(root)} « {page.title()} »")
            print(f"    {sentence or 'does not say: ' + journey['says']}")
            page.close()
        browser.close()
    print(", ".join(f"{count} {end}" for end, count in ends.items()))
    return int(ends["dead end"] > 0)


if __name__ == "__main__":
    sys.exit(main())
