"""How to reach a catalyser: by its own site, e-mail or telephone, or else in another way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.text.urls import Link, choose_verb
from maille.views.contact import ADDRESS
from maille.views.sentences import capitalise

PROJECT = "projet"
# How many areas of action are named, at most, for a catalyser whose place is not known.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach someone: what the link does, its URL, and how the URL is shown."""

    label: str
    url: str
    shown: str


@dataclass(frozen=True, slots=True)
class Door:
    """Another way to reach a catalyser that has no contact: a link, and the words around it."""

    before: str
    link: Link
    after: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """The ways to reach a catalyser, as lists show them.

    `address` is "" if no street or postcode is known. `door` is None if there is a contact, and for
    examples.
    """

    address: str
    contacts: tuple[Contact, ...]
    door: Door | None


def find_reach(site: Site, entry: Catalyser) -> Reach:
    """Return the postal address of a catalyser, and its contacts or another way to reach it."""
    contacts = list_contacts(entry)
    door = None if contacts or entry.is_example else find_door(site, entry)
    return Reach(describe_address(site, entry), contacts, door)


def describe_address(site: Site, entry: Catalyser) -> str:
    """Return the postal address: « 107 rue de Marseille, 69007 Lyon »; "" if none is known.

    A commune alone is not returned, since lists show it for each record.
    """
    if not (entry.address or entry.postcode):
        return ""
    town = f"{entry.postcode or ''} {site.place(entry).commune}".strip()
    return ", ".join(filter(None, (entry.address, town)))


def list_contacts(entry: Catalyser) -> tuple[Contact, ...]:
    """Return the ways to reach a catalyser itself: site, e-mail, telephone; none if unknown."""
    return tuple(_list_contacts(entry))


def _list_contacts(entry: Catalyser) -> Iterator[Contact]:
    if entry.website:
        yield make_site_contact(entry.website)
    if entry.email:
        yield Contact("Écrire", f"mailto:{entry.email}", entry.email)
    if entry.phone:
        yield Contact("Appeler", f"tel:{entry.phone}", _space_digits(entry.phone))


def make_site_contact(url: str) -> Contact:
    """Return a public site as a contact."""
    return Contact("Site", url, re.sub(r"^https?://(?:www\.)?", "", url).strip("/"))


def _space_digits(phone: str) -> str:
    """Return a French telephone number with its digits in pairs, any other number unchanged."""
    return re.sub(r"(?<=\d)(?=(?:\d\d)+$)", "\u00a0", phone) if len(phone) == 10 else phone


def describe_where(site: Site, entry: Catalyser) -> str:
    """Return where a catalyser is, or else where it acts: « Nord, Pas-de-Calais ».

    It is « Partout en France » for a catalyser of the whole country without a place, and « Lieu non
    connu » if neither is known.
    """
    if label := site.place(entry).label:
        return label
    areas = site.areas_of(entry)
    if any(area.kind == "national" for area in areas):
        return "Partout en France"
    names = [area.name for area in areas]
    if len(names) > _FEW:
        return f"{', '.join(names[:_FEW])} et ailleurs"
    return ", ".join(names) or "Lieu non connu"


def find_door(site: Site, entry: Catalyser) -> Door:
    """Return the best way to reach a catalyser that has no contact of its own.

    It is the first of these that exists: a real catalyser, with a contact, that it has a tie to;
    the web page of one of its sources; a project that names it. Failing these, it is the network.
    """
    for tie in entry.ties:
        other = site.find(entry.kind_name, tie.catalyser)
        if isinstance(other, Catalyser) and not other.is_example and list_contacts(other):
            return Door(capitalise(tie.nature), site.link(other), ", dont un contact est connu")
    for source in entry.sources or ():
        if source.url:
            host = (urlsplit(source.url).hostname or "").removeprefix("www.")
            return Door(f"À {choose_verb(source.url)} sur", Link(host, source.url))
    for other in site.mentions_of(entry):
        if other.kind_name == PROJECT:
            return Door("Un projet en parle :", site.link(other))
    return Door("Vous pouvez", Link("demander au réseau", ADDRESS))
