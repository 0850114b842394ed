"""The outlines of the départements in a compact form, for the background of the map.

`departements.geojson` has the outlines in a standard form, and is four times as large.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby, pairwise

from maille.formats.compact_json import encode_members
from maille.geometry import Ring
from maille.views.drawings.country_map import measure_area

# Cells per degree. A cell is about 1.2 km high (460 m on small islands), smaller than what the
# simplification of outlines removes. Overseas départements have codes of three digits.
CELLS, CELLS_OF_ISLANDS = 90, 240
TOLERANCE = 2  # cells: corners that are less than this away from a line are left out of it
ISLANDS = 1.0  # at most so many degrees of latitude: larger ones (Guyane) have the cells of France

Corner = tuple[int, int, int]  # x and y in cells, and the number of cells per degree
Line = tuple[Corner, ...]


def encode_outlines(outlines: Mapping[str, Sequence[Ring]]) -> bytes:
    """Return outlines as JSON: `lignes`, then for each code its cells per degree and its polygons.

    A line is a piece of outline between two places where three lines meet. It belongs to one
    département or to two neighbours, so that a border is written once. It is a flat list: x and y
    of its first corner, then dx and dy to each next corner, in cells. Corners that are nearly on
    the line between others are left out.

    A polygon is a list of rings: its outer ring, then its holes. A ring is a list of numbers of
    lines, end to end; -1 - n is line n from its end to its start. A ring that has fewer than three
    corners once rounded is left out; with an outer ring, so are its holes.
    """
    drawn = {code: _round_polygons(code, rings) for code, rings in outlines.items()}
    meetings = _find_meetings(chain.from_iterable(chain.from_iterable(drawn.values())))
    lines: dict[Line, int] = {}
    polygons = {
        code: [[_number_lines(ring, meetings, lines) for ring in polygon] for polygon in some]
        for code, some in drawn.items()
    }
    return encode_members(
        {
            "lignes": list(map(_encode_line, lines)),
            **{
                code: [_count_cells(code, outlines[code]), *some] for code, some in polygons.items()
            },
        }
    )


def group_polygons(rings: Iterable[Ring]) -> list[list[Ring]]:
    """Group rings into polygons: a clockwise ring is a hole of the polygon before it, if any."""
    found: list[list[Ring]] = []
    for ring in rings:
        if measure_area(ring) < 0 and found:
            found[-1].append(ring)
        else:
            found.append([ring])
    return found


def _count_cells(code: str, rings: Iterable[Ring]) -> int:
    if len(code) == 2:  # neighbours have the same corners
        return CELLS
    latitudes = [latitude for ring in rings for _, latitude in ring]
    return CELLS_OF_ISLANDS if max(latitudes) - min(latitudes) <= ISLANDS else CELLS


def _round_polygons(code: str, rings: Sequence[Ring]) -> list[list[Line]]:
    """Return the polygons of a département with corners in cells; rings end where they begin."""
    cells = _count_cells(code, rings)
    drawn = ([_round_ring(ring, cells) for ring in polygon] for polygon in group_polygons(rings))
    return [[ring for ring in polygon if ring] for polygon in drawn if polygon[0]]


def _round_ring(ring: Ring, cells: int) -> Line:
    """Return the corners of a ring in cells, or () if it has fewer than three."""
    points = ((round(x * cells), round(y * cells), cells) for x, y in ring)
    corners = tuple(corner for corner, _ in groupby(points))
    return corners if len(corners) > 3 else ()


def _find_meetings(rings: Iterable[Line]) -> set[Corner]:
    """Return the corners where three lines meet, or more."""
    around = defaultdict[Corner, set[Corner]](set)
    for ring in rings:
        for one, other in pairwise(ring):
            around[one].add(other)
            around[other].add(one)
    return {corner for corner, others in around.items() if len(others) > 2}


def _number_lines(ring: Line, meetings: set[Corner], lines: dict[Line, int]) -> list[int]:
    """Return the numbers of the lines of a ring; add to `lines` those that are not there yet."""
    corners = ring[:-1]
    first = next((at for at, one in enumerate(corners) if one in meetings), None)
    start = corners.index(min(corners)) if first is None else first
    turned = (*corners[start:], *corners[: start + 1])
    ends = [at for at, one in enumerate(turned) if one in meetings] or [0, len(corners)]
    found = []
    for begin, end in pairwise(ends):
        line = turned[begin : end + 1]
        back = line[::-1]
        kept = min(line, back)
        number = lines.setdefault(kept, len(lines))
        found.append(number if line == kept else -1 - number)
    return found


def _encode_line(line: Line) -> list[int]:
    simple = _simplify(line)
    kept = line if simple[0] == simple[-1] and len(simple) < 4 else simple
    before = ((0, 0, 0), *kept)
    return [step for (x1, y1, _), (x2, y2, _) in pairwise(before) for step in (x2 - x1, y2 - y1)]


def _simplify(line: Line) -> Line:
    """Leave out corners that are nearly on the line between others (Douglas-Peucker)."""
    first, last, between = line[0], line[-1], line[1:-1]
    if not between:
        return line
    far, at = max((_measure_away(one, first, last), at) for at, one in enumerate(between, 1))
    if far < TOLERANCE:
        return (first, last)
    return (*_simplify(line[: at + 1]), *_simplify(line[at:])[1:])


def _measure_away(corner: Corner, first: Corner, last: Corner) -> float:
    """Return how far a corner is from the line through two others (from their point if equal)."""
    (x, y, _), (x1, y1, _), (x2, y2, _) = corner, first, last
    length = math.hypot(x2 - x1, y2 - y1)
    if not length:
        return math.hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) / length
