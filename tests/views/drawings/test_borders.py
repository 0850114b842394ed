"""The land is filled once, and each border inside it is drawn once."""

from __future__ import annotations

from maille.views.drawings.borders import draw_land_and_borders
from maille.views.drawings.paths import XY


def square(x: int, y: int, side: int = 10) -> list[XY]:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]


def test_two_neighbours_are_one_land_with_a_border() -> None:
    land, borders = draw_land_and_borders([square(0, 0), square(10, 0)])
    assert land.count("z") == 1
    assert borders == "M10 0l0 10"


def test_an_island_has_no_border() -> None:
    land, borders = draw_land_and_borders([square(0, 0), square(30, 30)])
    assert land.count("z") == 2
    assert borders == ""


def test_lines_end_where_three_meet() -> None:
    """Four squares: a cross, whose four arms meet in the middle."""
    land, borders = draw_land_and_borders(
        [square(0, 0), square(10, 0), square(0, 10), square(10, 10)]
    )
    assert land.count("z") == 1
    assert borders.count("M") == 4


def test_one_inside_another_is_a_ring_of_border() -> None:
    outer, inner = square(0, 0, 30), square(10, 10)
    land, borders = draw_land_and_borders([outer, inner[::-1], inner])
    assert land.count("z") == 1
    assert borders.startswith("M10 10")
    assert borders.count("M") == 1


def test_lands_that_touch_at_a_corner_are_filled_both() -> None:
    land, borders = draw_land_and_borders([square(0, 0), square(10, 10)])
    assert land.count("z") in (1, 2)
    assert borders == ""
