"""Git, as a command: what a site's repository holds, ignores and held before."""

from __future__ import annotations

import subprocess
from pathlib import Path


def run_git(root: Path, *words: str, typed: bytes = b"") -> bytes:
    """Return what git prints for the command of these words, in the folder `root`.

    `typed` is its input. Raises OSError if git is not there or cannot be run, and
    `subprocess.CalledProcessError` if it ends with another code than 0.
    """
    return subprocess.run(  # noqa: S603 - callers pass fixed words, and paths behind « -- » or typed
        ["git", *words],  # noqa: S607 - the git of the person who types the command
        cwd=root,
        check=True,
        capture_output=True,
        input=typed,
    ).stdout
