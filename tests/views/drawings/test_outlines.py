"""The outlines for the map's background: the same shapes as the GeoJSON, written once a border."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import accumulate

from maille.outlines import COARSEST, count_cells
from maille.views.drawings.outlines import encode_outlines, group_polygons
from tests.placing import read_places

SQUARE = ((2.0, 45.0), (4.0, 45.0), (4.0, 47.0), (2.0, 47.0), (2.0, 45.0))
HOLE = ((2.5, 45.5), (2.5, 46.0), (3.0, 46.0), (3.0, 45.5), (2.5, 45.5))
CELLS = 100
DOT = ((6.0, 44.0), (6.001, 44.0), (6.001, 44.001), (6.0, 44.001), (6.0, 44.0))


def draw(made: bytes) -> dict[str, list[list[list[tuple[float, float]]]]]:
    """The polygons of each département, as the script of the map puts their lines end to end."""
    read = json.loads(made)
    lines = [list(pairs(steps)) for steps in read.pop("lignes")]

    def find_side(number: int) -> list[tuple[int, int]]:
        return (lines[number] if number >= 0 else lines[-1 - number][::-1])[:-1]

    return {
        code: [
            [[(x / cells, y / cells) for n in ring for x, y in find_side(n)] for ring in polygon]
            for polygon in polygons
        ]
        for code, (cells, *polygons) in read.items()
    }


def pairs(steps: list[int]) -> Iterator[tuple[int, int]]:
    return zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)


def test_a_ring_ends_where_it_begins_and_a_hole_follows_its_polygon() -> None:
    made = draw(encode_outlines({"26": (SQUARE, HOLE), "974": (SQUARE,)}, CELLS))
    assert [sorted(ring) for ring in made["26"][0]] == [sorted(SQUARE[:-1]), sorted(HOLE[:-1])]
    assert sorted(made["974"][0][0]) == sorted(SQUARE[:-1])


def test_a_border_is_written_once() -> None:
    east = ((4.0, 45.0), (6.0, 45.0), (6.0, 47.0), (4.0, 47.0), (4.0, 45.0))
    made = encode_outlines({"26": (SQUARE,), "38": (east,)}, CELLS)
    assert len(json.loads(made)["lignes"]) == 3
    for code, ring in (("26", SQUARE), ("38", east)):
        [[drawn]] = draw(made)[code]
        assert len(drawn) == len(set(drawn)) == 4
        assert set(drawn) == set(ring)
        # In the same order, from whichever corner.
        at = ring.index(drawn[0])
        turned = [*ring[at:-1], *ring[:at]]
        assert drawn in (turned, [turned[0], *turned[:0:-1]])


def test_what_is_smaller_than_a_cell_is_left_out() -> None:
    made = draw(encode_outlines({"26": (SQUARE, DOT), "38": (DOT,)}, CELLS))
    assert [len(ring) for ring in made["26"][0]] == [4]
    assert (len(made["26"]), made["38"]) == (1, [])


def test_the_real_outlines_are_written_whole_and_light() -> None:
    outlines = read_places().outlines
    made = encode_outlines(outlines, count_cells(COARSEST))
    assert len(gzip.compress(made, 9)) < 14_000
    for code, drawn in draw(made).items():
        polygons = group_polygons(outlines[code])
        assert [[set(ring) for ring in one] for one in drawn] == [
            [set(ring) for ring in one] for one in polygons
        ]
