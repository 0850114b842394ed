"""ODS workbooks are read by their library; a formula in error is told."""

from __future__ import annotations

import pytest

from maille.imports.ods_reader import read_ods
from maille.imports.refusals import open_archive
from maille.problems import ContentError
from tests.imports.tables import write_zip

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def write(cells: str) -> bytes:
    content = (
        f'<office:document-content {_NAMES} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Feuille1"><table:table-row>{cells}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest}
    return write_zip(parts)


def test_texts_numbers_and_days_are_read() -> None:
    data = write(
        '<table:table-cell office:value-type="string"><text:p>Deux</text:p><text:p>lignes</text:p>'
        '</table:table-cell><table:table-cell office:value-type="float" office:value="1200">'
        '<text:p>1200</text:p></table:table-cell><table:table-cell office:value-type="date" '
        'office:date-value="2025-09-27"><text:p>27/09/25</text:p></table:table-cell>'
    )
    [sheet] = read_ods(data, open_archive(data))
    assert sheet.name == "Feuille1"
    assert sheet.rows == [["Deux\nlignes", "1200", "2025-09-27"]]


def test_a_formula_in_error_is_told() -> None:
    data = write(
        '<table:table-cell office:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
    )
    with pytest.raises(ContentError, match="en erreur"):
        read_ods(data, open_archive(data))
