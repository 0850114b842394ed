"""Read XLSX workbooks: values as the sheet shows them, with errors, hidden rows and columns."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

from maille.imports.refusals import refuse_wide
from maille.imports.sheets import Sheet

# How XLSX escapes a character that XML does not allow.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ZEROS = re.compile(r"[0#\s.\-/()+\\\"_]*0[0#\s.\-/()+\\\"_]*")


def read_xlsx(data: bytes, archive: zipfile.ZipFile) -> list[Sheet]:
    """Return the sheets of a workbook. Raises ImportError if openpyxl is missing."""
    import openpyxl

    sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
    has_formulas = any(b"<f" in archive.read(name) for name in sheets)
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    typed = (
        openpyxl.load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
        if has_formulas
        else None
    )
    return [_read_sheet(one, typed[one.title] if typed else None) for one in book.worksheets]


def _read_sheet(source: Any, typed: Any) -> Sheet:
    cells = source._cells  # noqa: SLF001 - the cells that exist: a stray one may be at row 1048576
    filled = [spot for spot, cell in cells.items() if cell.value not in (None, "")]
    formulas = typed._cells if typed else {}  # noqa: SLF001 - (the same)
    filled += [spot for spot, cell in formulas.items() if cell.data_type == "f"]
    height, width = (max((spot[n] for spot in filled), default=0) for n in (0, 1))
    refuse_wide(height, width)
    sheet = Sheet(source.title, [[""] * width for _ in range(height)])
    sheet.hidden = source.sheet_state != "visible"
    for (row, column), cell in cells.items():
        if row <= height and column <= width:
            sheet.rows[row - 1][column - 1] = show_value(cell.value, cell.number_format)
    for (row, column), cell in formulas.items():
        if cell.data_type == "f" and not sheet.rows[row - 1][column - 1]:
            sheet.faults[row - 1, column - 1] = (
                "la formule de cette cellule n'a jamais été calculée",
                "ouvrez le classeur dans un tableur, enregistrez-le, et recommencez",
            )
    _tell_merged(sheet, source)
    hidden = [name for name, one in source.column_dimensions.items() if one.hidden]
    if hidden:
        sheet.notes.append(f"colonnes masquées, lues comme les autres : {', '.join(hidden)}")
    if count := sum(1 for one in source.row_dimensions.values() if one.hidden):
        sheet.notes.append(f"lignes masquées, lues comme les autres : {count}")
    return sheet


def _tell_merged(sheet: Sheet, source: Any) -> None:
    """Add a fault for each cell that is empty only because it is merged with a cell above it."""
    for block in source.merged_cells.ranges:
        for row in range(block.min_row + 1, min(block.max_row, len(sheet.rows)) + 1):
            sheet.faults[row - 1, block.min_col - 1] = (
                f"cette cellule est fusionnée avec celle de la ligne {block.min_row}",
                "défusionnez-les, et écrivez la valeur sur chaque ligne",
            )


def show_value(value: Any, number_format: str = "General") -> str:
    """Return the value of a cell as text; "" if there is none.

    Whole numbers have the leading zeros of their number format, as in the cell; dates are in ISO
    8601; true and false are « oui » and « non ».
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return value.date().isoformat() if is_day else value.isoformat(" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _show_number(value, number_format)
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), str(value))


def _show_number(value: float, number_format: str) -> str:
    text = f"{value:.0f}" if value == int(value) else repr(value)
    if text.isdecimal() and _ZEROS.fullmatch(bare := number_format.partition(";")[0]):
        return _fill(text, re.sub(r'[\\"_]', "", bare))
    return text


def _fill(digits: str, pattern: str) -> str:
    """Return digits in the number format `pattern`; a « 0 » without a digit becomes a zero.

    A pattern that has decimals, or no place after its first « 0 », leaves the digits as they are.
    """
    if not re.search(r"0.*[0#]", pattern) or re.search(r"\.0*$", pattern):
        return digits
    left, shown = [*digits], []
    for sign in reversed(pattern):
        if sign in "0#":
            shown.append(left.pop() if left else "0" if sign == "0" else "")
        else:
            shown.append(sign)
    return ("".join(left) + "".join(reversed(shown))).strip()
