"""The rows of exports: each entry as plain data, each record also as a line of CSV and GeoJSON.

The keys are the identity of the entry, its fields (except `LEFT_OUT` and names of people), then its
place if its kind has one. A record may be in several files (the directory's, and one for each
territory that lists it), so its lines are made once and reused.
"""

from __future__ import annotations

import datetime
import enum
import functools
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maille.formats import csv_cells
from maille.formats.compact_json import encode_items
from maille.kinds.catalyser import Catalyser
from maille.schema.fields import Part
from maille.schema.kind import Entry, Key, Kind, list_parts, map_keys
from maille.schema.located import Located
from maille.site.model import Site
from maille.text.dates import PartialDate

DIRECTORY = Catalyser.kind_name
PAGE = "/donnees/"
BETWEEN = " | "  # between the values of a list, in a cell
TO_CONFIRM = "licence à confirmer"
CREDIT = (
    "Positions : IGN, ADMIN EXPRESS COG, simplifié. Noms et codes : INSEE, La Poste, DGCL, réunis "
    "par Etalab. Licence Ouverte 2.0, données de 2026. Positions des collectivités d'outre-mer : "
    "GeoNames, CC BY 4.0."
)

# Fields that are not exported. `draft` and `example` would have the same value for all records of
# a file; the others are for the network's own staff.
LEFT_OUT = frozenset({"draft", "example", "identifier", "contact_sought_on", "review_asked_on"})
# Groups with this key name people, who did not ask to be in files that are copied elsewhere.
_ROLE = "fonction"

# Title and meaning of the columns that are not fields, or that replace what the editor typed.
IDENTITY = {
    "identifiant": ("Identifiant", "La fin de l'adresse de la page ; il ne change pas."),
    "page": ("Page", "L'adresse de la page sur ce site."),
}
PLACE = {
    "commune": ("Commune", "Son nom officiel."),
    "departement": ("Département", "Son code : « 01 », « 2A », « 974 »."),
    "departement_nom": ("Nom du département", ""),
    "region": ("Région", "Son nom."),
    "code_insee": ("Code INSEE de la commune", ""),
    "latitude": ("Latitude", "En degrés (WGS 84), avec un point décimal."),
    "longitude": ("Longitude", "En degrés (WGS 84), avec un point décimal."),
    "precision": ("Précision", "Du point : adresse, commune, departement, national ou inconnue."),
}
# In these columns, a number with a leading minus or plus is not treated as a formula.
NUMBERS = frozenset({"latitude", "longitude", "telephone"})

_encode: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Row:
    """A record as one line per format; `feature` (GeoJSON) is None if the record has no point."""

    csv: str
    json: str
    feature: str | None


class Rows:
    """The rows of the records of a site, each made when it is first needed."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._known: dict[Key, Row] = {}

    def list_rows(self, entries: Iterable[Catalyser]) -> list[Row]:
        """Return the rows of entries."""
        return [self._known.get(entry.key) or self._make_row(entry) for entry in entries]

    def _make_row(self, entry: Catalyser) -> Row:
        found = make_record(self.site, entry)
        row = Row(_format_csv_line(found), _encode(found), _encode_feature(found))
        self._known[entry.key] = row
        return row

    def encode_csv(self, entries: Iterable[Catalyser]) -> bytes:
        """Return the CSV (RFC 4180, but with semicolons), in UTF-8 with a BOM."""
        lines = (row.csv for row in self.list_rows(entries))
        return csv_cells.encode_lines((csv_cells.format_line(list_columns(Catalyser)), *lines))

    def encode_json(self, entries: Iterable[Catalyser]) -> bytes:
        """Return the JSON: a description of the file, then one record per line."""
        lines = (row.json for row in self.list_rows(entries))
        return _encode_list(self.site, self.site.kind(DIRECTORY), lines)

    def encode_geojson(self, entries: Iterable[Catalyser]) -> bytes:
        """Return the GeoJSON (RFC 7946) of the entries that have a point, with a description."""
        about = _describe_file(self.site, self.site.kind(DIRECTORY))
        head = {"type": "FeatureCollection", **about, "features": []}
        return _encode_document(
            head, (row.feature for row in self.list_rows(entries) if row.feature)
        )


@functools.lru_cache(maxsize=1)
def make_rows(site: Site) -> Rows:
    """Return the rows of a site; they are cached, so that all its files share them."""
    return Rows(site)


def make_record(site: Site, entry: Entry) -> dict[str, Any]:
    """Return the exported data of an entry, in the order of the columns of its kind."""
    fields = {key: convert_value(getattr(entry, name)) for name, key in list_fields(type(entry))}
    identity = {"identifiant": entry.slug, "page": site.make_absolute(site.address(entry))}
    return {**identity, **fields, **(_make_place(site, entry) if has_place(type(entry)) else {})}


def _make_place(site: Site, entry: Entry) -> dict[str, Any]:
    place = site.place(entry)
    found = (
        place.commune or None,
        place.department or None,
        place.department_name or None,
        place.region_name or None,
        place.insee_code or None,
        place.latitude,
        place.longitude,
        str(place.precision),
    )
    return dict(zip(PLACE, found, strict=True))


def has_place(model: type[Entry]) -> bool:
    """Return whether entries of a class may have a place."""
    return issubclass(model, Located)


@functools.cache
def list_fields(model: type[Entry]) -> tuple[tuple[str, str], ...]:
    """Return the Python name and the key of each exported field that `PLACE` does not replace.

    The kind's own fields come first, then the fields of `Located`.
    """
    people = {
        info.alias
        for info in model.model_fields.values()
        if any(_ROLE in map_keys(part) for part in list_parts(info.annotation))
    }
    replaced = PLACE if has_place(model) else {}
    fields = sorted(_list_keys(model), key=lambda field: field[0] in Located.model_fields)
    return tuple(
        (name, key)
        for name, key in fields
        if name not in LEFT_OUT and key not in replaced and key not in people
    )


@functools.cache
def list_columns(model: type[Entry]) -> tuple[str, ...]:
    """Return the keys of all columns of a kind, in order."""
    place = PLACE if has_place(model) else ()
    return (*IDENTITY, *(key for _, key in list_fields(model)), *place)


@functools.cache
def _list_keys(model: type[Part]) -> tuple[tuple[str, str], ...]:
    return tuple((name, info.alias or name) for name, info in model.model_fields.items())


def convert_value(value: Any) -> Any:
    """Return a value of an entry as JSON data, with dates and keys as the editor types them."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, Part):
        return {key: convert_value(getattr(value, name)) for name, key in _list_keys(type(value))}
    if isinstance(value, tuple):
        return [convert_value(item) for item in value]
    if isinstance(value, PartialDate | datetime.date | enum.Enum):
        return str(value)
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return value


