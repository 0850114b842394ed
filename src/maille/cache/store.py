"""A folder of values made by earlier builds, each in a file named after its key.

A build is correct whatever that folder contains: a value that is missing, truncated, changed, of
another version, or that cannot be read or written, is simply made again. The methods raise no error
about such a value.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from maille.cache.engine import digest_engine

# In bytes. A larger value is not read; nothing is written if less than `ROOM` is free on the disk.
VALUE_LIMIT = 50_000_000
ROOM = 500_000_000

_DIGEST = 20  # bytes

# The names of the files of a store: values, and temporary files. Other files are never touched.
_OURS = re.compile(r"[0-9a-f]{40}(?:\.[0-9]+\.tmp)?")
# Do not follow links, do not wait for a pipe, do not convert line ends. A flag that the system
# lacks is 0.
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Store:
    """The values of one folder that were made by this version of the engine.

    A key is a digest of everything that its value depends on, except the engine and its libraries.
    """

    folder: Path

    def get(self, key: bytes) -> bytes | None:
        """Return the value of a key, exactly as it was put; None if it is missing or unusable."""
        name = _make_name(key)
        try:
            data = _read(f"{self.folder}/{name}")
        except OSError:
            return None
        value = data[_DIGEST:]
        return value if data[:_DIGEST] == _make_checksum(name, value) else None

    def put(self, key: bytes, value: bytes) -> None:
        """Keep the value of a key, unless the folder cannot be written or the disk is nearly full.

        The value is written to a temporary file, which is then renamed: nobody reads half a value.
        """
        name = _make_name(key)
        beside = f"{self.folder}/{name}.{os.getpid()}.tmp"
        try:
            if not os.path.isdir(self.folder):
                self._make_folder()
            if shutil.disk_usage(self.folder).free < ROOM:
                return
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN
            with open(os.open(beside, flags, 0o666), "wb") as file:
                file.write(_make_checksum(name, value) + value)
            os.replace(beside, f"{self.folder}/{name}")
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(beside)

    def keep_only(self, keys: Iterable[bytes]) -> None:
        """Remove temporary files, and the values of all keys except `keys`."""
        kept = {_make_name(key) for key in keys}
        try:
            present = os.listdir(self.folder)
        except OSError:
            return
        for name in present:
            if name not in kept and _OURS.fullmatch(name):
                with contextlib.suppress(OSError):
                    os.unlink(f"{self.folder}/{name}")

    def _make_folder(self) -> None:
        """Create the folder and, if it is missing, its parent, which git is told to ignore."""
        above = os.path.dirname(self.folder)
        if not os.path.isdir(above):
            os.mkdir(above)
            with open(f"{above}/.gitignore", "x", encoding="ascii") as file:
                file.write("*\n")
        os.mkdir(self.folder)


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores of a build: documents, files that are slow to make, and bytecode of templates.

    A store is None if its values are not kept.
    """

    documents: Store | None = None
    files: Store | None = None
    bytecode: Store | None = None

    def forget_all(self) -> None:
        """Remove every value."""
        for store in (self.documents, self.files, self.bytecode):
            if store:
                store.keep_only(())


def open_stores(folder: Path | None, templates: Path) -> Stores:
    """Return the stores of documents and of files, in `folder`, and of bytecode, in `templates`.

    If `folder` is None, all the stores are None. Bytecode is code, so it is never kept in `folder`,
    which may have come from another machine. It is kept in `templates/__pycache__`, as Python does:
    whoever can write there can change the templates anyway.
    """
    if folder is None:
        return Stores()
    return Stores(
        _open(folder / "documents"), _open(folder / "files"), _open(templates / "__pycache__")
    )


def _open(folder: Path) -> Store | None:
    """Return the store in `folder`; None if `folder` or its parent is a symbolic link."""
    return None if folder.is_symlink() or folder.parent.is_symlink() else Store(folder)


def _make_name(key: bytes) -> str:
    return hashlib.blake2b(key, digest_size=_DIGEST, key=digest_engine()).hexdigest()


def _make_checksum(name: str, value: bytes) -> bytes:
    return hashlib.blake2b(name.encode() + value, digest_size=_DIGEST).digest()


def _read(path: str) -> bytes:
    """Return the bytes of a file. Raises OSError if it is not a regular file, or is too large."""
    with open(os.open(path, os.O_RDONLY | _PLAIN), "rb", buffering=0) as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > VALUE_LIMIT + _DIGEST:
            raise OSError("not a value of a store")
        return file.readall()
