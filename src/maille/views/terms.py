"""A page for each term of the vocabularies that have an address, such as the practices."""

from __future__ import annotations

from collections.abc import Iterator

from maille.fields import Reference
from maille.kind import Entry, roles
from maille.kinds.vocabulaire import Term, Vocabulaire
from maille.site import PagePlan, Site
from maille.urls import Link
from maille.views.feeds import ACTORS, followed_term


def plan(site: Site) -> Iterator[PagePlan]:
    """Yield the page of each vocabulary and of each of its terms."""
    for vocabulary in site.all(Vocabulaire):
        if not vocabulary.prefix:
            continue
        counted = [(term, len(_real(bearers(site, vocabulary, term)))) for term in vocabulary.terms]
        yield PagePlan(
            vocabulary.prefix,
            "vocabulaire.html",
            vocabulary.name,
            context={
                "vocabulary": vocabulary,
                "terms": counted,
                "is_actors": vocabulary.slug == ACTORS,
            },
            source=vocabulary.path,
        )
        for term in vocabulary.terms:
            yield _term(site, vocabulary, term)


def bearers(site: Site, vocabulary: Vocabulaire, term: Term) -> tuple[Entry, ...]:
    """Return the entries that bear a term, in the order of the site."""
    target = Reference(f"vocabulaire:{vocabulary.slug}")
    return tuple(
        entry
        for entries in site.entries.values()
        for entry in entries
        if any(role == target and value == term.key for _, role, value in roles(entry))
    )


def _real(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if not entry.is_example)


def _term(site: Site, vocabulary: Vocabulaire, term: Term) -> PagePlan:
    entries = bearers(site, vocabulary, term)
    return PagePlan(
        f"{vocabulary.prefix}{term.key}/",
        "term.html",
        term.name,
        description=term.summary or "",
        context={
            "vocabulary": vocabulary,
            "term": term,
            "entries": _real(entries),
            "examples": tuple(entry for entry in entries if entry.is_example),
            "is_actor": vocabulary.slug == ACTORS,
        },
        source=vocabulary.path,
        trail=(Link(vocabulary.name, vocabulary.prefix or "/"),),
        listed=bool(_real(entries)) or not entries,
        feed=followed_term(vocabulary, term),
    )
