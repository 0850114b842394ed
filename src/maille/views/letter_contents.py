"""The contents of a letter, shared by its page, its mail, its PDF and its editions."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from maille.kinds.actualite import Actualite
from maille.kinds.newsletter import Newsletter
from maille.schema.audiences import is_for
from maille.schema.event import Occasion
from maille.site.letter_config import Edition
from maille.site.model import Section, Site
from maille.site.sealed_letters import Teaser
from maille.text.dates import format_date
from maille.text.urls import Link
from maille.views.sentences import count_minutes, count_reading_minutes, describe_appointment

# The mail of a letter without a summary opens with this many characters of its text, at most.
OPENING = 120


@dataclass(frozen=True, slots=True)
class LetterContents:
    """The contents of a letter: its own sections, then the news and events that it announces.

    - `news_title` and `dates_title` are the headings of the news and of the events.
    - `edition`, if given, limits the contents to those for its audience and for all; `address` is
      then the address of the letter in this edition.
    - `prefix` is the start of the subject of mails, in place of the heading; it may be "".
    """

    letter: Newsletter
    address: str
    parts: tuple[Section, ...]
    news: tuple[Teaser, ...]
    dates: tuple[Teaser, ...]
    news_title: str
    dates_title: str = "Rendez-vous"
    edition: Edition | None = None
    prefix: str | None = None

    @property
    def name(self) -> str:
        """Return the stem of the letter's file names: « lettre-2026-12-entreprises »."""
        letter = f"lettre-{self.letter.slug}"
        return f"{letter}-{self.edition.audience}" if self.edition else letter

    @property
    def heading(self) -> str:
        """Return « Lettre de mai 2024 » or « Lettre de mai 2024, édition Entreprises »."""
        heading = self.letter.heading
        return f"{heading}, édition {self.edition.title}" if self.edition else heading

    @property
    def subject(self) -> str:
        """Return the subject of the mail: the heading or `prefix`, then the title of the letter.

        Without `prefix`, a title that is the same as `letter.heading` is left out.
        """
        title, heading = self.letter.title, self.heading
        if self.prefix is None and title == self.letter.heading:
            return heading
        if self.prefix is not None:
            edition = f"édition {self.edition.title}" if self.edition else ""
            heading = ", ".join(filter(None, (self.prefix.strip(), edition)))
        return f"{heading} : {title}" if heading else title

    @property
    def opening(self) -> str:
        """Return the summary of the letter, or else the first words of its text.

        Mailboxes show it below the subject.
        """
        text = " ".join(part.html for part in self.parts)
        text = re.sub(r"<[^>]*>", " ", re.sub(r"</?(?:a|code|em|strong)\b[^>]*>", "", text))
        words = " ".join(html.unescape(text).split())
        return self.letter.summary or textwrap.shorten(words, OPENING, placeholder=" …")

    @property
    def minutes(self) -> int:
        """Return the reading time of the sections in minutes, at least 1."""
        if self.edition is None:
            return count_minutes(self.letter)
        words = (re.sub(r"<[^>]*>", " ", part.html) for part in self.parts)
        return count_reading_minutes(" ".join(words))

    @property
    def contents(self) -> tuple[Link, ...]:
        """Return links to the sections that have a title, then to the news and the events."""
        anchors = [(part.title, part.anchor) for part in self.parts if part.title]
        anchors += [(self.news_title, "_actualites")] if self.news else []
        anchors += [(self.dates_title, "_rendez-vous")] if self.dates else []
        return tuple(Link(title, f"{self.address}#{anchor}") for title, anchor in anchors)


def collect_contents(site: Site, letter: Newsletter) -> LetterContents:
    """Return the contents of a letter; for a sealed letter, with the news and events as sent."""
    seal = site.seal_of(letter)
    return LetterContents(
        letter,
        site.address(letter),
        site.sections_of(letter),
        tuple(_update_addresses(site, seal.news) if seal else _list_news(site, letter)),
        tuple(_update_addresses(site, seal.dates) if seal else _list_dates(site, letter)),
        site.kind(Actualite.kind_name).title,
        prefix=site.config.letter.subject_prefix,
    )


def collect_editions(site: Site, issue: LetterContents) -> Iterator[LetterContents]:
    """Yield the editions of a letter that have some content, in the order of `site.toml`."""
    for edition in site.config.editions:
        found = _select_for_audience(issue, edition)
        if found.parts or found.news or found.dates:
            yield found


def _select_for_audience(issue: LetterContents, edition: Edition) -> LetterContents:
    audience = edition.audience
    return replace(
        issue,
        address=f"{issue.address}{audience}/",
        parts=tuple(one for one in issue.parts if is_for(one.audiences, audience)),
        news=tuple(one for one in issue.news if is_for(one.audiences, audience)),
        dates=tuple(one for one in issue.dates if is_for(one.audiences, audience)),
        edition=edition,
    )


def _update_addresses(site: Site, told: Iterable[Teaser]) -> Iterator[Teaser]:
    """Yield the teasers of a sealed letter, with current addresses for the entries that exist."""
    for one in told:
        entry = site.find(one.kind, one.slug)
        yield replace(one, address=site.address(entry)) if entry else one


def _list_news(site: Site, letter: Newsletter) -> Iterator[Teaser]:
    for slug in letter.news:
        one = site.find(Actualite.kind_name, slug)
        if isinstance(one, Actualite):
            actor, day = site.term("acteurs", one.actor), one.date or one.published_on
            meta = (actor.name if actor else one.actor, format_date(day) if day else "")
            yield _make_teaser(site, one, " · ".join(filter(None, meta)))
        else:
            yield _make_departed_teaser(site, Actualite.kind_name, slug)


def _list_dates(site: Site, letter: Newsletter) -> Iterator[Teaser]:
    named = [*(("evenement", slug) for slug in letter.events)]
    named += [("webinaire", slug) for slug in letter.webinars]
    for kind, slug in named:
        one = site.find(kind, slug)
        if isinstance(one, Occasion):
            yield _make_teaser(site, one, describe_appointment(one, site))
        else:
            yield _make_departed_teaser(site, kind, slug)


def _make_departed_teaser(site: Site, kind: str, slug: str) -> Teaser:
    """Return a teaser with only the name of a departed page."""
    return Teaser(kind, slug, site.refer(kind, slug).title, "", "", "")


def _make_teaser(site: Site, one: Actualite | Occasion, meta: str) -> Teaser:
    address = site.address(one)
    return Teaser(one.kind_name, one.slug, one.heading, address, meta, one.abstract, one.audiences)
