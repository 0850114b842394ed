"""The command: in this process, or in one of its own to be killed, starved, watched.

Such a process is a fork of this one, so what is imported stays so: a build costs half a second, not
two. What it says goes to a file, since a pipe that nobody reads would stop it. In this process,
what a command imports and compiles serves the next one too.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import importlib
import os
import resource
import runpy
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from build import KINDS, VIEWS
from maille import cli, kinds, pipeline, views, workers
from tests.building import ROOT, SMALL, TODAY, build
from tests.small_site import write_small_site


@functools.cache
def _warm_up() -> None:
    """Do once, before the first fork, what takes most of the time of a small build."""
    kinds.load(KINDS)
    views.load(SMALL)
    importlib.import_module("maille.views.drawings.folium_shell")  # half a second
    pipeline.load_gazetteer().communes.by_name  # noqa: B018 - made at first use
    with tempfile.TemporaryDirectory(prefix="warm-") as folder:
        build(write_small_site(Path(folder) / "site"), Path(folder) / "output", views=SMALL)


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code (minus the signal that killed it), and what it said."""

    code: int
    said: str


@dataclass(eq=False)
class Command:
    """A command that runs."""

    pid: int
    log: Path
    done: Done | None = None

    def poll(self) -> Done | None:
        """Return how it ended, None while it runs."""
        if self.done:
            return self.done
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid:
            self.done = Done(
                os.waitstatus_to_exitcode(status), self.log.read_text("utf-8", "replace")
            )
            self.log.unlink()
        return self.done

    def wait(self, seconds: float = 300) -> Done:
        """Return how it ended; a command that outlives `seconds` is killed: a failure."""
        end = time.monotonic() + seconds
        while not (done := self.poll()):
            if time.monotonic() > end:
                self.kill()
                raise AssertionError(f"still running after {seconds} s")
            time.sleep(0.002)
        return done

    def kill(self) -> Done:
        """Kill it as `kill -9` does, unless it has ended; return how it ended."""
        if not self.poll():  # until it is waited for, its number is its own
            os.kill(self.pid, signal.SIGKILL)
        return self.wait()


def _freeze_memory() -> None:
    """Take what is ready."""
    gc.freeze()


def do_nothing() -> None:
    """Prepare nothing."""


def start(
    site: Path,
    *options: str | Path,
    before: Callable[[], None] = do_nothing,
    cores: int = 1,
) -> Command:
    """Start the command on `site`; `before` runs in the child: patches and limits stay there.

    It starts no process of its own unless it may use more than one of the `cores`: on a small site
    they cost more than they save.
    """
    _warm_up()

    def do() -> int:
        vars(workers).update(count_cores=lambda: cores)
        before()
        return cli.run(KINDS, SMALL, _list_arguments(site, options))

    return fork(do)


def _list_arguments(site: Path, options: tuple[str | Path, ...]) -> list[str]:
    return [str(argument) for argument in ("--root", site, "--date", TODAY, *options)]


def fork(do: Callable[[], int]) -> Command:
    """Start `do`, which returns an exit code, in a fork of this process."""
    log = Path(tempfile.mkstemp(prefix="said-")[1])
    pid = os.fork()
    if not pid:
        code = 99
        try:
            descriptor = os.open(log, os.O_WRONLY)
            os.dup2(descriptor, 1)
            os.dup2(descriptor, 2)
            sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            _freeze_memory()
            code = do()
        except SystemExit as stop:
            code = int(stop.code or 0)
        except BaseException:  # noqa: BLE001 - never back into pytest
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)
    return Command(pid, log)


def run(
    site: Path,
    *options: str | Path,
    before: Callable[[], None] = do_nothing,
    used: tuple[str, ...] = KINDS,
    shown: tuple[str, ...] = SMALL,
) -> Done:
    """Run the command on `site` to its end: in this process, unless something comes `before`.

    In this process, the site may be of other kinds and views.
    """
    if before is not do_nothing:
        return start(site, *options, before=before).wait()
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
        mock.patch.object(workers, "count_cores", return_value=1),
    ):
        try:
            code = cli.run(used, shown, _list_arguments(site, options))
        except SystemExit as stop:
            code = int(stop.code or 0)
        said.seek(0)
        return Done(code, said.read())


def run_script(site: Path, *options: str | Path) -> Done:
    """Run the command in this process, on a site of the kinds and views of its own `build.py`."""
    names = runpy.run_path(str(site / "build.py"))
    return run(site, *options, used=names["KINDS"], shown=names["VIEWS"])


def write_script(folder: Path) -> Path:
    """Write `build.py` into `folder`, to be run by Python, without the views of France's places."""
    text = (ROOT / "build.py").read_text("utf-8")
    for view in sorted(set(VIEWS) - set(SMALL)):
        assert text.count(f'    "{view}",\n') == 1, view
        text = text.replace(f'    "{view}",\n', "")
    script = folder / "build.py"
    script.write_text(text, encoding="utf-8")
    return script


def limit_memory(megabytes: int = 400) -> None:
    """Let this process take only so much more memory than it has."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def drop_privileges() -> None:
    """Make root bound by the rights of files, as anybody: see capset(2), version 3."""
    if os.geteuid():
        return
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    if ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()):
        raise OSError("capset")


def read_tree(folder: Path) -> dict[str, bytes | None]:
    """Return every file below a folder with its bytes, every folder with None.

    What builds keep for the next one is left out: it is no part of a site.
    """
    kept = {path.parent for path in folder.rglob(".maille/.gitignore")}
    kept |= {*folder.rglob("templates/__pycache__")}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
        if not any(path.is_relative_to(one) for one in kept)
    }
