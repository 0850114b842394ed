"""The pages of territories, and the page that lists the territories."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from maille.formats.feeds import Publisher
from maille.gazetteer import Territory
from maille.kinds.catalyser import Catalyser
from maille.kinds.projet import Projet
from maille.kinds.territoire import Territoire
from maille.schema.event import Occasion
from maille.schema.vocabulary import Term
from maille.site.model import Site, keep_examples, keep_real
from maille.text.names import join_names
from maille.views import feeds
from maille.views.plans import PagePlan, Plan
from maille.views.records.export_rows import Rows, make_rows
from maille.views.territory.figure import Atlas, draw_territory, make_atlas
from maille.views.territory.files import make_territory_feed, name_territory_feed, plan_exports
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
    Acting,
    Presences,
    find_presences,
    make_address,
    require_territory,
)

STYLES = ("css/territoires.css",)
# If more real catalysers than this act in a territory only because they act in its whole région,
# only the page of the région lists them.
WIDE = 12


@dataclass(frozen=True, slots=True)
class NumberedRecord:
    """A record in a list. The figure of the territory uses the same numbers.

    `again` is true if the record is described earlier on the page, under another practice.
    """

    number: int
    entry: Catalyser
    again: bool


@dataclass(frozen=True, slots=True)
class PracticeGroup:
    """The records of one practice, or those without a known practice (`term` is None)."""

    term: Term | None
    records: tuple[NumberedRecord, ...]


@dataclass(frozen=True, slots=True)
class PageInputs:
    """The inputs of the pages of all territories; `notes` maps a territory's code to its notes."""

    site: Site
    who: Presences
    atlas: Atlas
    rows: Rows
    publisher: Publisher
    notes: dict[str, list[Territoire]] = field(default_factory=dict)


