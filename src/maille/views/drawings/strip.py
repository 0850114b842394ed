"""The thread of a project as a strip of months, from its first update to its last.

Units are CSS pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maille.text.dates import PartialDate, Period

# The strip is wide enough for the names of two months under its ends.
WIDTH = 240
HEIGHT = 32
# Room for the first and the last knot.
EDGE = 7


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip as drawn: its first and last months, and the x of each month with an update."""

    first: PartialDate
    last: PartialDate
    knots: tuple[int, ...]
    width: int = WIDTH
    height: int = HEIGHT


def draw_strip(periods: Sequence[Period]) -> Strip | None:
    """Return the strip of a project, given the periods of its updates, in order.

    Return None if they are all in one month.
    """
    months = [PartialDate(period.year, period.month) for period in periods]
    counts = sorted({_count_months(month) for month in months})
    if len(counts) < 2:
        return None
    start, span = counts[0], counts[-1] - counts[0]
    knots = tuple(EDGE + round((count - start) * (WIDTH - 2 * EDGE) / span) for count in counts)
    return Strip(months[0], months[-1], knots)


def _count_months(date: PartialDate) -> int:
    """Return the number of months from year 0; a date without a month counts as January."""
    return date.year * 12 + (date.month or 1) - 1
