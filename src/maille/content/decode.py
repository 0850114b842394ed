"""From the bytes of a file to its text, or to the reason why it is not text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from maille.content.documents import SourceFile
from maille.problems import Level, Problem

SIZE_LIMIT = 1_000_000
TOLD = 10  # of the invisible characters of one file; a hundred more would teach nothing

# What no editor types and no reader sees: control characters, line ends other than \n, marks that
# turn the reading order around, a byte-order mark inside, and what Unicode says is no character.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    r"\ufdd0-\ufdef\ufffe\uffff]"
)


def decode(source: SourceFile) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of a file, its ends of line made alike, or why it is not text."""
    path, data = source.path, source.data
    if len(data) > SIZE_LIMIT:
        message = "ce fichier pèse plus que 1 Mo"
        return None, (Problem(path, 1, 1, "", message, "gardez-y le texte seul"),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (_encoding_problem(path, data, error.start),)
    if data.count(0) * 4 > len(data):  # UTF-16 of plain letters is also UTF-8, with many zeros
        return None, (_encoding_problem(path, data, data.index(0)),)
    notes = [_note_of_mark(path)] if text.startswith("\ufeff") else []
    text = _plain_lines(text)
    faults = [*_conflicts(path, text), *_invisible(path, text)]
    return (None if faults else text), (*notes, *faults)


def _plain_lines(text: str) -> str:
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _note_of_mark(path: str) -> Problem:
    message = "ce fichier commence par une marque d'ordre des octets (BOM), sans effet ici"
    hint = "rien ne presse ; pour l'enlever, enregistrez en « UTF-8 », non en « UTF-8 avec BOM »"
    return Problem(path, 1, 1, "", message, hint, Level.WARNING)


def _encoding_problem(path: str, data: bytes, start: int) -> Problem:
    """Return the problem of a file that is not UTF-8, with the encoding that it seems to have."""
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"} or data.count(0) * 4 > len(data)
    before = "" if wide else _plain_lines(data[:start].decode("utf-8"))
    return Problem(
        path,
        before.count("\n") + 1,
        len(before) - before.rfind("\n"),
        "",
        "ce fichier n'est pas enregistré en UTF-8 ; il semble l'être en "
        + ("UTF-16" if wide else "Windows-1252 (ou Latin-1)"),
        "dans votre éditeur, choisissez « Enregistrer sous… » puis l'encodage UTF-8",
    )


def _conflicts(path: str, text: str) -> Iterator[Problem]:
    """Yield one problem for each conflict that a merge has left."""
    marks = [
        (line_at(text, m.start()), m[1]) for m in re.finditer(r"(?m)^(<{7}|>{7})(?= |$)", text)
    ]
    for number, (line, sign) in enumerate(marks):
        closed = number + 1 < len(marks) and marks[number + 1][1][0] == ">"
        if sign[0] == ">" and number and marks[number - 1][1][0] == "<":
            continue  # told with its other end
        upto = f", jusqu'à la ligne {marks[number + 1][0]}" if closed and sign[0] == "<" else ""
        message = f"deux versions de ce fichier se contredisent à partir d'ici{upto}"
        hint = "gardez une des deux versions et effacez les lignes <<<<<<<, ======= et >>>>>>>"
        yield Problem(path, line, 1, "", message, hint)


def _invisible(path: str, text: str) -> Iterator[Problem]:
    """Yield the first invisible character of each line, for the first lines that have one."""
    found = ((m, line_at(text, m.start())) for m in _INVISIBLE.finditer(text))
    by_line = (next(group) for _, group in itertools.groupby(found, lambda one: one[1]))
    for match, line in itertools.islice(by_line, TOLD):
        column = match.start() - text.rfind("\n", 0, match.start())
        message = f"un caractère invisible (U+{ord(match[0]):04X}) s'est glissé ici"
        hint = "effacez les mots voisins et tapez-les de nouveau, sans copier-coller"
        yield Problem(path, line, column, "", message, hint)


def line_at(text: str, position: int) -> int:
    """Return the line, from 1, on which the character at `position` stands."""
    return text.count("\n", 0, position) + 1
