"""The office's file as a workbook: a title, headers below it, two sheets, and a hidden one."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tools.import_corpus.layouts import Sheet
from tools.import_corpus.model import Cell, Row

TITLE = "Annuaire des adhérents (document interne)"
HIDDEN = "Archives 2019"  # reported, never read: its rows do not count as rows of the file
MERGED = ("commune", "departement")
BORN = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC).replace(tzinfo=None)


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Return the workbook of `sheets`; the same sheets give the same bytes."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"created": BORN})
    formats = {
        pattern: workbook.add_format({"num_format": pattern}) for pattern in ("dd/mm/yyyy", "00000")
    }
    for sheet in sheets:
        worksheet = workbook.add_worksheet(sheet.name)
        if sheet.first > 2:
            worksheet.merge_range(0, 0, 0, 5, TITLE, workbook.add_format({"bold": True}))
            worksheet.write_string(1, 0, "Mis en page pour l'assemblée générale")
        worksheet.write_row(sheet.first - 2, 0, sheet.columns.values())
        for index, row in enumerate(sheet.rows):
            if row:
                write_row(worksheet, formats, sheet, sheet.first - 1 + index, row)
    hide_archives(workbook)
    workbook.close()
    return file.getvalue()


def write_row(
    worksheet: Worksheet,
    formats: dict[str, Format],
    sheet: Sheet,
    at: int,
    row: Row,
) -> None:
    """Write the cells of `row` at the line `at`, counted from 0."""
    for column, name in enumerate(sheet.columns):
        cell = row.cells.get(name, Cell(""))
        pattern = "dd/mm/yyyy" if cell.day else cell.number_format
        write_cell(worksheet, at, column, cell, formats.get(pattern))
    if is_merged(row):
        column = list(sheet.columns).index(MERGED[0])
        worksheet.merge_range(at, column, at, column + 1, row.cells[MERGED[0]].text)


def write_cell(worksheet: Worksheet, at: int, column: int, cell: Cell, form: Format | None) -> None:
    """Write one cell as a spreadsheet holds it: an error, a formula, a day, a number, or a text."""
    if cell.error:
        worksheet.write_formula(
            at, column, {"#N/A": "=NA()"}.get(cell.text, "=#REF!"), None, cell.text
        )
    elif cell.formula:
        worksheet.write_formula(at, column, cell.formula, None, cell.text)
    elif cell.day:
        worksheet.write_datetime(at, column, cell.day, form)
    elif cell.number is not None:
        worksheet.write_number(at, column, cell.number, form)
    elif cell.text:
        worksheet.write_string(at, column, cell.text)


def is_merged(row: Row) -> bool:
    """Return whether the commune and the department of `row` are one merged cell."""
    return bool(
        row.cells["commune"].text
        and not row.cells["departement"].text
        and row.cells["code_postal"].text
    )


def hide_archives(workbook: Workbook) -> None:
    """Add the hidden sheet: rows that the author no longer shows, and that must not be imported."""
    worksheet = workbook.add_worksheet(HIDDEN)
    worksheet.write_row(0, 0, ("Nom", "Commune", "Radié le"))
    for index, stem in enumerate(("Ozuvrande", "Ugliparce", "Ibroustel"), 1):
        worksheet.write_row(index, 0, (f"Ancien atelier {stem}", "Paris", "2019"))
    worksheet.hide()
