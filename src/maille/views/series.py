"""Series of resources that differ only by their territory, each series shown as one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maille.gazetteer import Territory
from maille.kinds.ressource import Ressource
from maille.schema.kind import Entry
from maille.site.model import Site

FEW = 3  # fewer resources than this are no series


@dataclass(frozen=True, slots=True)
class Series:
    """Resources that differ only by their territory, whose name ends their titles.

    `title` is what the titles have before that name.
    """

    title: str
    rows: tuple[tuple[Territory, Ressource], ...]


def find_series(site: Site, entries: Iterable[Entry]) -> Mapping[str, Series]:
    """Return the series among the entries, by the slug of each resource of the series.

    The resources of a series have the same type, summary, date and webinars; their titles differ
    only by the name of their territory, at the end. There are at least `FEW`.
    """
    groups: dict[tuple[object, ...], list[tuple[Territory, Ressource]]] = {}
    for one in entries:
        areas = site.areas_of(one)
        if isinstance(one, Ressource) and len(areas) == 1 and one.title.endswith(areas[0].name):
            title = one.title.removesuffix(areas[0].name).rstrip(" :,–-")
            alike = (title, one.type, one.summary, one.date, one.webinars)
            groups.setdefault(alike, []).append((areas[0], one))
    series = [
        Series(str(title), tuple(rows)) for (title, *_), rows in groups.items() if len(rows) >= FEW
    ]
    return {one.slug: found for found in series for _, one in found.rows}
