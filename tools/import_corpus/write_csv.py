"""The file as CSV, in the dialects and encodings that spreadsheets write."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass

from tools.import_corpus.corpus import SPACES
from tools.import_corpus.layouts import Sheet


@dataclass(frozen=True)
class Dialect:
    """How a CSV is written; `mark` is put before everything (a byte-order mark)."""

    delimiter: str
    encoding: str
    line_end: str
    mark: bytes = b""
    quoting: int = csv.QUOTE_MINIMAL


# By the name of the file. The encodings are Python's names.
DIALECTS = {
    "point-virgule-utf8-bom": Dialect(";", "utf-8", "\r\n", codecs.BOM_UTF8),
    "virgule-utf8": Dialect(",", "utf-8", "\n"),
    "virgule-utf8-guillemets": Dialect(",", "utf-8", "\r\n", b"", csv.QUOTE_ALL),
    "tabulation-utf8": Dialect("\t", "utf-8", "\n"),
    "tabulation-utf16": Dialect("\t", "utf-16-le", "\r\n", codecs.BOM_UTF16_LE),
    "point-virgule-utf16-be": Dialect(";", "utf-16-be", "\r\n", codecs.BOM_UTF16_BE),
    "point-virgule-cp1252": Dialect(";", "cp1252", "\r\n"),
    "virgule-cp1252-lf": Dialect(",", "cp1252", "\n"),
    "point-virgule-latin1": Dialect(";", "latin-1", "\n"),
    "point-virgule-mac": Dialect(";", "mac_roman", "\r\n"),
}


def write_csv(sheet: Sheet, dialect: Dialect) -> bytes:
    """Return `sheet` as CSV; a line break inside a cell is a line feed, as Excel writes it."""
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=dialect.delimiter,
        lineterminator=dialect.line_end,
        quoting=dialect.quoting,  # type: ignore[arg-type]
    )
    writer.writerow(sheet.columns.values())
    for index, row in enumerate(sheet.rows):
        if row:
            writer.writerow(
                row.cells[name].text if name in row.cells else "" for name in sheet.columns
            )
        else:
            writer.writerow([" " if index == SPACES else ""] * len(sheet.columns))
    return dialect.mark + text.getvalue().encode(dialect.encoding)
