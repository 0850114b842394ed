"""What is inside an outline, or near its edge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.geometry import Point, Ring, find_hull, is_inside_or_near

SQUARE: Ring = ((0, 0), (4, 0), (4, 4), (0, 4), (0, 0))
HOLE: Ring = ((1, 1), (3, 1), (3, 3), (1, 3), (1, 1))


@pytest.mark.parametrize(
    ("rings", "point", "inside"),
    [
        ((SQUARE,), (2, 2), True),
        ((SQUARE,), (5, 2), False),
        ((SQUARE,), (-1, 4), False),
        ((SQUARE, HOLE), (2, 2), False),
        ((SQUARE, HOLE), (0.5, 2), True),
        ((), (2, 2), False),
    ],
)
def test_a_hole_is_outside(rings: tuple[Ring, ...], point: Point, *, inside: bool) -> None:
    assert is_inside_or_near(rings, point, 0) is inside


@pytest.mark.parametrize("point", [(4.1, 2), (2, -0.1), (4.07, 4.07), (-0.07, -0.07)])
def test_what_is_near_an_edge_or_a_corner_counts(point: Point) -> None:
    assert is_inside_or_near((SQUARE,), point, 0.11)
    assert not is_inside_or_near((SQUARE,), point, 0.09)


degrees = st.floats(-10, 10, allow_nan=False)


@given(degrees, degrees, st.floats(0.001, 3))
def test_a_wider_tolerance_loses_nothing(x: float, y: float, tolerance: float) -> None:
    near = is_inside_or_near((SQUARE, HOLE), (x, y), tolerance)
    assert is_inside_or_near((SQUARE, HOLE), (x, y), tolerance + 1) or not near


@pytest.mark.parametrize(
    ("points", "hull"),
    [
        ((*SQUARE, *HOLE, (2, 0)), SQUARE),  # neither what is inside, nor what is on a side
        (((0, 0), (2, 2), (1, 1)), ((0, 0), (2, 2), (0, 0))),
        ((), ()),
    ],
)
def test_a_hull_is_the_smallest_ring_around_points(
    points: tuple[Point, ...], hull: tuple[Point, ...]
) -> None:
    assert find_hull(points) == hull
