"""The records of the site that a row may match, and the values that identify each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maille.imports.likeness import Identity, identify
from maille.schema.kind import Kind
from maille.schema.located import Located
from maille.site.model import Site


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the site: its file, its keys as typed, and the values that identify it.

    `identifier` is the value of its key `identifiant`, or "".
    """

    path: str
    slug: str
    identifier: str
    typed: Mapping[str, Any]
    identity: Identity

    @property
    def reference(self) -> str:
        """Return the identifier by which a sheet refers to the record, or else its file name."""
        return self.identifier or self.slug


def list_records(site: Site, kind: Kind) -> Iterator[Record]:
    """Yield the records of a kind, drafts included, examples left out."""
    for entry in site.list_examined():
        if entry.kind_name != kind.name or entry.is_example or not isinstance(entry, Located):
            continue
        place = site.place(entry)
        typed = entry.document.front_matter
        values = {
            **typed,
            "commune": place.commune or entry.commune,
            "departement": place.department or entry.department,
        }
        identifier = str(typed.get("identifiant") or "")
        yield Record(entry.path, entry.slug, identifier, typed, identify(values))
