"""The star of ties: every name has its own room, and every line its own knot."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.views.drawings.star import DRAWN, LEADING, TEXT, WIDTH, Knot, Spoke, Star, draw_star
from maille.views.drawings.text_width import estimate_width

Box = tuple[float, float, float, float]


def spokes(*names: str, nature: str = "accueille") -> list[Spoke]:
    return [Spoke(n, nature, name, known=True) for n, name in enumerate(names, 1)]


def boxes(wheel: Star) -> list[Box]:
    """Return where the texts lie: those of the knots, then the frame in the middle."""
    high, wide, middle = len(wheel.title) * LEADING / 2 + 8, wheel.frame / 2, WIDTH / 2
    frame = (middle - wide, wheel.middle - high, middle + wide, wheel.middle + high)
    return [*map(_box, wheel.knots), frame]


def _box(knot: Knot) -> Box:
    width = max(
        *(estimate_width(line) * TEXT for line in (*knot.name, "x")),
        *(estimate_width(line) * 12 for line in (*knot.nature, "x")),
    )
    left, right = sorted((knot.text_x, knot.text_x + knot.side * width))
    bottom = knot.name_y + (len(knot.name) - 1) * LEADING + 4
    return left, knot.nature_y - TEXT + 2, right, bottom


def apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


NAMES = st.text(st.sampled_from("abcdeimW MNO-'é "), min_size=1, max_size=70).filter(str.strip)


@given(NAMES, st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=DRAWN + 4))
def test_no_text_lies_upon_another_or_leaves_the_drawing(
    title: str, ties: list[tuple[str, str]]
) -> None:
    every = [Spoke(n, nature, name, known=False) for n, (nature, name) in enumerate(ties, 1)]
    wheel = draw_star(title, every)
    found = boxes(wheel)
    assert all(apart(*pair) for pair in combinations(found, 2))
    for left, top, right, bottom in found:
        assert left >= 0 and right <= WIDTH
        assert top >= 0 and bottom <= wheel.height
    assert [knot.number for knot in wheel.knots] == [*range(1, min(len(ties), DRAWN) + 1)]


@pytest.mark.parametrize("count", [1, 2, 3, 8, DRAWN])
def test_no_line_passes_under_a_name(count: int) -> None:
    """Names lie outside the lines: farther from the middle than any line at their height."""
    wheel = draw_star("Au milieu", spokes(*(f"Nom {n}" for n in range(count))))
    for knot, other in combinations(wheel.knots, 2):
        for near, far in ((knot, other), (other, knot)):
            share = (near.y - wheel.middle) / (far.y - wheel.middle)
            if near.side == far.side and 0 < share < 1:
                line = WIDTH / 2 + (far.x - WIDTH / 2) * share
                assert near.side * (near.x - line) > 0


def test_each_tie_has_one_line_from_the_middle() -> None:
    wheel = draw_star("Au milieu", spokes("A", "B", "C"))
    assert re.findall(r"M(\d+) (\d+)L(\d+) (\d+)", wheel.lines) == [
        (str(WIDTH // 2), str(wheel.middle), str(knot.x), str(knot.y)) for knot in wheel.knots
    ]


def test_ties_stand_around_the_middle() -> None:
    wheel = draw_star("Au milieu", spokes(*"ABCD"))
    around = {(knot.side, knot.y > wheel.middle) for knot in wheel.knots}
    assert around == {(-1, False), (-1, True), (1, False), (1, True)}
    for knot in wheel.knots:
        assert knot.side * (knot.x - WIDTH // 2) > 0


def test_a_nature_is_told_where_it_begins() -> None:
    ties = [
        *spokes("A", "B", "C", nature="accueille"),
        *(Spoke(n, "finance", "D", known=False) for n in range(4, 9)),
    ]
    told = [knot.nature for knot in draw_star("Au milieu", ties).knots]
    # Two knots a quarter: the nature is told again in each.
    assert told == [
        ("accueille",), (), ("accueille",), ("finance",), ("finance",), (), ("finance",), (),
    ]  # fmt: skip
