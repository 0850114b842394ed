"""Recognise files by their names: debris of software, placeholders of absent files, copies."""

from __future__ import annotations

import re

from maille.text.patterns import compile_late

# Files that editors, office suites, file managers and copying tools leave behind. Vim tests whether
# it can write in a folder by creating a file whose name is 4913 or a greater number.
_DEBRIS = compile_late(
    r"~\$.*|~.*\.tmp|.*~|\#.*\#|.*\.~[0-9]+~|[0-9]{4,}|.*\.(?:sw[a-p]|bak|orig|old|rej|tmp|temp|save)"
    r"|.*\.sb-[0-9a-f]+-\w+|thumbs\.db|desktop\.ini|ehthumbs\.db|icon\r",
    re.IGNORECASE,
)
_DEBRIS_FOLDERS = {"@eadir", "#recycle", "$recycle.bin", "system volume information", "__macosx"}
_MANUALS = {"readme.md", "lisezmoi.md", "lisez-moi.md"}

# Names of placeholders for a file that is still in the cloud, or half downloaded.
_ABSENT = compile_late(
    r"\.(?P<a>.+)\.icloud|(?P<b>.+)\.(?:nextcloud|owncloud)|(?P<c>.+)"
    r"\.(?:part|partial|crdownload|download)",
    re.IGNORECASE,
)

# The names that file managers and cloud services give to a copy. A number alone, as in
# « fiche (1) », proves nothing.
_WORD = r"(?:copie|copy|duplicata|duplicate)"
_MAY_BE_COPY = compile_late(
    r"cop(?:ie|y)|duplicat|confli[ct]|_(?:backup|base|local|remote)_", re.IGNORECASE
)
_COPIES = (
    rf"{_WORD}(?: \(\d+\))? (?:de|of) (?P<base>.+)",
    rf"(?P<base>.+?)(?: -)? {_WORD}(?: \(?\d+\)?)?",
    rf"(?P<base>.+?) ?\((?:[^()]*\b{_WORD}\b[^()]*|[^()]*confli[ct][^()]*)\)",
    r"(?P<base>.+?)[._-](?:sync-)?conflict(?:-[\w-]*)?",
    r"(?P<base>.+?)_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+",
)


def is_debris(path: str) -> bool:
    """Return whether software left this file behind: a lock, a backup, a hidden file.

    `path` is relative to the site. A file in a hidden folder counts as hidden.
    """
    *folders, name = path.split("/")
    hidden = any(part.startswith(".") for part in (*folders, name))
    left = any(folder.casefold() in _DEBRIS_FOLDERS for folder in folders)
    return hidden or left or _DEBRIS.fullmatch(name) is not None


def is_manual(name: str) -> bool:
    """Return whether this is the name of a folder's instructions: a README."""
    return name.casefold() in _MANUALS


def find_absent(name: str) -> str:
    """Return the name of the file for which `name` is a placeholder, or "" if it is not one."""
    found = _ABSENT.fullmatch(name)
    return (found["a"] or found["b"] or found["c"]) if found else ""


def is_download(name: str) -> bool:
    """Return whether this is the name of an unfinished download."""
    found = _ABSENT.fullmatch(name)
    return found is not None and bool(found["c"])


def find_original(stem: str) -> str:
    """Return the name of the original if `stem` is the name of a copy, else "".

    Both names are without suffix.
    """
    for pattern in _COPIES if _MAY_BE_COPY.search(stem) else ():
        if found := re.fullmatch(pattern, stem, re.IGNORECASE):
            return found["base"]
    return ""
