"""The still picture of the map: small, in whole numbers, each part at its own scale."""

from __future__ import annotations

import dataclasses
import datetime
import gzip
import itertools
import math
import re
from typing import Any

import pytest

from maille import pipeline
from maille.content.documents import Body, Document, Positions
from maille.gazetteer import Communes, Gazetteer
from maille.geometry import Ring
from maille.kinds import catalyser, vocabulaire
from maille.kinds.catalyser import Catalyser
from maille.kinds.vocabulaire import Vocabulaire
from maille.outlines import choose_level
from maille.site.config import Config, MapView, Tiles
from maille.site.model import Site
from maille.site.place import Place, Precision
from maille.views.drawings.borders import draw_land_and_borders
from maille.views.drawings.country_map import (
    APART,
    CROWD,
    MAIN_SIZE,
    MARGIN,
    SHAPES,
    SHOWN,
    Box,
    Dot,
    Panel,
    Projection,
    draw_country,
    list_views,
    spread_dots,
)
from maille.views.drawings.paths import project_rings
from tests.outlining import make_outlines

# --- A small invented network: squares for departments, records by hand. ---


def square(west: float, south: float, side: float) -> Ring:
    """A ring that turns as outlines do (RFC 7946)."""
    east, north = west + side, south + side
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


OUTLINES = {
    "63": (square(2, 45, 2),),
    # With a hole, as in Drôme, and an islet.
    "26": (square(4, 44, 1), square(4.4, 44.4, 0.2)[::-1], square(6, 44, 0.02)),
    "974": (square(55, -21.5, 0.5),),
}
VIEWS = (
    MapView(titre="Métropole", departements=()),
    MapView(titre="La Réunion", departements=("974",)),
)
TERMS = [
    {"cle": "accompagnements", "nom": "Accompagnements", "repere": "triangle"},
    {"cle": "lieu", "nom": "Gestion d'un lieu", "repere": "losange"},
    {"cle": "autre", "nom": "Autre"},
]
TILES = Tiles(
    nom="IGN",
    hote="https://tuiles.example",
    modele="https://tuiles.example/{z}",
    credit="IGN",
    zoom_max=18,
)
ADDRESS = Place(Precision.ADDRESS, "Aydat", "63", "Puy-de-Dôme", latitude=45.66, longitude=2.97)
REUNION = Place(
    Precision.COMMUNE, "Saint-Denis", "974", "La Réunion", latitude=-21.2, longitude=55.3
)


def document(path: str) -> Document:
    return Document(path, {}, Positions(), Positions(), Body("", ""))


def record(slug: str, name: str = "CoCoShaker", **keys: Any) -> Catalyser:
    known = {"nom": name, "relation": "cite", "resume": "Un essai."}
    sources = ({"titre": "Un essai", "date": "2023-04-13"},)
    return Catalyser.model_validate(
        {**known, "sources": sources, **keys},
        context={"document": document(f"catalysers/{slug}.md")},
    )


def network(
    *placed: tuple[Catalyser, Place],
    views: tuple[MapView, ...] = VIEWS,
    tiles: Tiles | None = None,
    files: dict[str, bytes] | None = None,
) -> Site:
    """A site with these records, each at its place."""
    practices = Vocabulaire.model_validate(
        {"nom": "Pratiques", "termes": tuple(TERMS)},
        context={"document": document("content/vocabulaires/pratiques.yaml")},
    )
    config = Config.model_validate(
        {
            "nom": "Essai",
            "nom_court": "Essai",
            "accroche": "Essai",
            "description": "Essai",
            "adresse": "https://essai.example/",
            "fuseau": "Europe/Paris",
            "etat": "demonstration",
        }
    ).model_copy(update={"map_views": views, "tiles": tiles})
    return Site(
        config=config,
        today=datetime.date(2026, 11, 21),
        kinds=(vocabulaire.KIND, catalyser.KIND),
        entries={"vocabulaire": (practices,), "catalyser": tuple(entry for entry, _ in placed)},
        gazetteer=Gazetteer({}, {}, {}, Communes({}), make_outlines(OUTLINES)),
        places={entry.key: place for entry, place in placed},
        files=files or {},
    )


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
    figure = draw_country(SITE)
    assert figure.main.title == "Métropole"
    assert max(figure.main.width, figure.main.height) == MAIN_SIZE
    assert [(inset.title, inset.anchor) for inset in figure.insets] == [
        ("La Réunion", "la-reunion")
    ]
    assert figure.count == 3


def test_each_part_fills_its_own_drawing() -> None:
    figure = draw_country(SITE)
    for panel in (figure.main, *figure.insets):
        xs, ys = zip(*corners(panel.land), strict=True)
        assert (min(xs), min(ys)) == (MARGIN, MARGIN)
        assert (max(xs), max(ys)) == (panel.width - MARGIN, panel.height - MARGIN)


def test_a_view_without_departments_takes_those_that_no_other_names() -> None:
    assert [view.departments for view in list_views(SITE)] == [("63", "26"), ("974",)]


def test_without_views_there_is_one_of_everything() -> None:
    (view,) = list_views(network(views=()))
    assert view.departments == tuple(OUTLINES)


