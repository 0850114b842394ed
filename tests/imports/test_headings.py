"""Headings of real sheets mean keys; those that name people are known."""

from __future__ import annotations

import pytest

from maille.imports.headings import BODY, find_keys, holds_people

TITLES = {
    "nom": "Nom",
    "commune": "Commune",
    "courriel": "Courriel de la structure",
    "resume": "Résumé",
    "code_postal": "Code postal",
    "telephone": "Téléphone",
    "saison": "Saison d'ouverture",
}


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("NOM", "nom"),
        ("Nom de la structure *", "nom"),
        ("Raison sociale", "nom"),
        ("Ville (siège)", "commune"),
        ("address.addressLocality", "commune"),
        ("E-mail", "courriel"),
        ("Mail de contact", "courriel"),
        ("C.P.", "code_postal"),
        ("Tél. fixe", "telephone"),
        ("Saison", "saison"),
        ("Saison d’ouverture", "saison"),
    ],
)
def test_a_heading_means_a_key(heading: str, key: str) -> None:
    assert find_keys(heading, TITLES)[0] == key
    assert not holds_people(heading)


def test_a_description_is_the_body_then_the_summary() -> None:
    assert find_keys("Présentation", TITLES) == (BODY, "resume")


@pytest.mark.parametrize("heading", ["Cotisation", "N° adhérent", "Région", "Site", ""])
def test_other_headings_mean_nothing(heading: str) -> None:
    assert find_keys(heading, TITLES) == ()
    assert not holds_people(heading)


@pytest.mark.parametrize(
    "heading",
    [
        *("Prénom", "Nom du contact", "Contact", "Référent·e", "Référent(e)", "Directrice"),
        *("Président-e", "Portable", "Tél. portable", "Né(e) le", "Date de naissance"),
        *("Commentaires", "Notes internes", "OBSERVATIONS", "nom_contact", "properties.mobile"),
    ],
)
def test_headings_of_people_and_of_notes_are_known(heading: str) -> None:
    assert holds_people(heading)
    assert find_keys(heading, TITLES) == ()
