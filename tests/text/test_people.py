"""What names or joins a person is recognised; what belongs to an organisation is not."""

from __future__ import annotations

import pytest

from maille.text.people import (
    find_person,
    find_person_in_address,
    is_mobile,
    is_personal_mailbox,
    is_personal_page,
)


@pytest.mark.parametrize(
    "typed", ["06 39 98 00 01", "+33 7 00 00 01 47", "639980001", "0033639980001"]
)
def test_mobiles(typed: str) -> None:
    assert is_mobile(typed)


@pytest.mark.parametrize("typed", ["03 53 01 00 17", "0800 00 00 00", "3949", "?", ""])
def test_other_numbers(typed: str) -> None:
    assert not is_mobile(typed)


@pytest.mark.parametrize(
    "address",
    [
        *("camille.exemple@essai.example", "c.exemple@essai.example", "camille@essai.example"),
        *("mfs.camille.exemple@outlook.fr", "camille.accueil@essai.example", "uvo.abade@pnr.fr"),
        *("cscc24.exemple@gmail.com", "M.EXEMPLE@CC-ESSAI.FR", "exemple-p@essai.fr"),
        *("exemple_c@essai.example", "camillexemple@gmail.com", "CAMILLE-EXEMPLE@orange.fr"),
    ],
)
def test_mailboxes_of_people(address: str) -> None:
    assert is_personal_mailbox(address, "Le Relais Dijon")


@pytest.mark.parametrize(
    "address",
    [
        *(
            "contact@essai.example",
            "le-relais@gmail.com",
            "relais.dijon@orange.fr",
            "dijon@essai.fr",
        ),
        *(
            "accueil.dijon@essai.example",
            "essai@essai.example",
            "asso.truc@free.fr",
            "lrd@gmail.com",
        ),
        *("franceservices.beauval@essai.fr", "msap.beauval@hotmail.com", "mds.beauval@essai.fr"),
        *("centresocial.beauval@wanadoo.fr", "mfs.sbc@essai.fr", "efs.ccpal@pays.fr"),
        *("f.services@cc-ce.com", "msap.beauval-saint-denis@laposte.fr", "pnr.beauval@essai.fr"),
        *("maisonfranceservices.frbeauval@gmail.com", "developpement-territorial@cc-essai.com"),
        *("ecrire@essai.example", "contact63@essai.example", "", "sans-arobase"),
    ],
)
def test_mailboxes_of_organisations(address: str) -> None:
    assert not is_personal_mailbox(address, "Le Relais Dijon")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Demandez Mme Exemple à l'accueil.", "Mme Exemple"),
        ("Voir Camille Exemple, le matin.", "Camille Exemple"),
        ("Appelez le 06 39 98 00 01.", "06 39 98 00 01"),
        ("Écrire à camille.exemple@essai.example", "camille.exemple@essai.example"),
    ],
)
def test_people_in_a_text(text: str, found: str) -> None:
    assert find_person(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *("12 rue Victor Hugo", "Fondation Pierre Fabre", "La maison Simone Veil", "Saint Martin"),
        *("Le Relais de Dijon", "contact@essai.example", "03 53 01 00 17", "Madame est servie"),
        *("École Jules Ferry", "place Jean Jaurès"),
    ],
)
def test_what_is_named_after_people_is_no_person(text: str) -> None:
    assert find_person(text) == ""


def test_an_address_at_the_home_of_somebody() -> None:
    assert find_person_in_address("chez Xyz Abc, 42 avenue") == "chez Xyz Abc, 42 avenue"
    assert find_person_in_address("Camille Exemple, 12 rue Jean Jaurès") == "Camille Exemple"
    assert find_person_in_address("12 rue des Lilas, Camille Exemple") == "Camille Exemple"


@pytest.mark.parametrize(
    "text",
    [
        *("12 rue Jean Jaurès", "1rue Jules Verne", "Cours Jean Étienne Essai"),
        *("440 rue Honorat et Christian Essai", "1 CENTRE ADMINISTRATIF ANDRE ESSAI"),
        *("RD 820 ZI Robert Essai", "Quartier Henri Essai", "1 Place Capitaine Francis Essai"),
        *("5 Rue Jean - Jacques Rousseau", "24 La Croix de Jeanne Essai"),
    ],
)
def test_whoever_a_street_is_named_after_is_an_address(text: str) -> None:
    assert find_person_in_address(text) == ""


def test_pages_of_people() -> None:
    assert is_personal_page("https://www.linkedin.com/in/camille")
    assert not is_personal_page("https://www.linkedin.com/company/essai")
