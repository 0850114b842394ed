"""The Atom and JSON feeds of the site, projects, actors, editions, or of any given entries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from html import escape

from maille.formats.feeds import (
    ATOM_FILE,
    JSON_FILE,
    Feed,
    Item,
    Publisher,
    sort_newest_first,
    write_atom,
    write_json_feed,
)
from maille.kinds.actualite import Actualite
from maille.kinds.newsletter import Completeness, Newsletter
from maille.kinds.projet import Projet
from maille.kinds.vocabulaire import Vocabulaire
from maille.schema.event import Occasion
from maille.schema.fields import Source
from maille.schema.kind import Entry, list_source_days
from maille.schema.letter import Letter, Topic
from maille.schema.vocabulary import Rhythm, Term
from maille.site.model import Section, Site
from maille.site.sealed_letters import Teaser
from maille.text.dates import format_date
from maille.text.urls import Link
from maille.views.letter_contents import LetterContents, collect_contents
from maille.views.plans import FilePlan
from maille.views.sentences import capitalise, describe_place, describe_when

# A feed has only the latest items; older ones are on the pages of the site.
LIMIT = 100
ACTORS = "acteurs"
_DEMONSTRATION = "Site de démonstration, non officiel. "


def plan(site: Site) -> Iterator[FilePlan]:
    """Yield the Atom and JSON files of each feed."""
    publisher = make_publisher(site)
    for feed in make_feeds(site):
        yield from plan_feed_files(feed, publisher)


def plan_feed_files(feed: Feed, publisher: Publisher) -> Iterator[FilePlan]:
    """Yield a feed as Atom and as JSON Feed, in the folder of its page."""
    source = f"le flux « {feed.title} »"
    yield FilePlan(f"{feed.page}{ATOM_FILE}", write_atom(feed, publisher), source)
    yield FilePlan(f"{feed.page}{JSON_FILE}", write_json_feed(feed, publisher), source)


def make_publisher(site: Site) -> Publisher:
    """Return the publisher of the feeds of the site."""
    config = site.config
    days = (find_last_day(entry) for entry in _list_followed(site))
    return Publisher(
        config.name,
        site.published_at,
        config.language,
        config.namespace,
        config.time_zone,
        # Without any dated entry, all feeds are empty: they are dated today.
        max((day for day in days if day), default=site.today),
    )


def make_feeds(site: Site) -> Iterator[Feed]:
    """Yield the feeds of the site, of each project and, if actors have pages, of each actor."""
    config = site.config
    yield _assemble_feed(
        site, "site", Link(config.name, "/"), config.description, _make_site_items(site)
    )
    monthly = all(one.rhythm is Rhythm.MONTH for one in site.lists)
    pace = "mois par mois" if monthly else "de lettre en lettre"
    for project in site.list_entries(Projet):
        items = (_make_update_item(site, project, section) for section in site.thread(project))
        thread = Link(name_feed(project), site.address(project))
        words = f"Ses nouvelles, {pace}. {project.summary}"
        yield _assemble_feed(site, f"projet/{project.slug}", thread, words, items)
    actors = site.find("vocabulaire", ACTORS)
    if isinstance(actors, Vocabulaire) and actors.prefix:
        for term in actors.terms:
            news = [one for one in site.list_entries(Actualite) if one.actor == term.key]
            page = Link(name_term_feed(actors, term), f"{actors.prefix}{term.key}/")
            items = (_make_item(site, one) for one in news)
            yield _assemble_feed(site, f"acteur/{term.key}", page, term.summary or "", items)


def make_feed(site: Site, name: str, page: Link, subtitle: str, entries: Iterable[Entry]) -> Feed:
    """Return a feed of entries. A project has one item for each of its updates in letters.

    `name` identifies the feed; `page` links to the page that it follows.
    """
    items = (item for entry in entries for item in _make_entry_items(site, entry))
    return _assemble_feed(site, name, page, subtitle, items)


def make_edition_feed(
    site: Site, name: str, page: Link, subtitle: str, issues: Iterable[LetterContents]
) -> Feed:
    """Return the feed of an edition: the latest sections, news and events of its issues.

    An item has the same id in all feeds, so that a reader who follows two of them sees it once.
    """
    # Keyed by id, because two letters may announce the same news item.
    items: dict[str, Item] = {}
    for issue in sorted(issues, key=lambda issue: issue.letter.period.sort_key, reverse=True):
        if len(items) >= LIMIT:  # the items of older letters are usually older
            break
        items = {item.name: item for item in _make_issue_items(site, issue)} | items
    return _assemble_feed(site, name, page, subtitle, items.values())


def _make_issue_items(site: Site, issue: LetterContents) -> Iterator[Item]:
    letter = issue.letter
    for part in issue.parts:
        if part.project:
            yield _make_update_item(site, part.project, part)
        else:
            yield _make_section_item(
                site, f"newsletter/{letter.slug}/{part.anchor}", letter.heading, part
            )
    for teaser in (*issue.news, *issue.dates):
        entry = site.find(teaser.kind, teaser.slug)
        if entry:
            yield _make_item(site, entry)


def _make_entry_items(site: Site, entry: Entry) -> Iterable[Item]:
    if isinstance(entry, Projet):
        return (_make_update_item(site, entry, section) for section in site.thread(entry))
    return (_make_item(site, entry),)


def name_feed(entry: Entry) -> str:
    """Return the title of the feed of an entry's page, or "" if the page has no feed."""
    return f"Le fil du projet {entry.heading}" if isinstance(entry, Projet) else ""


