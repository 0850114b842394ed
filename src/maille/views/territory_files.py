"""What lies beside the page of a territory: its real records as data, and what one may follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from maille.feeds import Feed
from maille.geo import Territory
from maille.kind import Entry, Key, Located
from maille.kinds.actualite import Actualite
from maille.kinds.catalyser import Catalyser
from maille.kinds.projet import Projet
from maille.occasion import Occasion
from maille.site import FilePlan, Site
from maille.territories import address_of
from maille.urls import Link
from maille.views import feeds
from maille.views.exports import columns_of, csv_of, geojson_of, json_of, name_of, record

SOURCE = "les données d'un territoire"


class Records:
    """Records as they are exported, each made once for all the territories that it is in."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.columns = columns_of(site)
        self.publisher = feeds.publisher_of(site)
        self._known: dict[Key, Mapping[str, Any]] = {}

    def of(self, entries: Iterable[Catalyser]) -> list[Mapping[str, Any]]:
        """Return the records of those entries."""
        return [self._one(entry) for entry in entries]

    def _one(self, entry: Catalyser) -> Mapping[str, Any]:
        if entry.key not in self._known:
            self._known[entry.key] = record(self.site, entry)
        return self._known[entry.key]


def exports_of(
    records: Records, territory: Territory, entries: Iterable[Catalyser]
) -> Iterator[tuple[str, FilePlan]]:
    """Yield the exports of entries, all of them real, by format; nothing without any entry."""
    site, found = records.site, records.of(entries)
    base = f"{address_of(territory)}{name_of(site)}"
    if found:
        yield "CSV", FilePlan(f"{base}.csv", csv_of(records.columns, found), SOURCE)
        yield "JSON", FilePlan(f"{base}.json", json_of(site, found), SOURCE)
    if any(one["latitude"] is not None for one in found):
        yield "GeoJSON", FilePlan(f"{base}.geojson", geojson_of(site, found), SOURCE)


def feed_title(territory: Territory) -> str:
    """Return what the feed of a territory is called."""
    return f"Les nouvelles du territoire {territory.name}"


def followed(
    site: Site, territory: Territory, entries: Iterable[Catalyser], here: Iterable[Located]
) -> Feed | None:
    """Return the feed of a territory, None when there is nothing real to follow.

    It tells what letters say of the projects there, the events there, and the news that name a
    record or a project of the place.
    """
    standing = [one for one in here if isinstance(one, Projet | Occasion)]
    told: dict[Key, Entry] = {one.key: one for one in standing}
    for named in (*entries, *(one for one in standing if isinstance(one, Projet))):
        for other in site.mentions_of(named):
            if isinstance(other, Actualite | Occasion):
                told[other.key] = other
    page = Link(feed_title(territory), address_of(territory))
    words = f"Projets, rendez-vous, articles : {territory.name}."
    made = feeds.feed_of(site, f"territoire/{territory.code}", page, words, told.values())
    return made if made.items else None
