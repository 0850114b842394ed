"""The map of a territory as a still picture; its points are numbered as in the page's lists.

Outlines are projected once, on one plane for the whole country (Mercator's, which keeps shapes),
and each picture shows its part of that plane. Links of the picture are not tab stops: the lists of
the page have the same links, names and numbers.
"""

from __future__ import annotations

import functools
import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, permutations, repeat
from operator import mul, truediv

from maille.gazetteer import Gazetteer, Territory
from maille.kinds.catalyser import Catalyser
from maille.outlines import choose_level
from maille.site.model import Site
from maille.views.drawings.country_map import SHAPES, Box, find_marker
from maille.views.drawings.paths import draw_columns
from maille.views.territory.presences import make_address, require_territory

# How many units of the common plane a degree of longitude has.
UNITS = 500
# The width of a picture, its least and its greatest height, in its own units.
WIDTH, SHORTEST, TALLEST = 400, 300, 460
# The largest width of a picture, in CSS pixels (css/territoires.css).
SHOWN = 432
# The room around the territory, for a number.
MARGIN = 26
# The least distances between two points, horizontally and vertically: each point has its number at
# its right.
ASIDE, BELOW = 31, 18
# A point may be moved by at most this many rings (see `_propose_spots`).
RINGS = 4
# If there are more real records than this, all of them are drawn without numbers or links, which
# the lists have. The same limit applies to examples, separately.
NAMED = 60

XY = tuple[float, float]
Column = Sequence[float]


@dataclass(frozen=True, slots=True)
class Land:
    """A département on a picture.

    `own` is true if the département is part of the territory. `address` is "" for the département
    that the page is about.
    """

    path: str
    name: str
    address: str
    own: bool


@dataclass(frozen=True, slots=True)
class FigurePoint:
    """A catalyser on a picture.

    `shape` is the path that draws its marker. `leg` is the path of a line from the true place if
    the point is moved aside, else "".
    """

    x: int
    y: int
    shape: str
    marker: str
    number: int
    name: str
    address: str
    leg: str


@dataclass(frozen=True, slots=True)
class TerritoryFigure:
    """The picture of a territory; `transform` applies only to the outlines (`lands`).

    `members` is a path with a small disc for each commune of an intercommunalité. `crowd` is the
    path of the points without numbers and links.
    """

    height: int
    transform: str
    lands: tuple[Land, ...]
    members: str
    points: tuple[FigurePoint, ...]
    examples: tuple[FigurePoint, ...]
    crowd: str
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Viewport:
    """The part of the common plane that a picture shows."""

    x: float
    y: float
    scale: float
    height: int

    @classmethod
    def fit(cls, box: Box) -> Viewport:
        """Return the viewport centred on a box of the common plane, with room around the box."""
        wide, tall = box.east - box.west, box.north - box.south
        scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
        height = max(SHORTEST, round(tall * scale) + 2 * MARGIN)
        x = (box.west + box.east - WIDTH / scale) / 2
        return cls(x, (box.south + box.north - height / scale) / 2, scale, height)

    def __call__(self, point: XY) -> XY:
        """Return a point of the common plane in units of the picture."""
        return (point[0] - self.x) * self.scale, (point[1] - self.y) * self.scale

    @property
    def pixels(self) -> float:
        """Return the largest width of a degree of longitude, in CSS pixels."""
        return self.scale * UNITS * SHOWN / WIDTH

    @property
    def level(self) -> str:
        """Return the level of detail that the picture needs."""
        middle = math.radians((self.y + self.height / self.scale / 2) / UNITS)
        return choose_level(self.pixels * math.cosh(middle))  # a degree of latitude is longer

    @property
    def finer(self) -> float:
        """Return how many units of the outlines make one unit of the common plane.

        A unit of the outlines is at most one pixel. The number of units in a degree is a power of
        two, so that pictures of about the same scale share the same outlines.
        """
        return 2.0 ** math.ceil(math.log2(self.pixels)) / UNITS

    @property
    def transform(self) -> str:
        """Return the conversion from units of the outlines to the picture, as an SVG transform."""
        corner = f"{-self.x * self.finer:.7g} {-self.y * self.finer:.7g}"
        return f"scale({self.scale / self.finer:.4g}) translate({corner})"


