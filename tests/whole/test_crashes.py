"""The whole command killed by `kill -9`, at each step and at random, and several commands at once.

After each: the output is wholly the old site or wholly the new one; the next build makes the new
one, and nothing lies beside it. `tests/publish/test_swap.py` kills the writing alone, before each
line.
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
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest

if not hasattr(os, "fork"):
    pytest.skip("no fork on this system", allow_module_level=True)

from maille import pipeline
from maille.publish import swap, write
from tests import building, command
from tests.building import TODAY
from tests.command import Command, Done, read_tree
from tests.doses import KILLS, LONG
from tests.small_site import replace_in, write_small_site
from tests.systems import make_c_library

Tree = dict[str, bytes | None]


@dataclass(frozen=True)
class Version:
    """A site, and what a clean build makes of it."""

    site: Path
    output: Path
    tree: Tree


SECOND = "catalysers/second.md"
EXAMPLE = "---\nexemple: oui\n"  # the page of an example may go without a word


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Version:
    folder = tmp_path_factory.mktemp("old")
    site = write_small_site(folder / "site")
    replace_in(site / SECOND, "---\n", EXAMPLE)
    return built(site, folder / "output")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Version:
    """Return the next version: one page more, one page less, some changed, most the same."""
    folder = tmp_path_factory.mktemp("new")
    site = write_small_site(folder / "site")
    replace_in(site / SECOND, "---\n", EXAMPLE)
    replace_in(site / "catalysers/premier.md", "Un catalyseur inventé", "Un acteur inventé")
    second = (site / SECOND).read_text("utf-8")
    (site / SECOND).unlink()
    (site / "catalysers/autre.md").write_text(second.replace("Second", "Autre"), "utf-8")
    with (site / "content/projets/essai.md").open("a", encoding="utf-8") as file:
        file.write("\nIl a changé.\n" * 2000)
    return built(site, folder / "output")


def built(site: Path, output: Path) -> Version:
    done = command.run(site, "--output", output)
    assert done.code == 0, done.said
    return Version(site, output, read_tree(output))


@pytest.fixture
def output(tmp_path: Path, old: Version) -> Path:
    """Return the published folder, which holds the old site and is alone in its own."""
    return shutil.copytree(old.output, tmp_path / "public/output", copy_function=shutil.copy2)


def build(
    version: Version,
    output: Path,
    before: Callable[[], None] = command.do_nothing,
    cores: int = 1,
) -> Command:
    return command.start(version.site, "--output", output, before=before, cores=cores)


def beside(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir())


def is_whole(output: Path, version: Version) -> None:
    """Check that the output is this version and that nothing else is left, in it or beside."""
    assert read_tree(output) == version.tree
    assert beside(output) == ["output"]


def mended(version: Version, output: Path) -> None:
    """Check that the next build succeeds and cleans up; here, since nothing is to kill it."""
    report = building.build(version.site, output, views=building.SMALL)
    assert not report.failed, report.problems
    is_whole(output, version)


def killed(done: Done) -> bool:
    return done.code == -signal.SIGKILL


def test_the_two_versions_differ_as_versions_do(old: Version, new: Version) -> None:
    common = old.tree.keys() & new.tree.keys()
    changed = {path for path in common if old.tree[path] != new.tree[path]}
    assert len(old.tree.keys() - new.tree.keys()) > 1
    assert len(new.tree.keys() - old.tree.keys()) > 1
    assert len(changed) > 5
    assert len(common - changed) > 20


# --- Killed in each step --------------------------------------------------------------------


def die(*_args: object, **_options: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_within(module: ModuleType, name: str, calls: int = 20) -> None:
    """Make a function die once it has called so many others."""
    real = getattr(module, name)
    left = iter(range(calls))

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and next(left, None) is None:
            die()

    def doomed(*args: Any, **options: Any) -> Any:
        sys.setprofile(count)
        return real(*args, **options)

    setattr(module, name, doomed)


def die_at(module: Any, name: str, call: int = 1) -> None:
    """Make the process die where it would call a function for the n-th time."""
    real = getattr(module, name)
    left = iter(range(call - 1))

    def doomed(*args: Any, **options: Any) -> Any:
        if next(left, None) is None:
            die()
        return real(*args, **options)

    setattr(module, name, doomed)


EVERY_STEP = ("discover", "parse", "validate", "assemble", "plan", "verify", "render", "publish")
# Every day the first, the last that writes nothing, and the one that writes.
STEPS = EVERY_STEP if LONG else ("discover", "render", "publish")


@pytest.mark.parametrize("step", STEPS)
def test_killed_in_a_step(step: str, output: Path, old: Version, new: Version) -> None:
    cores = 2 if step == "render" else 1  # other processes help there, and must not outlive it
    done = build(new, output, lambda: die_within(pipeline, step), cores).wait()
    assert killed(done), done.said
    assert read_tree(output) == old.tree
    mended(new, output)


# --- Killed while it writes -----------------------------------------------------------------


def no_exchange() -> None:
    """Have a file system that cannot exchange two folders in one step."""
    vars(ctypes).update(CDLL=make_c_library(errno.EINVAL))


def die_between_renames() -> None:
    no_exchange()
    die_at(os, "rename", 2)


BEFORE: dict[str, Callable[[], None]] = {
    "at a file shared with the old site": lambda: die_at(os, "link", 9),
    "once all is staged": lambda: die_at(write, "exchange"),
}
if LONG:  # `tests/publish/test_swap.py` kills the writing there every day, without a site
    BEFORE |= {
        "before staging": lambda: die_at(write, "settle"),
        "at the first file": lambda: die_at(write, "_write_new"),
        "among the files": lambda: die_at(write, "_write_new", 5),
    }
AFTER: dict[str, Callable[[], None]] = {
    "once exchanged": lambda: die_at(write, "_delete_former_site"),
    "while the old site is deleted": lambda: die_at(shutil, "rmtree", 2),
    "before the lock is freed": lambda: die_at(swap, "_release"),
}


@pytest.mark.parametrize("instant", BEFORE)
def test_killed_before_the_exchange(instant: str, output: Path, old: Version, new: Version) -> None:
    assert killed(build(new, output, BEFORE[instant]).wait())
    assert read_tree(output) == old.tree
    assert beside(output) != ["output"]
    mended(new, output)


@pytest.mark.parametrize("instant", AFTER)
def test_killed_after_the_exchange(instant: str, output: Path, new: Version) -> None:
    assert killed(build(new, output, AFTER[instant]).wait())
    assert read_tree(output) == new.tree
    assert beside(output) != ["output"]
    mended(new, output)


def test_killed_between_two_renames(output: Path, new: Version) -> None:
    assert killed(build(new, output, die_between_renames).wait())
    assert not output.exists()
    mended(new, output)


def test_killed_between_two_renames_then_stopped_by_a_mistake(
    tmp_path: Path, output: Path, old: Version, new: Version
) -> None:
    assert killed(build(new, output, die_between_renames).wait())
    faulty = shutil.copytree(old.site, tmp_path / "faulty")
    (faulty / "catalysers/premier.md").write_text("sans en-tête", "utf-8")
    assert command.run(faulty, "--output", output).code == 1
    is_whole(output, old)


def test_killed_again_while_it_mends(output: Path, old: Version, new: Version) -> None:
    assert killed(build(new, output, BEFORE["once all is staged"]).wait())
    for call in (1, 3, 5):
        assert killed(build(new, output, lambda call=call: die_at(shutil, "rmtree", call)).wait())  # type: ignore[misc]
        assert read_tree(output) == old.tree
    mended(new, output)


def test_interrupted_by_the_keyboard(output: Path, old: Version, new: Version) -> None:
    def interrupt(*_args: object) -> None:
        signal.raise_signal(signal.SIGINT)

    def before() -> None:
        # A command in the background may have been told to ignore the keyboard.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        vars(write).update(exchange=interrupt)

    done = build(new, output, before).wait()
    assert (done.code, done.said) == (130, "")
    is_whole(output, old)


# --- Killed at random, under the eyes of a reader -------------------------------------------


def reader(output: Path, *versions: Version) -> Iterator[None]:
    """Read page after page; each has to be there, whole, as some version has it."""
    pages = [
        path
        for path, data in versions[0].tree.items()
        if data and all(version.tree.get(path) for version in versions)
    ]
    while True:
        for page in pages:
            assert (output / page).read_bytes() in {version.tree[page] for version in versions}
            yield


def test_killed_at_random_instants(output: Path, old: Version, new: Version) -> None:
    started = time.monotonic()
    mended(new, output)
    usual = time.monotonic() - started
    versions = [old, new]
    looked = reader(output, *versions)
    chance = random.Random(1)
    kills = number = 0
    while kills < KILLS:
        assert number < 10 * KILLS, "most builds end before they are killed"
        current, following = versions[(number + 1) % 2], versions[number % 2]
        running = build(following, output, cores=2)
        # Half of them anywhere, half from the moment when it writes, which lasts a tenth.
        at_writing, share = number % 2, chance.random()
        instant = time.monotonic() + usual * share
        while time.monotonic() < instant:
            next(looked)
            if at_writing and (output.parent / ".output.en-cours").exists():
                at_writing, instant = False, time.monotonic() + usual * share / 10
        if killed(running.kill()):
            kills += 1
        else:  # the machine is quicker than when it was timed
            usual *= 0.8
        left = read_tree(output)
        assert left in (current.tree, following.tree), f"kill {number}: a mixture"
        mended(following, output)
        number += 1


# --- Several at once ------------------------------------------------------------------------


def test_several_builds_at_once(output: Path, old: Version, new: Version) -> None:
    running = [build(new, output, cores=cores) for cores in (2, 1, 1)]
    looked = reader(output, old, new)
    ends: list[Done] = []
    while running:
        next(looked)
        time.sleep(0.001)  # the builds need the processor
        ended = {one: done for one in running if (done := one.poll())}
        running = [one for one in running if one not in ended]
        ends += ended.values()
    assert {done.code for done in ends} <= {0, 3}
    assert any(done.code == 0 for done in ends)
    for done in ends:
        assert done.code == 0 or "est en cours : attendez qu'elle finisse" in done.said
    is_whole(output, new)


@contextlib.contextmanager
def stopped_while_it_writes(version: Version, output: Path) -> Iterator[Command]:
    """Start a build and stop it, all staged, before the exchange; it does not outlive the test."""

    def wait(place: swap.OutputPaths) -> None:
        os.kill(os.getpid(), signal.SIGSTOP)
        swap.exchange(place)

    def before() -> None:
        vars(write).update(exchange=wait)

    running = build(version, output, before)
    try:
        _, status = os.waitpid(running.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        yield running
    finally:
        running.kill()


def test_a_second_build_says_that_one_is_running(output: Path, old: Version, new: Version) -> None:
    with stopped_while_it_writes(new, output) as first:
        second = build(new, output).wait()
        assert second.code == 3
        assert second.said == (
            "Une autre construction de « output » est en cours : "
            "attendez qu'elle finisse, puis recommencez.\n"
        )
        assert command.run(new.site, "verifier").code == 0  # which writes nothing
        assert read_tree(output) == old.tree
        os.kill(first.pid, signal.SIGCONT)
        assert first.wait().code == 0
    is_whole(output, new)


def test_the_lock_of_a_killed_build_stops_nobody(output: Path, old: Version, new: Version) -> None:
    with stopped_while_it_writes(new, output) as first:
        assert killed(first.kill())
    assert ".output.verrou" in beside(output)
    assert read_tree(output) == old.tree
    mended(new, output)


def test_the_command_itself_killed_then_run_again(
    tmp_path: Path, output: Path, old: Version, new: Version
) -> None:
    """The same without a fork of pytest: `python build.py`, as CI runs it."""
    script = command.write_script(tmp_path)
    paths = ["--root", str(new.site), "--output", str(output)]
    dated = [sys.executable, str(script), *paths, "--date", str(TODAY)]
    with subprocess.Popen(dated, stdout=subprocess.DEVNULL) as first:
        while not (output.parent / ".output.en-cours").exists() and first.poll() is None:
            time.sleep(0.0005)
        first.kill()
    assert read_tree(output) in (old.tree, new.tree)
    mended(new, output)


# --- What is not ours beside the output -----------------------------------------------------


@pytest.mark.parametrize("name", [".output.en-cours", ".output.ancien"])
def test_what_an_older_run_left_is_removed(name: str, output: Path, new: Version) -> None:
    shutil.copytree(output, output.parent / name)
    mended(new, output)


@pytest.mark.parametrize("name", [".output.en-cours", ".output.ancien"])
def test_a_folder_of_somebody_else_is_never_removed(name: str, output: Path, new: Version) -> None:
    (output.parent / name).mkdir()
    (output.parent / name / "theses.odt").write_text("cher", "utf-8")
    before = read_tree(output.parent)
    done = build(new, output).wait()
    assert done.code == 3
    assert f"{name} » n'a pas été produit par cette commande" in done.said
    assert read_tree(output.parent) == before


def test_other_files_beside_the_output_are_left(output: Path, new: Version) -> None:
    others = ["notes.txt", ".output", ".output.en-cours.bak", "output.en-cours", ".autre.ancien"]
    for name in others:
        (output.parent / name).write_text("cher", "utf-8")
    assert build(new, output).wait().code == 0
    assert beside(output) == sorted([*others, "output"])
