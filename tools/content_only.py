"""Decide whether a change is only content: `python3 -m tools.content_only BASE HEAD`.

Exit code 0: every file that differs between the two commits is content, which no test of the engine
reads, so the build and its checks are enough. Any other code: run every test; so it is also in
doubt (no difference, a missing commit). Needs only git and Python.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

FOLDERS = frozenset({"catalysers", "newsletters", "content"})


def is_content(path: str) -> bool:
    """Return whether editors write this file; `path` is from the root of the repository.

    Manuals (`README.md`) and blank forms (`_modele.*`) belong to the engine, and are tested.
    """
    folder, *below = PurePosixPath(path).parts
    return (
        folder in FOLDERS
        and bool(below)
        and below[-1] != "README.md"
        and not path.endswith(".py")
        and not any(part.startswith((".", "_")) for part in below)
    )


def list_changed_files(base: str, head: str, repository: Path = Path()) -> list[str]:
    """Return the files that differ between two commits; a renamed file under both names.

    Raises CalledProcessError when git does not know a commit.
    """
    done = subprocess.run(
        ["git", "diff", "--name-only", "--no-renames", "-z", base, head, "--"],
        cwd=repository,
        capture_output=True,
        check=True,
    )
    return [name for name in done.stdout.decode("utf-8", "surrogateescape").split("\0") if name]


def list_other_files(paths: Iterable[str]) -> list[str]:
    """Return the files that are not content."""
    return [path for path in paths if not is_content(path)]


def main(arguments: list[str]) -> int:
    """Print the reason for the decision; return the exit code."""
    base, head = arguments
    try:
        paths = list_changed_files(base, head)
    except subprocess.CalledProcessError as error:
        print(error.stderr.decode(errors="replace").strip())
        paths = []
    engine = list_other_files(paths)
    for path in engine[:20]:
        print(f"Pas du contenu : {path!a}")
    if engine or not paths:
        print("Tous les essais sont à passer.")
        return 1
    print(f"Du contenu seul ({len(paths)} fichiers) : le site et ses contrôles suffisent.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
