"""The list of the territories, and the picture of the country that leads to their pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maille.gazetteer import Region, Territory
from maille.kinds.catalyser import Catalyser
from maille.site.config import MapView
from maille.site.model import Site
from maille.site.territories import Presences, address_of, territory_of
from maille.text.names import sort_key
from maille.views.drawings.country_map import (
    INSET_SIZE,
    MAIN_SIZE,
    Projection,
    box_of,
    path_of,
    views_of,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A territory in the list: its page, and who stands there, examples apart."""

    code: str
    name: str
    address: str
    count: int
    examples: int


@dataclass(frozen=True, slots=True)
class ListedRegion:
    """A région with its départements, by code."""

    region: Listed
    departments: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A département on the picture."""

    listed: Listed
    path: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the country at its own scale."""

    title: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The list, the picture (the country, then what is drawn beside it), and those everywhere."""

    regions: tuple[ListedRegion, ...]
    panels: tuple[Panel, ...]
    national: tuple[Catalyser, ...]


def index_of(site: Site, who: Presences) -> Index:
    """Return what the page of all territories shows; régions by name, départements by code."""
    by_name = sorted(site.gazetteer.regions.values(), key=lambda region: sort_key(region.name))
    regions = tuple(_region(site, who, region) for region in by_name)
    listed = {one.code: one for found in regions for one in found.departments}
    views = enumerate(views_of(site))
    panels = (_panel(site, view, INSET_SIZE if n else MAIN_SIZE, listed) for n, view in views)
    real = tuple(entry for entry in who.national if not entry.is_example)
    return Index(regions, tuple(panels), real)


def _region(site: Site, who: Presences, region: Region) -> ListedRegion:
    inner = (territory_of(site, code) for code in sorted(region.departments))
    whole = _listed(who, territory_of(site, region.slug))
    return ListedRegion(whole, tuple(_listed(who, one) for one in inner))


def _listed(who: Presences, territory: Territory) -> Listed:
    count = len(who.real(territory.code))
    examples = len(who.catalysers(territory.code)) - count
    return Listed(territory.code, territory.name, address_of(territory), count, examples)


def _panel(site: Site, view: MapView, size: int, listed: dict[str, Listed]) -> Panel:
    project = Projection.fit(box_of(site, view), size)
    return Panel(view.title, *project.size, tuple(_shapes(site, view, project, listed)))


def _shapes(
    site: Site, view: MapView, project: Projection, listed: dict[str, Listed]
) -> Iterator[Shape]:
    for code in view.departments:
        rings = site.gazetteer.outlines[code]
        path = "".join(path_of([project(*point) for point in ring]) for ring in rings)
        if path and code in listed:
            yield Shape(listed[code], path)
