"""The archive of letters, the subscription page, editions, and the files of sealed letters."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from maille.kinds.newsletter import Newsletter
from maille.kinds.projet import Projet
from maille.schema.kind import Kind
from maille.schema.letter import MailingList
from maille.site.letter_config import Edition
from maille.site.model import Site, keep_real
from maille.site.sealed_letters import Seal, digest
from maille.text.urls import Link
from maille.views.feeds import make_edition_feed, make_feed, make_publisher, plan_feed_files
from maille.views.letter_contents import LetterContents, collect_contents, collect_editions
from maille.views.plans import FilePlan, PagePlan, Plan
from maille.views.sentences import make_message_url
from maille.views.subscription import plan_subscription_page

# Suffixes of the files that visitors can open, in a sealed letter.
_READABLE = (".txt", ".pdf")
# Letters on one page of an archive, at most: more than a year of daily ones, some 15 kB.
MANY = 400


def plan(site: Site) -> Iterator[Plan]:
    """Yield what is published about letters, apart from the page of each.

    These are the archive of all letters and of each list, the subscription page, the editions for
    an audience with their letters and feeds, and the files of sealed letters.
    """
    if Newsletter.kind_name not in site.entries:
        return
    kind = site.kind(Newsletter.kind_name)
    letters = sorted(site.list_entries(Newsletter), key=lambda letter: letter.period.sort_key)
    issues = [collect_contents(site, letter) for letter in letters]
    yield from _plan_archive(site, kind)
    if len(site.lists) > 1:
        every = Link(kind.title, kind.prefix)
        words = f"Toutes les {kind.plural}, de toutes les listes."
        feed = make_feed(site, "lettres", every, words, site.list_real(Newsletter))
        yield from plan_feed_files(feed, make_publisher(site))
        for mailing_list in site.lists:
            yield from _plan_list(site, kind, mailing_list)
    yield plan_subscription_page(site)
    # `config_checks` reports two editions for one audience. Only the last one is planned, so that
    # their address is not reported too.
    for edition in {edition.audience: edition for edition in site.config.editions}.values():
        found = [one for i in issues for one in collect_editions(site, i) if one.edition == edition]
        page = _plan_edition(kind, edition, found)
        yield page
        name, link = f"edition/{edition.audience}", Link(page.title, page.address)
        feed = make_edition_feed(site, name, link, page.description, found)
        yield from plan_feed_files(feed, make_publisher(site))
        for number, issue in enumerate(found):
            own = issue.letter.mailing_list
            before = (one for one in found[:number][::-1] if one.letter.mailing_list == own)
            after = (one for one in found[number + 1 :] if one.letter.mailing_list == own)
            yield _plan_edition_letter(site, issue, next(before, None), next(after, None))
    for letter in letters:
        for name, data in _list_sent_files(site.seal_of(letter)):
            yield FilePlan(f"{site.address(letter)}{name}", data, letter.path)


def _plan_archive(site: Site, kind: Kind) -> Iterator[PagePlan]:
    """Yield the pages that list all letters; their script can filter them by project."""
    page = PagePlan(
        kind.prefix,
        "newsletters.html",
        kind.title,
        context={"kind": kind, "list": None},
        source=f"la liste des {kind.plural}",
        scripts=("js/letters.js",),
        feed=kind.title if len(site.lists) > 1 else "",
    )
    yield from _split_by_year(site, page, site.list_entries(Newsletter))


def _plan_list(site: Site, kind: Kind, mailing_list: MailingList) -> Iterator[Plan]:
    """Yield the archive of a mailing list, and its feed."""
    letters = site.list_letters(Newsletter, mailing_list)
    link = Link(mailing_list.name, site.list_address(mailing_list))
    page = PagePlan(
        link.address,
        "newsletters.html",
        link.title,
        description=mailing_list.summary,
        context={"kind": kind, "list": mailing_list},
        source="content/vocabulaires/listes.yaml",
        trail=(Link(kind.title, kind.prefix),),
        scripts=("js/letters.js",),
        feed=link.title,
    )
    yield from _split_by_year(site, page, letters)
    name = f"liste/{mailing_list.key}"
    feed = make_feed(site, name, link, mailing_list.summary, keep_real(letters))
    yield from plan_feed_files(feed, make_publisher(site))


def _split_by_year(site: Site, page: PagePlan, letters: Iterable[Newsletter]) -> Iterator[PagePlan]:
    """Yield `page` with the letters of the latest years, and a page for each year before.

    The latest years are those that have at most MANY letters together, at least one.
    """
    years: dict[int, list[Newsletter]] = {}
    for letter in sorted(letters, key=lambda one: one.period.year, reverse=True):
        years.setdefault(letter.period.year, []).append(letter)
    totals = itertools.accumulate(map(len, years.values()))
    count = max(1, sum(total <= MANY for total in totals))
    shown = [one for year in [*years][:count] for one in years[year]]
    before = {year: Link(f"{year}", f"{page.address}{year}/") for year in [*years][count:]}
    yield _list_letters(site, page, shown, {"before": [*before.values()], "year": None})
    for year, link in before.items():
        own = replace(
            page,
            address=link.address,
            title=f"{page.title}, {year}",
            description="",
            trail=(*page.trail, Link(page.title, page.address)),
            feed="",
        )
        yield _list_letters(site, own, years[year], {"before": [], "year": year})


def _list_letters(
    site: Site, page: PagePlan, letters: Iterable[Newsletter], more: Mapping[str, Any]
) -> PagePlan:
    """Return `page` with these letters, and the number that tell of each project."""
    entries = tuple(letters)
    parts = (part for one in entries for part in site.sections_of(one))
    told = Counter(part.project.key for part in parts if part.project)
    counts = ((project, told[project.key]) for project in site.list_entries(Projet))
    projects = [(project, count) for project, count in counts if count]
    context = {**page.make_context(), "entries": entries, "projects": projects, **more}
    return replace(page, context=context)


def make_letter_context(site: Site, issue: LetterContents) -> Mapping[str, Any]:
    """Return the context that the page of a letter and its pages in editions have in common."""
    seal = site.seal_of(issue.letter)
    return {
        "issue": issue,
        "editions": [] if issue.edition else [*collect_editions(site, issue)],
        "seal": seal,
        "copies": [(name, digest(data)) for name, data in _list_sent_files(seal, issue.name)],
        "reply": make_message_url(site, f"Re : {issue.subject}"),
    }


def _list_sent_files(seal: Seal | None, stem: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each readable file of a seal.

    If `stem` is given, yield only the files with that stem.
    """
    for name, data in seal.mail.items() if seal else ():
        if name.endswith(_READABLE) and (not stem or name.rpartition(".")[0] == stem):
            yield name, data


def _plan_edition(kind: Kind, edition: Edition, issues: list[LetterContents]) -> PagePlan:
    title = f"{kind.title}, édition {edition.title}"
    return PagePlan(
        kind.make_address(edition.audience),
        "edition.html",
        title,
        description=f"De chaque {kind.singular}, ce qui est pour ce public et pour tous.",
        context={"edition": edition, "issues": issues[::-1]},
        source="site.toml",
        trail=(Link(kind.title, kind.prefix),),
        feed=title,
    )


def _plan_edition_letter(
    site: Site, issue: LetterContents, before: LetterContents | None, after: LetterContents | None
) -> PagePlan:
    kind, letter = site.kind(Newsletter.kind_name), issue.letter
    return PagePlan(
        issue.address,
        f"{kind.name}.html",
        issue.heading,
        description=letter.abstract,
        context={
            "entry": letter,
            "previous": before.letter if before else None,
            "next": after.letter if after else None,
            **make_letter_context(site, issue),
        },
        source=letter.path,
        trail=(Link(kind.title, kind.prefix), Link(letter.heading, site.address(letter))),
        modified=letter.updated,
        listed=False,  # its text is already on the page of the whole letter
    )
