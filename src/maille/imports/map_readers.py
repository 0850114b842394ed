"""Exports of map tools: GeoJSON, uMap, GoGoCarto. Each place is a row, each property a column."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from maille.imports.encodings import decode_text
from maille.imports.refusals import refuse_wide
from maille.imports.sheets import Sheet
from maille.problems import ContentError

LATITUDE, LONGITUDE = "latitude", "longitude"
_KINDS = "donnez un export GeoJSON, uMap (.umap) ou GoGoCarto (elements.json)"


def read_map(name: str, data: bytes, encoding: str = "") -> list[Sheet]:
    """Return a sheet for each layer of an export. Raises ContentError if its format is unknown."""
    text, _ = decode_text(data, encoding)
    try:
        whole = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise ContentError(f"ce JSON ne se lit pas (ligne {line})", _KINDS) from None
    if isinstance(whole, list):
        whole = {"data": whole}
    if not isinstance(whole, Mapping):
        raise ContentError("ce JSON n'est pas une carte", _KINDS)
    if isinstance(whole.get("features"), list):
        return [_read_layer(name, whole["features"])]
    if isinstance(whole.get("layers"), list):
        return [_read_umap_layer(number, one) for number, one in enumerate(whole["layers"], 1)]
    if isinstance(whole.get("data"), list):
        return [_make_sheet(name, [dict(_flatten(one)) for one in whole["data"]])]
    lists = {str(key): one for key, one in whole.items() if _is_list_of_places(one)}
    if lists:
        return [_make_sheet(key, [dict(_flatten(x)) for x in one]) for key, one in lists.items()]
    raise ContentError("ce JSON n'est pas une carte", _KINDS)


def _is_list_of_places(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(x, Mapping) for x in value)


def _read_umap_layer(number: int, layer: Any) -> Sheet:
    options = layer.get("_umap_options") or layer.get("_storage") or {}
    sheet = _read_layer(str(options.get("name") or f"calque {number}"), layer.get("features") or [])
    sheet.hidden = options.get("displayOnLoad") is False and bool(options.get("hidden"))
    return sheet


def _read_layer(name: str, features: list[Any]) -> Sheet:
    rows: list[dict[str, str]] = []
    faults: dict[int, tuple[str, str]] = {}
    for number, feature in enumerate(features, 1):
        properties = feature.get("properties") if isinstance(feature, Mapping) else None
        row = dict(_flatten(properties or {}))
        shape = (feature.get("geometry") if isinstance(feature, Mapping) else None) or {}
        point = shape.get("coordinates")
        if shape.get("type") == "Point" and isinstance(point, list) and len(point) >= 2:
            row |= {LONGITUDE: _show(point[0]), LATITUDE: _show(point[1])}
        elif shape:
            faults[number] = (
                f"ce lieu est une forme ({shape.get('type')}), et non un point",
                "remplacez-la par un point",
            )
        rows.append(row)
    sheet = _make_sheet(name, rows)
    sheet.faults |= {(number, 0): fault for number, fault in faults.items()}
    return sheet


def _make_sheet(name: str, rows: list[dict[str, str]]) -> Sheet:
    """Return a sheet whose first row has the names of the properties."""
    names = [*dict.fromkeys(key for row in rows for key in row)]
    refuse_wide(len(rows), len(names))
    return Sheet(name, [names, *([row.get(key, "") for key in names] for row in rows)], first=0)


def _flatten(value: Any, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path, text) for each property, at any depth: ("adresse.ville", "Dijon").

    Texts, numbers and lists whose key starts with « _ » are left out.
    """
    if not isinstance(value, Mapping):
        yield above or "valeur", _show(value)
        return
    for key, one in value.items():
        path = f"{above}.{key}" if above else str(key)
        if isinstance(one, Mapping) and len(path) < 200:
            yield from _flatten(one, path)
        elif not key.startswith("_"):
            yield path, _show(one)


def _show(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return "; ".join(
            _show(one.get("name", one) if isinstance(one, dict) else one) for one in value
        )
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
