"""The output folder as a whole: kept safe from others, from a second build, from `kill -9`.

The promise that is tested here line by line: kill the process before any line of the writing code,
and the output is wholly the old site or wholly the new one. With an exchange in one step that holds
at once; with two renames there is one instant without an output, and `recover` ends it.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from maille.publish import swap
from maille.publish.artefact import Artefact
from maille.publish.write import (
    BuildInProgressError,
    UnsafeOutputError,
    WriteError,
    publish,
    recover,
)
from tests.doses import KILLED_WRITINGS
from tests.systems import make_c_library

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")

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


@pytest.fixture(params=["one step", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test with each of the two ways to exchange folders."""
    if request.param == "two renames":
        monkeypatch.setattr(ctypes, "CDLL", make_c_library(errno.EINVAL))  # see rename(2)
    elif sys.platform != "linux":
        pytest.skip("the exchange in one step is tested on Linux")
    return str(request.param)


# --- The exchange ---------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path) -> swap.OutputPaths:
    place = swap.OutputPaths.make(tmp_path / "output")
    for folder, text in ((place.staging, "new"), (place.output, "old")):
        folder.mkdir()
        (folder / swap.MARKER).touch()
        (folder / "page").write_text(text)
    return place


def test_exchange_gives_the_name_and_keeps_the_old_tree_beside(
    place: swap.OutputPaths, way: str
) -> None:
    swap.exchange(place)
    assert (place.output / "page").read_text() == "new"
    former = place.staging if way == "one step" else place.aside
    assert (former / "page").read_text() == "old"
    assert beside(place.output) == sorted([former.name, "output"])


