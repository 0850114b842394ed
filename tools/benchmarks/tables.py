"""The results of the benchmark as Markdown, and their place in `docs/performances.md`."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tools.benchmarks.measure import Time
from tools.benchmarks.records import ROOT

DOCUMENT = ROOT / "docs" / "performances.md"
START, END = "<!-- measured -->", "<!-- end of measured -->"
REFERENCE = "hugo"


@dataclass(frozen=True)
class Result:
    """The measures of one generator on one site; `memory` and `weight` are in bytes."""

    name: str
    title: str
    times: Sequence[Time]
    memory: int
    files: int
    weight: int

    @property
    def wall(self) -> float:
        """Return the median wall time, in seconds."""
        return median(time.wall for time in self.times)

    @property
    def cpu(self) -> float:
        """Return the median processor time, in seconds."""
        return median(time.cpu for time in self.times)


def format_table(results: Sequence[Result]) -> str:
    """Return a table with a row for each result, and ratios to Hugo if Hugo was measured."""
    other = next((result for result in results if result.name == REFERENCE), None)
    titles = ("", "Wall", "Least to most", "CPU", "Memory", "Output")
    against = ("Wall × Hugo", "CPU × Hugo", "Memory × Hugo") if other else ()
    rows = []
    for one in results:
        walls = sorted(time.wall for time in one.times)
        cells = [
            one.title,
            f"{one.wall:.2f} s",
            f"{walls[0]:.2f} to {walls[-1]:.2f}",
            f"{one.cpu:.2f} s",
            f"{one.memory / 1e6:.0f} MB",
            f"{one.files:,} files, {one.weight / 1e6:.1f} MB",
        ]
        if other:
            ratios = (one.wall / other.wall, one.cpu / other.cpu, one.memory / other.memory)
            cells += [f"{ratio:.2f}" for ratio in ratios]
        rows.append(cells)
    return format_rows((*titles, *against), rows)


def format_rows(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown; all its columns but the first are aligned right."""
    under = ("---", *("---:",) * (len(titles) - 1))
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (titles, under, *rows))


def write_heading(command: str, rounds: int) -> str:
    """Return the sentence above results: when they were measured, and by which command."""
    day = datetime.datetime.now(datetime.UTC).date()
    said = f"medians of {rounds} rounds" if rounds > 1 else "one round"
    return f"Measured on {day} by `{command}`: {said}."


def describe_machine() -> str:
    """Return the processor and the memory of this machine, without its name or any path."""
    model, memory = "unknown", 0.0
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal:"):
            memory = int(line.split()[1]) / 2**20
    cores = len(os.sched_getaffinity(0))
    busy = os.getloadavg()[0]
    python = platform.python_version()
    return (
        f"{cores} cores ({model}), {memory:.0f} GiB, {platform.system()}, Python {python}; "
        f"load of the machine before the first run: {busy:.1f}."
    )


def report(parts: Iterable[str], start: str = START, end: str = END, *, write: bool) -> None:
    """Print the parts of a result; with `write`, also put them into `docs/performances.md`."""
    text = "\n\n".join(parts)
    print(text)
    if write:
        put(text, start, end)


def put(text: str, start: str = START, end: str = END) -> None:
    """Write results into `docs/performances.md`, between two markers."""
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(start)
    _, _, after = rest.partition(end)
    whole = f"{before}{start}\n\n{text}\n\n{end}{after}"
    DOCUMENT.write_text(whole, encoding="utf-8", newline="\n")
