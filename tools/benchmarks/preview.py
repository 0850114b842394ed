"""Measure the time from a save to what the preview shows of it, in a real browser.

    .venv/bin/python -m tools.benchmarks.preview --sizes 350 5000 --write

It needs Chromium (`tests/browser/chromium.py`) and Linux. `servir` runs on the site of the
benchmark, with the page of a record open and scrolled. A time ends when the driver of the browser
says that the change is in sight: it holds some milliseconds of its own.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from maille.preview.server import find_free_port
from tests.browser.chromium import executable
from tools.benchmarks import tables
from tools.benchmarks.generate import write_maille
from tools.benchmarks.generators import TODAY
from tools.benchmarks.records import MINIATURE, ROOT, make_records

if TYPE_CHECKING:  # a browser takes a quarter of a second to load, which tests do without
    from playwright.sync_api import Locator, Page

START, END = "<!-- preview -->", "<!-- end of preview -->"
PLACE = 700  # pixels that the open page is scrolled down
PATIENCE = 120_000  # milliseconds for a change to be seen
QUIET = 0.5  # seconds without work after which a check is over


@dataclass
class Desk:
    """A preview that runs: the process, the open page, and the files that are edited."""

    process: int
    page: Page
    record: Path
    template: Path


@dataclass
class Measure:
    """The seconds of each save of one sort, and how often the page kept its place."""

    title: str
    seconds: list[float] = field(default_factory=list)
    kept: int = 0


Edit = Callable[[Desk, int], "Locator"]


def main() -> None:
    """Measure the sizes that the arguments ask for, and print the results."""
    arguments = _read_arguments()
    parts = [_write_heading(arguments), tables.describe_machine()]
    for size in arguments.sizes:
        print(f"{size} records…", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder) / "site"
            write_maille(make_records(size, MINIATURE), site, MINIATURE)
            with open_desk(site) as desk:
                measured = measure_all(desk, arguments.saves)
        parts += [f"### {size:,} records", format_table(measured)]
    tables.report(parts, START, END, write=arguments.write)


@contextmanager
def open_desk(site: Path) -> Iterator[Desk]:
    """Run `servir` on a site and open the page of a record, until the block ends."""
    from playwright.sync_api import sync_playwright

    options = ("--root", str(site), "--port", str(find_free_port(8000)), "--date", TODAY)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = (sys.executable, str(ROOT / "build.py"), "servir", *options)
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        said = next(
            line for line in process.stdout if "http://127.0.0.1" in line and "Ctrl" in line
        )
        url = next(word for word in said.split() if word.startswith("http"))
        record = sorted((site / "catalysers").glob("essai-*.md"))[5]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=executable(), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="fr-FR")
            page.set_default_timeout(PATIENCE)
            page.goto(f"{url}catalyseurs/{record.stem}/", wait_until="load")
            yield Desk(process.pid, page, record, site / "templates" / "catalyser.html")
            browser.close()
    finally:
        process.terminate()
        process.wait()


def measure_all(desk: Desk, saves: int) -> list[Measure]:
    """Return the measures of all sorts of saves; those that wait for a check are `saves` / 4."""
    few = math.ceil(saves / 4)
    mistake = {"A mistake in a key: its panel": spoil_date, "Mended: no panel": mend_date}
    unknown = {
        "A word that is in no list: its panel": spoil_profile,
        "Mended, no panel": mend_profile,
    }
    return [
        *measure_edits(desk, saves, {"A text": edit_body}),
        *measure_edits(desk, saves, {"A text, during a check": edit_body}, rest=False),
        *measure_edits(desk, saves, mistake, rest=False),
        *measure_edits(desk, few, {"A name": edit_name}),
        *measure_edits(desk, few, {"A template": edit_template}),
        *measure_edits(desk, few, unknown),
    ]


def measure_edits(
    desk: Desk, saves: int, edits: Mapping[str, Edit], *, rest: bool = True
) -> list[Measure]:
    """Return the measures of edits made in turn; each waits for the check before, if `rest`."""
    measures = {title: Measure(title) for title in edits}
    wait_for_rest(desk.process)
    for number in range(saves):
        for title, edit in edits.items():
            if rest:
                wait_for_rest(desk.process)
            desk.page.evaluate(f"scrollTo(0, {PLACE})")
            place = desk.page.evaluate("scrollY")
            started = time.perf_counter()
            seen = edit(desk, number)
            seen.wait_for(state="detached" if title.startswith("Mended") else "visible")
            measures[title].seconds.append(time.perf_counter() - started)
            measures[title].kept += keeps_place(desk.page, place)
    return [*measures.values()]


def keeps_place(page: Page, place: float) -> bool:
    """Return whether a page is scrolled to its former place, now or within two seconds."""
    from playwright.sync_api import Error

    for _ in range(20):
        with suppress(Error):  # the page is being loaded again
            if page.evaluate("document.readyState === 'complete' && scrollY") == place:
                return True
        page.wait_for_timeout(100)
    return False


def wait_for_rest(process: int) -> None:
    """Return once a process has done no work for `QUIET`: its check is over."""
    while True:
        before = _count_ticks(process)
        time.sleep(QUIET)
        if _count_ticks(process) - before <= 1:
            return


def _count_ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])  # user and system


# --- The edits: each saves a file, and returns what is then in sight, or no longer ----------------


def edit_body(desk: Desk, number: int) -> Locator:
    """Add a sentence to the text of the record."""
    mark = f"Enregistrement {number} de {time.monotonic_ns()}"
    text = desk.record.read_text("utf-8").partition("\n\nEnregistrement")[0]
    desk.record.write_text(f"{text}\n\n{mark}\n", "utf-8")
    return desk.page.get_by_text(mark)


def edit_name(desk: Desk, number: int) -> Locator:
    """Change the name of the record."""
    _replace_key(desk, "nom", name := f"Essai renommé {number}")
    return desk.page.get_by_role("heading", level=1, name=name, exact=True)


def edit_template(desk: Desk, number: int) -> Locator:
    """Add a paragraph to the template of records."""
    text, mark = desk.template.read_text("utf-8"), f"Gabarit {number}"
    before, _, _ = text.partition("<p>Gabarit")
    before = before.rstrip().removesuffix("{% endblock %}").rstrip()
    desk.template.write_text(f"{before}\n<p>{mark}</p>\n{{% endblock %}}\n", "utf-8")
    return desk.page.get_by_text(mark, exact=True)


def spoil_date(desk: Desk, number: int) -> Locator:
    """Write a date that does not exist."""
    _replace_key(desk, "verifie_le", f"2025-13-{number + 1:02}")
    return _find_panel(desk)


def mend_date(desk: Desk, number: int) -> Locator:
    """Write a good date in its place."""
    _replace_key(desk, "verifie_le", f"2025-10-{number % 28 + 1:02}")
    return _find_panel(desk)


def spoil_profile(desk: Desk, number: int) -> Locator:
    """Name a profile that is not in the list of profiles."""
    _replace_key(desk, "profil", f"inconnu-{number}")
    return _find_panel(desk)


def mend_profile(desk: Desk, _number: int) -> Locator:
    """Name a profile of the list."""
    _replace_key(desk, "profil", "accompagnateur")
    return _find_panel(desk)


def _replace_key(desk: Desk, key: str, value: str) -> None:
    lines = desk.record.read_text("utf-8").splitlines()
    changed = [f"{key}: {value}" if one.startswith(f"{key}: ") else one for one in lines]
    desk.record.write_text("\n".join(changed) + "\n", "utf-8")


def _find_panel(desk: Desk) -> Locator:
    return desk.page.get_by_role("alert")


# --- The table ------------------------------------------------------------------------------------


def format_table(measured: Sequence[Measure]) -> str:
    """Return a table with a row for each sort of save."""
    rows = []
    for one in measured:
        ordered = sorted(one.seconds)
        late = ordered[math.ceil(0.95 * len(ordered)) - 1]
        rows.append(
            (
                one.title,
                len(ordered),
                f"{median(ordered):.2f} s",
                f"{late:.2f} s",
                f"{ordered[0]:.2f} to {ordered[-1]:.2f}",
                f"{one.kept} of {len(ordered)}",
            )
        )
    titles = ("Saved", "Times", "Seen, median", "95 of 100", "Least to most", "Place kept")
    return tables.format_rows(titles, rows)


def _write_heading(arguments: argparse.Namespace) -> str:
    sizes = " ".join(map(str, arguments.sizes))
    command = f"python -m tools.benchmarks.preview --sizes {sizes} --saves {arguments.saves}"
    return tables.write_heading(command, 1)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.benchmarks.preview",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--sizes", type=int, nargs="*", default=[350, 5000], help="numbers of records")
    add("--saves", type=int, default=20, help="saves of each sort that shows at once")
    add("--write", action="store_true", help=f"into docs/{tables.DOCUMENT.name}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
