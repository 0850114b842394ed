"""The pages and files of the map: valid GeoJSON, Folium's own script, text that stays text."""

from __future__ import annotations

import dataclasses
import json
from itertools import pairwise
from typing import Any

import pytest

from maille.site.model import Site
from maille.site.place import Place, Precision
from maille.views import directory
from maille.views import map as map_view
from maille.views.plans import FilePlan, LatePlan, PagePlan, Plan
from tests.views.drawings.test_country_map import ADDRESS, REUNION, TILES, network, record

NOWHERE = Place(Precision.DEPARTMENT, "", "63", "Puy-de-Dôme")
FILES = {
    "leaflet-1.9.3/leaflet.js": b"1",
    "leaflet-1.9.3/leaflet.css": b"2",
    "leaflet-1.9.3/LICENSE.txt": b"3",
    "a-plug-in/plug-in.js": b"4",
}


def plans(site: Site) -> dict[str, Plan]:
    return {plan.address: plan for plan in map_view.plan(site)}


def page(site: Site) -> PagePlan:
    return page_at(site, "/carte/")


def page_at(site: Site, address: str) -> PagePlan:
    found = plans(site)[address]
    assert isinstance(found, PagePlan)
    return found


def collection(site: Site, address: str) -> Any:
    found = plans(site)[address]
    assert isinstance(found, LatePlan)
    return json.loads(found.make())


def made(plan: Plan) -> object:
    """Return what a plan comes to, as far as it is known without its template."""
    if isinstance(plan, PagePlan):
        return dataclasses.replace(plan, context=plan.make_context())
    return plan.data if isinstance(plan, FilePlan) else plan.make()


def test_outlines_turn_as_rfc_7946_says() -> None:
    """Outer rings against the clock, holes with it, closed; no `crs` member."""
    found = collection(network(), "/carte/departements.geojson")
    assert set(found) == {"type", "features"}
    for feature in found["features"]:
        for outer, *holes in feature["geometry"]["coordinates"]:
            assert signed(outer) > 0
            assert all(signed(hole) < 0 for hole in holes)
            assert outer[0] == outer[-1]
    drome = found["features"][1]["geometry"]["coordinates"]
    assert [len(polygon) for polygon in drome] == [2, 1]


def signed(ring: list[tuple[float, float]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def test_two_builds_give_the_same_bytes() -> None:
    site = network((record("un"), ADDRESS), (record("deux"), REUNION), tiles=TILES)
    first, second = plans(site), plans(site)
    assert list(first) == list(second)
    assert [*map(made, first.values())] == [*map(made, second.values())]


def test_leaflet_and_its_licence_are_files_of_the_site() -> None:
    site = network(files=FILES)
    assert "/assets/leaflet-1.9.3/LICENSE.txt" in plans(site)
    assert page(site).make_context()["map_scripts"][-1] in plans(site)


def test_tiles_are_allowed_by_the_policy_of_the_page_and_no_other_way() -> None:
    assert page(network()).csp == {}
    with_tiles = network(tiles=TILES)
    assert page(with_tiles).csp == {"img-src": ("https://tuiles.example",)}
    assert page_at(with_tiles, "/carte/integrer/").csp == page(with_tiles).csp


def test_the_map_alone_loads_the_same_map_and_is_kept_by_no_search_engine() -> None:
    site = network((record("un", "Un"), ADDRESS), files=FILES)
    alone = page_at(site, "/carte/integrer/")
    assert not alone.listed
    *libraries, own, shell = alone.scripts
    assert (*libraries, shell) == page(site).make_context()["map_scripts"]
    assert own == "js/embed.js"
    assert "IGN" in alone.make_context()["credit"]
    assert "2026" in alone.make_context()["credit"]


def test_real_records_come_first_and_a_crowd_is_told_by_regions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = network((record("un", "Un", exemple="oui"), ADDRESS), (record("deux", "Deux"), REUNION))
    context = page(site).make_context()
    assert [entry.name for entry in context["placed"]] == ["Deux", "Un"]
    assert context["is_whole"]
    monkeypatch.setattr(directory, "EVERY", 0)
    assert not page(site).make_context()["is_whole"]


def test_records_without_a_point_are_told_with_the_reason() -> None:
    site = network((record("un", "Un"), ADDRESS), (record("deux", "Deux"), NOWHERE))
    context = page(site).make_context()
    assert [entry.name for entry in context["placed"]] == ["Un"]
    assert [([e.name for e in group.entries], group.reason) for group in context["unplaced"]] == [
        (["Deux"], "Leur département est connu, pas leur commune")
    ]
    assert [(part.title, part.anchor, part.count) for part in context["views"]] == [
        ("Métropole", "metropole", 1),
        ("La Réunion", "la-reunion", 0),
    ]


def test_every_reason_for_no_point_has_its_words() -> None:
    assert set(map_view.WHY_UNPLACED) == set(Precision)
