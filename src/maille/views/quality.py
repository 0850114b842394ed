"""List what the records lack, by territory, and the requests to send to their organisations."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.text.dates import format_date
from maille.text.names import join_names, sort_key
from maille.views.contacts import list_contacts

YEAR = datetime.timedelta(days=365)
EVERYWHERE, NOWHERE = "Partout en France", "Lieu non connu"


@dataclass(frozen=True, slots=True)
class Gaps:
    """The faults of the records of a territory: each fault, with the records that have it.

    `count` is the number of records in the territory.
    """

    territory: str
    count: int
    faults: Mapping[str, tuple[Catalyser, ...]]


@dataclass(frozen=True, slots=True)
class Request:
    """A message to send to the organisation of a record; `recipient` is "" if it is unknown."""

    entry: Catalyser
    recipient: str
    words: str


# Fault of a record → (what to ask its organisation for, or ""; the test for the fault).
FAULTS: Mapping[str, tuple[str, Callable[[Site, Catalyser], bool]]] = {
    "profil": ("votre profil", lambda _, one: not one.profile),
    "pratiques": ("vos pratiques", lambda _, one: not one.practices),
    "thèmes": ("vos thèmes", lambda _, one: not one.themes),
    "commune": ("votre commune", lambda site, one: not site.place(one).commune),
    "territoires": ("les territoires où vous agissez", lambda _, one: not one.territories),
    "site": ("", lambda _, one: not one.website),
    "courriel": ("", lambda _, one: not one.email),
    "téléphone": ("", lambda _, one: not one.phone),
    "sans aucun contact": (
        "une façon publique de vous joindre",
        lambda _, one: not list_contacts(one),
    ),
    "jamais relue": ("", lambda _, one: not one.verified_on),
    "relue il y a plus d'un an": ("", lambda site, one: is_old(site, one.verified_on)),
}


def is_old(site: Site, day: datetime.date | None) -> bool:
    """Return whether a day is more than a year ago; False if it is unknown."""
    return day is not None and site.today - day > YEAR


def list_gaps(site: Site) -> Iterator[Gaps]:
    """Yield the gaps of all real records, then those of each territory, by name.

    A record counts in its département. Without one, it counts in `EVERYWHERE` if it acts in the
    whole country, or else in its first area of action, or else in `NOWHERE`. `EVERYWHERE` and
    `NOWHERE` come last.
    """
    every = site.list_real(Catalyser)
    found: dict[str, list[Catalyser]] = defaultdict(list)
    for entry in every:
        found[_name_territory(site, entry)].append(entry)
    yield _find_gaps(site, "En tout", every)
    for name in sorted(found, key=lambda name: (name in {EVERYWHERE, NOWHERE}, sort_key(name))):
        yield _find_gaps(site, name, found[name])


def _name_territory(site: Site, entry: Catalyser) -> str:
    place, areas = site.place(entry), site.areas_of(entry)
    if department := site.gazetteer.departments.get(place.department or ""):
        return department.name
    if any(area.kind == "national" for area in areas):
        return EVERYWHERE
    return areas[0].name if areas else NOWHERE


def _find_gaps(site: Site, name: str, entries: Iterable[Catalyser]) -> Gaps:
    every = tuple(entries)
    faults = {
        fault: tuple(entry for entry in every if lacks(site, entry))
        for fault, (_, lacks) in FAULTS.items()
    }
    return Gaps(name, len(every), {fault: some for fault, some in faults.items() if some})


def find_last_request(entry: Catalyser) -> datetime.date | None:
    """Return the last day on which the organisation read its page over or was asked to, or None."""
    return max(filter(None, (entry.verified_on, entry.review_asked_on)), default=None)


def list_requests(site: Site) -> Iterator[Request]:
    """Yield a request for each organisation that was not asked or heard from in the last year.

    The organisations whose e-mail address is known come first.
    """
    due = (
        entry
        for entry in site.list_real(Catalyser)
        if (last := find_last_request(entry)) is None or is_old(site, last)
    )
    requests = [Request(one, _find_recipient(one), _word_request(site, one)) for one in due]
    yield from sorted(requests, key=lambda one: not one.entry.email)


def _find_recipient(entry: Catalyser) -> str:
    return entry.email or entry.website or entry.phone or ""


def _word_request(site: Site, entry: Catalyser) -> str:
    page = site.make_absolute(site.address(entry))
    source = entry.sources[0].title if entry.sources else ""
    source = source.replace("« ", "“").replace(" »", "”")  # quotes within quotes
    asked = [words for words, lacks in FAULTS.values() if words and lacks(site, entry)]
    sentence = f"Bonjour, la page {page} de « {site.config.name} » vous présente ({entry.name})"
    if entry.verified_on:
        sentence += f", que vous avez relue le {format_date(entry.verified_on)}"
    elif source:
        sentence += f", d'après « {source} »"
    sentence += " : est-elle juste"
    return f"{sentence}{f', et pouvez-vous y ajouter {join_names(asked)}' if asked else ''} ?"
