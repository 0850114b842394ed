"""Small files to import, in each format that editors have."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

HEADINGS = ["Nom", "Ville", "Dép.", "Tél", "Résumé"]
ROW = ["Le Relais", "Dijon", "21", "03 80 00 00 00", "Un lieu inventé, qui relie des gens."]


def write_csv(rows: list[list[str]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def write_xlsx(rows: list[list[Any]], **formats: str) -> bytes:
    """Return a workbook of one sheet; `formats` are the number formats of cells: A2="00000"."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Annuaire"
    for row in rows:
        sheet.append(row)
    for cell, number_format in formats.items():
        sheet[cell].number_format = number_format
    return save(book)


def save(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
