"""The ties of a record as a drawing: the record in the middle, its ties around, nature by nature.

The names stand outside the lines, in four quarters: above and below the name in the middle, left
and right. Each has its own height, so that none lies upon another whatever their number. The units
are those of a phone 360 pixels wide; the text is 13 of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maille.text.names import fold_name
from maille.views.drawings.text_width import break_lines, estimate_width

WIDTH = 344
TEXT = 13
LEADING = 16  # from a line to the next
GAP = 12  # between two ties
REACH = 40  # from the middle to the farthest knots
ASIDE = 15  # from the middle of a knot to its name
# What is drawn at most: with more, lines pass under knots, and the list is there already.
DRAWN = 24
_NAME = ((WIDTH / 2 - REACH - ASIDE - 2) / TEXT, 3)
_NATURE = (_NAME[0] * TEXT / 12, 3)
_MIDDLE = (WIDTH * 0.55 / (TEXT + 1), 3)


@dataclass(frozen=True, slots=True)
class Spoke:
    """A tie to draw; `known` tells whether what it leads to has a page of the site."""

    number: int
    nature: str
    name: str
    known: bool


@dataclass(frozen=True, slots=True)
class Knot:
    """A tie once drawn: its knot, then its name, and its nature above the first of that nature.

    `side` is -1 on the left, 1 on the right. The lines go down from `top`, the first baseline.
    """

    number: int
    known: bool
    x: int
    y: int
    side: int
    nature: tuple[str, ...]
    name: tuple[str, ...]

    @property
    def text_x(self) -> int:
        """Return where the text begins, or ends on the left."""
        return self.x + self.side * ASIDE

    @property
    def name_y(self) -> int:
        """Return the baseline of the first line of the name: its middle is at the knot's height."""
        return self.y - (len(self.name) - 1) * LEADING // 2 + 5

    @property
    def nature_y(self) -> int:
        """Return the baseline of the first line of the nature, above the name."""
        return self.name_y - len(self.nature) * LEADING


@dataclass(frozen=True, slots=True)
class Star:
    """The drawing: its height, the name in the middle and its frame, the knots around."""

    height: int
    middle: int
    title: tuple[str, ...]
    frame: int
    knots: tuple[Knot, ...]

    @property
    def lines(self) -> str:
        """Return the data of the one path that draws all the lines."""
        return "".join(f"M{WIDTH // 2} {self.middle}L{knot.x} {knot.y}" for knot in self.knots)

    @property
    def title_y(self) -> int:
        """Return the baseline of the first line of the title."""
        return self.middle - (len(self.title) - 1) * LEADING // 2 + 5


@dataclass(frozen=True, slots=True)
class _Label:
    spoke: Spoke
    nature: tuple[str, ...]
    name: tuple[str, ...]

    @property
    def height(self) -> int:
        return (len(self.nature) + len(self.name)) * LEADING + GAP

    def find_knot(self, top: int) -> int:
        """Return the height of the knot under a label that begins at `top`."""
        return top + len(self.nature) * LEADING + len(self.name) * LEADING // 2 + GAP // 2


def draw_star(title: str, spokes: Iterable[Spoke]) -> Star:
    """Return the drawing of the first `DRAWN` ties of a record."""
    quarters = [_make_labels(quarter) for quarter in _split_into_quarters(tuple(spokes)[:DRAWN])]
    above, below = (max(map(_sum_heights, quarters[n::2])) for n in (0, 1))
    name = break_lines(title, *_MIDDLE)
    band = len(name) * LEADING + 2 * GAP
    middle, height = above + band // 2, above + band + below
    half = max(middle, height - middle)
    knots = tuple(
        _place_knot(label, y, middle, half, side)
        for number, labels in enumerate(quarters)
        for side in (-1 if number < 2 else 1,)
        for label, y in _stack(labels, *((above + band, below) if number % 2 else (0, above)))
    )
    frame = math.ceil(max(map(estimate_width, name)) * (TEXT + 1)) + 2 * GAP
    return Star(height, middle, name, frame, knots)


def _split_into_quarters(spokes: Sequence[Spoke]) -> tuple[Sequence[Spoke], ...]:
    """Return the ties of each quarter: above and below on the left, then on the right."""
    left = (len(spokes) + 1) // 2
    sides = (spokes[:left], spokes[left:])
    return tuple(
        part for side in sides for n in [(len(side) + 1) // 2] for part in (side[:n], side[n:])
    )


def _make_labels(spokes: Iterable[Spoke]) -> tuple[_Label, ...]:
    """Return the labels of a quarter: a nature is told where it begins."""
    found: list[_Label] = []
    before = ""
    for spoke in spokes:
        nature = break_lines(spoke.nature, *_NATURE) if fold_name(spoke.nature) != before else ()
        found.append(_Label(spoke, nature, break_lines(spoke.name, *_NAME)))
        before = fold_name(spoke.nature)
    return tuple(found)


def _sum_heights(labels: Iterable[_Label]) -> int:
    return sum(label.height for label in labels)


def _stack(labels: Sequence[_Label], top: int, room: int) -> Iterable[tuple[_Label, int]]:
    """Yield the labels of a quarter with the heights of their knots, in the middle of its room."""
    y = top + (room - _sum_heights(labels)) // 2
    for label in labels:
        yield label, label.find_knot(y)
        y += label.height


def _place_knot(label: _Label, y: int, middle: int, half: int, side: int) -> Knot:
    """Return a knot on an ellipse: so no line meets a name, the farther it goes the nearer in."""
    x = round(REACH * math.sqrt(1 - (0.8 * (y - middle) / half) ** 2))
    spoke = label.spoke
    return Knot(spoke.number, spoke.known, WIDTH // 2 + side * x, y, side, label.nature, label.name)