def project(longitude: float, latitude: float) -> XY:
    """Return a point of the globe on the common plane; y grows southwards, as in SVG."""
    (x,), (y,) = project_longitudes([longitude]), project_latitudes([latitude])
    return x, y


def project_longitudes(degrees: Iterable[float]) -> Iterator[float]:
    """Yield the x of each longitude on the common plane."""
    return map(mul, degrees, repeat(UNITS))


def project_latitudes(degrees: Iterable[float]) -> Iterator[float]:
    """Yield the y of each latitude on the common plane."""
    tangents = map(math.tan, map(math.radians, degrees))  # no loop: outlines have many points
    return map(mul, map(math.degrees, map(math.asinh, tangents)), repeat(-UNITS))


@dataclass(frozen=True, slots=True)
class Atlas:
    """The data that all pictures share: box and neighbours of each département, by code."""

    gazetteer: Gazetteer
    boxes: Mapping[str, Box]
    neighbours: Mapping[str, tuple[str, ...]]


@functools.lru_cache(maxsize=1)
def make_atlas(gazetteer: Gazetteer) -> Atlas:
    """Return the atlas of all départements that have an outline; it is cached."""
    boxes = {
        code: _project_box(Box.enclose(chain.from_iterable(rings)))
        for code, rings in gazetteer.outlines.items()
    }
    return Atlas(gazetteer, boxes, _find_neighbours(gazetteer))


def _project_box(box: Box) -> Box:
    """Return a box of the globe as a box of the common plane, where y grows southwards."""
    return Box.enclose((project(box.west, box.south), project(box.east, box.north)))


@functools.cache  # pictures of neighbours share it
def draw_department(gazetteer: Gazetteer, code: str, level: str, finer: float) -> str:
    """Return the path of a département at a level, scaled by `finer` (see `Viewport.finer`)."""
    return "".join(
        draw_columns(*([*map(round, map(mul, column, repeat(finer)))] for column in columns))
        for columns in _project_outlines(gazetteer, code, level)
    )


@functools.cache  # pictures of all scales share it
def _project_outlines(gazetteer: Gazetteer, code: str, level: str) -> list[tuple[Column, Column]]:
    """Return the x and the y of each ring of a département on the common plane."""
    cells, rings = gazetteer.get_outlines(level).read_columns(code)
    return [
        (
            array("d", project_longitudes(map(truediv, xs, repeat(cells)))),
            array("d", project_latitudes(map(truediv, ys, repeat(cells)))),
        )
        for xs, ys in rings
    ]


def _find_neighbours(gazetteer: Gazetteer) -> Mapping[str, tuple[str, ...]]:
    """Return, for each département, the départements that share at least two points with it.

    Outlines were simplified together, so both sides of a border have the same points.
    """
    owners: dict[XY, tuple[str, ...]] = {}
    for code, rings in gazetteer.outlines.items():
        for point in {*chain.from_iterable(rings)}:
            owners[point] = (*owners.get(point, ()), code)
    shared: dict[str, dict[str, int]] = {code: {} for code in gazetteer.outlines}
    for one, other in chain.from_iterable(permutations(codes, 2) for codes in owners.values()):
        shared[one][other] = shared[one].get(other, 0) + 1
    return {
        code: tuple(sorted(other for other, points in others.items() if points > 1))
        for code, others in shared.items()
    }


def draw_territory(
    site: Site, atlas: Atlas, territory: Territory, numbered: Iterable[tuple[int, Catalyser]]
) -> TerritoryFigure | None:
    """Return the picture of a territory with its entries; None if the territory has no outline.

    `numbered` has the entries with their numbers; entries without a point are left out.
    """
    inside = [code for code in territory.departments if code in atlas.boxes]
    if not inside:
        return None
    viewport = Viewport.fit(_merge_boxes(atlas.boxes[code] for code in inside))
    placed = [(number, e) for number, e in numbered if site.place(e).is_placed]
    real = [(number, entry) for number, entry in placed if not entry.is_example]
    samples = [(number, entry) for number, entry in placed if entry.is_example]
    crowd = [e for _, e in chain(*(some for some in (real, samples) if len(some) > NAMED))]
    return TerritoryFigure(
        viewport.height,
        viewport.transform,
        tuple(_list_lands(site, atlas, territory, inside, viewport)),
        _draw_communes(site, territory, viewport),
        tuple(_place_points(site, real, viewport)) if len(real) <= NAMED else (),
        tuple(_place_examples(site, samples, viewport)) if len(samples) <= NAMED else (),
        "".join(_draw_spot(*_place_entry(site, entry, viewport), 3) for entry in crowd),
    )


