"""The exports of the directory and of other kinds, and the page that describes them.

The columns are the identity of the entry, the fields of its kind, then its place. Examples and
names of people are left out. `js/export-files.js`, which exports the list that a visitor has found,
follows the rules of `export_rows`.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pydantic.fields import FieldInfo

from maille.kinds.catalyser import Catalyser
from maille.schema.fields import Reference
from maille.schema.kind import Entry, Kind, is_list, list_parts, list_types, map_keys
from maille.schema.vocabulary import select_terms
from maille.site.model import Site
from maille.site.writing import find_recipient
from maille.text.dates import PartialDate
from maille.text.names import make_slug
from maille.views.plans import FilePlan, PagePlan, Plan
from maille.views.records import catalogue
from maille.views.records.export_rows import (
    BETWEEN,
    CREDIT,
    DIRECTORY,
    IDENTITY,
    NUMBERS,
    PAGE,
    PLACE,
    find_file_name,
    find_licence,
    find_schema_address,
    has_place,
    list_fields,
    list_other_kinds,
)
from maille.views.records.export_schema import encode_schema
from maille.views.records.published_files import list_files

SOURCE = "les exports"
# Meanings of columns, and titles of parts of a group, in the public reference. They replace the
# texts of the kind, which are for editors.
_PUBLIC_WORDS = {
    "profil": "Vide si aucune source ne le dit.",
    "themes": "Vide si aucune source ne le dit.",
    "resume": "Une phrase.",
    "verifie_le": "Le jour où la fiche a été confirmée ; vide, elle ne l'a pas été.",
    "liens.catalyseur": "Identifiant de l'autre fiche",
    "ecosysteme.catalyseur": "Identifiant d'une autre fiche",
    "ecosysteme.projet": "Ou identifiant d'un projet",
}
# Titles for the public. They replace titles that use a word of one network for its records, or that
# mention file names.
_PUBLIC_TITLES = {"catalyseurs": "Fiches de l'annuaire (identifiants)"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column in the reference; `parts` has the key and the title of each part of a group."""

    name: str
    title: str
    meaning: str
    form: str
    parts: tuple[tuple[str, str], ...] = ()


def plan(site: Site) -> Iterator[Plan]:
    """Yield the page of the exports, its files, and their schemas."""
    directory = site.kind(DIRECTORY)
    kinds = (directory, *list_other_kinds(site))
    columns = {kind.name: describe_columns(site, kind) for kind in kinds}
    for kind in kinds:
        words = {one.name: (one.title, one.meaning) for one in columns[kind.name]}
        schema = encode_schema(site, kind, words)
        yield FilePlan(find_schema_address(site, kind.name), schema, SOURCE)
    files = tuple(list_files(site))
    entries = site.list_real(Catalyser)
    yield PagePlan(
        PAGE,
        "donnees.html",
        "Données",
        "L'annuaire en fichiers, avec le sens de chaque colonne, et le reste du site.",
        {
            "columns": columns[DIRECTORY],
            "schema": find_schema_address(site),
            "files": [file for file in files if file.kind == directory],
            "others": [file for file in files if file.kind != directory],
            "catalogue": catalogue.ADDRESS,
            "count": len(entries),
            "between": BETWEEN.strip(),
            "licence": find_licence(site),
            "credit": CREDIT,
        },
        source=SOURCE,
    )
    yield from (FilePlan(file.address, file.data, SOURCE) for file in files)
    yield FilePlan(catalogue.ADDRESS, catalogue.encode_catalogue(site, files), SOURCE)


def encode_geojson(site: Site) -> tuple[bytes, int]:
    """Return the GeoJSON of the directory, and how many records have a point."""
    file = next(one for one in list_files(site) if one.form == "GeoJSON")
    return file.data, file.count


def make_download_context(site: Site) -> Mapping[str, str]:
    """Return the context of « Cette liste », where visitors export the list that they have found.

    `network` is where to write to the network, or its own site; "" if neither is known.
    """
    name, recipient = find_file_name(site), find_recipient(site.config)
    return {
        "records": f"{PAGE}{name}.json",
        "name": "-".join(filter(None, (make_slug(site.config.short_name), name))),
        "licence": find_licence(site),
        "credit": CREDIT,
        "network": recipient.address if recipient else site.config.network_site or "",
    }


def describe_columns(site: Site, kind: Kind) -> tuple[Column, ...]:
    """Return the columns of a kind in the order of its exports: identity, fields, place."""
    place = PLACE if has_place(kind.model) else {}
    return (
        *(Column(key, *words, "texte") for key, words in IDENTITY.items()),
        *(
            replace(column, meaning=f"{column.meaning} {_list_choices(site, role)}".strip())
            if role
            else column
            for column, role in _describe_fields(kind.model)
        ),
        *(
            Column(key, *words, "nombre" if key in NUMBERS else "texte")
            for key, words in place.items()
        ),
    )


@functools.cache
def _describe_fields(model: type[Entry]) -> tuple[tuple[Column, Reference | None], ...]:
    """Return the column of each field of a model; and, if a vocabulary has its values, which."""
    found = []
    for name, key in list_fields(model):
        info = model.model_fields[name]
        meaning = _PUBLIC_WORDS.get(key, info.description or "").strip()
        title = _PUBLIC_TITLES.get(key, info.title or key)
        column = Column(key, title, meaning, _describe_form(info), _list_parts(key, info))
        roles = (*info.metadata, *list_types(info.annotation))
        of_terms = (one for one in roles if isinstance(one, Reference) and ":" in one.target)
        found.append((column, next(of_terms, None)))
    return tuple(found)


def _describe_form(info: FieldInfo) -> str:
    if is_list(info):
        return "liste de groupes" if any(list_parts(info.annotation)) else "liste"
    return "date" if {datetime.date, PartialDate} & {*list_types(info.annotation)} else "texte"


def _list_choices(site: Site, role: Reference) -> str:
    """Return a sentence with the terms that a column may have; "" if there are none."""
    terms = site.vocabulary(role.target.partition(":")[2])
    known = select_terms(terms, role.part)
    words = ", ".join(f"{one.key} ({one.name})" for one in known)
    return f"Valeurs : {words}." if words else ""


def _list_parts(column: str, info: FieldInfo) -> tuple[tuple[str, str], ...]:
    """Return the key and the title of each part of a column of groups; () for other columns."""
    return tuple(
        (key, _PUBLIC_WORDS.get(f"{column}.{key}", inner.title or ""))
        for part in list_parts(info.annotation)
        for key, inner in map_keys(part).items()
    )
