from __future__ import annotations

import datetime
from typing import Any

from maille.content.documents import Body, Document, KeyPath, Positions
from maille.kinds.projet import KIND, Projet
from maille.schema.kind import list_references


def project(**keys: Any) -> Projet:
    document = Document("content/projets/x.md", {}, Positions(), Positions(), Body("", ""))
    header = {"nom": "X", "resume": "r", "sources": ({"titre": "S"},), **keys}
    return Projet.model_validate(header, context={"document": document})


def test_what_a_project_says() -> None:
    found = project(annonces=({"texte": "a", "date": "2024-06"},))
    assert (found.heading, found.abstract, found.key) == ("X", "r", ("projet", "x"))
    assert KIND.make_address(found.slug) == "/projets/x/"
    assert str(found.announcements[0].date) == "2024-06"
    assert found.announcements[0].follow_up is None


def test_the_names_of_a_project_are_todays_then_the_former_ones() -> None:
    former = ({"nom": "A"}, {"nom": "B", "jusqu_en": "2024"})
    assert project(anciens_noms=former).names == ("X", "A", "B")
    assert project().names == ("X",)


def test_a_date_without_a_state_is_a_fault() -> None:
    def list_faults(**typed: str) -> list[KeyPath]:
        document = Document("content/projets/x.md", typed, Positions(), Positions(), Body("", ""))
        keys = {"nom": "X", "resume": "r", "sources": ({"titre": "S"},), **typed}
        found = Projet.model_validate(keys, context={"document": document})
        return [fault.path for fault in found.check_keys()]

    assert list_faults(etat_le="2024") == [("etat_le",)]
    assert list_faults(etat="en-cours", etat_le="2024") == list_faults() == []
    days = dict(project(etat="en-cours", etat_le="2024-05").list_days_done())
    assert days == {"etat_le": datetime.date(2024, 5, 1)}


def test_a_project_names_catalysers() -> None:
    named = [(path, value) for path, _, value in list_references(project(catalyseurs=("a", "b")))]
    assert named == [(("catalyseurs", 0), "a"), (("catalyseurs", 1), "b")]


def test_what_is_still_unknown_of_a_project() -> None:
    announced = ({"texte": "a"}, {"texte": "b", "suite": "fait"})
    found = project(nom_provisoire="oui", annonces=announced)
    assert list(found.list_unknowns()) == [
        "le vrai nom du projet",
        "la suite donnée à l'annonce « a »",
    ]
    assert list(project().list_unknowns()) == []
