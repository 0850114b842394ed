"""The pages and files of the map: valid GeoJSON, Folium's own script, text that stays text."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import json
import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest

from maille.site.model import Site
from maille.site.place import Place, Precision
from maille.views import directory
from maille.views import map as map_view
from maille.views.plans import FilePlan, LatePlan, PagePlan, Plan
from tests.views.drawings.test_country_map import ADDRESS, REUNION, TILES, network, record

HOSTILE = [
    "${alert(1)}",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "`${1}` 'x' \"y\" \\u0000",
    "a\u2028b\u2029c",
    "{{ 7 * 7 }} {% raw %}",
]
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


def late(site: Site) -> LatePlan:
    (found,) = (p for a, p in plans(site).items() if a.startswith("/assets/carte/"))
    assert isinstance(found, LatePlan)
    return found


def script(site: Site) -> str:
    return late(site).make().decode()


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


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_never_enters_the_script(name: str) -> None:
    """The data of the directory alone have it."""
    site = network((record("un", name), ADDRESS))
    assert script(site) == script(network((record("un", "Sage"), ADDRESS)))


def test_a_hostile_title_of_a_view_stays_a_text_in_the_script() -> None:
    views = tuple(
        view.model_copy(update={"title": "</script>${1}\u2028"})
        for view in network().config.map_views
    )
    made = script(network(views=views))
    assert "</" not in made
    assert "\u2028" not in made


@pytest.mark.parametrize("title", ["{{ 7*7 }}", "{{{ 7*7 }}", "{% raw %}", "{# x #}", "{%"])
def test_a_title_is_no_template_for_folium(title: str) -> None:
    views = network().config.map_views
    made = script(network(views=tuple(v.model_copy(update={"title": title}) for v in views)))
    assert json.dumps(title)[1:-1] in made.replace("\\u007b", "{")
    assert "49" not in made


def test_folium_makes_the_map() -> None:
    made = script(network())
    assert made.startswith('var map_1 = L.map(\n"map_1",')
    assert '"maxZoom": 12' in made
    assert "globalThis.Maille.drawMap(map_1, {" in made
    assert page(network()).make_context()["holder"] == '<div class="folium-map" id="map_1" ></div>'
    for unwanted in ("jquery", "bootstrap", "awesome", "http", "<script", "tileLayer"):
        assert unwanted not in made.lower()


def test_two_builds_give_the_same_bytes() -> None:
    site = network((record("un"), ADDRESS), (record("deux"), REUNION), tiles=TILES)
    assert script(site) == script(site)
    assert late(site).address == late(site).address
    first, second = plans(site), plans(site)
    assert list(first) == list(second)
    assert [*map(made, first.values())] == [*map(made, second.values())]


def test_the_script_s_address_changes_with_what_it_is_made_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    titled = tuple(v.model_copy(update={"title": "Autre"}) for v in network().config.map_views)
    addresses = {late(site).address for site in (network(), network(tiles=TILES))}
    addresses.add(late(network(views=titled)).address)
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "99")
    addresses.add(late(network()).address)
    assert len(addresses) == 4


def test_folium_comes_only_when_the_map_is_drawn() -> None:
    code = "import sys, maille.views.map; sys.exit('folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_tiles_are_allowed_by_the_policy_of_the_page_and_no_other_way() -> None:
    assert page(network()).csp == {}
    with_tiles = network(tiles=TILES)
    assert page(with_tiles).csp == {"img-src": ("https://tuiles.example",)}
    assert page_at(with_tiles, "/carte/integrer/").csp == page(with_tiles).csp
    assert '"maxZoom": 18' in script(with_tiles)


def test_the_map_alone_loads_the_same_map_and_is_kept_by_no_search_engine() -> None:
    site = network((record("un", "Un"), ADDRESS), files=FILES)
    alone = page_at(site, "/carte/integrer/")
    assert not alone.listed
    assert alone.scripts[-1] == page(site).scripts[-1]
    assert alone.scripts[-2] == "js/embed.js"
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


def test_parts_tell_their_departments() -> None:
    views = map_view.make_script_options(network())["views"]
    assert [view["codes"] for view in views] == [["63", "26"], ["974"]]


def test_leaflet_loads_before_what_builds_on_it() -> None:
    found = page(network(files=FILES))
    assert found.styles == ("/assets/leaflet-1.9.3/leaflet.css", "css/carte.css")
    first, second, own, shell = found.scripts
    assert (first, second) == ("/assets/leaflet-1.9.3/leaflet.js", "/assets/a-plug-in/plug-in.js")
    assert own == "js/map.js"
    assert shell in plans(network(files=FILES))
    assert "/assets/leaflet-1.9.3/LICENSE.txt" in plans(network(files=FILES))


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
