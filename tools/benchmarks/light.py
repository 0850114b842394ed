"""Say how light each kind of page is: Lighthouse (a simulated phone) and EcoIndex.

    .venv/bin/python -m tools.benchmarks.light --rounds 3 --write

It needs Chromium (`tests/browser/chromium.py`), node and npm. The packages of `lighthouse/` are
installed in `--cache`, outside the repository. `ecoindex` is the package of the association that
publishes the index: 100 less 5 times the mean rank of a page among the pages of HTTP Archive, in
twentieths, for its elements (counted three times), its requests (twice) and its kilobytes (once).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from maille.preview import server
from tests.browser.chromium import executable
from tests.browser.serving import FolderApplication
from tools.benchmarks import tables
from tools.benchmarks.generators import install_from_lock
from tools.benchmarks.records import ROOT

if TYPE_CHECKING:  # a browser and Folium take half a second to load, which its tests do without
    from playwright.sync_api import Browser, Request, ViewportSize

START, END = "<!-- light -->", "<!-- end of light -->"
SCRIPT = Path(__file__).parent / "lighthouse" / "audit.mjs"
# Kind of page → the address of one of them.
PAGES = {
    "Home": "/",
    "Directory": "/catalyseurs/",
    "Map": "/carte/",
    "Profile": "/catalyseurs/cocoshaker/",
    "Project": "/projets/recycl-aide80/",
    "Letter": "/lettres/2024-05/",
    "Webinar": "/webinaires/2023/acteurs-associatifs-et-catalyseurs/",
    "Territory": "/territoires/80-somme/",
    "Search": "/recherche/",
}
# How EcoIndex looks at a page: on a wide screen, at rest, after a look at its end.
SCREEN: ViewportSize = {"width": 1920, "height": 1080}
COMPRESSED = ("text/", "application/", "image/svg")
# The index takes a drawing for one element.
COUNT = "() => document.querySelectorAll('*').length - document.querySelectorAll('svg *').length"


@dataclass(frozen=True)
class Load:
    """What EcoIndex reads of a page: elements, requests, and kilobytes as they travel."""

    url: str
    elements: int
    requests: int
    kilobytes: float


@dataclass(frozen=True)
class HostApplication(FolderApplication):
    """A published folder, answered as hosts do: compressed, with the headers of `_headers`."""

    def answer(self, request: server.Request) -> server.Answer:
        """Return the answer of the folder, compressed if its type gains by it."""
        found = super().answer(request)
        rules = read_rules((self.folder / "_headers").read_text(encoding="utf-8"))
        headers = [*found.headers, *list_headers(rules, f"/{request.path}")]
        body = found.body
        if found.content_type.startswith(COMPRESSED) and isinstance(body, bytes):
            body = gzip.compress(body, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
        return replace(found, body=body, headers=tuple(headers))


def read_rules(text: str) -> dict[str, list[tuple[str, str]]]:
    """Return the headers that a file `_headers` gives, by the pattern of their addresses."""
    rules: dict[str, list[tuple[str, str]]] = {}
    pattern = ""
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[pattern].append((name, value))
        elif line:
            pattern = line
            rules.setdefault(pattern, [])
    return rules


def list_headers(
    rules: Mapping[str, Sequence[tuple[str, str]]], address: str
) -> Iterator[tuple[str, str]]:
    """Yield the headers of the rules whose pattern the address matches; `*` is any text."""
    for pattern, headers in rules.items():
        if fnmatch(address, pattern):
            yield from headers


def main() -> None:
    """Measure each kind of page, and print the table."""
    from tools.benchmarks.map import build

    arguments = _read_arguments()
    parts = [_write_heading(arguments), tables.describe_machine()]
    folder = install_from_lock(SCRIPT.parent, arguments.cache)
    shutil.copy(SCRIPT, folder)
    with tempfile.TemporaryDirectory() as made:
        output = arguments.built or build(ROOT, Path(made) / "output")
        with _serve(output) as url:
            loads = _measure_loads(url)
            rounds = [_audit(folder, loads) for _ in range(arguments.rounds)]
    parts.append(format_table(loads, rounds))
    tables.report(parts, START, END, write=arguments.write)


@contextmanager
def _serve(folder: Path) -> Iterator[str]:
    with server.make_server(HostApplication(folder.resolve())) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def _measure_loads(url: str) -> list[Load]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        loads = [_measure_load(browser, url + address) for address in PAGES.values()]
        browser.close()
    return loads


def _measure_load(browser: Browser, url: str) -> Load:
    """Open a page in a browser that knows nothing, scroll to its end, and count."""
    context = browser.new_context(viewport=SCREEN, locale="fr-FR")
    page = context.new_page()
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright marks it
    page.goto(url, wait_until="networkidle")
    page.mouse.wheel(0, 100_000)
    page.wait_for_timeout(1000)
    page.wait_for_load_state("networkidle")
    travelled = [request for request in asked if not request.url.startswith("data:")]
    sizes = [request.sizes() for request in travelled]
    weight = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)
    load = Load(url, page.evaluate(COUNT), len(travelled), weight / 1000)
    context.close()
    return load


def _audit(folder: Path, loads: Sequence[Load]) -> list[dict[str, Any]]:
    """Return what Lighthouse and EcoIndex say of each page, once."""
    done = subprocess.run(
        ["node", folder / SCRIPT.name, executable() or ""],
        input=json.dumps([asdict(load) for load in loads]),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def format_table(loads: Sequence[Load], rounds: Sequence[Sequence[Mapping[str, Any]]]) -> str:
    """Return a table with a row for each page: the worst marks and the median times of all rounds.

    Below it stand the checks that a page did not pass.
    """
    titles = (
        "", "Accessibility", "Best practices", "Performance", "LCP", "Shift",
        "Elements", "Requests", "kB", "EcoIndex",
    )  # fmt: skip
    rows, failed = [], []
    for name, load, *told in zip(PAGES, loads, *rounds, strict=True):
        worst = [min(one[mark] for one in told) for mark in ("accessibility", "best-practices")]
        rows.append(
            (
                f"{name}, `{PAGES[name]}`",
                *worst,
                f"{median(one['performance'] for one in told):.0f}",
                f"{median(one['lcp'] for one in told):.1f} s",
                f"{max(one['shift'] for one in told):.3f}",
                f"{load.elements:,}",
                load.requests,
                f"{load.kilobytes:.0f}",
                f"{told[0]['grade']} ({told[0]['ecoindex']:.0f})",
            )
        )
        failed += [
            f"{name}: `{check}`." for check in sorted({c for one in told for c in one["failed"]})
        ]
    return "\n\n".join([tables.format_rows(titles, rows), *failed])


def _write_heading(arguments: argparse.Namespace) -> str:
    command = f"python -m tools.benchmarks.light --rounds {arguments.rounds}"
    return tables.write_heading(command, arguments.rounds)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.benchmarks.light",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    default = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    add("--rounds", type=int, default=3, help="audits of each page")
    add("--built", type=Path, help="a folder that was built already")
    add("--cache", type=Path, default=default / "maille-benchmarks", help="outside the repository")
    add("--write", action="store_true", help=f"into docs/{tables.DOCUMENT.name}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
