"""Say which files the row "same work" leaves out, and what each kind of them costs a whole build.

    .venv/bin/python -m tools.benchmarks.left_out SITE

It plans and draws the whole site in one process, view by view, and prints the files as JSON. What
serves several views counts for the first of them.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from build import KINDS, VIEWS
from maille import views
from maille.pipeline import Definition, Options, prepare_site
from maille.problems import Problem
from maille.publish.render import make_painter
from maille.views import overview
from maille.views.plans import Plan
from tools.benchmarks import tables
from tools.benchmarks.generators import TODAY
from tools.benchmarks.records import ROOT

# The kinds of files that are left out: its title, the views that make it, and the ending of the
# files if the views make others too.
KINDS_OF_FILES = (
    ("Territories: pages", ("territories",), ".html"),
    ("Territories: records as CSV, JSON and GeoJSON, feeds", ("territories",), ""),
    ("Map: page, script of Folium, data", ("map",), ""),
    ("Records as CSV, JSON, GeoJSON and JSON-LD: `/donnees/`", ("exports",), ""),
    ("Communes that the search field completes: `/lieux/`", ("communes",), ""),
    ("Letters, agenda, forms", ("letters", "agenda", "contact", "corrections"), ""),
    ("Search: page, index", ("overview",), ""),
    ("The miniature's own projects, news, webinars, records, feeds", VIEWS, ""),
)  # fmt: skip
OTHERS = "Scripts, styles and images of these pages"
WORK = "Reading, linking and checking all of these"


@dataclass(frozen=True)
class Drawn:
    """A file of the site: the view that made it, and the processor time that it took."""

    view: str
    path: str
    seconds: float


def draw_whole(root: Path) -> Iterator[Drawn]:
    """Plan and draw all that the views of `build.py` make of a site, in this process."""
    gc.disable()  # as in a build
    options = Options(root, root / "output", today=datetime.date.fromisoformat(TODAY))
    # With all views: without them every link would lead nowhere, and be explained at length.
    prepared = prepare_site(Definition(KINDS, VIEWS), options)
    painter = make_painter(
        prepared.site, root / "templates", prepared.asset_addresses, prepared.finish_compiling()
    )
    every: list[Plan] = []
    makers = {name: views.load([name])[0] for name in VIEWS}
    makers["overview"] = lambda site: overview.plan(site, every)
    for name, make in makers.items():
        started = time.process_time()
        plans = tuple(make(prepared.site))
        every += plans
        planned = (time.process_time() - started) / max(len(plans), 1)
        for plan in plans:
            started = time.process_time()
            file = painter.draw(plan)
            assert not isinstance(file, Problem), file
            yield Drawn(name, file.path, planned + time.process_time() - started)


def measure(root: Path) -> list[Drawn]:
    """Return the files of `draw_whole`, drawn in a process of their own."""
    command = [sys.executable, "-m", "tools.benchmarks.left_out", str(root)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return [Drawn(**one) for one in json.loads(done.stdout)]


def format_table(drawn: Iterable[Drawn], left_out: Mapping[str, int], gain: float) -> str:
    """Return a table with a row for each kind of file that is left out.

    `left_out` has the bytes of these files by path; `gain` is how many seconds of processor less
    the same work takes than the whole.
    """
    by_path = {one.path: one for one in drawn}
    kinds: dict[str, list[str]] = {title: [] for title, *_ in (*KINDS_OF_FILES, (OTHERS,))}
    for path in left_out:
        kinds[_name_kind(by_path.get(path))].append(path)
    rows, rest = [], gain
    for title, paths in kinds.items():
        seconds = sum(by_path[path].seconds for path in paths if path in by_path)
        rest -= seconds
        size = sum(left_out[path] for path in paths) / 1e6
        time_cells = _format_share(seconds, gain) if title != OTHERS else ("", "")
        rows.append((title, f"{len(paths):,}", f"{size:.1f} MB", *time_cells))
    rows.append((WORK, "", "", *_format_share(rest, gain)))
    return tables.format_rows(("Left out", "Files", "Bytes", "CPU", "Share of the gain"), rows)


def _name_kind(one: Drawn | None) -> str:
    if one is None:
        return OTHERS
    return next(
        title
        for title, names, ending in KINDS_OF_FILES
        if one.view in names and one.path.endswith(ending)
    )


def _format_share(seconds: float, gain: float) -> tuple[str, str]:
    return f"{seconds:.2f} s", f"{seconds / gain:.0%}"


def list_files(output: Path) -> dict[str, int]:
    """Return the bytes of each file below `output`, by path."""
    files = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.stat().st_size for path in files}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="the root of a site")
    print(json.dumps([asdict(one) for one in draw_whole(parser.parse_args().site)]))
