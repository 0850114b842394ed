"""The JSON Schema (2020-12) of each kind, made from its pydantic model.

It is for code editors (`schemas/`, `.vscode/settings.json`). YAML readers other than ours guess
types: they read `departement: 63` as a number, and we read it as text, so text fields also accept
numbers. A schema has no checks between keys or between files (a slug that does not exist):
`verifier` makes those checks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from maille.schema.kind import Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schemas"
REFERENCE = "x-reference"  # set by `fields.Reference`

Schema = dict[str, Any]


@cache
def read_model(model: type[BaseModel]) -> Mapping[str, Any]:
    """Return the schema that pydantic makes of a model, with keys as typed.

    It is cached, since it is slow to make and several pages need it: callers must not change it.
    """
    return model.model_json_schema(by_alias=True)


@cache
def list_shapes(model: type[BaseModel]) -> Mapping[str, Schema]:
    """Return the schema of each key of a model; it is cached: callers must not change it."""
    shapes: Mapping[str, Schema] = _translate_definition(read_model(model))["properties"]
    return shapes


def make_schema(kind: Kind) -> Schema:
    """Return the JSON Schema of the front matter of a kind, with keys as typed."""
    raw = dict(read_model(kind.model))
    parts = {name: _translate_definition(part) for name, part in raw.pop("$defs", {}).items()}
    head = {"$schema": DIALECT, "title": kind.singular}
    return {**head, **_translate_definition(raw), **({"$defs": parts} if parts else {})}


def make_schema_file(kind: Kind) -> tuple[str, str]:
    """Return the path and the text of the committed schema of a kind."""
    text = json.dumps(make_schema(kind), ensure_ascii=False, indent=2)
    return f"{FOLDER}/{kind.name}.schema.json", f"{text}\n"


def _translate_definition(raw: Mapping[str, Any]) -> Schema:
    """Return the schema of a model or enumeration, without its Python name and English docstring.

    The fields of a model are translated, and the optional ones may be blank.
    """
    kept = {key: value for key, value in raw.items() if key not in {"title", "description"}}
    if "properties" not in raw:
        return kept
    required = raw.get("required", [])
    fields = {key: _translate_field(value) for key, value in raw["properties"].items()}
    return {
        **kept,
        "properties": {k: v if k in required else _allow_blank(v) for k, v in fields.items()},
    }


def _translate_field(raw: Mapping[str, Any]) -> Schema:
    """Return the schema of a field, without its default; its title and description come first.

    If values of the field are references, a sentence on their target ends the description.
    """
    words: Schema = {key: raw[key] for key in ("title", "description") if key in raw}
    shape = _translate_shape({key: raw[key] for key in raw if key not in {*words, "default"}})
    if named := _describe_reference(shape):
        words["description"] = " ".join(filter(None, (words.get("description"), named)))
    return {**words, **shape}


def _translate_shape(raw: Mapping[str, Any]) -> Schema:
    """Return the schema of a field's value.

    A `Text` (a string with a `minLength`) also accepts numbers and booleans.
    """
    shape = dict(raw)
    if shape.get("type") == "string" and "minLength" in shape:
        shape["type"] = ["string", "number", "boolean"]
    if "items" in shape:
        shape["items"] = _translate_shape(shape["items"])
    if "anyOf" in shape:
        shape["anyOf"] = [_translate_shape(choice) for choice in shape["anyOf"]]
    return shape


def _allow_blank(field: Schema) -> Schema:
    """Return the schema of a field, changed to accept null too, as in « verifie_le: »."""
    if {"type": "null"} in field.get("anyOf", ()):
        return field
    words: Schema = {key: field[key] for key in ("title", "description") if key in field}
    shape = {key: value for key, value in field.items() if key not in words}
    return {**words, "anyOf": [shape, {"type": "null"}]}


def _describe_reference(shape: Schema) -> str:
    """Remove the target of references from `shape`; return a French sentence about it, or ""."""
    kind, _, vocabulary = _take_reference(shape).partition(":")
    if vocabulary:
        return f"Se choisit dans content/vocabulaires/{vocabulary}.yaml."
    return "Le nom d'un fichier de contenu, sans son extension." if kind else ""


def _take_reference(shape: Schema) -> str:
    found = shape.pop(REFERENCE, "")
    for inside in (*shape.get("anyOf", ()), *([shape["items"]] if "items" in shape else ())):
        found = _take_reference(inside) or found
    return str(found)
