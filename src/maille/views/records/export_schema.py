"""The JSON Schema (2020-12) of the exports: one for the JSON, the GeoJSON and the examples.

It is made from the kind, like the exports, and published beside them. It gives the form of values;
the keys of vocabularies are in the descriptions, since a network may add terms at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from maille.kinds.catalyser import Catalyser
from maille.schema.json_schema import DIALECT, REFERENCE
from maille.site.model import Site
from maille.site.place import Precision
from maille.views.records.export_rows import (
    IDENTITY,
    PLACE,
    find_file_name,
    find_schema_address,
    list_columns,
)

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_MAYBE: Schema = {"type": ["string", "null"]}
_POINT = ("latitude", "longitude")
# Only the editors' schema needs these: what is typed, and what Python says of itself.
_DROPPED = frozenset({"default", "examples", "maximum", "minimum", REFERENCE})


def encode_schema(site: Site, words: Mapping[str, tuple[str, str]]) -> bytes:
    """Return the schema as a file; `words` has the title and the meaning of each column."""
    return (json.dumps(make_schema(site, words), ensure_ascii=False, indent=1) + "\n").encode()


def make_schema(site: Site, words: Mapping[str, tuple[str, str]]) -> Schema:
    """Return the schema of all files; `words` has the title and the meaning of each column."""
    raw = Catalyser.model_json_schema(by_alias=True)
    columns = {key: _find_shape(key, raw) for key in list_columns()}
    told = {key: {**_describe(*words[key]), **shape} for key, shape in columns.items()}
    parts = {name: _adapt_part(part) for name, part in raw["$defs"].items()}
    used = json.dumps(columns)
    number = {key: told.pop(key) for key in _POINT}
    return {
        "$schema": DIALECT,
        "$id": site.make_absolute(find_schema_address(site)),
        "title": f"{site.kind(Catalyser.kind_name).title} : {site.config.name}",
        "if": {"required": ["type"]},
        "then": _describe_collection(),
        "else": _describe_list(find_file_name(site)),
        "$defs": {
            "proprietes": {
                "type": "object",
                "properties": {**told, "exemple": {"title": "Fiche d'exemple", "const": True}},
                "required": [*told],
            },
            "fiche": {
                "$ref": "#/$defs/proprietes",
                "properties": number,
                "required": [*number],
                "unevaluatedProperties": False,
            },
            **{name: part for name, part in parts.items() if f"#/$defs/{name}" in used},
        },
    }


def _describe(title: str, meaning: str) -> Schema:
    return {"title": title, **({"description": meaning} if meaning else {})}


def _describe_file(rows: str, items: Schema, **more: Schema) -> Schema:
    """Return the schema of a file whose list, named `rows`, holds `items`.

    `more` are its other required keys. A list that a visitor chose also has `vue`, its address.
    """
    needed = {
        **more,
        "titre": _TEXT,
        "licence": _TEXT,
        "credit": _TEXT,
        "reference": _ADDRESS,
        "$schema": _ADDRESS,
        rows: {"type": "array", "items": items},
    }
    return {
        "type": "object",
        "properties": {**needed, "vue": _ADDRESS, "exemple": {"const": True}},
        "required": [*needed],
        "additionalProperties": False,
    }


def _describe_list(rows: str) -> Schema:
    return _describe_file(rows, {"$ref": "#/$defs/fiche"})


def _describe_collection() -> Schema:
    """Return the schema of the GeoJSON (RFC 7946), which only has records with a point."""
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    feature = {
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "id": _TEXT,
            "geometry": {
                "type": "object",
                "properties": {"type": {"const": "Point"}, "coordinates": numbers},
                "required": ["type", "coordinates"],
                "additionalProperties": False,
            },
            "properties": {"$ref": "#/$defs/proprietes", "unevaluatedProperties": False},
        },
        "required": ["type", "id", "geometry", "properties"],
        "additionalProperties": False,
    }
    return _describe_file("features", feature, type={"const": "FeatureCollection"})


def _find_shape(key: str, raw: Mapping[str, Any]) -> Schema:
    """Return the schema of the values of a column, without title and description."""
    if key == "page":
        return _ADDRESS
    if key in _POINT:
        return {"type": ["number", "null"]}
    if key == "precision":
        return {"enum": [str(one) for one in Precision]}
    if key in PLACE:
        return _MAYBE
    if key in IDENTITY:
        return _TEXT
    return _without(_adapt(raw["properties"][key]), ("title", "description"))


def _adapt_part(raw: Mapping[str, Any]) -> Schema:
    """Return the schema of a group of keys; exports give all keys, null when they are blank."""
    fields = {key: _adapt(field) for key, field in raw.get("properties", {}).items()}
    kept = _without(raw, ("title", "description"))
    return {**kept, "properties": fields, "required": [*fields]}


def _adapt(raw: Any) -> Any:
    """Return what an export holds of a typed value: dates and postcodes are text, not numbers."""
    if isinstance(raw, list):
        return [_adapt(one) for one in raw]
    if not isinstance(raw, dict):
        return raw
    kept = {key: _adapt(value) for key, value in _without(raw, _DROPPED).items()}
    if kept.get("type") == ["string", "integer"]:
        kept["type"] = "string"
    return kept


def _without(raw: Mapping[str, Any], keys: Iterable[str]) -> Schema:
    return {key: value for key, value in raw.items() if key not in keys}
