"""The miniature site, built once for all the tests that only read it.

The process that starts the workers runs no test: the engine is imported where it is used.
"""

from __future__ import annotations

import fcntl
import functools
import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests import doses
from tests.guard import sitecustomize

# No test reads this repository's own content, nor does a command that a test starts.
sitecustomize.install()
# Paths are made absolute: some commands start in another folder.
_GIVEN = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
_PATHS = (f"{sitecustomize.ROOT}/tests/guard", *_GIVEN)
os.environ["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, _PATHS))
# The commands that tests start are compiled once, by the first.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What tests write goes to memory where there is room for it: on a disk, a file takes ten times as
# much processor time to make, and tests make a hundred thousand. At night they write to the disk.
MEMORY = Path("/dev/shm")
ROOM = 2_000_000_000
if (
    not doses.LONG
    and "TMPDIR" not in os.environ
    and os.access(MEMORY, os.W_OK)
    and shutil.disk_usage(MEMORY).free > ROOM
):
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

# A machine that is busy with other tests is no mistake of the code: no test is timed.
settings.register_profile(
    "maille", deadline=None, max_examples=doses.EXAMPLES, derandomize=not doses.LONG
)
settings.load_profile("maille")
# What is imported and collected stays until the end: there is no garbage in it to look for.
gc.disable()


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays until the end: the modules and all the tests."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(optionalhook=True)  # pytest may run without xdist
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Start one worker more than there are cores: some tests wait, for a browser or a server."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of the miniature site."""
    from tests.building import copy_site

    return _build_once(tmp_path_factory, "essai", functools.partial(copy_site, examples=True))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of the site in which hostile strings stand everywhere."""
    from tests.hostile import write_hostile_site

    return _build_once(tmp_path_factory, "hostile", write_hostile_site)


def _build_once(factory: pytest.TempPathFactory, name: str, write: Callable[[Path], Path]) -> Path:
    """Write and build a site for all workers: the first that needs it builds, the others wait."""
    from tests.building import build

    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # the folder of the whole run, which has one folder for each worker
    place = shared / f"{name}-pour-tous"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            shutil.rmtree(shared / f"{name}-en-cours", ignore_errors=True)  # of one that failed
            site = write(shared / f"{name}-en-cours" / "site")
            report = build(site, site / "output")
            assert not report.failed, report.problems
            site.parent.rename(place)
    return place / "site/output"
