"""The manifest of a layout: one line for each fault, column and sheet, and what is right there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tools.import_corpus.corpus import can_encode
from tools.import_corpus.layouts import PEOPLE, WITHOUT_FIELD, Sheet, arrange, name_column
from tools.import_corpus.model import NO_FIELD, PERSONAL, READ, SKIPPED, TABLES, TOLD, Fault, Table
from tools.import_corpus.write_csv import DIALECTS
from tools.import_corpus.write_xlsx import HIDDEN

Line = dict[str, Any]
ENCODINGS = sorted({dialect.encoding for dialect in DIALECTS.values()})


def list_lines(table: Table) -> Iterator[Line]:
    """Yield the lines of the manifest of `table`: sheets and columns, then faults by row."""
    sheets = arrange(table)
    for sheet in sheets:
        yield from list_columns(table.layout, sheet)
        yield from list_blanks(table.layout, sheet)
    if table.layout == "xlsx":
        yield {"layout": "xlsx", "sheet": HIDDEN, "kind": "feuille-cachee", "outcome": TOLD}
        place = {"layout": "xlsx", "sheet": sheets[0].name, "row": 1, "column": "A"}
        yield place | {"kind": "titre-au-dessus-des-colonnes", "outcome": SKIPPED}
    at = {
        key: (index, number)
        for index, sheet in enumerate(sheets)
        for key, number in sheet.places.items()
    }
    rows = {row.key: row for row in table.rows}
    for fault in sorted(table.faults, key=lambda fault: at[fault.row]):
        index, number = at[fault.row]
        yield describe_fault(table.layout, sheets[index], number, fault, rows[fault.row].facts)


def list_columns(layout: str, sheet: Sheet) -> Iterator[Line]:
    """Yield the right result for each column: its field, or that it is left out."""
    for name, header in sheet.columns.items():
        outcome = PERSONAL if name in PEOPLE else NO_FIELD if name in WITHOUT_FIELD else READ
        line = locate(layout, sheet, sheet.first - 1, name) | {
            "kind": "colonne",
            "typed": header,
            "outcome": outcome,
        }
        yield line | ({"right": name} if outcome == READ else {})


def list_blanks(layout: str, sheet: Sheet) -> Iterator[Line]:
    """Yield the empty rows: they do not count as rows of the file, and are not reported."""
    for index, row in enumerate(sheet.rows):
        if row is None:
            yield {
                "layout": layout,
                "sheet": sheet.name,
                "row": sheet.first + index,
                "kind": "ligne-vide",
                "outcome": SKIPPED,
            }


def describe_fault(
    layout: str, sheet: Sheet, number: int, fault: Fault, facts: Mapping[str, str]
) -> Line:
    """Return the line of one fault: its place, the text typed there, and the right result."""
    spoiled = fault.spoiled
    cell = spoiled.cells[fault.field]
    line = locate(layout, sheet, number, fault.field)
    line |= {
        "key": fault.row,
        "kind": fault.kind,
        "field": fault.field,
        "typed": cell.text,
        "outcome": spoiled.outcome,
    }
    if spoiled.outcome != PERSONAL:
        line["right"] = facts.get(fault.field, "") if spoiled.right is None else spoiled.right
    held = {
        "also": list(spoiled.also),
        "with": [name for name in spoiled.cells if name != fault.field],
        "needle": spoiled.needle,
        "formula": cell.formula,
        "number_format": cell.number_format,
        "not_in": [name for name in ENCODINGS if layout == "csv" and not can_encode(spoiled, name)],
    }
    line |= {key: value for key, value in held.items() if value}
    if cell.number is not None and layout != "csv":
        line["number"] = cell.number
    return line


def locate(layout: str, sheet: Sheet, number: int, name: str) -> Line:
    """Return the place of the field `name` in the row `number`: letters and header, or a path."""
    place: Line = {"layout": layout, "sheet": sheet.name, "row": number}
    if layout in TABLES:
        return place | {
            "column": name_column(list(sheet.columns).index(name)),
            "header": sheet.columns[name],
        }
    return place | {"column": sheet.columns[name]}


def write_lines(lines: Iterable[Line]) -> str:
    """Return `lines` as JSON, one a line."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
