"""The examples of a site: invented entries that fill a list up to the number in `site.toml`."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from maille.content.discover import CONFIG_FILE
from maille.gazetteer import Gazetteer
from maille.schema.examples import Draw, draw
from maille.schema.kind import Entry, Key, Kind
from maille.site.config import Config
from maille.site.model import Site


@dataclass(frozen=True, slots=True)
class Wanted:
    """The examples to make: enough for each list to have `total` entries, real ones included.

    `perimeter` has the codes of the départements where they are (see `schema.examples.draw`).
    """

    total: int = 0
    perimeter: Collection[str] = ()


def find_wanted(config: Config) -> Wanted:
    """Return the examples that `site.toml` asks for; a public site has none."""
    return Wanted(config.examples, config.perimeter) if config.is_demonstration else Wanted()


def make_examples(
    wanted: Wanted,
    kinds: Iterable[Kind],
    gazetteer: Gazetteer,
    shown: Collection[Entry],
    taken: Collection[Key],
) -> Iterator[Entry]:
    """Yield the examples that are wanted, for each kind that has examples.

    `shown` are the entries to publish, whose vocabularies the examples use. An example with a key
    of `taken` is left out, and the next one takes its place.
    """
    vocabularies = {one.slug: one.list_terms() for one in shown if one.list_terms()}
    for kind in kinds:
        there = sum(one.kind_name == kind.name for one in shown)
        if kind.make_example and there < wanted.total:
            every = (
                _make_example(kind, drawn)
                for drawn in draw(gazetteer, wanted.perimeter, vocabularies)
                if (kind.name, drawn.slug) not in taken
            )
            yield from itertools.islice(every, wanted.total - there)


def list_made(site: Site) -> tuple[Entry, ...]:
    """Return the examples of the site that were generated, not read from a file."""
    return tuple(one for one in site.list_examples(Entry) if is_made(one))


def is_made(entry: Entry) -> bool:
    """Return whether an entry is an example that was generated, not read from a file."""
    return entry.path.startswith(f"{CONFIG_FILE}/")


def _make_example(kind: Kind, drawn: Draw) -> Entry:
    assert kind.make_example
    none = "Aucune" if kind.feminine else "Aucun"
    opening = f"{none} {kind.singular} ne porte ce nom : cette fiche est un exemple."
    return kind.make_example(drawn, drawn.make_document(CONFIG_FILE, opening))
