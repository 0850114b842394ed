"""The names of columns are those of spreadsheets."""

from __future__ import annotations

from maille.imports.sheets import Sheet, name_column


def test_columns_have_the_letters_of_spreadsheets() -> None:
    assert [name_column(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"),
    ]


def test_sheets_share_no_faults() -> None:
    first, second = Sheet("a", []), Sheet("b", [])
    first.faults[0, 0] = ("cause", "remedy")
    assert second.faults == {}
