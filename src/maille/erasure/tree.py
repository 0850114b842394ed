"""Black a name out of a whole site: which files change, and their writing, all or none."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maille.erasure.files import RECORD, count_in_file, erase_file
from maille.erasure.words import Eraser, compile_words
from maille.site.sealed_letters import FOLDER, SUMS, digest, format_sums

_LEFT_OUT = {"node_modules", "__pycache__"}
# The engine's own files are never changed: what they hold is told.
ENGINE = {"src", "tests", "tools"}
_SENT = (".html", ".txt", ".eml", ".md")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a file: its new path and bytes, None if it is removed.

    `count` is how many times the name was in it.
    """

    path: str
    new_path: str
    data: bytes | None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure does: its changes, and what it cannot do.

    `left` are the files that hold the name and cannot be changed; `unread` those that no one can
    search here (PDF); `near` the places (path, line, words) of the last word of the name alone.
    """

    changes: tuple[Change, ...] = ()
    left: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    near: tuple[tuple[str, int, str], ...] = field(default=())


def plan_erasure(root: Path, output: Path, eraser: Eraser) -> Erasure:
    """Return what erasing the name from the folder `root` changes; write nothing.

    `output` is left out: the site is built again. Raises OSError when a file cannot be read.
    """
    files = dict(_read_tree(root, output))
    changes: dict[str, Change] = {}
    left: list[str] = []
    for path, data in files.items():
        count = count_in_file(path, data, eraser)
        if path.split("/")[0] in ENGINE:
            left += [path] if count else []
            continue
        new_path, new = eraser.erase_name(path), erase_file(path, data, eraser)
        if new != data or new_path != path:
            changes[path] = Change(path, new_path, new, count)
        if count_in_file(path, new, eraser):
            left.append(path)
    changes |= _remove_documents(files, changes)
    changes |= _seal_again(files, changes, eraser)
    kept = [path for path in files if path not in changes]
    unread = tuple(path for path in kept if path.endswith(".pdf"))
    return Erasure(
        tuple(changes[path] for path in sorted(changes)),
        tuple(left),
        unread,
        tuple(_find_near(files, changes, eraser)),
    )


def _read_tree(root: Path, output: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of the files below `root`, except tools' and git's own."""
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if name not in _LEFT_OUT
            and not (name.startswith(".") and name not in {".github", ".gitlab", ".imports"})
            and not (here / name / "pyvenv.cfg").exists()
            and (here / name).resolve() != output.resolve()
            and not (here / name).is_symlink()
        )
        for name in sorted(names):
            path = here / name
            if path.is_file() and not path.is_symlink() and name != ".git":
                yield path.relative_to(root).as_posix(), path.read_bytes()


def _remove_documents(
    files: Mapping[str, bytes], changes: Mapping[str, Change]
) -> Mapping[str, Change]:
    """Return the removal of each PDF whose text changed: a file beside it, of the same name.

    A PDF cannot be edited safely: what is covered often stays in the file.
    """
    changed = {path.rpartition(".")[0] for path in changes if path.endswith(_SENT)}
    return {
        path: Change(path, path, None)
        for path in files
        if path.endswith(".pdf") and path.rpartition(".")[0] in changed
    }


def _seal_again(
    files: Mapping[str, bytes], changes: Mapping[str, Change], eraser: Eraser
) -> Mapping[str, Change]:
    """Return the new records and sums of the sealed letters that change.

    The record of a seal then says when passages were withdrawn, and the former digests.
    """
    made: dict[str, Change] = {}
    touched = {path.rpartition("/")[0] for path in changes if f"/{FOLDER}/" in path}
    for folder in sorted(touched):
        inside = [path for path in files if path.startswith(f"{folder}/")]
        if f"{folder}/{RECORD}" not in inside:
            continue
        kept: dict[str, bytes] = {}
        former: dict[str, str] = {}
        for path in inside:
            change = changes.get(path)
            name = path.rpartition("/")[2]
            if change:
                former[eraser.erase_name(name)] = digest(files[path])
            if (change is None or change.data is not None) and name != SUMS:
                kept[eraser.erase_name(name)] = (
                    change.data if change and change.data else files[path]
                )
        removed = sorted(set(former) - set(kept))
        former.setdefault(RECORD, digest(files[f"{folder}/{RECORD}"]))
        former.pop(SUMS, None)
        record = json.loads(kept[RECORD])
        record.setdefault("retraits", []).append(
            {"le": eraser.day.isoformat(), "empreintes": former, "fichiers_retires": removed}
        )
        kept[RECORD] = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
        for name, data in ((RECORD, kept[RECORD]), (SUMS, format_sums(kept))):
            path = f"{folder}/{name}"
            before = changes.get(path)
            made[path] = Change(path, path, data, before.count if before else 0)
    return made


def _find_near(
    files: Mapping[str, bytes], changes: Mapping[str, Change], eraser: Eraser
) -> Iterator[tuple[str, int, str]]:
    """Yield the places where the last word of the name stands alone, with a capital."""
    if len(eraser.words) < 2 or len(eraser.words[-1]) < 4:
        return
    last = re.compile(compile_words(eraser.words[-1:]), re.IGNORECASE)
    for path, data in files.items():
        change = changes.get(path)
        if not path.endswith((".md", ".yaml", ".toml")) or path.split("/")[0] in ENGINE:
            continue
        text = (change.data if change and change.data else data).decode("utf-8", "replace")
        for number, line in enumerate(text.split("\n"), 1):
            if any(found[0][0].isupper() for found in last.finditer(line)):
                yield path, number, line.strip()


def copy_with_changes(root: Path, folders: list[str], erasure: Erasure, copy: Path) -> None:
    """Write in the folder `copy` the named folders and files of `root`, with the changes."""
    for name in folders:
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name, symlinks=True)
        elif (root / name).is_file():
            shutil.copy2(root / name, copy / name)
    for change in erasure.changes:
        if change.path.split("/")[0] in folders:
            _apply(copy, change)


def _apply(root: Path, change: Change) -> None:
    if change.new_path != change.path or change.data is None:
        (root / change.path).unlink()
    if change.data is not None:
        (root / change.new_path).parent.mkdir(parents=True, exist_ok=True)
        (root / change.new_path).write_bytes(change.data)


def write_erasure(root: Path, erasure: Erasure) -> None:
    """Write the changes into `root`. If one fails, put the others back and raise its error."""
    with tempfile.TemporaryDirectory() as folder:
        saved: list[tuple[Change, Path]] = []
        try:
            for number, change in enumerate(erasure.changes):
                kept = Path(folder) / str(number)
                shutil.copy2(root / change.path, kept)
                saved.append((change, kept))
                _apply(root, change)
        except BaseException:
            for change, kept in reversed(saved):
                if change.new_path != change.path:
                    (root / change.new_path).unlink(missing_ok=True)
                shutil.copy2(kept, root / change.path)
            raise
    for change in erasure.changes:
        if change.new_path != change.path:
            _remove_empty_folders(root, (root / change.path).parent)


def _remove_empty_folders(root: Path, folder: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
