from __future__ import annotations

import datetime
from typing import Any

import pytest

from maille.content.documents import Body, Document, Positions
from maille.kinds.newsletter import KIND, Completeness, Newsletter


def letter(month: str, name: str = "", **keys: Any) -> Newsletter:
    document = Document(
        f"newsletters/{name or month}.md", {}, Positions(), Positions(), Body("", "")
    )
    header = {"mois": month, "titre": "T", **keys}
    return Newsletter.model_validate(header, context={"document": document})


@pytest.mark.parametrize(
    ("month", "heading"),
    [
        ("2024-05", "Lettre de mai 2024"),
        ("2024-04", "Lettre d'avril 2024"),
        ("2024-08", "Lettre d'août 2024"),
        ("2024-10", "Lettre d'octobre 2024"),
        ("2024-12", "Lettre de décembre 2024"),
    ],
)
def test_what_a_letter_is_called(month: str, heading: str) -> None:
    found = letter(month)
    assert found.heading == heading
    assert KIND.make_address(found.slug) == f"/lettres/{month}/"


def test_the_name_of_the_file_is_the_month() -> None:
    assert list(letter("2024-05").check_keys()) == []
    (fault,) = letter("2024-05", "2024-06").check_keys()
    assert fault.path == ("mois",)
    assert fault.message == "« mois » dit 2024-05 et le fichier s'appelle 2024-06.md"
    assert fault.hint == "écrivez 2024-06, ou renommez le fichier en 2024-05.md"
    (fault,) = letter("2024-05", "lettre-de-mai").check_keys()
    assert fault.hint == "renommez le fichier en 2024-05.md, ou corrigez « mois »"
    # The copy of a letter, under a name that gives no period: not the name of the copied one.
    (fault,) = letter("2024-05", "elus-2026-S54").check_keys()
    assert fault.message == "« 2026-S54 » : l'année 2026 a 53 semaines"
    assert "2024-05" not in fault.hint


def test_a_letter_waits_for_its_day() -> None:
    assert letter("2024-05").held_until is None
    assert letter("2024-05", publie_le="2024-05-31").held_until == datetime.date(2024, 5, 31)


def test_news_first_published_by_somebody_else() -> None:
    origin = {"editeur": "K", "url": "https://k.fr/", "integralite": "partielle"}
    found = letter("2024-05", origine=origin).origin
    assert found
    assert found.completeness is Completeness.PARTIAL


def test_what_a_letter_is_about() -> None:
    assert letter("2024-05").abstract == "T"
    assert letter("2024-05", resume="R").abstract == "R"


def test_what_is_still_unknown_of_a_letter() -> None:
    origin = {"editeur": "K", "url": "https://k.fr/", "integralite": "partielle"}
    assert list(letter("2024-05", origine=origin).list_unknowns()) == [
        "le jour de publication (publie_le)",
        "la fin du texte d'origine",
    ]
    whole = origin | {"integralite": "complete"}
    assert list(letter("2024-05", origine=whole, publie_le="2024-05-31").list_unknowns()) == []
