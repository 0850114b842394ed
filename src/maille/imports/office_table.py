"""The directory as a table to edit and import again: a row for each record, values as typed.

Its columns are the keys of the kind that an import accepts. Terms are shown by their labels. An
import reads in the last column whether the record has changed since the export.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maille.imports.headings import VERSION, list_titles
from maille.schema.fields import Reference
from maille.schema.kind import Entry, Kind, is_list, list_reference_keys, map_keys
from maille.schema.term_words import index_words
from maille.schema.vocabulary import select_terms
from maille.site.model import Site
from maille.text.names import make_slug

BETWEEN = " | "  # between the values of a list
IDENTIFIER = "identifiant"
_HEADINGS = {IDENTIFIER: "Identifiant", VERSION: "Version (ne pas changer)"}
_DIGEST_LENGTH = 12


@dataclass(frozen=True, slots=True)
class OfficeColumn:
    """A column: its key, heading, meaning and, if it has a vocabulary, the labels by term.

    `is_list` is whether a cell may have several values.
    """

    key: str
    heading: str
    meaning: str = ""
    labels: Mapping[str, str] | None = None
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class OfficeTable:
    """The columns of the table, and the cells of each row."""

    title: str
    columns: tuple[OfficeColumn, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings of the columns."""
        return tuple(column.heading for column in self.columns)


def make_table(site: Site, kind: Kind, *, drafts: bool = False) -> OfficeTable:
    """Return the table of the records of a kind; examples are left out, and drafts by default."""
    columns = list_columns(site, kind)
    entries = site.list_examined() if drafts else site.list_entries(kind.model)
    rows = (
        make_cells(entry, columns)
        for entry in entries
        if entry.kind_name == kind.name and not entry.is_example
    )
    return OfficeTable(kind.title, columns, tuple(rows))


def list_columns(site: Site, kind: Kind) -> tuple[OfficeColumn, ...]:
    """Return the columns: the identifier, the keys in the usual order of a record, the version."""
    titles = list_titles(kind)
    keys = [key for key in kind.file_order if key in titles and key != IDENTIFIER]
    fields = map_keys(kind.model)
    references = {key: role for _, key, role in list_reference_keys(kind.model)}
    made = (
        OfficeColumn(
            key,
            titles[key],
            fields[key].description or "",
            _list_labels(site, references.get(key)),
            is_list(fields[key]),
        )
        for key in keys
    )
    return (
        OfficeColumn(
            IDENTIFIER, _HEADINGS[IDENTIFIER], "Dit quelle fiche est la ligne ; ne le changez pas."
        ),
        *made,
        OfficeColumn(
            VERSION, _HEADINGS[VERSION], "Dit à l'import si la fiche a changé depuis cet export."
        ),
    )


def _list_labels(site: Site, role: Any) -> Mapping[str, str] | None:
    """Return the labels, by term, of the vocabulary of a key; None if the key has no vocabulary.

    If an import could not read a label back as its term, the term itself replaces the label.
    """
    if not isinstance(role, Reference) or not role.target.startswith("vocabulaire:"):
        return None
    terms = site.vocabulary(role.target.partition(":")[2])
    words = index_words(terms, role.part)
    return {
        term.key: term.name
        if words.get(make_slug(term.name)) == term.key and not {*term.name} & {*"|;\n"}
        else term.key
        for term in select_terms(terms, role.part)
    }


def make_cells(entry: Entry, columns: Iterable[OfficeColumn]) -> tuple[str, ...]:
    """Return the cells of the row of a record, the version last."""
    typed = entry.document.front_matter
    cells = [
        str(typed.get(IDENTIFIER) or entry.slug)
        if column.key == IDENTIFIER
        else show_value(typed.get(column.key), column)
        for column in columns
        if column.key != VERSION
    ]
    return (*cells, make_version(cells))


def make_version(cells: Iterable[str]) -> str:
    """Return the version of a record: a digest of `cells`, which are those of its other columns."""
    text = json.dumps([*cells], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]


def show_value(value: Any, column: OfficeColumn) -> str:
    """Return the text of the cell for a typed value: "" for none, its label for a term."""
    if isinstance(value, list):
        return BETWEEN.join(show_value(item, column) for item in value if item)
    if not value:
        return ""
    text = str(value)
    if column.labels is None:
        return text
    return column.labels.get(text) or column.labels.get(make_slug(text), text)


def list_exported(site: Site, kind: Kind) -> Mapping[str, Mapping[str, str]]:
    """Return the cells of each record by path, then by key; drafts included, examples left out."""
    columns = list_columns(site, kind)
    keys = [column.key for column in columns]
    return {
        entry.path: dict(zip(keys, make_cells(entry, columns), strict=True))
        for entry in site.list_examined()
        if entry.kind_name == kind.name and not entry.is_example
    }
