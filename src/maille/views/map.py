"""The map: its page, the page that other sites embed, and the files that both load.

Scripts draw the markers of the records that match the filters. They also load the data of the
directory (`views.records`).
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maille.formats.compact_json import encode_compact, encode_items
from maille.kinds.catalyser import FACETS, Catalyser
from maille.outlines import COARSEST, FINEST, LEVELS, count_cells
from maille.site.config import MapView
from maille.site.model import Site, keep_real
from maille.site.place import Precision
from maille.text.typography import typeset
from maille.views import directory
from maille.views.drawings.country_map import (
    SHAPES,
    Box,
    draw_country,
    find_box,
    list_views,
    make_anchor,
)
from maille.views.drawings.outlines import encode_outlines, group_polygons
from maille.views.plans import FilePlan, LatePlan, PagePlan, Plan
from maille.views.records import index_data
from maille.views.records.export_rows import CREDIT

ADDRESS = "/carte/"
ALONE = f"{ADDRESS}integrer/"
OUTLINES = f"{ADDRESS}departements.geojson"
CONTOURS = f"{ADDRESS}contours.json"
DETAILS = f"{ADDRESS}contours-fins.json"
SOURCE = "la carte"

# The modules that the scripts of both pages import. The pages preload them, so that the browser
# does not find them one after the other.
MODULES = (
    "map-controller", "map-bar", "map-popup", "map-frame", "map-background", "map-markers",
    "map-names", "map-walk", "communes", "directory-data", "directory-search", "geometry", "page",
    "meaning", "record-parts", "result-groups", "text", "view",
)  # fmt: skip
MODULES_OF_PAGE = (
    *MODULES, "directory", "directory-form", "answer", "search-field", "answer-sentence",
    "site-names",
)  # fmt: skip
# The longer side of the still picture that the map replaces, in units of the drawing.
STILL = 240
# How many records without a point are listed per reason, if the page does not list all records.
FEW = 20
# The maximum zoom without tiles: any closer, no outline would be in view, only plain colour.
MAX_ZOOM = 12

# The zoom at which the error of the coarsest outlines, in degrees of latitude, is one pixel (at
# 46.6° north): closer, it shows. 360 degrees of longitude are 256 × 2 ** zoom pixels.
DETAIL_ZOOM = round(math.log2(360 * math.cos(math.radians(46.6)) / (256 * LEVELS[COARSEST])), 2)

# The element of the map as Folium writes it, copied here so that Folium need not be imported.
HOLDER = '<div class="folium-map" id="map_1" ></div>'
SETTINGS: Mapping[str, Any] = {
    "location": (46.6, 2.4),
    "zoom_start": 5,
    "tiles": None,
    "zoom_control": False,
    "attribution_control": False,
    "zoom_snap": 0.25,
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

WHY_UNPLACED = {
    Precision.ADDRESS: "Leur point n'est pas connu",
    Precision.COMMUNE: "Leur commune n'a pas de point connu",
    Precision.DEPARTMENT: "Leur département est connu, pas leur commune",
    Precision.NATIONAL: "Ils agissent dans toute la France",
    Precision.UNKNOWN: "Leur lieu n'est pas connu",
}


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Catalysers that have no point on the map, for the same reason."""

    precision: str
    reason: str
    entries: tuple[Catalyser, ...]


@dataclass(frozen=True, slots=True)
class ViewButton:
    """The button for a part of the map: title, anchor, number of real records placed there."""

    title: str
    anchor: str
    count: int


def plan(site: Site) -> Iterator[Plan]:
    """Yield the page of the map, the page to embed, and the files that they load."""
    tiles = site.config.tiles
    # `folium.Map` passes `max_zoom` to tiles only. Without tiles, Leaflet's map would have no
    # maximum, and marker clusters would throw an error.
    zooms = {"min_zoom": 2, "max_zoom": tiles.max_zoom if tiles else MAX_ZOOM}
    script = _plan_script(zooms, make_script_options(site))
    yield _plan_page(site, script.address)
    yield _plan_embed_page(site, script.address)
    yield script
    yield LatePlan(OUTLINES, functools.partial(encode_outlines_geojson, site), SOURCE)
    coarsest = functools.partial(encode_outlines, site.gazetteer.outlines, count_cells(COARSEST))
    yield LatePlan(CONTOURS, coarsest, SOURCE)
    yield FilePlan(DETAILS, site.gazetteer.get_outlines(FINEST).data, SOURCE)
    for path, data in sorted(site.files.items()):
        yield FilePlan(f"/assets/{path}", data, SOURCE)


