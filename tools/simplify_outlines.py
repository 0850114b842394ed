"""Simplify the outlines of neighbours together, by no more than a given distance.

`tools/derive_geography.py` uses these functions. Borders are lines that two areas share, so
each is simplified once (Douglas and Peucker, which keeps lines from crossing), and areas are made
again from the lines: neighbours still fit, and no line moves by more than the tolerance.
`shapely.coverage_simplify` bounds areas, not distances: it cuts narrow headlands, with their towns.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import shapely

# Gaps between neighbours narrower than this, in degrees, are filled: communes whose polygon the
# source lacks. Llívia, a Spanish enclave of 12 km², is filled with them.
GAP_WIDTH = 0.1
# Of the error that a level may have, the part that simplifying may take; rounding takes some too.
SHARE = 0.8
# Rings with no commune that are smaller than a square of this side, in errors of the level, go.
SMALLEST_SIDE = 2


def fit_together(areas: Mapping[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """Return the areas without the overlaps and gaps between neighbours."""
    fitted = shapely.coverage_clean([*areas.values()], gap_width=GAP_WIDTH)
    return dict(zip(areas, fitted, strict=True))


def simplify_together(
    areas: Mapping[str, shapely.Geometry], points: Iterable[shapely.Point], error: float
) -> dict[str, shapely.Geometry]:
    """Return areas that fit together, at most `error` degrees from where they were.

    Rings that are too small for this error are left out, except those that hold one of `points`.
    """
    lines = shapely.line_merge(shapely.union_all([area.boundary for area in areas.values()]))
    drawn = shapely.simplify(lines, error * SHARE, preserve_topology=True)
    faces = shapely.get_parts(shapely.polygonize([drawn]))
    held, smallest = shapely.STRtree([*points]), (SMALLEST_SIDE * error) ** 2

    def is_kept(face: shapely.Polygon) -> bool:
        return bool(face.area >= smallest or held.query(face, "dwithin", error).size)

    parts = defaultdict(list)
    for face, code in zip(faces, _find_owners(faces, areas), strict=True):
        if is_kept(face):
            parts[code].append(face)
    return {code: _fill_holes(shapely.union_all(parts[code]), is_kept) for code in areas}


def _find_owners(
    faces: Iterable[shapely.Polygon], areas: Mapping[str, shapely.Geometry]
) -> Iterable[str]:
    """Yield the code of the area that each face overlaps most."""
    codes, tree = [*areas], shapely.STRtree([*areas.values()])
    for face in faces:
        near = (codes[at] for at in tree.query(face, "intersects"))
        yield max(near, key=lambda code: areas[code].intersection(face).area)


def _fill_holes(
    area: shapely.Geometry, is_kept: Callable[[shapely.Polygon], bool]
) -> shapely.MultiPolygon:
    """Fill the holes that are left where a small part of another area was."""
    return shapely.MultiPolygon(
        [
            shapely.Polygon(
                part.exterior, [r for r in part.interiors if is_kept(shapely.Polygon(r))]
            )
            for part in shapely.get_parts(area)
        ]
    )
