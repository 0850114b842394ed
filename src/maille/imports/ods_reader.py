"""Read ODS workbooks (LibreOffice)."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

from maille.imports.refusals import refuse_wide
from maille.imports.sheets import Sheet
from maille.imports.xlsx_reader import show_value
from maille.problems import ContentError


def read_ods(data: bytes, archive: zipfile.ZipFile) -> list[Sheet]:
    """Return the sheets of a workbook. Raises ImportError if python-calamine is missing.

    Raises ContentError if the workbook is damaged, or if a formula has an error.
    """
    import python_calamine

    content = archive.read("content.xml")
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_read_sheet(book, about) for about in book.sheets_metadata]
    except python_calamine.CalamineError:
        raise ContentError(
            "ce classeur est abîmé", "ouvrez-le, enregistrez-le en XLSX, et donnez le .xlsx"
        ) from None
    # The library reads the error of a formula as an empty cell.
    if count := content.count(b'value-type="error"'):
        raise ContentError(
            f"{count} formules de ce classeur sont en erreur (#N/A, #REF!…)",
            "corrigez-les, ou enregistrez en XLSX pour savoir dans quelles cellules",
        )
    return sheets


def _read_sheet(book: Any, about: Any) -> Sheet:
    rows = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
    refuse_wide(len(rows), max(map(len, rows), default=0))
    sheet = Sheet(about.name, [[_show(value) for value in row] for row in rows])
    sheet.hidden = not str(about.visible).endswith("Visible")
    return sheet


def _show(value: Any) -> str:
    if isinstance(value, datetime.timedelta):
        return str(value)
    return show_value(value)
