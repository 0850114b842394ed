"""The pages of territories, and the page that lists the territories."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from maille.formats.feeds import Publisher
from maille.gazetteer import Territory
from maille.kinds.catalyser import Catalyser
from maille.kinds.ressource import Ressource
from maille.kinds.territoire import Territoire
from maille.schema.kind import Key
from maille.site.model import Site, keep_examples
from maille.views import feeds
from maille.views.plans import PagePlan, Plan
from maille.views.records.export_rows import Rows, make_rows
from maille.views.records.index_data import sort_records
from maille.views.territory import happenings
from maille.views.territory.actors import Actor, find_ties, list_tied
from maille.views.territory.figure import Atlas, draw_territory, make_atlas
from maille.views.territory.files import make_territory_feed, name_territory_feed, plan_exports
from maille.views.territory.groups import TerritoryRecords, group_records, say_where
from maille.views.territory.happenings import Happenings, find_happenings
from maille.views.territory.index import make_index
from maille.views.territory.neighbours import (
    LISTS,
    find_surroundings,
    make_breadcrumbs,
    make_near,
    make_title,
)
from maille.views.territory.presences import (
    PAGE,
    Presences,
    find_presences,
    make_address,
    require_territory,
)

STYLES = ("css/territoires.css",)


@dataclass(frozen=True, slots=True)
class PageInputs:
    """The inputs of the pages of all territories.

    `rank` is the position of each record in lists. `notes`, `resources` and `happenings` are
    indexed by code of territory. `ties` are the actors that each entry names
    (views/territory/actors.py).
    """

    site: Site
    who: Presences
    atlas: Atlas
    rows: Rows
    publisher: Publisher
    rank: Mapping[Key, int]
    happenings: Mapping[str, Happenings]
    ties: Mapping[Key, Mapping[Actor, int]]
    notes: dict[str, list[Territoire]] = field(default_factory=dict)
    resources: dict[str, list[Ressource]] = field(default_factory=dict)


def plan(site: Site) -> Iterator[Plan]:
    """Yield the list of the territories, the file of `happenings`, then a page per territory.

    Each page comes with its files: first the régions, then the départements by code, then the
    intercommunalités.
    """
    who = find_presences(site)
    inputs = PageInputs(
        site,
        who,
        make_atlas(site.gazetteer),
        make_rows(site),
        feeds.make_publisher(site),
        {entry.key: rank for rank, entry in enumerate(sort_records(site))},
        find_happenings(site),
        find_ties(site, happenings.list_every(site)),
    )
    for note in site.list_entries(Territoire):
        for area in site.areas_of(note):
            inputs.notes.setdefault(area.code, []).append(note)
    for resource in site.list_real(Ressource):
        for area in site.areas_of(resource):
            inputs.resources.setdefault(area.code, []).append(resource)
    codes = (*site.gazetteer.regions, *sorted(site.gazetteer.departments))
    territories = (*(require_territory(site, code) for code in codes), *who.bodies)
    yield _plan_index(inputs)
    yield happenings.plan(site)
    for territory in territories:
        yield from _plan_territory(inputs, territory)


def _plan_index(inputs: PageInputs) -> PagePlan:
    site = inputs.site
    kind = site.kind(Catalyser.kind_name)
    index = make_index(site, inputs.who)
    return PagePlan(
        PAGE,
        "territoires.html",
        LISTS,
        description=f"Les {kind.plural} région par région, département par département.",
        context={
            "index": index,
            "bodies": tuple(make_near(site, inputs.who, body) for body in inputs.who.bodies),
        },
        source="la liste des territoires",
        styles=STYLES,
    )


def _plan_territory(inputs: PageInputs, territory: Territory) -> Iterator[Plan]:
    """Yield the page of a territory, then its exports, and its feed if it has one."""
    site, who, code = inputs.site, inputs.who, territory.code
    here = inputs.happenings.get(code, Happenings())
    records = group_records(site, who, territory, inputs.rank)
    numbers = records.numbers
    order = tuple(sorted(who.list_real(code), key=lambda entry: numbers[entry.key]))
    feed = make_territory_feed(site, territory, order, here)
    files = dict(plan_exports(inputs.rows, territory, order))
    known = {
        "territory": territory,
        "records": records,
        "happenings": here,
        "tied": list_tied(inputs.ties, here, numbers),
        "count": len(order),
        "files": {name: plan.address for name, plan in files.items()},
    }
    yield PagePlan(
        make_address(territory),
        "territoire.html",
        make_title(site, territory),
        description=_describe(inputs, territory),
        context=functools.partial(_make_context, inputs, territory, records, known),
        source=f"la page du territoire {territory.name}",
        trail=make_breadcrumbs(site, territory),
        listed=_has_facts(inputs, territory),
        feed=name_territory_feed(territory) if feed else "",
        styles=STYLES,
    )
    yield from files.values()
    if feed:
        yield from feeds.plan_feed_files(feed, inputs.publisher)


def _make_context(
    inputs: PageInputs, territory: Territory, records: TerritoryRecords, known: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return the context of a page: `known`, and the values that are computed only at rendering."""
    site, who, code = inputs.site, inputs.who, territory.code
    every, numbers = who.list_catalysers(code), records.numbers
    numbered = sorted(((numbers.get(e.key, 0), e) for e in every), key=itemgetter(0))
    acting = who.number_acting(code)
    return {
        **known,
        "where": say_where(territory),
        "examples": keep_examples(every),
        "others": len(acting & who.real),
        "samples": len(acting - who.real),
        "notes": inputs.notes.get(code, ()),
        "resources": inputs.resources.get(code, ()),
        "figure": draw_territory(site, inputs.atlas, territory, numbered),
        "around": find_surroundings(site, who, inputs.atlas.neighbours, territory),
    }


def _has_facts(inputs: PageInputs, territory: Territory) -> bool:
    """Return whether a territory has a note, a happening or a real record, and so is `listed`."""
    code, who = territory.code, inputs.who
    real = (who.here.get(code, frozenset()) | who.number_acting(code)) & who.real
    return code in inputs.notes or code in inputs.happenings or bool(real)


def _describe(inputs: PageInputs, territory: Territory) -> str:
    where, code = say_where(territory), territory.code
    if inputs.who.list_real(code):
        plural = inputs.site.kind(Catalyser.kind_name).plural
        return f"Les {plural} {where} : qui y est, qui y intervient, ce qui s'y passe."
    if _has_facts(inputs, territory):
        return f"Qui intervient {where}, et ce qui s'y passe."
    return f"Personne n'est encore recensé {where}."
