"""Open the map of this engine and a plain map of Folium on the same records, in turn, and compare.

    .venv/bin/python -m tools.benchmarks.map --rounds 5 --write

It needs Chromium (`tests/browser/chromium.py`). Folium's page is the plainest that has clusters: a
`MarkerCluster` of `Marker`s, each with its name as a tooltip. To favour it, it requests no tiles
and has no popups, its libraries come from this machine, and those that it does not need (jQuery,
Bootstrap, icons) are empty.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import folium
from folium.plugins import MarkerCluster
from playwright.sync_api import Browser, Page, Response, sync_playwright

from maille.publish import leaflet
from tests.browser.chromium import executable
from tests.browser.serving import make_folder_server
from tools.benchmarks import tables
from tools.benchmarks.generate import write_maille
from tools.benchmarks.records import ROOT, make_records

START, END = "<!-- map -->", "<!-- end of map -->"
QUIET = 300  # milliseconds without a long task, after which the page is at rest
# A script that runs before those of the page: it notes when the markers are there, and each task of
# more than 50 ms.
WATCH = """
window.seen = {markers: 0, busy: 0};
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.seen.busy = one.startTime + one.duration;
}).observe({entryTypes: ['longtask']});
(function look() {
  const drawn = document.querySelector('.leaflet-marker-icon');
  const ours = document.querySelector('#_carte');
  const ready = drawn && (!ours || ours.getAttribute('aria-busy') === 'false');
  if (ready) window.seen.markers = performance.now();
  else requestAnimationFrame(look);
})();
"""
AT_REST = f"""() => {{
  const last = Math.max(window.seen.markers, window.seen.busy);
  return window.seen.markers && performance.now() > last + {QUIET} && last;
}}"""
TAB_STOPS = """(map) => [...map.querySelectorAll('a[href], button, input, [tabindex]')]
  .filter((one) => one.tabIndex >= 0 && one.checkVisibility({checkVisibilityCSS: true})).length"""


@dataclass
class Visit:
    """A map to open: its title, its address, the selector of its element, and the measures."""

    title: str
    url: str
    holder: str
    seconds: list[float] = field(default_factory=list)
    weight: int = 0
    nodes: int = 0
    stops: int = 0


def main() -> None:
    """Measure the maps that the arguments ask for, and print the results."""
    arguments = _read_arguments()
    parts = [_write_heading(arguments), tables.describe_machine()]
    with tempfile.TemporaryDirectory() as folder:
        for title, output in _build_sites(arguments, Path(folder)):
            parts += [f"### {title}", _format_table(_measure(output, arguments.rounds))]
    tables.report(parts, START, END, write=arguments.write)


def _build_sites(arguments: argparse.Namespace, folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the title and the output of each site, built below `folder` if none is given."""
    for built in arguments.built:
        yield f"{_count(built):,} records", built
    if not arguments.built:
        yield "This repository's site", build(ROOT, folder / "own")
        for size in arguments.sizes:
            write_maille(make_records(size), folder / str(size))
            yield f"{size:,} records more", build(folder / str(size), folder / f"{size}-output")


def _count(output: Path) -> int:
    return len(json.loads((output / "catalyseurs/index.json").read_bytes())["fiches"]["slug"])


def build(root: Path, output: Path) -> Path:
    """Build the site of `root` by this engine, and return its output."""
    print(f"{root.name}…", file=sys.stderr)
    command = [sys.executable, str(ROOT / "build.py"), "--root", str(root), "--output", str(output)]
    subprocess.run(command, check=True, capture_output=True)
    return output


def _measure(output: Path, rounds: int) -> list[Visit]:
    """Open the two maps in turn, round after round, so that a slow moment affects both."""
    plain = output / "folium"
    _put_plain(output, plain)
    with _serve(output) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        visits = [
            Visit("Maille, `/carte/`", f"{url}/carte/", "#_carte"),
            Visit("Folium, `MarkerCluster`", f"{url}/{plain.name}/", ".folium-map"),
        ]
        for visit in visits * rounds:
            _open(browser, visit)
        browser.close()
    shutil.rmtree(plain)
    return visits


@contextmanager
def _serve(output: Path) -> Iterator[str]:
    with make_folder_server(output) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def _put_plain(output: Path, folder: Path) -> None:
    """Write Folium's page, with the records of the site that have a point, and its libraries.

    Libraries that this engine also has are copied from it; the others are empty files.
    """
    index = json.loads((output / "catalyseurs/index.json").read_bytes())
    columns = index["fiches"]
    made = folium.Map(location=(46.6, 2.4), zoom_start=6, tiles=None)
    made.options["max_zoom"] = 18  # without it, clusters throw
    cluster = MarkerCluster().add_to(made)  # type: ignore[no-untyped-call]
    for name, point in zip(columns["nom"], columns["point"], strict=True):
        if point:
            folium.Marker(point, tooltip=html.escape(name)).add_to(cluster)
    ours = {path.rpartition("/")[2]: data for path, data in leaflet.read_libraries().items()}
    folder.mkdir()

    def keep_here(found: re.Match[str]) -> str:
        (folder / found[1]).write_bytes(ours.get(found[1], b""))
        return f'"{found[1]}"'

    page = re.sub(r'"https://[^"]*/([^"/]+\.(?:js|css))"', keep_here, made.get_root().render())
    (folder / "index.html").write_text(page, encoding="utf-8")


def _open(browser: Browser, visit: Visit) -> None:
    """Open a map in a browser without a cache, and store the measures in `visit`."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks it
    page.add_init_script(WATCH)
    page.goto(visit.url)
    visit.seconds.append(_wait_for_rest(page) / 1000)
    visit.weight = sum(len(gzip.compress(answer.body(), 9)) for answer in answers)
    visit.nodes = page.locator("*").count()
    visit.stops = page.locator(visit.holder).evaluate(TAB_STOPS)
    context.close()


def _wait_for_rest(page: Page) -> float:
    """Return the milliseconds from the start to markers on screen and a main thread at rest."""
    found: float = page.wait_for_function(AT_REST, timeout=120_000).json_value()
    return found


def _format_table(visits: Sequence[Visit]) -> str:
    titles = ("", "Usable", "Least to most", "All files, gzip", "Elements", "Tab stops")
    rows = []
    for one in visits:
        least, most = min(one.seconds), max(one.seconds)
        rows.append(
            (
                one.title,
                f"{median(one.seconds):.2f} s",
                f"{least:.2f} to {most:.2f}",
                f"{one.weight / 1000:.0f} kB",
                f"{one.nodes:,}",
                one.stops,
            )
        )
    return tables.format_rows(titles, rows)


def _write_heading(arguments: argparse.Namespace) -> str:
    sizes = " ".join(map(str, arguments.sizes))
    command = f"python -m tools.benchmarks.map --sizes {sizes} --rounds {arguments.rounds}"
    return tables.write_heading(command, arguments.rounds)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.benchmarks.map",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--sizes", type=int, nargs="*", default=[10_000], help="records added to this site's")
    add("--rounds", type=int, default=5, help="openings of each map")
    add("--built", type=Path, nargs="*", default=[], help="folders that were built already")
    add("--write", action="store_true", help=f"into docs/{tables.DOCUMENT.name}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
