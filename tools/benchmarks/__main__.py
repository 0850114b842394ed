"""Build the same records with this engine and with its peers, in turn, and compare.

    .venv/bin/python -m tools.benchmarks --sizes 350 5000 --rounds 5 --with hugo pelican eleventy

It needs Linux, and node and npm if Eleventy takes part. All that it installs and makes is outside
the repository, in `--cache`. With `--write`, the results go to `docs/performances.md`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.benchmarks import generators, left_out, measure, tables
from tools.benchmarks.generate import WRITERS, write_maille
from tools.benchmarks.generators import Generator
from tools.benchmarks.measure import Run
from tools.benchmarks.records import MINIATURE, ROOT, make_records
from tools.benchmarks.tables import Result


@dataclass(frozen=True)
class Case:
    """A build to measure: from nothing, or (not `fresh`) on top of the build before."""

    name: str
    title: str
    run: Run
    output: Path
    fresh: bool = True


def main() -> None:
    """Run the benchmarks that the arguments ask for, and print the results."""
    arguments = _read_arguments()
    cache: Path = arguments.cache
    cache.mkdir(parents=True, exist_ok=True)
    ours, remembering = generators.find_maille(), generators.find_remembering()
    peers = [generators.PEERS_BY_NAME[name](cache) for name in arguments.peers]
    those = [ours, remembering, generators.find_same_work(), *peers]
    parts = [_write_heading(arguments), tables.describe_machine()]
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        for size in arguments.sizes:
            print(f"{size} records…", file=sys.stderr)
            found = prepare_cases(those, size, Path(folder) / str(size))
            results = measure_in_turn(found, arguments.rounds)
            parts += [f"### {size:,} records", tables.format_table(results)]
            parts.append(describe_left_out(found, results))
        own = measure_in_turn(prepare_own_site(ours, remembering, Path(folder)), arguments.rounds)
        parts += ["### This repository's site", tables.format_table(own)]
    tables.report(parts, write=arguments.write)


def prepare_cases(those: Sequence[Generator], size: int, folder: Path) -> list[Case]:
    """Write a site of `size` records for each generator in `folder`; return the builds.

    Ours has those of the miniature besides, a few dozen.
    """
    folder.mkdir()
    found, made = list(make_records(size, MINIATURE)), []
    for one in those:
        site, output = folder / one.name, folder / f"{one.name}-output"
        WRITERS.get(one.name, write_maille)(found, site, MINIATURE)
        made.append(Case(one.name, one.title, one.run(site, output), output))
    return made


def prepare_own_site(ours: Generator, remembering: Generator, folder: Path) -> list[Case]:
    """Return the builds of the site of this repository."""
    first, kept, again = folder / "first", folder / "kept", folder / "again"
    return [
        Case("own", "From nothing", ours.run(ROOT, first), first),
        Case("kept", "Documents remembered", remembering.run(ROOT, kept), kept),
        Case("again", "Again, no change", remembering.run(ROOT, again), again, fresh=False),
    ]


def measure_in_turn(found: Sequence[Case], rounds: int) -> list[Result]:
    """Measure the cases in turn, round after round, so that a slow moment affects them all."""
    memory = {}
    for case in found:  # this round warms the page cache, and is not timed
        measure.set_aside(case.output)
        if not case.fresh:
            measure.time_run(case.run)
        memory[case.name] = measure.measure_peak_memory(case.run)
    times: dict[str, list[measure.Time]] = {case.name: [] for case in found}
    for _ in range(rounds):
        for case in found:
            if case.fresh:
                measure.set_aside(case.output)
            times[case.name].append(measure.time_run(case.run))
    return [
        Result(
            one.name, one.title, times[one.name], memory[one.name], *measure.count_files(one.output)
        )
        for one in found
    ]


def describe_left_out(found: Sequence[Case], results: Sequence[Result]) -> str:
    """Return the table of the files that the same work as the peers' leaves out."""
    cases = {case.name: case for case in found}
    measured = {result.name: result for result in results}
    whole, same = (left_out.list_files(cases[name].output) for name in ("maille", "same_work"))
    missing = {path: size for path, size in whole.items() if path not in same}
    drawn = left_out.measure(cases["maille"].run.folder)
    gain = measured["maille"].cpu - measured["same_work"].cpu
    return left_out.format_table(drawn, missing, gain)


def _write_heading(arguments: argparse.Namespace) -> str:
    sizes = " ".join(map(str, arguments.sizes))
    command = f"python -m tools.benchmarks --sizes {sizes} --rounds {arguments.rounds}"
    if arguments.peers:
        command += f" --with {' '.join(arguments.peers)}"
    return tables.write_heading(command, arguments.rounds)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    default = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    add = parser.add_argument
    add("--sizes", type=int, nargs="*", default=[350, 5000], help="numbers of records")
    add("--rounds", type=int, default=5, help="timed builds of each")
    add("--with", dest="peers", nargs="*", choices=generators.PEERS_BY_NAME, default=[])
    add("--cache", type=Path, default=default / "maille-benchmarks", help="outside the repository")
    add("--write", action="store_true", help=f"into docs/{tables.DOCUMENT.name}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
