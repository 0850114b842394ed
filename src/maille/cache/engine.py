"""Identify the version of the engine, of its libraries and of Python."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
# Installers describe a library in a folder whose name ends with one of these, such as
# `jinja2-3.1.6.dist-info`.
_INSTALLED = (".dist-info", ".egg-info")


@functools.cache  # the result stays the same while the process runs
def digest_engine() -> bytes:
    """Return a digest of everything that results depend on, except the files of the site.

    It covers the files of the engine, the names and versions of the installed libraries, and the
    version of Python.
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
    """Return the names of the folders that describe installed libraries, sorted.

    `folders` are the folders where libraries are installed. A name is like
    `jinja2-3.1.6.dist-info`.
    """
    found = []
    for folder in folders:
        try:
            found += [name for name in os.listdir(folder or ".") if name.endswith(_INSTALLED)]
        except OSError:  # an archive, or a missing folder
            continue
    return sorted(found)


def _list_files(folder: Path) -> Iterator[str]:
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (os.path.join(path, name) for name in names)
