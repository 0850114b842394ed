"""Measure what a forge does at each push, on this machine: clone, install, publish.

    .venv/bin/python -m tools.benchmarks.ci [--rounds N]

"Bare" has empty caches of packages: all are fetched from where pip and uv are told to look (an
index, or a mirror nearby: what the network of a forge takes is not measured). "Warm" has those
that the bare run left. The site is read anew each time, as when it is published.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tools.benchmarks.measure import Run, time_run
from tools.benchmarks.records import ROOT

GOALS = {"bare": 120, "warm": 60}
STEPS = ("clone", "install", "publish")


@dataclass(frozen=True)
class Result:
    """The seconds of each step, by the tool that installs and the state of its cache."""

    tool: str
    state: str
    seconds: Sequence[float]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with pip, and with uv if it is installed; print a table."""
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.ci", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args(arguments).rounds
    found = [
        one
        for _ in range(rounds)
        for tool in ("pip", *(["uv"] if shutil.which("uv") else []))
        for one in measure_tool(tool)
    ]
    print(format_table(found))


def measure_tool(tool: str) -> list[Result]:
    """Clone, install and publish twice with one tool: with an empty cache, then with a full one."""
    with tempfile.TemporaryDirectory(prefix="ci-") as folder:
        caches = {"PIP_CACHE_DIR": f"{folder}/pip", "UV_CACHE_DIR": f"{folder}/uv"}
        return [
            Result(tool, state, measure_once(Path(folder) / state, tool, caches)) for state in GOALS
        ]


def measure_once(folder: Path, tool: str, caches: Mapping[str, str]) -> list[float]:
    """Return the seconds of each step in the new `folder`. Raises BuildError if one fails."""
    make = ("make", "--silent", f"PYTHON={sys.executable}", *(["UV="] if tool == "pip" else []))
    runs = (
        Run(("git", "clone", "--quiet", "--depth", "1", ROOT.as_uri(), str(folder)), ROOT),
        Run((*make, ".venv/.site"), folder, caches),
        Run((*make, "site", "OPTIONS=--sans-memoire"), folder, caches),
    )
    return [time_run(run).wall for run in runs]


def format_table(found: Sequence[Result]) -> str:
    """Return a table of medians, with a row for each tool and state."""
    titles = ("", *STEPS, "all", "goal")
    lines = [f"| {' | '.join(titles)} |", "| " + " | ".join(["---"] * len(titles)) + " |"]
    for tool, state in dict.fromkeys((one.tool, one.state) for one in found):
        those = [one.seconds for one in found if (one.tool, one.state) == (tool, state)]
        cells = [median(times) for times in zip(*those, strict=True)]
        cells.append(median(map(sum, those)))
        numbers = " | ".join(f"{seconds:.1f} s" for seconds in cells)
        lines.append(f"| {tool}, {state} | {numbers} | ≤ {GOALS[state]} s |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
