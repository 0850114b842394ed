"""Step `write`: write the artefacts to the output folder, all or nothing; keep unchanged files.

The new site is prepared in a hidden folder beside the output, then the two folders exchange their
names. If the process is killed, the output is the whole old site or the whole new one. Exception:
where the system cannot exchange folders in one step, there may be no output, and `recover` then
puts the old site back. A power cut may leave empty files, since files are not synced; the
next build compares bytes and repairs them.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

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
from maille.text.names import join_names
from maille.text.patterns import compile_late

__all__ = [
    "BuildInProgressError",
    "ForeignFileError",
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
_FORBIDDEN = compile_late(r'[\x00-\x1f\x7f<>:"|?*\\]')
# Windows reserves these names, with or without an extension:
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED = compile_late(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE
)


# Files that file managers and text editors leave in folders.
_LITTER = compile_late(
    r"(?:^|/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini|\.#[^/]*|[^/]*~|\.[^/]*\.sw[a-p])$",
    re.IGNORECASE,
)
_MOST_NAMED, _MOST_BYTES = 5, 2_000


class ForeignFileError(WriteError):
    """The output has files that no publication put there, and that the next one would delete."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: how many files it wrote, left unchanged, and removed."""

    written: int
    unchanged: int
    removed: int


def publish(
    artefacts: Iterable[Artefact],
    output: Path,
    *,
    protected: Path | None = None,
    complete: Callable[[Path], Iterable[Artefact]] | None = None,
    setting: str = "",
    admits: Callable[[str], bool] = lambda _: True,
) -> Published:
    """Make `output` hold exactly the artefacts and the marker file; return the counts.

    If somebody put a file there by hand, ForeignFileError names it, and nothing changes. In its
    message, `setting` introduces the lines of `site.toml` that would keep the file; `admits` says
    whether `site.toml` may declare a file with this name.

    `artefacts` is read once, lazily. `protected` is the content root, which is never replaced.
    `complete` is called with the staged folder, which it must only read (files are shared with the
    published site), and returns further artefacts, such as a search index.

    Raises WriteError (or a subclass) when the output cannot be written, is not ours or is locked,
    ValueError when an artefact has an unsafe or clashing path, and whatever `artefacts` and
    `complete` raise. The published site is then unchanged, with two exceptions: it is the new site
    if only the old one could not be deleted, and it is missing if it could not be put back (see
    `exchange`).
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
            staging.refuse_foreign(setting, admits)
            staging.sign()
            exchange(paths)
        except BaseException:
            with contextlib.suppress(WriteError):  # the first error is the one to report
                settle(paths)
            raise
        _delete_former_site(paths)
    return staging.count()


def refuse_inside(output: Path, folders: Iterable[Path]) -> None:
    """Raise UnsafeOutputError if `output` is, or is inside, a folder that the build reads."""
    absolute = output.resolve()
    for folder in folders:
        if absolute.is_relative_to(folder.resolve()):
            raise UnsafeOutputError(
                f"« {output} » est dans « {folder} », que la construction lit : "
                "donnez une autre sortie ; rien n'a été touché."
            )


def recover(output: Path) -> None:
    """Repair `output` after an interrupted publication; otherwise do nothing.

    The output is then the old site, or the new one if it was already in place. `publish` starts
    with the same repair; call this in a command that may end without publishing. Raises WriteError.
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
    """The new site being prepared; where possible, unchanged files are hard links."""

    @translate_errors()
    def __init__(self, paths: OutputPaths) -> None:
        self._output_paths = paths
        self._former = dict(_walk_files(paths.output)) if paths.output.exists() else {}
        self._former_marker = self._former.pop(MARKER, None)
        self._known = _read_names(paths.output / MARKER) if self._former_marker else None
        self._registry = _PathRegistry()
        self._written = self._unchanged = 0
        # From here on, existing names are refused, so that no planted symbolic link is followed.
        paths.staging.mkdir(mode=0o755)
        marker = paths.staging / MARKER
        _write_new(str(marker), _MARKER_TEXT.encode())
        self._usual_mode = marker.stat().st_mode

    def add(self, artefacts: Iterable[Artefact]) -> None:
        """Stage each artefact. Raises WriteError, ValueError, and whatever `artefacts` raises."""
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
        # A file whose permissions are not the usual ones is rewritten with the usual ones.
        if status.st_mode == self._usual_mode:
            # the disk may have no hard links (FAT), too many of them, or forbid them
            with contextlib.suppress(OSError):
                return os.link(former, target, follow_symlinks=False)
        _write_new(target, data)
        return os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))

    def refuse_foreign(self, setting: str, admits: Callable[[str], bool]) -> None:
        """Raise ForeignFileError if the output has files that no publication put there.

        Links, pipes and empty folders count; files of `_LITTER` do not. If the marker has no names
        (older versions wrote none), no file counts.
        """
        if self._known is None:
            return
        unknown = {*self._former, *_list_empty_folders(self._output_paths.output)} - self._known
        if not unknown:
            return
        ours = {str(above) for name in self._known for above in PurePosixPath(name).parents}
        foreign = sorted(path for path in unknown - ours if not _LITTER.search(path))
        if foreign:
            raise ForeignFileError(
                _explain_foreign(self._output_paths.output, foreign, setting, admits)
            )

    @translate_errors()
    def sign(self) -> None:
        """Write the names of published files in the marker; an unchanged marker keeps its date."""
        data = "".join((_MARKER_TEXT, *(f"{name}\n" for name in self._registry.list_names())))
        marker = self._output_paths.staging / MARKER
        former = self._output_paths.output / MARKER
        marker.write_bytes(data.encode())
        status = self._former_marker
        if status and _has_content(str(former), status, data.encode()):
            os.utime(marker, ns=(status.st_atime_ns, status.st_mtime_ns))

    def count(self) -> Published:
        """Return the counts; call this once everything is staged."""
        return Published(self._written, self._unchanged, removed=len(self._former))


