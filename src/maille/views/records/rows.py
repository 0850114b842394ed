"""Records as files for machines have them: as data, and as a line of CSV, JSON or GeoJSON.

The keys come from the kind, in its order, with the place that the gazetteer found; names of people
stay out. A record is in several files, that of the directory and those of the territories where it
stands: its lines are made once for all.
"""

from __future__ import annotations

import csv
import datetime
import enum
import functools
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maille.formats.compact_json import encode_items
from maille.kinds.catalyser import Catalyser
from maille.schema.fields import Part
from maille.schema.kind import Key, Located
from maille.site.model import Site
from maille.text.dates import PartialDate

PAGE = "/donnees/"
BETWEEN = " | "  # between the values of a list, in a cell
TO_CONFIRM = "licence à confirmer"
CREDIT = (
    "Positions : IGN, ADMIN EXPRESS COG, simplifié. Noms et codes : INSEE, La Poste, DGCL, réunis "
    "par Etalab. Licence Ouverte 2.0, données de 2026."
)

# Whether the page is published or invented is told by its presence; people did not ask to be in
# a file that one copies without reading their page.
LEFT_OUT = frozenset({"draft", "example", "people"})

# What other columns say beside the kind's own, or in place of what was typed: title, meaning.
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
# A minus or a plus that opens a number is no formula: these columns hold nothing else.
NUMBERS = frozenset({"latitude", "longitude", "telephone"})
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# What spreadsheets read as a formula, wherever it comes from (OWASP, « CSV injection »).
_FORMULA = re.compile("[=+\\-@\t\r\n\0＝＋－＠]")

_encode: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Row:
    """The line of a record in each format; in GeoJSON it has none without a point."""

    csv: str
    json: str
    feature: str | None


class Rows:
    """The real records of a site, each made a row when it is first asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._known: dict[Key, Row] = {}

    def of(self, entries: Iterable[Catalyser]) -> list[Row]:
        """Return the rows of those entries."""
        return [self._known.get(entry.key) or self._made(entry) for entry in entries]

    def _made(self, entry: Catalyser) -> Row:
        found = record(self.site, entry)
        row = Row(_csv_line(found), _encode(found), _feature(found))
        self._known[entry.key] = row
        return row

    def csv(self, entries: Iterable[Catalyser]) -> bytes:
        """Return the CSV (RFC 4180 with semicolons, as French spreadsheets have it, and a BOM)."""
        lines = (_written(names_of_columns()), *(row.csv for row in self.of(entries)))
        return "".join(lines).encode("utf-8-sig", "replace")

    def json(self, entries: Iterable[Catalyser]) -> bytes:
        """Return the JSON: what the file is, then the records, one a line."""
        head = {**_about(self.site), name_of(self.site): []}
        return _document(head, (row.json for row in self.of(entries)))

    def geojson(self, entries: Iterable[Catalyser]) -> bytes:
        """Return the GeoJSON (RFC 7946) of those that have a point; the others have no place."""
        head = {"type": "FeatureCollection", **_about(self.site), "features": []}
        return _document(head, (row.feature for row in self.of(entries) if row.feature))


@functools.lru_cache(maxsize=1)
def rows_of(site: Site) -> Rows:
    """Return the rows of a site, the same for all its files."""
    return Rows(site)


def record(site: Site, entry: Catalyser) -> dict[str, Any]:
    """Return what is exported of a catalyser, as plain data, in the order of the columns."""
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
    page = site.make_absolute(site.address(entry))
    return {
        "identifiant": entry.slug,
        "page": page,
        **{key: plain(getattr(entry, name)) for name, key in said()},
        **dict(zip(PLACE, found, strict=True)),
    }


@functools.cache
def said() -> tuple[tuple[str, str], ...]:
    """Return the fields that the kind says itself, then those of all places: (name, key)."""
    fields = sorted(_keys(Catalyser), key=lambda field: field[0] in Located.model_fields)
    return tuple((name, key) for name, key in fields if name not in LEFT_OUT and key not in PLACE)


@functools.cache
def names_of_columns() -> tuple[str, ...]:
    """Return the keys of a record, in their order."""
    return (*IDENTITY, *(key for _, key in said()), *PLACE)


@functools.cache
def _keys(model: type[Part]) -> tuple[tuple[str, str], ...]:
    return tuple((name, info.alias or name) for name, info in model.model_fields.items())


def plain(value: Any) -> Any:
    """Return a value of an entry as JSON has it: dates as typed, groups by key as typed."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, Part):
        return {key: plain(getattr(value, name)) for name, key in _keys(type(value))}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, PartialDate | datetime.date | enum.Enum):
        return str(value)
    return value


def cell(value: Any) -> str:
    """Return a value as the text of a cell: lists between bars, groups as `titre: T ; url: U`."""
    if value is None or type(value) is str:
        return value or ""
    if isinstance(value, list):
        return BETWEEN.join(cell(item) for item in value)
    if isinstance(value, dict):
        return " ; ".join(f"{k}: {cell(v)}" for k, v in value.items() if v not in (None, []))
    return str(value)


def harmless(text: str, column: str = "") -> str:
    """Return a cell that no spreadsheet runs: a quote before what would open a formula.

    Coordinates and telephones, which are checked to be numbers, stay as they are.
    """
    if column in NUMBERS and _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def examples_json(site: Site, examples: Iterable[Catalyser]) -> bytes:
    """Return the JSON of the examples, which says what they are, of each and of the whole."""
    head = {**_about(site), "exemple": True, name_of(site): []}
    lines = (_encode({**record(site, entry), "exemple": True}) for entry in examples)
    return _document(head, lines)


def name_of(site: Site) -> str:
    """Return the name of the files, without their ends, and of the list in the JSON."""
    return site.kind(Catalyser.kind_name).file_name


def licence(site: Site) -> str:
    """Return the licence of the directory, or that its owner has still to choose it."""
    return site.config.data_licence or TO_CONFIRM


def _about(site: Site) -> dict[str, str]:
    title = f"{site.kind(Catalyser.kind_name).title} : {site.config.name}"
    reference = site.make_absolute(PAGE)
    return {"titre": title, "licence": licence(site), "credit": CREDIT, "reference": reference}


class _Written:
    """What the standard writer of CSV takes for a file: it gives each line back."""

    def write(self, line: str) -> str:
        return line


# With quotes around each, a cell is not cut where another separator is expected.
_written: Callable[[Iterable[str]], str] = csv.writer(
    _Written(), delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL
).writerow


def _csv_line(found: Mapping[str, Any]) -> str:
    return _written([harmless(cell(found[name]), name) for name in names_of_columns()])


def _feature(found: Mapping[str, Any]) -> str | None:
    if found["latitude"] is None:
        return None
    point = {"type": "Point", "coordinates": [found["longitude"], found["latitude"]]}
    others = {k: v for k, v in found.items() if k not in {"latitude", "longitude"}}
    feature = {"type": "Feature", "id": found["identifiant"], "geometry": point}
    return _encode({**feature, "properties": others})


def _document(head: Mapping[str, Any], lines: Iterable[str]) -> bytes:
    """Return a JSON document that ends with a list, an item a line."""
    return encode_items(_encode(head).removesuffix("]}"), lines)
