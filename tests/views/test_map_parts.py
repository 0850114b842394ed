"""What every page with the map has: Folium's own script, text that stays text, Leaflet in order."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from maille.site.model import Site
from maille.views import map_parts
from tests.views.drawings.test_country_map import ADDRESS, TILES, network, record

HOSTILE = [
    "${alert(1)}",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "`${1}` 'x' \"y\" \\u0000",
    "a\u2028b\u2029c",
    "{{ 7 * 7 }} {% raw %}",
]
FILES = {
    "leaflet-1.9.3/leaflet.js": b"1",
    "leaflet-1.9.3/leaflet.css": b"2",
    "leaflet-1.9.3/LICENSE.txt": b"3",
    "a-plug-in/plug-in.js": b"4",
}


def script(site: Site) -> str:
    return map_parts.plan_script(site).make().decode()


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
    assert (
        map_parts.make_context(network(), 240)["holder"]
        == '<div class="folium-map" id="map_1" ></div>'
    )
    assert '"maxZoom": 18' in script(network(tiles=TILES))
    for unwanted in ("jquery", "bootstrap", "awesome", "http", "<script", "tileLayer"):
        assert unwanted not in made.lower()


def test_the_script_s_address_changes_with_what_it_is_made_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    titled = tuple(v.model_copy(update={"title": "Autre"}) for v in network().config.map_views)
    addresses = {map_parts.plan_script(site).address for site in (network(), network(tiles=TILES))}
    addresses.add(map_parts.plan_script(network(views=titled)).address)
    monkeypatch.setattr(map_parts, "_find_folium_version", lambda: "99")
    addresses.add(map_parts.plan_script(network()).address)
    assert len(addresses) == 4


def test_folium_comes_only_when_the_map_is_drawn() -> None:
    code = "import sys, maille.views.map_parts; sys.exit('folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_parts_tell_their_departments() -> None:
    views = map_parts.make_script_options(network())["views"]
    assert [view["codes"] for view in views] == [["63", "26"], ["974"]]


def test_leaflet_loads_before_what_builds_on_it() -> None:
    site = network(files=FILES)
    assert map_parts.list_styles(site) == ("/assets/leaflet-1.9.3/leaflet.css",)
    first, second, own, shell = map_parts.list_scripts(site, "js/map.js")
    assert (first, second) == ("/assets/leaflet-1.9.3/leaflet.js", "/assets/a-plug-in/plug-in.js")
    assert own == "js/map.js"
    assert shell == map_parts.plan_script(site).address
