"""An export that is imported again: only the cells that differ from it count as edits."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from maille.imports.headings import BODY, VERSION
from maille.imports.records import Row
from maille.imports.returned_rows import recognise
from tests.imports.merging_kit import PATH, make_merger, read_rows

DATA = b"""---
nom: Le Relais
telephone: 06 39 98 00 01
resume: Un lieu.
---
Le texte.
"""
CELLS = {
    "identifiant": "le-relais",
    "nom": "Le Relais",
    "telephone": "06 39 98 00 01",
    "resume": "Un lieu.",
    VERSION: "abc",
}


def bring_back(exported: Mapping[str, str] = CELLS, **changes: str) -> Row:
    """Return the row of an export with other cells; `exported` is what an export gives today."""
    [row] = read_rows([{**CELLS, **changes}])
    find = make_merger({PATH: DATA}).directory.find_reference
    recognise([row], find, {PATH: exported})
    return row


def merge(row: Row) -> Row:
    merger = make_merger({PATH: DATA})
    row.path, row.record = PATH, merger.directory.records[0]
    row.merge = merger.merge(row, row.record)
    return row


def test_an_untouched_row_changes_nothing() -> None:
    row = merge(bring_back())
    assert row.is_exported
    assert row.untouched == {"identifiant", "nom", "telephone", "resume", VERSION, BODY}
    assert (row.faults, row.left, row.data) == ([], [], b"")


def test_a_cell_that_changes_wins_and_an_empty_one_removes_its_key() -> None:
    row = merge(bring_back(nom="Le Relais neuf", telephone=""))
    assert row.merge
    assert row.merge.changes == {"nom": "Le Relais neuf", "telephone": None}
    assert row.merge.conflicts == []
    assert b"nom: Le Relais neuf\nresume: Un lieu.\n---\nLe texte." in row.data


@pytest.mark.parametrize("version", ["", "def"])
def test_without_the_version_of_today_nothing_is_certain(version: str) -> None:
    row = merge(bring_back(version=version, resume="Un autre lieu."))
    assert row.merge
    assert not row.is_exported
    assert [note.message[:8] for note in row.merge.conflicts] == ["resume :"]
    assert VERSION not in row.values


def test_what_was_told_of_an_untouched_cell_is_dropped() -> None:
    told = {**CELLS, "nom": "=Le Relais"}
    row = bring_back(told, nom="=Le Relais")
    assert (row.faults, row.name) == ([], "Le Relais")  # what the record says
    assert bring_back(told, nom="'=Le Relais").faults == []  # as a CSV has it
    assert bring_back(nom="=Le Relais").faults


def test_a_person_who_is_added_stays_out() -> None:
    row = bring_back({**CELLS, "telephone": ""})
    assert [note.column.key for note in row.left if note.column] == ["telephone"]


def test_a_long_summary_gives_nothing_to_the_text_of_the_record() -> None:
    long = "Une phrase inventée qui dit ce que fait ce lieu. " * 12
    row = merge(bring_back(resume=long))
    assert row.merge
    assert row.merge.changes == {"resume": long.strip()}
    assert row.merge.body is None