def _plan_script(zooms: Mapping[str, int], options: Mapping[str, Any]) -> LatePlan:
    """Return the plan of the script that Folium writes; its name has a digest of its inputs.

    Importing Folium takes half a second, so it is done only when the script is made.
    """
    made_of = [importlib.metadata.version("folium"), SETTINGS, zooms, options]
    digest = hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()[:8]

    def make() -> bytes:
        from maille.views.drawings.folium_shell import make_shell

        made = make_shell(SETTINGS, zooms, options)
        assert made.html == HOLDER, made.html
        return made.script.encode()

    return LatePlan(f"/assets/carte/carte-{digest}.js", make, SOURCE)


def _make_shared_context(site: Site) -> Mapping[str, Any]:
    """Return the context that the map needs on both pages."""
    entries = _list_placed(site)
    return {
        "placed": entries,
        "facets": FACETS,
        "shapeless": any(not entry.practices for entry in entries),
        "with_examples": any(entry.is_example for entry in entries),
        "views": tuple(_make_button(site, view, entries) for view in list_views(site)),
        "figure": draw_country(site, STILL),
        "holder": HOLDER,
        "tiles": site.config.tiles,
    }


def _plan_page(site: Site, script: str) -> PagePlan:
    return PagePlan(
        ADDRESS,
        "map.html",
        "Carte",
        f"Les {site.kind(Catalyser.kind_name).plural} sur la carte, et leur liste.",
        functools.partial(_make_page_context, site),
        source=SOURCE,
        csp=_make_csp(site),
        styles=(*_list_leaflet_files(site, ".css"), "css/carte.css"),
        scripts=(*_list_leaflet_files(site, ".js"), "js/map.js", script),
    )


def _make_page_context(site: Site) -> Mapping[str, Any]:
    """Return the context of the page of the map: the map, the search form, the list."""
    real = site.list_real(Catalyser)
    return {
        **_make_shared_context(site),
        **directory.make_form_context(site),
        "unplaced": _group_unplaced(site),
        "missing": sum(not site.place(entry).is_placed for entry in real),
        "is_whole": len(real) <= directory.EVERY,
        "groups": directory.group_by_region(real, site),
        "modules": MODULES_OF_PAGE,
        "most": directory.EVERY if len(real) <= directory.EVERY else FEW,
    }


def _plan_embed_page(site: Site, script: str) -> PagePlan:
    """Return the page of the map alone, which any site may embed."""
    return PagePlan(
        ALONE,
        "integrer.html",
        "Carte à intégrer",
        context=lambda: {**_make_shared_context(site), "modules": MODULES, "credit": CREDIT},
        source=SOURCE,
        csp=_make_csp(site),
        listed=False,
        embeddable=True,
        styles=(*_list_leaflet_files(site, ".css"), "css/carte.css"),
        scripts=(*_list_leaflet_files(site, ".js"), "js/embed.js", script),
    )


def _make_csp(site: Site) -> Mapping[str, tuple[str, ...]]:
    return {"img-src": (site.config.tiles.host,)} if site.config.tiles else {}


def _list_placed(site: Site) -> tuple[Catalyser, ...]:
    """Return the records that have a point, in the order of the directory."""
    return tuple(entry for entry in index_data.sort_records(site) if site.place(entry).is_placed)


def _list_leaflet_files(site: Site, suffix: str) -> tuple[str, ...]:
    """Return the addresses of files with this suffix: Leaflet's own first, then its plug-ins'."""
    paths = sorted((path for path in site.files if path.endswith(suffix)), key=_rank_leaflet_file)
    return tuple(f"/assets/{path}" for path in paths)


def _rank_leaflet_file(path: str) -> tuple[bool, str]:
    return (not path.endswith(("/leaflet.js", "/leaflet.css")), path)


def _group_unplaced(site: Site) -> tuple[Unplaced, ...]:
    others = [c for c in index_data.sort_records(site) if not site.place(c).is_placed]
    groups = (
        Unplaced(
            str(precision),
            reason,
            tuple(c for c in others if site.place(c).precision is precision),
        )
        for precision, reason in WHY_UNPLACED.items()
    )
    return tuple(group for group in groups if group.entries)


def _make_button(site: Site, view: MapView, entries: Iterable[Catalyser]) -> ViewButton:
    here = (entry for entry in entries if site.place(entry).department in view.departments)
    count = len(keep_real(here))
    return ViewButton(view.title, make_anchor(view), count)


def make_script_options(site: Site) -> dict[str, Any]:
    """Return the options of `map-controller.js`, which are the same on both pages."""
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


def encode_outlines_geojson(site: Site) -> bytes:
    """Return the outlines of the départements as GeoJSON (RFC 7946)."""
    features = (
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "MultiPolygon", "coordinates": group_polygons(rings)},
        }
        for code, rings in site.gazetteer.outlines.items()
    )
    opening = '{"type":"FeatureCollection","features":['
    return encode_items(opening, map(encode_compact, features))
