"""Run git on the repository of a site."""

from __future__ import annotations

import subprocess
from pathlib import Path


def run_git(root: Path, *words: str, typed: bytes = b"") -> bytes:
    """Return the output of the git command `words`, run in the folder `root`.

    `typed` is its standard input. Raises OSError if git is missing or cannot be run, and
    `subprocess.CalledProcessError` if its exit code is not 0.
    """
    return subprocess.run(  # noqa: S603 - callers pass fixed words, and paths behind « -- » or typed
        ["git", *words],  # noqa: S607 - the git of the person who types the command
        cwd=root,
        check=True,
        capture_output=True,
        input=typed,
    ).stdout
