"""Invented outlines for tests, in the form of those of `maille.outlines`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from maille.formats.compact_json import encode_members
from maille.geometry import Ring
from maille.outlines import OutlineFile

CELLS = 1_000_000


def make_outlines(rings: Mapping[str, Sequence[Ring]]) -> OutlineFile:
    """Return the outlines of these closed rings, by code; each ring is a polygon."""
    return OutlineFile(
        encode_members(
            {code: [CELLS, *([_encode(ring)] for ring in some)] for code, some in rings.items()}
        )
    )


def _encode(ring: Ring) -> list[int]:
    corners = [(0, 0), *((round(x * CELLS), round(y * CELLS)) for x, y in ring[:-1])]
    return [step for (a, b), (c, d) in pairwise(corners) for step in (c - a, d - b)]
