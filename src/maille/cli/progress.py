"""A progress bar on the terminal for work that lasts over two seconds; nothing in a log."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

T = TypeVar("T")
# Seconds before the bar is shown, and seconds between two updates of it.
PATIENCE = 2.0
PAUSE = 0.2
WIDTH = 30
_ERASE = "\r\x1b[K"

# The steps of a build → the labels shown for them.
STEPS = {
    "prepare": "réglages",
    "discover": "fichiers",
    "parse": "textes",
    "validate": "clés",
    "assemble": "liens entre fiches",
    "plan": "pages à faire",
    "verify": "liens des pages",
    "render": "pages",
    "write": "écriture",
}


class Progress:
    """The progress of a task: how much of `total` is done, and the label of the current step.

    `watch` draws both on a terminal. The caller updates them as the work goes on.
    """

    def __init__(self, total: int, label: str = "") -> None:
        self.total, self.label, self.done = total, label, 0

    def advance(self, step: str) -> None:
        """Update the bar when a step of a build begins; ignore a step that is not in `STEPS`."""
        if step in STEPS:
            self.done, self.label = [*STEPS].index(step), STEPS[step]

    def count(self, items: Iterable[T]) -> Iterator[T]:
        """Yield the items, and count each one as done once the caller asks for the next."""
        for item in items:
            yield item
            self.done += 1

    def format_line(self) -> str:
        """Return the bar as one line."""
        full = WIDTH * self.done // max(self.total, 1)
        return f"[{'#' * full}{'.' * (WIDTH - full)}] {self.done}/{self.total} {self.label}"

    @contextlib.contextmanager
    def watch(self, stream: TextIO) -> Iterator[None]:
        """Draw the bar on `stream` while the block runs, after two seconds; then erase it.

        Nothing is drawn if the stream is not a terminal, nor outside the main thread, nor on
        Windows, which has no timer signal (a thread would not do: a build forks processes).
        """
        is_main = threading.current_thread() is threading.main_thread()
        if not (stream.isatty() and is_main and hasattr(signal, "setitimer")):
            yield
            return
        drawn = False

        def draw(*_: object) -> None:
            nonlocal drawn
            drawn = True
            _write(stream, f"{_ERASE}{self.format_line()}")

        before = signal.signal(signal.SIGALRM, draw)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE, PAUSE)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
            if drawn:
                _write(stream, _ERASE)


def _write(stream: TextIO, text: str) -> None:
    """Write to a stream's descriptor: the signal may have interrupted a write to its buffer."""
    os.write(stream.fileno(), text.encode("utf-8", "replace"))
