"""Decode the bytes of a file as UTF-8 text, or explain why the text is refused."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from maille.content.documents import SourceFile
from maille.problems import Level, Problem

SIZE_LIMIT = 1_000_000
MAX_INVISIBLE = 10  # reported per file

# Control characters (except the tab), line ends other than \n, marks that set the reading
# direction, byte-order marks after the start of the text, and the noncharacters below U+10000.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    r"\ufdd0-\ufdef\ufffe\uffff]"
)


def decode(source: SourceFile) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of a file, with LF line ends, and the problems of the file.

    The text is None if the file is too large, is not UTF-8, or has merge conflicts or characters
    of `_INVISIBLE`. A byte-order mark at the start is removed.
    """
    path, data = source.path, source.data
    if len(data) > SIZE_LIMIT:
        message = "ce fichier pèse plus que 1 Mo"
        return None, (Problem(path, message, "gardez-y le texte seul", line=1, column=1),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (_describe_encoding(path, data, error.start),)
    if data.count(0) * 4 > len(data):  # ASCII in UTF-16 may be valid UTF-8
        return None, (_describe_encoding(path, data, data.index(0)),)
    notes = [_warn_of_bom(path)] if text.startswith("\ufeff") else []
    text = _normalise_newlines(text)
    faults = [*_check_conflicts(path, text), *_check_invisible(path, text)]
    return (None if faults else text), (*notes, *faults)


def _normalise_newlines(text: str) -> str:
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _warn_of_bom(path: str) -> Problem:
    message = "ce fichier commence par une marque d'ordre des octets (BOM), sans effet ici"
    hint = "rien ne presse ; pour l'enlever, enregistrez en « UTF-8 », non en « UTF-8 avec BOM »"
    return Problem(path, message, hint, Level.WARNING, line=1, column=1)


def _describe_encoding(path: str, data: bytes, start: int) -> Problem:
    """Return a problem that names the likely encoding of a file that is not UTF-8."""
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"} or data.count(0) * 4 > len(data)
    before = "" if wide else _normalise_newlines(data[:start].decode("utf-8"))
    return Problem(
        path,
        "ce fichier n'est pas enregistré en UTF-8 ; il semble l'être en "
        + ("UTF-16" if wide else "Windows-1252 (ou Latin-1)"),
        "dans votre éditeur, choisissez « Enregistrer sous… » puis l'encodage UTF-8",
        line=before.count("\n") + 1,
        column=len(before) - before.rfind("\n"),
    )


def _check_conflicts(path: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each merge conflict, even if its opening mark is missing."""
    marks = [
        (find_line(text, m.start()), m[1]) for m in re.finditer(r"(?m)^(<{7}|>{7})(?= |$)", text)
    ]
    for number, (line, sign) in enumerate(marks):
        closed = number + 1 < len(marks) and marks[number + 1][1][0] == ">"
        if sign[0] == ">" and number and marks[number - 1][1][0] == "<":
            continue  # already reported, with its opening mark
        upto = f", jusqu'à la ligne {marks[number + 1][0]}" if closed and sign[0] == "<" else ""
        message = f"deux versions de ce fichier se contredisent à partir d'ici{upto}"
        hint = "gardez une des deux versions et effacez les lignes <<<<<<<, ======= et >>>>>>>"
        yield Problem(path, message, hint, line=line, column=1)


def _check_invisible(path: str, text: str) -> Iterator[Problem]:
    """Yield a problem for the first invisible character of each line, `MAX_INVISIBLE` at most."""
    found = ((m, find_line(text, m.start())) for m in _INVISIBLE.finditer(text))
    by_line = (next(group) for _, group in itertools.groupby(found, lambda numbered: numbered[1]))
    for match, line in itertools.islice(by_line, MAX_INVISIBLE):
        column = match.start() - text.rfind("\n", 0, match.start())
        message = f"un caractère invisible (U+{ord(match[0]):04X}) s'est glissé ici"
        hint = "effacez les mots voisins et tapez-les de nouveau, sans copier-coller"
        yield Problem(path, message, hint, line=line, column=column)


def find_line(text: str, position: int) -> int:
    """Return the line number, from 1, of the character at the offset `position`."""
    return text.count("\n", 0, position) + 1
