"""The file as map tools export it: GeoJSON, GoGoCarto, uMap."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from typing import Any

from tools.import_corpus.layouts import Sheet
from tools.import_corpus.model import Cell, Row

Value = str | float | None
POINT = ("latitude", "longitude")


def write_geojson(sheets: Sequence[Sheet]) -> bytes:
    """Return the only sheet as a collection of features."""
    return dump(list_features(sheets[0]))


def write_umap(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as the layers of a map, as uMap saves it."""
    layers = [
        list_features(sheet) | {"_umap_options": {"name": sheet.name, "displayOnLoad": True}}
        for sheet in sheets
    ]
    centre = {"type": "Point", "coordinates": [2.5, 46.6]}
    properties = {"name": "Carte des adhérents", "zoom": 6, "licence": ""}
    return dump(
        {
            "type": "umap",
            "uri": "https://carte.example/fr/map/1",
            "properties": properties,
            "geometry": centre,
            "layers": layers,
        }
    )


def write_gogocarto(sheets: Sequence[Sheet]) -> bytes:
    """Return the only sheet as the public data of a GoGoCarto."""
    sheet = sheets[0]
    data = [list_element(sheet.columns, row) for row in sheet.rows if row]
    return dump(
        {
            "licence": "https://opendatacommons.org/licenses/odbl/summary/",
            "ontology": "gogofull",
            "data": data,
        }
    )


def list_element(columns: Mapping[str, str], row: Row) -> dict[str, Any]:
    """Return `row` as an element of a GoGoCarto, whose fields stand at the paths of `columns`."""
    element: dict[str, Any] = {
        "id": f"zq{row.key:03d}",
        "sourceKey": "zq",
        "status": 1,
        "createdAt": "2024-02-13T11:26:29+01:00",
    }
    for name, path in columns.items():
        cell = row.cells.get(name, Cell(""))
        value: Value = cell.number if name in POINT and cell.number is not None else cell.text
        if cell.day:
            value = f"{cell.day.isoformat()}T10:30:00+02:00"
        set_value(element, path.split("."), value)
    return element


def set_value(element: dict[str, Any], path: Sequence[str], value: Value) -> None:
    """Put `value` in `element` at `path`: names of keys, or 0 for the only item of a list."""
    inner = element
    for key, following in itertools.pairwise(path):
        if following == "0":
            inner[key] = [value]
            return
        inner = inner.setdefault(key, {})
    inner[path[-1]] = value


def list_features(sheet: Sheet) -> dict[str, Any]:
    """Return `sheet` as a collection of features."""
    features = [make_feature(sheet.columns, row) for row in sheet.rows if row]
    return {"type": "FeatureCollection", "features": features}


def make_feature(columns: Mapping[str, str], row: Row) -> dict[str, Any]:
    """Return `row` as a feature; a row without a point has no geometry."""
    properties: dict[str, Value] = {}
    for name, path in columns.items():
        if name not in POINT:
            properties[path.removeprefix("properties.")] = read_value(row.cells.get(name, Cell("")))
    point = [row.cells[name].number for name in ("longitude", "latitude")]
    geometry = {"type": "Point", "coordinates": point} if None not in point else None
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def read_value(cell: Cell) -> Value:
    """Return the value of `cell` in a map: an ISO date, a number, a text, or None."""
    if cell.day:
        return cell.day.isoformat()
    return cell.number if cell.number is not None else cell.text or None


def dump(data: Any) -> bytes:
    """Return `data` as JSON in UTF-8."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
