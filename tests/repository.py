"""Copies of this repository, with the miniature for content, in which tests do as developers do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.building import ROOT, SITE
from tests.guard.sitecustomize import ENGINE_FILES, is_content


def copy_repository(folder: Path) -> Path:
    """Copy this repository into `folder`, with the miniature for content, and commit it there."""
    for path in _list_files():
        if not is_content(str(ROOT / path)):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, folder / path)
    _copy_compiled_modules(folder)
    left_out = shutil.ignore_patterns("exemples", *ENGINE_FILES)
    shutil.copytree(SITE, folder, ignore=left_out, dirs_exist_ok=True)
    author = ("-c", "user.name=Essai", "-c", "user.email=essai@essai.example")
    for command in (("init", "-q"), ("add", "."), (*author, "commit", "-qm", "Essai")):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


def _copy_compiled_modules(folder: Path) -> None:
    """Copy what Python compiled: it is read where the module beside it has the same date."""
    for top in ("src", "tests", "tools"):
        for compiled in (ROOT / top).rglob("__pycache__"):
            place = folder / compiled.relative_to(ROOT)
            if place.parent.is_dir():
                shutil.copytree(compiled, place, copy_function=shutil.copy2)


def _list_files() -> list[str]:
    """Return the paths of this repository's files, those that are still to be committed too."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True)
    return [path for path in done.stdout.splitlines() if (ROOT / path).is_file()]


def run(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the repository, on the engine of that copy; it must exit so."""
    path = os.pathsep.join([str(folder / "src"), os.environ["PYTHONPATH"]])  # the guard's folder
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


def list_changes(folder: Path) -> set[str]:
    """Return the paths that are new or not as they were committed."""
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    done = subprocess.run(status, cwd=folder, check=True, capture_output=True, text=True)
    return {line[3:] for line in done.stdout.splitlines()}


def insert(path: Path, text: str, before: str) -> None:
    """Write a text into a file, before words that are there once."""
    found = path.read_text(encoding="utf-8")
    assert found.count(before) == 1, before
    path.write_text(found.replace(before, text + before), encoding="utf-8")
