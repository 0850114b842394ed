"""The list of régions and départements, and a picture of the country with links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from maille.gazetteer import Region, Territory
from maille.kinds.catalyser import Catalyser
from maille.site.config import MapView
from maille.site.model import Site, keep_real
from maille.views.drawings.country_map import (
    INSET_SIZE,
    Projection,
    draw_land,
    find_box,
    list_views,
)
from maille.views.records.index_data import sort_regions
from maille.views.territory.presences import Presences, make_address, require_territory

SIZE = 480  # the longer side of the picture, in its own units; it is shown in about as many pixels


@dataclass(frozen=True, slots=True)
class ListedTerritory:
    """A territory in the list, with how many real records (`count`) and examples it has."""

    code: str
    name: str
    address: str
    count: int
    examples: int


@dataclass(frozen=True, slots=True)
class ListedRegion:
    """A région with its départements, ordered by code."""

    region: ListedTerritory
    departments: tuple[ListedTerritory, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A département on the picture; `path` is the data of an SVG path."""

    listed: ListedTerritory
    path: str


@dataclass(frozen=True, slots=True)
class LinkedPanel:
    """A part of the country at its own scale, with links on its départements."""

    title: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class TerritoryIndex:
    """The list, the picture, and the real records that act in the whole country.

    The first panel of the picture is the country, the other panels are its insets.
    `collectivities` are the overseas collectivités, which have no région.
    """

    regions: tuple[ListedRegion, ...]
    collectivities: tuple[ListedTerritory, ...]
    panels: tuple[LinkedPanel, ...]
    national: tuple[Catalyser, ...]


def make_index(site: Site, who: Presences) -> TerritoryIndex:
    """Return the index: régions are sorted by name, and the départements of each by code."""
    regions = tuple(_list_region(site, who, region) for region in sort_regions(site.gazetteer))
    codes = (one.code for one in site.gazetteer.list_collectivities())
    overseas = tuple(_count_records(who, require_territory(site, code)) for code in codes)
    inner = chain.from_iterable(found.departments for found in regions)
    listed = {one.code: one for one in (*inner, *overseas)}
    views = enumerate(list_views(site))
    panels = (_draw_panel(site, view, INSET_SIZE if n else SIZE, listed) for n, view in views)
    real = keep_real(who.national)
    return TerritoryIndex(regions, overseas, tuple(panels), real)


def _list_region(site: Site, who: Presences, region: Region) -> ListedRegion:
    inner = (require_territory(site, code) for code in sorted(region.departments))
    whole = _count_records(who, require_territory(site, region.slug))
    return ListedRegion(whole, tuple(_count_records(who, one) for one in inner))


def _count_records(who: Presences, territory: Territory) -> ListedTerritory:
    count = len(who.list_real(territory.code))
    examples = len(who.list_catalysers(territory.code)) - count
    return ListedTerritory(territory.code, territory.name, make_address(territory), count, examples)


def _draw_panel(
    site: Site, view: MapView, size: int, listed: dict[str, ListedTerritory]
) -> LinkedPanel:
    project = Projection.fit(find_box(site, view), size)
    return LinkedPanel(view.title, *project.size, tuple(_draw_shapes(site, view, project, listed)))


def _draw_shapes(
    site: Site, view: MapView, project: Projection, listed: dict[str, ListedTerritory]
) -> Iterator[Shape]:
    for code in view.departments:
        path = draw_land(site.gazetteer, (code,), project)
        if path and code in listed:
            yield Shape(listed[code], path)
