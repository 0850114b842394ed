"""List the files of `/donnees/`, with the use, the format and the bytes of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maille.kinds.catalyser import Catalyser
from maille.schema.kind import Kind
from maille.site.model import Site
from maille.views.records.export_rows import (
    DIRECTORY,
    PAGE,
    encode_entries,
    find_file_name,
    find_schema_address,
    list_other_kinds,
    make_rows,
)
from maille.views.records.standards import encode_mediation, encode_structures, list_structures

DATA_INCLUSION = "https://gip-inclusion.github.io/data-inclusion-schema/latest/"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of entries: its kind, address, title, use in one line, bytes, and count of entries.

    `form` and `media_type` are its format; `schema` is the address of its schema, or "".
    """

    kind: Kind
    address: str
    title: str
    words: str
    data: bytes
    count: int
    form: str = "JSON"
    media_type: str = "application/json"
    schema: str = ""


def list_files(site: Site) -> Iterator[DataFile]:
    """Yield the files of the directory, then the file of each other kind; none has examples."""
    yield from _list_own_forms(site)
    yield from _list_standards(site)
    for kind in list_other_kinds(site):
        yield DataFile(
            kind,
            f"{PAGE}{kind.file_name}.json",
            "JSON",
            f"{kind.title}, une entrée par ligne, sans leur texte.",
            encode_entries(site, kind),
            len(site.list_real(kind.model)),
            schema=find_schema_address(site, kind.name),
        )


def _list_own_forms(site: Site) -> Iterator[DataFile]:
    """Yield the files of the directory with the columns of this site: CSV, JSON, GeoJSON."""
    kind, rows = site.kind(DIRECTORY), make_rows(site)
    base, entries = f"{PAGE}{find_file_name(site)}", site.list_real(Catalyser)
    schema = find_schema_address(site)
    yield DataFile(
        kind,
        f"{base}.csv",
        "CSV",
        "Pour un tableur : UTF-8, point-virgule, une ligne par fiche.",
        rows.encode_csv(entries),
        len(entries),
        *("CSV", "text/csv"),
    )
    yield DataFile(
        kind,
        f"{base}.json",
        "JSON",
        "Pour un programme : listes et groupes y restent entiers.",
        rows.encode_json(entries),
        len(entries),
        schema=schema,
    )
    yield DataFile(
        kind,
        f"{base}.geojson",
        "GeoJSON",
        "Pour une carte (RFC 7946) : seulement les fiches qui ont un point.",
        rows.encode_geojson(entries),
        sum(row.feature is not None for row in rows.list_rows(entries)),
        *("GeoJSON", "application/geo+json", schema),
    )


def _list_standards(site: Site) -> Iterator[DataFile]:
    kind, base = site.kind(DIRECTORY), f"{PAGE}{find_file_name(site)}"
    entries = site.list_real(Catalyser)
    structures = list_structures(site, entries)
    yield DataFile(
        kind,
        f"{base}-data-inclusion.json",
        "data·inclusion",
        "Pour l'offre d'insertion : des « structures », selon la version 1 de son schéma. date_maj "
        "est le jour de la dernière correction, vérification ou source.",
        encode_structures(structures),
        len(structures),
        schema=DATA_INCLUSION,
    )
    yield DataFile(
        kind,
        f"{base}-mediation-numerique.csv",
        "Médiation numérique",
        "Mêmes noms de colonnes que le standard des lieux de médiation numérique ; les SIRET, "
        "qu'il demande, n'y sont pas.",
        encode_mediation(site, entries),
        len(entries),
        *("CSV", "text/csv"),
    )
