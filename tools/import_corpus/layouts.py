"""Where each field stands in each layout: columns as real exports name them, sheets, rows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools.import_corpus.model import Row, Table

Columns = dict[str, str]  # the header of a column (or the path of a property), by field
HEADERS: Mapping[str, Columns] = tomllib.loads(
    (Path(__file__).parent / "headers.toml").read_text(encoding="utf-8")
)
PEOPLE = ("contact", "prenom", "nom_contact", "referent", "portable", "naissance", "notes")
WITHOUT_FIELD = ("numero", "cotisation")
PREAMBLE = 3  # rows above the headers of the first sheet of the workbook
FIRST_SHEET = 250  # its rows


@dataclass
class Sheet:
    """A sheet of a workbook, a layer of a map, or the only one of a file.

    `rows` has None where the row is empty; the first one is the row `first` of the file, counted
    from 1 as a spreadsheet counts (maps: the place in the list).
    """

    name: str
    columns: Columns
    rows: list[Row | None]
    first: int
    places: dict[int, int] = field(default_factory=dict)  # by the key of a row, its number

    def __post_init__(self) -> None:
        for index, row in enumerate(self.rows):
            if row:
                self.places[row.key] = self.first + index


def arrange(table: Table) -> list[Sheet]:
    """Return the sheets of `table`, in their order."""
    rows: list[Row | None] = []
    for index, row in enumerate(table.rows):
        if index in table.blanks:
            rows.append(None)
        rows.append(row)
    name = table.layout
    if name == "xlsx":
        return [
            Sheet("Annuaire", HEADERS["xlsx"], rows[:FIRST_SHEET], PREAMBLE + 2),
            Sheet("Nouveaux 2025", HEADERS["xlsx_second"], rows[FIRST_SHEET:], 2),
        ]
    if name == "umap":
        return [
            Sheet("Adhérents", HEADERS[name], rows[:200], 1),
            Sheet("Autres", HEADERS[name], rows[200:], 1),
        ]
    first = 2 if name in {"csv", "ods"} else 1
    return [Sheet({"ods": "Feuille1"}.get(name, ""), HEADERS[name], rows, first)]


def name_column(index: int) -> str:
    """Return the letters of the column `index`, counted from 0: A, …, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
