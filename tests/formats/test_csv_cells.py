"""CSV for French spreadsheets: read back by the standard reader, and no cell runs."""

from __future__ import annotations

import csv

import pytest

from maille.formats import csv_cells


@pytest.mark.parametrize("text", ["=1+1", "@import", "-1+1", "+x", "\t=1", "＝1", "-"])
def test_a_formula_has_an_apostrophe_first(text: str) -> None:
    assert csv_cells.escape_formula(text) == f"'{text}"
    assert csv_cells.escape_formula(text, is_number=True) == f"'{text}"


def test_a_signed_number_is_one_where_it_may_be() -> None:
    assert csv_cells.escape_formula("-1.55", is_number=True) == "-1.55"
    assert csv_cells.escape_formula("-1.55") == "'-1.55"
    assert csv_cells.escape_formula("texte - tiret") == "texte - tiret"


def test_lines_are_read_back() -> None:
    cells = ["a", 'b "c"', "d;e", "f\ng", ""]
    data = csv_cells.encode_lines([csv_cells.format_line(cells)] * 2)
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == lines[1]
    assert [*csv.reader([lines[0]], delimiter=";", strict=True)] == [cells]
