"""A sheet as read: the text of each cell, and the faults and notes that its format gives."""

from __future__ import annotations

from dataclasses import dataclass, field

# A cell: the indexes of its row and of its column.
Spot = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """A sheet of a workbook, a CSV file, or a layer of a map.

    `rows` start at the first row of the sheet, and each row at the first column. `first` is the
    number that a spreadsheet shows beside the first row. `faults` maps cells to a cause and a
    remedy; `notes` are warnings about the sheet: its encoding, hidden rows, hidden columns.
    """

    name: str
    rows: list[list[str]]
    first: int = 1
    hidden: bool = False
    faults: dict[Spot, tuple[str, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def name_column(place: int) -> str:
    """Return the letters of a column: 0 is « A », 26 is « AA »."""
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