def plan(site: Site) -> Iterator[Plan]:
    """Yield the list of the territories, then the page of each with its files."""
    who = find_presences(site)
    inputs = PageInputs(
        site, who, make_atlas(site.gazetteer), make_rows(site), feeds.make_publisher(site)
    )
    for note in site.list_entries(Territoire):
        for area in site.areas_of(note):
            inputs.notes.setdefault(area.code, []).append(note)
    codes = (*site.gazetteer.regions, *sorted(site.gazetteer.departments))
    territories = (*(require_territory(site, code) for code in codes), *who.bodies)
    yield _plan_index(inputs)
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
    site, who = inputs.site, inputs.who
    entries = who.list_catalysers(territory.code)
    groups, missing = group_by_practice(site, keep_real(entries))
    order = tuple(one.entry for group in groups for one in group.records if not one.again)
    feed = make_territory_feed(site, territory, order, who.standing.get(territory.code, ()))
    files = dict(plan_exports(inputs.rows, territory, order))
    known = {
        "territory": territory,
        "groups": groups,
        "missing": missing,
        "count": len(order),
        "files": {name: plan.address for name, plan in files.items()},
    }
    yield PagePlan(
        make_address(territory),
        "territoire.html",
        make_title(site, territory),
        description=_describe(site, territory, len(order)),
        context=functools.partial(_make_context, inputs, territory, order, known),
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
    inputs: PageInputs, territory: Territory, order: tuple[Catalyser, ...], known: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return the context of a page: `known`, and what is computed only at rendering."""
    site, who = inputs.site, inputs.who
    examples = keep_examples(who.list_catalysers(territory.code))
    return {
        **known,
        "where": say_where(territory),
        "examples": examples,
        "national": len(keep_real(who.national)),
        "notes": inputs.notes.get(territory.code, ()),
        "figure": draw_territory(site, inputs.atlas, territory, (*order, *examples)),
        "around": find_surroundings(site, who, inputs.atlas.neighbours, territory),
        **_make_lists(site, who, territory),
    }


def _has_facts(inputs: PageInputs, territory: Territory) -> bool:
    """Return whether a territory has a note or a real entry; if not, its page is not `listed`."""
    code = territory.code
    acting = (one.entry for one in inputs.who.acting.get(code, ()))
    here = chain(inputs.who.standing.get(code, ()), acting)
    return code in inputs.notes or any(not entry.is_example for entry in here)


def group_by_practice(
    site: Site, entries: Iterable[Catalyser]
) -> tuple[tuple[PracticeGroup, ...], tuple[Term, ...]]:
    """Return (records grouped by practice, practices that no record has).

    A record is in the group of each of its practices; the last group holds the records without a
    known practice. Numbers follow the order of the page. If no record has a known practice, the
    second part is empty.
    """
    numbers: dict[tuple[str, str], int] = {}
    every, terms = list(entries), site.vocabulary("pratiques")
    known = {term.key for term in terms}
    groups = []
    for term in (*terms, None):
        if term:
            having = [entry for entry in every if term.key in entry.practices]
        else:
            having = [entry for entry in every if known.isdisjoint(entry.practices)]
        rows = []
        for entry in having:
            again = entry.key in numbers
            rows.append(
                NumberedRecord(numbers.setdefault(entry.key, len(numbers) + 1), entry, again)
            )
        if rows:
            groups.append(PracticeGroup(term, tuple(rows)))
    used = {group.term.key for group in groups if group.term}
    return tuple(groups), tuple(term for term in terms if used and term.key not in used)


def say_where(territory: Territory) -> str:
    """Return the name of a territory with its preposition: « dans le Puy-de-Dôme »."""
    if territory.name.startswith("Communauté"):
        return f"dans la c{territory.name[1:]}"
    return territory.locative or f"dans l'intercommunalité {territory.name}"


def _is_wide(one: Acting, here: Territory) -> bool:
    """Return whether a catalyser acts here only because it acts in whole régions.

    Always false if `here` is a région.
    """
    return here.kind != "region" and all(area.kind == "region" for area in one.areas)


def _explain_presence(one: Acting, here: Territory) -> tuple[Catalyser, str]:
    """Return a catalyser from elsewhere, with a French phrase that says where it acts."""
    whole = [area for area in one.areas if set(here.departments) <= set(area.departments)]
    # An intercommunalité does not cover its départements: it covers `here` only if it is `here`.
    sure = [area for area in whole if area.kind != "intercommunalite" or area.code == here.code]
    places = [_explain_area(area, here) for area in sure[:1] or one.areas]
    return one.entry, f"intervient {join_names(places)}"


def _explain_area(area: Territory, here: Territory) -> str:
    if area.kind == "region":
        same = area.code == here.code
        return "dans toute la région" if same else f"dans toute la région {area.name}"
    if area.code == here.code and area.kind == "intercommunalite":
        return "dans toute l'intercommunalité"
    return say_where(area)


def _make_lists(site: Site, who: Presences, territory: Territory) -> dict[str, Any]:
    """Return the other lists (catalysers from elsewhere, projects, events) and their counts."""
    here, acting = who.standing.get(territory.code, ()), who.acting.get(territory.code, ())
    real = [one for one in acting if not one.entry.is_example]
    near = [one for one in real if not _is_wide(one, territory)]
    listed = real if len(real) - len(near) <= WIDE else near
    dated = sorted((one for one in here if isinstance(one, Occasion)), key=lambda one: one.order)
    return {
        "acting": tuple(_explain_presence(one, territory) for one in listed),
        "wide": len(real) - len(listed),
        "samples": len(acting) - len(real),
        "projects": tuple(one for one in here if isinstance(one, Projet)),
        "upcoming": tuple(one for one in dated if not one.is_past(site.today)),
        "past": tuple(one for one in reversed(dated) if one.is_past(site.today)),
    }


def _describe(site: Site, territory: Territory, count: int) -> str:
    if not count:
        return f"Aucune fiche recensée {say_where(territory)}."
    kind = site.kind(Catalyser.kind_name)
    return f"Les {kind.plural} {say_where(territory)} : qui fait quoi, et qui vient d'ailleurs."
