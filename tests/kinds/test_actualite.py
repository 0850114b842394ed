from __future__ import annotations

import datetime
from typing import Any

import pytest

from maille.content.documents import Body, Document, Positions
from maille.kinds.actualite import KIND, Actualite
from maille.schema.kind import list_references


def news(**keys: Any) -> Actualite:
    document = Document("content/actualites/x.md", {}, Positions(), Positions(), Body("", ""))
    header = {"titre": "X", "resume": "r", "acteur": "a", "sources": ({"titre": "S"},), **keys}
    return Actualite.model_validate(header, context={"document": document})


def test_what_a_piece_of_news_says() -> None:
    found = news(date="2024-05")
    assert (found.heading, found.abstract, found.key) == ("X", "r", ("actualite", "x"))
    assert str(found.date) == "2024-05"
    assert KIND.make_address(found.slug) == "/actualites/x/"


def test_news_name_their_actor_records_and_projects() -> None:
    found = news(catalyseurs=("c",), projets=("p", "q"))
    named = [
        (path, getattr(role, "target", ""), value) for path, role, value in list_references(found)
    ]
    assert named == [
        (("acteur",), "vocabulaire:acteurs", "a"),
        (("catalyseurs", 0), "catalyser", "c"),
        (("projets", 0), "projet", "p"),
        (("projets", 1), "projet", "q"),
    ]


def test_news_wait_for_their_day() -> None:
    assert news().held_until is None
    assert news(publie_le="2026-12-01").held_until == datetime.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("keys", "done"),
    [
        ({"date": "2024-05-02"}, {"date": "2024-05-02"}),
        ({"date": "2024-05"}, {"date": "2024-05-01"}),
        ({}, {}),
        # Dated ahead, held until that day: nothing is done yet.
        ({"date": "2026-12-01", "publie_le": "2026-12-01"}, {}),
        ({"date": "2026-12-02", "publie_le": "2026-12-01"}, {"date": "2026-12-02"}),
        ({"mise_a_jour": "2024-06-01"}, {"mise_a_jour": "2024-06-01"}),
    ],
)
def test_days_on_which_something_was_done(keys: dict[str, str], done: dict[str, str]) -> None:
    assert {path: str(day) for path, day in news(**keys).list_days_done()} == done


def test_days_of_sources_were_done_too() -> None:
    source = {"titre": "S", "date": "2024-05-02", "consulte_le": "2024-05-03"}
    assert [(path, str(day)) for path, day in news(sources=(source,)).list_days_done()] == [
        (("sources", 0, "date"), "2024-05-02"),
        (("sources", 0, "consulte_le"), "2024-05-03"),
    ]