def test_the_first_exchange_is_one_rename(place: swap.OutputPaths, way: str) -> None:
    shutil.rmtree(place.output)
    swap.exchange(place)
    assert (place.output / "page").read_text() == "new"
    assert beside(place.output) == ["output"]


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM])
def test_a_system_without_exchange_falls_back(
    place: swap.OutputPaths, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", make_c_library(code))
    swap.exchange(place)
    assert (place.output / "page").read_text() == "new"


def test_a_c_library_without_the_call_falls_back(
    place: swap.OutputPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_args, **_options: object())
    swap.exchange(place)
    assert (place.output / "page").read_text() == "new"


def test_an_exchange_that_fails_leaves_the_old_tree(
    place: swap.OutputPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", make_c_library(errno.EIO))
    with pytest.raises(WriteError, match="EIO"):
        swap.exchange(place)
    assert (place.output / "page").read_text() == "old"


def test_a_second_rename_that_fails_is_undone(
    place: swap.OutputPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.rename

    def rename(source: Path, target: Path) -> None:
        if source == place.staging:
            raise PermissionError(errno.EACCES, "in use", str(source))
        real(source, target)

    monkeypatch.setattr(ctypes, "CDLL", make_c_library(errno.EINVAL))  # see rename(2)
    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(WriteError, match="droits"):
        swap.exchange(place)
    assert (place.output / "page").read_text() == "old"
    assert beside(place.output) == [".output.en-cours", "output"]


def test_a_folder_in_use_is_tried_again_on_windows(
    place: swap.OutputPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refusals = os.rename, iter([True, True, True])

    def rename(source: Path, target: Path) -> None:
        if next(refusals, False):
            raise PermissionError(errno.EACCES, "sharing violation", str(source))
        real(source, target)

    source, target = str(place.staging), str(place.aside)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(os, "rename", rename)
    monkeypatch.setattr(os, "name", "nt")
    swap._rename(source, target)  # type: ignore[arg-type]  # no Path: `nt` would change them
    monkeypatch.undo()
    assert (place.aside / "page").read_text() == "new"


@needs_fork
def test_a_reader_never_misses_a_page_nor_sees_half_of_one(tmp_path: Path) -> None:
    output = tmp_path / "output"
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


# --- Killed at any instant ------------------------------------------------------------------


def in_child(work: Callable[[], object]) -> int:
    """Run `work` in a child process that never comes back into pytest; return its number."""
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


def changes(tmp_path: Path, work: Callable[[], object]) -> list[int]:
    """Return the lines of `work` before which the disk is not as it was one line earlier.

    Killing at the other lines would show the same disk again.
    """
    watched = ("write.py", "swap.py", "shutil.py")
    found, state = [1], snapshot(tmp_path)
    lines = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal lines, state
        if not frame.f_code.co_filename.endswith(watched):
            return None
        if event == "line":
            lines += 1
            now = snapshot(tmp_path)
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


@needs_fork
@pytest.mark.parametrize("before", [OLD, None], ids=["over a site", "first"])
def test_killed_at_any_instant(tmp_path: Path, way: str, before: Site | None) -> None:
    output = tmp_path / "output"

    def reset() -> None:
        shutil.rmtree(output, ignore_errors=True)
        if before is not None:
            publish(artefacts(before), output)

    def build() -> None:
        publish(artefacts(NEW), output)

    reset()
    instants = changes(tmp_path, build)
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


@needs_fork
def test_killed_while_recovering(tmp_path: Path, way: str) -> None:
    output = tmp_path / "output"
    place = swap.OutputPaths.make(output)

    def interrupted() -> None:
        """Leave what an exchange cut between its two renames leaves."""
        shutil.rmtree(output, ignore_errors=True)
        publish(artefacts(NEW), output)
        output.rename(place.staging)
        publish(artefacts(OLD), tmp_path / "other")
        (tmp_path / "other").rename(place.aside)

    def mend() -> None:
        recover(output)

    interrupted()
    instants = changes(tmp_path, mend)
    assert len(instants) > 5
    for instant in instants:
        interrupted()
        assert killed_before_line(instant, mend)
        mend()
        mend()
        assert content(output) == OLD
        assert beside(output) == ["output"]


@needs_fork
def test_killed_at_random_times(tmp_path: Path, way: str) -> None:
    output = tmp_path / "output"
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


def test_recover_does_nothing_when_nothing_is_wrong(tmp_path: Path) -> None:
    output = tmp_path / "missing" / "output"
    recover(output)
    assert not output.parent.exists()
    publish(artefacts(OLD), output)
    before = snapshot(tmp_path)
    recover(output)
    assert snapshot(tmp_path) == before


# --- One build at a time --------------------------------------------------------------------

HOLD = """
import sys, pathlib
from maille.publish.swap import OutputPaths, hold_lock
with hold_lock(OutputPaths.make(pathlib.Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def builder(output: Path) -> Iterator[subprocess.Popen[str]]:
    """Run another process that holds the lock until its standard input closes."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(output)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_a_second_builder_stops_with_a_sentence(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(artefacts(OLD), output)
    with builder(output):
        with pytest.raises(BuildInProgressError, match="« output » est en cours : attendez"):
            publish(artefacts(NEW), output)
        with pytest.raises(BuildInProgressError):
            recover(output)
        assert content(output) == OLD
    publish(artefacts(NEW), output)
    assert beside(output) == ["output"]


def test_the_lock_of_a_dead_builder_stops_nobody(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with builder(output) as process:
        process.kill()
        process.wait()
    assert beside(output) == [".output.verrou"]
    publish(artefacts(NEW), output)
    assert beside(output) == ["output"]


def test_the_lock_is_held_while_artefacts_are_made(tmp_path: Path) -> None:
    output = tmp_path / "output"

    def late() -> Iterator[Artefact]:
        with pytest.raises(BuildInProgressError):
            publish(artefacts(OLD), output)
        yield Artefact("page", b"late")

    publish(late(), output)
    assert content(output) == {"page": b"late"}


@needs_fork
def test_eight_builders_at_once_make_one_whole_site(tmp_path: Path) -> None:
    output = tmp_path / "output"
    sites = [dict.fromkeys(BIG, bytes([n])) for n in range(8)]

    def build(site: Site) -> None:
        for _ in range(3):
            with contextlib.suppress(BuildInProgressError):
                publish(artefacts(site), output)

    children = [in_child(lambda site=site: build(site)) for site in sites]  # type: ignore[misc]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 8
    assert content(output) in sites
    assert beside(output) == ["output"]


def test_a_lock_deleted_by_its_former_holder_is_not_taken_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")
    place, real = swap.OutputPaths.make(tmp_path / "output"), fcntl.flock
    former = iter([True])

    def lock(descriptor: int, operation: int) -> None:
        if next(former, False):  # between our opening and our locking, its holder has finished
            place.lock.unlink()
        real(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", lock)
    with swap.hold_lock(place):
        assert place.lock.exists()


# --- Never somebody else's folder -----------------------------------------------------------


def test_a_folder_without_our_marker_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "photos"
    output.mkdir()
    (output / "holidays.jpg").write_bytes(b"dear")
    before = snapshot(tmp_path)
    with pytest.raises(UnsafeOutputError, match="n'a pas été produit par cette commande"):
        publish(artefacts(NEW), output)
    assert snapshot(tmp_path) == before


def test_a_marker_that_is_a_folder_or_a_link_does_not_count(tmp_path: Path) -> None:
    for name, make in (("folder", Path.mkdir), ("link", lambda p: p.symlink_to("page"))):
        output = tmp_path / name
        output.mkdir()
        (output / "page").touch()
        make(output / ".maille")
        with pytest.raises(UnsafeOutputError):
            publish(artefacts(NEW), output)
        assert (output / "page").exists()


def test_an_empty_folder_is_accepted(tmp_path: Path, way: str) -> None:
    output = tmp_path / "output"
    output.mkdir()
    publish(artefacts(NEW), output)
    assert content(output) == NEW
    assert beside(output) == ["output"]


def test_a_git_repository_is_refused_even_with_our_marker(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(artefacts(OLD), output)
    (output / ".git").mkdir()
    with pytest.raises(UnsafeOutputError):
        publish(artefacts(NEW), output)
    assert content(output) == OLD


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("mine")
    with pytest.raises(UnsafeOutputError):
        publish(artefacts(NEW), tmp_path / "output")
    assert (tmp_path / "output").read_text() == "mine"


@pytest.mark.parametrize("target", ["site", "nowhere"])
def test_a_symbolic_link_is_refused(tmp_path: Path, target: str) -> None:
    publish(artefacts(OLD), tmp_path / "site")
    output = tmp_path / "output"
    output.symlink_to(target)
    with pytest.raises(UnsafeOutputError, match="lien symbolique"):
        publish(artefacts(NEW), output)
    assert content(tmp_path / "site") == OLD
    assert output.is_symlink()


@pytest.mark.parametrize("output", [".", "..", "../..", "content/..", "../root", "twin"])
def test_the_content_root_and_its_parents_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    root = tmp_path / "parent" / "root"
    (root / "content").mkdir(parents=True)
    (root / "twin").symlink_to(root)
    for folder in (tmp_path, root.parent, root):  # even when the marker has strayed there
        (folder / ".maille").touch()
    monkeypatch.chdir(root)
    before = snapshot(tmp_path)
    with pytest.raises(UnsafeOutputError):
        publish(artefacts(NEW), Path(output), protected=Path())
    assert snapshot(tmp_path) == before


def test_the_root_reached_by_another_name_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(UnsafeOutputError, match="contient les sources"):
        publish(artefacts(NEW), tmp_path / "link" / "root", protected=root)


def test_home_and_the_whole_disk_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for output in (home, tmp_path, Path(home.anchor)):
        with pytest.raises(UnsafeOutputError, match="dossiers personnels"):
            publish(artefacts(NEW), output)
    assert beside(home) == ["home"]


def test_a_folder_inside_the_root_is_accepted(tmp_path: Path) -> None:
    publish(artefacts(NEW), tmp_path / "output", protected=tmp_path)
    assert content(tmp_path / "output") == NEW


@pytest.mark.parametrize("name", [".output.en-cours", ".output.ancien"])
def test_somebody_elses_folder_under_our_hidden_names_is_kept(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "thesis.odt").write_text("dear")
    with pytest.raises(UnsafeOutputError, match="n'a pas été produit"):
        publish(artefacts(NEW), tmp_path / "output")
    with pytest.raises(UnsafeOutputError, match="n'a pas été produit"):
        recover(tmp_path / "output")
    assert (tmp_path / name / "thesis.odt").read_text() == "dear"


@pytest.mark.parametrize("name", [".output.en-cours", ".output.ancien", ".output.verrou"])
def test_a_link_under_our_hidden_names_is_not_followed(tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ".maille").touch()
    target = elsewhere / "made" if name.endswith("verrou") else elsewhere
    beside_output = tmp_path / "site"
    beside_output.mkdir()
    (beside_output / name).symlink_to(target)
    with pytest.raises(WriteError):
        publish(artefacts(NEW), beside_output / "output")
    assert [path.name for path in elsewhere.iterdir()] == [".maille"]


def test_links_left_in_the_staging_folder_are_removed_not_followed(tmp_path: Path) -> None:
    elsewhere, staging = tmp_path / "elsewhere", tmp_path / "site" / ".output.en-cours"
    elsewhere.mkdir()
    (elsewhere / "page").write_text("dear")
    staging.mkdir(parents=True)
    (staging / ".maille").touch()
    (staging / "b").symlink_to(elsewhere)
    (staging / "index.html").symlink_to(elsewhere / "page")
    publish(artefacts(NEW), tmp_path / "site" / "output")
    assert content(tmp_path / "site" / "output") == NEW
    assert content(elsewhere) == {"page": b"dear"}
    assert beside(staging) == ["output"]