def name_term_feed(vocabulary: Vocabulaire, term: Term) -> str:
    """Return the title of the feed of a term's page, or "" if the page has no feed."""
    return f"Les articles de {term.name}" if vocabulary.slug == ACTORS else ""


def _assemble_feed(site: Site, name: str, page: Link, subtitle: str, items: Iterable[Item]) -> Feed:
    words = f"{_DEMONSTRATION if site.config.is_demonstration else ''}{subtitle}".strip()
    return Feed(f"flux/{name}", page.title, words, page.address, sort_newest_first(items)[:LIMIT])


def _make_site_items(site: Site) -> Iterator[Item]:
    for entry in _list_followed(site):
        yield _make_item(site, entry)


def _list_followed(site: Site) -> Iterator[Newsletter | Actualite | Occasion]:
    """Yield the entries of the feed of the site: letters, news and events, without examples."""
    for entry in site.list_real(Entry):
        if isinstance(entry, Newsletter | Actualite | Occasion):
            yield entry


def _make_item(site: Site, entry: Entry) -> Item:
    sources = _list_sources(entry)
    return Item(
        "/".join(entry.key),
        title=_make_title(entry),
        address=site.address(entry),
        html=_name_publisher(site, entry)
        + _make_preamble(site, entry)
        + _make_body(site, entry)
        + _format_sources(sources),
        summary=entry.abstract,
        category=site.kind(entry.kind_name).singular,
        published=find_publication_day(entry),
        updated=_find_last_update(entry),
        via=_list_origin_urls(entry),
    )


def _make_body(site: Site, entry: Entry) -> str:
    if not isinstance(entry, Newsletter):
        return entry.body.html
    issue = collect_contents(site, entry)
    lists = ((issue.news_title, issue.news), (issue.dates_title, issue.dates))
    return entry.body.html + "".join(
        _format_teasers(title, teasers) for title, teasers in lists if teasers
    )


def _format_teasers(title: str, teasers: Iterable[Teaser]) -> str:
    items = "".join(
        f'<li><a href="{escape(one.address)}">{escape(one.title)}</a>'
        f"{f' ({escape(one.meta)})' if one.meta else ''} : {escape(one.words)}</li>"
        for one in teasers
    )
    return f"\n<h2>{escape(title)}</h2>\n<ul>{items}</ul>"


def _find_last_update(entry: Entry) -> datetime.date | None:
    """Return the day of the last update or erratum of an entry.

    If its file gives neither these nor a day of publication, return the latest day that a source
    gives, or None.
    """
    errata = [one.day for one in entry.errata] if isinstance(entry, Newsletter) else []
    days = [day for day in (entry.updated, *errata) if day]
    if not days and not find_publication_day(entry):
        days = [day for _, day in list_source_days(_list_sources(entry))]
    return max(days, default=None)


def find_last_day(entry: Entry) -> datetime.date | None:
    """Return the day of publication or of the last update, the later one; None without either."""
    days = (find_publication_day(entry), _find_last_update(entry))
    return max((day for day in days if day), default=None)


def _make_title(entry: Entry) -> str:
    if isinstance(entry, Occasion) and entry.status:
        return f"{entry.status.french} : {entry.heading}"
    return f"{entry.heading} : {entry.title}" if isinstance(entry, Newsletter) else entry.heading


