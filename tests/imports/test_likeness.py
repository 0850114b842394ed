"""How alike two records are: what makes them nearly one, and what tells them apart."""

from __future__ import annotations

import pytest

from maille.imports.likeness import NEAR, Likeness, compare, identify, list_words

HERE = {"nom": "La Ressourcerie du Pont", "commune": "Dijon", "departement": "21"}
CONTACTS = {
    "site": "https://www.pont.example/",
    "courriel": "contact@pont.example",
    "telephone": "03 80 00 00 00",
    "adresse": "2 rue du Pont",
}
ELSEWHERE = {
    "site": "https://autre.example",
    "courriel": "contact@autre.example",
    "telephone": "03 80 00 00 01",
    "adresse": "9 quai Neuf",
}


def like(one: dict[str, str], other: dict[str, str]) -> Likeness:
    left, right = identify(one), identify(other)
    assert compare(left, right).score == compare(right, left).score
    return compare(left, right)


@pytest.mark.parametrize(
    "other",
    [
        {"nom": "RESSOURCERIE DU PONT"},
        {"nom": "Pont (la Ressourcerie du)"},
        {"nom": "Association la ressourcerie du pont (loi 1901)"},
        {"nom": "La Ressourcerie du Pont de Dijon"},
        {"nom": "La Resourcerie du Pont"},
        {"commune": ""},
    ],
)
def test_one_organisation_written_otherwise_in_its_commune_is_near(other: dict[str, str]) -> None:
    assert like(HERE, HERE | other).score >= NEAR


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({}, {"nom": "La Ressourcerie du Pont et compagnie"}, "nom plus long : compagnie"),
        ({}, {"nom": "Tout autre nom"}, "même courriel"),
        ({}, {"nom": "Autre", "courriel": "", "telephone": "", "adresse": ""}, "même site"),
        ({}, {"nom": "Autre", "site": "http://pont.example/accueil"}, "même site"),
        ({}, {"commune": "Lyon", "departement": "69"}, "même nom"),
        ({"autres_noms": ["L'Atelier"]}, {"nom": "L'Atelier"}, "même autre nom"),
    ],
)
def test_contacts_find_who_was_renamed_or_moved(
    one: dict[str, str], other: dict[str, str], reason: str
) -> None:
    found = like(HERE | CONTACTS | one, HERE | CONTACTS | other)
    assert found.score >= NEAR
    assert reason in found.reasons


@pytest.mark.parametrize(
    "other",
    [
        HERE | {"commune": "Lyon", "departement": "69"},
        HERE | ELSEWHERE | {"commune": "Lyon", "departement": "69"},
        HERE | {"nom": "Les Amis de la Ressourcerie du Pont", "adresse": CONTACTS["adresse"]},
        HERE | {"nom": "La Ressourcerie du Pont 2"},
        HERE | {"nom": "La Ressourcerie du Pont Nord", "site": CONTACTS["site"]},
        HERE | ELSEWHERE | {"nom": "L'Étape", "telephone": CONTACTS["telephone"]},
        HERE | ELSEWHERE | {"nom": "La Resourcerie du Pont"},
        {"nom": "Le Comptoir", "commune": "Lyon", "departement": "69", "site": CONTACTS["site"]},
    ],
)
def test_two_organisations_that_share_something_are_not(other: dict[str, str]) -> None:
    assert like(HERE | CONTACTS, other).score < NEAR


def test_a_name_in_full_is_its_short_form() -> None:
    assert list_words("Communauté de communes du Val") == list_words("CC du Val")
    assert list_words("Pôle territorial de coopération économique") == ("ptce",)
    assert list_words("L'Association") == ("l", "association")


def test_without_a_name_nothing_is_alike() -> None:
    assert compare(identify({}), identify({})).score == 0
