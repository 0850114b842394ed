"""The script that creates the map, as Folium writes it. Nothing else from Folium is used.

Folium's own page loads ten files from four hosts and has random identifiers, and its popups can run
a name as code (see `docs/decisions/`). So only its script is kept, as a file of ours, and our
scripts do the rest. Importing this module imports Folium, which takes half a second, so the map
view imports this module only when it needs the script.
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
    """The output of Folium: the HTML of the map's element, and the script that fills it."""

    html: str
    script: str


class _Map(folium.Map):
    """A Folium map that loads no file and has the same identifier in each build."""

    # Set on the class: `add_js_link` on one map would change the list of all maps.
    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - declared so by Folium
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    @classmethod
    def _generate_id(cls) -> str:
        return "1"


class _Enhancement(MacroElement):
    """The call of `Maille.drawMap` with the map and the options."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "globalThis.Maille.drawMap({{ this._parent.get_name() }}, {{ this.options }});"
        "{% endmacro %}"
    )

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # of branca
        self._name = "Enhancement"
        data = htmlsafe_json_dumps(dict(options), sort_keys=True)
        # branca renders the output of a macro as a template again: no text may open a Jinja tag.
        self.options = re.sub(r"\{(?=[{%#])", r"\\u007b", data)

    @classmethod
    def _generate_id(cls) -> str:
        return "1"


def make_shell(
    settings: Mapping[str, Any], zooms: Mapping[str, int], options: Mapping[str, Any]
) -> Shell:
    """Return the HTML and the script of the map; the same bytes for the same arguments.

    `settings` are arguments of `folium.Map`, `zooms` are options of Leaflet's map that
    `folium.Map` does not accept, and `options` are passed to `Maille.drawMap`.
    """
    made = _Map(**settings)
    made.options.update(zooms)
    made.add_child(_Enhancement(options))
    root = made.get_root()
    assert isinstance(root, Figure)
    root.render()
    return Shell(root.html.render().strip(), _tidy(root.script.render()))


def _tidy(script: str) -> str:
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{line}\n" for line in lines if line)
