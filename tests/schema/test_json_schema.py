"""The JSON Schemas: they admit right files, refuse the usual mistakes, and are up to date.

`python -m tools.guide` writes `schemas/` again.
"""

from __future__ import annotations

import copy
import dataclasses
import importlib
import json
import pkgutil
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from maille import kinds
from maille.content.discover import discover
from maille.content.documents import Document
from maille.content.folders import find_owner
from maille.content.parse import parse
from maille.schema.json_schema import FOLDER, make_schema, make_schema_file
from maille.schema.kind import Kind
from tests.building import ROOT, SITE

KINDS: tuple[Kind, ...] = tuple(
    importlib.import_module(f"maille.kinds.{found.name}").KIND
    for found in pkgutil.iter_modules(kinds.__path__)
)


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    """Return what the miniature holds of every kind, and what other tests write."""
    sites = (SITE, ROOT / "tests/sites/veilleurs")
    return tuple(one for site in sites for one in parse(discover(site, KINDS).sources)[0])


def mistakes(kind: Kind, header: object) -> list[str]:
    return [error.message for error in Draft202012Validator(make_schema(kind)).iter_errors(header)]


def blank_as_null(value: Any) -> Any:
    """Return a header as other readers of YAML have it: a blank key is null."""
    if isinstance(value, Mapping):
        return {key: blank_as_null(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [blank_as_null(item) for item in value]
    return None if value == "" else value


def guessed(value: Any) -> Any:
    """Return a header as YAML 1.2 guesses its types: 63 is a number, true a yes."""
    if isinstance(value, dict):
        return {key: guessed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [guessed(item) for item in value]
    if isinstance(value, str) and re.fullmatch(r"[-+]?[0-9]+", value):
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"[-+]?[0-9]*\.[0-9]+", value):
        return float(value)
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_schema_is_a_schema_in_french(kind: Kind) -> None:
    made = make_schema(kind)
    Draft202012Validator.check_schema(made)
    text = json.dumps(made)
    assert "x-reference" not in text
    assert '"default"' not in text
    fields = {info.alias: info for info in kind.model.model_fields.values()}
    assert set(made["properties"]) == set(fields)
    for key, field in made["properties"].items():
        assert field["title"] == fields[key].title
        assert field.get("description", "").startswith(fields[key].description or "")


def refused(documents: Iterable[Document]) -> dict[str, list[str]]:
    """Return what schemas say against right files, as other readers of YAML have them."""
    found = {}
    for document in documents:
        kind = find_owner(document.path, KINDS)
        assert kind, document.path
        header = blank_as_null(document.front_matter)
        said = [*mistakes(kind, header), *mistakes(kind, guessed(copy.deepcopy(header)))]
        if said:
            found[document.path] = said
    return found


def test_right_files_of_every_kind_are_admitted(documents: tuple[Document, ...]) -> None:
    assert {find_owner(one.path, KINDS) for one in documents} == {*KINDS}
    assert refused(documents) == {}


def test_a_wrong_file_would_be_refused(documents: tuple[Document, ...]) -> None:
    wrong = dataclasses.replace(documents[0], front_matter={"essai": "inconnu"})
    assert refused([wrong, documents[1]]).keys() == {wrong.path}


GOOD: dict[str, Any] = {
    "nom": "Un",
    "relation": "cite",
    "resume": "Une phrase.",
    "sources": [{"titre": "Un document", "date": "2023-04-13"}],
}


def test_a_small_record_is_admitted() -> None:
    catalyser = next(kind for kind in KINDS if kind.name == "catalyser")
    assert mistakes(catalyser, GOOD) == []
    more = {"departement": 63, "code_postal": 1000, "telephone": 612345670, "latitude": 45.77}
    assert mistakes(catalyser, {**GOOD, **more, "exemple": True, "verifie_le": None}) == []
    assert mistakes(catalyser, {**GOOD, "latitude": "45,77", "brouillon": "Oui"}) == []


@pytest.mark.parametrize("said", [True, "oui", "Oui", "true"])
def test_an_example_needs_neither_relation_nor_source(said: object) -> None:
    catalyser = next(kind for kind in KINDS if kind.name == "catalyser")
    bare = {"nom": "Un", "resume": "Une phrase."}
    assert mistakes(catalyser, {**bare, "exemple": said}) == []
    assert mistakes(catalyser, {**bare, "exemple": said, "sources": None}) == []
    assert mistakes(catalyser, {**bare, "exemple": said, "sources": []}) != []
    for other in (bare, {**bare, "exemple": "non"}, {**GOOD, "relation": None}):
        assert mistakes(catalyser, other) != []


@pytest.mark.parametrize(
    "wrong",
    [
        {"nomm": "x"},
        {"nom": None},
        {"nom": ""},
        {"nom": ["x"]},
        {"sources": []},
        {"sources": "un document"},
        {"sources": [{"date": "2023"}]},
        {"sources": [{"titre": "T", "date": "13/04/2023"}]},
        {"sources": [{"titre": "T", "date": "2023-13"}]},
        {"sources": [{"titre": "T", "lien": "x"}]},
        {"site": "www.exemple.fr"},
        {"site": "javascript:alert(1)"},
        {"courriel": "contact"},
        {"code_postal": "6300"},
        {"telephone": "appelez-nous"},
        {"latitude": 145.7},
        {"latitude": "nord"},
        {"exemple": "peut-être"},
        {"pratiques": "accompagnements"},
        {"verifie_le": "2024-07"},
        {"verifie_le": 2024},
        {"verifie_le": "2024-07-32"},
    ],
    ids=str,
)
def test_the_usual_mistakes_are_refused(wrong: dict[str, Any]) -> None:
    catalyser = next(kind for kind in KINDS if kind.name == "catalyser")
    assert mistakes(catalyser, {**GOOD, **wrong})


def test_a_missing_key_is_refused() -> None:
    catalyser = next(kind for kind in KINDS if kind.name == "catalyser")
    for key in GOOD:
        assert mistakes(catalyser, {name: GOOD[name] for name in GOOD if name != key})


def test_lists_of_values_and_hours() -> None:
    event = next(kind for kind in KINDS if kind.name == "evenement")
    good = {
        "titre": "T",
        "resume": "R",
        "date": 2023,
        "type": "session",
        "sources": [{"titre": "S"}],
    }
    assert mistakes(event, good) == []
    assert mistakes(event, {**good, "heure": "18:30", "format": "hybride"}) == []
    assert mistakes(event, {**good, "heure": "25:00"})
    assert mistakes(event, {**good, "format": "à distance"})
    assert mistakes(event, {**good, "date": 20233})


def test_what_keys_name_is_said_in_words() -> None:
    catalyser = next(kind for kind in KINDS if kind.name == "catalyser")
    profile = make_schema(catalyser)["properties"]["profil"]
    assert profile["description"].endswith("Se choisit dans content/vocabulaires/profils.yaml.")


def test_the_committed_schemas_are_up_to_date() -> None:
    files = dict(make_schema_file(kind) for kind in KINDS)
    committed = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in (ROOT / FOLDER).glob("*.json")
    }
    assert committed == files, "lancez : python -m tools.guide"


def test_the_editor_settings_name_schemas_that_exist() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    for schema, patterns in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        for pattern in patterns:
            kind = find_owner(pattern.replace("*", "essai"), KINDS)
            assert kind
            assert make_schema_file(kind)[0] == schema.removeprefix("./")
