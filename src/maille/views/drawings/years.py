"""The events of some years as a calendar: a row for each year, a column for each month.

Units are CSS pixels.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from maille.schema.event import Occasion

COLUMN, ROW = 22, 26
# The width of the column of years, and the height of the row of month initials.
LEFT, TOP = 44, 24
MONTHS = "JFMAMJJASOND"
# At most this many years are drawn, the latest ones; older events are in the lists.
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """The events of a month, how many there are (`count`), and their state.

    `state` is "coming" if one is not over yet, "unsure" if the date of one is in doubt or nothing
    says whether one took place, else "told".
    """

    x: int
    y: int
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year; `vague` is true if it has an event whose month is not known."""

    year: int
    y: int
    marks: tuple[Mark, ...]
    vague: bool


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """The rows of the calendar, the initials of the months with the x of each, and its sizes."""

    rows: tuple[YearRow, ...]
    months: tuple[tuple[str, int], ...]
    left: int
    width: int
    height: int


def draw_years(events: Sequence[Occasion], today: datetime.date) -> YearCalendar | None:
    """Return the calendar of at most `SHOWN` years, up to the latest event; None without events."""
    if not events:
        return None
    latest = max(event.date.year for event in events)
    earliest = max(min(event.date.year for event in events), latest - SHOWN + 1)
    rows = tuple(
        _draw_year(year, TOP + number * ROW + ROW // 2, events, today)
        for number, year in enumerate(range(latest, earliest - 1, -1))
    )
    months = tuple((letter, _find_x(month)) for month, letter in enumerate(MONTHS, 1))
    return YearCalendar(rows, months, LEFT, LEFT + 12 * COLUMN, TOP + len(rows) * ROW)


def _draw_year(year: int, y: int, events: Sequence[Occasion], today: datetime.date) -> YearRow:
    inside = [event for event in events if event.date.year == year]
    counts = Counter(event.date.month for event in inside)
    marks = tuple(
        Mark(_find_x(month), y, _find_state(inside, month, today), counts[month])
        for month in sorted(month for month in counts if month)
    )
    return YearRow(year, y, marks, None in counts)


def _find_state(events: Sequence[Occasion], month: int, today: datetime.date) -> str:
    """Return the state of a month, as in `Mark`; `events` are the events of its year."""
    here = [event for event in events if event.date.month == month]
    if any(not event.is_past(today) for event in here):
        return "coming"
    unsure = any(event.date_doubt or event.is_only_announced(today) for event in here)
    return "unsure" if unsure else "told"


def _find_x(month: int) -> int:
    return LEFT + (month - 1) * COLUMN + COLUMN // 2
