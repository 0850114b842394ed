"""The PDFs that editors put in `content/documents/`: which are accepted, and what is said."""

from __future__ import annotations

import pytest

from maille.content.documents import SourceFile
from maille.content.downloads import (
    WEIGHT_LIMIT,
    check_download,
    check_downloads,
    make_address,
    suggest_name,
)
from maille.problems import ContentError

PDF = b"%PDF-1.7\n%%EOF\n"


def refuse(name: str, data: bytes = PDF) -> ContentError:
    with pytest.raises(ContentError) as caught:
        check_download(SourceFile(f"content/documents/{name}", data))
    return caught.value


def test_a_pdf_is_accepted_and_published_at_its_name() -> None:
    source = SourceFile("content/documents/rapport-2023.pdf", PDF)
    late = SourceFile("content/documents/b.pdf", b"\n" * 1000 + PDF)  # readers accept it too
    downloads, problems = check_downloads([source, late])
    assert downloads.accepted["/documents/rapport-2023.pdf"] == PDF
    assert make_address(late.path) in downloads.accepted
    assert not problems


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Rapport 2023.pdf", "rapport-2023.pdf"),
        ("rapport.PDF", "rapport.pdf"),
        ("Été_à Lyon.Pdf", "ete-a-lyon.pdf"),
        ("2023/rapport.pdf", "rapport.pdf"),
        ("….pdf", "document.pdf"),
        ("rapport", "rapport.pdf"),
        ("rapport-.pdf", "rapport.pdf"),
    ],
)
def test_a_name_that_makes_no_address_is_refused_with_the_right_one(name: str, right: str) -> None:
    error = refuse(name)
    assert f"renommez ce fichier content/documents/{right}" in error.hint
    check_download(SourceFile(f"content/documents/{right}", PDF))
    assert suggest_name(f"/documents/{name}") == right


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "vide"),
        (b"PK\x03\x04" + b"\0" * 2000, "n'est pas un PDF"),
        (b"\0" * 1100 + PDF, "n'est pas un PDF"),
        (PDF + b"\0" * WEIGHT_LIMIT, "plus de 10 Mo"),
    ],
)
def test_what_visitors_could_not_open_is_refused(data: bytes, cause: str) -> None:
    assert cause in refuse("a.pdf", data).message


def test_a_refused_document_is_known_as_such() -> None:
    downloads, (problem,) = check_downloads([SourceFile("content/documents/a.pdf", b"")])
    assert not downloads.accepted
    assert downloads.refused == {"/documents/a.pdf"}
    assert problem.path == "content/documents/a.pdf"
