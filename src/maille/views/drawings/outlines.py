"""The outlines of the départements for the map's background: what a browser draws, and no more.

`departements.geojson` says the same as everyone reads it, at more than twice the weight.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from maille.gazetteer import Point, Ring
from maille.views.drawings.country_map import measure_area

# Cells of a degree: some 700 m, where the outlines are simplified to 3 km; 200 m overseas, whose
# départements have codes of three digits and outlines simplified to 500 m.
CELLS, CELLS_OVERSEAS = 150, 500


def encode_outlines(outlines: Mapping[str, Sequence[Ring]]) -> bytes:
    """Return JSON: for each code, cells of a degree, then its polygons.

    A polygon is its outer ring, then its holes. A ring is not closed; it is x and y of its first
    corner, then the steps to each next one, in cells, longitude first.
    """
    found = {code: _encode_rings(code, rings) for code, rings in outlines.items()}
    lines = (json.dumps({code: one}, separators=(",", ":"))[1:-1] for code, one in found.items())
    return ("{" + ",\n".join(lines) + "}\n").encode()


def group_polygons(rings: Iterable[Ring]) -> list[list[Ring]]:
    """Return rings as polygons: one that turns clockwise is a hole of the polygon before it."""
    found: list[list[Ring]] = []
    for ring in rings:
        if measure_area(ring) < 0 and found:
            found[-1].append(ring)
        else:
            found.append([ring])
    return found


def _encode_rings(code: str, rings: Iterable[Ring]) -> list[object]:
    cells = CELLS_OVERSEAS if len(code) > 2 else CELLS
    drawn = ([_encode_ring(ring, cells) for ring in polygon] for polygon in group_polygons(rings))
    whole = ([ring for ring in polygon if ring] for polygon in drawn if polygon[0])
    return [cells, *whole]


def _encode_ring(ring: Ring, cells: int) -> list[int]:
    """Return a ring as steps; none when it is less than a triangle of cells."""
    corners = list(_list_corners(ring[:-1], cells))
    if len(corners) < 3:
        return []
    before = [(0, 0), *corners]
    return [
        step
        for (x1, y1), (x2, y2) in zip(before, corners, strict=False)
        for step in (x2 - x1, y2 - y1)
    ]


def _list_corners(points: Iterable[Point], cells: int) -> Iterator[tuple[int, int]]:
    last = None
    for longitude, latitude in points:
        corner = (round(longitude * cells), round(latitude * cells))
        if corner != last:
            yield corner
        last = corner
