"""The map: its page, its two data files, the script that Folium writes, and Leaflet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from maille.config import MapView
from maille.geo import Ring
from maille.kinds.catalyser import Catalyser
from maille.model import Precision
from maille.site import FilePlan, PagePlan, Plan, Site
from maille.views.figure import (
    SHAPES,
    Box,
    anchor_of,
    area,
    box_of,
    figure_of,
    placed,
    views_of,
)

ADDRESS = "/carte/"
OUTLINES = f"{ADDRESS}departements.geojson"
SOURCE = "la carte"

# Closer than this the shipped outlines are a plain surface, unless there are detailed tiles.
MAX_ZOOM = 12

WHY_UNPLACED = {
    Precision.ADDRESS: "Leur point n'est pas connu",
    Precision.COMMUNE: "Leur commune n'a pas de point connu",
    Precision.DEPARTMENT: "Leur département est connu, pas leur commune",
    Precision.NATIONAL: "Ils agissent dans toute la France",
    Precision.UNKNOWN: "Leur lieu n'est pas connu",
}


@dataclass(frozen=True, slots=True)
class Unplaced:
    """The catalysers that have no point on the map for one reason."""

    reason: str
    entries: tuple[Catalyser, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the map: what its button says, and the anchor of its address."""

    title: str
    anchor: str
    count: int


def plan(site: Site) -> Iterator[Plan]:
    """Yield the page of the map and all the files that it loads."""
    # Folium takes half a second to import: only builds that draw the map pay for it.
    from maille.views.folium_shell import shell

    tiles = site.config.tiles
    made = shell(tiles.max_zoom if tiles else MAX_ZOOM, options(site))
    script = FilePlan(_script_address(made.script), made.script.encode(), SOURCE)
    yield _page(site, made.html, script.address)
    yield script
    yield FilePlan(f"{ADDRESS}{data_file(site)}", catalysers_geojson(site), SOURCE)
    yield FilePlan(OUTLINES, outlines_geojson(site), SOURCE)
    for path, data in sorted(site.files.items()):
        yield FilePlan(f"/assets/{path}", data, SOURCE)


def _page(site: Site, holder: str, script: str) -> PagePlan:
    tiles = site.config.tiles
    entries = placed(site)
    return PagePlan(
        ADDRESS,
        "map.html",
        "Carte",
        f"Les {site.kind(Catalyser.kind_name).plural} sur la carte, et leur liste.",
        {
            "placed": entries,
            "unplaced": _unplaced(site),
            "missing": sum(
                not (entry.example or site.place(entry).is_placed) for entry in site.all(Catalyser)
            ),
            "views": tuple(_part(site, view, entries) for view in views_of(site)),
            "figure": figure_of(site),
            "holder": holder,
            "tiles": tiles,
        },
        source=SOURCE,
        policy={"img-src": (tiles.host,)} if tiles else {},
        styles=(*_vendor(site, ".css"), "css/carte.css"),
        scripts=(*_vendor(site, ".js"), "js/carte.js", script),
    )


def _vendor(site: Site, suffix: str) -> tuple[str, ...]:
    """Return the addresses of Leaflet's files: itself first, then what builds on it."""
    paths = sorted((path for path in site.files if path.endswith(suffix)), key=_depends)
    return tuple(f"/assets/{path}" for path in paths)


def _depends(path: str) -> tuple[bool, str]:
    return (not path.endswith(("/leaflet.js", "/leaflet.css")), path)


def _script_address(script: str) -> str:
    return f"/assets/carte/carte-{hashlib.sha256(script.encode()).hexdigest()[:8]}.js"


def _unplaced(site: Site) -> tuple[Unplaced, ...]:
    others = [c for c in site.all(Catalyser) if not site.place(c).is_placed]
    groups = (
        Unplaced(reason, tuple(c for c in others if site.place(c).precision is precision))
        for precision, reason in WHY_UNPLACED.items()
    )
    return tuple(group for group in groups if group.entries)


def _part(site: Site, view: MapView, entries: Iterable[Catalyser]) -> Part:
    here = (entry for entry in entries if site.place(entry).department in view.departments)
    count = sum(not entry.is_example for entry in here)
    return Part(view.title, anchor_of(view), count)


def options(site: Site) -> dict[str, Any]:
    """Return what `carte.js` is told; addresses of data are relative to the page."""
    tiles, kind = site.config.tiles, site.kind(Catalyser.kind_name)
    return {
        "data": data_file(site),
        "words": [kind.singular, kind.plural],
        "land": OUTLINES.removeprefix(ADDRESS),
        "shapes": dict(SHAPES),
        "views": [
            {"title": view.title, "anchor": anchor_of(view), "bounds": _bounds(box_of(site, view))}
            for view in views_of(site)
        ],
        "tiles": {"url": tiles.url, "maxZoom": tiles.max_zoom} if tiles else None,
    }


def _bounds(box: Box) -> list[list[float]]:
    """Return a rectangle as Leaflet has it: latitude first, south-west then north-east."""
    return [[box.south, box.west], [box.north, box.east]]


def data_file(site: Site) -> str:
    """Return the name of the file of the points, beside the page of the map."""
    return f"{site.kind(Catalyser.kind_name).file_name}.geojson"


def catalysers_geojson(site: Site) -> bytes:
    """Return the placed catalysers as GeoJSON (RFC 7946), in the order of the lists."""
    return _collection(_point(site, entry) for entry in placed(site))


def _point(site: Site, entry: Catalyser) -> dict[str, Any]:
    place = site.place(entry)
    practices = site.terms("pratiques", entry.practices)
    properties = {
        "nom": entry.heading,
        "lieu": place.label,
        "commune": place.commune,
        "departement": place.department_name,
        "pratiques": [term.name for term in practices],
        "reperes": [str(term.marker) for term in practices if term.marker],
        # Relative to the page of the map, so that the base path does not matter.
        "adresse": f"..{site.address(entry)}",
        "precision": str(place.precision),
        "exemple": entry.is_example,
    }
    geometry = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def outlines_geojson(site: Site) -> bytes:
    """Return the outlines of the departments as GeoJSON (RFC 7946)."""
    return _collection(
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons(rings)},
        }
        for code, rings in site.gazetteer.outlines.items()
    )


def polygons(rings: Iterable[Ring]) -> list[list[Ring]]:
    """Return rings as polygons: one that turns clockwise is a hole of the polygon before it."""
    found: list[list[Ring]] = []
    for ring in rings:
        if area(ring) < 0 and found:
            found[-1].append(ring)
        else:
            found.append([ring])
    return found


def _collection(features: Iterable[dict[str, Any]]) -> bytes:
    """Return the file, a feature a line, so that two builds can be compared by eye."""
    lines = (json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()
