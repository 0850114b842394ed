"""Write changes to several files of a site: all of them, or none."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileChange:
    """A change of a file: its path, its new path, and its new bytes, or None to remove it.

    The two paths are equal unless the file is renamed. A file that does not exist yet is created.
    """

    path: str
    new_path: str
    data: bytes | None


def apply_changes(copy: Path, changes: Iterable[FileChange]) -> None:
    """Apply the changes to a copy of the site, except in top-level folders that the copy lacks."""
    for change in changes:
        if (copy / change.path.split("/")[0]).exists():
            _apply(copy, change)


def write_changes(root: Path, changes: Sequence[FileChange]) -> None:
    """Write the changes into `root`. If one fails, undo the others and raise its error.

    Raises FileExistsError, and writes nothing, if the new path of a renamed file is already taken.
    """
    renamed = [one for one in changes if one.new_path != one.path]
    names = [one.new_path for one in renamed]
    for name in names:
        if os.path.lexists(root / name) or names.count(name) > 1:
            raise FileExistsError(errno.EEXIST, "ce nom est déjà pris", name)
    with tempfile.TemporaryDirectory() as folder:
        saved: list[tuple[FileChange, Path]] = []
        try:
            for number, change in enumerate(changes):
                kept = Path(folder) / str(number)
                if (root / change.path).exists():
                    shutil.copy2(root / change.path, kept)
                saved.append((change, kept))
                _apply(root, change)
        except BaseException:
            for change, kept in reversed(saved):
                _put_back(root, change, kept)
            raise
    for change in renamed:
        _remove_empty_folders(root, (root / change.path).parent)


def _apply(root: Path, change: FileChange) -> None:
    if change.data is not None:
        (root / change.new_path).parent.mkdir(parents=True, exist_ok=True)
        (root / change.new_path).write_bytes(change.data)
    if change.new_path != change.path or change.data is None:
        (root / change.path).unlink()


def _put_back(root: Path, change: FileChange, kept: Path) -> None:
    """Undo a change; `kept` is the copy of the old file, and does not exist if there was none."""
    if kept.exists():
        shutil.copy2(kept, root / change.path)
    if change.new_path != change.path or not kept.exists():
        (root / change.new_path).unlink(missing_ok=True)
        _remove_empty_folders(root, (root / change.new_path).parent)


def _remove_empty_folders(root: Path, folder: Path) -> None:
    """Remove a folder if it is empty, then each parent folder that becomes empty."""
    with contextlib.suppress(OSError):  # the folder may be gone already
        while folder != root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
