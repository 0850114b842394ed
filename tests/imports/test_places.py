"""Places are read when the gazetteer leaves no doubt."""

from __future__ import annotations

import pytest

from maille.imports.places import (
    find_department,
    locate_row,
    read_commune,
    read_department,
    read_territory,
)
from maille.pipeline import load_gazetteer
from maille.problems import ContentError

PLACES = load_gazetteer()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("6", "06"), ("2a", "2A"), ("63", "63"), ("Maine-et-Loire", "49"), ("974", "974")),
        *(("14 - Calvados", "14"), ("Calvados (14)", "14"), ("14 - Orne", "14 - Orne")),
        *(("20", "20"), ("La Reunion", "974"), ("99", "99")),
    ],
)
def test_a_departement_is_read(typed: str, code: str) -> None:
    assert read_department(typed, PLACES).value == code


@pytest.mark.parametrize(
    ("postcode", "code"),
    [("63000", "63"), ("20000", "2A"), ("63057", "63"), ("97400", "974"), ("99999", ""), ("", "")],
)
def test_a_postcode_gives_its_departement(postcode: str, code: str) -> None:
    assert find_department(postcode, PLACES) == code


@pytest.mark.parametrize(
    ("typed", "department", "postcode", "name"),
    [
        ("BOURG LES VALENCE", "", "", "Bourg-lès-Valence"),
        ("ST-Médard-en-Jalles", "", "", "Saint-Médard-en-Jalles"),
        ("Bourtzwiller", "68", "", "Mulhouse"),
        ("Marseille 5e Arrondissement", "13", "", "Marseille"),
        ("Lyon (6e)", "69", "", "Lyon"),
        ("Lyon Cedex 03", "", "", "Lyon"),
        ("Havre (Le)", "76", "", "Le Havre"),
        ("Saint-Paul", "974", "", "Saint-Paul"),
        ("Saint-Benoît", "", "86280", "Saint-Benoît"),
    ],
)
def test_a_commune_is_read(typed: str, department: str, postcode: str, name: str) -> None:
    found = read_commune(typed, department, postcode, PLACES)
    assert found
    assert found.name == name


@pytest.mark.parametrize("typed", ["Saint-Paul", "SixF-ours-les-Plages", "Rien-du-Tout"])
def test_a_doubtful_commune_is_left_to_the_checks(typed: str) -> None:
    assert read_commune(typed, "", "", PLACES) is None


def test_a_row_is_located_by_what_it_has() -> None:
    found = locate_row({"code_insee": "63113"}, PLACES)
    assert found["commune"].value == "Clermont-Ferrand"
    assert found["departement"].value == "63"
    assert found["code_insee"].value == ""
    both = locate_row({"commune": "clermont ferrand", "code_postal": "63000"}, PLACES)
    assert (both["commune"].value, both["departement"].value) == ("Clermont-Ferrand", "63")
    assert locate_row({"commune": "Clermont-Ferrand", "departement": "15"}, PLACES) == {}
    assert locate_row({"code_insee": "99999", "commune": "Dijon"}, PLACES) == {}
    assert locate_row({}, PLACES) == {}


def test_a_code_and_a_name_of_two_communes_are_told() -> None:
    with pytest.raises(ContentError, match="celui de Lille"):
        locate_row({"code_insee": "59350", "commune": "Sevran", "departement": "93"}, PLACES)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("6", "06"), ("Loire-Atlantique", "44"), ("France entière", "national")),
        *(("Grand Est", "grand-est"), ("200057941", "200057941"), ("Grand Ouest", "Grand Ouest")),
    ],
)
def test_a_territory_is_read(typed: str, code: str) -> None:
    assert read_territory(typed, PLACES).value == code
