"""Work dealt out to the cores of the machine, in processes forked for it.

A forked process has all that its parent had in memory, so only results travel. Where forking is
not safe (other systems than Linux, a process with threads, as the preview is) all is done in place.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# A smaller share does not pay for the process that does it.
SHARE = 32


@dataclass(frozen=True, slots=True)
class _Failure:
    """What went wrong in a process, with its traceback."""

    text: str


def cores() -> int:
    """Return how many processes may share the work: one a core, where forking is safe."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def shared_out(
    work: Callable[[Sequence[T]], Iterable[R]], items: Sequence[T], processes: int
) -> list[R]:
    """Return the result of `work` for each item, in the order of the items.

    `work` takes some of the items and gives one result for each, which must be picklable. It is
    called once in each process, and cannot tell which items it will get. Raises RuntimeError with
    the traceback of the process when it fails in another one than this.
    """
    count = max(1, min(processes, len(items) // SHARE))
    with contextlib.ExitStack() as stack:
        others = [stack.enter_context(_forked(work, items[n::count])) for n in range(1, count)]
        results: list[R | None] = [None] * len(items)
        results[0::count] = work(items[0::count])
        for number, source in enumerate(others, 1):
            results[number::count] = _read(source)
    return results  # type: ignore[return-value]  # every slice of it has been filled


@contextlib.contextmanager
def _forked(work: Callable[[Sequence[T]], Iterable[R]], items: Sequence[T]) -> Iterator[BinaryIO]:
    """Start a process that does `work`, and give the pipe from which to read its results."""
    source, sink = os.pipe()
    gc.freeze()  # looking for garbage in what is shared would copy it
    with warnings.catch_warnings():
        # NumPy, which Folium brings, keeps threads; they hold nothing that `work` needs.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if not pid:
        os.close(source)
        _write(work, items, sink)
    gc.unfreeze()
    os.close(sink)
    try:
        with os.fdopen(source, "rb") as pipe:
            yield pipe
    finally:
        # Its pipe is closed: a process that still had something to say has nobody to say it to.
        os.waitpid(pid, 0)


def _write(work: Callable[[Sequence[T]], Iterable[R]], items: Sequence[T], sink: int) -> None:
    """Do the work of a forked process, which ends here, whatever happens."""
    try:
        try:
            result: object = list(work(items))
        except Exception:  # noqa: BLE001 - the parent tells it
            result = _Failure(traceback.format_exc())
        with os.fdopen(sink, "wb") as pipe:
            pickle.dump(result, pipe, pickle.HIGHEST_PROTOCOL)
    finally:
        # Neither the parent's buffers nor its clean-up belong to this process.
        os._exit(0)


def _read(pipe: BinaryIO) -> list[R]:
    try:
        result = pickle.load(pipe)  # noqa: S301 - from a process of ours
    except EOFError:
        result = _Failure("a process that shared the work has died")
    if not isinstance(result, _Failure):
        return result  # type: ignore[no-any-return]
    raise RuntimeError(result.text)
