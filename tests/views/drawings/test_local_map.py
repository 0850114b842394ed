"""The small map: numbers of the list, none upon another, each part of the country apart."""

from __future__ import annotations

from dataclasses import fields
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.gazetteer import Departement
from maille.site.model import NOWHERE, Site
from maille.site.place import Place, Precision
from maille.views.drawings.local_map import (
    HERE,
    SIZE,
    LocalMap,
    _merge_pins,
    draw_local_maps,
    format_ranges,
)
from tests.views.drawings.test_country_map import REUNION, network

NAMES = {"63": "Puy-de-Dôme", "26": "Drôme", "974": "La Réunion"}


def site() -> Site:
    found = network()
    for code, name in NAMES.items():
        known: dict[str, Any] = {field.name: "" for field in fields(Departement)}
        department = Departement(**{**known, "code": code, "name": name, "region": "ici"})
        found.gazetteer.departments[code] = department  # type: ignore[index]
    return found


def at(longitude: float, latitude: float, department: str = "63") -> Place:
    name = NAMES[department]
    return Place(Precision.COMMUNE, "X", department, name, latitude=latitude, longitude=longitude)


def numbers(chart: LocalMap) -> list[str]:
    return [" ".join(pin.lines) for pin in chart.pins]


def test_without_a_point_there_is_no_map() -> None:
    spots = [(1, NOWHERE), (2, Place(Precision.DEPARTMENT, department="63"))]
    assert draw_local_maps(site(), spots, at(3, 46)) == ()


def test_points_bear_their_numbers_and_the_record_itself_a_dot() -> None:
    spots = [(1, at(2.2, 46.8)), (2, NOWHERE), (3, at(3.8, 45.2))]
    [chart] = draw_local_maps(site(), spots, at(3, 46))
    assert numbers(chart) == ["1", "•", "3"]
    assert chart.names == ("Puy-de-Dôme",)
    assert chart.shows_here
    first, _, last = chart.pins
    assert first.x < last.x and first.y < last.y


def test_the_record_without_a_point_is_not_on_the_map() -> None:
    here = Place(Precision.DEPARTMENT, department="63")
    [chart] = draw_local_maps(site(), [(1, at(3, 46))], here)
    assert not chart.shows_here


def test_what_is_overseas_has_its_own_map() -> None:
    mainland, overseas = draw_local_maps(site(), [(1, at(3, 46)), (2, REUNION)], NOWHERE)
    assert (numbers(mainland), numbers(overseas)) == (["1"], ["2"])
    assert overseas.names == ("La Réunion",)
    assert max(overseas.width, overseas.height) == SIZE


def test_departements_far_apart_are_shown_with_all_the_others() -> None:
    near, far = at(2.5, 46.8), at(4.9, 44.1, "26")
    [chart] = draw_local_maps(site(), [(1, near), (2, far)], NOWHERE)
    [alone] = draw_local_maps(site(), [(1, near)], NOWHERE)
    assert (chart.names, alone.names) == (("Métropole",), ("Puy-de-Dôme",))
    assert len(chart.land) > len(alone.land)


def test_points_that_would_hide_one_another_become_one() -> None:
    [chart] = draw_local_maps(site(), [(n, at(3, 46)) for n in (1, 2, 3, 7)], at(3, 46))
    assert numbers(chart) == ["•, 1–3, 7"]


@given(st.lists(st.tuples(st.integers(0, 320), st.integers(0, 320)), min_size=1, max_size=40))
def test_no_pin_lies_upon_another_and_every_number_is_there(
    points: list[tuple[int, int]],
) -> None:
    pins = list(_merge_pins([(n, x, y) for n, (x, y) in enumerate(points, 1)], (320, 320)))
    assert not any(one.overlaps(other) for one, other in combinations(pins, 2))
    told = [part for pin in pins for part in " ".join(pin.lines).split(", ")]
    expanded = [n for part in told for n in _expanded(part)]
    assert sorted(expanded) == [*range(1, len(points) + 1)]
    for pin in pins:
        assert pin.x - pin.width // 2 >= 0 and pin.x + pin.width // 2 <= 320 + 1


def _expanded(part: str) -> range:
    first, _, last = part.partition("–")
    return range(int(first), int(last or first) + 1)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([1], "1"),
        ([2, 1], "1, 2"),
        ([3, 1, 2], "1–3"),
        ([1, 2, 4, 5, 6, HERE], "•, 1, 2, 4–6"),
        ([HERE, 1, 2], "•, 1, 2"),
    ],
)
def test_numbers_are_told_as_one_reads_them(found: list[int], told: str) -> None:
    assert format_ranges(found) == told
