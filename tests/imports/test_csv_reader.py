"""CSV files are read with the separator on which their lines agree."""

from __future__ import annotations

import pytest

from maille.imports.csv_reader import read_csv
from maille.problems import ContentError
from tests.imports.tables import HEADINGS, ROW, write_csv

ROWS = [HEADINGS, ROW, ["L'Été, et; la\tsuite|fin", "Nîmes", "30", "", "Deux\nlignes, « ici »."]]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_dialect_gives_the_same_cells(separator: str, encoding: str) -> None:
    sheet = read_csv("a", write_csv(ROWS, separator, encoding))
    assert sheet.rows == ROWS
    assert sheet.notes == ([] if encoding != "utf-16" else ["lu en utf-16"])


def test_commas_in_cells_are_no_separators() -> None:
    rows = [["Nom;Ville"], ["Un, deux, trois;Dijon"], ["Quatre, cinq, six;Lyon"]]
    data = "\n".join(row[0] for row in rows).encode()
    assert read_csv("a", data).rows[1] == ["Un, deux, trois", "Dijon"]


def test_the_line_that_names_the_separator_counts_as_a_row() -> None:
    sheet = read_csv("a", b"sep=|\nNom|Ville\n\nA|B\n")
    assert sheet.rows == [[], ["Nom", "Ville"], [], ["A", "B"]]


def test_a_cell_without_end_is_told() -> None:
    data = b'Nom;Ville\n"A;' + b"x" * 200_000
    with pytest.raises(ContentError, match="ne se lit pas en entier"):
        read_csv("a", data)


def test_too_many_columns_are_told() -> None:
    with pytest.raises(ContentError, match="colonnes"):
        read_csv("a", b";" * 1_000_000)
