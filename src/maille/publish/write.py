"""Step `write`: artefacts → the output folder, all or nothing, only what changed.

A whole tree is prepared in a hidden folder beside the output, then the two folders exchange their
names. Killed at any instant, the output is wholly the old site or wholly the new one; where the
system has no exchange in one step, there is an instant without an output folder, and `recover`
puts the old site back. A power cut is weaker: files are not forced to the disk one by one, and the
next build, which compares bytes, mends what a cut has emptied.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from maille.publish.artefact import Artefact
from maille.publish.swap import (
    MARKER,
    BuildInProgressError,
    OutputPaths,
    UnsafeOutputError,
    WriteError,
    delete_staged,
    exchange,
    hold_lock,
    refuse_unsafe,
    settle,
    translate_errors,
)

__all__ = [
    "BuildInProgressError",
    "Published",
    "UnsafeOutputError",
    "WriteError",
    "check_path",
    "publish",
    "recover",
    "refuse_inside",
]

_MARKER_TEXT = "Dossier produit automatiquement et remplacé en entier : n'y rangez rien.\n"

_MAX_PATH_BYTES = 200
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file, with or without an extension.
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: files written, left as they were, and gone since the last one."""

    written: int
    unchanged: int
    removed: int


def publish(
    artefacts: Iterable[Artefact],
    output: Path,
    *,
    protected: Path | None = None,
    complete: Callable[[Path], Iterable[Artefact]] | None = None,
) -> Published:
    """Make `output` hold exactly `artefacts` and the marker file; return what changed.

    `artefacts` is read once, as it comes. `protected` is the content root, never to be replaced.
    `complete` is given the staged folder, only to read it (its files may be those of the published
    site), and returns further artefacts, such as a search index.

    Raise WriteError (or a subclass) when the disk or the user stands in the way, ValueError when
    an artefact has an unsafe or clashing path, and whatever `artefacts` and `complete` raise. The
    published site is then as it was; only a WriteError about deleting the old site comes after.
    """
    paths = OutputPaths.make(output)
    refuse_unsafe(paths.output, protected)
    with hold_lock(paths):
        settle(paths)
        try:
            staging = _Staging(paths)
            staging.add(artefacts)
            if complete is not None:
                staging.add(complete(paths.staging))
            exchange(paths)
        except BaseException:
            with contextlib.suppress(WriteError):  # the first error is the one to tell
                settle(paths)
            raise
        _delete_former_site(paths)
    return staging.count()


def refuse_inside(output: Path, folders: Iterable[Path]) -> None:
    """Raise UnsafeOutputError if `output` is one of the folders that are read, or inside one."""
    paths = output.resolve()
    for folder in folders:
        if paths.is_relative_to(folder.resolve()):
            raise UnsafeOutputError(
                f"« {output} » est dans « {folder} », que la construction lit : "
                "donnez une autre sortie ; rien n'a été touché."
            )


def recover(output: Path) -> None:
    """Put `output` right after an interrupted publication; do nothing when there was none.

    What stays is the old site, or the new one if it was already in paths. `publish` begins with
    this; call it too before a command that may end without publishing. Raise WriteError.
    """
    paths = OutputPaths.make(output)
    if any(os.path.lexists(path) for path in (paths.staging, paths.aside, paths.lock)):
        with hold_lock(paths):
            settle(paths)


def _delete_former_site(paths: OutputPaths) -> None:
    try:
        delete_staged(paths)
    except OSError as error:
        raise WriteError(
            "Le nouveau site est publié, mais l'ancien n'a pas pu être effacé : "
            f"supprimez « {error.filename} »."
        ) from error


# --- The staged tree ------------------------------------------------------------------------


