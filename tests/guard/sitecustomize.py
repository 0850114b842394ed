"""Refuse what no test may do: read this repository's own content, or write into a shared template.

The engine's tests run on sites of their own, whose templates are hard links to one copy of ours
(`tests/building.py`): what one test wrote into a template, the others would read.

`install` adds an audit hook (PEP 578), which sees each file and each folder that Python opens,
whoever opens it: the test, the engine, a library. `tests/conftest.py` installs it in the process
of the tests, and puts this folder on the `PYTHONPATH`, so that every Python that a test starts
loads this module (Python imports a `sitecustomize` when it starts) and keeps the same rule.

What it cannot see: that a file exists (`stat` raises no event), a name counted from a folder that
is already open (listing that folder was refused), and what other programs read. Of those, git
alone is run on this repository, and lists its files (`tests/licences.py`).
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path, PurePath

ROOT = str(Path(__file__).resolve().parent.parent.parent)
# As `tools.content_only` has them, with the settings of the site.
FOLDERS = ("catalysers", "newsletters", "content")
SETTINGS = "site.toml"
# Written by `tools.guide`, and read by the tests of what it writes.
ENGINE_FILES = ("README.md", "_modele.md", "_modele.yaml")
EVENTS = frozenset({"open", "os.scandir", "os.listdir"})
PLACES = tuple(f"{ROOT}{os.sep}{name}" for name in (*FOLDERS, SETTINGS))
TEMPLATES = f"{os.sep}templates{os.sep}"


class ContentReadError(AssertionError):
    """A test of the engine reads what editors change."""


class SharedTemplateError(AssertionError):
    """A test writes into a template that other tests read."""


def is_content(path: str) -> bool:
    """Return whether a path, absolute or from the working directory, is this repository's content.

    It runs before each file is opened: it works on strings, and returns early for most.
    """
    if not path.startswith(os.sep) or f"{os.sep}." in path or f"{os.sep}{os.sep}" in path:
        path = os.path.abspath(path)  # noqa: PTH100 - strings, for speed
    if not path.startswith(PLACES):
        return False
    folder, *below = PurePath(path).relative_to(ROOT).parts
    return folder == SETTINGS or (folder in FOLDERS and not (below and below[-1] in ENGINE_FILES))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in EVENTS and isinstance(arguments[0], str | bytes | os.PathLike):
        path = os.fsdecode(arguments[0])
        if _is_known(event, path, arguments) and is_content(path):
            raise ContentReadError(
                f"{path} is content of this repository, which engine tests do not depend on: "
                "read a site of tests/sites/, or write a demonstration (tools/demonstrations/)"
            )
        if event == "open" and TEMPLATES in path and _writes_shared(path, arguments[2]):
            raise SharedTemplateError(f"{path} is shared with other tests: delete it, then write")


def _writes_shared(path: str, flags: object) -> bool:
    """Return whether a file that has other names is about to be written."""
    assert isinstance(flags, int)
    with contextlib.suppress(OSError):
        # As strings, for the same reason.
        return bool(flags & (os.O_WRONLY | os.O_RDWR)) and os.stat(path).st_nlink > 1  # noqa: PTH116
    return False


def _is_known(event: str, path: str, arguments: tuple[object, ...]) -> bool:
    """Return whether we know the folder that a path is counted from.

    `os.open` (whose mode is None here) may count it from any open folder.
    """
    return event != "open" or arguments[1] is not None or path.startswith(os.sep)


def install() -> None:
    """Refuse it from now on, as long as this process lives (an audit hook cannot be removed)."""
    sys.addaudithook(_refuse)


if __name__ == "sitecustomize":
    install()
