"""The format of a file is that of its bytes."""

from __future__ import annotations

import builtins
from typing import Any

import pytest

from maille.imports.reading import read_sheets
from maille.problems import ContentError
from tests.imports.tables import HEADINGS, ROW, write_csv, write_xlsx, write_zip


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a"])
def test_a_workbook_is_known_by_its_bytes(name: str) -> None:
    [sheet] = read_sheets(name, write_xlsx([HEADINGS, ROW]))
    assert sheet.rows == [HEADINGS, ROW]


def test_text_is_a_csv_or_a_map() -> None:
    assert read_sheets("dossier/a.csv", write_csv([HEADINGS, ROW]))[0].name == "a"
    assert read_sheets("a.txt", b' {"features": []}')[0].rows == [[]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html>", "XML"),
        (write_zip({"Index/Document.iwa": b"x"}), "Numbers"),
        (write_zip({"word/document.xml": b"<a/>"}), "pas un classeur"),
        (write_zip({"xl/workbook.xml": b"<a/>"}), "abîmé"),
    ],
)
def test_other_files_are_told(data: bytes, words: str) -> None:
    with pytest.raises(ContentError, match=words):
        read_sheets("a.xlsx", data)


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def refuse(name: str, *others: Any) -> Any:
        if name == "openpyxl":
            raise ImportError(name)
        return real(name, *others)

    data = write_xlsx([HEADINGS])
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ContentError) as told:
        read_sheets("a.xlsx", data)
    assert "maille[tableur]" in told.value.hint
