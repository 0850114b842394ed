"""What lies around a territory, what it is called, and the way to its page."""

from __future__ import annotations

import pytest

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.views.territory.neighbours import (
    Near,
    Surroundings,
    find_surroundings,
    make_breadcrumbs,
    make_near,
    make_title,
)
from maille.views.territory.presences import find_presences, require_territory
from tests.french import make_record, make_site

PEMB = "200057941"
SITE = make_site(
    make_record("aydat", "Aydat", "63"),
    make_record("moulins", "Moulins", "03"),
    make_record("exemple", "Aydat", "63", exemple="oui"),
    make_record("maisons", "Charenton-le-Pont", "94", territoires=(PEMB,)),
)
TOUCHING = {"63": ("03", "15"), "03": ("63", "58"), "15": ("63", "46")}


def around(code: str, site: Site = SITE) -> Surroundings:
    return find_surroundings(site, find_presences(site), TOUCHING, require_territory(site, code))


def titles(found: tuple[Near, ...]) -> list[str]:
    return [one.link.title for one in found]


def test_a_departement_is_in_its_region_and_beside_those_that_it_touches() -> None:
    found = around("63")
    assert titles(found.above) == ["Auvergne-Rhône-Alpes"]
    assert titles(found.beside) == ["Allier (03)", "Cantal (15)"]
    assert (found.inner, found.members) == ((), ())


def test_a_region_holds_its_departements_by_code_beside_the_regions_of_their_neighbours() -> None:
    found = around("auvergne-rhone-alpes")
    inner = titles(found.inner)
    assert (inner[0], inner[-1], len(inner)) == ("Ain (01)", "Haute-Savoie (74)", 12)
    # By the edges of its départements: 58 and 46; itself is left out.
    assert titles(found.beside) == ["Bourgogne-Franche-Comté", "Occitanie"]
    assert found.above == ()


def test_an_intercommunalite_with_a_page_is_in_its_departements_and_names_its_communes() -> None:
    found = around(PEMB)
    assert titles(found.above) == ["Val-de-Marne (94)"]
    assert (found.inner, found.beside) == ((), ())
    assert len(found.members) == 13
    assert {"Champigny-sur-Marne", "Vincennes"} <= {*found.members}
    assert titles(around("94").inner) == ["Paris Est Marne et Bois"]


def test_a_departement_has_no_intercommunalite_that_nobody_names() -> None:
    named_by_an_example = make_record("x", "Vincennes", "94", exemple="oui", territoires=(PEMB,))
    assert around("94", make_site(named_by_an_example)).inner == ()


def test_a_neighbour_is_counted_without_its_examples() -> None:
    near = make_near(SITE, find_presences(SITE), require_territory(SITE, "63"))
    assert near.count == 1
    assert near.link.address == "/territoires/63-puy-de-dome/"


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("63", "Puy-de-Dôme (63)"),
        ("bretagne", "Bretagne"),
        ("974", "La Réunion (974)"),
        ("la-reunion", "La Réunion (région)"),  # the département has the same name
        ("988", "Nouvelle-Calédonie (988)"),
        (PEMB, "Paris Est Marne et Bois"),
    ],
)
def test_what_the_page_of_a_territory_is_called(code: str, title: str) -> None:
    assert make_title(SITE, require_territory(SITE, code)) == title


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("bretagne", []),
        ("63", ["Auvergne-Rhône-Alpes"]),
        ("974", ["La Réunion (région)"]),
        ("988", []),  # in no région
        (PEMB, ["Île-de-France", "Val-de-Marne (94)"]),
        # In several départements: none of them holds it.
        ("200054781", ["Île-de-France"]),
    ],
)
def test_breadcrumbs_go_down_from_the_list_of_territories(code: str, way: list[str]) -> None:
    first, *others = make_breadcrumbs(SITE, require_territory(SITE, code))
    assert (first.title, first.address) == ("Territoires", "/territoires/")
    assert [link.title for link in others] == way


def test_the_site_of_these_tests_has_its_records_where_they_are_said_to_be() -> None:
    assert [SITE.place(one).department for one in SITE.list_real(Catalyser)] == ["63", "03", "94"]


def test_a_collectivite_is_beside_nothing_and_in_nothing() -> None:
    assert around("988") == Surroundings((), (), (), ())
