"""The directory as files for machines: CSV, JSON and GeoJSON, and the page that tells of them.

The columns come from the kind, in its order, with the place that the gazetteer found; examples and
names of people stay out. Examples have a file of their own, which no page links to: the script that
makes a file of the list that a visitor has found takes them from there (`js/donnees.js`, which
follows the rules of this module).
"""

from __future__ import annotations

import csv
import datetime
import enum
import functools
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maille.dates import PartialDate
from maille.fields import Part, Reference
from maille.kind import Located, inside
from maille.kinds.catalyser import Catalyser
from maille.site import FilePlan, PagePlan, Plan, Site
from maille.text import slug
from maille.views.public_words import meaning_of, parts_of

PAGE = "/donnees/"
SOURCE = "les exports"
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
_IDENTITY = {
    "identifiant": ("Identifiant", "La fin de l'adresse de la page ; il ne change pas."),
    "page": ("Page", "L'adresse de la page sur ce site."),
}
_PLACE = {
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
_NUMBERS = frozenset({"latitude", "longitude", "telephone"})
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# What spreadsheets read as a formula, wherever it comes from (OWASP, « CSV injection »).
_FORMULA = re.compile("[=+\\-@\t\r\n\0＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key that its values have, and what its reference says of it."""

    name: str
    title: str
    meaning: str
    form: str
    parts: tuple[tuple[str, str], ...] = ()


def plan(site: Site) -> Iterator[Plan]:
    """Yield the page of the data and its three files, and the file of the examples."""
    columns = columns_of(site)
    entries, examples = _apart(site)
    records = [record(site, entry) for entry in entries]
    if examples:
        yield FilePlan(_examples_address(site), examples_json(site, examples), SOURCE)
    files = {
        "csv": csv_of(columns, records),
        "json": json_of(site, records),
        "geojson": geojson_of(site, records),
    }
    placed = sum(found["latitude"] is not None for found in records)
    yield PagePlan(
        PAGE,
        "donnees.html",
        "Données",
        "L'annuaire en fichiers : CSV, JSON et GeoJSON, avec le sens de chaque colonne.",
        {
            "columns": columns,
            "sizes": {name: len(data) for name, data in files.items()},
            "file": f"{PAGE}{name_of(site)}",
            "count": len(records),
            "placed": placed,
            "between": BETWEEN.strip(),
            "licence": licence(site),
            "credit": CREDIT,
        },
        source=SOURCE,
    )
    for name, data in files.items():
        yield FilePlan(f"{PAGE}{name_of(site)}.{name}", data, SOURCE)


def after(site: Site) -> Mapping[str, str]:
    """Return what the template of « Cette liste » needs, to make files of the list as these are."""
    name = name_of(site)
    return {
        "records": f"{PAGE}{name}.json",
        "examples": _examples_address(site) if _apart(site)[1] else "",
        "name": "-".join(filter(None, (slug(site.config.short_name), name))),
        "licence": licence(site),
        "credit": CREDIT,
    }


def _apart(site: Site) -> tuple[list[Catalyser], list[Catalyser]]:
    """Return the real entries and the examples, each in the order of the site."""
    every = site.all(Catalyser)
    return [e for e in every if not e.is_example], [e for e in every if e.is_example]


def _examples_address(site: Site) -> str:
    return f"{PAGE}{name_of(site)}-exemples.json"


def columns_of(site: Site) -> tuple[Column, ...]:
    """Return the columns, always in this order: identity, what one says of oneself, the place."""
    said = []
    for name, key in _said():
        info = Catalyser.model_fields[name]
        found = (*info.metadata, *inside(info.annotation))
        meaning = f"{meaning_of(key, info.description)} {_choices(site, found)}".strip()
        parts = parts_of(key, found)
        said.append(Column(key, info.title or key, meaning, _form(found), parts))
    return (
        *(Column(key, *words, "texte") for key, words in _IDENTITY.items()),
        *said,
        *(
            Column(key, *words, "nombre" if key in _NUMBERS else "texte")
            for key, words in _PLACE.items()
        ),
    )


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
    page = site.absolute(site.address(entry))
    return {
        "identifiant": entry.slug,
        "page": page,
        **{key: plain(getattr(entry, name)) for name, key in _said()},
        **dict(zip(_PLACE, found, strict=True)),
    }


@functools.cache
def _said() -> tuple[tuple[str, str], ...]:
    """Return the fields that the kind says itself, then those of all places: (name, key)."""
    fields = sorted(_keys(Catalyser), key=lambda field: field[0] in Located.model_fields)
    return tuple((name, key) for name, key in fields if name not in LEFT_OUT and key not in _PLACE)


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


def csv_of(columns: Iterable[Column], records: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the CSV (RFC 4180 with semicolons, as French spreadsheets have it, and a BOM)."""
    names = [column.name for column in columns]
    text = io.StringIO()
    # With quotes around each, a cell is not cut where another separator is expected.
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    writer.writerows([harmless(cell(found[name]), name) for name in names] for found in records)
    return text.getvalue().encode("utf-8-sig", "replace")


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
    if column in _NUMBERS and _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def json_of(site: Site, records: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the JSON: what the file is, then the records, one a line."""
    return _lines({**_about(site), name_of(site): []}, records)


def examples_json(site: Site, examples: Iterable[Catalyser]) -> bytes:
    """Return the JSON of the examples, which says what they are, of each and of the whole."""
    head = {**_about(site), "exemple": True, name_of(site): []}
    return _lines(head, ({**record(site, entry), "exemple": True} for entry in examples))


def geojson_of(site: Site, records: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the GeoJSON (RFC 7946) of the records that have a point; the others have no place."""
    features = (
        {
            "type": "Feature",
            "id": found["identifiant"],
            "geometry": {
                "type": "Point",
                "coordinates": [found["longitude"], found["latitude"]],
            },
            "properties": {k: v for k, v in found.items() if k not in {"latitude", "longitude"}},
        }
        for found in records
        if found["latitude"] is not None
    )
    return _lines({"type": "FeatureCollection", **_about(site), "features": []}, features)


def name_of(site: Site) -> str:
    """Return the name of the files, without their ends, and of the list in the JSON."""
    return site.kind(Catalyser.kind_name).file_name


def licence(site: Site) -> str:
    """Return the licence of the directory, or that its owner has still to choose it."""
    return site.config.data_licence or TO_CONFIRM


def _about(site: Site) -> dict[str, str]:
    title = f"{site.kind(Catalyser.kind_name).title} : {site.config.name}"
    reference = site.absolute(PAGE)
    return {"titre": title, "licence": licence(site), "credit": CREDIT, "reference": reference}


def _lines(document: Mapping[str, Any], items: Iterable[Any]) -> bytes:
    """Return a JSON document that ends with a list, an item a line."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    head = encode(document).removesuffix("]}")
    body = ",\n".join(map(encode, items))
    return f"{head}\n{body}\n]}}\n".encode("utf-8", "replace")


def _form(found: Collection[Any]) -> str:
    """Return in words what the values of a field are, from what its type is made of."""
    if Ellipsis in found:
        parts = any(isinstance(one, type) and issubclass(one, Part) for one in found)
        return "liste de groupes" if parts else "liste"
    return "date" if {datetime.date, PartialDate} & {*found} else "texte"


def _choices(site: Site, found: Collection[Any]) -> str:
    """Return the values that a column may take, when a vocabulary lists them."""
    for role in found:
        if isinstance(role, Reference) and ":" in role.target:
            terms = site.vocabulary(role.target.partition(":")[2])
            known = [one for t in terms for one in (t.activities if role.part else (t,))]
            words = ", ".join(f"{one.key} ({one.name})" for one in known)
            return f"Valeurs : {words}." if words else ""
    return ""
