"""The ties of a record as a star: the record in the middle, its ties around it.

A line goes from the middle to a numbered circle (the knot) for each tie. The other actor's name is
beside the knot, in one of four quarters: above or below the record's name, on the left or on the
right. On each side, each name has its own vertical position, so names never overlap. Units are the
pixels of a phone 360 pixels wide; the font size of these names is 13.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maille.text.names import fold_name
from maille.views.drawings.text_width import break_lines, estimate_width

WIDTH = 344
TEXT = 13
# Distances: from one line of text to the next (LEADING), between two ties (GAP), from the middle to
# the farthest knots, horizontally (REACH), and from the middle of a knot to its name (ASIDE).
LEADING = 16
GAP = 12
REACH = 40
ASIDE = 15
# At most this many ties are drawn: with more, lines would pass under knots.
DRAWN = 24
# For `break_lines`: the width in ems, and the most lines, of a name, of a nature and of the title.
_NAME = ((WIDTH / 2 - REACH - ASIDE - 2) / TEXT, 3)
_NATURE = (_NAME[0] * TEXT / 12, 3)
_MIDDLE = (WIDTH * 0.55 / (TEXT + 1), 3)


@dataclass(frozen=True, slots=True)
class Spoke:
    """A tie to draw; `known` is true if its actor has a page on the site."""

    number: int
    nature: str
    name: str
    known: bool


@dataclass(frozen=True, slots=True)
class Knot:
    """A tie as drawn.

    `nature` is empty if the tie above, in the same quarter, has the same nature. `side` is -1 on
    the left, 1 on the right. `nature` and `name` are lines of text.
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
        """Return the x where the text starts, or where it ends if the knot is on the left."""
        return self.x + self.side * ASIDE

    @property
    def name_y(self) -> int:
        """Return the y of the name's first baseline; the whole name is centred on the knot."""
        return self.y - (len(self.name) - 1) * LEADING // 2 + 5

    @property
    def nature_y(self) -> int:
        """Return the y of the first baseline of the nature, which is above the name."""
        return self.name_y - len(self.nature) * LEADING


@dataclass(frozen=True, slots=True)
class Star:
    """The drawing of a record and its ties.

    `middle` is the y of the centre. `title` is the name of the record, as lines of text;
    `frame` is the width of the frame around this name.
    """

    height: int
    middle: int
    title: tuple[str, ...]
    frame: int
    knots: tuple[Knot, ...]

    @property
    def lines(self) -> str:
        """Return the data of the SVG path that draws a line from the centre to each knot."""
        return "".join(f"M{WIDTH // 2} {self.middle}L{knot.x} {knot.y}" for knot in self.knots)

    @property
    def title_y(self) -> int:
        """Return the y of the first baseline of the title."""
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
        """Return the y of the knot of a label that starts at `top`."""
        return top + len(self.nature) * LEADING + len(self.name) * LEADING // 2 + GAP // 2


def draw_star(title: str, spokes: Iterable[Spoke]) -> Star:
    """Return the drawing of a record, called `title`, and of its first `DRAWN` ties."""
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
    """Split ties into quarters: above and below on the left, then above and below on the right."""
    left = (len(spokes) + 1) // 2
    sides = (spokes[:left], spokes[left:])
    return tuple(
        part for side in sides for n in [(len(side) + 1) // 2] for part in (side[:n], side[n:])
    )


def _make_labels(spokes: Iterable[Spoke]) -> tuple[_Label, ...]:
    """Return the labels of a quarter; a label omits its nature if it is that of the one above."""
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
    """Yield labels with the y of their knots.

    The stack of labels is centred in a space that starts at `top` and is `room` high.
    """
    y = top + (room - _sum_heights(labels)) // 2
    for label in labels:
        yield label, label.find_knot(y)
        y += label.height


def _place_knot(label: _Label, y: int, middle: int, half: int, side: int) -> Knot:
    """Return a knot, placed on an ellipse; `side` is -1 for the left and 1 for the right.

    `y` is the y of the knot, `middle` the y of the centre, and `half` the distance from the centre
    to the farther edge. The farther the knot is above or below the centre, the nearer it is to the
    vertical axis, so that lines miss the names.
    """
    x = round(REACH * math.sqrt(1 - (0.8 * (y - middle) / half) ** 2))
    spoke = label.spoke
    return Knot(spoke.number, spoke.known, WIDTH // 2 + side * x, y, side, label.nature, label.name)
