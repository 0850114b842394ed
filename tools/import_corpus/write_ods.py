"""The file as LibreOffice writes it: a ZIP archive that holds the table as XML."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

from tools.import_corpus.corpus import SPACES
from tools.import_corpus.layouts import Sheet
from tools.import_corpus.model import Cell

MIME = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
DAY_OF_ZIP = (2026, 1, 5, 0, 0, 0)


def write_ods(sheet: Sheet) -> bytes:
    """Return `sheet` as an ODS file; the same sheet gives the same bytes."""
    parts = {
        "mimetype": MIME,
        "content.xml": write_content(sheet),
        "META-INF/manifest.xml": MANIFEST,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            # The kind of file comes first and uncompressed: this is how readers recognise it.
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, DAY_OF_ZIP), text, stored)
    return file.getvalue()


def write_content(sheet: Sheet) -> str:
    """Return the XML of the only table."""
    lines = ["".join(write_text(header) for header in sheet.columns.values())]
    for index, row in enumerate(sheet.rows):
        cells = (row.cells if row else {}).get
        empty = Cell(" " if not row and index == SPACES else "")
        lines.append("".join(write_cell(cells(name, empty)) for name in sheet.columns))
    table = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NAMESPACES} '
        'office:version="1.3"><office:body><office:spreadsheet>'
        f"<table:table table:name={quoteattr(sheet.name)}>{table}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def write_cell(cell: Cell) -> str:
    """Return one cell: a day, a number, or a text."""
    if cell.day:
        return write_typed(
            f'office:value-type="date" office:date-value="{cell.day.isoformat()}"', cell.text
        )
    if cell.number is not None:
        return write_typed(f'office:value-type="float" office:value="{cell.number!r}"', cell.text)
    return write_text(cell.text) if cell.text else "<table:table-cell/>"


def write_text(text: str) -> str:
    """Return the cell of `text`."""
    return write_typed('office:value-type="string"', text)


def write_typed(attributes: str, text: str) -> str:
    """Return a cell whose paragraphs are the lines of `text`."""
    paragraphs = "".join(f"<text:p>{write_line(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {attributes}>{paragraphs}</table:table-cell>"


def write_line(line: str) -> str:
    """Return a line of text as XML: tabs and runs of spaces have their elements."""
    text = escape(line).replace("\t", "<text:tab/>")
    return re.sub(r"^ +|(?<= ) +| +$", lambda run: f'<text:s text:c="{len(run[0])}"/>', text)
