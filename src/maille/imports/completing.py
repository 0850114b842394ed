"""`exporter --dans`: an editor's own workbook, completed with the values of the records.

A cell is written only if its column has a key, and its row matches a record with another value.
Each row that certainly matches a record gets the identifier of that record.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from maille.imports.columns import Column, Reason, Table
from maille.imports.headings import BODY, VERSION
from maille.imports.office_table import IDENTIFIER, list_columns, show_value
from maille.imports.plan import ImportPlan
from maille.imports.records import Row
from maille.imports.sheets import name_column
from maille.problems import ContentError
from maille.site.model import Site

# Starts of paths inside a workbook → the features, in French, that openpyxl does not keep.
_LOST = {
    "xl/charts/": "graphiques",
    "xl/drawings/": "dessins",
    "xl/media/": "images",
    "xl/pivotTables/": "tableaux croisés",
    "xl/slicers/": "segments",
    "xl/threadedComments/": "fils de commentaires",
    "xl/ctrlProps/": "boutons et cases à cocher",
    "xl/activeX/": "boutons et cases à cocher",
    "xl/vbaProject": "macros",
    "xl/connections": "connexions à des données",
    "xl/queryTables/": "connexions à des données",
}
_RECENT = "listes ou mises en forme récentes d'Excel"
_LEFT = (IDENTIFIER, BODY, VERSION)


@dataclass(frozen=True, slots=True)
class Written:
    """A cell that was written: where it is, its heading, its text before and after."""

    sheet: str
    row: int
    letter: str
    heading: str
    before: str
    after: str


@dataclass(slots=True)
class Completion:
    """The completed workbook, the cells that were written, and what the editor should check.

    `unknown` are the rows that match no record for certain; `absent` the paths of the records that
    have no row; `formulas` the cells left alone because they have a formula or are merged; `lost`
    the features of the workbook that the copy does not have.
    """

    data: bytes = b""
    written: list[Written] = field(default_factory=list)
    unknown: list[Row] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def complete(plan: ImportPlan, site: Site, data: bytes) -> Completion:
    """Return the workbook `data` completed from the records, and what the editor should check.

    `plan` is the plan of the import of this workbook.

    Raises ContentError if `data` is not an XLSX workbook, ImportError if openpyxl is missing.
    """
    import openpyxl

    if not data.startswith(b"PK") or b"xl/workbook.xml" not in data:
        raise ContentError(
            "seul un classeur .xlsx peut être complété", "enregistrez le tableau en .xlsx"
        )
    done = Completion()
    book = openpyxl.load_workbook(io.BytesIO(data))
    for table in plan.tables:
        rows = [row for row in plan.rows if row.table is table]
        done.unknown += [row for row in rows if not row.record]
        _Sheet(book[table.sheet.name], table, plan, site, done).complete(rows)
    known = {row.record.path for row in plan.rows if row.record}
    done.absent = [path for path in plan.merger.directory.by_path if path not in known]
    out = io.BytesIO()
    book.save(out)
    done.data = out.getvalue()
    done.lost = [*_list_lost(data, done.data)]
    return done


class _Sheet:
    """A sheet of the workbook, and the table that an import reads in it.

    `complete` writes in the sheet, and adds what it did to `done`.
    """

    def __init__(
        self, sheet: Any, table: Table, plan: ImportPlan, site: Site, done: Completion
    ) -> None:
        self.sheet, self.table, self.reader, self.done = sheet, table, plan.merger.reader, done
        self.columns = {one.key: one for one in list_columns(site, plan.kind)}

    def complete(self, rows: list[Row]) -> None:
        """Write the values of the records that the rows match, and the missing identifiers."""
        known = [row for row in rows if row.record]
        for row in known:
            for column, text in self.list_differing(row):
                self.write(row, column, text)
        if known:
            place = self.find_identifiers()
            for row in known:
                assert row.record
                if not row.values.get(IDENTIFIER):
                    self.write(row, place, row.record.reference)

    def list_differing(self, row: Row) -> Iterator[tuple[Column, str]]:
        """Yield each column whose cell is to be replaced, with the text to write in it.

        The cell is blank, or differs from the record's value; the text is that value. Three kinds
        of cells are not replaced: cells that the import left out, cells in the columns of `_LEFT`,
        and cells whose key the record lacks.
        """
        assert row.record
        typed = row.record.typed
        known = self.reader.normalise(typed)
        left = {note.column.key for note in row.left if note.column}
        for column in self.table.columns:
            key = column.key
            if not key or key in _LEFT or key in left or not known.get(key):
                continue
            said = row.values.get(key)
            if not said or self.reader.normalise_value(key, said) != known[key]:
                yield column, show_value(typed.get(key) or known[key], self.columns[key])

    def find_identifiers(self) -> Column:
        """Return the column of identifiers; if there is none, add it after the last column."""
        for column in self.table.columns:
            if column.key == IDENTIFIER:
                return column
        place = max(map(len, self.table.sheet.rows))
        heading = self.sheet.cell(self.table.number(self.table.start - 1), place + 1)
        heading.value = self.columns[IDENTIFIER].heading
        beside = self.sheet.cell(heading.row, place)
        if beside.has_style:
            heading._style = beside._style  # noqa: SLF001 - openpyxl has no other way to copy it
        return Column(place, str(heading.value), IDENTIFIER, Reason.HEADING, 0)

    def write(self, row: Row, column: Column, text: str) -> None:
        """Write a cell, unless it has a formula or is part of a merged cell."""
        cell = self.sheet.cell(row.number, column.place + 1)
        where = f"{name_column(column.place)}{row.number}"
        if cell.data_type == "f" or type(cell).__name__ == "MergedCell":
            self.done.formulas.append(where)
            return
        before = row.get(column)
        cell.value = _convert(cell.value, text)
        if isinstance(cell.value, str):
            cell.data_type = "s"  # openpyxl takes a text that starts with « = » for a formula
        self.done.written.append(
            Written(self.table.sheet.name, row.number, column.letter, column.heading, before, text)
        )


def _convert(before: Any, text: str) -> Any:
    """Return `text`, as a date or a number if both it and the former value `before` are one."""
    if isinstance(before, datetime.datetime | datetime.date) and re.fullmatch(
        r"\d{4}-\d\d-\d\d", text
    ):
        return datetime.date.fromisoformat(text)
    if isinstance(before, float) and re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    return text


def _list_lost(before: bytes, after: bytes) -> Iterator[str]:
    """Yield, in French, the features of the workbook `before` that its copy `after` has lost."""
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, after))
    yield from dict.fromkeys(
        words for start, words in _LOST.items() if _count(new, start) < _count(old, start)
    )
    sheets = [name for name in old.namelist() if name.startswith("xl/worksheets/sheet")]
    if any(b"<extLst" in old.read(name) for name in sheets):
        yield _RECENT


def _count(archive: zipfile.ZipFile, start: str) -> int:
    return sum(name.startswith(start) for name in archive.namelist())
