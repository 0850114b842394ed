"""The outlines of the départements at three levels of detail, and which level a drawing needs.

`tools/derive_geography.py` makes one file for each level.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from maille.geometry import Ring

# The greatest error of the outlines of each level, in degrees of latitude; the coarsest is first.
# An error of `e` degrees is under one pixel where a degree takes less than 1/e pixels. France is 10
# degrees across, and most départements about one:
#
#     level    error     France, at most    a département, at most
#     2000m    0.018        550 px wide          55 px wide
#     300m     0.0025     4,000 px              400 px
#     50m      0.0005    20,000 px            2,000 px
LEVELS: Mapping[str, float] = {"2000m": 0.018, "300m": 0.0025, "50m": 0.0005}
COARSEST, *_, FINEST = LEVELS
OUTLINE_FILES = tuple(f"contours-{level}.json" for level in LEVELS)  # of `maille/data`
# A line of these files: the code of a département, then the list that `OutlineFile` describes.
_LINE = re.compile(rb'^\{?"(\w+)": *(\[.*\])', re.MULTILINE)


def choose_level(scale: float) -> str:
    """Return the coarsest level whose error is under one pixel, or the finest level if none is.

    `scale` is the number of CSS pixels per degree of latitude.
    """
    return next((level for level, error in LEVELS.items() if error * scale < 1), FINEST)


def count_cells(level: str) -> int:
    """Return the number of cells per degree at a level: a cell is half the error of the level."""
    return round(2 / LEVELS[level])


class OutlineFile(Mapping[str, tuple[Ring, ...]]):
    """The rings of each département in a file of `OUTLINE_FILES`, by code; holes are rings too.

    The file is JSON with one département per line: the number of cells per degree, then polygons. A
    polygon is a list of rings: its outer ring, then its holes. A ring is a flat list: x and y of
    its first corner, then dx and dy to each next corner, in cells. The first corner is not repeated
    at the end.

    Rings are kept in memory at the coarsest level only: the finer ones take much memory. The
    scripts of the map read the same files.
    """

    def __init__(self, data: bytes, *, keep: bool = False) -> None:
        """Index the lines of a file, given its bytes; `keep` says whether rings are kept."""
        self.data = data
        self._lines = dict(_find_line(line) for line in _LINE.finditer(data))
        self._rings: dict[str, tuple[Ring, ...]] = {}
        self._keep = keep

    def __getitem__(self, code: str) -> tuple[Ring, ...]:
        """Return the rings of a département. Raises KeyError if the file does not have it."""
        if known := self._rings.get(code):
            return known
        cells, columns = self.read_columns(code)
        rings = tuple(
            tuple((x / cells, y / cells) for x, y in zip(*ring, strict=True)) for ring in columns
        )
        if self._keep:
            self._rings[code] = rings
        return rings

    def read_columns(self, code: str) -> tuple[int, list[tuple[list[int], list[int]]]]:
        """Return the cells per degree, then the x and the y of the corners of each ring, in cells.

        The first corner is repeated at the end.
        """
        cells, *polygons = json.loads(self.data[self._lines[code]])
        return cells, [_decode_ring(steps) for polygon in polygons for steps in polygon]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _find_line(line: re.Match[bytes]) -> tuple[str, slice]:
    """Return the code at the start of a line, and where the list after it is in the file."""
    return line[1].decode(), slice(*line.span(2))


def _decode_ring(steps: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the x and the y of the corners of a closed ring."""
    xs, ys = [*accumulate(steps[::2])], [*accumulate(steps[1::2])]
    return [*xs, xs[0]], [*ys, ys[0]]
