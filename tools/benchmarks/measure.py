"""Measure the time, the processor time and the memory that a command takes. Linux only.

Memory is measured in a separate run, since reading it slows the program down.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

INTERVAL = 0.05  # seconds between two readings of the memory


@dataclass(frozen=True)
class Run:
    """A command, the folder that it runs in, and its extra environment variables."""

    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Time:
    """Seconds of one run: wall time, and processor time (user and system, children included)."""

    wall: float
    cpu: float


class BuildError(RuntimeError):
    """A command did not succeed."""


def time_run(run: Run, log: Path | None = None) -> Time:
    """Run a command and return its time; what it prints goes to the file `log`, if it is given.

    Raises BuildError with what it printed if it fails.
    """
    with log.open("w+b") if log else tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = _start(run, said.fileno())
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        _check(process, said.read())
    return Time(seconds, used.ru_utime + used.ru_stime)


def measure_peak_memory(run: Run) -> int:
    """Return the largest number of bytes that a command and its children used at one moment.

    It is their PSS: pages that several processes share count once. Raises BuildError.
    """
    most = 0
    with tempfile.TemporaryFile() as said:
        process = _start(run, said.fileno())
        while process.poll() is None:
            most = max(most, sum(_read_memory(pid) for pid in _list_processes(process.pid)))
            time.sleep(INTERVAL)
        said.seek(0)
        _check(process, said.read())
    return most


def set_aside(output: Path) -> None:
    """Move the output of a build away, with the files that the build may have left beside it.

    Nothing is deleted: for some minutes after a deletion, ext4 scans the files just freed before it
    creates new ones, which takes as long as a build.
    """
    for one in (output, *output.parent.glob(f".{output.name}*")):
        if one.exists():
            one.rename(Path(tempfile.mkdtemp(prefix="aside-", dir=output.parent)) / one.name)


def count_files(output: Path) -> tuple[int, int]:
    """Return the number of files below `output`, and their bytes."""
    files = [path for path in output.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files)


def _start(run: Run, said: int) -> subprocess.Popen[bytes]:
    """Start a command whose output goes to a file: a pipe that nobody reads would block it."""
    environment = {**os.environ, **run.environment}
    return subprocess.Popen(run.command, cwd=run.folder, env=environment, stdout=said, stderr=said)


def _check(process: subprocess.Popen[bytes], said: bytes) -> None:
    if process.returncode:
        raise BuildError(f"{process.args!r}: exit code {process.returncode}\n{said.decode()}")


def _list_processes(pid: int) -> Iterator[int]:
    """Yield the ids of a process and of its descendants; those that end meanwhile are left out."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = task.read_text().split()
        except OSError:
            continue
        for child in below:
            yield from _list_processes(int(child))


def _read_memory(pid: int) -> int:
    """Return the PSS of a process, in bytes; 0 when it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
