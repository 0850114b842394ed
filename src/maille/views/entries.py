"""The pages of entries, and the index page of each kind that has one."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from maille.kinds.catalyser import FACETS, Catalyser
from maille.kinds.newsletter import Newsletter
from maille.kinds.projet import Projet
from maille.schema.event import Occasion
from maille.schema.kind import Entry, Kind
from maille.site.model import Site
from maille.site.writing import find_recipient
from maille.text.urls import Link
from maille.views.contacts import describe_where, find_reach
from maille.views.corrections import read_values
from maille.views.drawings.strip import draw_strip
from maille.views.drawings.years import draw_years
from maille.views.ecosystem import make_ecosystem
from maille.views.feeds import name_feed
from maille.views.json_ld import describe_entry
from maille.views.letter_contents import collect_contents
from maille.views.letters import make_letter_context
from maille.views.plans import PagePlan
from maille.views.series import find_series


def plan(site: Site) -> Iterator[PagePlan]:
    """Yield the index page (if any) and the pages of entries of each kind that has pages.

    The shared pages of a kind come after its other pages; each lists its entries with the template
    of the index page.
    """
    for kind in site.kinds:
        if not kind.prefix:
            continue
        every = site.entries[kind.name]
        entries = tuple(entry for entry in every if not entry.shared_page)
        if kind.index:
            yield _plan_index(site, kind, every)
        for series in _list_series(entries):
            for number, entry in enumerate(series):
                yield _plan_page(site, kind, entry, _find_neighbours(series, number))
        for name, title in kind.shared:
            shared = tuple(entry for entry in every if entry.shared_page == name)
            if shared:
                yield _plan_shared(site, kind, name, title, shared)


def plan_entry(site: Site, entry: Entry) -> PagePlan | None:
    """Return the plan of an entry's own page, as `plan` yields it; None if it has no page."""
    kind = site.kind(entry.kind_name)
    entries = tuple(one for one in site.entries[kind.name] if not one.shared_page)
    for series in _list_series(entries) if kind.prefix else ():
        for number, one in enumerate(series):
            if one is entry:
                return _plan_page(site, kind, entry, _find_neighbours(series, number))
    return None


def _list_series(entries: tuple[Entry, ...]) -> list[tuple[Entry, ...]]:
    """Group the entries of a kind that link to one another as previous and next.

    Letters are grouped by mailing list; the entries of any other kind are one group.
    """
    series: dict[object, list[Entry]] = {}
    for entry in entries:
        name = entry.mailing_list if isinstance(entry, Newsletter) else None
        series.setdefault(name, []).append(entry)
    return [tuple(one) for one in series.values()]


def _find_neighbours(entries: tuple[Entry, ...], number: int) -> tuple[Entry | None, Entry | None]:
    following = entries[number + 1] if number + 1 < len(entries) else None
    return entries[number - 1] if number else None, following


def _plan_index(site: Site, kind: Kind, entries: tuple[Entry, ...]) -> PagePlan:
    return PagePlan(
        kind.prefix,
        kind.index,
        kind.title,
        context={"kind": kind, "entries": entries, "shared": ""} | _draw_index(site, kind, entries),
        source=f"la liste des {kind.plural}",
        scripts=("js/list-filter.js",) if kind.facets and entries else (),
    )


def _plan_shared(
    site: Site, kind: Kind, name: str, title: str, entries: tuple[Entry, ...]
) -> PagePlan:
    return PagePlan(
        kind.make_address(name),
        kind.index,
        title,
        context={
            "kind": kind,
            "entries": entries,
            "shared": name,
            "series": find_series(site, entries),
        },
        source=f"la page « {title} »",
        trail=(Link(kind.title, kind.prefix),),
    )


def _draw_index(site: Site, kind: Kind, entries: tuple[Entry, ...]) -> dict[str, Any]:
    """Return the drawings of an index page: strips of projects, the calendar of events."""
    if issubclass(kind.model, Projet):
        strips = {
            entry.slug: draw_strip([section.letter.period for section in site.thread(entry)])
            for entry in entries
        }
        return {"strips": strips}
    if issubclass(kind.model, Occasion):
        events = [entry for entry in entries if isinstance(entry, Occasion)]
        return {"years": draw_years(events, site.today)}
    return {}


def _plan_page(
    site: Site, kind: Kind, entry: Entry, neighbours: tuple[Entry | None, Entry | None]
) -> PagePlan:
    previous, following = neighbours
    more = _make_extra_context(site, entry)
    at_root = kind.prefix == "/"
    return PagePlan(
        site.address(entry),
        f"{kind.name}.html",
        entry.heading,
        description=entry.abstract,
        context={"entry": entry, "previous": previous, "next": following, **more},
        source=entry.path,
        trail=() if at_root else _make_trail(site, kind, entry),
        modified=entry.updated,
        listed=not entry.is_example,
        structured=describe_entry(site, entry),
        feed=name_feed(entry),
        styles=("css/ecosysteme.css",) if more.get("ecosystem") else (),
    )


def _make_trail(site: Site, kind: Kind, entry: Entry) -> tuple[Link, ...]:
    """Return the pages above an entry: the list of its kind and, for a letter, of its list."""
    above = Link(kind.title, kind.prefix)
    if isinstance(entry, Newsletter) and not entry.mailing_list.is_only:
        return above, Link(entry.mailing_list.name, site.list_address(entry.mailing_list))
    return (above,)


def _count_neighbours(site: Site, entry: Catalyser) -> int:
    """Count the real catalysers in the département of an entry, without the entry itself."""
    count = _count_by_department(site)[site.place(entry).department]
    return count if entry.is_example else count - 1


@functools.lru_cache(maxsize=1)  # counting again for each page would take quadratic time
def _count_by_department(site: Site) -> Counter[str]:
    return Counter(site.place(one).department for one in site.list_real(Catalyser))


def _make_extra_context(site: Site, entry: Entry) -> Mapping[str, Any]:
    """Return the extra context of the page of a letter or a catalyser; {} for other kinds."""
    if isinstance(entry, Newsletter):
        return make_letter_context(site, collect_contents(site, entry))
    if isinstance(entry, Catalyser):
        reach = find_reach(site, entry)
        return {
            "ecosystem": make_ecosystem(site, entry),
            "facets": FACETS,
            "where": describe_where(site, entry),
            "contacts": reach.contacts,
            "neighbours": _count_neighbours(site, entry),
            "recipient": find_recipient(site.config),
            "door": reach.door,
            "asked": None if entry.is_example else read_values(site, entry),
        }
    return {}
