"""The former versions of files that hold a name, found in git and taken out of it."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

from maille.erasure.history import find_blobs
from maille.erasure.tree import plan_erasure, write_erasure
from maille.erasure.words import Eraser
from tests.erasing import NAME, PDF, write_naming_site

ERASER = Eraser(NAME, datetime.date(2026, 11, 30), "https://essai.example/")


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    done = subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)
    return done.stdout.decode()


def test_each_former_version_is_found_and_none_of_today(tmp_path: Path) -> None:
    root = write_naming_site(tmp_path)
    git(root, "init", "-q")
    (root / ".gitignore").write_text("/templates/\n/envois/\n")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "un")
    found = plan_erasure(root, root / "output", ERASER)
    write_erasure(root, found)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "deux")
    blobs = set(find_blobs(root, ERASER))
    paths = [one.path for one in found.changes if one.count and not one.path.startswith("envois/")]
    assert len(paths) > 8
    paths.append(PDF)
    assert blobs >= {git(root, "rev-parse", f"HEAD~1:{path}").strip() for path in paths}
    today = {line.split()[2] for line in git(root, "ls-tree", "-r", "HEAD").splitlines()}
    assert not blobs & today
