"""Decide whether a point on the globe is inside an outline, or near it, in degrees (WGS 84).

Degrees are treated as distances on a plane, which is precise enough for this.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

Point = tuple[float, float]  # longitude, latitude, as in GeoJSON
Ring = tuple[Point, ...]


def is_inside_or_near(rings: Iterable[Ring], point: Point, tolerance: float) -> bool:
    """Return whether a point is inside closed rings, or within `tolerance` degrees of an edge.

    A point in an even number of rings is outside them: a ring in another ring is a hole.
    """
    edges = [edge for ring in rings for edge in pairwise(ring)]
    if sum(_is_crossed_eastward(edge, point) for edge in edges) % 2:
        return True
    return any(_measure_distance(edge, point) <= tolerance for edge in edges)


def find_hull(points: Iterable[Point]) -> Ring:
    """Return the convex hull of points as a closed ring: the smallest ring around all of them.

    It is () if there are fewer than two different points.
    """
    ordered = sorted(set(points))
    hull = [*_bend_left(ordered), *_bend_left(ordered[::-1])]
    return (*hull, *hull[:1])


def _bend_left(points: Iterable[Point]) -> list[Point]:
    """Return one side of the hull of sorted points, without its last point.

    The side only turns left.
    """
    side: list[Point] = []
    for point in points:
        while len(side) > 1 and not _turns_left(side[-2], side[-1], point):
            side.pop()
        side.append(point)
    return side[:-1]


def _turns_left(start: Point, middle: Point, end: Point) -> bool:
    (x0, y0), (x1, y1), (x2, y2) = start, middle, end
    return (x1 - x0) * (y2 - y0) > (y1 - y0) * (x2 - x0)


def _is_crossed_eastward(edge: tuple[Point, Point], point: Point) -> bool:
    """Return whether the edge crosses the half-line that goes east from the point."""
    ((x1, y1), (x2, y2)), (x, y) = edge, point
    return (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)


def _measure_distance(edge: tuple[Point, Point], point: Point) -> float:
    start, end, here = (complex(*each) for each in (*edge, point))
    along = ((here - start) * (end - start).conjugate()).real / abs(end - start) ** 2
    return abs(here - start - min(1, max(0, along)) * (end - start))
