"""A progress bar in the terminal for what lasts, and nothing in a log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

T = TypeVar("T")
PATIENCE = 2.0  # seconds before anything is shown
PAUSE = 0.1  # between two drawings
WIDTH = 30


def show_progress(
    items: Iterable[T],
    total: int,
    label: str,
    stream: TextIO,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[T]:
    """Yield the items; after two seconds, draw on a terminal how many of `total` are done.

    The bar is erased at the end. Nothing is written to a stream that is not a terminal.
    """
    start = clock()
    drawn = 0.0
    try:
        for done, item in enumerate(items):
            now = clock()
            if stream.isatty() and now - start >= PATIENCE and now - drawn >= PAUSE:
                stream.write(_draw(done, total, label))
                stream.flush()
                drawn = now
            yield item
    finally:
        if drawn:
            stream.write("\r\x1b[K")
            stream.flush()


def _draw(done: int, total: int, label: str) -> str:
    full = WIDTH * done // max(total, 1)
    return f"\r\x1b[K{label} [{'#' * full}{'.' * (WIDTH - full)}] {done}/{total}"
