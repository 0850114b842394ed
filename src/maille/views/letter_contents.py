"""What a letter says, whichever way it goes out: its page, its mail, its editions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from maille.kinds.actualite import Actualite
from maille.kinds.newsletter import Newsletter
from maille.schema.audiences import concerns
from maille.schema.event import Occasion
from maille.site.letter_config import Edition
from maille.site.model import Section, Site
from maille.site.sealed_letters import Told
from maille.text.dates import format_date
from maille.text.urls import Link
from maille.views.sentences import appointment, minutes, minutes_of


@dataclass(frozen=True, slots=True)
class Issue:
    """What a letter says: its own parts, then the news and the dates that it pulls in.

    `news_title` and `dates_title` are what those two are called. Of an edition, all of it is for
    one audience, and `address` is that of its page.
    """

    letter: Newsletter
    address: str
    parts: tuple[Section, ...]
    news: tuple[Told, ...]
    dates: tuple[Told, ...]
    news_title: str
    dates_title: str = "Rendez-vous"
    edition: Edition | None = None

    @property
    def name(self) -> str:
        """Return what its files are called: « lettre-2026-12-entreprises »."""
        letter = f"lettre-{self.letter.slug}"
        return f"{letter}-{self.edition.audience}" if self.edition else letter

    @property
    def heading(self) -> str:
        """Return « Lettre de mai 2024 », « Lettre de mai 2024, édition Entreprises »."""
        heading = self.letter.heading
        return f"{heading}, édition {self.edition.title}" if self.edition else heading

    @property
    def subject(self) -> str:
        """Return what the mail is called: « Lettre de mai 2024 : son titre »."""
        title = self.letter.title
        return self.heading if title == self.letter.heading else f"{self.heading} : {title}"

    @property
    def minutes(self) -> int:
        """Return how long it takes to read, in minutes, at least one."""
        if self.edition is None:
            return minutes(self.letter)
        return minutes_of(" ".join(re.sub(r"<[^>]*>", " ", part.html) for part in self.parts))

    @property
    def contents(self) -> tuple[Link, ...]:
        """Return the titles of the parts that have one, with their addresses on the page."""
        anchors = [(part.title, part.anchor) for part in self.parts if part.title]
        anchors += [(self.news_title, "_actualites")] if self.news else []
        anchors += [(self.dates_title, "_rendez-vous")] if self.dates else []
        return tuple(Link(title, f"{self.address}#{anchor}") for title, anchor in anchors)


def issue_of(site: Site, letter: Newsletter) -> Issue:
    """Return what a letter says; once sealed, what it said that day."""
    seal = site.seal_of(letter)
    return Issue(
        letter,
        site.address(letter),
        site.sections_of(letter),
        tuple(_at_home(site, seal.news) if seal else _news(site, letter)),
        tuple(_at_home(site, seal.dates) if seal else _dates(site, letter)),
        site.kind(Actualite.kind_name).title,
    )


def editions_of(site: Site, issue: Issue) -> Iterator[Issue]:
    """Yield the editions of a letter, for each audience of `site.toml` that it tells something."""
    for edition in site.config.editions:
        found = _for_audience(issue, edition)
        if found.parts or found.news or found.dates:
            yield found


def _for_audience(issue: Issue, edition: Edition) -> Issue:
    audience = edition.audience
    return replace(
        issue,
        address=f"{issue.address}{audience}/",
        parts=tuple(one for one in issue.parts if concerns(one.audiences, audience)),
        news=tuple(one for one in issue.news if concerns(one.audiences, audience)),
        dates=tuple(one for one in issue.dates if concerns(one.audiences, audience)),
        edition=edition,
    )


def _at_home(site: Site, told: Iterable[Told]) -> Iterator[Told]:
    """Yield what a sealed letter told, with the addresses that those pages have today."""
    for one in told:
        entry = site.find(one.kind, one.slug)
        yield replace(one, address=site.address(entry)) if entry else one


def _news(site: Site, letter: Newsletter) -> Iterator[Told]:
    for slug in letter.news:
        one = site.find(Actualite.kind_name, slug)
        if isinstance(one, Actualite):
            actor, day = site.term("acteurs", one.actor), one.date or one.published_on
            meta = (actor.name if actor else one.actor, format_date(day) if day else "")
            yield _told(site, one, " · ".join(filter(None, meta)))


def _dates(site: Site, letter: Newsletter) -> Iterator[Told]:
    named = [*(("evenement", slug) for slug in letter.events)]
    named += [("webinaire", slug) for slug in letter.webinars]
    for kind, slug in named:
        one = site.find(kind, slug)
        if isinstance(one, Occasion):
            yield _told(site, one, appointment(one, site))


def _told(site: Site, one: Actualite | Occasion, meta: str) -> Told:
    address = site.address(one)
    return Told(one.kind_name, one.slug, one.heading, address, meta, one.abstract, one.audiences)