def test_a_collectivite_is_a_part_of_its_own_where_the_site_has_a_place_in_it() -> None:
    known = pipeline.load_gazetteer()
    noumea = Place(Precision.COMMUNE, "Nouméa", "988", latitude=-22.27, longitude=166.45)
    for views in (VIEWS, ()):
        without = dataclasses.replace(network(views=views), gazetteer=known)
        assert all(len(view.departments) > 0 for view in list_views(without))
        overseas = {"975", "977", "978", "986", "987", "988"}
        assert all(overseas.isdisjoint(view.departments) for view in list_views(without))
        site = network((record("un"), noumea), views=views)
        *others, last = list_views(dataclasses.replace(site, gazetteer=known))
        assert [view.departments for view in others] == [
            view.departments for view in list_views(without)
        ]
        assert (last.title, last.departments) == ("Nouvelle-Calédonie", ("988",))
    named = (MapView(titre="Pacifique", departements=("986", "987", "988")),)
    site = network((record("un"), noumea), views=named)
    assert list_views(dataclasses.replace(site, gazetteer=known)) == named


def test_unknown_departments_are_left_out_of_views() -> None:
    views = (
        MapView(titre="Tout", departements=("63", "999")),
        MapView(titre="?", departements=("998",)),
    )
    assert [view.departments for view in list_views(network(views=views))] == [("63",)]


def test_north_is_up_and_east_is_right() -> None:
    project = Projection.fit(Box(0, 40, 10, 50), 100)
    west, north = project(0, 50)
    east, south = project(10, 40)
    assert west < east
    assert north < south
    # At 45°, a degree of longitude is worth some 0.7 degree of latitude.
    assert (east - west) / (south - north) == pytest.approx(0.707, abs=0.01)


def test_a_dot_has_the_shape_of_the_first_practice_that_has_one() -> None:
    figure = draw_country(SITE)
    assert [(dot.name, dot.marker) for dot in figure.main.dots] == [
        ("Trois", "losange"),
        ("Un", "triangle"),
    ]
    assert [dot.marker for dot in figure.insets[0].dots] == [""]
    assert figure.main.dots[1].address == "/catalyseurs/un/"
    marks = dict(figure.main.marks)
    assert list(marks) == ["triangle", "losange"]
    assert marks["losange"].endswith(SHAPES["losange"])


def test_the_whole_country_is_light() -> None:
    """Its land and borders are most of what the home page weighs."""
    every = pipeline.load_gazetteer()
    main = tuple(code for code in every.outlines if len(code) == 2)
    points = (point for code in main for ring in every.outlines[code] for point in ring)
    project = Projection.fit(Box.enclose(points), MAIN_SIZE)
    outlines = every.get_outlines(choose_level(project.scale * SHOWN / MAIN_SIZE))
    rings = project_rings((ring for code in main for ring in outlines[code]), project)
    drawn = "".join(draw_land_and_borders(rings))
    assert re.fullmatch(r"[-\dMlhvz ]+", drawn)
    assert len(gzip.compress(drawn.encode(), 9)) < 8_000


def test_in_a_crowd_one_dot_stands_for_those_beside_it() -> None:
    dots = tuple(Dot(n % 40, n // 40, "rond", f"Lieu {n}", "/") for n in range(CROWD + 1))
    few = Panel("", "", 40, 40, "", "", dots[:CROWD])
    crowd = Panel("", "", 40, 40, "", "", dots)
    assert [data.count("M") for _, data in few.marks] == [CROWD]
    assert [data.count("M") for _, data in crowd.marks] == [4 + 2]


# --- What has no point, and examples --------------------------------------------------------------


def test_a_departement_is_tinted_where_a_record_has_no_point() -> None:
    somewhere = Place(Precision.DEPARTMENT, department="26", department_name="Drôme")
    main, inset = (
        one
        for figure in [draw_country(network((record("a"), ADDRESS), (record("b"), somewhere)))]
        for one in (figure.main, *figure.insets)
    )
    assert inset.tints == ()
    assert main.tints
    assert all(data not in main.land for _, data in main.tints)
    assert len(main.dots) == 1
    assert draw_country(network((record("a"), ADDRESS))).main.tints == ()


def test_examples_have_points_of_their_own_if_they_are_asked_for() -> None:
    site = network((record("a"), ADDRESS), (record("b", exemple="oui"), REUNION))
    assert [panel.samples for panel in draw_country(site).insets] == [""]
    figure = draw_country(site, with_examples=True)
    assert figure.count == 1
    assert figure.main.samples == ""
    assert re.fullmatch(r"M\d+ \d+h0", figure.insets[0].samples)


def make_dots(number: int, x: int = 50) -> list[Dot]:
    return [Dot(x, 50, "rond", f"N{n}", f"/n{n:03}/") for n in range(number)]


def test_no_dot_hides_another() -> None:
    dots = spread_dots([*make_dots(9), Dot(58, 50, "carre", "Z", "/z/")])
    assert (dots[0].x, dots[0].y) == (50, 50)
    assert len(dots) == 10
    assert all(
        math.dist((a.x, a.y), (b.x, b.y)) >= APART for a, b in itertools.combinations(dots, 2)
    )


def test_dots_are_spread_the_same_whatever_their_order() -> None:
    dots = make_dots(5)
    assert spread_dots(reversed(dots)) == spread_dots(dots)


def test_a_crowd_stays_where_it_is() -> None:
    assert {(dot.x, dot.y) for dot in spread_dots(make_dots(CROWD + 1))} == {(50, 50)}
