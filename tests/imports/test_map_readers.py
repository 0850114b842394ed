"""Exports of map tools become sheets: a place is a row, a property a column."""

from __future__ import annotations

import json
from typing import Any

import pytest

from maille.imports.map_readers import read_map
from maille.problems import ContentError

POINT = {"type": "Point", "coordinates": [5.04, 47.32]}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def write(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def test_the_rows_of_a_map_count_from_its_first_place() -> None:
    data = {"type": "FeatureCollection", "features": [feature(POINT, nom="A", bio=True, n=1.5)]}
    [sheet] = read_map("carte", write(data))
    assert sheet.first == 0
    assert sheet.rows == [
        ["nom", "bio", "n", "longitude", "latitude"],
        ["A", "oui", "1.5", "5.04", "47.32"],
    ]


def test_a_shape_is_told_and_a_place_without_geometry_is_read() -> None:
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    features = [feature(None, nom="A"), feature(line, nom="B")]
    [sheet] = read_map("carte", write({"features": features}))
    assert [*sheet.faults] == [(2, 0)]
    assert "LineString" in sheet.faults[2, 0][0]


def test_each_layer_of_umap_is_a_sheet() -> None:
    layers = [
        {"_umap_options": {"name": "Adhérents"}, "features": [feature(POINT, name="A")]},
        {"features": []},
    ]
    sheets = read_map("carte", write({"type": "umap", "layers": layers}))
    assert [sheet.name for sheet in sheets] == ["Adhérents", "calque 2"]


def test_gogocarto_has_groups_of_properties_and_lists() -> None:
    element = {
        "name": "A",
        "geo": {"latitude": 47.32},
        "categories": ["X", {"name": "Y"}],
        "v": None,
    }
    [sheet] = read_map("elements", write({"data": [element], "ontology": "gogofull"}))
    assert sheet.rows == [["name", "geo.latitude", "categories", "v"], ["A", "47.32", "X; Y", ""]]


def test_a_list_of_places_under_any_name_is_a_sheet() -> None:
    [sheet] = read_map("a", write({"v": 1, "lieux": [{"Nom": "A"}, {"Ville": "B"}]}))
    assert (sheet.name, sheet.rows) == ("lieux", [["Nom", "Ville"], ["A", ""], ["", "B"]])


@pytest.mark.parametrize("data", [b"{", b'{"a": 1}', b'"text"', b"[" * 100_000])
def test_other_json_is_told(data: bytes) -> None:
    with pytest.raises(ContentError, match="JSON") as told:
        read_map("a", data)
    assert "GeoJSON" in told.value.hint