class _Staging:
    """The tree being prepared; what did not change is shared with the tree now published."""

    @translate_errors()
    def __init__(self, paths: OutputPaths) -> None:
        self._output_paths = paths
        self._former = dict(_walk_files(paths.output)) if paths.output.exists() else {}
        former_marker = self._former.pop(MARKER, None)
        self._registry = _PathRegistry()
        self._written = self._unchanged = 0
        # Neither this nor what follows accepts a name already taken: no planted link is followed.
        paths.staging.mkdir(mode=0o755)
        marker = paths.staging / MARKER
        _write_new(str(marker), _MARKER_TEXT.encode())
        self._usual_mode = marker.stat().st_mode
        if former_marker:
            os.utime(marker, ns=(former_marker.st_atime_ns, former_marker.st_mtime_ns))

    def add(self, artefacts: Iterable[Artefact]) -> None:
        """Stage each artefact as it comes; what producing one raises is left to the caller."""
        for artefact in artefacts:
            self._add_one(artefact.path, artefact.data)

    @translate_errors()
    def _add_one(self, path: str, data: bytes) -> None:
        for folder in self._registry.admit(path):
            os.mkdir(f"{self._output_paths.staging}/{folder}", 0o755)
        former, target = (
            f"{self._output_paths.output}/{path}",
            f"{self._output_paths.staging}/{path}",
        )
        status = self._former.pop(path, None)
        if status and _has_content(former, status, data):
            self._keep(former, status, target, data)
            self._unchanged += 1
        else:
            _write_new(target, data)
            self._written += 1

    def _keep(self, former: str, status: os.stat_result, target: str, data: bytes) -> None:
        # A file whose rights were changed by hand is copied, to get the usual ones again.
        if status.st_mode == self._usual_mode:
            with contextlib.suppress(OSError):  # no links here (FAT), or too many, or not allowed
                return os.link(former, target, follow_symlinks=False)
        _write_new(target, data)
        return os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))

    def count(self) -> Published:
        """Return the counts, once everything is staged."""
        return Published(self._written, self._unchanged, removed=len(self._former))


def _walk_files(folder: Path | str, prefix: str = "") -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path and the status of each file under `folder`, links not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk_files(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry.stat(follow_symlinks=False)


def _has_content(path: str, status: os.stat_result, data: bytes) -> bool:
    if not stat.S_ISREG(status.st_mode) or status.st_size != len(data):
        return False
    try:
        with open(path, "rb") as file:
            return file.read() == data
    except PermissionError:  # unreadable is as good as changed
        return False


def _write_new(path: str, data: bytes) -> None:
    # "x" refuses a name already taken, even by a link: O_EXCL in open(2).
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o644)) as file:
        file.write(data)


# --- The last wall before the disk ----------------------------------------------------------


class _PathRegistry:
    """The paths staged so far, to refuse two that some disk would take for one."""

    def __init__(self) -> None:
        self._files = {_fold_path(MARKER): MARKER}
        # Each folder, with its spelling and the first file that needed it.
        self._folders: dict[str, tuple[str, str]] = {}

    def admit(self, path: str) -> list[str]:
        """Check the path and return the folders that it is the first to need, outermost first.

        Raise ValueError when it is unsafe, or clashes with a path admitted before.
        """
        check_path(path)
        key = _fold_path(path)
        taken = self._files.get(key) or self._folders.get(key, ("", ""))[1]
        if taken:
            raise ValueError(f"two artefacts for one name: {taken!r} and {path!r}")
        self._files[key] = path
        parts = path.split("/")
        parents = ["/".join(parts[:end]) for end in range(1, len(parts))]
        return [folder for folder in parents if self._is_new(folder, path)]

    def _is_new(self, folder: str, path: str) -> bool:
        key = _fold_path(folder)
        spelling, user = self._folders.get(key, (folder, self._files.get(key, "")))
        if key in self._files or spelling != folder:
            raise ValueError(f"two artefacts for one name: {user!r} and {path!r}")
        return self._folders.setdefault(key, (folder, path)) == (folder, path)


def _fold_path(path: str) -> str:
    """Return one text for all the spellings that a disk may confuse.

    These are the canonical caseless matches of the Unicode Standard, section 3.13, D145; its last
    normalization changes no text that this one and the folding have produced.
    """
    return path.lower() if path.isascii() else unicodedata.normalize("NFD", path).casefold()


def check_path(path: str) -> None:
    """Raise ValueError unless `path` is relative, stays inside, and suits every system.

    A site is built on one system and served from another, so the narrowest rules hold everywhere.
    """
    if _FORBIDDEN.search(path) or not 0 < len(path.encode()) <= _MAX_PATH_BYTES:
        raise ValueError(f"unsafe artefact path: {path!r}")
    for segment in path.split("/"):
        # An empty segment stands for a slash at either end, or two in a row.
        if not segment or segment[-1] in ". " or _RESERVED.fullmatch(segment):
            raise ValueError(f"unsafe segment {segment!r} in artefact path: {path!r}")
