"""The outlines of several départements as two SVG paths, in which each border is drawn once.

A path with every outline has each border twice, once for each neighbour: two paths are a third
lighter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from maille.views.drawings.paths import XY, draw_line, draw_ring

Edge = tuple[XY, XY]


def draw_land_and_borders(rings: Iterable[Sequence[XY]]) -> tuple[str, str]:
    """Return the land, as closed rings, and the borders inside it, as lines: data of SVG paths.

    `rings` are outlines projected to whole units. Neighbours turn the same way round, so that an
    edge between two of them is in both rings, once in each direction. All other edges are the
    coast.
    """
    edges = Counter[Edge]()
    for ring in rings:
        edges.update(pairwise(point for point, _ in groupby(ring)))
    coast = Counter[Edge]()
    borders: set[Edge] = set()
    for (start, end), count in edges.items():
        back = edges[end, start]
        if count > back:
            coast[start, end] = count - back
        if back:
            borders.add((min(start, end), max(start, end)))
    land = "".join(draw_ring(ring) for ring in _chain_rings(coast))
    return land, "".join(draw_line(line) for line in _chain_lines(borders))


def _chain_rings(edges: Counter[Edge]) -> Iterator[list[XY]]:
    """Yield closed rings made of all these directed edges."""
    ends = defaultdict[XY, list[XY]](list)
    for start, end in edges.elements():
        ends[start].append(end)
    for start in ends:
        while ends[start]:
            ring = [start, ends[start].pop()]
            while ring[-1] != start:
                ring.append(ends[ring[-1]].pop())
            yield ring


def _chain_lines(edges: Iterable[Edge]) -> Iterator[list[XY]]:
    """Yield lines made of all these edges.

    A line ends where fewer or more than two edges meet; a ring that meets no other line is closed.
    """
    around = defaultdict[XY, set[XY]](set)
    for start, end in edges:
        around[start].add(end)
        around[end].add(start)
    inner = {point for point, others in around.items() if len(others) == 2}
    # Lines that have ends come first; then only closed rings are left.
    for point in (*sorted(set(around) - inner), *sorted(inner)):
        for other in sorted(around[point]):
            if other in around[point]:
                yield _follow(point, other, around, inner)


def _follow(start: XY, end: XY, around: dict[XY, set[XY]], inner: set[XY]) -> list[XY]:
    """Return the line that begins with this edge, and take its edges out of `around`."""
    line = [start]
    while True:
        around[line[-1]].discard(end)
        around[end].discard(line[-1])
        line.append(end)
        if end not in inner or not around[end]:
            return line
        (end,) = around[end]
