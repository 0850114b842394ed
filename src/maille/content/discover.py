"""Step 1: read the content files, and give the reason why each other file is ignored."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from maille.content.copies import find_copies
from maille.content.decode import SIZE_LIMIT, START
from maille.content.documents import SourceFile
from maille.content.downloads import WEIGHT_LIMIT as DOWNLOAD_LIMIT
from maille.content.downloads import is_download
from maille.content.file_names import is_debris
from maille.content.folders import Folder, explain_ignored, is_image, is_sealed, list_folders
from maille.content.image_encoding import WEIGHT_LIMIT
from maille.content.strays import (
    Stray,
    advise,
    advise_outside,
    find_absent_path,
    is_like_folder,
    is_text_name,
    refuse_absent,
)
from maille.problems import Problem

CONFIG_FILE = "site.toml"
ADDRESSES_FILE = "content/adresses.toml"
IMPORTS_FOLDER = "content/imports/"  # the files that map columns of imported tables to keys


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files of the content folders: texts, images, seals, PDFs to download, ignored files.

    `problems` report symbolic links, pipes, devices, a file where a folder should be, files that
    are not on this disk, and copies. Each of those files is only in `problems`. `ignored` are pairs
    (path, reason). `notes` are warnings about ignored files that were probably meant as content.
    """

    sources: tuple[SourceFile, ...]
    ignored: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    images: tuple[SourceFile, ...] = ()
    notes: tuple[Problem, ...] = ()
    seals: tuple[SourceFile, ...] = ()
    downloads: tuple[SourceFile, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the path of each refused file, or of the file for which it is a placeholder."""
        return tuple(find_absent_path(one.path) or one.path for one in self.problems)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Return the paths of the files and folders that are not on this disk."""
        return tuple(filter(None, (find_absent_path(one.path) for one in self.problems)))


def discover(root: Path, kinds: Iterable[Folder]) -> FoundFiles:
    """Return the files of the content folders below `root`, sorted by path.

    Outside these folders, only misplaced records are looked for (see `_warn_outside`).
    Symbolic links, pipes and devices are problems and are never opened. Raises OSError when a
    folder or a file of the content cannot be read.
    """
    owners = tuple(kinds)
    sources: list[SourceFile] = []
    images: list[SourceFile] = []
    seals: list[SourceFile] = []
    downloads: list[SourceFile] = []
    ignored: list[tuple[str, str]] = []
    problems: list[Problem] = []
    every = ((_normalise(name), path) for name, path in _list_files(root, owners))
    files = tuple(one for one in every if not _is_setting(one[0]))
    names = frozenset(name for name, _ in files)
    for name, path in files:
        if problem := _refuse(name, path, names, owners):
            problems.append(problem)
        elif reason := explain_ignored(name, owners):
            ignored.append((name, reason))
        elif is_sealed(name, owners):
            seals.append(SourceFile(name, _read_bytes(path)))
        elif is_image(name):
            # Reading one byte more than the limit is enough to see that a file is too large.
            images.append(SourceFile(name, _read_bytes(path, WEIGHT_LIMIT + 1)))
        elif is_download(name):
            downloads.append(SourceFile(name, _read_bytes(path, DOWNLOAD_LIMIT + 1)))
        else:
            sources.append(SourceFile(name, _read_bytes(path, SIZE_LIMIT + 1)))
    left = {name for name, _ in ignored}
    strays = (Stray(name, _read_start(path), names) for name, path in files if name in left)
    outside = [*_warn_outside(root, names, owners)]
    copies = {problem.path: problem for problem in find_copies(sources, owners)}
    return FoundFiles(
        tuple(source for source in sources if source.path not in copies),
        (*ignored, *((note.path, explain_ignored(note.path, owners)) for note in outside)),
        (*problems, *copies.values()),
        tuple(images),
        (*filter(None, (advise(stray, owners) for stray in strays)), *outside),
        tuple(seals),
        tuple(downloads),
    )


def _is_setting(name: str) -> bool:
    return name == ADDRESSES_FILE or name.startswith(IMPORTS_FOLDER)


def find_special_files(root: Path, folder: str) -> tuple[Problem, ...]:
    """Return a problem for each symbolic link, pipe or device in `folder`, or for `folder` itself.

    Files that software leaves behind (`is_debris`) are left out.
    """
    return tuple(
        _refuse_special_file(_normalise(name))
        for name, path in _walk(root, [folder])
        if _is_special(path) and not is_debris(name)
    )


def _list_files(root: Path, owners: Iterable[Folder]) -> Iterator[tuple[str, str]]:
    """Yield the files of the content folders, and the iCloud placeholder of each absent folder.

    Each file is a pair, as in `_walk`.
    """
    folders = list_folders(owners)
    marks = ((name, f"{root}/{name}") for name in (f".{folder}.icloud" for folder in folders))
    yield from (mark for mark in marks if os.path.isfile(mark[1]))
    yield from _walk(root, folders)


def _refuse(
    name: str, path: str, names: Collection[str], owners: Sequence[Folder]
) -> Problem | None:
    if problem := refuse_absent(name, names, owners):
        return problem
    if is_debris(name):  # never opened: the lock of Emacs is a broken symbolic link
        return None
    if _is_special(path):
        return _refuse_special_file(name)
    if "/" not in name and name in list_folders(owners):
        hint = "faites-en un dossier, et rangez-y les fiches"
        return Problem(name, "ce n'est pas un dossier", hint)
    return None


def _warn_outside(
    root: Path, names: Collection[str], owners: Sequence[Folder]
) -> Iterator[Problem]:
    """Yield a warning for each record that is outside the content folders.

    Subfolders are searched only in a folder whose name resembles that of a content folder.
    """
    content = [_find_status(f"{root}/{name}") for name in list_folders(owners)]
    for name in sorted(os.listdir(root)):
        top = _find_status(f"{root}/{name}")
        if not top:  # a broken symbolic link, such as the lock of Emacs
            continue
        # On a disk that ignores case, `content` also names a folder `Content`.
        if any(folder and os.path.samestat(top, folder) for folder in content):
            continue
        walked = not stat.S_ISDIR(top.st_mode) or is_like_folder(name, owners)
        if walked or not is_debris(name):
            for found, path in _walk(root, [name]) if walked else _list_texts(root, name):
                stray = Stray(_normalise(found), _read_start(path), names)
                if problem := advise_outside(stray, owners):
                    yield problem


def _find_status(path: str) -> os.stat_result | None:
    """Return the status of a file or folder, or None if there is none."""
    try:
        return os.stat(path)
    except OSError:
        return None


def _list_texts(root: Path, folder: str) -> list[tuple[str, str]]:
    """Return the text files in a folder of `root`, sorted, as in `_walk`, without its subfolders.

    Return [] if the folder is a symbolic link or cannot be read.
    """
    if os.path.islink(f"{root}/{folder}"):
        return []
    try:
        texts = sorted(filter(is_text_name, os.listdir(f"{root}/{folder}")))
    except OSError:
        return []
    files = [(f"{folder}/{name}", f"{root}/{folder}/{name}") for name in texts]
    return [file for file in files if os.path.isfile(file[1])]


def _read_start(path: str) -> bytes:
    try:
        return _read_bytes(path, START)
    except OSError:
        return b""


def _normalise(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _is_special(path: str) -> bool:
    try:
        return not stat.S_ISREG(os.lstat(path).st_mode)
    except FileNotFoundError:  # erased meanwhile
        return True


def _read_bytes(path: Path | str, most: int = -1) -> bytes:
    """Return the first `most` bytes of a file; by default, all its bytes.

    Raises OSError for anything but a regular file: a symbolic link could expose a private file of
    the machine, and reading a pipe could block for ever.
    """
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "ce n'est pas un simple fichier", str(path))
    with open(path, "rb") as file:
        # With a limit, `read` first takes that much memory, for the smallest file.
        return file.read(most if status.st_size > most else -1)


def read_source(root: Path, path: str) -> SourceFile:
    """Return a text of the content, as `discover` reads it. Raises OSError if it cannot be read."""
    return SourceFile(path, _read_bytes(root / path, SIZE_LIMIT + 1))


def read_config_file(root: Path) -> SourceFile:
    """Return `site.toml`. Raises FileNotFoundError if `root` does not have that file."""
    return SourceFile(CONFIG_FILE, _read_bytes(root / CONFIG_FILE))


def read_addresses_file(root: Path) -> SourceFile | None:
    """Return `content/adresses.toml`, or None if `root` does not have that file."""
    if not os.path.lexists(root / ADDRESSES_FILE):
        return None
    return SourceFile(ADDRESSES_FILE, _read_bytes(root / ADDRESSES_FILE, SIZE_LIMIT))


def read_published_list(path: Path | None) -> SourceFile | None:
    """Return the file `path`, which lists the addresses last published, or None if it is absent."""
    if path is None or not path.is_file():
        return None
    return SourceFile(path.as_posix(), _read_bytes(path))


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the bytes of the files below `folder` by relative path.

    Files that software leaves behind (`is_debris`) are left out. Raises OSError for a symbolic
    link, a pipe or a device.
    """
    return {name: _read_bytes(path) for name, path in _walk(folder, [""]) if not is_debris(name)}


def _walk(root: Path, folders: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (path in `root`, whole path) of the files below each folder, sorted.

    Symbolic links are yielded, not followed. If one of the folders is in fact a file or a symbolic
    link, it is yielded. The folder "" is `root`, which may be a symbolic link. Paths are texts:
    `Path` would take most of the time.
    """
    for folder in folders:
        top = f"{root}/{folder}"
        if not os.path.isdir(top) or (folder and os.path.islink(top)):
            if folder and os.path.lexists(top):
                yield folder, top
            continue
        waiting = _list_folder(top, f"{folder}/" if folder else "")
        while waiting:  # no recursion: folders may be nested deeper than Python's stack
            name, entry = waiting.pop()
            if entry.is_dir(follow_symlinks=False):
                waiting += _list_folder(entry.path, f"{name}/")
            else:
                yield name, entry.path


def _list_folder(folder: str, prefix: str) -> list[tuple[str, os.DirEntry[str]]]:
    """Return what is in a folder, the last name first; `prefix` is put before the names."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name, reverse=True)
    return [(f"{prefix}{entry.name}", entry) for entry in found]


def _refuse_special_file(path: str) -> Problem:
    message = "ce n'est pas un simple fichier (c'est un lien ou un fichier spécial)"
    return Problem(path, message, "remplacez-le par une copie du fichier voulu")
