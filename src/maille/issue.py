"""What a letter says, whichever way it goes out: its page, its mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from maille.kind import Entry
from maille.kinds.actualite import Actualite
from maille.kinds.newsletter import Newsletter
from maille.occasion import Occasion
from maille.site import Section, Site
from maille.urls import Link

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Issue:
    """What a letter says: its own parts, then the news and the dates that it pulls in.

    `news_title` and `dates_title` are what those two are called; `contents` leads to each part
    that has a title, in order.
    """

    letter: Newsletter
    address: str
    parts: tuple[Section, ...]
    news: tuple[Actualite, ...]
    dates: tuple[Occasion, ...]
    news_title: str
    dates_title: str = "Rendez-vous"

    @property
    def subject(self) -> str:
        """Return what the mail is called: « Lettre de mai 2024 : son titre »."""
        title, heading = self.letter.title, self.letter.heading
        return heading if title == heading else f"{heading} : {title}"

    @property
    def contents(self) -> tuple[Link, ...]:
        """Return the titles with the addresses of their parts on the page."""
        anchors = [(part.title, part.anchor) for part in self.parts if part.title]
        anchors += [(self.news_title, "_actualites")] if self.news else []
        anchors += [(self.dates_title, "_rendez-vous")] if self.dates else []
        return tuple(Link(title, f"{self.address}#{anchor}") for title, anchor in anchors)


def issue_of(site: Site, letter: Newsletter) -> Issue:
    """Return what a letter says."""
    return Issue(
        letter,
        site.address(letter),
        site.sections_of(letter),
        tuple(_named(site, Actualite, "actualite", letter.news)),
        (
            *_named(site, Occasion, "evenement", letter.events),
            *_named(site, Occasion, "webinaire", letter.webinars),
        ),
        site.kind(Actualite.kind_name).title,
    )


def _named(site: Site, model: type[E], kind: str, slugs: tuple[str, ...]) -> Iterator[E]:
    return (one for slug in slugs if isinstance(one := site.find(kind, slug), model))
