"""The still picture of the map: small, in whole numbers, each part at its own scale."""

from __future__ import annotations

import gzip
import importlib.resources
import json
import re

import pytest

from maille.config import MapView
from maille.geo import Ring
from maille.views.figure import (
    MAIN_SIZE,
    MARGIN,
    SHAPES,
    Box,
    Projection,
    figure_of,
    path_of,
    views_of,
)
from tests.views.small_network import ADDRESS, OUTLINES, REUNION, network, record

SITE = network(
    (record("un", "Un", pratiques=("lieu", "accompagnements")), ADDRESS),
    (record("deux", "Deux"), REUNION),
    (record("trois", "Trois", pratiques=("autre", "lieu")), ADDRESS),
)


def corners(path: str) -> list[tuple[int, int]]:
    """Read a path of ours back: the absolute points of its rings, closing points left out."""
    found: list[tuple[int, int]] = []
    for ring in re.findall(r"M[^z]+z", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x, y = 0, 0
        steps = zip(numbers[::2], numbers[1::2], strict=True)
        for number, (dx, dy) in enumerate(steps):
            x, y = (dx, dy) if number == 0 else (x + dx, y + dy)
            found.append((x, y))
    return found


def test_the_first_view_is_large_and_the_others_stand_beside() -> None:
    figure = figure_of(SITE)
    assert figure.main.title == "Métropole"
    assert max(figure.main.width, figure.main.height) == MAIN_SIZE
    assert [(inset.title, inset.anchor) for inset in figure.insets] == [
        ("La Réunion", "la-reunion")
    ]
    assert figure.count == 3


def test_each_part_fills_its_own_drawing() -> None:
    figure = figure_of(SITE)
    for panel in (figure.main, *figure.insets):
        xs, ys = zip(*corners(panel.land), strict=True)
        assert (min(xs), min(ys)) == (MARGIN, MARGIN)
        assert (max(xs), max(ys)) == (panel.width - MARGIN, panel.height - MARGIN)


def test_a_view_without_departments_takes_those_that_no_other_names() -> None:
    assert [view.departments for view in views_of(SITE)] == [("63", "26"), ("974",)]


def test_without_views_there_is_one_of_everything() -> None:
    (view,) = views_of(network(views=()))
    assert view.departments == tuple(OUTLINES)


def test_unknown_departments_are_left_out_of_views() -> None:
    views = (
        MapView(titre="Tout", departements=("63", "999")),
        MapView(titre="?", departements=("998",)),
    )
    assert [view.departments for view in views_of(network(views=views))] == [("63",)]


def test_north_is_up_and_east_is_right() -> None:
    project = Projection.fit(Box(0, 40, 10, 50), 100)
    west, north = project(0, 50)
    east, south = project(10, 40)
    assert west < east
    assert north < south
    # At 45°, a degree of longitude is worth some 0.7 degree of latitude.
    assert (east - west) / (south - north) == pytest.approx(0.707, abs=0.01)


def test_a_path_drops_what_does_not_turn() -> None:
    assert path_of([(0, 0), (5, 0), (5, 0), (10, 0), (10, 10), (0, 10), (0, 0)]) == (
        "M0 0l10 0 0 10-10 0z"
    )
    assert path_of([(3, 3), (3, 3), (3, 4), (3, 3)]) == ""


def test_a_dot_has_the_shape_of_the_first_practice_that_has_one() -> None:
    figure = figure_of(SITE)
    assert [(dot.name, dot.marker) for dot in figure.main.dots] == [
        ("Un", "triangle"),
        ("Trois", "losange"),
    ]
    assert [dot.marker for dot in figure.insets[0].dots] == [""]
    assert figure.main.dots[0].address == "/catalyseurs/un/"
    marks = dict(figure.main.marks)
    assert list(marks) == ["triangle", "losange"]
    assert marks["losange"].endswith(SHAPES["losange"])


def outlines() -> dict[str, tuple[Ring, ...]]:
    data = importlib.resources.files("maille") / "data" / "departements.geojson"
    return {
        feature["properties"]["code"]: tuple(
            tuple((x, y) for x, y in ring)
            for polygon in feature["geometry"]["coordinates"]
            for ring in polygon
        )
        for feature in json.loads(data.read_bytes())["features"]
    }


def test_the_whole_country_is_light() -> None:
    """The look allows 14 kB for the picture; the land of the country is the most of it."""
    every = outlines()
    main = [ring for code, rings in every.items() if len(code) == 2 for ring in rings]
    project = Projection.fit(Box.around(point for ring in main for point in ring), MAIN_SIZE)
    land = "".join(path_of([project(*point) for point in ring]) for ring in main)
    assert re.fullmatch(r"[-\dMlz ]+", land)
    assert len(gzip.compress(land.encode(), 9)) < 9_000
