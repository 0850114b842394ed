from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from maille.content.documents import Body, Document
from maille.kinds.webinaire import KIND, Webinaire
from maille.schema.kind import list_references

NEEDED = {
    "titre": "X",
    "resume": "r",
    "date": "2023-06-08",
    "cycle": "c",
    "sources": ({"titre": "S"},),
}


def webinar(**keys: Any) -> Webinaire:
    document = Document("content/webinaires/x.md", {}, {}, {}, Body("", ""))
    return Webinaire.model_validate(NEEDED | keys, context={"document": document})


@pytest.mark.parametrize("date", ["2023-06-08", "2023-06", "2023"])
def test_the_webinars_of_a_year_stand_together(date: str) -> None:
    found = webinar(date=date)
    assert found.key == ("webinaire", "x")
    assert KIND.make_address(found.address_slug) == "/webinaires/2023/x/"


def test_slides_show_that_it_took_place_as_a_recording_and_minutes_do() -> None:
    addresses = {key: f"https://exemple.example/{key}" for key in ("replay", "compte_rendu")}
    slides = "https://exemple.example/support"
    assert webinar().traces == ()
    assert webinar(support=slides).traces == (slides,)
    assert webinar(**addresses, support=slides).traces == (*addresses.values(), slides)


def test_the_cycle_is_a_term_of_its_vocabulary() -> None:
    named = [
        (path, getattr(role, "target", ""), value)
        for path, role, value in list_references(webinar())
    ]
    assert (("cycle",), "vocabulaire:cycles", "c") in named


def test_a_speaker_has_a_name_and_a_public_role() -> None:
    speaker = {"nom": "N", "fonction": "F", "structure": "S"}
    (found,) = webinar(intervenants=(speaker,)).speakers
    assert (found.name, found.position, found.structure) == ("N", "F", "S")
    for key in ("nom", "fonction"):
        less = {name: value for name, value in speaker.items() if name != key}
        with pytest.raises(ValidationError) as refused:
            webinar(intervenants=(less,))
        assert [one["loc"] for one in refused.value.errors()] == [("intervenants", 0, key)]
