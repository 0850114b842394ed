"""Work dealt out to the cores of the machine, in processes forked for it.

A forked process has all that its parent had in memory, so only results travel. Where forking is
not safe (other systems than Linux, a process with threads, as the preview is) all is done in place.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import pickle
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, BinaryIO, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

# A smaller share does not pay for the process that does it.
SHARE = 32
# The work is cut in as many parts, taken one by one: who meets a long one takes fewer. A byte
# tells which, so that two processes which read the same pipe never share one.
PARTS = 256


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
    work: Callable[[Iterable[T]], Iterable[R]],
    items: Sequence[T],
    processes: int,
    before: Callable[[], object] | None = None,
) -> list[R]:
    """Return the result of `work` for each item, in the order of the items.

    `work` takes items as they come and gives one result for each, which must be picklable. It is
    called once in each process, and cannot tell which items it will get. This process does `before`
    first, while the others have begun; when it does all alone, `before` is left for later. Raises
    RuntimeError with the traceback of the process when it fails in another one than this.
    """
    count = min(processes, len(items) // SHARE)
    if count < 2:
        return list(work(items))
    with _pile(range(count, PARTS)) as pile, contextlib.ExitStack() as stack:
        others = [
            stack.enter_context(_forked(functools.partial(_share, work, items, n, pile)))
            for n in range(1, count)
        ]
        if before:
            before()
        done = _share(work, items, 0, pile)
        for source in others:
            done += _read(source)
    return [result for _, result in sorted(done, key=itemgetter(0))]


def begun(work: Callable[[], R], processes: int) -> Callable[[], R | None]:
    """Start a work whose result, which must be picklable, is wanted later; return what gives it.

    It is done in a process of its own; None where there is to be no other process than this. If
    nobody asks for the result any more (its function is let go), the process is ended.
    """
    if processes < 2:
        return lambda: None
    process = _forked(work)
    pipe = process.__enter__()

    def result() -> R:
        with contextlib.ExitStack() as stack:
            stack.push(process)
            return cast("R", _read(pipe))

    return result


@contextlib.contextmanager
def _pile(parts: range) -> Iterator[int]:
    """Give a pipe from which several processes take parts, a byte each, until it is empty."""
    pile, sink = os.pipe()
    try:
        os.write(sink, bytes(parts))
        os.close(sink)
        yield pile
    finally:
        os.close(pile)


def _share(
    work: Callable[[Iterable[T]], Iterable[R]], items: Sequence[T], first: int, pile: int
) -> list[tuple[int, R]]:
    """Return what a process does, with the places of its items: its first part, then others."""
    taken: list[int] = []

    def mine() -> Iterator[T]:
        part = bytes([first])
        while part:
            for index in range(part[0], len(items), PARTS):
                taken.append(index)
                yield items[index]
            part = os.read(pile, 1)

    results = list(work(mine()))
    return list(zip(taken, results, strict=True))


@contextlib.contextmanager
def _forked(work: Callable[[], object]) -> Iterator[BinaryIO]:
    """Start a process that does `work`, and give the pipe from which to read its result."""
    source, sink = os.pipe()
    gc.freeze()  # looking for garbage in what is shared would copy it
    with warnings.catch_warnings():
        # NumPy, which Folium brings, keeps threads; they hold nothing that `work` needs.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if not pid:
        os.close(source)
        _write(work, sink)
    gc.unfreeze()
    os.close(sink)
    try:
        with os.fdopen(source, "rb") as pipe:
            yield pipe
    finally:
        # What it has not said by now, nobody waits for.
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _write(work: Callable[[], object], sink: int) -> None:
    """Do the work of a forked process, which ends here, whatever happens."""
    try:
        try:
            result = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
        except Exception:  # noqa: BLE001 - the parent tells it
            result = pickle.dumps(_Failure(traceback.format_exc()))
        with os.fdopen(sink, "wb") as pipe:
            pipe.write(result)
    finally:
        # Neither the parent's buffers nor its clean-up belong to this process.
        os._exit(0)


def _read(pipe: BinaryIO) -> Any:
    try:
        result = pickle.load(pipe)  # noqa: S301 - from a process of ours
    except (EOFError, pickle.UnpicklingError):  # it said nothing, or not all
        result = _Failure("a process that shared the work has died")
    if not isinstance(result, _Failure):
        return result
    raise RuntimeError(result.text)
