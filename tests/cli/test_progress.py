"""The progress bar: after two seconds, on a terminal, gone at the end."""

from __future__ import annotations

import os
import pty
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from build import KINDS
from maille.cli import progress
from maille.cli.progress import STEPS, Progress
from maille.pipeline import Definition, Options, build_site
from tests.building import TODAY
from tests.small_site import write_small_site

ERASE = "\r\x1b[K"
END = "\0"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TextIO, int]]:
    """A terminal, and what reads it; the bar's patience is short."""
    monkeypatch.setattr(progress, "PATIENCE", 0.05)
    monkeypatch.setattr(progress, "PAUSE", 0.01)
    reader, writer = pty.openpty()
    with os.fdopen(writer, "w", encoding="utf-8") as stream:
        yield stream, reader
    os.close(reader)


def wait(bar: Progress, stream: TextIO, seconds: float) -> None:
    with bar.watch(stream):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(0.01)


def read(terminal: tuple[TextIO, int]) -> str:
    """Return all that was drawn; the terminal gives it piece by piece, and then what we add."""
    stream, reader = terminal
    print(END, end="", file=stream, flush=True)
    found = ""
    while not found.endswith(END):
        found += os.read(reader, 100_000).decode()
    return found.removesuffix(END)


def test_it_is_drawn_while_work_lasts_and_then_erased(terminal: tuple[TextIO, int]) -> None:
    bar = Progress(10, "liens")
    assert [*bar.count("abc")] == ["a", "b", "c"]
    wait(bar, terminal[0], 0.2)
    drawn = read(terminal)
    assert drawn.startswith(f"{ERASE}[#########.....................] 3/10 liens{ERASE}")
    assert drawn.endswith(f"liens{ERASE}")
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_what_is_short_shows_nothing(
    terminal: tuple[TextIO, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 60)
    wait(Progress(1), terminal[0], 0.05)
    assert read(terminal) == ""


def test_nothing_is_written_to_a_log(terminal: tuple[TextIO, int], tmp_path: Path) -> None:
    with (tmp_path / "log").open("w+", encoding="utf-8") as log:
        wait(Progress(1), log, 0.1)
        log.seek(0)
        assert log.read() == ""


def test_it_is_erased_when_the_work_fails(terminal: tuple[TextIO, int]) -> None:
    def fail() -> None:
        with Progress(1).watch(terminal[0]):
            time.sleep(0.1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert read(terminal).endswith(f"0/1 {ERASE}")
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


def test_the_steps_are_those_of_a_build(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    seen: list[str] = []
    options = Options(root, root / "output", today=TODAY)
    build_site(Definition(KINDS, ()), options, seen.append)
    assert seen
    assert [step for step in STEPS if step in seen] == seen
    bar = Progress(len(STEPS))
    for step in seen:
        bar.advance(step)
    bar.advance("")
    assert bar.label == STEPS[seen[-1]]
