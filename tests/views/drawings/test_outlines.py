"""The outlines for the map's background: the same shapes as the GeoJSON, to three kilometres."""

from __future__ import annotations

import gzip
import importlib.resources
import json
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from maille.geometry import is_inside_or_near
from maille.views.drawings.outlines import encode_outlines, group_polygons

SQUARE = ((2.0, 45.0), (4.0, 45.0), (4.0, 47.0), (2.0, 47.0), (2.0, 45.0))
HOLE = ((2.5, 45.5), (2.5, 46.0), (3.0, 46.0), (3.0, 45.5), (2.5, 45.5))
DOT_OF_ISLAND = ((55.5, -21.0), (55.6, -21.0), (55.6, -20.9), (55.5, -20.9), (55.5, -21.0))
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
    made = draw(encode_outlines({"26": (SQUARE, HOLE), "974": (DOT_OF_ISLAND,)}))
    assert [sorted(ring) for ring in made["26"][0]] == [sorted(SQUARE[:-1]), sorted(HOLE[:-1])]
    assert sorted(made["974"][0][0]) == sorted(DOT_OF_ISLAND[:-1])


def test_a_border_is_written_once() -> None:
    east = ((4.0, 45.0), (6.0, 45.0), (6.0, 47.0), (4.0, 47.0), (4.0, 45.0))
    made = encode_outlines({"26": (SQUARE,), "38": (east,)})
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
    made = draw(encode_outlines({"26": (SQUARE, DOT), "38": (DOT,)}))
    assert [len(ring) for ring in made["26"][0]] == [4]
    assert (len(made["26"]), made["38"]) == (1, [])
    nearly = (*SQUARE[:1], (3.0, 45.004), *SQUARE[1:])
    assert sorted(draw(encode_outlines({"26": (nearly,)}))["26"][0][0]) == sorted(SQUARE[:-1])


def test_the_real_outlines_keep_their_shapes_at_a_quarter_of_the_weight() -> None:
    data = importlib.resources.files("maille") / "data" / "departements.geojson"
    text = data.read_bytes()
    every: dict[str, Any] = {
        feature["properties"]["code"]: [
            tuple(map(tuple, ring))
            for polygon in feature["geometry"]["coordinates"]
            for ring in polygon
        ]
        for feature in json.loads(text)["features"]
    }
    made = encode_outlines(every)
    assert len(gzip.compress(made, 9)) < 0.25 * len(gzip.compress(text, 9))
    for code, drawn in draw(made).items():
        assert len(drawn) <= len(group_polygons(every[code]))
        outer = max(every[code], key=len)
        rings = [(*ring, ring[0]) for polygon in drawn for ring in polygon]
        for corner in outer:
            assert is_inside_or_near(rings, corner, 0.03), code
        for corner in max(rings, key=len):
            assert is_inside_or_near([outer], corner, 0.03), code
