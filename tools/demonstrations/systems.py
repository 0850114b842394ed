"""Print the systems that the first network needs: where each works, and what waits for the owner.

    python -m tools.demonstrations.systems [--output output]

`systems.toml` lists them. Each place is looked at on the built site: the page exists and has its
words, its links lead to pages or files of the site, the file or the command exists. Then every
link of these pages to another page of the site is followed. Exits with 1 if a place or a link
fails.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from maille.cli.arguments import COMMANDS
from tools.demonstrations.facts import ROOT, simplify

SYSTEMS = Path(__file__).parent / "systems.toml"


def find_file(output: Path, address: str) -> Path:
    """Return the file of an address of the site, which may have a query and a fragment."""
    path = address.partition("#")[0].partition("?")[0].lstrip("/")
    return output / path / "index.html" if not path or path.endswith("/") else output / path


def check_page(output: Path, place: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a page: it is missing, or a word or a link of it is."""
    path = find_file(output, place["page"])
    if not path.is_file():
        yield f"{place['page']} is not a page"
        return
    page = LexborHTMLParser(path.read_text(encoding="utf-8"))
    main = page.css_first("main")
    text = simplify(main.text(separator=" ")) if main else ""
    for word in place.get("words", ()):
        if simplify(word) not in text:
            yield f"{place['page']} does not say « {word} »"
    links = {link.attributes.get("href") or "" for link in page.css("a")}
    for address in place.get("links", ()):
        if address not in links:
            yield f"{place['page']} does not lead to {address}"
    for address in sorted(links):
        if address.startswith("/") and not find_file(output, address).is_file():
            yield f"{place['page']}: {address} leads nowhere"


def check_place(output: Path, place: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a place of a system: a page, a file of the site, or a command."""
    if "page" in place:
        yield from check_page(output, place)
    elif "file" in place and not (output / place["file"]).is_file():
        yield f"{place['file']} is not in the output"
    elif "source" in place and not (ROOT / place["source"]).is_file():
        yield f"{place['source']} is not in the repository"
    elif "command" in place and place["command"] not in COMMANDS:
        yield f"« {place['command']} » is not a command"


def describe_place(place: Mapping[str, Any]) -> str:
    """Return a place in a few words."""
    kind, name = next(
        (key, str(place[key])) for key in ("page", "file", "source", "command") if key in place
    )
    return f"build.py {name}" if kind == "command" else name


def main() -> int:
    """Print each system with its places, what is wrong and what waits; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--output", type=Path, default=ROOT / "output")
    asked = parser.parse_args()
    systems = tomllib.loads(SYSTEMS.read_text(encoding="utf-8"))["systems"]
    failed = 0
    for one in systems:
        faults = [fault for place in one["places"] for fault in check_place(asked.output, place)]
        failed += bool(faults)
        waits = f" (waits for {one['waits']})" if "waits" in one else ""
        where = ", ".join(map(describe_place, one["places"]))
        print(f"{'—' if faults else '✓'} {one['number']}. {one['name']}: {where}{waits}")
        for fault in faults:
            print(f"    {fault}")
    waiting = sum("waits" in one for one in systems)
    print(f"{len(systems) - failed} of {len(systems)} work; {waiting} wait in part for the owner")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
