"""The JSON Schema (2020-12) of the exports of a kind; for records, also of GeoJSON.

It is made from the kind, like the exports, and published beside them. It gives the form of values;
the keys of vocabularies are in the descriptions, since a network may add terms at any time.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from maille.schema.fields import PATTERN_FAULT
from maille.schema.json_schema import DIALECT, REFERENCE, read_model
from maille.schema.kind import Kind
from maille.site.model import Site
from maille.site.place import Precision
from maille.views.records.export_rows import (
    DIRECTORY,
    IDENTITY,
    PLACE,
    find_schema_address,
    has_place,
    list_columns,
)

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_MAYBE: Schema = {"type": ["string", "null"]}
_POINT = ("latitude", "longitude")
# Keywords of the editors' schema that do not apply to exported values, and are dropped.
_DROPPED = frozenset({"default", "examples", "maximum", "minimum", PATTERN_FAULT, REFERENCE})


def encode_schema(site: Site, kind: Kind, words: Mapping[str, tuple[str, str]]) -> bytes:
    """Return the schema as a file; `words` has the title and the meaning of each column."""
    address = site.make_absolute(find_schema_address(site, kind.name))
    return _encode(kind, tuple(words.items()), address, site.config.name)


@functools.lru_cache(maxsize=32)  # later builds of a process usually have the same schemas
def _encode(
    kind: Kind, words: tuple[tuple[str, tuple[str, str]], ...], address: str, network: str
) -> bytes:
    schema = _make_schema(kind, dict(words), address, network)
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def _make_schema(
    kind: Kind, words: Mapping[str, tuple[str, str]], address: str, network: str
) -> Schema:
    """Return the schema of the files of a kind.

    `words` has the title and the meaning of each column, `address` is where the schema is
    published, and `network` the name of the network.
    """
    raw = read_model(kind.model)
    placed = has_place(kind.model)
    columns = {key: _find_shape(key, raw, placed=placed) for key in list_columns(kind.model)}
    told = {key: {**_describe(*words[key]), **shape} for key, shape in columns.items()}
    parts = {name: _adapt_part(part) for name, part in raw.get("$defs", {}).items()}
    shape, own = (
        _describe_records(kind, told)
        if kind.name == DIRECTORY
        else (
            _describe_file(kind.file_name, _describe_entry(told), placed=placed),
            {},
        )
    )
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": f"{kind.title} : {network}",
        **shape,
        "$defs": {**own, **{name: parts[name] for name in _list_used(columns, parts)}},
    }


def _list_used(columns: Schema, parts: Schema) -> Iterator[str]:
    """Yield the names of the parts that columns refer to, directly or through other parts."""
    left, used = [*parts], json.dumps(columns)
    while found := next((name for name in left if f'"#/$defs/{name}"' in used), ""):
        left.remove(found)
        used += json.dumps(parts[found])
        yield found


def _describe_entry(columns: Schema) -> Schema:
    return {
        "type": "object",
        "properties": columns,
        "required": [*columns],
        "additionalProperties": False,
    }


def _describe_records(kind: Kind, columns: Schema) -> tuple[Schema, Schema]:
    """Return the schema of the JSON and GeoJSON of records, and the definitions of its parts."""
    number = {key: columns.pop(key) for key in _POINT}
    shape = {
        "if": {"required": ["type"]},
        "then": _describe_collection(),
        "else": _describe_file(kind.file_name, {"$ref": "#/$defs/fiche"}),
    }
    return shape, {
        "proprietes": {
            "type": "object",
            "properties": columns,
            "required": [*columns],
        },
        "fiche": {
            "$ref": "#/$defs/proprietes",
            "properties": number,
            "required": [*number],
            "unevaluatedProperties": False,
        },
    }


def _describe(title: str, meaning: str) -> Schema:
    return {"title": title, **({"description": meaning} if meaning else {})}


def _describe_file(rows: str, items: Schema, *, placed: bool = True, **more: Schema) -> Schema:
    """Return the schema of a file with a list named `rows`; `items` is the schema of its items.

    If `placed`, the file has a credit for the positions of the items. `more` has the schemas of its
    other required keys. A file that a visitor exports also has `vue`, the address of the list.
    """
    needed = {
        **more,
        "titre": _TEXT,
        "licence": _TEXT,
        **({"credit": _TEXT} if placed else {}),
        "reference": _ADDRESS,
        "$schema": _ADDRESS,
        rows: {"type": "array", "items": items},
    }
    return {
        "type": "object",
        "properties": {**needed, "vue": _ADDRESS},
        "required": [*needed],
        "additionalProperties": False,
    }


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


def _find_shape(key: str, raw: Mapping[str, Any], *, placed: bool) -> Schema:
    """Return the schema of the values of the column `key`, without title and description.

    `raw` is the schema of the kind's keys; `placed` is whether the kind has a place.
    """
    if key == "page":
        return _ADDRESS
    if placed and key in _POINT:
        return {"type": ["number", "null"]}
    if placed and key == "precision":
        return {"enum": [str(one) for one in Precision]}
    if placed and key in PLACE:
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
    """Turn the schema of a value that editors type into that of the exported value.

    Numbers that editors may type are exported as text, and yes or no as a boolean.
    """
    if isinstance(raw, list):
        return [_adapt(one) for one in raw]
    if not isinstance(raw, dict):
        return raw
    kept = {key: _adapt(value) for key, value in _without(raw, _DROPPED).items()}
    if kept.get("type") == ["string", "integer"]:
        kept["type"] = "string"
    return {"type": "boolean"} if kept.get("type") == ["string", "boolean"] else kept


def _without(raw: Mapping[str, Any], keys: Iterable[str]) -> Schema:
    return {key: value for key, value in raw.items() if key not in keys}
