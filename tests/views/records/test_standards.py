"""Records as structures of data·inclusion, read by its own package, and in médiation numérique."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
from typing import Any

import pytest
from data_inclusion.schema.v1 import structures as data_inclusion
from jsonschema import Draft202012Validator

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.site.place import Place, Precision
from maille.views.records import standards
from tests.views.drawings.test_country_map import ADDRESS, network, record
from tests.views.test_exports import HOSTILE

TOWN = dataclasses.replace(ADDRESS, precision=Precision.COMMUNE, commune="Aydat")
FULL: dict[str, Any] = {
    "adresse": "1 rue de l'Essai",
    "code_postal": "63970",
    "site": "https://été.exemple.fr/à-propos?q=é",
    "courriel": "contact@exemple.fr",
    "telephone": "04 73 00 00 00",
    "mise_a_jour": "2026-11-12",
}


def structures(site: Site) -> list[dict[str, Any]]:
    found = standards.list_structures(site, site.list_entries(Catalyser))
    made: list[dict[str, Any]] = json.loads(standards.encode_structures(found))
    assert made == found
    return made


def validate(structure: dict[str, Any]) -> data_inclusion.Structure:
    """Validate as the aggregator does, warnings too, and by the published JSON Schema."""
    schema = data_inclusion.Structure.model_json_schema()
    Draft202012Validator(schema).validate(structure)
    assert {*structure} <= {*schema["properties"]}
    found: data_inclusion.Structure = data_inclusion.Structure.model_validate(
        structure, context={"ignore_warnings": False}
    )
    return found


def test_a_record_is_a_structure() -> None:
    (one,) = structures(network((record("un", "Le Relais", **FULL), ADDRESS)))
    assert validate(one).date_maj == datetime.date(2026, 11, 12)
    assert (one["source"], one["id"]) == ("essai", "essai--un")
    assert one["lien_source"] == "https://essai.example/catalyseurs/un/"
    assert one["telephone"] == "+33473000000"
    assert one["site_web"] == "https://xn--t-9fab.exemple.fr/%C3%A0-propos?q=%C3%A9"
    assert (one["latitude"], one["longitude"]) == (45.66, 2.97)


def test_only_the_point_of_an_address_is_one() -> None:
    one, two = structures(network((record("un"), TOWN), (record("deux"), Place(Precision.UNKNOWN))))
    assert (one["commune"], one["latitude"], one["longitude"]) == ("Aydat", None, None)
    assert (two["commune"], two["code_insee"]) == (None, None)
    validate(one)
    validate(two)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_conforms_or_is_left_out(text: str) -> None:
    entry = record("un").model_copy(update={"name": text, "summary": text, "other_names": (text,)})
    for one in structures(network((entry, ADDRESS))):
        schema = Draft202012Validator(data_inclusion.Structure.model_json_schema())
        schema.validate(one)


@pytest.mark.parametrize("name", ["AB", "a" * 151])
def test_a_name_that_the_schema_refuses_is_left_out(name: str) -> None:
    entry = record("un").model_copy(update={"name": name})
    assert structures(network((entry, ADDRESS))) == []


def test_the_day_is_the_last_one_known_and_never_one_to_come() -> None:
    def day(*sources: dict[str, str], **keys: str) -> Any:
        entry = record("un", sources=sources, **keys)
        return standards.find_day(network((entry, ADDRESS)), entry)

    undated = {"titre": "Un essai"}
    assert day({**undated, "date": "2023-04"}) == datetime.date(2023, 4, 1)
    assert day({**undated, "date": "2023"}, verifie_le="2025-02-03") == datetime.date(2025, 2, 3)
    assert day({**undated, "consulte_le": "2026-11-20"}) == datetime.date(2026, 11, 20)
    assert day({**undated, "date": "1998"}) is None
    assert day({**undated, "date": "2100"}) is None
    assert day(undated) is None
    assert structures(network((record("un", sources=(undated,)), ADDRESS))) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0473000000", "+33473000000"),
        ("0612345678", "+33612345678"),
        ("0262000000", "+262262000000"),
        ("0639000000", "+262639000000"),
        ("0692000000", "+262692000000"),
        ("0590000000", "+590590000000"),
        ("0694000000", "+594694000000"),
        ("0696000000", "+596696000000"),
        ("0709000000", "0709000000"),
        ("0800000000", "0800000000"),
        ("3949", "3949"),
        ("+687123456", "+687123456"),
    ],
)
def test_numbers_have_the_code_of_their_country(typed: str, told: str) -> None:
    assert standards.format_international(typed) == told


def test_the_columns_of_mediation_numerique() -> None:
    long = "Un résumé. " * 30
    site = network(
        (record("un", "=Le Relais", **FULL), ADDRESS), (record("deux", resume=long), TOWN)
    )
    text = standards.encode_mediation(site, site.list_entries(Catalyser)).decode()
    one, two = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    assert (one["id"], one["pivot"], one["nom"]) == ("un", "", "'=Le Relais")
    assert (one["telephone"], one["courriels"]) == ("+33473000000", "contact@exemple.fr")
    assert (one["date_maj"], one["code_postal"]) == ("2026-11-12", "63970")
    assert one["presentation_resume"]
    assert not one["presentation_detail"]
    assert not two["presentation_resume"]
    assert two["presentation_detail"] == long.strip()