def format_cell(value: Any) -> str:
    """Return a value as the text of a cell: a list is `a | b`, a mapping `titre: T ; url: U`."""
    if value is None or type(value) is str:
        return value or ""
    if isinstance(value, list):
        return BETWEEN.join(format_cell(item) for item in value)
    if isinstance(value, dict):
        return " ; ".join(f"{k}: {format_cell(v)}" for k, v in value.items() if v not in (None, []))
    return str(value)


def escape_formula(text: str, column: str = "") -> str:
    """Return the text of a cell, with an apostrophe first if it would be read as a formula.

    In the columns of `NUMBERS`, a value that is only a number is left unchanged.
    """
    return csv_cells.escape_formula(text, is_number=column in NUMBERS)


def encode_entries(site: Site, kind: Kind) -> bytes:
    """Return the JSON of the entries of a kind, without examples: one entry per line."""
    lines = (_encode(make_record(site, entry)) for entry in site.list_real(kind.model))
    return _encode_list(site, kind, lines)


def list_other_kinds(site: Site) -> tuple[Kind, ...]:
    """Return the kinds whose entries are exported besides the directory: those with a list page."""
    return tuple(
        kind
        for kind in site.kinds
        if kind.prefix not in ("", "/") and not kind.is_vocabulary and kind.name != DIRECTORY
    )


def find_file_name(site: Site, kind: str = DIRECTORY) -> str:
    """Return the name of the export files of a kind, without suffix.

    In the JSON file, the list of the entries has the same name.
    """
    return site.kind(kind).file_name


def find_schema_address(site: Site, kind: str = DIRECTORY) -> str:
    """Return the address of the JSON Schema of the exports of a kind."""
    return f"{PAGE}{find_file_name(site, kind)}.schema.json"


def find_licence(site: Site) -> str:
    """Return the licence of the directory, or « licence à confirmer »."""
    return site.config.data_licence or TO_CONFIRM


def _describe_file(site: Site, kind: Kind) -> dict[str, str]:
    return {
        "$schema": site.make_absolute(find_schema_address(site, kind.name)),
        "titre": f"{kind.title} : {site.config.name}",
        "licence": find_licence(site),
        **({"credit": CREDIT} if has_place(kind.model) else {}),
        "reference": site.make_absolute(PAGE),
    }


def _encode_list(site: Site, kind: Kind, lines: Iterable[str]) -> bytes:
    """Return a JSON document: a description of the file, then a list of entries.

    `lines` are the entries, each already encoded as JSON.
    """
    head = {**_describe_file(site, kind), kind.file_name: []}
    return _encode_document(head, lines)


def _format_csv_line(found: Mapping[str, Any]) -> str:
    return csv_cells.format_line(
        [escape_formula(format_cell(found[name]), name) for name in list_columns(Catalyser)]
    )


def _encode_feature(found: Mapping[str, Any]) -> str | None:
    if found["latitude"] is None:
        return None
    point = {"type": "Point", "coordinates": [found["longitude"], found["latitude"]]}
    others = {k: v for k, v in found.items() if k not in {"latitude", "longitude"}}
    feature = {"type": "Feature", "id": found["identifiant"], "geometry": point}
    return _encode({**feature, "properties": others})


def _encode_document(head: Mapping[str, Any], lines: Iterable[str]) -> bytes:
    """Return the JSON of `head`, whose last value, an empty list, gets `lines` as its items."""
    return encode_items(_encode(head).removesuffix("]}"), lines)
