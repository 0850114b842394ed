"""What is said of a place, and whether it is on the map."""

from __future__ import annotations

import pytest

from maille.site.place import Place, Precision


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (("Aydat", "63", "Puy-de-Dôme"), "Aydat, Puy-de-Dôme"),
        (("Paris", "75", "Paris"), "Paris"),
        (("", "63", "Puy-de-Dôme"), "Puy-de-Dôme"),
        (("", "", ""), ""),
    ],
)
def test_a_place_is_named_as_far_as_it_is_known(names: tuple[str, str, str], label: str) -> None:
    assert Place(Precision.COMMUNE, *names).label == label


@pytest.mark.parametrize(
    ("names", "homonym", "label"),
    [
        (("Saint-Denis", "974", "La Réunion"), True, "Saint-Denis, La Réunion"),
        (("Dijon", "21", "Côte-d'Or"), False, "Dijon"),
        (("", "63", "Puy-de-Dôme"), False, "Puy-de-Dôme"),
        (("", "", ""), False, ""),
    ],
)
def test_a_commune_alone_is_named_with_its_departement_if_it_has_a_homonym(
    names: tuple[str, str, str], homonym: bool, label: str
) -> None:
    assert Place(Precision.COMMUNE, *names, has_homonym=homonym).short_label == label


def test_a_point_needs_both_coordinates_of_which_zero_is_one() -> None:
    assert Place(Precision.ADDRESS, latitude=0.0, longitude=0.0).is_placed
    assert not Place(Precision.ADDRESS, latitude=45.0).is_placed
    assert not Place(Precision.DEPARTMENT, "", "63").is_placed


@pytest.mark.parametrize(
    ("department", "zone"),
    [("974", "Indian/Reunion"), ("972", "America/Martinique"), ("2A", "Europe/Paris"), ("", "")],
)
def test_a_place_has_a_time_zone_if_its_department_is_known(department: str, zone: str) -> None:
    assert Place(Precision.COMMUNE, department=department).time_zone == zone
