"""Share work between the cores of the machine, in forked processes (decision 0018).

A forked process starts with everything its parent had in memory, so only results are sent back.
Forking is not safe outside Linux, nor in a process with threads, like the preview server:
`count_cores` then returns 1, and with one process nothing is forked.
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

# With fewer items per process than this, starting a process costs more than it saves.
SHARE = 32
# The work is split into this many parts. Processes take parts one by one, so a process busy with
# a long item takes fewer. The number of each part is one byte in a pipe that all processes
# read: two processes never get the same byte.
PARTS = 256


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why another process failed: the traceback of an exception, or a sentence."""

    text: str


def count_cores() -> int:
    """Return the number of usable cores, or 1 if forking is not safe."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def map_in_processes(
    work: Callable[[Iterable[T]], Iterable[R]],
    items: Sequence[T],
    processes: int,
    before: Callable[[], object] | None = None,
) -> list[R]:
    """Return the result of `work` for each item, in the order of the items.

    `work` is called once per process, with some of the items, and returns one picklable result per
    item. If there are other processes, this process calls `before` while the others start working.
    Raises RuntimeError, with the traceback, when `work` fails in another process.
    """
    count = min(processes, len(items) // SHARE)
    if count < 2:
        return list(work(items))
    with _open_pile(range(count, PARTS)) as pile, contextlib.ExitStack() as stack:
        others = [
            stack.enter_context(_fork(functools.partial(_do_share, work, items, n, pile)))
            for n in range(1, count)
        ]
        if before:
            before()
        done = _do_share(work, items, 0, pile)
        for source in others:
            done += _receive(source)
    return [result for _, result in sorted(done, key=itemgetter(0))]


def start_in_process(work: Callable[[], R], processes: int) -> Callable[[], R | None]:
    """Start `work` in another process; return a function `wait` that returns its result.

    The result must be picklable. `wait` raises RuntimeError, with the traceback, if `work` failed.
    If `wait` is deleted without having been called, the process is killed. With fewer than 2
    `processes`, nothing is started, and `wait` returns None.
    """
    if processes < 2:
        return lambda: None
    process = _fork(work)
    pipe = process.__enter__()

    def wait() -> R:
        with contextlib.ExitStack() as stack:
            stack.push(process)
            return cast("R", _receive(pipe))

    return wait


@contextlib.contextmanager
def _open_pile(parts: range) -> Iterator[int]:
    """Open a pipe that holds the numbers of the parts, one byte each, for processes to take."""
    pile, sink = os.pipe()
    try:
        os.write(sink, bytes(parts))
        os.close(sink)
        yield pile
    finally:
        os.close(pile)


def _do_share(
    work: Callable[[Iterable[T]], Iterable[R]], items: Sequence[T], first: int, pile: int
) -> list[tuple[int, R]]:
    """Do the work of one process; return the index and the result of each of its items.

    It does the part number `first`, then the parts whose numbers it takes from the pipe `pile`.
    """
    taken: list[int] = []

    def take() -> Iterator[T]:
        part = bytes([first])
        while part:
            for index in range(part[0], len(items), PARTS):
                taken.append(index)
                yield items[index]
            part = os.read(pile, 1)

    results = list(work(take()))
    return list(zip(taken, results, strict=True))


@contextlib.contextmanager
def _fork(work: Callable[[], object]) -> Iterator[BinaryIO]:
    """Fork a process that does `work`; yield the pipe from which to read its result."""
    source, sink = os.pipe()
    gc.freeze()  # else the child's garbage collector would write to shared pages, and copy them
    with warnings.catch_warnings():
        # NumPy (imported by Folium) has threads; they hold no lock that `work` needs.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if not pid:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C: the parent ends this process
        os.close(source)
        _run_and_send(work, sink)
    gc.unfreeze()
    os.close(sink)
    try:
        with os.fdopen(source, "rb") as pipe:
            yield pipe
    finally:
        # The result has been read, or is no longer wanted.
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _run_and_send(work: Callable[[], object], sink: int) -> None:
    """Do `work` in the forked process, send its result, and end the process whatever happens."""
    try:
        try:
            result = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
        except Exception:  # noqa: BLE001 - the parent raises RuntimeError
            result = pickle.dumps(_Failure(traceback.format_exc()))
        with os.fdopen(sink, "wb") as pipe:
            pipe.write(result)
    finally:
        # `_exit` does not flush the buffers copied from the parent, nor run its clean-up.
        os._exit(0)


def _receive(pipe: BinaryIO) -> Any:
    try:
        result = pickle.load(pipe)  # noqa: S301 - from our own process
    except (EOFError, pickle.UnpicklingError):  # the process sent nothing, or only a part
        result = _Failure("a process that shared the work has died")
    if not isinstance(result, _Failure):
        return result
    raise RuntimeError(result.text)
