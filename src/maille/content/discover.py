"""Step 1: the files of the content, read once, and a word on each file that is left aside."""

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
    """What this step needs to know of a content type: where its files are.

    `suffix` ends the names of its files (`.md`), and `sealed` names the subfolder of the files that
    are kept as they went out, or is empty.
    """

    @property
    def folder(self) -> str: ...  # noqa: D102 - said above
    @property
    def suffix(self) -> str: ...  # noqa: D102 - said above
    @property
    def sealed(self) -> str: ...  # noqa: D102 - said above


AnyFolder = TypeVar("AnyFolder", bound=Folder)


def find_owner(path: str, folders: Iterable[AnyFolder]) -> AnyFolder | None:
    """Return the folder that holds the file `path`, None if it is in none of them."""
    return next((folder for folder in folders if path.startswith(f"{folder.folder}/")), None)


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in the content folders: texts and images, files left aside with the reason.

    `notes` tell of files left aside whose names were surely meant for texts; `seals` are the files
    of sealed letters.
    """

    sources: tuple[SourceFile, ...]
    ignored: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    images: tuple[SourceFile, ...] = ()
    notes: tuple[Problem, ...] = ()
    seals: tuple[SourceFile, ...] = ()


def discover(root: Path, kinds: Iterable[Folder]) -> Found:
    """Return the files that the kinds own below `root`, and the images, in an order of their own.

    Symbolic links, pipes and devices are problems and are never opened. Raises OSError when a
    folder or a file cannot be read.
    """
    owners = tuple(kinds)
    sources: list[SourceFile] = []
    images: list[SourceFile] = []
    seals: list[SourceFile] = []
    ignored: list[tuple[str, str]] = []
    problems: list[Problem] = []
    folders = folders_of(owners)
    for path in _walk(root, folders):
        name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
        if path.is_symlink() or not path.is_file():
            problems.append(_not_a_file(name))
        elif name in folders:
            message, hint = (
                "ce n'est pas un dossier",
                "faites-en un dossier, et rangez-y les fiches",
            )
            problems.append(Problem(name, 0, 0, "", message, hint))
        elif reason := _left_aside(name, owners):
            ignored.append((name, reason))
        elif _is_sealed(name, owners):
            seals.append(SourceFile(name, _bytes_of(path)))
        elif _is_image(name):
            images.append(SourceFile(name, _start(path)))
        else:
            # Of a file that is too big, just enough for `decode` to refuse it.
            sources.append(SourceFile(name, _bytes_of(path, SIZE_LIMIT + 1)))
    notes = tuple(_misnamed(name) for name, _ in ignored if _MISNAMED.search(name))
    return Found(
        tuple(sources), tuple(ignored), tuple(problems), tuple(images), notes, tuple(seals)
    )


def folders_of(kinds: Iterable[Folder]) -> list[str]:
    """Return the folders at the root that hold content, sorted."""
    return sorted({folder.split("/")[0] for folder in (IMAGES, *(kind.folder for kind in kinds))})


def _bytes_of(path: Path, most: int = -1) -> bytes:
    """Return what a file holds, its first `most` bytes. Raises OSError for what is not a file.

    A link could lead to a secret of the machine, and a pipe keeps its reader waiting for ever.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OSError(errno.EINVAL, "ce n'est pas un simple fichier", str(path))
    with path.open("rb") as file:
        return file.read(most)


def read_config_file(root: Path) -> SourceFile:
    """Return `site.toml`. Raises FileNotFoundError when `root` is not the folder of a site."""
    return SourceFile(CONFIG_FILE, _bytes_of(root / CONFIG_FILE))


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files below `folder` by relative path, such as the assets of the templates."""
    return {
        path.relative_to(folder).as_posix(): _bytes_of(path)
        for path in _walk(folder, [""])
        if not path.name.startswith(".")
    }


def _walk(root: Path, folders: Iterable[str]) -> Iterator[Path]:
    """Yield everything below the folders but the folders themselves, sorted; links not followed.

    What is there in place of one of the folders is yielded too.
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


def _start(path: Path) -> bytes:
    """Return the bytes of a file, of which no more is read than shows that it is too heavy."""
    with path.open("rb") as file:
        return file.read(WEIGHT_LIMIT + 1)


def _left_aside(path: str, kinds: Iterable[Folder]) -> str:
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


# But the name that the folder's manual bears.
_MISNAMED = re.compile(r"(?i)(?<!/readme)(?:(?<=\w)\.(?-i:MD|Md|mD)|\.markdown|\.md\.txt)$")


def _misnamed(path: str) -> Problem:
    message = "ce fichier n'est pas publié : son nom ne finit pas par .md"
    name = _MISNAMED.sub("", path.rpartition("/")[2])
    return Problem(path, 0, 0, "", message, f"renommez-le {name}.md", Level.WARNING)


def _not_a_file(path: str) -> Problem:
    message = "ce n'est pas un simple fichier (c'est un lien ou un fichier spécial)"
    return Problem(path, 0, 0, "", message, "remplacez-le par une copie du fichier voulu")
