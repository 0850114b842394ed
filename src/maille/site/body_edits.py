"""Replace the text of one entry of a site, when nothing else changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from maille.content.documents import Body, Document
from maille.content.markdown import split_sections
from maille.schema.kind import Entry
from maille.schema.letter import Letter
from maille.site.model import Section, Site


def replace_body(site: Site, entry: Entry, document: Document) -> tuple[Site, Entry] | None:
    """Return the site with `entry` read from `document`, and the new entry.

    Return None if other pages may depend on what changed (a key of the front matter, a heading, a
    link), or if the document has images or doubtful lines. The whole site must then be assembled
    again.
    """
    before, after = entry.document, document
    if before.front_matter != after.front_matter or before.doubtful or after.doubtful:
        return None
    if _list_marks(before.body) != _list_marks(after.body) or after.body.images:
        return None
    new = entry.with_document(document)
    old = site.sections.get(entry.key, ())
    parts = old if site.seal_of(entry) else _rewrite_sections(old, new)
    if parts is None:
        return None
    moved = {id(one): other for one, other in zip(old, parts, strict=True)}

    def swap(entries: Iterable[Entry]) -> tuple[Entry, ...]:
        return tuple(new if one is entry else one for one in entries)

    made = replace(
        site,
        entries={kind: swap(entries) for kind, entries in site.entries.items()},
        mentions={key: swap(entries) for key, entries in site.mentions.items()},
        sections={**site.sections, **({entry.key: parts} if old else {})},
        threads={
            key: tuple(moved.get(id(one), one) for one in thread)
            for key, thread in site.threads.items()
        },
    )
    return made, new


def _list_marks(body: Body) -> tuple[object, ...]:
    """Return the parts of a body that other pages may depend on: headings, links and images."""
    headings = tuple((one.level, one.text, one.anchor) for one in body.headings)
    return headings, tuple((one.target, one.text) for one in body.links), body.images


def _rewrite_sections(old: tuple[Section, ...], letter: Entry) -> tuple[Section, ...] | None:
    """Return the sections `old` with the new text of their letter; () for any other entry.

    Return None if the text before the first heading was added or removed.
    """
    if not old or not isinstance(letter, Letter):
        return ()
    before, *parts = split_sections(letter.body.html)
    texts = [before, *parts] if before else parts
    if len(texts) != len(old):
        return None
    return tuple(
        replace(one, letter=letter, html=html) for one, html in zip(old, texts, strict=True)
    )
