"""Share work between the cores of the machine, in forked processes (decision 0018).

A forked process starts with everything its parent had in memory, so only results are sent back.
Forking is not safe outside Linux, nor in a process with threads, like the preview server:
`count_cores` then returns 1, and with one process nothing is forked.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import itertools
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
# How many results another process pickles at once: more would take more memory.
PIECE = 64


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
    """Return the results of `iterate_in_processes`, in the order of the items."""
    done = iterate_in_processes(work, items, processes, before)
    return [result for _, result in sorted(done, key=itemgetter(0))]


def iterate_in_processes(
    work: Callable[[Iterable[T]], Iterable[R]],
    items: Sequence[T],
    processes: int,
    before: Callable[[], object] | None = None,
) -> Iterator[tuple[int, R]]:
    """Yield the index and the result of `work` for each item, first those of this process.

    `work` is called once per process, with some of the items, and returns one picklable result per
    item. If there are other processes, this process calls `before` while the others start working.
    The processes start when the first result is asked for. The results of this process are yielded
    as they are made, and need not stay in memory. Raises RuntimeError, with the traceback, when
    `work` fails in another process.
    """
    count = min(processes, len(items) // SHARE)
    if count < 2:
        yield from enumerate(work(items))
        return
    with _open_pile(range(count, PARTS)) as pile, contextlib.ExitStack() as stack:
        others = [
            stack.enter_context(_fork(functools.partial(_do_share, work, items, n, pile)))
            for n in range(1, count)
        ]
        if before:
            before()
        yield from _do_share(work, items, 0, pile)
        for source in others:
            yield from _receive(source)


def start_in_process(work: Callable[[], R], processes: int) -> Callable[[], R | None]:
    """Start `work` in another process; return a function `wait` that returns its result.

    The result must be picklable. `wait` raises RuntimeError, with the traceback, if `work` failed.
    If `wait` is deleted without having been called, the process is killed. With fewer than 2
    `processes`, nothing is started, and `wait` returns None.
    """
    if processes < 2:
        return lambda: None
    process = _fork(lambda: (work(),))
    pipe = process.__enter__()

    def wait() -> R:
        with contextlib.ExitStack() as stack:
            stack.push(process)
            (result,) = _receive(pipe)
            return cast("R", result)

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
) -> Iterator[tuple[int, R]]:
    """Do the work of one process; yield the index and the result of each of its items.

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

    number = 0
    for number, result in enumerate(work(take()), 1):
        yield taken[number - 1], result
    if number != len(taken):
        raise ValueError(f"{number} results for {len(taken)} items")


@contextlib.contextmanager
def _fork(work: Callable[[], Iterable[object]]) -> Iterator[BinaryIO]:
    """Fork a process that does `work`; yield the pipe from which `_receive` reads its results."""
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
        # The results have been read, or are no longer wanted.
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _run_and_send(work: Callable[[], Iterable[object]], sink: int) -> None:
    """Do `work` in the forked process, send its results, end the process whatever happens.

    Results are pickled a few at a time, so that they are never twice in memory.
    """
    try:
        try:
            results = iter(work())
            pieces = [
                pickle.dumps(piece, pickle.HIGHEST_PROTOCOL)
                for piece in iter(lambda: [*itertools.islice(results, PIECE)], [])
            ]
            pieces.append(pickle.dumps([]))
        except Exception:  # noqa: BLE001 - the parent raises RuntimeError
            pieces = [pickle.dumps(_Failure(traceback.format_exc()))]
        with os.fdopen(sink, "wb") as pipe:
            pipe.writelines(pieces)
    finally:
        # `_exit` does not flush the buffers copied from the parent, nor run its clean-up.
        os._exit(0)


def _receive(pipe: BinaryIO) -> Iterator[Any]:
    """Yield the results that `_run_and_send` sends; an empty piece ends them."""
    while not isinstance(piece := _read_piece(pipe), _Failure):
        if not piece:
            return
        yield from piece
    raise RuntimeError(piece.text)


def _read_piece(pipe: BinaryIO) -> list[Any] | _Failure:
    try:
        piece: list[Any] | _Failure = pickle.load(pipe)  # noqa: S301 - from our own process
    except (EOFError, pickle.UnpicklingError):  # the process sent nothing, or only a part
        return _Failure("a process that shared the work has died")
    return piece
