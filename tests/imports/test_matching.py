"""Rows matched with records: for certain, or reported beside the records that they may be."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from maille.imports.mapping import Settings
from maille.imports.matching import Directory, match_rows
from maille.imports.records import Row
from tests.imports.merging_kit import make_record, read_rows

RELAIS = b"""\
---
nom: Le Relais
commune: Dijon
departement: "21"
site: https://www.relais.example/
courriel: contact@relais.example
---
"""
PONT = b'---\nnom: Le Pont\nidentifiant: A-12\ncommune: Lyon\ndepartement: "69"\n---\n'
HERE = {"commune": "Dijon", "departement": "21"}


def match_cells(
    *cells: Mapping[str, str], records: Mapping[str, str] | None = None, was: str = ""
) -> list[Row]:
    settings = Settings("content/imports/a.toml", records=dict(records or {}))
    rows = read_rows([*cells], settings)
    known = [make_record(RELAIS), make_record(PONT, "catalysers/le-pont.md")]
    match_rows(rows, Directory(known, lambda slug: "le-relais" if slug == was else ""), settings)
    return rows


def match_one(cells: Mapping[str, str], was: str = "", **records: str) -> str:
    """Return the path of the record that a row is, "" if it is none, or "?" if it is told."""
    [row] = match_cells(cells, records=records, was=was)
    assert not (row.record and row.faults)
    return "?" if row.faults else row.record.path if row.record else ""


@pytest.mark.parametrize(
    ("cells", "path"),
    [
        ({"nom": "LE RELAIS", **HERE}, "catalysers/le-relais.md"),
        ({"nom": "Le Relais", "site": "relais.example"}, "catalysers/le-relais.md"),
        ({"nom": "Le Relais", "courriel": "contact@relais.example", "commune": "Nice"}, "same"),
        ({"nom": "Tout autre", "identifiant": "A-12", "commune": "Lyon"}, "catalysers/le-pont.md"),
        ({"nom": "Le Relais", "identifiant": "le-relais"}, "catalysers/le-relais.md"),
        ({"nom": "Le Relais", "commune": "Nice", "departement": "06"}, ""),
        ({"nom": "Le Pont", "commune": "Lyon", "departement": "69", "identifiant": "B-1"}, ""),
        ({"nom": "Le Relai", **HERE}, "?"),
        ({"nom": "Autre nom", **HERE, "site": "https://relais.example"}, "?"),
        ({"nom": "Association Le Relais", **HERE}, "?"),
        ({"nom": "Rien de tel", "identifiant": "A-12", "commune": "Nice"}, "?"),
    ],
)
def test_a_row_meets_its_record(cells: Mapping[str, str], path: str) -> None:
    assert match_one(cells) == ("catalysers/le-relais.md" if path == "same" else path)


def test_a_sheet_may_have_the_file_name_of_before() -> None:
    cells = {"nom": "Le Relais", "identifiant": "ancien-relais"}
    assert match_one(cells, was="ancien-relais") == "catalysers/le-relais.md"


def test_who_is_nearly_the_same_is_shown_side_by_side_with_why_and_what_to_type() -> None:
    [row] = match_cells({"nom": "Le Relai", **HERE, "adresse": "2 rue Neuve"})
    [note] = row.faults
    assert "ressemble à catalysers/le-relais.md (75 sur 100 : nom à une lettre près" in note.message
    assert "la ligne : Le Relai, 2 rue Neuve, Dijon" in note.message
    assert "catalysers/le-relais.md : Le Relais, Dijon, https://www.relais.example/" in note.message
    assert '"Le Relai" = "le-relais" si c\'est la même, "+"' in note.hint
    assert row.is_repeated


def test_the_mapping_settles_it() -> None:
    cells = {"nom": "Le Relai", **HERE}
    assert match_one(cells, **{"Le Relai": "le-relais"}) == "catalysers/le-relais.md"
    assert match_one(cells, **{"Le Relai": "+"}) == ""
    [row] = match_cells(cells, records={"Le Relai": "rien"})
    assert "n'est pas une fiche" in row.faults[0].message


def test_rows_of_one_name_are_settled_with_their_commune() -> None:
    rows = match_cells(
        *({"nom": "Le Relai", **HERE}, {"nom": "Le Relai", "commune": "Nice"}),
        records={"Le Relai, Dijon": "le-relais"},
    )
    assert [row.record is not None for row in rows] == [True, False]


def test_two_rows_of_one_record_and_two_of_one_name_and_place_are_told() -> None:
    rows = match_cells(
        {"nom": "Le Relais", **HERE},
        {"nom": "Le Relais", "identifiant": "le-relais", **HERE},
        {"nom": "Neuf", "commune": "Nice"},
        {"nom": "NEUF", "commune": "Nice"},
    )
    assert [len(row.faults) for row in rows] == [0, 1, 0, 1]
    assert "la même fiche, catalysers/le-relais.md" in rows[1].faults[0].message
    assert "répète la ligne 4 de « a » : même nom et même lieu" in rows[3].faults[0].message


def test_a_row_that_may_be_two_records_is_told() -> None:
    settings = Settings("a.toml")
    [row] = rows = read_rows([{"nom": "Le Relais", **HERE}], settings)
    known = [make_record(RELAIS), make_record(RELAIS, "catalysers/relais-2.md")]
    match_rows(rows, Directory(known, lambda _: ""), settings)
    assert "peut être plusieurs fiches" in row.faults[0].message
    assert "relais-2.md" in row.faults[0].message


@pytest.mark.parametrize("name", ["TOTAL", "60", "Total : 60", "Sous-total", "1 200"])
def test_a_row_that_counts_others_is_no_record(name: str) -> None:
    [row] = match_cells({"nom": name})
    [note] = row.faults
    assert "un total ou un numéro" in note.message
    assert f'"{name}" = "+"' in note.hint
    assert match_one({"nom": name}, **{name: "+"}) == ""


@pytest.mark.parametrize("name", ["Total Relais", "Le 104", "6 B", "Somme Numérique"])
def test_a_name_with_a_number_is_a_name(name: str) -> None:
    assert match_one({"nom": name}) == ""


def test_a_number_that_is_somewhere_is_a_name() -> None:
    assert match_one({"nom": "104", **HERE}) == ""


def test_two_new_rows_that_are_nearly_one_are_asked_about() -> None:
    phone = {**HERE, "telephone": "03 80 00 00 00", "adresse": "1 rue de l'Essai"}
    cells = ({"nom": "Maison des Essais", **phone}, {"nom": "Espace Témoin", **phone})
    first, second = match_cells(*cells)
    assert first.faults == []
    [note] = second.faults
    assert "ressemble à la ligne 2" in note.message
    assert "même téléphone" in note.message
    assert '"Espace Témoin" = "+"' in note.hint
    assert match_cells(*cells, records={"Espace Témoin": "+"})[1].faults == []
    numbered = [{**one, "identifiant": f"N{n}"} for n, one in enumerate(cells)]
    assert [row.faults for row in match_cells(*numbered)] == [[], []]
    apart = match_cells(cells[0], {"nom": "Espace Témoin", **HERE, "adresse": "1 rue de l'Essai"})
    assert [row.faults for row in apart] == [[], []]
