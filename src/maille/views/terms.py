"""The pages of vocabularies that have an address (such as the practices) and of their terms."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from maille.kinds.catalyser import FACETS, Catalyser
from maille.kinds.page import Page
from maille.kinds.projet import Projet
from maille.kinds.vocabulaire import Vocabulaire
from maille.schema.fields import Reference
from maille.schema.kind import Entry, Key, list_references
from maille.schema.vocabulary import Term
from maille.site.model import Site, keep_examples, keep_real
from maille.text.urls import Link
from maille.views.feeds import ACTORS, name_term_feed
from maille.views.plans import PagePlan
from maille.views.records.index_data import list_facets


def plan(site: Site) -> Iterator[PagePlan]:
    """Yield the page of each vocabulary that has an address, then the pages of its terms.

    See `list_paged` for the terms that have a page.
    """
    by_term = group_by_term(site)
    for vocabulary in site.list_entries(Vocabulaire):
        if not vocabulary.prefix:
            continue
        paged = list_paged(site, vocabulary.slug)
        found = [(term, by_term.get((vocabulary.slug, term.key), ())) for term in vocabulary.terms]
        counted = Catalyser if _is_of_directory(vocabulary) else Entry
        yield PagePlan(
            vocabulary.prefix,
            "vocabulaire.html",
            vocabulary.name,
            context={
                "vocabulary": vocabulary,
                "terms": [
                    (term, sum(isinstance(one, counted) for one in keep_real(entries)))
                    for term, entries in found
                ],
                "is_actors": vocabulary.slug == ACTORS,
            },
            source=vocabulary.path,
        )
        for term, entries in found:
            if term.key in paged:
                yield _plan_term(site, vocabulary, term, entries)


def list_paged(site: Site, slug: str) -> frozenset[str]:
    """Return the keys of the terms of a vocabulary that have a page.

    A term with neither a real entry nor a text of its own has no page, so that the addresses of a
    site do not depend on its examples. An actor always has a page, since its feed names it.
    """
    return _map_paged(site).get(slug, frozenset())


@functools.lru_cache(maxsize=1)  # templates call this for each link to a term
def _map_paged(site: Site) -> Mapping[str, frozenset[str]]:
    by_term = group_by_term(site)
    return {
        vocabulary.slug: frozenset(
            term.key
            for term in vocabulary.terms
            if vocabulary.slug == ACTORS
            or keep_real(by_term.get((vocabulary.slug, term.key), ()))
            or (term.summary or term.activities or term.website)
        )
        for vocabulary in site.list_entries(Vocabulaire)
        if vocabulary.prefix
    }


@functools.lru_cache(maxsize=1)
def group_by_term(site: Site) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
    """Map (vocabulary, key of a term) to the entries with that term, in the order of the site.

    Sub-terms are left out.
    """
    found: dict[tuple[str, str], dict[Key, Entry]] = {}
    for entry in site.list_entries(Entry):
        for _, role, value in list_references(entry):
            if not isinstance(role, Reference) or role.part:
                continue
            if vocabulary := role.target.partition(":")[2]:
                found.setdefault((vocabulary, value), {})[entry.key] = entry
    return {term: tuple(those.values()) for term, those in found.items()}


def find_shown(site: Site, page: Page) -> Vocabulaire | None:
    """Return the vocabulary that a page shows, such as a glossary, or None.

    The result is also None for a vocabulary whose terms have pages of their own. The key of each
    term is its anchor in the page.
    """
    shown = page.shows and site.find(Vocabulaire.kind_name, page.shows)
    return shown if isinstance(shown, Vocabulaire) and not shown.prefix else None


def _is_of_directory(vocabulary: Vocabulaire) -> bool:
    """Return whether the terms of a vocabulary filter the directory."""
    return any(facet.vocabulary == vocabulary.slug for facet in FACETS)


def _make_directory_address(site: Site, vocabulary: Vocabulaire, term: Term) -> str:
    """Return the address at which the directory shows the records with a term.

    If the directory has no filter for the vocabulary, it shows all records.
    """
    page = site.kind(Catalyser.kind_name).prefix
    for facet in list_facets(site):
        if facet.vocabulary == vocabulary.slug and not facet.part:
            return f"{page}?{facet.key}={term.key}"
    return page


def _list_supported(site: Site, actor: Term) -> tuple[Projet, ...]:
    return tuple(
        one
        for one in site.list_real(Projet)
        if actor.name in (*one.holders, *one.supported_by, *one.partners)
    )


def _plan_term(
    site: Site, vocabulary: Vocabulaire, term: Term, entries: tuple[Entry, ...]
) -> PagePlan:
    real = keep_real(entries)
    records = tuple(one for one in real if isinstance(one, Catalyser))
    others = tuple(one for one in real if not isinstance(one, Catalyser))
    of_directory = _is_of_directory(vocabulary)
    return PagePlan(
        f"{vocabulary.prefix}{term.key}/",
        "term.html",
        term.name,
        description=term.summary or "",
        context={
            "vocabulary": vocabulary,
            "term": term,
            "entries": records if of_directory else real,
            "others": others if of_directory else (),
            "examples": keep_examples(entries),
            "directory": _make_directory_address(site, vocabulary, term),
            "is_actor": vocabulary.slug == ACTORS,
            "supported": _list_supported(site, term) if vocabulary.slug == ACTORS else (),
        },
        source=vocabulary.path,
        trail=(Link(vocabulary.name, vocabulary.prefix or "/"),),
        listed=bool(keep_real(entries)) or not entries,
        feed=name_term_feed(vocabulary, term),
    )
