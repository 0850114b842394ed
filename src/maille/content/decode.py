"""Decode the bytes of a file as UTF-8 text, or explain why the text is refused."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from maille.content.documents import SourceFile
from maille.problems import Level, Problem
from maille.text.misread_text import find_misread, find_unseen
from maille.text.patterns import compile_late

SIZE_LIMIT = 1_000_000
START = 4000  # bytes: enough to recognise the contents of a file
MAX_INVISIBLE = 10  # reported per file

# Control characters (except the tab), line ends other than \n, marks that set the reading
# direction, byte-order marks after the start of the text, and the noncharacters below U+10000.
_INVISIBLE = compile_late(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    r"\ufdd0-\ufdef\ufffe\uffff]"
)

_CONFLICT = compile_late(
    r"^<{7}(?: .*)?\n(?P<first>(?:(?![<|=>]{7}).*\n)*)(?:(?!<{7}).*\n)*?>{7}(?: .*)?(?:\n|\Z)",
    re.MULTILINE,
)
# Half a merge conflict: one version, between the middle mark and the opening or closing mark.
_HALF = compile_late(
    r"^<{7}(?: .*)?\n(?:(?![<=>]{7}).*\n)*={7}(?:\n|\Z)"
    r"|^={7}\n(?:(?![<=>]{7}).*\n)*>{7}(?: .*)?(?:\n|\Z)",
    re.MULTILINE,
)
_MIDDLE = compile_late(r"^={7}$", re.MULTILINE)
_MARK = compile_late(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$", re.MULTILINE)


def decode(source: SourceFile) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of a file, with LF line ends, and the problems of the file.

    The text is None if the file is too large or is not UTF-8. A byte-order mark at the start is
    removed. So are the characters of `_INVISIBLE` and the merge conflicts, which are errors: the
    rest of the text can then be checked in the same run. Every line keeps its number.
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
    return (_mend(text) if faults else text), (*notes, *faults)


def _normalise_newlines(text: str) -> str:
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _mend(text: str) -> str:
    """Return a text without invisible characters and with one version of each conflict.

    The first version is kept or, if the opening or closing mark is missing, the version next to the
    missing mark. The other lines of the conflict become blank.
    """

    def keep_first(conflict: re.Match[str]) -> str:
        removed = conflict[0].count("\n") - conflict["first"].count("\n")
        return f"\n{conflict['first']}" + "\n" * (removed - 1)

    text = _CONFLICT.sub(keep_first, text)
    if _MARK.search(text):  # half a conflict: its `=======` would make a heading
        text = _HALF.sub(lambda half: "\n" * half[0].count("\n"), text)
        text = _MIDDLE.sub("", _MARK.sub("", text))
    return _INVISIBLE.sub("", text)


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
    """Yield a problem for each merge conflict, even if its opening or its closing mark is missing.

    If one mark is missing, the hint says to erase the version between the two other marks.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    opened = middle = 0  # the line numbers of `<<<<<<<` and `=======`; 0 if not met
    for line, typed in enumerate([*text.split("\n"), "<" * 7], 1):
        sign = found[1] if (found := re.match(r"([<=>])\1{6}(?= |$)", typed)) else ""
        if sign == "=" and not (opened and middle):
            middle = line
        elif sign == ">" and opened:
            hint = "gardez une des deux versions et effacez les lignes <<<<<<<, ======= et >>>>>>>"
            yield _report_conflict(path, opened, hint, f", jusqu'à la ligne {line}")
            opened = middle = 0
        elif sign == ">":
            yield _report_conflict(path, line, _suggest_half(middle or line, line, "<<<<<<<"))
            middle = 0
        elif sign == "<":
            if opened:
                hint = _suggest_half(opened, middle or opened, ">>>>>>>")
                yield _report_conflict(path, opened, hint)
            opened, middle = line, 0


def _report_conflict(path: str, line: int, hint: str, upto: str = "") -> Problem:
    message = f"deux versions de ce fichier se contredisent à partir d'ici{upto}"
    return Problem(path, message, hint, line=line, column=1)


def _suggest_half(first: int, last: int, lost: str) -> str:
    lines = f"les lignes {first} à {last}" if first < last else "cette ligne"
    return f"effacez {lines} ; la ligne {lost} de l'autre version manque"


def _check_invisible(path: str, text: str) -> Iterator[Problem]:
    """Yield a problem for the first invisible character of each line, `MAX_INVISIBLE` at most."""
    if not _INVISIBLE.search(text):
        return
    lines = enumerate(text.split("\n"), 1)
    faults = ((number, line, m) for number, line in lines if (m := _INVISIBLE.search(line)))
    for number, line, match in itertools.islice(faults, MAX_INVISIBLE):
        message = f"un caractère invisible (U+{ord(match[0]):04X}) s'est glissé ici"
        hint = "effacez les mots voisins et tapez-les de nouveau, sans copier-coller"
        if "\x80" <= match[0] <= "\x9f" and (misread := next(find_misread(line), None)):
            _, message, hint = misread
        if match[0] == "\ufeff" and (unseen := next(find_unseen(line), None)):
            hint = unseen[2]
        yield Problem(path, message, hint, line=number, column=match.start() + 1)


def skim_header(data: bytes) -> str:
    """Return the front matter found in the first `START` bytes of a file; bad bytes are skipped."""
    text = data[:START].decode("utf-8", "ignore").lstrip("\ufeff-\r\n")
    return re.split(r"^---", text, maxsplit=1, flags=re.MULTILINE)[0]
