from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from maille.content.documents import Body, Document, Positions
from maille.kinds.webinaire import KIND, Webinaire
from maille.schema.kind import list_references
from tests.building import SMALL, build
from tests.small_site import write_small_site

NEEDED = {
    "titre": "X",
    "resume": "r",
    "date": "2023-06-08",
    "cycle": "c",
    "sources": ({"titre": "S"},),
}


def webinar(**keys: Any) -> Webinaire:
    document = Document("content/webinaires/x.md", {}, Positions(), Positions(), Body("", ""))
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


def test_a_slip_in_its_name_is_told_with_the_right_one(tmp_path: Path) -> None:
    # Its address has its year: a name alone gives no address of a page that would be lost.
    root = write_small_site(tmp_path)
    for folder in ("webinaires", "ressources"):
        (root / "content" / folder).mkdir()
    (root / "content/webinaires/acteurs-et-lieux.md").write_text(
        "---\ntitre: Acteurs et lieux\nresume: Inventé.\ndate: 2023-06-08\ncycle: cycle-2023\n"
        "sources: [{titre: Un document d'essai}]\n---\n",
        "utf-8",
    )
    (root / "content/ressources/guide.md").write_text(
        "---\ntitre: Guide d'essai\nresume: Inventé.\ntype: guide\nurl: https://guide.example/\n"
        "webinaires: [acteur-et-lieux]\nsources: [{titre: Un document d'essai}]\n---\n",
        "utf-8",
    )
    problems = build(root, root / "output", views=SMALL, publish=False).problems
    [told] = [one for one in problems if one.path == "content/ressources/guide.md"]
    assert (told.line, told.hint) == (6, "vouliez-vous dire « acteurs-et-lieux » ?")
