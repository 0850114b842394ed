"""The map as a still picture: one SVG drawing per part of the country, with outlines and points.

The home page shows this picture; so does the page of the map if there is no JavaScript.
Coordinates are whole numbers, in units of the drawing: decimals would make the picture heavier.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from maille.gazetteer import Gazetteer
from maille.geometry import Point
from maille.kinds.catalyser import Catalyser
from maille.outlines import choose_level
from maille.site.config import MapView
from maille.site.model import Site, keep_examples, keep_real
from maille.text.names import make_slug
from maille.views.drawings.borders import draw_land_and_borders
from maille.views.drawings.paths import XY, draw_rings, join_numbers, project_rings

# The longer side of the drawing of the country, in its own units.
MAIN_SIZE = 480
# The home page shows that drawing in at most this many CSS pixels.
SHOWN = 548
# The longer side of each inset, in its own units.
INSET_SIZE = 96
# Room around the outlines, so that a dot on the coast is not cut.
MARGIN = 8
# If a panel has more than CROWD dots, only one is drawn per cell of CELL units a side.
CROWD = 500
CELL = 12
# The least distance between the middles of two dots, so that each is seen. A dot may be moved to
# one of `SPOTS` places on a spiral around its true place.
APART = 14
SPOTS = 64
STEP = 5

# The shapes of the points, by marker, as SVG commands that start from the middle of the shape.
# "" is for entries that have no practice with a marker.
SHAPES: Mapping[str, str] = {
    "rond": "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "carre": "m-5-5h10v10h-10z",
    "triangle": "m0-7 6.5 12h-13z",
    "losange": "m0-7 7 7-7 7-7-7z",
    "": "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0zm3 0a2 2 0 1 1 4 0a2 2 0 1 1-4 0z",
}


@dataclass(frozen=True, slots=True)
class Dot:
    """A catalyser on a drawing; `marker` is a key of `SHAPES`."""

    x: int
    y: int
    marker: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the country at its own scale.

    - `land` is the SVG path of the départements, filled, except those in `tints`.
    - `borders` is the SVG path of the lines between them.
    - `tints` has the code and the path of each département in which the exact place of an entry is
      not known.
    - `samples` is a path with a point for each example; it may be "".
    - `plan` is the projection, for scripts that draw more dots.
    """

    title: str
    anchor: str
    width: int
    height: int
    land: str
    borders: str
    dots: tuple[Dot, ...]
    tints: tuple[tuple[str, str], ...] = ()
    samples: str = ""
    plan: str = ""

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """Return each marker in use, with the data of the SVG path that draws its dots.

        If there are more than `CROWD` dots, only one per cell is drawn.
        """
        dots = self.dots
        if len(dots) > CROWD:
            cells = {(dot.x // CELL, dot.y // CELL): dot for dot in reversed(dots)}
            dots = tuple(cells.values())
        drawn = {
            marker: "".join(
                f"M{join_numbers((dot.x, dot.y))}{shape}" for dot in dots if dot.marker == marker
            )
            for marker, shape in SHAPES.items()
        }
        return tuple((marker, data) for marker, data in drawn.items() if data)


@dataclass(frozen=True, slots=True)
class CountryFigure:
    """The drawing of the country, and its insets."""

    main: Panel
    insets: tuple[Panel, ...]

    @property
    def count(self) -> int:
        """Return the number of dots, including those that `marks` does not draw."""
        return sum(len(panel.dots) for panel in (self.main, *self.insets))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the globe, in degrees, or of the plane of `territory/figure.py`, in units."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def enclose(cls, points: Iterable[Point]) -> Box:
        """Return the bounding box of one point or more."""
        longitudes, latitudes = zip(*points, strict=True)
        return cls(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


@dataclass(frozen=True, slots=True)
class Projection:
    """Converts degrees to whole units of a drawing; north is at the top.

    `scale` is the number of units per degree of latitude. `squeeze` is the length of a degree of
    longitude at the middle of the box, divided by the length of a degree of latitude.
    """

    box: Box
    scale: float
    squeeze: float

    @classmethod
    def fit(cls, box: Box, size: int) -> Projection:
        """Return the projection of a box onto a drawing with a longer side of `size` units."""
        squeeze = math.cos(math.radians((box.south + box.north) / 2))
        longer = max((box.east - box.west) * squeeze, box.north - box.south)
        return cls(box, (size - 2 * MARGIN) / longer, squeeze)

    def __call__(self, longitude: float, latitude: float) -> XY:
        """Return a point in units from the top left."""
        x = (longitude - self.box.west) * self.squeeze * self.scale
        y = (self.box.north - latitude) * self.scale
        return round(x) + MARGIN, round(y) + MARGIN

    @property
    def plan(self) -> str:
        """Return what a script needs to project: west, north, squeeze, scale and margin."""
        return f"{self.box.west} {self.box.north} {self.squeeze:.4f} {self.scale:.3f} {MARGIN}"

    @property
    def size(self) -> tuple[int, int]:
        """Return the width and the height of the drawing."""
        x, y = self(self.box.east, self.box.south)
        return x + MARGIN, y + MARGIN


def draw_country(
    site: Site, size: int = MAIN_SIZE, *, with_examples: bool = False
) -> CountryFigure:
    """Return the picture of the country: the first view of `site.toml`, with the others as insets.

    `size` is the longer side of the first, in units; a smaller drawing is lighter and coarser. With
    `with_examples`, examples are drawn too, but not as dots: they would look like real entries.
    """
    entries = site.list_entries(Catalyser)
    drawn = entries if with_examples else keep_real(entries)
    views = enumerate(list_views(site))
    panels = [_draw_panel(site, view, INSET_SIZE if n else size, drawn) for n, view in views]
    return CountryFigure(panels[0], tuple(panels[1:]))


@functools.lru_cache(1)
def list_views(site: Site) -> tuple[MapView, ...]:
    """Return the parts of the map with their départements, or the whole map if no part has any.

    A part whose `departements` is empty takes the départements that no part names. Codes without an
    outline are left out; so are parts that are then empty. An overseas collectivité that no part
    names is a part of its own, if a place of the site is there.
    """
    drawn = site.gazetteer.outlines
    named = {code for view in site.config.map_views for code in view.departments}
    others = [one for one in site.gazetteer.list_collectivities() if one.code not in named]
    rest = tuple(code for code in drawn if code not in named.union(one.code for one in others))
    views = (
        view.model_copy(
            update={"departments": tuple(c for c in view.departments or rest if c in drawn)}
        )
        for view in site.config.map_views
    )
    every = MapView(titre="Toute la carte", departements=rest)
    inhabited = {
        place.department for place in chain(site.places.values(), site.named_places.values())
    }
    overseas = (
        MapView(titre=one.name, departements=(one.code,))
        for one in others
        if one.code in drawn and one.code in inhabited
    )
    return (*(tuple(view for view in views if view.departments) or (every,)), *overseas)


def list_placed(site: Site) -> tuple[Catalyser, ...]:
    """Return the catalysers that have a point, in the order of the site."""
    return tuple(c for c in site.list_entries(Catalyser) if site.place(c).is_placed)


def make_anchor(view: MapView) -> str:
    """Return the anchor of a view: « la-reunion »."""
    return make_slug(view.title)


def find_box(site: Site, view: MapView) -> Box:
    """Return the bounding box of the outlines of a view, in degrees."""
    return _enclose_outlines(site.gazetteer, tuple(view.departments))


# A build draws the same country for several pages, and plans the site again for each future day on
# which a text will appear.
@functools.lru_cache(maxsize=64)
def _enclose_outlines(gazetteer: Gazetteer, codes: tuple[str, ...]) -> Box:
    return Box.enclose(
        point for code in codes for ring in gazetteer.outlines[code] for point in ring
    )


def _draw_panel(site: Site, view: MapView, size: int, entries: Iterable[Catalyser]) -> Panel:
    project = Projection.fit(find_box(site, view), size)
    here = [entry for entry in entries if site.place(entry).department in view.departments]
    placed = [entry for entry in here if site.place(entry).is_placed]
    dots = spread_dots(_place_dots(site, keep_real(placed), project))
    samples = _place_dots(site, keep_examples(placed), project)
    vague = [site.place(entry) for entry in keep_real(here)]
    tinted = {place.department for place in vague if not place.is_placed}
    others = tuple(code for code in view.departments if code not in tinted)
    land, borders = _draw_country_land(site.gazetteer, others, project)
    tints = tuple(
        (code, draw_land(site.gazetteer, (code,), project, SHOWN / MAIN_SIZE))
        for code in sorted(tinted.intersection(view.departments))
    )
    return Panel(
        view.title,
        make_anchor(view),
        *project.size,
        land,
        borders,
        dots,
        tints,
        "".join(f"M{join_numbers((dot.x, dot.y))}h0" for dot in samples),
        project.plan,
    )


def _place_dots(site: Site, entries: Iterable[Catalyser], project: Projection) -> Iterator[Dot]:
    for entry in entries:
        place = site.place(entry)
        assert place.longitude is not None and place.latitude is not None
        x, y = project(place.longitude, place.latitude)
        yield Dot(x, y, find_marker(site, entry), entry.heading, site.address(entry))


def spread_dots(dots: Iterable[Dot]) -> tuple[Dot, ...]:
    """Return dots in alphabetical order of their addresses, moved so that none hides another.

    A dot is moved if it is too near an earlier one. More than `CROWD` dots stay where they are, as
    does a dot with no free place around it. The script of the picture beside the list does the same
    (js/still-map.js), so that a dot has the same place in both.
    """
    found: list[Dot] = []
    given = tuple(sorted(dots, key=lambda dot: dot.address))
    if len(given) > CROWD:
        return given
    for dot in given:
        x, y = next((spot for spot in _propose_spots(dot) if _is_free(spot, found)), (dot.x, dot.y))
        found.append(replace(dot, x=x, y=y))
    return tuple(found)


def _propose_spots(dot: Dot) -> Iterator[XY]:
    """Yield the place of a dot, then places around it, each farther than the one before."""
    for step in range(SPOTS):
        angle, reach = 2.4 * step, STEP * math.sqrt(step)  # 2.4 radians are the golden angle
        yield (
            math.floor(dot.x + reach * math.cos(angle) + 1 / 2),
            math.floor(dot.y + reach * math.sin(angle) + 1 / 2),
        )


def _is_free(spot: XY, dots: Iterable[Dot]) -> bool:
    return all(math.dist(spot, (dot.x, dot.y)) >= APART for dot in dots)


def find_marker(site: Site, entry: Catalyser) -> str:
    """Return the marker of one of the practices of an entry, or "" if none has a marker.

    If several practices have a marker, the first in the vocabulary decides.
    """
    terms = site.terms("pratiques", entry.practices)
    return next((str(term.marker) for term in terms if term.marker), "")


@functools.lru_cache(maxsize=64)
def _draw_country_land(
    gazetteer: Gazetteer, codes: tuple[str, ...], project: Projection
) -> tuple[str, str]:
    """Return the land and the borders of départements as the data of two SVG paths."""
    outlines = gazetteer.get_outlines(choose_level(project.scale * SHOWN / MAIN_SIZE))
    rings = (ring for code in codes for ring in outlines[code])
    return draw_land_and_borders(project_rings(rings, project))


@functools.lru_cache(maxsize=256)  # enough for all the départements, and for some pictures
def draw_land(
    gazetteer: Gazetteer, codes: tuple[str, ...], project: Projection, shown: float = 1
) -> str:
    """Return the outlines of départements as the data of one SVG path.

    `shown` is how many CSS pixels a unit of the drawing takes.
    """
    outlines = gazetteer.get_outlines(choose_level(project.scale * shown))
    return draw_rings(project_rings((ring for code in codes for ring in outlines[code]), project))
