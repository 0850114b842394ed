from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from maille.content.documents import Body, Document, Positions
from maille.kinds.evenement import KIND, Evenement
from maille.schema.kind import list_references

NEEDED = {
    "titre": "X",
    "resume": "r",
    "date": "2023-06-08",
    "type": "session",
    "sources": ({"titre": "S"},),
}
DOCUMENT = Document("content/evenements/x.md", {}, Positions(), Positions(), Body("", ""))


def event(**keys: Any) -> Evenement:
    return Evenement.model_validate(NEEDED | keys, context={"document": DOCUMENT})


def test_what_an_event_says() -> None:
    found = event(edition=" 24.1 ")
    assert (found.heading, found.abstract, found.key) == ("X", "r", ("evenement", "x"))
    assert found.rank == "24.1"
    assert event().rank is None


def test_events_stand_below_the_address_that_visitors_read() -> None:
    assert KIND.make_address(event().address_slug) == "/rencontres/x/"
    assert KIND.title == "Rencontres"


def test_the_type_of_an_event_is_a_term_of_its_vocabulary() -> None:
    named = {path: getattr(role, "target", "") for path, role, _ in list_references(event())}
    assert named[("type",)] == "vocabulaire:types-d-evenement"


@pytest.mark.parametrize("key", NEEDED)
def test_what_an_event_needs(key: str) -> None:
    header = {name: value for name, value in NEEDED.items() if name != key}
    with pytest.raises(ValidationError) as refused:
        Evenement.model_validate(header, context={"document": DOCUMENT})
    assert [(one["type"], one["loc"]) for one in refused.value.errors()] == [("missing", (key,))]
