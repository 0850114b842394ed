"""The map as a still picture: one SVG drawing per part of the country, with outlines and points.

The home page shows this picture; so does the page of the map if there is no JavaScript.
Coordinates are whole numbers, in units of the drawing: decimals would make the picture heavier.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, groupby
from operator import itemgetter, mul, ne, sub

from maille.gazetteer import Gazetteer
from maille.geometry import Point, Ring
from maille.kinds.catalyser import Catalyser
from maille.outlines import choose_level
from maille.site.config import MapView
from maille.site.model import Site, keep_examples, keep_real
from maille.text.names import make_slug

XY = tuple[int, int]  # a point of a drawing, in its units
Project = Callable[[float, float], XY]  # from longitude and latitude

# The longer side of the drawing of the country, and of each inset, in the units of that drawing.
MAIN_SIZE = 720
# The home page shows the drawing of the country in at most this many CSS pixels.
SHOWN = 548
INSET_SIZE = 96
# Room around the outlines, so that a dot on the coast is not cut.
MARGIN = 8
# If a panel has more than CROWD dots, only one is drawn per cell of CELL units a side.
CROWD = 500
CELL = 12
# Rings whose area is under this many square units are drawn as a square of one unit.
SMALLEST = 2

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

    `tint` is the SVG path of the départements where entries are known to be, without a point;
    `land` is the SVG path of the other départements; `samples` is a path with a point for each
    example. Each may be "".
    """

    title: str
    anchor: str
    width: int
    height: int
    land: str
    dots: tuple[Dot, ...]
    tint: str = ""
    samples: str = ""

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
                f"M{_join_numbers((dot.x, dot.y))}{shape}" for dot in dots if dot.marker == marker
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
    def size(self) -> tuple[int, int]:
        """Return the width and the height of the drawing."""
        x, y = self(self.box.east, self.box.south)
        return x + MARGIN, y + MARGIN


def draw_country(
    site: Site, size: int = MAIN_SIZE, *, with_examples: bool = False
) -> CountryFigure:
    """Return the picture of the views of `site.toml`: the first is the country, the others insets.

    `size` is the longer side of the first, in units; a smaller drawing is lighter and coarser. Even
    with `with_examples`, examples are not drawn as dots: they would look like real entries.
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


# A build draws the same country for several pages, and again for each day on which texts appear.
@functools.lru_cache(maxsize=64)
def _enclose_outlines(gazetteer: Gazetteer, codes: tuple[str, ...]) -> Box:
    return Box.enclose(
        point for code in codes for ring in gazetteer.outlines[code] for point in ring
    )


def _draw_panel(site: Site, view: MapView, size: int, entries: Iterable[Catalyser]) -> Panel:
    project = Projection.fit(find_box(site, view), size)
    here = [entry for entry in entries if site.place(entry).department in view.departments]
    placed = [entry for entry in here if site.place(entry).is_placed]
    dots = tuple(_place_dots(site, keep_real(placed), project))
    samples = _place_dots(site, keep_examples(placed), project)
    vague = [site.place(entry) for entry in keep_real(here)]
    tinted = {place.department for place in vague if not place.is_placed}
    land, tint = (
        draw_land(site.gazetteer, tuple(codes), project, SHOWN / MAIN_SIZE)
        for codes in ((c for c in view.departments if c not in tinted), sorted(tinted))
    )
    return Panel(
        view.title,
        make_anchor(view),
        *project.size,
        land,
        dots,
        tint,
        "".join(f"M{_join_numbers((dot.x, dot.y))}h0" for dot in samples),
    )


def _place_dots(site: Site, entries: Iterable[Catalyser], project: Projection) -> Iterator[Dot]:
    for entry in entries:
        place = site.place(entry)
        assert place.longitude is not None and place.latitude is not None
        x, y = project(place.longitude, place.latitude)
        yield Dot(x, y, find_marker(site, entry), entry.heading, site.address(entry))


def find_marker(site: Site, entry: Catalyser) -> str:
    """Return the marker of one of the practices of an entry, or "" if none has a marker.

    If several practices have a marker, the first in the vocabulary decides.
    """
    terms = site.terms("pratiques", entry.practices)
    return next((str(term.marker) for term in terms if term.marker), "")


@functools.lru_cache(maxsize=256)  # one per département of an index, and some pictures
def draw_land(
    gazetteer: Gazetteer, codes: tuple[str, ...], project: Projection, shown: float = 1
) -> str:
    """Return the outlines of départements as the data of one SVG path.

    `shown` is how many CSS pixels a unit of the drawing takes.
    """
    outlines = gazetteer.get_outlines(choose_level(project.scale * shown))
    return draw_rings(project_rings((ring for code in codes for ring in outlines[code]), project))


def project_rings(rings: Iterable[Ring], project: Project) -> list[list[XY]]:
    """Return projected rings, each as a list of points."""
    return [[project(*point) for point in ring] for ring in rings]


def draw_rings(rings: Iterable[Sequence[XY]]) -> str:
    """Return closed rings as the data of one SVG path."""
    return "".join(map(draw_ring, rings))


def draw_ring(points: Sequence[XY]) -> str:
    """Return a closed ring as the data of an SVG path; a small islet is a square of one unit.

    A point equal to the previous one is left out; so is a point aligned with its neighbours.
    """
    # There are many points: their columns go through functions of C, one operation at a time.
    apart = [*map(itemgetter(0), groupby(points))]
    xs, ys = zip(*apart, strict=True)
    dx, dy = _list_steps(xs), _list_steps(ys)
    if abs(sum(map(mul, xs, dy)) - sum(map(mul, ys, dx))) < 2 * SMALLEST:
        return f"M{_join_numbers(apart[0])}h1v1h-1z"
    turns = map(ne, map(mul, dx, dy[1:]), map(mul, dx[1:], dy))
    corners = [*compress(apart, chain((True,), turns))]
    steps = zip(*map(_list_steps, zip(*corners, strict=True)), strict=True)
    return f"M{_join_numbers(corners[0])}l{_join_numbers(chain.from_iterable(steps))}z"


def _list_steps(column: Sequence[int]) -> tuple[int, ...]:
    """Return the difference between each number and the one before it."""
    return tuple(map(sub, column[1:], column))


def _join_numbers(numbers: Iterable[int]) -> str:
    """Return numbers for an SVG path, separated by a space, or by the minus sign of the second."""
    return str([*numbers])[1:-1].replace(",", "").replace(" -", "-")


def measure_area(ring: Ring | Sequence[XY]) -> float:
    """Return the area inside a closed ring; negative if clockwise (with y upwards)."""
    xs, ys = zip(*ring, strict=True)
    twice: float = sum(map(sub, map(mul, xs, ys[1:]), map(mul, xs[1:], ys)))
    return twice / 2
