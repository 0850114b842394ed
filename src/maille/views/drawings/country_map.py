"""The map as a still picture: outlines and points as small SVG drawings, one per view.

The home page shows this picture; so does the page of the map if there is no JavaScript.
Coordinates are whole numbers of the drawing's own units, so the picture weighs under 14 kB once
compressed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from maille.gazetteer import Point, Ring
from maille.kinds.catalyser import Catalyser
from maille.site.config import MapView
from maille.site.model import Site, keep_real
from maille.text.names import make_slug

XY = tuple[int, int]  # a point of a drawing, in its units
Project = Callable[[float, float], XY]  # from longitude and latitude

# The longer side of the drawing of the country, and of each inset, in the units of that drawing.
MAIN_SIZE = 720
INSET_SIZE = 96
# Room around the outlines, so that a dot on the coast is not cut.
MARGIN = 8
# If a panel has more than CROWD dots, only one is drawn per cell of CELL units a side.
CROWD = 500
CELL = 12
# Islets of fewer square units than this are dropped: they would look like dirt on the picture.
SMALLEST = 2

# The shapes of the practices, as SVG commands relative to the middle of each; "" is for entries
# that have no practice with a shape.
SHAPES: Mapping[str, str] = {
    "rond": "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "carre": "m-5-5h10v10h-10z",
    "triangle": "m0-7 6.5 12h-13z",
    "losange": "m0-7 7 7-7 7-7-7z",
    "": "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0zm3 0a2 2 0 1 1 4 0a2 2 0 1 1-4 0z",
}


@dataclass(frozen=True, slots=True)
class Dot:
    """A catalyser on a drawing; `marker` names its shape (see `find_marker`)."""

    x: int
    y: int
    marker: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the country at its own scale; `land` is the data of an SVG path."""

    title: str
    anchor: str
    width: int
    height: int
    land: str
    dots: tuple[Dot, ...]

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """Return each shape in use, with the data of the SVG path that draws its dots."""
        dots = self.dots
        if len(dots) > CROWD:
            cells = {(dot.x // CELL, dot.y // CELL): dot for dot in reversed(dots)}
            dots = tuple(cells.values())
        drawn = {
            marker: "".join(
                f"M{dot.x}{_join_numbers(dot.y)}{shape}" for dot in dots if dot.marker == marker
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
        """Return how many real catalysers have a dot, including those that `marks` drops."""
        return sum(len(panel.dots) for panel in (self.main, *self.insets))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the globe, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def enclose(cls, points: Iterable[Point]) -> Box:
        """Return the bounding box of points."""
        longitudes, latitudes = zip(*points, strict=True)
        return cls(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


@dataclass(frozen=True, slots=True)
class Projection:
    """Converts degrees to whole units of a drawing: true to scale at its middle latitude.

    North is at the top. `squeeze` is the length of a degree of longitude divided by that of a
    degree of latitude.
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
    def size(self) -> tuple[int, int]:
        """Return the width and the height of the drawing."""
        x, y = self(self.box.east, self.box.south)
        return x + MARGIN, y + MARGIN


def draw_country(site: Site, size: int = MAIN_SIZE) -> CountryFigure:
    """Return the picture of the views of `site.toml`: the first is the country, the others insets.

    `size` is the longer side of the country, in units; fewer units make it lighter and coarser.
    """
    # Examples are left out: at this size they would look like real entries.
    real = keep_real(list_placed(site))
    views = enumerate(list_views(site))
    panels = [_draw_panel(site, view, INSET_SIZE if n else size, real) for n, view in views]
    return CountryFigure(panels[0], tuple(panels[1:]))


def list_views(site: Site) -> tuple[MapView, ...]:
    """Return the parts of the map with their départements, or the whole map if no part has any.

    A part without `departements` takes those that no other part names. Codes without an outline
    are left out; so are parts that are then empty.
    """
    drawn = site.gazetteer.outlines
    named = {code for view in site.config.map_views for code in view.departments}
    rest = tuple(code for code in drawn if code not in named)
    views = (
        view.model_copy(
            update={"departments": tuple(c for c in view.departments or rest if c in drawn)}
        )
        for view in site.config.map_views
    )
    every = MapView(titre="Toute la carte", departements=tuple(drawn))
    return tuple(view for view in views if view.departments) or (every,)


def list_placed(site: Site) -> tuple[Catalyser, ...]:
    """Return the catalysers that have a point, in the order of the site."""
    return tuple(c for c in site.list_entries(Catalyser) if site.place(c).is_placed)


def make_anchor(view: MapView) -> str:
    """Return the anchor of a view: « la-reunion »."""
    return make_slug(view.title)


def find_box(site: Site, view: MapView) -> Box:
    """Return the bounding box of the outlines of a view."""
    return Box.enclose(
        point
        for code in view.departments
        for ring in site.gazetteer.outlines[code]
        for point in ring
    )


def _draw_panel(site: Site, view: MapView, size: int, entries: Iterable[Catalyser]) -> Panel:
    project = Projection.fit(find_box(site, view), size)
    land = draw_rings(project_outlines(site, view.departments, project))
    here = (entry for entry in entries if site.place(entry).department in view.departments)
    dots = tuple(_place_dots(site, here, project))
    return Panel(view.title, make_anchor(view), *project.size, land, dots)


def _place_dots(site: Site, entries: Iterable[Catalyser], project: Projection) -> Iterator[Dot]:
    for entry in entries:
        place = site.place(entry)
        assert place.longitude is not None and place.latitude is not None
        x, y = project(place.longitude, place.latitude)
        yield Dot(x, y, find_marker(site, entry), entry.heading, site.address(entry))


def find_marker(site: Site, entry: Catalyser) -> str:
    """Return the name of an entry's shape: that of its first practice with a marker, else ""."""
    terms = site.terms("pratiques", entry.practices)
    return next((str(term.marker) for term in terms if term.marker), "")


def project_outlines(site: Site, codes: Iterable[str], project: Project) -> list[list[XY]]:
    """Return the outlines of départements, projected: one list of points per ring."""
    rings = (ring for code in codes for ring in site.gazetteer.outlines[code])
    return [[project(*point) for point in ring] for ring in rings]


def draw_rings(rings: Iterable[Sequence[XY]]) -> str:
    """Return closed rings as the data of one SVG path."""
    return "".join(map(draw_ring, rings))


def draw_ring(points: Sequence[XY]) -> str:
    """Return a closed ring as relative SVG commands, or "" if it is too small to be seen.

    Points equal to the previous one, or in line with their neighbours, are dropped.
    """
    apart = [point for point, _ in groupby(points)]
    if abs(measure_area(apart)) < SMALLEST:
        return ""
    corners = [apart[0], *_find_corners(apart), apart[-1]]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(corners)]
    line = "".join(_join_numbers(x, y) for x, y in steps[:-1]).removeprefix(" ")
    return f"M{corners[0][0]}{_join_numbers(corners[0][1])}l{line}z"


def _find_corners(points: Sequence[XY]) -> Iterator[XY]:
    """Yield the points where a line turns, except its two ends."""
    for (x1, y1), (x2, y2), (x3, y3) in zip(points, points[1:], points[2:], strict=False):
        if (x2 - x1) * (y3 - y2) != (x3 - x2) * (y2 - y1):
            yield x2, y2


def _join_numbers(*numbers: int) -> str:
    """Join numbers as SVG reads them, with a space before those that have no minus sign."""
    return "".join(str(n) if n < 0 else f" {n}" for n in numbers)


def measure_area(ring: Ring | Sequence[XY]) -> float:
    """Return the area inside a closed ring; negative if it is clockwise (y grows upwards)."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2
