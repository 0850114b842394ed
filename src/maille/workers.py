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
from typing import Any, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

# With fewer items per process than this, starting a process costs more than it saves.
SHARE = 32
# The work is split into this many parts. Processes take parts one by one, so a process busy with
# a long item takes fewer. The number of each part is one byte in a pipe that all processes
# read: two processes never get the same byte.
PARTS = 256
# In bytes: the most that is sent or read at once; the most that another process keeps before it
# waits for this one to read; the size of the number, before each result, that is its length.
CHUNK, KEPT, LENGTH = 1 << 16, 1 << 25, 4
_DIED = "a process that shared the work has died"


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why another process failed: the traceback of an exception."""

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
    """Yield the index and the result of `work` for each item, as they are made.

    `work` is called once per process, with some of the items, and returns one picklable result per
    item. If there are other processes, this process calls `before` while the others start working.
    The processes start when the first result is asked for. After each result of this process come
    those that the others have sent so far, so that they are not kept in memory until the end.
    Raises RuntimeError when `work` fails in another process, with its traceback, or when a process
    dies.
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
        for result in _do_share(work, items, 0, pile):
            yield result
            for other in others:
                yield from other.receive()
        for other in others:
            yield from other.receive(to_end=True)


def start_in_process(work: Callable[[], R], processes: int) -> Callable[[], R | None]:
    """Start `work` in another process; return a function `wait` that returns its result.

    The result must be picklable. `wait` can be called once. It raises RuntimeError if `work`
    failed, with the traceback, or if the process died. If `wait` is deleted without having been
    called, the process is killed. With fewer than 2 `processes`, nothing is started, and `wait`
    returns None.
    """
    if processes < 2:
        return lambda: None
    process = _fork(lambda: (work(),))
    results = process.__enter__()

    def wait() -> R:
        with contextlib.ExitStack() as stack:
            stack.push(process)
            (result,) = results.receive(to_end=True)
            return cast("R", result)

    return wait


def begin(work: Callable[[], R], processes: int) -> Callable[[], R]:
    """Start `work` in another process; return a function that waits for its result.

    See `start_in_process`. With fewer than 2 `processes`, `work` itself is returned: it is done
    only when it is called.
    """
    wait = start_in_process(work, processes)
    return cast("Callable[[], R]", wait) if processes > 1 else work


@contextlib.contextmanager
def _open_pile(parts: range) -> Iterator[int]:
    """Yield a pipe from which processes take the numbers `parts`, one byte each."""
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
    Part n has the items n, n + PARTS, n + 2 × PARTS… Raises ValueError if `work` does not return
    one result per item.
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
def _fork(work: Callable[[], Iterable[object]]) -> Iterator[_Results]:
    """Fork a process that does `work`; yield the object that receives its results."""
    source, sink = os.pipe()
    _widen(sink)
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
        yield _Results(source)
    finally:
        # The results have been read, or are no longer wanted.
        os.close(source)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _widen(pipe: int) -> None:
    """Let a pipe hold more than its usual 64 kB, if the system allows it."""
    import fcntl  # not on Windows, where nothing is forked

    with contextlib.suppress(OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)


def _run_and_send(work: Callable[[], Iterable[object]], sink: int) -> None:
    """Do `work` in the forked process, send its results to `sink`, end the process in any case.

    Each result is sent as soon as it is made, if the pipe has room. The process waits for its
    parent only once its work is done, or when more than `KEPT` bytes are to be sent.
    """
    waiting = bytearray()
    try:
        try:
            for result in work():
                waiting += _wrap(result)
                with contextlib.suppress(BlockingIOError):  # the pipe is full
                    while waiting:
                        os.set_blocking(sink, len(waiting) > KEPT)
                        del waiting[: os.write(sink, waiting[:CHUNK])]
        except Exception:  # noqa: BLE001 - the parent raises RuntimeError
            waiting += _wrap(_Failure(traceback.format_exc()))
        with os.fdopen(sink, "wb") as pipe:
            os.set_blocking(sink, True)
            pipe.write(waiting)
            pipe.write(bytes(LENGTH))
    finally:
        # `_exit` does not flush the buffers copied from the parent, nor run its clean-up.
        os._exit(0)


def _wrap(result: object) -> bytes:
    """Return a result as `_Results` reads it: the length of its pickle, then the pickle."""
    data = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(LENGTH, "big") + data


class _Results:
    """The results that another process sends to a pipe; a length of 0 ends them.

    The pipe is a descriptor: `_fork` closes it. A file object that is garbage together with an
    exception would warn that nobody closed it, if it is collected before `_fork` is.
    """

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._read = bytearray()
        self._ended = False

    def receive(self, *, to_end: bool = False) -> Iterator[Any]:
        """Yield the results that have come so far; with `to_end`, wait for all the others too.

        Raises RuntimeError if the process failed or died.
        """
        os.set_blocking(self._pipe, to_end)
        while not self._ended and (data := self._read_chunk()) is not None:
            self._read += data
            yield from self._unwrap_whole()
            if not data and not self._ended:
                raise RuntimeError(_DIED)

    def _read_chunk(self) -> bytes | None:
        """Return what has come, b"" if the process has ended, or None if nothing has come yet."""
        try:
            return os.read(self._pipe, CHUNK)
        except BlockingIOError:
            return None

    def _unwrap_whole(self) -> Iterator[Any]:
        """Yield the results of which all the bytes have been read; forget these bytes."""
        while len(self._read) >= LENGTH and not self._ended:
            end = LENGTH + int.from_bytes(self._read[:LENGTH], "big")
            if end > len(self._read):
                return
            self._ended = end == LENGTH
            if not self._ended:
                yield _unwrap(self._read[LENGTH:end])
            del self._read[:end]


def _unwrap(data: bytearray) -> Any:
    try:
        result = pickle.loads(data)  # noqa: S301 - from our own process
    except (EOFError, pickle.UnpicklingError) as error:
        raise RuntimeError(_DIED) from error
    if isinstance(result, _Failure):
        raise RuntimeError(result.text)  # noqa: TRY004 - what `work` raised
    return result
