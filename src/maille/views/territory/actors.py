"""The actors that the projects, events and news of a territory name, besides its own records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from maille.kinds.actualite import Actualite
from maille.kinds.catalyser import Catalyser
from maille.kinds.newsletter import Newsletter
from maille.kinds.projet import Projet
from maille.kinds.vocabulaire import Vocabulaire
from maille.schema.event import Occasion
from maille.schema.kind import Entry, Key
from maille.site.model import Site
from maille.text.names import fold_name
from maille.views.contacts import Contact, list_contacts, make_site_contact
from maille.views.feeds import ACTORS

# What an actor does in an entry: the words before the number, then what is counted, in the singular
# and the plural. There is no verb, since a source may be old. Scripts receive these words too. An
# actor with several roles in an entry gets the first of them.
ROLES = (
    ("", "projet porté", "projets portés"),
    ("", "projet suivi", "projets suivis"),
    ("", "rendez-vous", "rendez-vous"),
    ("des nouvelles d'ici", "", ""),
    ("en lien avec ", "projet ou nouvelle", "projets ou nouvelles"),
)
_HOLDS, _SUPPORTS, _ORGANISES, _TELLS, _TIED = range(len(ROLES))

# How a text names an actor: ("nom", folded name), ("catalyser", slug) or ("acteurs", key).
_Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody that an entry names: a record, or a term of the vocabulary of actors.

    `address` is the address of its page, or "". `entry` is the key of the record, or None.
    """

    name: str
    address: str
    summary: str
    contacts: tuple[Contact, ...]
    entry: Key | None = None


@dataclass(frozen=True, slots=True)
class TiedActor:
    """An actor, and what it does in a territory: « 11 projets suivis »."""

    actor: Actor
    why: str


def find_ties(site: Site, entries: Iterable[Entry]) -> Mapping[Key, Mapping[Actor, int]]:
    """Return, for each entry, the actors that it names and the role of each (a number of `ROLES`).

    An actor with several roles in an entry has the first of them. Actors without a page and without
    a site are left out: there is nothing to link to.
    """
    find = _make_finder(site)
    ties: dict[Key, dict[Actor, int]] = {}
    for entry in entries:
        roles = ties.setdefault(entry.key, {})
        for role, name in sorted(_list_names(site, entry)):
            if actor := find(name):
                roles.setdefault(actor, role)
    return ties


def list_tied(
    ties: Mapping[Key, Mapping[Actor, int]], entries: Iterable[Entry], listed: Collection[Key]
) -> tuple[TiedActor, ...]:
    """Return the actors that the entries name, the most often named first.

    `ties` is what `find_ties` returns. Records with a key in `listed` are left out: the page lists
    them already.
    """
    counts: dict[Actor, Counter[int]] = {}
    for entry in entries:
        for actor, role in ties[entry.key].items():
            if actor.entry not in listed:
                counts.setdefault(actor, Counter())[role] += 1
    order = sorted(counts, key=lambda actor: (-counts[actor].total(), fold_name(actor.name)))
    return tuple(TiedActor(actor, _describe(counts[actor])) for actor in order)


def _describe(counts: Counter[int]) -> str:
    """Return what an actor does: « 1 projet porté, 11 projets suivis »."""
    said = []
    for role, (before, one, many) in enumerate(ROLES):
        if number := counts[role]:
            said.append(f"{before}{number} {one if number < 2 else many}" if one else before)
    return ", ".join(said)


def _list_names(site: Site, entry: Entry) -> Iterator[tuple[int, _Name]]:
    """Yield the actors that an entry names, each with its role."""
    names: list[tuple[int, Iterable[str]]] = []
    if isinstance(entry, Projet):
        names = [(_HOLDS, entry.holders), (_SUPPORTS, entry.supported_by),
                 (_TELLS, _list_publishers(site, entry)), (_TIED, entry.partners)]  # fmt: skip
    elif isinstance(entry, Occasion):
        names = [(_ORGANISES, entry.organisers)]
    elif isinstance(entry, Actualite):
        yield _TELLS, (ACTORS, entry.actor)
    for role, those in names:
        yield from ((role, ("nom", fold_name(name))) for name in those)
    if isinstance(entry, Projet | Occasion | Actualite):
        yield from ((_TIED, (Catalyser.kind_name, slug)) for slug in entry.catalysers)


def _list_publishers(site: Site, project: Projet) -> Iterator[str]:
    """Yield, for each section of a letter about a project, the publisher of the letter's original.

    Letters without an original are skipped.
    """
    for section in site.thread(project):
        if isinstance(section.letter, Newsletter) and section.letter.origin:
            yield section.letter.origin.publisher


def _make_finder(site: Site) -> Callable[[_Name], Actor | None]:
    """Return the function that finds an actor by a name: a record with that name, or a term.

    It returns None if there is none, or if the term has neither a page nor a site.
    """
    found: dict[_Name, Actor] = {}
    for record in site.list_real(Catalyser):
        actor = Actor(
            record.heading,
            site.address(record),
            record.summary,
            list_contacts(record),
            record.key,
        )
        found[Catalyser.kind_name, record.slug] = actor
        for name in (record.heading, *record.other_names):
            found.setdefault(("nom", fold_name(name)), actor)
    vocabulary = site.find(Vocabulaire.kind_name, ACTORS)
    prefix = vocabulary.prefix if isinstance(vocabulary, Vocabulaire) else ""
    for term in site.vocabulary(ACTORS):
        address = f"{prefix}{term.key}/" if prefix else ""
        contacts = (make_site_contact(term.website),) if term.website else ()
        if address or contacts:
            actor = Actor(term.name, address, term.summary or "", contacts)
            found[ACTORS, term.key] = found.setdefault(("nom", fold_name(term.name)), actor)
    return found.get
