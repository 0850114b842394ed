"""The map: its page, the page that other sites embed, and the files that both load.

Scripts draw the markers of the records that match the filters. They also load the data of the
directory (`views.records`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maille.formats.compact_json import encode_compact, encode_items
from maille.gazetteer import Gazetteer
from maille.kinds.catalyser import Catalyser
from maille.outlines import COARSEST, FINEST, count_cells
from maille.site.model import Site
from maille.site.place import Precision
from maille.views import directory, map_parts
from maille.views.drawings.outlines import encode_outlines, group_polygons
from maille.views.plans import FilePlan, LatePlan, PagePlan, Plan
from maille.views.records import index_data
from maille.views.records.export_rows import CREDIT

ADDRESS = "/carte/"
ALONE = f"{ADDRESS}integrer/"
OUTLINES = f"{ADDRESS}departements.geojson"
CONTOURS = f"{ADDRESS}contours.json"
DETAILS = f"{ADDRESS}contours-fins.json"

# The longer side of the still picture that the map replaces, in units of the drawing.
STILL = 240
# How many records without a point are listed per reason, if the page does not list all records.
FEW = 20

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


def plan(site: Site) -> Iterator[Plan]:
    """Yield the page of the map, the page to embed, and the files that they load."""
    yield _plan_page(site)
    yield _plan_embed_page(site)
    yield map_parts.plan_script(site)
    for address, encode in ((OUTLINES, encode_outlines_geojson), (CONTOURS, encode_contours)):
        make = functools.partial(encode, site.gazetteer)
        # The gazetteer is part of the engine, so the address is enough of a key.
        yield LatePlan(address, make, map_parts.SOURCE, address.encode())
    yield FilePlan(DETAILS, site.gazetteer.get_outlines(FINEST).data, map_parts.SOURCE)
    for path, data in sorted(site.files.items()):
        yield FilePlan(f"/assets/{path}", data, map_parts.SOURCE)


def _plan_page(site: Site) -> PagePlan:
    return PagePlan(
        ADDRESS,
        "map.html",
        "Carte",
        f"Les {site.kind(Catalyser.kind_name).plural} sur la carte, et leur liste.",
        functools.partial(_make_page_context, site),
        source=map_parts.SOURCE,
        csp=map_parts.make_csp(site),
        styles=(*map_parts.list_styles(site), "css/carte.css", "css/annuaire.css"),
        scripts=("js/map-page.js",),
    )


def _make_page_context(site: Site) -> Mapping[str, Any]:
    real = site.list_real(Catalyser)
    return {
        **map_parts.make_context(site, STILL),
        "map_scripts": map_parts.list_scripts(site),
        **directory.make_form_context(site),
        "unplaced": _group_unplaced(site),
        "missing": sum(not site.place(entry).is_placed for entry in real),
        "is_whole": len(real) <= directory.EVERY,
        "groups": directory.group_by_region(real, site),
        "most": directory.EVERY if len(real) <= directory.EVERY else FEW,
    }


def _plan_embed_page(site: Site) -> PagePlan:
    """Return the page of the map alone, which any site may embed."""
    return PagePlan(
        ALONE,
        "integrer.html",
        "Carte à intégrer",
        context=lambda: {
            **map_parts.make_context(site, STILL),
            "credit": CREDIT,
        },
        source=map_parts.SOURCE,
        csp=map_parts.make_csp(site),
        listed=False,
        embeddable=True,
        styles=(*map_parts.list_styles(site), "css/carte.css"),
        scripts=map_parts.list_scripts(site, "js/embed.js"),
    )


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


@functools.cache  # every site has the same, and the preview and the tests build many times
def encode_contours(gazetteer: Gazetteer) -> bytes:
    """Return the coarsest outlines of the départements as the map reads them."""
    return encode_outlines(gazetteer.outlines, count_cells(COARSEST))


@functools.cache
def encode_outlines_geojson(gazetteer: Gazetteer) -> bytes:
    """Return the coarsest outlines of the départements as GeoJSON (RFC 7946)."""
    features = (
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "MultiPolygon", "coordinates": group_polygons(rings)},
        }
        for code, rings in gazetteer.outlines.items()
    )
    opening = '{"type":"FeatureCollection","features":['
    return encode_items(opening, map(encode_compact, features))
