"""The content folders: to which content type a file belongs, and which files are not content."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from maille.content.downloads import FOLDER as DOWNLOADS
from maille.content.downloads import is_download
from maille.content.file_names import find_original, is_debris, is_manual
from maille.content.images import FOLDER as IMAGES
from maille.text.patterns import compile_late

# Suffixes that remain in the stem of a name when a program adds its own: `fiche.md.txt`.
_ENDINGS = compile_late(
    r"(?<=.)(?:\.(?:md|markdown|txt|ya?ml|docx?|odt|rtf|html?))+$", re.IGNORECASE
)


class Folder(Protocol):
    """The folder of the files of a content type; `Kind` implements this protocol.

    `suffix` is the ending of the file names (`.md`). `sealed` is the subfolder of sealed letters,
    or "". `words` are the names of the content type, and `keys` the keys that its files may have.
    """

    @property
    def folder(self) -> str: ...  # noqa: D102 - said above
    @property
    def suffix(self) -> str: ...  # noqa: D102 - said above
    @property
    def sealed(self) -> str: ...  # noqa: D102 - said above
    @property
    def words(self) -> Collection[str]: ...  # noqa: D102 - said above
    @property
    def keys(self) -> Collection[str]: ...  # noqa: D102 - said above


AnyFolder = TypeVar("AnyFolder", bound=Folder)


def find_owner(path: str, folders: Iterable[AnyFolder]) -> AnyFolder | None:
    """Return the first of `folders` that contains the file `path`, or None."""
    return next((folder for folder in folders if path.startswith(f"{folder.folder}/")), None)


def list_folders(kinds: Iterable[Folder]) -> list[str]:
    """Return the folders at the root of the site that have content, sorted.

    For example `catalysers`, `content` and `newsletters`.
    """
    folders = (IMAGES, DOWNLOADS, *(kind.folder for kind in kinds))
    return sorted({folder.split("/")[0] for folder in folders})


def is_image(path: str) -> bool:
    """Return whether a file is in the folder of images."""
    return path.startswith(f"{IMAGES}/")


def is_sealed(path: str, kinds: Iterable[Folder]) -> bool:
    """Return whether a file is in the subfolder of sealed letters of a content type."""
    kind = find_owner(path, kinds)
    return bool(kind and kind.sealed and path.startswith(f"{kind.folder}/{kind.sealed}/"))


def strip_marks(stem: str) -> str:
    """Return the stem of a file name without any suffixes at its end, then without a copy's mark.

    « fiche.md », the stem of `fiche.md.txt`, gives « fiche ». So does « fiche (1) », since a number
    between brackets counts as the mark of a copy.
    """
    bare = _ENDINGS.sub("", stem)
    return find_original(bare) or re.sub(r"(?<=\S) ?\(\d+\)$", "", bare)


def explain_ignored(path: str, kinds: Iterable[Folder]) -> str:
    """Return why a file is not content, or "" when it is."""
    owners = tuple(kinds)
    name = path.rpartition("/")[2]
    kind = find_owner(path, owners)
    if is_debris(path):
        return "fichier d'un logiciel, pas du contenu"
    if is_manual(name):
        return "mode d'emploi du dossier"
    if is_image(path) or is_download(path) or is_sealed(path, owners):
        return ""
    if kind is None:
        return "ce dossier n'est celui d'aucun type de contenu"
    if name == f"_modele{kind.suffix}":
        return "modèle à copier"
    if name.startswith("_"):
        return f"son nom commence par _, et seul _modele{kind.suffix} est un modèle"
    return "" if name.endswith(kind.suffix) else f"pas un fichier {kind.suffix}"