def _merge_boxes(boxes: Iterable[Box]) -> Box:
    every = list(boxes)
    return Box.enclose(
        chain([(b.west, b.south) for b in every], [(b.east, b.north) for b in every])
    )


def _list_lands(
    site: Site, atlas: Atlas, territory: Territory, inside: list[str], viewport: Viewport
) -> Iterator[Land]:
    """Yield the départements that touch the territory, then its own (`inside`)."""
    near = dict.fromkeys(chain.from_iterable(atlas.neighbours[code] for code in inside))
    for code in (*(other for other in near if other not in inside), *inside):
        found = require_territory(site, code)
        address = "" if territory.code == code else make_address(found)
        path = draw_department(atlas.gazetteer, code, viewport.level, viewport.finer)
        yield Land(path, f"{found.name} ({code})", address, code in inside)


def _draw_communes(site: Site, territory: Territory, viewport: Viewport) -> str:
    """Return a path with a small disc for each commune of an intercommunalité.

    Communes without coordinates have no disc. The path of another kind of territory is "".
    """
    if territory.kind != "intercommunalite":
        return ""
    communes = (
        site.gazetteer.communes[code]
        for code in site.gazetteer.intercommunalites[territory.code].members
    )
    return "".join(
        _draw_spot(*viewport(project(commune.longitude, commune.latitude)), 3)
        for commune in communes
        if commune.longitude is not None and commune.latitude is not None
    )


def _draw_spot(x: float, y: float, radius: int) -> str:
    around = f"a{radius} {radius} 0 1 0"
    return f"M{round(x)} {round(y)}m-{radius} 0{around} {2 * radius} 0{around}-{2 * radius} 0z"


def _place_entry(site: Site, entry: Catalyser, viewport: Viewport) -> XY:
    place = site.place(entry)
    assert place.longitude is not None and place.latitude is not None
    return viewport(project(place.longitude, place.latitude))


def _place_points(
    site: Site, entries: Iterable[tuple[int, Catalyser]], viewport: Viewport
) -> Iterator[FigurePoint]:
    """Yield the points of real entries; a point too near an earlier one is moved if possible."""
    taken: list[XY] = []
    for number, entry in entries:
        true = _place_entry(site, entry, viewport)
        x, y = spot = next(
            (free for free in _propose_spots(true, viewport) if _is_free(free, taken)), true
        )
        taken.append(spot)
        leg = "" if spot == true else f"M{true[0]:.0f} {true[1]:.0f}L{x:.0f} {y:.0f}"
        yield _make_point(site, number, entry, spot, leg)


def _propose_spots(spot: XY, viewport: Viewport) -> Iterator[XY]:
    """Yield the spots that a point may take: its own, then the spots of each ring, outwards.

    Spots of the rings that are too near an edge of the picture are left out.
    """
    yield spot
    for ring in range(1, RINGS + 1):
        for step in range(8 * ring):
            angle = math.tau * (step / (8 * ring) - 1 / 4)  # from the top, where no number is
            x, y = (
                spot[0] + ring * ASIDE * math.cos(angle),
                spot[1] + ring * BELOW * math.sin(angle),
            )
            if 9 < x < WIDTH - ASIDE and 9 < y < viewport.height - 9:
                yield x, y


def _is_free(spot: XY, taken: Iterable[XY]) -> bool:
    x, y = spot
    return all(math.hypot((x - left) / ASIDE, (y - top) / BELOW) > 0.99 for left, top in taken)


def _place_examples(
    site: Site, entries: Iterable[tuple[int, Catalyser]], viewport: Viewport
) -> Iterator[FigurePoint]:
    for number, entry in entries:
        yield _make_point(site, number, entry, _place_entry(site, entry, viewport), "")


def _make_point(site: Site, number: int, entry: Catalyser, spot: XY, leg: str) -> FigurePoint:
    x, y = round(spot[0]), round(spot[1])
    marker = find_marker(site, entry)
    shape = f"M{x} {y}{SHAPES[marker]}"
    return FigurePoint(x, y, shape, marker, number, entry.heading, site.address(entry), leg)
