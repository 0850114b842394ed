"""The outlines of the départements in a compact form, for the background of the map.

`departements.geojson` has the outlines in a standard form, and is more than twice as large.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from maille.formats.compact_json import encode_members
from maille.geometry import Point, Ring
from maille.views.drawings.country_map import measure_area

# Cells per degree. A cell is about 740 m high (220 m overseas), smaller than what the
# simplification of outlines removes. Overseas départements have codes of three digits.
CELLS, CELLS_OVERSEAS = 150, 500


def encode_outlines(outlines: Mapping[str, Sequence[Ring]]) -> bytes:
    """Return outlines as JSON: for each code, the number of cells per degree, then the polygons.

    A polygon is a list of rings: its outer ring, then its holes. A ring is a flat list: x and y of
    its first corner, then dx and dy to each next corner, in cells. The first corner is not
    repeated at the end. A ring that has fewer than three corners once rounded is left out; with an
    outer ring, so are its holes.
    """
    return encode_members({code: _encode_rings(code, rings) for code, rings in outlines.items()})


def group_polygons(rings: Iterable[Ring]) -> list[list[Ring]]:
    """Group rings into polygons: a clockwise ring is a hole of the polygon before it, if any."""
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
    """Return the steps from (0, 0) to the first corner of a ring, then from corner to corner.

    Return [] if the ring has fewer than three corners.
    """
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
