"""Identify the version of the engine, of its libraries and of Python."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
# The folders in which installers write the name and the version of a library.
_INSTALLED = (".dist-info", ".egg-info")


@functools.cache  # the result stays the same while the process runs
def digest_engine() -> bytes:
    """Return a digest of everything that results depend on, except the files of the site.

    It covers the bytes of the engine, the versions of all installed libraries, and Python.
    """
    made = hashlib.blake2b(digest_size=16)
    for part in (sys.version, *list_libraries(sys.path)):
        made.update(part.encode("utf-8", "surrogateescape") + b"\0")
    for path in sorted(_list_files(_PACKAGE)):
        with open(path, "rb") as file:
            data = file.read()
        name = os.path.relpath(path, _PACKAGE).encode("utf-8", "surrogateescape")
        made.update(b"%d:%b%d:" % (len(name), name, len(data)) + data)
    return made.digest()


def list_libraries(folders: Iterable[str]) -> list[str]:
    """Return the name and version of each library installed in `folders`, sorted."""
    found = []
    for folder in folders:
        try:
            found += [name for name in os.listdir(folder or ".") if name.endswith(_INSTALLED)]
        except OSError:  # not a folder: an archive, or nothing
            continue
    return sorted(found)


def _list_files(folder: Path) -> Iterator[str]:
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (os.path.join(path, name) for name in names)
