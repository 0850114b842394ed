"""Read the file names of letters: an optional list, then a month, a week or a day.

For example: « 2024-05 », « 2026-01-15 », « elus-2026-S03 ».
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from maille.text.dates import Period, Week, read_partial_date, read_week
from maille.text.names import make_slug
from maille.text.patterns import compile_late

_PERIOD = r"[0-9]{4}-(?:[0-9]{2}-[0-9]{2}|S[0-9]{2}|[0-9]{2})"
_NAME = compile_late(rf"(?:([a-z][a-z0-9-]*)-)?({_PERIOD})")
# Other ways to type a period, at the end of a name in lower case. The groups are the numbers.
_LOOSE_WEEK = compile_late(r"([0-9]{4})[-_ .]?(?:s|w|sem|semaine)[-_ .]?([0-9]{1,2})")
_LOOSE_DATE = compile_late(r"([0-9]{4})[-_ .]([0-9]{1,2})(?:[-_ .]([0-9]{1,2}))?")
_LOOSE_DAY = compile_late(r"([0-9]{1,2})[-_ .]([0-9]{1,2})[-_ .]([0-9]{4})")


@dataclass(frozen=True, slots=True)
class LetterName:
    """The period and the list key in a letter's file name; the key is "" if the name has none."""

    list_key: str
    period: Period

    def __str__(self) -> str:
        """Return the name of the file, without suffix."""
        return f"{self.list_key}-{self.period}" if self.list_key else f"{self.period}"


def looks_like_period(text: str) -> bool:
    """Return whether a text has the form of a period, which may not exist: « 2026-13 »."""
    return re.fullmatch(_PERIOD, text) is not None


def looks_like_letter(stem: str) -> bool:
    """Return whether a file name, without suffix, has the form of a letter's."""
    return _NAME.fullmatch(stem) is not None


def find_letter_name(text: str) -> str:
    """Return the first part of `text` that has the form of a period, or ""."""
    found = re.search(rf"(?<!\d){_PERIOD}(?!\d)", text)
    return found[0] if found else ""


def read_letter_name(stem: str) -> LetterName:
    """Return the list and the period that a file name gives.

    Raises ValueError, with the cause in French, if `stem` does not have the form of a letter's
    name, or if its period does not exist.
    """
    found = _NAME.fullmatch(stem)
    if not found:
        raise ValueError(f"le nom du fichier, « {stem} », ne dit pas de quand est la lettre")
    period = read_week(found[2]) if "S" in found[2] else read_partial_date(found[2])
    return LetterName(found[1] or "", period)


def name_examples(stem: str) -> tuple[str, str, str]:
    """Return a month, a week and a day, each as a letter's name, with the list in `stem` if any."""
    found = _NAME.fullmatch(stem)
    above = f"{found[1]}-" if found and found[1] else ""
    return f"{above}2026-01", f"{above}2026-S03", f"{above}2026-01-15"


def suggest_letter_name(stem: str) -> LetterName | None:
    """Return the name of a letter that the mistyped name `stem` probably means, or None.

    For example, « 2026-s3 » and « 2026W03 » mean 2026-S03; « 15-01-2026 » means 2026-01-15.
    """
    bare = stem.strip().lower()
    for pattern, order in ((_LOOSE_WEEK, None), (_LOOSE_DATE, 1), (_LOOSE_DAY, -1)):
        for found in pattern.finditer(bare):
            if found.end() < len(bare):
                continue
            numbers = [int(group) for group in found.groups() if group]
            above = make_slug(bare[: found.start()])
            try:
                if order is None:
                    period: Period = read_week(str(Week(*numbers)))
                else:
                    typed = "-".join(f"{number:02}" for number in numbers[::order])
                    period = read_partial_date(typed)
            except ValueError:
                continue
            return LetterName(above if above[:1].isalpha() else "", period)
    return None


def name_last_week(stem: str) -> str:
    """Return `stem` with week 52, if it names a week 53 that its year does not have; else ""."""
    above, mark, week = stem.rpartition("-S")
    year = above[-4:]
    if not mark or week != "53" or not year.isdecimal() or not looks_like_letter(stem):
        return ""
    return f"{above}-S52" if datetime.date(int(year), 12, 28).isocalendar().week == 52 else ""
