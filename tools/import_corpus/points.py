"""Faults of points: decimal commas, long floats, exchanged or impossible coordinates."""

from __future__ import annotations

import math
from collections.abc import Callable

from tools.import_corpus.model import DRAFT, REPAIRED, TABLES, TOLD, Cell, Kind, Row, Spoiled
from tools.import_corpus.office import add_point

NOT_MAPS = (*TABLES, "gogocarto")  # the layouts whose coordinates may be texts


def spoil_point(
    outcome: str, typed: Callable[[float, float], tuple[Cell, Cell]], *also: str
) -> Callable[[Row, int], Spoiled]:
    """Return the fault that types a point as `typed` says, from its latitude and longitude."""

    def spoil(row: Row, _: int) -> Spoiled:
        add_point(row)
        latitude, longitude = typed(row.place.latitude, row.place.longitude)
        return Spoiled({"latitude": latitude, "longitude": longitude}, outcome, None, also)

    return spoil


def write_point(number: float) -> Cell:
    """Return a cell that holds `number`, as a number."""
    return Cell(f"{number:.4f}", number=number)


def write_comma(number: float) -> Cell:
    """Return `number` as a French text."""
    return Cell(f"{number:.4f}".replace(".", ","))


def lengthen(number: float) -> Cell:
    """Return the number next to `number` that takes 16 decimals or so to write."""
    near = number
    while len(repr(near)) < 17:
        near = math.nextafter(near, math.inf)
    return Cell(repr(near), number=near)


def write_degrees(number: float) -> Cell:
    """Return `number` in degrees, minutes and seconds."""
    minutes = abs(number) * 60
    return Cell(f"{int(minutes // 60)}°{int(minutes % 60):02d}'{minutes * 60 % 60:04.1f}\"")


def lose_point(number: float) -> Cell:
    """Return `number` without its decimal point."""
    return Cell(f"{number:.4f}".replace(".", ""), number=float(f"{number:.4f}".replace(".", "")))


KINDS = (
    Kind(
        "virgule-decimale",
        "latitude",
        5,
        spoil_point(
            REPAIRED, lambda latitude, longitude: (write_comma(latitude), write_comma(longitude))
        ),
        "any",
        NOT_MAPS,
    ),
    Kind(
        "seize-decimales",
        "latitude",
        4,
        spoil_point(
            REPAIRED, lambda latitude, longitude: (lengthen(latitude), lengthen(longitude))
        ),
    ),
    Kind(
        "latitude-et-longitude-inversees",
        "latitude",
        4,
        spoil_point(
            TOLD, lambda latitude, longitude: (write_point(longitude), write_point(latitude)), DRAFT
        ),
    ),
    Kind(
        "moins-perdu",
        "longitude",
        4,
        spoil_point(
            TOLD,
            lambda latitude, longitude: (write_point(latitude), write_point(-longitude)),
            DRAFT,
        ),
        "west",
    ),
    Kind(
        "point-decimal-perdu",
        "latitude",
        2,
        spoil_point(
            TOLD, lambda latitude, longitude: (lose_point(latitude), lose_point(longitude))
        ),
    ),
    Kind(
        "lambert-93",
        "latitude",
        2,
        spoil_point(TOLD, lambda *_: (write_point(6519468.25), write_point(709163.5))),
    ),
    Kind(
        "point-zero",
        "latitude",
        2,
        spoil_point(TOLD, lambda *_: (write_point(0), write_point(0)), DRAFT),
    ),
    Kind(
        "point-dans-un-autre-departement",
        "latitude",
        3,
        spoil_point(
            TOLD,
            lambda latitude, longitude: (
                write_point(latitude + (3 if latitude < 46 else -3)),
                write_point(longitude),
            ),
            DRAFT,
        ),
    ),
    Kind(
        "degres-minutes",
        "latitude",
        2,
        spoil_point(
            TOLD,
            lambda latitude, longitude: (write_degrees(latitude), write_degrees(longitude)),
            REPAIRED,
        ),
        "any",
        NOT_MAPS,
    ),
    Kind(
        "latitude-seule",
        "longitude",
        2,
        spoil_point(TOLD, lambda latitude, _: (write_point(latitude), Cell("")), DRAFT),
        "any",
        NOT_MAPS,
    ),
)