def _make_update_item(site: Site, project: Topic, section: Section) -> Item:
    letter = section.letter
    when = format_date(letter.period) if letter.mailing_list.is_only else letter.heading
    return _make_section_item(site, f"projet/{project.slug}/{letter.slug}", when, section)


def _make_section_item(site: Site, name: str, when: str, section: Section) -> Item:
    letter = section.letter
    return Item(
        name,
        title=f"{section.title} : {when}" if section.title else when,
        address=site.section_address(section),
        html=_describe_origin(letter) + section.html,
        category=site.kind(letter.kind_name).singular,
        published=find_publication_day(letter),
        updated=letter.updated,
        via=_list_origin_urls(letter),
    )


def find_publication_day(entry: Entry) -> datetime.date | None:
    """Return the publication day of an entry in feeds, or None if it is unknown.

    - A letter: its publication day, else the first day of its period.
    - News: their date (the first day of a month or a year), else their publication day.
    - An event: the first day on which it was known (see `known_since`).
    - Other kinds: None.
    """
    match entry:
        case Newsletter():
            return entry.published_on or entry.period.first_day
        case Actualite():
            return entry.date.first_day if entry.date else entry.published_on
        case Occasion():
            return entry.known_since
    return None


def _list_sources(entry: Entry) -> tuple[Source, ...]:
    return entry.sources if isinstance(entry, Actualite | Occasion) else ()


def _list_origin_urls(entry: Entry) -> tuple[str, ...]:
    """Return the URL of the text that a letter retells; for other entries, their sources' URLs."""
    if isinstance(entry, Newsletter):
        return (entry.origin.url,) if entry.origin else ()
    return tuple(source.url for source in _list_sources(entry) if source.url)


def _name_publisher(site: Site, entry: Entry) -> str:
    """Return a paragraph that names who published news; "" for our own news and other kinds."""
    if not isinstance(entry, Actualite) or site.is_network(entry.actor):
        return ""
    actor = site.term(ACTORS, entry.actor)
    name = escape(actor.name if actor else entry.actor)
    return f"<p><em>Résumé d'une nouvelle publiée par {name}.</em></p>\n"


def _make_preamble(site: Site, entry: Entry) -> str:
    """Return the HTML before the body, or "".

    It gives the origin and errata of a letter, or the date, place and summary of an event.
    """
    if isinstance(entry, Newsletter):
        return _describe_origin(entry) + _format_errata(entry)
    if isinstance(entry, Occasion):
        doubt = entry.date_doubt
        words = f"{_describe_when(entry, site)}{f'. Date à vérifier : {doubt}' if doubt else ''}"
        return f"<p><strong>{escape(words)}</strong></p>\n<p>{escape(entry.summary)}</p>\n"
    return ""


def _describe_origin(letter: Letter) -> str:
    if isinstance(letter, Newsletter) and (origin := letter.origin):
        partial = origin.completeness is Completeness.PARTIAL
        lost = " La fin du texte d'origine n'a pas été retrouvée : ce résumé est partiel."
        link = f'<a href="{escape(origin.url)}">{escape(letter.title)}</a>'
        words = f"Résumé de nouvelles publiées par {escape(origin.publisher)} ; texte d'origine :"
        return f"<p><em>{words} {link}.{lost if partial else ''}</em></p>\n"
    return ""


def _format_errata(letter: Newsletter) -> str:
    lines = (f"Erratum du {format_date(one.day)} : {one.text}" for one in letter.errata)
    return "".join(f"<p><strong>{escape(words)}</strong></p>\n" for words in lines)


def _describe_when(entry: Occasion, site: Site) -> str:
    """Return « 13 avril 2023 de 13 h à 14 h 30, Albi », without the parts that are unknown."""
    parts = (capitalise(describe_when(entry, site)), describe_place(entry, site))
    return ", ".join(part for part in parts if part)


def _format_sources(sources: Iterable[Source]) -> str:
    items = "".join(f"<li>{_format_source(source)}</li>" for source in sources)
    return f"\n<p>Sources :</p>\n<ul>{items}</ul>" if items else ""


def _format_source(source: Source) -> str:
    title, date = escape(source.title), f", {format_date(source.date)}" if source.date else ""
    return f'<a href="{escape(source.url)}">{title}</a>{date}' if source.url else f"{title}{date}"
