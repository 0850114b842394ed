"""The schema of the exports: every file that a site publishes follows it, and mistakes do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from maille.kinds.catalyser import Catalyser
from maille.views import exports
from maille.views.plans import FilePlan
from maille.views.records.export_rows import list_columns
from tests.building import WITHOUT_COMMUNES, build, copy_site
from tests.views.drawings.test_country_map import network, record
from tests.views.test_exports import AIN, HOSTILE, NOWHERE, files

SCHEMA = "donnees/catalyseurs.schema.json"
VIEW = "https://essai.example/catalyseurs/?q=essai"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature with its examples, published, and one record with all that can be typed."""
    site = copy_site(tmp_path_factory.mktemp("schema") / "site", examples=True)
    path = site / "catalysers/tout.md"
    path.write_text(FULL, encoding="utf-8")
    report = build(site, site / "output", views=WITHOUT_COMMUNES)
    assert not report.failed, report.problems
    return site / "output"


FULL = """\
---
nom: Tout d'essai
autres_noms: [Autre d'essai]
profil: accompagnateur
pratiques: [accompagnements]
relation: cite
commune: Bourg-en-Bresse
departement: 01
code_postal: 01000
adresse: 1 rue d'essai
latitude: 46.2
longitude: 5.22
territoires: [01]
site: https://exemple.fr/
courriel: contact@exemple.fr
telephone: 0612345670
resume: Un essai.
mise_a_jour: 2026-11-12
verifie_le: 2026-11-12
chiffres:
  - {valeur: "12", libelle: essais, date: 2023, source: Un document}
ecosysteme:
  - {nature: partenaire de, nom: Une structure d'essai, commune: Dijon, departement: 21}
sources:
  - {titre: Un document, date: 2023-04, url: https://exemple.fr/, consulte_le: 2026-11-12}
---
"""


@pytest.fixture(scope="module")
def schema(output: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((output / SCHEMA).read_bytes())
    Draft202012Validator.check_schema(found)
    return found


@pytest.fixture(scope="module")
def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema)


def mistakes(validator: Draft202012Validator, data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def test_every_export_follows_the_schema_that_it_names(output: Path) -> None:
    """Those of all kinds; data·inclusion and the catalogue have schemas of their own."""
    schemas = {}
    for path in output.glob("donnees/*.schema.json"):
        found = json.loads(path.read_bytes())
        Draft202012Validator.check_schema(found)
        schemas[found["$id"]] = Draft202012Validator(found)
    files = [*output.glob("donnees/*json"), *output.glob("territoires/**/catalyseurs.*json")]
    known = {
        path.relative_to(output).as_posix(): path
        for path in files
        if not path.name.endswith((".schema.json", "-data-inclusion.json"))
    }
    others = ("projets", "evenements", "webinaires", "actualites", "lettres")
    ends = (".json", ".geojson")
    assert {f"donnees/catalyseurs{end}" for end in ends} < {*known}
    assert {f"donnees/{name}.json" for name in others} < {*known}
    assert len(known) > 20
    for name, path in known.items():
        data = json.loads(path.read_bytes())
        assert mistakes(schemas[data["$schema"]], data) == [], name
    assert f"https://catalyseurs.example/{SCHEMA}" in schemas
    page = (output / "donnees/index.html").read_text(encoding="utf-8")
    assert f'href="/{SCHEMA}"' in page
    assert all(f'href="/donnees/{name}.schema.json"' in page for name in others)


@pytest.mark.parametrize("kind", ["projets", "evenements", "webinaires", "actualites", "lettres"])
def test_other_kinds_have_all_their_entries_and_no_names_of_people(output: Path, kind: str) -> None:
    data = json.loads((output / f"donnees/{kind}.json").read_bytes())
    schema = json.loads((output / f"donnees/{kind}.schema.json").read_bytes())
    assert len(data[kind]) > 1
    assert ("credit" in data) == ("commune" in data[kind][0])
    assert all(one["page"].startswith("https://catalyseurs.example/") for one in data[kind])
    columns = schema["properties"][kind]["items"]["properties"]
    assert not {"intervenants", "personnes", "brouillon"} & {*columns}
    data[kind][0]["intervenants"] = []
    assert mistakes(Draft202012Validator(schema), data)


def test_a_list_that_a_visitor_chose_follows_it(
    output: Path, validator: Draft202012Validator
) -> None:
    data = json.loads((output / "donnees/catalyseurs.json").read_bytes())
    chosen = data["catalyseurs"][:2]
    assert mistakes(validator, {**data, "vue": VIEW, "catalyseurs": chosen}) == []


def test_columns_have_their_words(schema: dict[str, Any]) -> None:
    told = schema["$defs"]
    columns = told["proprietes"]["properties"] | told["fiche"]["properties"]
    assert {*columns} == {*list_columns(Catalyser)}
    assert all(column["title"] for column in columns.values())
    assert "accompagnements" in columns["pratiques"]["description"]
    text = json.dumps(schema)
    assert "x-reference" not in text
    assert "Role" not in text  # people are in no export
    assert "A number from a source" not in text  # nor are the words of the code


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_follows_it(text: str) -> None:
    hurt = record("un").model_copy(update={"name": text, "other_names": (text,)})
    site = network((hurt, AIN), (record("deux"), NOWHERE))
    plans = {plan.address: plan for plan in exports.plan(site)}
    plan = plans[f"/{SCHEMA}"]
    assert isinstance(plan, FilePlan)
    validator = Draft202012Validator(json.loads(plan.data))
    for name in ("json", "geojson"):
        assert mistakes(validator, json.loads(files(site)[name])) == []


def change(**values: Any) -> Callable[[dict[str, Any]], object]:
    return lambda record: record.update(values)


@pytest.mark.parametrize(
    "harm",
    [
        lambda record: record.pop("departement"),
        lambda record: record.pop("latitude"),
        lambda record: record["sources"][0].pop("url"),
        change(personnes=[]),
        change(code_postal=1000),
        change(latitude="46.2"),
        change(precision="presque"),
        change(verifie_le="12/11/2026"),
        change(pratiques="accompagnements"),
        change(exemple=True),
        change(nom=""),
        change(chiffres=[{"valeur": "12"}]),
    ],
)
def test_a_mistake_is_refused(
    output: Path, validator: Draft202012Validator, harm: Callable[[dict[str, Any]], object]
) -> None:
    data = json.loads((output / "donnees/catalyseurs.json").read_bytes())
    (full,) = [one for one in data["catalyseurs"] if one["identifiant"] == "tout"]
    harm(full)
    assert mistakes(validator, data)


@pytest.mark.parametrize(
    "harm",
    [
        lambda feature: feature.pop("id"),
        lambda feature: feature["geometry"]["coordinates"].append(0),
        lambda feature: feature["geometry"].update(type="LineString"),
        lambda feature: feature["properties"].update(latitude=1.5),
        lambda feature: feature["properties"].pop("nom"),
        lambda feature: feature.update(geometry=None),
    ],
)
def test_a_mistake_in_a_point_is_refused(
    output: Path, validator: Draft202012Validator, harm: Callable[[dict[str, Any]], object]
) -> None:
    data = json.loads((output / "donnees/catalyseurs.geojson").read_bytes())
    harm(data["features"][0])
    assert mistakes(validator, data)
