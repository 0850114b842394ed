"""Read dates as editors type them, and write them in French, whatever the machine's locale."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from maille.text.names import fold_accents

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
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day: as much of a date as is known (EDTF level 0)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Return the date as it is typed: 2024, 2024-07 or 2024-07-08 (ISO 8601)."""
        parts = [f"{self.year:04}", *(f"{n:02}" for n in (self.month, self.day) if n)]
        return "-".join(parts)

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Return the key for sorting by time; a year or a month comes before its days."""
        return (self.year, self.month or 0, self.day or 0)

    @property
    def first_day(self) -> datetime.date:
        """Return the earliest day that the date can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """Return the latest day that the date can mean."""
        if self.month and self.day:
            return datetime.date(self.year, self.month, self.day)
        month = self.month or 12
        first_after = (self.year + month // 12, month % 12 + 1)
        return datetime.date(*first_after, 1) - datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Week:
    """A week of ISO 8601: it begins on a Monday, and belongs to the year of its Thursday."""

    year: int
    week: int

    def __str__(self) -> str:
        """Return the week as editors type it: 2026-S03."""
        return f"{self.year:04}-S{self.week:02}"

    def isoformat(self) -> str:
        """Return the week as HTML and ISO 8601 write it: 2026-W03."""
        return f"{self.year:04}-W{self.week:02}"

    @property
    def month(self) -> int:
        """Return the month of the week's Thursday."""
        return (self.first_day + datetime.timedelta(days=3)).month

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Return the key for sorting by time, comparable with that of a `PartialDate`."""
        first = self.first_day
        return (first.year, first.month, first.day)

    @property
    def first_day(self) -> datetime.date:
        """Return the Monday of the week."""
        return datetime.date.fromisocalendar(self.year, self.week, 1)

    @property
    def last_day(self) -> datetime.date:
        """Return the Sunday of the week."""
        return datetime.date.fromisocalendar(self.year, self.week, 7)


# What a letter is about: a month or a day, or a week.
Period = PartialDate | Week


def read_week(text: str) -> Week:
    """Return the week that `text` gives as 2026-S03.

    Raises ValueError, with the cause in French, for any other format, a year outside 1900–2100, or
    a week that does not exist.
    """
    match = re.fullmatch(r"([0-9]{4})-S([0-9]{2})", text)
    if not match:
        raise ValueError(f"« {text} » n'est pas une semaine")
    year, week = int(match[1]), int(match[2])
    if not 1900 <= year <= 2100:
        raise ValueError(f"« {text} » : l'année {match[1]} n'est pas vraisemblable")
    last = datetime.date(year, 12, 28).isocalendar().week  # always in the last week of its year
    if not 1 <= week <= last:
        raise ValueError(f"« {text} » : l'année {year} a {last} semaines")
    return Week(year, week)


def read_partial_date(text: str) -> PartialDate:
    """Return the date that `text` gives as 2024, 2024-07 or 2024-07-08.

    Raises ValueError, with the cause in French, for any other format, a year outside 1900–2100, or
    a month or a day that does not exist.
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


@functools.cache  # a site has many dates, with few spellings
def find_month(word: str, months: Sequence[str] = MONTHS) -> int:
    """Return the number of the only month that begins with `word`, or 0.

    `word` must have at least 3 letters; case, accents and a final dot make no difference.
    """
    start = fold_accents(word).rstrip(".")
    found = [n for n, name in enumerate(months, 1) if fold_accents(name).startswith(start)]
    return found[0] if len(start) >= 3 and len(found) == 1 else 0


def count_months_between(before: Period, after: Period) -> int:
    """Return the number of months from `before` to `after`, negative if `after` is earlier.

    Days do not count, a year counts as its January, and a week as the month of its Thursday.
    """
    return (after.year - before.year) * 12 + (after.month or 1) - (before.month or 1)


def format_hour(hour: datetime.time) -> str:
    """Return « 9 h » or « 17 h 30 », with no-break spaces."""
    return f"{hour.hour}\u00a0h" + (f"\u00a0{hour.minute:02}" if hour.minute else "")


def format_first_date(first: PartialDate, last: PartialDate, *, with_month: bool = False) -> str:
    """Return the first date of a period without the words that the last date repeats.

    For example: « 16 » before « 18 juin 2026 », « 30 juin » before « 2 juillet 2026 ». If
    `with_month` is true, the month stays: « 16 juin ».
    """
    words, others = format_date(first).split(" "), format_date(last).split(" ")
    shared = 0
    if words[-1] == others[-1] and last.month and first.month:
        shared = 2 if words[-2:] == others[-2:] and first.day and last.day else 1
    return " ".join(words[: len(words) - min(shared, 1 if with_month else 2)])


def describe_period(
    first: PartialDate,
    last: PartialDate | None,
    starts: datetime.time | None = None,
    ends: datetime.time | None = None,
) -> str:
    """Return, in French, when something takes place.

    `last` is None, or equal to `first`, if there is only one date. `starts` is the hour of the
    start on the first day, `ends` the hour of the end on the last day. For example: « 14 janvier
    2027 de 9 h à 17 h », « du 16 au 18 juin 2026 », « du 16 juin à 9 h au 18 juin 2026 à 17 h ».
    """
    at = f" à {format_hour(starts)}" if starts else ""
    until = f" à {format_hour(ends)}" if ends else ""
    if last in (None, first):
        hours = f" de{at.removeprefix(' à')}{until}" if at and until else at
        return f"{format_date(first)}{hours}"
    assert last is not None  # for mypy
    start = format_first_date(first, last, with_month=bool(at))
    since = "du " if first.day else "d’" if start[0] in "ao" else "de "
    return f"{since}{start}{at} {'au' if last.day else 'à'} {format_date(last)}{until}"


def format_date(date: Period | datetime.date) -> str:
    """Return « 1er juillet 2024 », « juillet 2024 », « 2024 » or « semaine du 8 juillet 2024 »."""
    if isinstance(date, Week):
        return f"semaine du {format_date(date.first_day)}"
    if not date.month:
        return str(date.year)
    day = "1er" if date.day == 1 else str(date.day or "")
    return f"{day} {MONTHS[date.month - 1]} {date.year}".strip()


def format_iso(date: Period | datetime.date) -> str:
    """Return a date as ISO 8601 writes it, for machines: 2024-07-08, 2024-07, 2026-W03."""
    return date.isoformat() if isinstance(date, Week) else str(date)


def say_since(period: Period) -> str:
    """Return the words to write after « depuis »: « juillet 2024 »; for a week, its Monday."""
    return format_date(period.first_day if isinstance(period, Week) else period)


def say_of(period: Period) -> str:
    """Return « d'août 2024 », « du 1er juillet 2024 » or « de la semaine du 1er juillet 2024 »."""
    words = format_date(period)
    if isinstance(period, Week):
        return f"de la {words}"
    if period.day:
        return f"du {words}"
    return f"d'{words}" if words[0] in "ao" else f"de {words}"
