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


def test_a_point_needs_both_coordinates_of_which_zero_is_one() -> None:
    assert Place(Precision.ADDRESS, latitude=0.0, longitude=0.0).is_placed
    assert not Place(Precision.ADDRESS, latitude=45.0).is_placed
    assert not Place(Precision.DEPARTMENT, "", "63").is_placed
