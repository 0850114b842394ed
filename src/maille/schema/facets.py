"""Facets: the fields whose terms filter the list of a content type."""

from __future__ import annotations

from dataclasses import dataclass

from maille.schema.fields import Part, Reference
from maille.schema.kind import Entry, is_list, list_types


@dataclass(frozen=True, slots=True)
class Facet:
    """A field whose terms filter entries, and the vocabulary that lists these terms.

    `key` names the facet in addresses, in forms and in the data that scripts read; `alias` is the
    key that editors type. `part` is "activites" if the terms are sub-terms, else "". `is_list`
    says whether an entry may have several terms; `is_searched`, whether visitors' searches also
    match the names of the terms.
    """

    key: str
    field: str
    alias: str
    vocabulary: str
    part: str
    is_list: bool
    is_searched: bool

    def list_keys(self, entry: Entry) -> tuple[str, ...]:
        """Return the keys of the terms that an entry has."""
        value = getattr(entry, self.field)
        if self.is_list:
            return tuple(value)
        return (value,) if value else ()


def make_facet(model: type[Part], key: str, field: str, *, is_searched: bool = True) -> Facet:
    """Return the facet of a field of `model`; the annotation of the field names the vocabulary.

    Raises ValueError when the field refers to no vocabulary.
    """
    info = model.model_fields[field]
    for reference in (*info.metadata, *list_types(info.annotation)):
        if isinstance(reference, Reference) and reference.target.startswith("vocabulaire:"):
            return Facet(
                key=key,
                field=field,
                alias=info.alias or field,
                vocabulary=reference.target.partition(":")[2],
                part=reference.part,
                is_list=is_list(info),
                is_searched=is_searched,
            )
    raise ValueError(f"{model.__name__}.{field} refers to no vocabulary")
