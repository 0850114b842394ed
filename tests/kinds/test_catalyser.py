from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from maille.content.documents import Body, Document, Positions
from maille.kinds.catalyser import KIND, Catalyser
from maille.schema.kind import list_references

NEEDED = {"nom": "X", "relation": "cite", "resume": "r", "sources": ({"titre": "S"},)}


def catalyser(**keys: Any) -> Catalyser:
    document = Document("catalysers/x.md", {}, Positions(), Positions(), Body("", ""))
    return Catalyser.model_validate(NEEDED | keys, context={"document": document})


def test_what_a_catalyser_says() -> None:
    found = catalyser(departement="01", telephone="06 12 34 56 70", site="https://a.fr/")
    assert (found.heading, found.abstract, found.key) == ("X", "r", ("catalyser", "x"))
    assert (found.department, found.phone) == ("01", "0612345670")
    assert not found.is_example
    assert catalyser(exemple="oui").is_example
    assert KIND.make_address(found.slug) == "/catalyseurs/x/"


@pytest.mark.parametrize("key", NEEDED)
def test_what_a_catalyser_needs(key: str) -> None:
    document = Document("catalysers/x.md", {}, Positions(), Positions(), Body("", ""))
    header = {name: value for name, value in NEEDED.items() if name != key}
    with pytest.raises(ValidationError) as refused:
        Catalyser.model_validate(header, context={"document": document})
    assert [(one["type"], one["loc"]) for one in refused.value.errors()] == [("missing", (key,))]


def test_an_example_needs_neither_relation_nor_source() -> None:
    document = Document("catalysers/exemples/x.md", {}, Positions(), Positions(), Body("", ""))
    header = {"nom": "X", "resume": "r", "exemple": "Oui"}
    found = Catalyser.model_validate(header, context={"document": document})
    assert (found.is_example, found.relation, found.sources) == (True, None, None)
    # What says neither yes nor no is at fault itself; it may be an example.
    for said, wrong in (("non", ["relation", "sources"]), ("peut-être", ["exemple"])):
        with pytest.raises(ValidationError) as refused:
            Catalyser.model_validate({**header, "exemple": said}, context={"document": document})
        assert [error["loc"] for error in refused.value.errors()] == [(key,) for key in wrong]
    with pytest.raises(ValidationError):
        catalyser(exemple="oui", sources=())


def test_what_a_catalyser_names() -> None:
    found = catalyser(
        profil="p",
        pratiques=("a", "b"),
        activites=("c",),
        themes=("d",),
        territoires=("63",),
        liens=({"nature": "n", "catalyseur": "y"},),
    )
    named = {
        path: (getattr(role, "target", ""), value) for path, role, value in list_references(found)
    }
    assert named == {
        ("profil",): ("vocabulaire:profils", "p"),
        ("pratiques", 0): ("vocabulaire:pratiques", "a"),
        ("pratiques", 1): ("vocabulaire:pratiques", "b"),
        ("activites", 0): ("vocabulaire:pratiques", "c"),
        ("themes", 0): ("vocabulaire:themes", "d"),
        ("relation",): ("vocabulaire:relations", "cite"),
        ("territoires", 0): ("", "63"),
        ("liens", 0, "catalyseur"): ("catalyser", "y"),
    }


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ({"latitude": "45"}, ("latitude",)),
        ({"longitude": "3"}, ("longitude",)),
        ({"code_insee": "80021", "commune": "Amiens"}, ("code_insee",)),
    ],
)
def test_a_place_given_by_half_or_twice(keys: dict[str, str], path: tuple[str]) -> None:
    assert [fault.path for fault in catalyser(**keys).check_keys()] == [path]
    assert list(catalyser().check_keys()) == []
    assert list(catalyser(latitude="45", longitude="3", commune="Amiens").check_keys()) == []


def test_a_record_does_not_change_once_read() -> None:
    with pytest.raises(ValidationError):
        catalyser().name = "Y"


def test_what_is_still_unknown_of_a_catalyser() -> None:
    assert list(catalyser().list_unknowns()) == [
        "le profil",
        "les pratiques",
        "la commune",
        "un moyen de contact",
        "la vérification par la structure",
    ]
    known = {"profil": "p", "pratiques": ("a",), "code_insee": "80021", "verifie_le": "2024-01-01"}
    assert list(catalyser(**known, courriel="a@b.fr").list_unknowns()) == []
    assert list(catalyser(exemple="oui").list_unknowns()) == []
