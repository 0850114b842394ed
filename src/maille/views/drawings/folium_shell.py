"""The map object, as Folium writes it, and nothing else of Folium.

Folium's own page brings ten files from four hosts, random names, and popups in which a name can
run as code (`docs/decisions/` says more). So only its script is kept, as a file of ours, and
`map.js` does the rest. Importing this module imports Folium, which takes half a second: the
map view does it when its script is made, beside the pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template
from jinja2.utils import htmlsafe_json_dumps


@dataclass(frozen=True, slots=True)
class Shell:
    """What Folium made: the element that will hold the map, and the script that fills it."""

    html: str
    script: str


class _Map(folium.Map):
    """A map that asks for no file, and has the same name at each build."""

    # Of the class: `add_js_link` on a map would change the list of every map.
    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - declared so by Folium
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    @classmethod
    def _generate_id(cls) -> str:
        return "1"


class _Enhancement(MacroElement):
    """One call, which hands the map over to `map.js` with what it needs to know."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "globalThis.Maille.drawMap({{ this._parent.get_name() }}, {{ this.options }});"
        "{% endmacro %}"
    )

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # of branca
        self._name = "Enhancement"
        data = htmlsafe_json_dumps(dict(options), sort_keys=True)
        # branca takes what a macro writes for one more template: no text may open a tag in it.
        self.options = re.sub(r"\{(?=[{%#])", r"\\u007b", data)

    @classmethod
    def _generate_id(cls) -> str:
        return "1"


def make_shell(
    settings: Mapping[str, Any], zooms: Mapping[str, int], options: Mapping[str, Any]
) -> Shell:
    """Return the map; the same bytes for the same arguments.

    `settings` are those of `folium.Map`, `zooms` options of Leaflet's map that it does not take,
    `options` what `map.js` is told.
    """
    made = _Map(**settings)
    made.options.update(zooms)
    made.add_child(_Enhancement(options))
    root = made.get_root()
    assert isinstance(root, Figure)
    root.render()
    return Shell(root.html.render().strip(), _tidy(root.script.render()))


def _tidy(script: str) -> str:
    """Return the script without the blank lines and the indentation of Folium's templates."""
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{line}\n" for line in lines if line)
