"""The linked site as data: what every view reads."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from maille.content.downloads import Downloads
from maille.content.images import Album
from maille.gazetteer import Gazetteer, Territory
from maille.schema.event import Occasion
from maille.schema.kind import Entry, Key, Kind
from maille.schema.letter import Letter, MailingList, Topic
from maille.schema.vocabulary import Term
from maille.site.addresses import Addresses, index_departed, index_moved
from maille.site.config import Config
from maille.site.place import Place, Precision
from maille.site.sealed_letters import Seal
from maille.text.urls import Link, make_absolute, make_site_url

E = TypeVar("E", bound=Entry)
L = TypeVar("L", bound=Letter)

NOWHERE = Place(Precision.UNKNOWN)


def keep_real(entries: Iterable[E]) -> tuple[E, ...]:
    """Return the entries that are not examples."""
    return tuple(entry for entry in entries if not entry.is_example)


def keep_examples(entries: Iterable[E]) -> tuple[E, ...]:
    """Return the entries that are examples."""
    return tuple(entry for entry in entries if entry.is_example)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a letter: the text under one `##` heading, or before the first one.

    If the heading is a name of a project, the section is an update of that project. `title`
    is then the name used in the letter, as the project's front matter spells it; the project may
    have another name today. If `audiences` is empty, the section is for everybody.
    """

    letter: Letter
    title: str
    anchor: str
    html: str
    project: Topic | None = None
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The updates before and after an update, of the same project and mailing list, if any."""

    before: Section | None = None
    after: Section | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """The path of a file that waits for publication, and the reason, which the report prints."""

    path: str
    reason: str


@dataclass(frozen=True, eq=False)
class Site:
    """Everything that was read, checked and linked; entries are sorted as lists show them.

    Sites are compared by identity, so functions can cache their results by site (`make_rows`).
    `held` are the files that wait for publication; `faulty` the keys of invalid entries; `aside`
    the entries that are checked but not part of the site: those that wait, and the readable part of
    invalid ones. `named_places` are the places of actors without a page, by key of the entry that
    names the actor and rank of the actor in that entry.
    """

    config: Config
    today: datetime.date
    kinds: tuple[Kind, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    gazetteer: Gazetteer
    held: tuple[Held, ...] = ()
    places: Mapping[Key, Place] = field(default_factory=dict)
    areas: Mapping[Key, tuple[Territory, ...]] = field(default_factory=dict)
    named_places: Mapping[tuple[Key, int], Place] = field(default_factory=dict)
    mentions: Mapping[Key, tuple[Entry, ...]] = field(default_factory=dict)
    sections: Mapping[Key, tuple[Section, ...]] = field(default_factory=dict)
    threads: Mapping[Key, tuple[Section, ...]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    faulty: frozenset[Key] = frozenset()
    base_url: str = "/"
    aside: tuple[Entry, ...] = ()
    album: Album = field(default_factory=Album)
    seals: Mapping[str, Seal] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=Addresses)
    downloads: Downloads = field(default_factory=Downloads)
    lists: tuple[MailingList, ...] = (MailingList(),)

    @functools.cached_property
    def _by_key(self) -> Mapping[Key, Entry]:
        found = {entry.key: entry for entries in self.entries.values() for entry in entries}
        for former, present in index_moved(self.addresses, self.kinds).items():
            if present in found:
                found.setdefault(former, found[present])
        return found

    @functools.cached_property
    def _departed(self) -> Mapping[Key, str]:
        return index_departed(self.addresses, self.kinds)

    @functools.cached_property
    def _by_name(self) -> Mapping[str, Kind]:
        return {kind.name: kind for kind in self.kinds}

    def list_entries(self, model: type[E]) -> tuple[E, ...]:
        """Return the entries of a class, kind by kind; for `Entry`, all entries.

        The entries of each kind are sorted as lists show them.
        """
        groups = self.entries.values()
        return tuple(entry for group in groups for entry in group if isinstance(entry, model))

    def list_real(self, model: type[E]) -> tuple[E, ...]:
        """Return the entries of a class, without the examples."""
        return keep_real(self.list_entries(model))

    def list_examples(self, model: type[E]) -> tuple[E, ...]:
        """Return the examples of a class."""
        return keep_examples(self.list_entries(model))

    def list_examined(self) -> tuple[Entry, ...]:
        """Return the entries of the site, then those that are only checked (`aside`)."""
        return (*self.list_entries(Entry), *self.aside)

    def find(self, kind: str, slug: str) -> Entry | None:
        """Return the entry of this kind that has this slug, or had it before it moved, or None."""
        return self._by_key.get((kind, slug))

    def refer(self, kind: str, slug: str) -> Link:
        """Return a link to the entry of this kind and slug.

        Without such an entry, the link has no address; its text is the name that
        `content/adresses.toml` gives, or the slug.
        """
        if entry := self.find(kind, slug):
            return self.link(entry)
        line = self.addresses.lines.get(self._departed.get((kind, slug), ""))
        return Link((line and line.name) or slug, "")

    def kind(self, name: str) -> Kind:
        """Return the kind of that name, with the words of `site.toml`, or raise KeyError."""
        return self._by_name[name]

    def address(self, entry: Entry) -> str:
        """Return the address of the page of an entry, or of its place in a shared page.

        The base path is left out.
        """
        kind = self.kind(entry.kind_name)
        if entry.shared_page:
            return f"{kind.make_address(entry.shared_page)}#{entry.slug}"
        return kind.make_address(entry.address_slug)

    @functools.cached_property
    def published_at(self) -> str:
        """Return the absolute URL of the site, for feeds, exports and other files for machines."""
        return make_site_url(self.base_url, self.config.address)

    def make_absolute(self, address: str) -> str:
        """Return the absolute URL of an address of the site."""
        return make_absolute(address, self.published_at)

    def link(self, entry: Entry) -> Link:
        """Return a link to the page of an entry, with the entry's heading as its text."""
        return Link(entry.heading, self.address(entry))

    def place(self, entry: Entry) -> Place:
        """Return the place of an entry, `NOWHERE` if it has none."""
        return self.places.get(entry.key, NOWHERE)

    def zone_of(self, entry: Occasion) -> str:
        """Return the time zone of an event: its own, else its place's, else the site's."""
        return entry.time_zone or self.place(entry).time_zone or self.config.time_zone

    def find_part_place(self, entry: Entry, rank: int) -> Place:
        """Return the place of the actor at this rank in the ecosystem of an entry.

        For an actor with a page, the result is `NOWHERE`.
        """
        return self.named_places.get((entry.key, rank), NOWHERE)

    def areas_of(self, entry: Entry) -> tuple[Territory, ...]:
        """Return the territories where an entry acts."""
        return self.areas.get(entry.key, ())

    def mentions_of(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the backlinks of an entry: the entries that name it in a key, or link to it."""
        return self.mentions.get(entry.key, ())

    def sections_of(self, letter: Entry) -> tuple[Section, ...]:
        """Return the sections of a letter, from top to bottom."""
        return self.sections.get(letter.key, ())

    def thread(self, project: Entry) -> tuple[Section, ...]:
        """Return the updates of a project, oldest first."""
        return self.threads.get(project.key, ())

    def seal_of(self, letter: Entry) -> Seal | None:
        """Return the seal of a letter, or None if the letter is not sealed."""
        return self.seals.get(letter.slug)

    def neighbours(self, section: Section) -> Neighbours:
        """Return the updates before and after a section, of the same project and mailing list.

        A section that is not an update has no neighbours.
        """
        if section.project is None:
            return Neighbours()
        return self._neighbours[section.letter.key, section.project.key]

    @functools.cached_property
    def _neighbours(self) -> Mapping[tuple[Key, Key], Neighbours]:
        """Return the neighbours of each update, by letter and project."""
        found: dict[tuple[Key, Key], Neighbours] = {}
        for project, thread in self.threads.items():
            by_list: dict[str, list[Section]] = {}
            for one in thread:
                by_list.setdefault(one.letter.mailing_list.key, []).append(one)
            for own in by_list.values():
                around = zip([None, *own], own, [*own[1:], None], strict=False)
                for before, section, after in around:
                    found[section.letter.key, project] = Neighbours(before, after)
        return found

    def section_address(self, section: Section) -> str:
        """Return the address of a section; without an anchor, the address of its letter."""
        address = self.address(section.letter)
        return f"{address}#{section.anchor}" if section.anchor else address

    def list_letters(self, model: type[L], mailing_list: MailingList) -> tuple[L, ...]:
        """Return the letters of a list, oldest first."""
        return tuple(one for one in self.list_entries(model) if one.mailing_list == mailing_list)

    def list_address(self, mailing_list: MailingList) -> str:
        """Return the address of the archive of a list; without other lists, that of all letters."""
        prefix = next(kind.prefix for kind in self.kinds if issubclass(kind.model, Letter))
        return prefix if mailing_list.is_only else f"{prefix}{mailing_list.key}/"

    def vocabulary(self, slug: str) -> tuple[Term, ...]:
        """Return the terms of a vocabulary in file order; none if there is no such vocabulary."""
        found = (self.find(kind.name, slug) for kind in self.kinds if kind.is_vocabulary)
        return next((entry.list_terms() for entry in found if entry), ())

    def term(self, slug: str, key: str | None) -> Term | None:
        """Return the term with this key in a vocabulary, or None."""
        return next((term for term in self.vocabulary(slug) if term.key == key), None)

    def is_network(self, actor: str) -> bool:
        """Return whether the actor with this key has the name of the network."""
        term = self.term("acteurs", actor)
        return term is not None and term.name == self.config.name

    def terms(self, slug: str, keys: tuple[str, ...]) -> tuple[Term, ...]:
        """Return the terms with these keys, in the order of the vocabulary."""
        return tuple(term for term in self.vocabulary(slug) if term.key in keys)
