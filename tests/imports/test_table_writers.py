"""The table as CSV and XLSX, read back by others: text stays text, and lists are proposed."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest

from maille.imports.columns import find_table
from maille.imports.mapping import Settings
from maille.imports.office_table import OfficeColumn, OfficeTable
from maille.imports.reading import read_sheets
from maille.imports.table_writers import HELP, LISTS, write_csv, write_xlsx
from tests.views.test_exports import FORMULAS

PROFILES = {"a": "Accompagnateur", "b": "Bureau d'études"}
COLUMNS = (
    OfficeColumn("identifiant", "Identifiant"),
    OfficeColumn("nom", "Nom"),
    OfficeColumn("profil", "Profil", "Un mot.", PROFILES),
    OfficeColumn("pratiques", "Pratiques", "", {"c": "Conseil"}, is_list=True),
    OfficeColumn("autres_noms", "Autres noms", is_list=True),
    OfficeColumn("code_postal", "Code postal"),
    OfficeColumn("telephone", "Téléphone"),
    OfficeColumn("version", "Version (ne pas changer)"),
)
ROW = ("0042", "Le Relais", "Accompagnateur", "Conseil", "", "01000", "+33474000000", "abc")


def make(*rows: tuple[str, ...]) -> OfficeTable:
    return OfficeTable("Annuaire", COLUMNS, rows)


def open_book(table: OfficeTable) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(table)))


def test_each_cell_of_the_workbook_is_text() -> None:
    sheet = open_book(make(ROW))["Annuaire"]
    cells = {cell.value: cell for cell in sheet[2] if cell.value}
    assert {*cells} == {*ROW} - {""}
    assert all(cell.data_type == "s" and cell.number_format == "@" for cell in cells.values())
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:H2"
    assert sheet.column_dimensions["H"].hidden
    assert 10 <= sheet.column_dimensions["B"].width <= 55


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    table = make(("1", text, "", "", text, "", text, ""))
    sheet = open_book(table)["Annuaire"]
    assert all(cell.data_type in ("s", "n") for cell in sheet[2])
    assert not any(cell.data_type == "f" for cell in sheet[2])
    (row,) = [*csv.reader(io.StringIO(write_csv(table).decode("utf-8-sig")), delimiter=";")][1:]
    assert row[1][:1] not in set("=+-@\t\r\n\0＝＋－＠")


def test_the_words_of_a_vocabulary_are_a_list_of_choices() -> None:
    book = open_book(make(ROW))
    rules = {str(rule.sqref): rule for rule in book["Annuaire"].data_validations.dataValidation}
    (choice,) = [rule for spot, rule in rules.items() if spot.startswith("C2:")]
    assert (choice.type, choice.formula1) == ("list", f"'{LISTS}'!$A$2:$A$3")
    assert [cell.value for cell in book[LISTS]["A"]] == ["Profil", *PROFILES.values()]
    # One choice would replace several values: lists only have their words.
    (several,) = [rule for spot, rule in rules.items() if spot.startswith("D2:")]
    assert several.type in (None, "none")
    assert "séparez-les par |" in several.prompt
    assert LISTS in several.prompt


def test_the_explanations_name_each_column() -> None:
    sheet = open_book(make(ROW))[HELP]
    told = [str(row[0].value) for row in sheet.iter_rows()]
    assert [one for one in told if one.startswith("Colonne ")] == [
        f"Colonne {letter} : {column.heading}"
        for letter, column in zip("ABCDEFGH", COLUMNS, strict=True)
    ]


def test_the_import_takes_the_records_alone() -> None:
    titles = {column.key: column.heading for column in COLUMNS}
    sheets = read_sheets("annuaire.xlsx", write_xlsx(make(ROW)))
    tables = [one for sheet in sheets if (one := find_table(sheet, titles, Settings(""), {}))]
    assert [table.sheet.name for table in tables] == ["Annuaire"]
    assert [row for _, row in tables[0].list_rows()] == [[*ROW]]


def test_a_table_without_records_has_its_columns() -> None:
    assert [cell.value for cell in open_book(make())["Annuaire"][1]] == [*make().headings]
    assert write_csv(make()).decode("utf-8-sig").count("\r\n") == 1
