"""The outlines of the départements: sound, together, and with every commune at each level."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

import maille
from maille.gazetteer import Commune, Gazetteer
from maille.geometry import Point, Ring, is_inside_or_near
from maille.outlines import COARSEST, FINEST, LEVELS, OUTLINE_FILES, OutlineFile, choose_level
from maille.views.drawings.paths import measure_area
from tests.placing import read_places

DATA = Path(maille.__file__).parent / "data"
OVERSEAS = ("971", "972", "973", "974", "976")
# Their outlines come from a map of the whole world, at 1:10,000,000, which lacks some atolls;
# tests/test_gazetteer.py says how far their communes may be.
FROM_A_WORLD_MAP = ("975", "977", "978", "986", "987", "988")


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return read_places()


@pytest.mark.parametrize(
    ("scale", "level"),
    [(10, "2000m"), (55, "2000m"), (56, "300m"), (399, "300m"), (400, "50m"), (9_999, "50m")],
)
def test_the_coarsest_level_that_is_right_to_a_pixel_is_chosen(scale: float, level: str) -> None:
    assert choose_level(scale) == level


def test_a_line_is_decoded_as_the_steps_say() -> None:
    line = b'{"01":[10,[[20,450,10,0,0,10]],[[0,0,9,0,0,9],[2,2,0,1,1,0]]]'
    found = OutlineFile(line + b',\n"2A":[4]}\n')
    assert [*found] == ["01", "2A"]
    first, second, hole = found["01"]
    assert first == ((2, 45), (3, 45), (3, 46), (2, 45))
    assert second[0] == second[-1] == (0, 0)
    assert hole[:2] == ((0.2, 0.2), (0.2, 0.3))
    assert found["2A"] == ()
    with pytest.raises(KeyError):
        found["03"]


@pytest.mark.parametrize("level", LEVELS)
def test_outlines_are_sound(places: Gazetteer, level: str) -> None:
    outlines = places.get_outlines(level)
    assert [*outlines] == [
        d.code for d in sorted(places.departments.values(), key=lambda d: d.is_collectivity)
    ]
    for code, rings in outlines.items():
        assert measure_area(rings[0]) > 0, code
        for ring in rings:
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert all(start != end for start, end in pairwise(ring))


@pytest.mark.parametrize("level", LEVELS)
def test_neighbours_share_their_border(places: Gazetteer, level: str) -> None:
    # Outlines simplified one by one would leave gaps: inland corners belong to two of them.
    outlines = places.get_outlines(level)
    shared = Counter(
        point for rings in outlines.values() for point in {p for ring in rings for p in ring}
    )
    assert all(shared[point] >= 2 for ring in outlines["63"] for point in ring)


def test_a_finer_level_says_more(places: Gazetteer) -> None:
    def count(level: str, code: str) -> int:
        return sum(map(len, places.get_outlines(level)[code]))

    for code in places.outlines:
        assert count("2000m", code) <= count("300m", code) <= count("50m", code)
    assert count(COARSEST, "94") > 16
    assert count(FINEST, "94") > 150
    assert all(count(FINEST, code) > 100 for code in OVERSEAS)


@pytest.mark.parametrize("level", LEVELS)
def test_every_commune_is_in_its_outline_or_within_a_pixel(places: Gazetteer, level: str) -> None:
    """A pixel is the error of the level, at the largest size at which it is drawn."""
    by_department: dict[str, list[Commune]] = defaultdict(list)
    for commune in places.communes.values():
        if commune.latitude is not None and commune.department not in FROM_A_WORLD_MAP:
            by_department[commune.department].append(commune)
    outlines, outside = places.get_outlines(level), []
    for code, communes in by_department.items():
        for commune, point in find_outside(outlines[code], communes):
            if not is_inside_or_near(outlines[code], point, LEVELS[level]):
                outside.append(commune.name)
    assert outside == []
    assert sum(map(len, by_department.values())) > 34_800


def find_outside(rings: tuple[Ring, ...], communes: list[Commune]) -> list[tuple[Commune, Point]]:
    """Return the communes whose point is outside the rings: it crosses an even number eastward."""
    points = sorted((c.latitude or 0, c.longitude or 0, c.code) for c in communes)
    latitudes = [latitude for latitude, _, _ in points]
    crossed = [0] * len(points)
    for (x1, y1), (x2, y2) in (edge for ring in rings for edge in pairwise(ring)):
        low, high = sorted((y1, y2))
        for at in range(bisect_left(latitudes, low), bisect_left(latitudes, high)):
            crossed[at] += points[at][1] < x1 + (latitudes[at] - y1) * (x2 - x1) / (y2 - y1)
    known = {commune.code: commune for commune in communes}
    return [
        (known[code], (x, y))
        for (y, x, code), times in zip(points, crossed, strict=True)
        if times % 2 == 0
    ]


def test_the_files_stay_light() -> None:
    """The map loads the first, and the last when it is zoomed."""
    sizes = [len((DATA / name).read_bytes()) // 1000 for name in OUTLINE_FILES]
    assert all(found <= most for found, most in zip(sizes, (80, 310, 580), strict=True)), sizes
