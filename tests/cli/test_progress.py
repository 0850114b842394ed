"""The progress bar: after two seconds, on a terminal, gone at the end."""

from __future__ import annotations

import io
import itertools

import pytest

from maille.cli.progress import show_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(stream: io.StringIO, seconds: float, count: int = 10) -> str:
    """Return what is drawn while `count` items take `seconds` each."""
    clock = itertools.count(0, seconds).__next__
    assert list(show_progress(range(count), count, "Liens", stream, clock)) == [*range(count)]
    return stream.getvalue()


def test_it_shows_after_two_seconds_and_is_erased() -> None:
    drawn = run(Terminal(), 0.5)
    assert drawn.startswith("\r\x1b[KLiens [#########.....................] 3/10\r")
    assert drawn.endswith("9/10\r\x1b[K")


def test_what_is_short_shows_nothing() -> None:
    assert run(Terminal(), 0.1) == ""


def test_nothing_is_written_to_a_log() -> None:
    assert run(io.StringIO(), 60) == ""


def test_it_is_not_drawn_more_often_than_anybody_sees() -> None:
    assert run(Terminal(), 0.01, 1000).count("Liens") < 100


def test_it_is_erased_when_the_work_fails() -> None:
    stream = Terminal()
    clock = itertools.count(0, 3).__next__
    shown = show_progress(iter(int, 1), 9, "Liens", stream, clock)
    next(shown)
    next(shown)
    with pytest.raises(KeyboardInterrupt):
        shown.throw(KeyboardInterrupt)  # type: ignore[attr-defined]
    assert stream.getvalue().endswith("\r\x1b[K")
