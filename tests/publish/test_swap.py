"""The output folder as a whole: kept safe from others, from a second build, from `kill -9`.

The promise that is tested here line by line: kill the process before any line of the writing code,
and the output is wholly the old site or wholly the new one. With an exchange in one step that holds
at once; with two renames there is one instant without an output, and `recover` ends it.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

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
from tests.publish import killing
from tests.publish.killing import (
    NEW,
    OLD,
    Site,
    artefacts,
    beside,
    content,
    exchange_by,
    snapshot,
)
from tests.systems import make_c_library

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")


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


# --- Killed at any instant ------------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> Iterator[Executor]:
    """A small process, quick to fork: see `killing`."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as process:
        yield process


@needs_fork
def test_a_reader_never_misses_a_page_nor_sees_half_of_one(tmp_path: Path, small: Executor) -> None:
    small.submit(killing.read_while_publishing, tmp_path).result()


@needs_fork
@pytest.mark.parametrize("before", [OLD, None], ids=["over a site", "first"])
def test_killed_at_any_instant(
    tmp_path: Path, small: Executor, way: str, before: Site | None
) -> None:
    small.submit(exchange_by, way, killing.kill_at_any_instant, tmp_path, way, before).result()


@needs_fork
def test_killed_while_recovering(tmp_path: Path, small: Executor, way: str) -> None:
    small.submit(exchange_by, way, killing.kill_while_recovering, tmp_path).result()


@needs_fork
def test_killed_at_random_times(tmp_path: Path, small: Executor, way: str) -> None:
    small.submit(exchange_by, way, killing.kill_at_random_times, tmp_path, way).result()


@needs_fork
def test_eight_builders_at_once_make_one_whole_site(tmp_path: Path, small: Executor) -> None:
    small.submit(killing.build_eight_at_once, tmp_path).result()


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
