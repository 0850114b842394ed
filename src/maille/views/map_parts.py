"""What each page that shows the map needs: its context, its script, its styles, its policy.

The page of the map, the page to embed and the page of the directory show the same map. On the page
of the directory, it is a still picture until a visitor asks for the interactive map.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maille.kinds.catalyser import Catalyser
from maille.outlines import COARSEST, LEVELS
from maille.site.config import MapView
from maille.site.model import Site, keep_real
from maille.text.typography import typeset
from maille.views.drawings.country_map import (
    SHAPES,
    Box,
    draw_country,
    find_box,
    list_views,
    make_anchor,
)
from maille.views.plans import LatePlan
from maille.views.records import index_data

SOURCE = "la carte"
# The maximum zoom without tiles: any closer, no outline would be in view, only plain colour.
MAX_ZOOM = 12

# The zoom at which the error of the coarsest outlines is one pixel, at 46.6° north: 256 × 2 ** zoom
# pixels are 360 degrees of longitude.
DETAIL_ZOOM = round(math.log2(360 * math.cos(math.radians(46.6)) / (256 * LEVELS[COARSEST])), 2)

# The element of the map as Folium writes it, copied here so that Folium need not be imported.
HOLDER = '<div class="folium-map" id="map_1" ></div>'
SETTINGS: Mapping[str, Any] = {
    "location": (46.6, 2.4),
    "zoom_start": 5,
    "tiles": None,
    "zoom_control": False,
    "attribution_control": False,
    "zoom_snap": 0.05,  # fine enough for the country to fill the width of a phone
    "gesture_handling": True,
    "gesture_handling_options": {
        "text": {
            "touch": "Deux doigts pour déplacer la carte",
            "scroll": "Ctrl + molette pour zoomer",
            "scroll_mac": "⌘ + molette pour zoomer",
        },
        "duration": 1000,
    },
}


@dataclass(frozen=True, slots=True)
class ViewButton:
    """The button for a part of the map: title, anchor, number of real records placed there."""

    title: str
    anchor: str
    count: int


def plan_script(site: Site) -> LatePlan:
    """Return the plan of the script that Folium writes; its name has a digest of its inputs.

    Importing Folium takes half a second, so it is done only when the script is made.
    """
    tiles, options = site.config.tiles, make_script_options(site)
    # `folium.Map` passes `max_zoom` to tiles only. Without tiles, Leaflet's map would have no
    # maximum, and marker clusters would throw an error.
    zooms = {"min_zoom": 2, "max_zoom": tiles.max_zoom if tiles else MAX_ZOOM}
    made_of = [_find_folium_version(), SETTINGS, zooms, options]
    digest = hashlib.sha256(json.dumps(made_of, sort_keys=True).encode())
    address = f"/assets/carte/carte-{digest.hexdigest()[:8]}.js"
    make = functools.partial(_make_script, json.dumps(zooms), json.dumps(options))
    return LatePlan(address, make, SOURCE, digest.digest())


@functools.cache  # it is read from a file
def _find_folium_version() -> str:
    return importlib.metadata.version("folium")


@functools.lru_cache(maxsize=4)  # later builds of a process usually have the same script
def _make_script(zooms: str, options: str) -> bytes:
    """Return the script that Folium writes; both arguments are JSON."""
    from maille.views.drawings.folium_shell import make_shell

    made = make_shell(SETTINGS, json.loads(zooms), json.loads(options))
    assert made.html == HOLDER, made.html
    return made.script.encode()


def list_scripts(site: Site, *entrances: str) -> tuple[str, ...]:
    """Return the scripts of the interactive map, in the order in which they run.

    They are Leaflet and its plug-ins, then `entrances` (our scripts that build on Leaflet), then
    Folium's script, which calls our code. Without `entrances`, js/map-wake.js loads these scripts,
    and imports js/map.js before Folium's script.
    """
    return (*_list_leaflet_files(site, ".js"), *entrances, plan_script(site).address)


def list_styles(site: Site) -> tuple[str, ...]:
    """Return the style sheets that the interactive map needs besides those of the page."""
    return _list_leaflet_files(site, ".css")


def make_csp(site: Site) -> Mapping[str, tuple[str, ...]]:
    """Return what a page with the map adds to its policy: the host of the tiles, if any."""
    return {"img-src": (site.config.tiles.host,)} if site.config.tiles else {}


def make_context(site: Site, size: int) -> Mapping[str, Any]:
    """Return the context of `_carte.html`; `size` is the longer side of the still picture."""
    entries = list_placed(site)
    return {
        "placed": entries,
        "facets": index_data.list_facets(site),
        "shapeless": any(not entry.practices for entry in entries),
        "with_examples": any(entry.is_example for entry in entries),
        "views": tuple(_make_button(site, view, entries) for view in list_views(site)),
        "figure": draw_country(site, size),
        "shapes": dict(SHAPES),
        "holder": HOLDER,
        "tiles": site.config.tiles,
    }


def list_placed(site: Site) -> tuple[Catalyser, ...]:
    """Return the records that have a point, in the order of the directory."""
    return tuple(entry for entry in index_data.sort_records(site) if site.place(entry).is_placed)


def _list_leaflet_files(site: Site, suffix: str) -> tuple[str, ...]:
    """Return the addresses of files with this suffix: Leaflet's own first, then its plug-ins'."""
    paths = sorted((path for path in site.files if path.endswith(suffix)), key=_rank_leaflet_file)
    return tuple(f"/assets/{path}" for path in paths)


def _rank_leaflet_file(path: str) -> tuple[bool, str]:
    return (not path.endswith(("/leaflet.js", "/leaflet.css")), path)


def _make_button(site: Site, view: MapView, entries: Iterable[Catalyser]) -> ViewButton:
    here = (entry for entry in entries if site.place(entry).department in view.departments)
    count = len(keep_real(here))
    return ViewButton(view.title, make_anchor(view), count)


def make_script_options(site: Site) -> dict[str, Any]:
    """Return the options of `map-controller.js`, which are the same on every page."""
    tiles, kind = site.config.tiles, site.kind(Catalyser.kind_name)
    return {
        "words": [typeset(kind.singular), typeset(kind.plural)],
        "shapes": dict(SHAPES),
        "views": [
            {
                "title": view.title,
                "anchor": make_anchor(view),
                "codes": list(view.departments),
                "bounds": _convert_bounds(find_box(site, view)),
            }
            for view in list_views(site)
        ],
        "detailZoom": DETAIL_ZOOM,
        "tiles": {"url": tiles.url, "maxZoom": tiles.max_zoom} if tiles else None,
    }


def _convert_bounds(box: Box) -> list[list[float]]:
    """Return a box as Leaflet's bounds: [[south, west], [north, east]]."""
    return [[box.south, box.west], [box.north, box.east]]