def _walk_files(folder: Path | str, prefix: str = "") -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path in `folder` and the status of each file; links count as files."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk_files(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry.stat(follow_symlinks=False)


def _list_empty_folders(folder: Path) -> list[str]:
    """Return the paths of the empty folders of `folder`, each with « / » at its end."""
    empty = (Path(path) for path, folders, files in os.walk(folder) if not folders and not files)
    return [f"{path.relative_to(folder).as_posix()}/" for path in empty if path != folder]


def _read_names(marker: Path) -> frozenset[str] | None:
    """Return the file names in a marker; None if it has none, or is not a regular file."""
    if marker.is_symlink() or not marker.is_file():
        return None
    names = marker.read_text("utf-8", "replace").splitlines()[1:]
    return frozenset(names) or None


def _explain_foreign(
    output: Path, names: Sequence[str], setting: str, admits: Callable[[str], bool]
) -> str:
    """Return what to do with files that the publication would delete.

    For files that `site.toml` may declare, this includes the lines to add there (see `publish`).
    """
    more = f" (et {len(names) - _MOST_NAMED} autres)" if len(names) > _MOST_NAMED else ""
    first = (
        f"Mis à la main dans « {output.name} », qui est remplacé en entier : "
        f"{join_names(names[:_MOST_NAMED])}{more}. Rien n'a été touché."
    )
    named = filter(admits, names[:_MOST_NAMED])
    lines = [line for name in named if (line := _write_setting(output, name))]
    keep = (f"Pour publier avec le site, {setting}", *lines) if setting and lines else ()
    move = "déplacez ailleurs, ou effacez, puis recommencez."
    return "\n".join((first, *keep, f"Sinon, {move}" if keep else move.capitalize()))


def _write_setting(output: Path, name: str) -> str:
    """Return the TOML line that declares a small text file, or "" for any other file."""
    path = output / name
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_BYTES:
        return ""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(text, ensure_ascii=False)}"


def _has_content(path: str, status: os.stat_result, data: bytes) -> bool:
    if not stat.S_ISREG(status.st_mode) or status.st_size != len(data):
        return False
    try:
        with open(path, "rb") as file:
            return file.read() == data
    except PermissionError:  # an unreadable file counts as changed
        return False


def _write_new(path: str, data: bytes) -> None:
    # "x" refuses an existing name, even a symbolic link: O_EXCL in open(2).
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o644)) as file:
        file.write(data)


# --- Paths that are safe to write ------------------------------------------------------------


class _PathRegistry:
    """The paths staged so far. A path that a file system could take for one of them is refused."""

    def __init__(self) -> None:
        self._files = {_fold_path(MARKER): MARKER}
        # For each folder, by its folded path: its spelling, and the first file staged inside it.
        self._folders: dict[str, tuple[str, str]] = {}

    def list_names(self) -> list[str]:
        """Return the paths of the files, sorted, without the marker."""
        return sorted(set(self._files.values()) - {MARKER})

    def admit(self, path: str) -> list[str]:
        """Add a path; return its parent folders that are new, outermost first.

        Raises ValueError when the path is unsafe, or clashes with a path added before.
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
    """Return a key: paths that a file system may take for the same path have the same key.

    This is the canonical caseless matching of the Unicode Standard (section 3.13, D145) without
    its last normalization, which changes nothing after the first one and the folding.
    """
    return path.lower() if path.isascii() else unicodedata.normalize("NFD", path).casefold()


def check_path(path: str) -> None:
    """Raise ValueError unless `path` is relative, has no `..`, and is valid on every system.

    A site may be built on one system and served from another. The path may have at most
    `_MAX_PATH_BYTES` bytes in UTF-8.
    """
    if _FORBIDDEN.search(path) or not 0 < len(path.encode()) <= _MAX_PATH_BYTES:
        raise ValueError(f"unsafe artefact path: {path!r}")
    for segment in path.split("/"):
        # An empty segment means a slash at either end, or two in a row.
        if not segment or segment[-1] in ". " or _RESERVED.fullmatch(segment):
            raise ValueError(f"unsafe segment {segment!r} in artefact path: {path!r}")
