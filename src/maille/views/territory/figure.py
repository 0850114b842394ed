"""The map of a territory as a still picture, its points numbered as in the lists of its page.

Outlines are projected once, in one plane for the whole country (Mercator's, which keeps shapes),
and each picture looks at its part of that plane. Its links stay out of the tab order: the lists
of the page lead to the same pages, with the same names and numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, permutations

from maille.gazetteer import Territory
from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.views.drawings.country_map import SHAPES, Box, draw_ring, find_marker
from maille.views.territory.presences import find_territory, make_address

# Units of the common plane in a degree of longitude: finer than the outlines are.
UNITS = 500
WIDTH, SHORTEST, TALLEST = 400, 300, 460  # of a picture, in its own units
MARGIN = 26  # around what the picture is of: room for a number
ASIDE, BELOW = 31, 18  # between two points: room for the number, which stands at the right
RINGS = 4  # how many times that a point may be moved
# Beyond this many points, a picture shows where they are; the lists say which they are.
NAMED = 60

XY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Land:
    """A département on a picture; `address` is "" when the picture is of it."""

    path: str
    name: str
    address: str
    own: bool


@dataclass(frozen=True, slots=True)
class FigurePoint:
    """A catalyser on a picture. `leg` goes to its true place when it had to be moved aside."""

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
    """The picture: outlines under `transform`, then points; `crowd` are those without a link."""

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
        """Return the window that holds the box (of the common plane), its middle in the middle."""
        wide, tall = box.east - box.west, box.north - box.south
        scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
        height = max(SHORTEST, round(tall * scale) + 2 * MARGIN)
        x = (box.west + box.east - WIDTH / scale) / 2
        return cls(x, (box.south + box.north - height / scale) / 2, scale, height)

    def __call__(self, point: XY) -> XY:
        """Return where a point of the common plane falls."""
        return (point[0] - self.x) * self.scale, (point[1] - self.y) * self.scale

    @property
    def transform(self) -> str:
        """Return the same as an SVG transform."""
        return f"scale({self.scale:.4g}) translate({-self.x:.6g} {-self.y:.6g})"


def project(longitude: float, latitude: float) -> XY:
    """Return a point of the globe on the common plane; y grows southwards, as in SVG."""
    y = math.degrees(math.asinh(math.tan(math.radians(latitude))))
    return longitude * UNITS, -y * UNITS


@dataclass(frozen=True, slots=True)
class Atlas:
    """What all pictures share: by département, its path, its box on the plane, its neighbours."""

    paths: Mapping[str, str]
    boxes: Mapping[str, Box]
    neighbours: Mapping[str, tuple[str, ...]]


def make_atlas(site: Site) -> Atlas:
    """Project the outlines of all départements, and find those that touch."""
    paths, boxes = {}, {}
    for code, rings in site.gazetteer.outlines.items():
        drawn = [[_round_point(project(*point)) for point in ring] for ring in rings]
        paths[code] = "".join(map(draw_ring, drawn))
        boxes[code] = Box.enclose(chain.from_iterable(drawn))
    return Atlas(paths, boxes, _find_neighbours(site))


def _round_point(point: XY) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _find_neighbours(site: Site) -> Mapping[str, tuple[str, ...]]:
    """Return the départements with which each shares a border: two points of it at least.

    Outlines were simplified together, so that both sides of a border are the same points.
    """
    owners: dict[XY, tuple[str, ...]] = {}
    for code, rings in site.gazetteer.outlines.items():
        for point in {*chain.from_iterable(rings)}:
            owners[point] = (*owners.get(point, ()), code)
    shared: dict[str, dict[str, int]] = {code: {} for code in site.gazetteer.outlines}
    for one, other in chain.from_iterable(permutations(codes, 2) for codes in owners.values()):
        shared[one][other] = shared[one].get(other, 0) + 1
    return {
        code: tuple(sorted(other for other, points in others.items() if points > 1))
        for code, others in shared.items()
    }


def draw_territory(
    site: Site, atlas: Atlas, territory: Territory, entries: Iterable[Catalyser]
) -> TerritoryFigure | None:
    """Return the picture of a territory with the entries that have a point there.

    Entries are numbered from 1 in their order, with a point or without; real ones come first.
    None when the territory has no outline.
    """
    inside = [code for code in territory.departments if code in atlas.paths]
    if not inside:
        return None
    viewport = Viewport.fit(_merge_boxes(atlas.boxes[code] for code in inside))
    placed = [(number, e) for number, e in enumerate(entries, 1) if site.place(e).is_placed]
    real = [(number, entry) for number, entry in placed if not entry.is_example]
    samples = [(number, entry) for number, entry in placed if entry.is_example]
    crowd = [e for _, e in chain(*(some for some in (real, samples) if len(some) > NAMED))]
    return TerritoryFigure(
        viewport.height,
        viewport.transform,
        tuple(_list_lands(site, atlas, territory, inside)),
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
    site: Site, atlas: Atlas, territory: Territory, inside: list[str]
) -> Iterator[Land]:
    """Yield the neighbours of what the picture is of, then what it is of."""
    near = dict.fromkeys(chain.from_iterable(atlas.neighbours[code] for code in inside))
    for code in (*(other for other in near if other not in inside), *inside):
        found = find_territory(site, code)
        address = "" if territory.code == code else make_address(found)
        yield Land(atlas.paths[code], f"{found.name} ({code})", address, code in inside)


def _draw_communes(site: Site, territory: Territory, viewport: Viewport) -> str:
    """Return small spots for the communes of an intercommunalité."""
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
    """Yield the points of real entries; one that would hide another is moved aside."""
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
    """Yield the places for a point, the nearest first: its own, then rings around it."""
    yield spot
    for ring in range(1, RINGS + 1):
        for step in range(8 * ring):
            angle = math.tau * (step / (8 * ring) - 1 / 4)  # from above, where no number stands
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
