"""Records as files have them: each value as data, as a cell, and as a line of each format."""

from __future__ import annotations

import csv
import dataclasses
import json

import pytest

from maille.kinds.catalyser import Catalyser
from maille.schema.fields import Part
from maille.site.place import Place, Precision
from maille.views.records import export_rows
from tests.views.drawings.test_country_map import ADDRESS, network, record

NOWHERE = Place(Precision.UNKNOWN)


def test_only_numbers_are_spared_in_the_columns_of_numbers() -> None:
    assert export_rows.escape_formula("-1.55", "longitude") == "-1.55"
    assert export_rows.escape_formula("+33473000000", "telephone") == "+33473000000"
    assert export_rows.escape_formula("=1+1", "telephone") == "'=1+1"
    assert export_rows.escape_formula("-1.55", "resume") == "'-1.55"
    assert export_rows.escape_formula("+1-2", "latitude") == "'+1-2"


def test_lists_and_groups_in_a_cell() -> None:
    assert export_rows.format_cell(["a", "b"]) == "a | b"
    assert (
        export_rows.format_cell([{"titre": "T", "date": None, "url": "https://a.fr"}])
        == "titre: T ; url: https://a.fr"
    )
    assert (
        export_rows.format_cell(None),
        export_rows.format_cell([]),
        export_rows.format_cell(45.5),
        export_rows.format_cell(0.0),
    ) == (
        *("", "", "45.5"),
        "0.0",
    )


def test_plain_data_is_what_editors_type() -> None:
    figures = ({"valeur": "3", "libelle": "l", "date": "2023", "source": "S"},)
    entry = record("un", chiffres=figures, verifie_le="2024-05-02")
    assert export_rows.convert_value(entry.figures) == [*figures]
    assert export_rows.convert_value(entry.verified_on) == "2024-05-02"
    assert export_rows.convert_value(None) is None


def test_a_record_has_the_place_that_was_found_and_its_page() -> None:
    site = network((record("un", commune="AYDAT"), ADDRESS))
    found = export_rows.make_record(site, site.list_entries(Catalyser)[0])
    assert tuple(found) == export_rows.list_columns(Catalyser)
    assert (found["identifiant"], found["page"]) == (
        "un",
        "https://essai.example/catalyseurs/un/",
    )
    place = ("commune", "departement", "departement_nom", "region", "latitude", "precision")
    assert [found[name] for name in place] == [
        *("Aydat", "63", "Puy-de-Dôme", None),
        *(45.66, "adresse"),
    ]


def test_each_line_is_made_once_for_all_files() -> None:
    site = network((record("un"), ADDRESS), (record("deux"), NOWHERE))
    one, two = site.list_entries(Catalyser)
    made = export_rows.make_rows(site)
    assert export_rows.make_rows(site) is made
    (first,) = made.list_rows([one])
    assert made.list_rows([two, one])[1] is first
    assert export_rows.make_rows(network()) is not made


def test_the_lines_say_the_same_in_each_format() -> None:
    site = network((record("un", 'L\'« été » ; "Hub"'), ADDRESS), (record("deux"), NOWHERE))
    first, nowhere = export_rows.make_rows(site).list_rows(site.list_entries(Catalyser))
    data = json.loads(first.json)
    assert first.feature
    feature = json.loads(first.feature)
    assert feature["id"] == data["identifiant"] == "un"
    assert feature["geometry"] == {"type": "Point", "coordinates": [2.97, 45.66]}
    assert feature["properties"] == {
        key: value for key, value in data.items() if key not in {"latitude", "longitude"}
    }
    (cells,) = csv.reader([first.csv], delimiter=";", strict=True)
    assert dict(zip(export_rows.list_columns(Catalyser), cells, strict=True))["nom"] == data["nom"]
    assert nowhere.feature is None


@pytest.mark.parametrize("form", ["json", "geojson", "csv"])
def test_a_file_holds_the_records_that_are_asked_for(form: str) -> None:
    site = network((record("un"), ADDRESS), (record("deux"), ADDRESS), (record("trois"), NOWHERE))
    every = site.list_entries(Catalyser)
    made = export_rows.make_rows(site)
    chosen = (every[2], every[0])
    if form == "csv":
        lines = [
            *csv.reader(made.encode_csv(chosen).decode("utf-8-sig").splitlines(), delimiter=";")
        ]
        assert lines[0] == [*export_rows.list_columns(Catalyser)]
        assert [line[0] for line in lines[1:]] == ["trois", "un"]
    elif form == "json":
        found = json.loads(made.encode_json(chosen))
        assert [one["identifiant"] for one in found["catalyseurs"]] == ["trois", "un"]
        assert found["titre"].endswith(" : Essai")
        assert found["reference"] == "https://essai.example/donnees/"
    else:  # who has no point has no place there
        assert [one["id"] for one in json.loads(made.encode_geojson(chosen))["features"]] == ["un"]


def test_the_licence_is_that_of_the_owner_once_it_is_chosen() -> None:
    site = network()
    assert export_rows.find_licence(site) == "licence à confirmer"
    config = site.config.model_copy(update={"data_licence": "Licence Ouverte 2.0"})
    site = dataclasses.replace(site, config=config)
    assert export_rows.find_licence(site) == "Licence Ouverte 2.0"


def test_every_group_of_keys_becomes_plain_data() -> None:
    (source,) = record("un").sources or ()
    assert isinstance(source, Part)
    assert export_rows.convert_value(source)["titre"] == "Un essai"
    assert export_rows.convert_value(source)["date"] == "2023-04-13"
