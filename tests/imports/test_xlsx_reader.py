"""Cells of XLSX are read as the sheet shows them; what is not as it seems is told."""

from __future__ import annotations

import datetime
import io
from typing import Any

import openpyxl
import pytest

from maille.imports.refusals import open_archive
from maille.imports.sheets import Sheet
from maille.imports.xlsx_reader import read_xlsx, show_value
from tests.imports.tables import save, write_xlsx

MIDNIGHT = datetime.datetime(2025, 9, 27)  # noqa: DTZ001 - sheets have no time zone


def read(data: bytes) -> list[Sheet]:
    return read_xlsx(data, open_archive(data))


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1200, "00000", "01200"),
        (353010017, "0# ## ## ## ##", "03 53 01 00 17"),
        (353010017, r"00\ 00\ 00\ 00\ 00", "03 53 01 00 17"),
        (1200, "0", "1200"),
        (1200.0, "General", "1200"),
        (48.8969, "0.00", "48.8969"),
        (82821337100015, "0", "82821337100015"),
        (1e20, "General", "100000000000000000000"),
        (True, "General", "oui"),
        (MIDNIGHT, "dd/mm/yyyy", "2025-09-27"),
        (MIDNIGHT.replace(hour=8, minute=30), "General", "2025-09-27 08:30:00"),
        (datetime.date(2025, 9, 27), "General", "2025-09-27"),
        ("#N/A", "General", "#N/A"),
        ("a_x000B_b", "General", "a\x0bb"),
        (None, "General", ""),
    ],
)
def test_a_value_is_shown_with_its_format(value: Any, number_format: str, shown: str) -> None:
    assert show_value(value, number_format) == shown


def test_formats_are_those_of_the_cells() -> None:
    [sheet] = read(write_xlsx([["CP"], [1200], [1200]], A2="00000"))
    assert sheet.rows == [["CP"], ["01200"], ["1200"]]


def test_a_formula_that_was_never_calculated_is_told() -> None:
    [sheet] = read(write_xlsx([["Nom"], ["=A1"]]))
    assert [*sheet.faults] == [(1, 0)]
    assert "jamais été calculée" in sheet.faults[1, 0][0]


def test_merged_cells_hidden_sheets_rows_and_columns_are_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([["Nom", "V"], ["A", "D"], ["B", None]])))
    sheet: Any = book.active
    sheet.merge_cells("B2:B3")
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[3].hidden = True
    hidden = book.create_sheet("Archives")
    hidden.sheet_state = "veryHidden"
    first, second = read(save(book))
    assert [*first.faults] == [(2, 1)]
    assert "ligne 2" in first.faults[2, 1][0]
    assert [note.partition(" ")[0] for note in first.notes] == ["colonnes", "lignes"]
    assert (first.hidden, second.hidden) == (False, True)


def test_a_stray_style_at_the_end_of_a_sheet_costs_nothing() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([["Nom"], ["A"]])))
    sheet: Any = book.active
    sheet["XFD1048576"].number_format = "0"
    [read_sheet] = read(save(book))
    assert read_sheet.rows == [["Nom"], ["A"]]
