"""The thread of a project as a strip of months, with a knot for each update.

The strips of a list have one time axis, so that they can be compared. Units are CSS pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maille.text.dates import PartialDate

WIDTH = 208
HEIGHT = 18
# Room for the first and the last knot.
EDGE = 7


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip as drawn: `ticks` has the x of each January, `knots` the x of each update."""

    ticks: tuple[int, ...]
    knots: tuple[int, ...]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Axis:
    """The months that all strips of a list cover."""

    first: PartialDate
    last: PartialDate

    def draw(self, months: Sequence[PartialDate]) -> Strip:
        """Return the strip of a project with updates in these months, given in order."""
        start, end = _count_months(self.first), _count_months(self.last)
        januaries = [number for number in range(start + 1, end + 1) if number % 12 == 0]
        return Strip(
            tuple(self._find_x(number) for number in januaries),
            tuple(self._find_x(_count_months(month)) for month in months),
        )

    def _find_x(self, number: int) -> int:
        start = _count_months(self.first)
        span = max(1, _count_months(self.last) - start)
        return EDGE + round((number - start) * (WIDTH - 2 * EDGE) / span)


def find_axis(months: Sequence[PartialDate]) -> Axis | None:
    """Return the axis from the earliest of these months to the latest; None without any."""
    ordered = sorted(months, key=_count_months)
    return Axis(ordered[0], ordered[-1]) if ordered else None


def _count_months(date: PartialDate) -> int:
    """Return the number of months from year 0; a date without a month counts as January."""
    return date.year * 12 + (date.month or 1) - 1
