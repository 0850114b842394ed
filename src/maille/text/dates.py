"""Dates as editors write them and as French sets them, without the machine's locale."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, or a month of a year, or a day: what is known of a date (EDTF level 0)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Return the date as it is typed: 2024, 2024-07 or 2024-07-08 (ISO 8601)."""
        parts = [f"{self.year:04}", *(f"{n:02}" for n in (self.month, self.day) if n)]
        return "-".join(parts)

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Return the order in time; a month stands before its first day."""
        return (self.year, self.month or 0, self.day or 0)

    @property
    def first_day(self) -> datetime.date:
        """Return the first day that the date may mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """Return the last day that the date may mean."""
        if self.month and self.day:
            return datetime.date(self.year, self.month, self.day)
        month = self.month or 12
        first_after = (self.year + month // 12, month % 12 + 1)
        return datetime.date(*first_after, 1) - datetime.timedelta(days=1)


def read_partial_date(text: str) -> PartialDate:
    """Return the date that `text` says as 2024, 2024-07 or 2024-07-08.

    Raises ValueError, with its cause in French, for another form, a year outside 1900–2100 or a
    day that the calendar does not have.
    """
    match = re.fullmatch(r"([0-9]{4,6})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text.strip())
    if not match:
        raise ValueError(f"« {text} » n'est pas une date")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # the first group always matches
    if not 1900 <= year <= 2100 or len(match[1]) > 4:
        raise ValueError(f"« {text} » : l'année {match[1]} n'est pas vraisemblable")
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"« {text} » : il n'y a pas de mois {month:02}")
    if day is not None and month is not None:
        last = PartialDate(year, month).last_day.day
        if not 1 <= day <= last:
            raise ValueError(f"« {text} » : {MONTHS[month - 1]} {year} a {last} jours")
    return PartialDate(year, month, day)


def months_between(before: PartialDate, after: PartialDate) -> int:
    """Return how many months lie between two dates, negative when the second comes first."""
    return (after.year - before.year) * 12 + (after.month or 1) - (before.month or 1)


def guess(text: str) -> PartialDate | None:
    """Return the date that `text` probably means: « 8/7/2024 », « 1er mai 2024 », « mai 2024 »."""
    words = _bare(text).casefold().strip()
    names = "|".join(_bare(month) for month in MONTHS)
    if found := re.fullmatch(rf"(?:(\d\d?)(?:er)?\s+)?({names})\s+(\d{{4}})", words):
        day, month, year = found[1], names.split("|").index(found[2]) + 1, found[3]
        parts = [year, str(month), *([day] if day else [])]
    elif re.fullmatch(r"\d{4}[-/. ]\d\d?(?:[-/. ]\d\d?)?", words):
        parts = re.split(r"[-/. ]", words)
    elif re.fullmatch(r"(?:\d\d?[-/. ])?\d\d?[-/. ]\d{4}", words):
        parts = re.split(r"[-/. ]", words)[::-1]
    else:
        return None
    try:
        return read_partial_date("-".join(part.zfill(2) for part in parts))
    except ValueError:
        return None


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def french(date: PartialDate | datetime.date) -> str:
    """Return « 1er juillet 2024 », « juillet 2024 » or « 2024 »."""
    if not date.month:
        return str(date.year)
    day = "1er" if date.day == 1 else str(date.day or "")
    return f"{day} {MONTHS[date.month - 1]} {date.year}".strip()
