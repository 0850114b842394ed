"""For commands that change files: copy the site to try a change, show it, ask for consent."""

from __future__ import annotations

import contextlib
import difflib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.site.model import Site


@contextlib.contextmanager
def copy_site(site: Site, root: Path) -> Iterator[Path]:
    """Yield a temporary copy of the files that a build of the site in `root` reads."""
    from maille.content.discover import CONFIG_FILE
    from maille.content.folders import list_folders

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in (CONFIG_FILE, "templates", *list_folders(site.kinds)):
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, symlinks=True)
            elif (root / name).is_file():
                shutil.copy2(root / name, copy / name)
        yield copy


def ask(question: str) -> bool:
    """Ask on the terminal; return whether the answer is yes. Without a terminal, return False."""
    if not sys.stdin.isatty():
        print("Pour écrire ces changements sans question : ajoutez --oui.", file=sys.stderr)
        return False
    try:
        answer = input(f"{question} (oui/non) ")
    except EOFError:
        print()
        return False
    return answer.strip().casefold() in {"oui", "o"}


def show_difference(before: bytes, after: bytes) -> Iterator[str]:
    """Yield the lines of a file that change, each with a line of context before and after."""
    old, new = (data.decode("utf-8").splitlines() for data in (before, after))
    for line in [*difflib.unified_diff(old, new, n=1, lineterm="")][2:]:
        yield "…" if line.startswith("@@") else line
