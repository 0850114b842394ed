"""Files that are not read say what to do; bombs are told before they are opened."""

from __future__ import annotations

import pytest

from maille.imports.refusals import SIZE_LIMIT, open_archive, refuse_strange, refuse_wide
from maille.problems import ContentError
from tests.imports.tables import write_zip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.numbers", b"PK", "Exporter vers > Excel"),
        ("a.xls", OLE, "XLSX"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        ("a.pdf", b"%PDF-1.7", "XLSX"),
        ("a.docx", b"PK", "XLSX"),
        ("a.csv", b" \r\n", "donnez le fichier"),
        ("a.csv", b"a" * (SIZE_LIMIT + 1), "retirez-en"),
    ],
)
def test_each_says_what_to_do(name: str, data: bytes, words: str) -> None:
    with pytest.raises(ContentError) as told:
        refuse_strange(name, data)
    assert words in told.value.hint


def test_other_files_pass() -> None:
    refuse_strange("a.csv", b"Nom\n")


def test_a_bomb_is_told_from_its_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_zip({"xl/workbook.xml": b"0" * 100_000})
    open_archive(data)
    monkeypatch.setattr("maille.imports.refusals._UNPACKED_LIMIT", 50_000)
    with pytest.raises(ContentError, match="démesuré"):
        open_archive(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(encoding)
    with pytest.raises(ContentError, match="entités"):
        open_archive(write_zip({"xl/workbook.xml": xml}))


def test_a_damaged_workbook_is_told() -> None:
    with pytest.raises(ContentError, match="abîmé"):
        open_archive(b"PK\x03\x04 nothing more")


@pytest.mark.parametrize(("rows", "columns"), [(1, 1001), (100_001, 1)])
def test_a_wide_sheet_is_told(rows: int, columns: int) -> None:
    refuse_wide(100_000, 1000)
    with pytest.raises(ContentError, match="la limite est"):
        refuse_wide(rows, columns)
