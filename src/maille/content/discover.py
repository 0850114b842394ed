"""Step 1: read the content files, and say why each of the other files is ignored."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from maille.content.decode import SIZE_LIMIT
from maille.content.documents import SourceFile
from maille.content.image_encoding import WEIGHT_LIMIT
from maille.content.images import FOLDER as IMAGES
from maille.problems import Level, Problem

CONFIG_FILE = "site.toml"


class Folder(Protocol):
    """The folder that has the files of a content type; `Kind` implements this protocol.

    `suffix` is the ending of the file names (`.md`). `sealed` is the subfolder of sealed letters,
    or "".
    """

    @property
    def folder(self) -> str: ...  # noqa: D102 - said above
    @property
    def suffix(self) -> str: ...  # noqa: D102 - said above
    @property
    def sealed(self) -> str: ...  # noqa: D102 - said above


AnyFolder = TypeVar("AnyFolder", bound=Folder)


def find_owner(path: str, folders: Iterable[AnyFolder]) -> AnyFolder | None:
    """Return the first of `folders` that contains the file `path`, or None."""
    return next((folder for folder in folders if path.startswith(f"{folder.folder}/")), None)


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files of the content folders: texts, images, files of sealed letters, ignored files.

    `problems` report symbolic links, pipes, devices, and a file where a folder should be.
    `ignored` are pairs (path, reason). `notes` are warnings about ignored files whose ending was
    probably meant as `.md`.
    """

    sources: tuple[SourceFile, ...]
    ignored: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    images: tuple[SourceFile, ...] = ()
    notes: tuple[Problem, ...] = ()
    seals: tuple[SourceFile, ...] = ()


def discover(root: Path, kinds: Iterable[Folder]) -> FoundFiles:
    """Return the files of the content folders below `root`, sorted by path.

    Symbolic links, pipes and devices are problems and are never opened. Raises OSError when a
    folder or a file cannot be read.
    """
    owners = tuple(kinds)
    sources: list[SourceFile] = []
    images: list[SourceFile] = []
    seals: list[SourceFile] = []
    ignored: list[tuple[str, str]] = []
    problems: list[Problem] = []
    folders = list_folders(owners)
    for path in _walk(root, folders):
        name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
        if path.is_symlink() or not path.is_file():
            problems.append(_refuse_special_file(name))
        elif name in folders:
            message, hint = (
                "ce n'est pas un dossier",
                "faites-en un dossier, et rangez-y les fiches",
            )
            problems.append(Problem(name, message, hint))
        elif reason := _explain_ignored(name, owners):
            ignored.append((name, reason))
        elif _is_sealed(name, owners):
            seals.append(SourceFile(name, _read_bytes(path)))
        elif _is_image(name):
            images.append(SourceFile(name, _read_start(path)))
        else:
            # One byte above the limit is enough for `decode` to refuse the file.
            sources.append(SourceFile(name, _read_bytes(path, SIZE_LIMIT + 1)))
    notes = tuple(_warn_of_name(name) for name, _ in ignored if _MISNAMED.search(name))
    return FoundFiles(
        tuple(sources), tuple(ignored), tuple(problems), tuple(images), notes, tuple(seals)
    )


def list_folders(kinds: Iterable[Folder]) -> list[str]:
    """Return the top-level folders of the content, sorted."""
    return sorted({folder.split("/")[0] for folder in (IMAGES, *(kind.folder for kind in kinds))})


def _read_bytes(path: Path, most: int = -1) -> bytes:
    """Return the first `most` bytes of a file; by default, all its bytes.

    Raises OSError for anything but a regular file: a symbolic link could lead to a secret of the
    machine, and reading a pipe could wait for ever.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OSError(errno.EINVAL, "ce n'est pas un simple fichier", str(path))
    with path.open("rb") as file:
        return file.read(most)


def read_config_file(root: Path) -> SourceFile:
    """Return `site.toml`. Raises FileNotFoundError if `root` does not have that file."""
    return SourceFile(CONFIG_FILE, _read_bytes(root / CONFIG_FILE))


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the bytes of the files below `folder` by relative path.

    Files whose own name starts with a dot are left out. Raises OSError for a symbolic link, a pipe
    or a device.
    """
    return {
        path.relative_to(folder).as_posix(): _read_bytes(path)
        for path in _walk(folder, [""])
        if not path.name.startswith(".")
    }


def _walk(root: Path, folders: Iterable[str]) -> Iterator[Path]:
    """Yield the files below each folder, sorted; symbolic links are yielded, not followed.

    If one of the folders is in fact a file or a symbolic link, its path is yielded. The folder ""
    is `root`, which may be a symbolic link.
    """
    for folder in folders:
        if not (root / folder).is_dir() or (folder and (root / folder).is_symlink()):
            if folder and os.path.lexists(root / folder):
                yield root / folder
            continue
        waiting = sorted((root / folder).iterdir(), reverse=True)
        while waiting:  # no recursion: folders may be nested deeper than Python's stack
            path = waiting.pop()
            if path.is_dir() and not path.is_symlink():
                waiting += sorted(path.iterdir(), reverse=True)
            else:
                yield path


def _is_image(path: str) -> bool:
    return path.startswith(f"{IMAGES}/")


def _is_sealed(path: str, kinds: Iterable[Folder]) -> bool:
    kind = find_owner(path, kinds)
    if kind is None or not kind.sealed:
        return False
    return path.startswith(f"{kind.folder}/{kind.sealed}/")


def _read_start(path: Path) -> bytes:
    """Return the bytes of an image, up to one more than `WEIGHT_LIMIT`: enough to refuse it."""
    with path.open("rb") as file:
        return file.read(WEIGHT_LIMIT + 1)


def _explain_ignored(path: str, kinds: Iterable[Folder]) -> str:
    """Return why a file is not content, or "" when it is."""
    name = path.rpartition("/")[2]
    kind = find_owner(path, kinds)
    hidden = any(part.startswith(".") for part in path.split("/"))
    windows = name.casefold() in {"thumbs.db", "desktop.ini"}
    if hidden or windows or name.startswith("~$") or name.endswith(("~", ".swp", ".bak")):
        return "fichier d'un logiciel, pas du contenu"
    if name.casefold() == "readme.md":
        return "mode d'emploi du dossier"
    if _is_image(path) or _is_sealed(path, kinds):
        return ""
    if name.startswith("_"):
        return "modèle à copier"
    if kind is None:
        return "ce dossier n'est celui d'aucun type de contenu"
    return "" if name.endswith(kind.suffix) else f"pas un fichier {kind.suffix}"


# Endings that were probably meant as .md. A file named `readme` is the manual of its folder.
_MISNAMED = re.compile(r"(?i)(?<!/readme)(?:(?<=\w)\.(?-i:MD|Md|mD)|\.markdown|\.md\.txt)$")


def _warn_of_name(path: str) -> Problem:
    message = "ce fichier n'est pas publié : son nom ne finit pas par .md"
    name = _MISNAMED.sub("", path.rpartition("/")[2])
    return Problem(path, message, f"renommez-le {name}.md", Level.WARNING)


def _refuse_special_file(path: str) -> Problem:
    message = "ce n'est pas un simple fichier (c'est un lien ou un fichier spécial)"
    return Problem(path, message, "remplacez-le par une copie du fichier voulu")
