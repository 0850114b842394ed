"""Say whether a build grows as its records do: two sizes, step by step, and their memory.

    .venv/bin/python -m tools.benchmarks.growth --sizes 5000 20000 --write

A growth of 1.00 is linear: four times the records take four times the seconds, or the bytes.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tools.benchmarks import generators, measure, tables
from tools.benchmarks.__main__ import prepare_cases
from tools.benchmarks.measure import Time

START, END = "<!-- growth -->", "<!-- end of growth -->"


@dataclass(frozen=True)
class Size:
    """What a build of so many records took; `steps` has the processor seconds of each step."""

    records: int
    time: Time
    memory: int
    weight: int
    steps: Mapping[str, float]


def main() -> None:
    """Build the two sites that the arguments ask for, twice each, and print the comparison."""
    arguments = _read_arguments()
    command = f"python -m tools.benchmarks.growth --sizes {' '.join(map(str, arguments.sizes))}"
    heading, machine = tables.write_heading(command, 1), tables.describe_machine()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        small, large = (measure_size(size, Path(folder) / str(size)) for size in arguments.sizes)
    parts = (heading, machine, format_table(small, large))
    tables.report(parts, START, END, write=arguments.write)


def measure_size(records: int, folder: Path) -> Size:
    """Write a site in the new `folder`, and build it twice: the first build is not timed."""
    [case] = prepare_cases([generators.find_maille()], records, folder)
    memory = measure.measure_peak_memory(case.run)
    measure.set_aside(case.output)
    profile = folder / "profile.txt"
    time = measure.time_run(replace(case.run, command=(*case.run.command, "--profil")), profile)
    _, weight = measure.count_files(case.output)
    return Size(records, time, memory, weight, read_steps(profile.read_text("utf-8")))


def read_steps(said: str) -> dict[str, float]:
    """Return the processor seconds of each step, from what `--profil` prints."""
    rows = [line.split() for line in said.splitlines()]
    first = next(number for number, row in enumerate(rows) if row[:1] == ["étape"])
    return {row[0]: float(row[3]) for row in rows[first + 1 :] if row[2::2] == ["s", "s"]}


def format_table(small: Size, large: Size) -> str:
    """Return a table with a row for each measure: the two values, and their growth."""
    times = large.records / small.records
    values = [
        ("Wall", small.time.wall, large.time.wall, "s"),
        ("CPU", small.time.cpu, large.time.cpu, "s"),
        *(
            (f"CPU of `{step}`", spent, large.steps[step], "s")
            for step, spent in small.steps.items()
        ),
        ("Memory", small.memory / 1e6, large.memory / 1e6, "MB"),
        ("Output", small.weight / 1e6, large.weight / 1e6, "MB"),
    ]
    rows = [
        (title, *(f"{value:,.1f} {unit}" for value in (one, other)), _compare(one, other, times))
        for title, one, other, unit in values
    ]
    titles = ("", *(f"{size.records:,} records" for size in (small, large)), "Growth")
    return tables.format_rows(titles, rows)


def _compare(one: float, other: float, times: float) -> str:
    return f"{other / one / times:.2f}" if one >= 0.1 else ""


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.benchmarks.growth",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--sizes", type=int, nargs=2, default=[5000, 20_000], help="numbers of records")
    add("--folder", type=Path, help="where the sites are written; the system's by default")
    add("--write", action="store_true", help=f"into docs/{tables.DOCUMENT.name}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
