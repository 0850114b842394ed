"""The exports and the feed of a territory."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from maille.formats.feeds import Feed
from maille.gazetteer import Territory
from maille.kinds.actualite import Actualite
from maille.kinds.catalyser import Catalyser
from maille.kinds.projet import Projet
from maille.schema.event import Occasion
from maille.schema.kind import Entry, Key
from maille.site.model import Site
from maille.text.urls import Link
from maille.views import feeds
from maille.views.plans import LatePlan
from maille.views.records.export_rows import Rows, find_file_name
from maille.views.territory.presences import make_address

SOURCE = "les données d'un territoire"


def plan_exports(
    rows: Rows, territory: Territory, entries: tuple[Catalyser, ...]
) -> Iterator[tuple[str, LatePlan]]:
    """Yield the name of each format with its export.

    There are no exports if there are no entries, and no GeoJSON if no entry has a point.
    """
    site = rows.site
    base = f"{make_address(territory)}{find_file_name(site)}"
    if entries:
        yield "CSV", LatePlan(f"{base}.csv", functools.partial(rows.encode_csv, entries), SOURCE)
        yield "JSON", LatePlan(f"{base}.json", functools.partial(rows.encode_json, entries), SOURCE)
    if any(site.place(one).latitude is not None for one in entries):
        make = functools.partial(rows.encode_geojson, entries)
        yield "GeoJSON", LatePlan(f"{base}.geojson", make, SOURCE)


def name_territory_feed(territory: Territory) -> str:
    """Return the title of the feed of a territory."""
    return f"Les nouvelles du territoire {territory.name}"


def make_territory_feed(
    site: Site, territory: Territory, entries: Iterable[Catalyser], here: Iterable[Entry]
) -> Feed | None:
    """Return the feed of a territory, or None if the feed has no item.

    `entries` are the records of the territory, `here` its projects, events and news items. The feed
    has these events and news items, the updates of these projects, and the events and news items
    that mention one of these records or projects.
    """
    followed: dict[Key, Entry] = {one.key: one for one in here}
    for named in (*entries, *(one for one in followed.values() if isinstance(one, Projet))):
        for other in site.mentions_of(named):
            if isinstance(other, Actualite | Occasion):
                followed[other.key] = other
    page = Link(name_territory_feed(territory), make_address(territory))
    words = f"Projets, rendez-vous, articles : {territory.name}."
    made = feeds.make_feed(site, f"territoire/{territory.code}", page, words, followed.values())
    return made if made.items else None
