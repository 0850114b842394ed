"""The outlines for the map's background: the same shapes as the GeoJSON, to a kilometre."""

from __future__ import annotations

import gzip
import importlib.resources
import json
from typing import Any

from maille.views.drawings.outlines import encode_outlines, group_polygons

SQUARE = ((2.0, 45.0), (4.0, 45.0), (4.0, 47.0), (2.0, 47.0), (2.0, 45.0))
HOLE = ((2.5, 45.5), (2.5, 46.0), (3.0, 46.0), (3.0, 45.5), (2.5, 45.5))
DOT = ((6.0, 44.0), (6.001, 44.0), (6.001, 44.001), (6.0, 44.001), (6.0, 44.0))


def corners(steps: list[int], cells: int) -> list[tuple[float, float]]:
    """The corners of a ring, as the script of the map adds the steps up."""
    x = y = 0
    found = []
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + east, y + north
        found.append((x / cells, y / cells))
    return found


def test_a_ring_is_steps_and_a_hole_follows_its_polygon() -> None:
    made = json.loads(encode_outlines({"26": (SQUARE, HOLE), "974": (SQUARE,)}))
    cells, polygon = made["26"]
    assert [corners(ring, cells) for ring in polygon] == [list(SQUARE[:-1]), list(HOLE[:-1])]
    assert made["974"][0] > cells


def test_what_is_smaller_than_a_cell_is_left_out() -> None:
    assert json.loads(encode_outlines({"26": (SQUARE, DOT)}))["26"][1:] == [
        [[300, 6750, 300, 0, 0, 300, -300, 0]]
    ]


def test_the_real_outlines_keep_their_shapes_at_less_than_half_the_weight() -> None:
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
    assert len(gzip.compress(made, 9)) < 0.5 * len(gzip.compress(text, 9))
    for code, (cells, *drawn) in json.loads(made).items():
        assert len(drawn) <= len(group_polygons(every[code]))
        outer = max(every[code], key=len)
        near = {corner for polygon in drawn for ring in polygon for corner in corners(ring, cells)}
        for longitude, latitude in outer:
            assert (round(longitude * cells) / cells, round(latitude * cells) / cells) in near
