"""Writings that are killed, or meet others: each is forked from the process that calls.

Called from a small process (see `small` in `test_swap.py`): with all the tests in its memory, one
takes twenty times as long to fork.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import functools
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

from maille.publish import swap
from maille.publish.artefact import Artefact
from maille.publish.write import BuildInProgressError, publish, recover
from tests.doses import KILLED_WRITINGS
from tests.systems import make_c_library

Site = dict[str, bytes]
OLD: Site = {"index.html": b"old", "same.css": b"same", "a/index.html": b"old a", "gone/x": b"x"}
NEW: Site = {"index.html": b"new", "same.css": b"same", "a/index.html": b"new a", "b/c/d": b"d"}
BIG: Site = {f"{n // 50}/{n}": b"content" for n in range(600)}


def artefacts(site: Site) -> list[Artefact]:
    return [Artefact(path, data) for path, data in site.items()]


def content(output: Path) -> Site:
    """Return what is published, the marker aside."""
    files = [path for path in output.rglob("*") if path.is_file() and path.name != ".maille"]
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def beside(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir())


def exchange_by(way: str, do: Callable[..., None], *given: object) -> None:
    """Call a function while folders are exchanged in "one step" or by "two renames"."""
    library = make_c_library(errno.EINVAL) if way == "two renames" else ctypes.CDLL
    with mock.patch.object(ctypes, "CDLL", library):  # see rename(2)
        do(*given)


def read_while_publishing(folder: Path) -> None:
    """Read a page again and again while two sites take turns: it is always one of theirs."""
    output = folder / "output"
    sites = [{"index.html": bytes([65 + n]) * 50_000, "n": bytes([n])} for n in range(2)]
    publish(artefacts(sites[0]), output)

    def keep_publishing() -> None:
        for turn in range(1, 1_000_000):
            publish(artefacts(sites[turn % 2]), output)

    child = in_child(keep_publishing)
    seen: set[bytes] = set()
    left = iter(range(2000))
    try:
        while len(seen) < 2 or next(left, None) is not None:
            seen.add((output / "index.html").read_bytes())
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert seen == {site["index.html"] for site in sites}


def in_child(work: Callable[[], object]) -> int:
    """Run `work` in a child process that never comes back into this one; return its number."""
    child = os.fork()
    if child:
        return child
    status = 1
    with contextlib.suppress(BaseException):
        work()
        status = 0
    os._exit(status)


def killed_before_line(number: int, work: Callable[[], object]) -> bool:
    """Run `work`, killed by SIGKILL before the n-th line of the code that writes."""
    watched = ("write.py", "swap.py", "shutil.py")
    lines = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal lines
        if not frame.f_code.co_filename.endswith(watched):
            return None
        lines += event == "line"
        if lines >= number:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def traced() -> None:
        sys.settrace(trace)
        work()

    _, status = os.waitpid(in_child(traced), 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "the child failed by itself"
    return False


def changes(folder: Path, work: Callable[[], object]) -> list[int]:
    """Return the lines of `work` before which the disk is not as it was one line earlier.

    Killing at the other lines would show the same disk again.
    """
    watched = ("write.py", "swap.py", "shutil.py")
    found, state = [1], snapshot(folder)
    lines = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal lines, state
        if not frame.f_code.co_filename.endswith(watched):
            return None
        if event == "line":
            lines += 1
            now = snapshot(folder)
            if now != state:
                found.append(lines)
                state = now
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return found


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            status = os.lstat(f"{parent}/{name}")
            found[f"{parent}/{name}"] = (status.st_ino, status.st_size)
    return found


def kill_at_any_instant(folder: Path, way: str, before: Site | None) -> None:
    """Publish over `before`, killed before each change of the disk: nothing is lost or mixed."""
    output = folder / "output"

    def reset() -> None:
        shutil.rmtree(output, ignore_errors=True)
        if before is not None:
            publish(artefacts(before), output)

    def build() -> None:
        publish(artefacts(NEW), output)

    reset()
    instants = changes(folder, build)
    missing = 0
    for instant in instants:
        reset()
        assert killed_before_line(instant, build)
        if before is not None and not output.exists():
            missing += 1
            recover(output)
            assert content(output) == before
        assert (content(output) if output.exists() else None) in (before, NEW)
        build()
        assert content(output) == NEW
        assert beside(output) == ["output"]
    # Every file, folder, link, rename and removal is an instant of its own.
    assert len(instants) > 15
    assert missing == (1 if way == "two renames" and before is not None else 0)


def kill_while_recovering(folder: Path) -> None:
    """Mend what a cut exchange left, killed before each change of the disk, then mend it again."""
    output = folder / "output"
    place = swap.OutputPaths.make(output)

    def interrupted() -> None:
        """Leave what an exchange cut between its two renames leaves."""
        shutil.rmtree(output, ignore_errors=True)
        publish(artefacts(NEW), output)
        output.rename(place.staging)
        publish(artefacts(OLD), folder / "other")
        (folder / "other").rename(place.aside)

    def mend() -> None:
        recover(output)

    interrupted()
    instants = changes(folder, mend)
    assert len(instants) > 5
    for instant in instants:
        interrupted()
        assert killed_before_line(instant, mend)
        mend()
        mend()
        assert content(output) == OLD
        assert beside(output) == ["output"]


def kill_at_random_times(folder: Path, way: str) -> None:
    """Publish two sites in turn, killed at random: what is there is one of them."""
    output = folder / "output"
    sites = [dict.fromkeys(BIG, b"one"), dict.fromkeys(BIG, b"two")]
    publish(artefacts(sites[0]), output)
    chance = random.Random(1)

    def keep_publishing() -> None:
        for turn in range(1, 1_000_000):
            publish(artefacts(sites[turn % 2]), output)

    for _ in range(KILLED_WRITINGS):
        child = in_child(keep_publishing)
        time.sleep(chance.uniform(0.001, 0.08))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert way == "two renames" or output.exists()
        recover(output)
        assert content(output) in sites
        assert beside(output) == ["output"]


def build_eight_at_once(folder: Path) -> None:
    """Publish eight sites at once, three times each: what is there is one of them."""
    output = folder / "output"
    sites = [dict.fromkeys(BIG, bytes([n])) for n in range(8)]

    def build(site: Site) -> None:
        for _ in range(3):
            with contextlib.suppress(BuildInProgressError):
                publish(artefacts(site), output)

    children = [in_child(functools.partial(build, site)) for site in sites]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 8
    assert content(output) in sites
    assert beside(output) == ["output"]
