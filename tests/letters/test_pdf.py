"""The letter as a PDF: tagged, in French, the same each time, and read back by somebody else."""

from __future__ import annotations

import builtins
import datetime
import io
import os
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest
from pypdf import PdfReader

from maille.letters.outbox import compose
from maille.letters.pdf import UnavailableError, _import_weasyprint
from tests.command import run
from tests.sealing import FOLDER, MONTH, edit_letter, find_letter, read_site, write_site
from tests.small_site import replace_in

NAME = f"lettre-{MONTH}.pdf"
here = pytest.mark.usefixtures("weasyprint")


@pytest.fixture(scope="module")
def weasyprint() -> None:
    """Load the library for the tests that need it: a quarter of a second."""
    try:
        _import_weasyprint()
    except UnavailableError:
        if os.environ.get("CI"):
            raise
        pytest.skip("sans Pango, aucun PDF ; sous CI, un échec")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("pdf") / "site")


def made(root: Path) -> bytes:
    site = read_site(root)
    return compose(root, site, find_letter(site), with_pdf=True).files[NAME]


@pytest.fixture(scope="module")
def pdf(weasyprint: None, root: Path) -> bytes:
    return made(root)


def read_pdf(data: bytes, *, strict: bool = False) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=strict)


def root_of(read: PdfReader) -> Any:
    return read.trailer["/Root"]


@here
def test_it_is_tagged_in_french_and_says_its_title(pdf: bytes) -> None:
    read = read_pdf(pdf, strict=True)
    catalogue = root_of(read)
    assert catalogue["/Lang"] == "fr"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata
    assert read.metadata.title == "Lettre de novembre 2026\u00a0: Deux projets avancent"
    assert read.metadata.author == "Réseau d'essai"
    assert read.metadata.creation_date
    assert read.metadata.creation_date.date() == datetime.date(2026, 11, 20)


def tags(tree: object) -> list[tuple[str, str]]:
    """Return the tags of a structure tree in reading order, each with its alternative."""
    found = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/Alt", ""))))
            if "/K" in node:
                waiting.append(node["/K"])
    return found


@here
def test_its_headings_links_and_images_are_tagged(pdf: bytes) -> None:
    read = read_pdf(pdf)
    found = tags(root_of(read)["/StructTreeRoot"])
    names = [name for name, _ in found]
    assert names.count("/H1") == 1
    # Contents, three parts, news, dates.
    assert names.count("/H2") == 6
    assert names.count("/Link") >= 8
    assert [alternative for name, alternative in found if name == "/Figure"] == ["Deux moitiés"]
    assert sum(name == "/Figure" for name in names) == 1


@here
def test_it_says_what_the_letter_says_and_leads_to_the_site(pdf: bytes) -> None:
    read = read_pdf(pdf)
    text = " ".join(" ".join(page.extract_text().split()) for page in read.pages)
    for words in ("Deux projets avancent", "Il commence.", "Nouvelle d’essai", "14 janvier 2027"):
        assert words in text, words
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in read.pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    }
    assert f"https://essai.example/lettres/{MONTH}/" in links
    assert "https://essai.example/projets/essai/" in links


@pytest.fixture(scope="module")
def awkward(weasyprint: None, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """The PDF of a network with signs in its name, whose letter has long words and code."""
    root = write_site(tmp_path_factory.mktemp("pdf") / "site")
    replace_in(root / "site.toml", "Réseau d'essai", "L'essai « A & B » <i>")
    table = f"| A | B |\n|---|--:|\n| {'x' * 150} | 2 |"
    long = f"{'mot' * 60}\n\n    code = {'valeur' * 40}\n\n{table}"
    edit_letter(root, "Rien de plus.", long)
    return read_pdf(made(root))


@here
def test_its_foot_says_the_names_as_they_are(awkward: PdfReader) -> None:
    found = "".join(awkward.pages[0].extract_text().split())
    assert found.count("L’essai«A&B»<i>·Lettredenovembre2026") == 2  # at the head and at the foot
    assert "&#" not in found


@here
def test_long_words_and_code_stay_on_the_paper(awkward: PdfReader) -> None:
    # Each is cut in several lines, of which none is longer than the paper is wide.
    lines = [line for one in awkward.pages for line in one.extract_text().splitlines()]
    assert max(len(line) for line in lines if "...." not in line) < 100  # leaders of the contents
    for piece in ("mot" * 60, "valeur" * 40, "x" * 150):
        assert piece in "".join(lines)


@here
def test_two_runs_give_the_same_bytes(root: Path, pdf: bytes) -> None:
    assert made(root) == pdf


@here
def test_a_sealed_pdf_is_on_the_page_of_the_letter(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    done = run(root, "sceller", MONTH, "--pdf")
    assert done.code == 0, done.said
    assert run(root, "construire").code == 0
    published = root / f"output/lettres/{MONTH}"
    assert (published / NAME).read_bytes() == (root / FOLDER / NAME).read_bytes()
    assert f'href="/lettres/{MONTH}/{NAME}">La lettre en PDF</a>' in (
        published / "index.html"
    ).read_text("utf-8")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ImportError("No module named 'weasyprint'"), "Le PDF demande WeasyPrint"),
        (OSError("cannot load library 'libpango'"), "Pango, que WeasyPrint ne trouve pas ici"),
    ],
)
def test_without_the_library_it_is_said_in_french(root: Path, error: Exception, words: str) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> ModuleType:
        if name == "weasyprint":
            raise error
        return real(name, *rest)

    site = read_site(root)
    with (
        patch.object(builtins, "__import__", without),
        pytest.raises(UnavailableError, match=words),
    ):
        compose(root, site, find_letter(site), with_pdf=True)
