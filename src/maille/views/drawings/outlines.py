"""The outlines of the départements in a compact form, for the background of the map.

`departements.geojson` has the outlines in a standard form, and is four times as large. The zoomed
map loads the finest level, which has the format of `maille.outlines.OutlineFile`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby, pairwise

from maille.formats.compact_json import encode_members
from maille.geometry import Ring
from maille.views.drawings.paths import measure_area

Corner = tuple[int, int]  # x and y, in cells
Line = tuple[Corner, ...]


def encode_outlines(outlines: Mapping[str, Sequence[Ring]], cells: int) -> bytes:
    """Return outlines as JSON: `lignes` has all lines, each code has `cells`, then its polygons.

    A line is a piece of outline between two corners where three or more lines meet. It belongs to
    one département or to two neighbours, so that a border is written once. It is a flat list: x and
    y of its first corner, then dx and dy to each next corner. Units are cells, of which there are
    `cells` per degree. A polygon is a list of rings: its outer ring, then its holes. A ring is a
    list of line numbers, end to end; -1 - n is line n reversed. A ring that has fewer than three
    corners once rounded is left out; if it is an outer ring, its holes are left out too.
    """
    drawn = {code: _round_polygons(rings, cells) for code, rings in outlines.items()}
    meetings = _find_meetings(chain.from_iterable(chain.from_iterable(drawn.values())))
    lines: dict[Line, int] = {}
    polygons = {
        code: [[_number_lines(ring, meetings, lines) for ring in polygon] for polygon in some]
        for code, some in drawn.items()
    }
    return encode_members(
        {
            "lignes": list(map(_encode_line, lines)),
            **{code: [cells, *some] for code, some in polygons.items()},
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


def _round_polygons(rings: Sequence[Ring], cells: int) -> list[list[Line]]:
    """Return the polygons of a département, their corners rounded to whole cells.

    There are `cells` cells per degree. Each ring ends with its first corner. A ring that rounding
    leaves with fewer than three corners is dropped; if it is an outer ring, its whole polygon is.
    """
    drawn = ([_round_ring(ring, cells) for ring in polygon] for polygon in group_polygons(rings))
    return [[ring for ring in polygon if ring] for polygon in drawn if polygon[0]]


def _round_ring(ring: Ring, cells: int) -> Line:
    """Return a ring with its corners rounded to whole cells, or () if fewer than three are left."""
    points = ((round(x * cells), round(y * cells)) for x, y in ring)
    corners = tuple(corner for corner, _ in groupby(points))
    return corners if len(corners) > 3 else ()


def _find_meetings(rings: Iterable[Line]) -> set[Corner]:
    """Return the corners where three or more lines meet."""
    around = defaultdict[Corner, set[Corner]](set)
    for ring in rings:
        for one, other in pairwise(ring):
            around[one].add(other)
            around[other].add(one)
    return {corner for corner, others in around.items() if len(others) > 2}


def _number_lines(ring: Line, meetings: set[Corner], lines: dict[Line, int]) -> list[int]:
    """Return the numbers of the lines of a ring (-1 - n if reversed); add new lines to `lines`."""
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
    before = ((0, 0), *line)
    return [step for (x1, y1), (x2, y2) in pairwise(before) for step in (x2 - x1, y2 - y1)]
