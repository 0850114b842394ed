"""The map object as Folium writes it: one script, in which every text stays a text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from maille.views.drawings.folium_shell import Shell, make_shell
from tests.views.test_map_parts import HOSTILE

SETTINGS: Mapping[str, Any] = {"location": (46.6, 2.4), "zoom_start": 5, "tiles": None}


def shell(options: Mapping[str, Any], **zooms: int) -> Shell:
    return make_shell(SETTINGS, zooms, options)


def handed(made: Shell) -> Any:
    """Return what the script hands to `map.js` beside the map."""
    (call,) = re.findall(
        r"^globalThis\.Maille\.drawMap\(map_1, (.*)\);$", made.script, re.MULTILINE
    )
    return json.loads(call)


def test_two_maps_have_the_same_bytes() -> None:
    first = shell({"b": 1, "a": [2]})
    assert shell({"a": [2], "b": 1}) == first
    assert first.html == '<div class="folium-map" id="map_1" ></div>'


def test_it_asks_for_no_file_of_another_host() -> None:
    made = shell({})
    assert "http" not in made.html + made.script
    assert "<" not in made.script


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_is_handed_over_stays_a_text(text: str) -> None:
    made = shell({"name": text})
    assert handed(made) == {"name": text}
    assert "<" not in made.script
    assert "\u2028" not in made.script


def test_zooms_are_options_of_the_map_of_leaflet() -> None:
    script = shell({}, min_zoom=2, max_zoom=18).script
    assert '"minZoom": 2' in script
    assert '"maxZoom": 18' in script
    assert '"zoom": 5' in script


def test_the_script_has_neither_blank_lines_nor_indentation() -> None:
    lines = shell({"a": 1}).script.split("\n")
    assert lines.pop() == ""
    assert lines == [line.strip() for line in lines if line.strip()]
