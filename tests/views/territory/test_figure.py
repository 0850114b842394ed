"""The picture of a territory: its outline and its neighbours, points that do not hide others."""

from __future__ import annotations

import math
import re
from itertools import combinations

import pytest

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.views.territory.figure import (
    ASIDE,
    BELOW,
    NAMED,
    WIDTH,
    Atlas,
    TerritoryFigure,
    draw_territory,
    make_atlas,
    project,
)
from maille.views.territory.presences import require_territory
from tests.french import make_record, make_site
from tests.views.drawings.test_country_map import corners

ISLET = re.compile(r"M-?\d+ ?-?\d+h1v1h-1z")
ATLAS = make_atlas(make_site().gazetteer)


def drawn(code: str, *entries: Catalyser) -> TerritoryFigure:
    site = make_site(*entries)
    numbered = enumerate(site.list_entries(Catalyser), 1)
    found = draw_territory(site, ATLAS, require_territory(site, code), numbered)
    assert found
    return found


@pytest.mark.parametrize(
    ("code", "neighbours"),
    [
        ("63", {"03", "15", "19", "23", "42", "43"}),
        ("29", {"22", "56"}),
        ("75", {"92", "93", "94"}),
        ("94", {"75", "77", "91", "92", "93"}),  # two points with 92
        ("2A", {"2B"}),
        ("974", set()),
    ],
)
def test_neighbours_share_a_border(code: str, neighbours: set[str]) -> None:
    assert set(ATLAS.neighbours[code]) == neighbours


def test_neighbours_are_neighbours_of_each_other() -> None:
    for code, others in ATLAS.neighbours.items():
        assert code not in others
        assert all(code in ATLAS.neighbours[other] for other in others)


def test_shapes_are_kept_as_on_web_maps() -> None:
    """A degree of latitude is as much longer than one of longitude as it is on the ground."""
    (x1, y1), (x2, y2) = project(2, 46), project(2.1, 46.1)
    assert (y1 - y2) / (x2 - x1) == pytest.approx(1 / math.cos(math.radians(46)), rel=0.01)


def test_a_departement_is_drawn_among_its_neighbours() -> None:
    figure = drawn("63")
    own = [land for land in figure.lands if land.own]
    assert [land.address for land in own] == [""]
    others = {land.address for land in figure.lands if not land.own}
    assert "/territoires/42-loire/" in others
    assert len(others) == 6


def test_a_region_is_made_of_links_to_its_departements() -> None:
    lands = drawn("bretagne").lands
    assert {land.name for land in lands if land.own and land.address} == {
        "Côtes-d'Armor (22)",
        "Finistère (29)",
        "Ille-et-Vilaine (35)",
        "Morbihan (56)",
    }


def test_an_intercommunalite_shows_its_communes() -> None:
    figure = drawn("200057941")
    assert figure.members.count("M") == 13
    assert [land.name for land in figure.lands if land.own] == ["Val-de-Marne (94)"]


@pytest.mark.parametrize("code", ["63", "75", "973", "976", "nouvelle-aquitaine", "la-reunion"])
def test_the_territory_fits_in_the_picture(code: str) -> None:
    figure = drawn(code)
    scale, x0, y0 = map(float, re.findall(r"-?\d[\d.]*", figure.transform))
    for land in figure.lands:
        if land.own:
            xs, ys = zip(*corners(re.sub(ISLET, "", land.path)), strict=True)
            assert 0 < (min(xs) + x0) * scale < (max(xs) + x0) * scale < WIDTH
            assert 0 < (min(ys) + y0) * scale < (max(ys) + y0) * scale < figure.height


def test_points_bear_the_numbers_of_the_list() -> None:
    figure = drawn(
        "63",
        make_record("un", "Aydat", "63"),
        make_record("deux", department="63"),
        make_record("trois", "Thiers"),
    )
    assert [(point.number, point.name) for point in figure.points] == [(1, "Un"), (3, "Trois")]


def test_a_point_lies_where_the_town_is() -> None:
    [point] = drawn("63", make_record("un", "Ambert", "63")).points  # in the south-east
    assert point.x > WIDTH / 2
    assert point.y > 150


def test_points_of_one_town_do_not_hide_one_another() -> None:
    points = drawn("69", *(make_record(f"n{n}", "Lyon", "69") for n in range(30))).points
    assert [bool(point.leg) for point in points] == [False] + [True] * 29
    for one, other in combinations(points, 2):
        assert math.hypot((one.x - other.x) / ASIDE, (one.y - other.y) / BELOW) > 0.9


def test_examples_are_apart() -> None:
    figure = drawn(
        "63", make_record("un", "Aydat", "63"), make_record("deux", "Aydat", "63", exemple="oui")
    )
    assert [point.name for point in figure.points] == ["Un"]
    assert [point.name for point in figure.examples] == ["Deux"]


def test_a_crowd_is_shown_without_names() -> None:
    figure = drawn("69", *(make_record(f"n{n}", "Lyon", "69") for n in range(NAMED + 1)))
    assert figure.points == ()
    assert figure.crowd.count("M") == NAMED + 1


def test_without_an_outline_there_is_no_picture() -> None:
    site: Site = make_site()
    assert (
        draw_territory(site, Atlas(site.gazetteer, {}, {}), require_territory(site, "63"), ())
        is None
    )
