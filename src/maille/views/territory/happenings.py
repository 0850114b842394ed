"""What happens in each territory: projects, events and news, by the places that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from maille.formats.compact_json import encode_compact
from maille.gazetteer import Territory, group_values
from maille.kinds.actualite import Actualite
from maille.kinds.evenement import Evenement
from maille.kinds.projet import Projet
from maille.schema.event import Occasion
from maille.schema.located import Located
from maille.site.model import Site
from maille.text.dates import Period, format_date
from maille.text.typography import typeset
from maille.views.plans import FilePlan
from maille.views.territory.actors import ROLES, Actor, find_ties
from maille.views.territory.presences import PAGE, make_body_finder

ADDRESS = f"{PAGE}ici.json"

Happening = Projet | Occasion | Actualite


@dataclass(frozen=True, slots=True)
class Happenings:
    """What happens in a territory: events to come, projects, news, past events.

    All but the events to come are sorted from the newest to the oldest.
    """

    upcoming: tuple[Occasion, ...] = ()
    projects: tuple[Projet, ...] = ()
    news: tuple[Actualite, ...] = ()
    past: tuple[Occasion, ...] = ()

    def __iter__(self) -> Iterator[Happening]:
        """Yield all the entries, in the order of the fields."""
        yield from self.upcoming
        yield from self.projects
        yield from self.news
        yield from self.past


def find_happenings(site: Site) -> Mapping[str, Happenings]:
    """Return the happenings of each commune, by INSEE code, and of each territory, by its code.

    An entry counts in its commune, in the territories around that commune, in the territories that
    it names, and in their départements and régions.
    """
    codes = _list_codes_by_entry(site)
    found = group_values((code, entry) for entry, named in codes for code in named)
    return {code: _sort(site, entries) for code, entries in found.items()}


def _list_codes_by_entry(site: Site) -> list[tuple[Happening, tuple[str, ...]]]:
    bodies_at = make_body_finder(site)

    def list_codes(entry: Happening) -> Iterator[str]:
        if isinstance(entry, Located):
            place = site.place(entry)
            yield from (place.insee_code, *bodies_at(entry), place.department, place.region)
        for area in site.areas_of(entry):
            yield from _list_around(site, area)

    return [
        (entry, tuple(dict.fromkeys(filter(None, list_codes(entry))))) for entry in list_every(site)
    ]


def list_every(site: Site) -> Iterator[Happening]:
    """Yield the real projects, events and news."""
    yield from site.list_real(Projet)
    yield from site.list_real(Occasion)
    yield from site.list_real(Actualite)


def _list_around(site: Site, area: Territory) -> Iterator[str]:
    """Yield the code of a territory, then of the territories around it; none for the country."""
    if area.kind == "national":
        return
    yield area.code
    if area.kind != "region":
        yield from area.departments
        yield from (site.gazetteer.departments[code].region for code in area.departments)


def _sort(site: Site, entries: Iterable[Happening]) -> Happenings:
    every = tuple(entries)
    dated = sorted((e for e in every if isinstance(e, Occasion)), key=lambda one: one.order)
    news = [one for one in every if isinstance(one, Actualite)]
    projects = [one for one in every if isinstance(one, Projet)]
    return Happenings(
        tuple(one for one in dated if not one.is_past(site.today)),
        tuple(sorted(projects, key=partial(_date_project, site), reverse=True)),
        tuple(sorted(news, key=_date_news, reverse=True)),
        tuple(one for one in reversed(dated) if one.is_past(site.today)),
    )


def find_last_news(site: Site, project: Projet) -> Period | None:
    """Return the date of the latest update or source of a project; None if nothing is dated."""
    dates: list[Period] = [
        *(section.letter.period for section in site.thread(project)),
        *(source.date for source in project.sources if source.date),
    ]
    return max(dates, key=lambda date: date.sort_key, default=None)


def _date_project(site: Site, project: Projet) -> tuple[int, ...]:
    date = find_last_news(site, project)
    return date.sort_key if date else ()


def _date_news(news: Actualite) -> str:
    return str(news.date or news.published_on or "")


def plan(site: Site) -> FilePlan:
    """Return the file that scripts read: `roles`, `acteurs`, and `lignes`, one for each entry.

    Entries that happen in no territory are left out. A line has the entry's kind and date, title,
    address, place, codes of territories, summary, and the actors that it names as [number, number
    of the role]. An actor has its name, address, summary, contacts as [URL, text], and the slug of
    its record or "". Addresses are relative to the address of the list of territories.
    """
    codes = {entry.key: named for entry, named in _list_codes_by_entry(site) if named}
    ties = find_ties(site, (e for e in list_every(site) if e.key in codes))
    actors = {actor: number for number, actor in enumerate(dict.fromkeys(chain(*ties.values())))}
    rows = [
        [
            typeset(_describe(site, entry)),
            typeset(entry.heading),
            f"..{site.address(entry)}",
            typeset(site.place(entry).label),
            codes[entry.key],
            typeset(entry.abstract),
            [[actors[actor], role] for actor, role in ties[entry.key].items()],
        ]
        for entry in _sort(site, (e for e in list_every(site) if e.key in codes))
    ]
    data = {
        "roles": [[typeset(word) for word in role] for role in ROLES],
        "acteurs": [_encode_actor(actor) for actor in actors],
        "lignes": rows,
    }
    return FilePlan(ADDRESS, encode_compact(data).encode(), "ce qui se passe dans les territoires")


def _encode_actor(actor: Actor) -> list[Any]:
    return [
        typeset(actor.name),
        actor.address and f"..{actor.address}",
        typeset(actor.summary),
        [[contact.url, contact.shown] for contact in actor.contacts],
        actor.entry[1] if actor.entry else "",
    ]


def _describe(site: Site, entry: Happening) -> str:
    """Return the type and the date of an entry: « Rencontre, 17 juin 2024 »."""
    sort = site.kind(entry.kind_name).singular
    if isinstance(entry, Evenement) and (term := site.term("types-d-evenement", entry.sort)):
        sort = term.name
    date: Period | None = entry.own_date
    words = "{}"
    if isinstance(entry, Projet):
        date = find_last_news(site, entry)
        words = "dernière nouvelle : {}" if site.thread(entry) else "dernière source : {}"
    when = words.format(format_date(date)) if date else "date non connue"
    return f"{sort[:1].upper()}{sort[1:]}, {when}"
