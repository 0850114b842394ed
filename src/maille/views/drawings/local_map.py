"""A small map of the ties of a record: outlines of départements, and numbered pins."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from maille.site.config import MapView
from maille.site.model import Site
from maille.site.place import Place
from maille.text.names import sort_key
from maille.views.drawings.country_map import (
    Box,
    Projection,
    draw_land,
    find_box,
    list_views,
)

SIZE = 320  # the longer side of a map, in pixels of the screen

# If the départements to draw extend over more than FAR degrees, the whole part of the country that
# has them is drawn.
FAR = 3.5
HERE = 0  # the number of the record itself, drawn as « • »

# In a pin: the height of a line, the width of a character, the space around the text, and the most
# characters of a line.
HEIGHT, LETTER, PADDING = 16, 7, 6
LINE = 13

Spot = tuple[int, Place]
NumberedDot = tuple[int, int, int]  # number, x, y


@dataclass(frozen=True, slots=True)
class Pin:
    """A pin for one point, or for several whose pins would overlap.

    `lines` are the numbers of these points, as lines of text: « 1–3, 5 ».
    """

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]

    def overlaps(self, other: Pin) -> bool:
        """Return whether two pins overlap, or are less than one pixel apart."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width + 2
            and abs(self.y - other.y) * 2 < self.height + other.height + 2
        )

    @property
    def first_line(self) -> int:
        """Return the y of the baseline of the first line of text."""
        return self.y - (len(self.lines) - 1) * HEIGHT // 2 + 4


@dataclass(frozen=True, slots=True)
class LocalMap:
    """One map: `land` is the outlines, as the data of an SVG path.

    `names` are the names of its départements, or the name of the part of the country if the whole
    part is drawn (see `FAR`). `shows_here` is true if the record itself is on the map.
    """

    names: tuple[str, ...]
    width: int
    height: int
    land: str
    pins: tuple[Pin, ...]
    shows_here: bool


def draw_local_maps(site: Site, spots: Sequence[Spot], here: Place) -> tuple[LocalMap, ...]:
    """Return one map per part of the country where at least one spot has coordinates.

    `spots` are the numbers and the places of the ties.

    `here` is the place of the record itself. If its département is in one of these parts, that
    département is drawn too, and so is the record if it has a point.
    """
    placed = [spot for spot in spots if spot[1].is_placed]
    if not placed:
        return ()
    every = [*placed, (HERE, here)]
    concerned = {place.department for _, place in every}
    charts = []
    for view in list_views(site):
        codes = tuple(code for code in view.departments if code in concerned)
        if any(place.department in codes for _, place in placed):
            drawn = [(number, place) for number, place in every if place.department in codes]
            charts.append(_draw_local_map(site, view, codes, drawn))
    return tuple(charts)


def _draw_local_map(
    site: Site, view: MapView, codes: tuple[str, ...], spots: Iterable[Spot]
) -> LocalMap:
    near = view.model_copy(update={"departments": codes})
    names = sorted((site.gazetteer.departments[code].name for code in codes), key=sort_key)
    if _measure_longer_side(find_box(site, near)) > FAR:
        near, names = view, [view.title]
    box = find_box(site, near)
    project = Projection.fit(box, SIZE)
    land = draw_land(site.gazetteer, tuple(near.departments), project)
    dots = [
        (number, *project(place.longitude, place.latitude))
        for number, place in spots
        if place.longitude is not None and place.latitude is not None
    ]
    shows_here = any(number == HERE for number, _, _ in dots)
    return LocalMap(
        tuple(names), *project.size, land, tuple(_merge_pins(dots, project.size)), shows_here
    )


def _measure_longer_side(box: Box) -> float:
    return max(box.north - box.south, box.east - box.west)


def _merge_pins(dots: Iterable[NumberedDot], size: tuple[int, int]) -> Iterator[Pin]:
    """Yield the pins of points, from top to bottom; merge pins that would overlap.

    `size` is the width and the height of the map.
    """
    pins: list[tuple[Pin, tuple[NumberedDot, ...]]] = [
        (_make_pin((dot,), size), (dot,)) for dot in dots
    ]
    while clash := next((p for p in combinations(pins, 2) if p[0][0].overlaps(p[1][0])), None):
        (_, first), (_, second) = clash
        pins = [pin for pin in pins if pin not in clash]
        pins.append((_make_pin((*first, *second), size), (*first, *second)))
    yield from sorted((pin for pin, _ in pins), key=lambda pin: (pin.y, pin.x))


def _make_pin(dots: tuple[NumberedDot, ...], size: tuple[int, int]) -> Pin:
    lines = tuple(textwrap.wrap(format_ranges(number for number, _, _ in dots), LINE))
    width = max(map(len, lines)) * LETTER + 2 * PADDING
    height = len(lines) * HEIGHT + 2
    x, y = (sum(dot[axis] for dot in dots) // len(dots) for axis in (1, 2))
    return Pin(
        max(width // 2, min(x, size[0] - width // 2)),
        max(height // 2, min(y, size[1] - height // 2)),
        width,
        height,
        lines,
    )


def format_ranges(numbers: Iterable[int]) -> str:
    """Return numbers as text: « •, 1–3, 5 ».

    Three or more consecutive numbers are a range; `HERE` is written « • ».
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1 and number > 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = (f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(_label, run)) for run in runs)
    return ", ".join(parts)


def _label(number: int) -> str:
    return "•" if number == HERE else str(number)
