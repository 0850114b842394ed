"""Find, in French sentences, since which day something exists: « depuis la mi-2024 »."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from maille.text.dates import MONTHS, find_month
from maille.text.patterns import compile_late

_BEGINNING = compile_late(
    r"\b(?:depuis|(?:créé|né|fondé|lancé|commencé|ouvert)e?s? (?:en|à))\s(?:la |le |l['’])?"
    rf"(?P<part>début |mi-|fin )?(?:(?P<day>\d{{1,2}})(?:er)? )?(?:(?P<month>{'|'.join(MONTHS)}) )?"
    r"(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_PARTS = {"début ": 1, "mi-": 7, "fin ": 10}  # the month in which a part of a year begins


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first day of something, and the words that give it."""

    day: datetime.date
    words: str


def find_beginnings(text: str) -> Iterator[Beginning]:
    """Yield the beginnings that a text gives with their year.

    The middle of a year begins in July. A part of a month (« mi-juin 2024 ») counts as the month.
    """
    for found in _BEGINNING.finditer(text):
        month = find_month(found["month"]) if found["month"] else _PARTS.get(found["part"] or "", 1)
        day = int(found["day"] or 1) if found["month"] else 1
        try:
            first = datetime.date(int(found["year"]), month, day)
        except ValueError:  # a day that the month does not have
            continue
        yield Beginning(first, " ".join(found[0].split()))
