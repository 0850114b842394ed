"""Outlines as the data of SVG paths. Coordinates are whole numbers: decimals would be heavier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, compress
from operator import mul, ne, or_, sub

from maille.geometry import Ring

XY = tuple[int, int]  # a point of a drawing, in its units

# Returns the point for a longitude and a latitude.
Project = Callable[[float, float], XY]

# Rings whose area is under this many square units are drawn as a square of one unit.
SMALLEST = 2


def project_rings(rings: Iterable[Ring], project: Project) -> list[list[XY]]:
    """Return projected rings, each as a list of points."""
    return [[project(*point) for point in ring] for ring in rings]


def draw_rings(rings: Iterable[Sequence[XY]]) -> str:
    """Return closed rings as the data of one SVG path."""
    return "".join(map(draw_ring, rings))


def draw_ring(points: Sequence[XY]) -> str:
    """Return a closed ring as the data of an SVG path; see `draw_columns`."""
    return draw_columns(*zip(*points, strict=True))


def draw_columns(xs: Sequence[int], ys: Sequence[int]) -> str:
    """Return a closed ring as the data of an SVG path; a small islet is a square of one unit.

    `xs` and `ys` are the coordinates of its points. A point equal to the previous one is left out;
    so is a point aligned with its neighbours.
    """
    # There are many points: their columns go through functions of C, one operation at a time.
    dx, dy = _list_steps(xs), _list_steps(ys)
    if abs(sum(map(mul, xs, dy)) - sum(map(mul, ys, dx))) < 2 * SMALLEST:
        return f"M{join_numbers((xs[0], ys[0]))}h1v1h-1z"
    moves = [*map(or_, dx, dy)]  # 0 where a point is equal to the one before it
    xs, ys = (tuple(compress(column, chain((True,), moves))) for column in (xs, ys))
    dx, dy = (tuple(compress(column, moves)) for column in (dx, dy))
    turns = [True, *map(ne, map(mul, dx, dy[1:]), map(mul, dx[1:], dy))]
    corners = [tuple(compress(column, turns)) for column in (xs, ys)]
    steps = zip(*map(_list_steps, corners), strict=True)
    return f"M{join_numbers((xs[0], ys[0]))}l{join_numbers(chain.from_iterable(steps))}z"


def draw_line(points: Sequence[XY]) -> str:
    """Return an open line as the data of an SVG path, without the points where it does not turn."""
    dx, dy = map(_list_steps, zip(*points, strict=True))
    turns = map(ne, map(mul, dx, dy[1:]), map(mul, dx[1:], dy))
    corners = [*compress(points, chain((True,), turns)), points[-1]]
    steps = zip(*map(_list_steps, zip(*corners, strict=True)), strict=True)
    return f"M{join_numbers(corners[0])}l{join_numbers(chain.from_iterable(steps))}"


def _list_steps(column: Sequence[int]) -> tuple[int, ...]:
    """Return the difference between each number and the one before it."""
    return tuple(map(sub, column[1:], column))


def join_numbers(numbers: Iterable[int]) -> str:
    """Return numbers for an SVG path, separated by a space unless the second has a minus sign."""
    return str([*numbers])[1:-1].replace(",", "").replace(" -", "-")


def measure_area(ring: Ring | Sequence[XY]) -> float:
    """Return the area inside a closed ring; negative if clockwise (with y upwards)."""
    xs, ys = zip(*ring, strict=True)
    twice: float = sum(map(sub, map(mul, xs, ys[1:]), map(mul, xs[1:], ys)))
    return twice / 2
