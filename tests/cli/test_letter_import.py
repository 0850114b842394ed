"""`nouveau lettre … --depuis FICHIER`: what is written, what is said, and what is never touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.cli.arguments import GOOD, USAGE, Arguments
from maille.cli.letter_commands import write_new_letter
from maille.cli.letter_import import describe_import
from maille.imports.letter_draft import LetterImport
from maille.site.model import Site
from tests.sealing import check_site, read_site
from tests.small_site import write_small_site


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_site(tmp_path_factory.mktemp("import") / "site")


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return read_site(root)


def ask(root: Path, site: Site, name: str, source: Path) -> int:
    made = Arguments("nouveau", root=root, kind="lettre", letter=name, source=str(source))
    return write_new_letter(made, site)


def test_a_draft_is_written_that_needs_no_correction(
    root: Path, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "juin.html"
    page.write_text("<h2>PROJET D'ESSAI</h2><p>Neuf.</p><h2>Divers</h2><p>Rien.</p>", "utf-8")
    assert ask(root, site, "2024-06", page) == GOOD
    told = capsys.readouterr().out
    assert told.startswith("newsletters/2024-06.md est écrite, en brouillon.\n")
    assert "Projets reconnus (1) : Projet d'essai." in told
    assert "  « Divers »\n" in told
    assert told.endswith("Relisez-la : python build.py relire 2024-06\n")
    text = (root / "newsletters/2024-06.md").read_text("utf-8")
    assert "brouillon: oui" in text
    assert "mois: 2024-06\n" in text
    assert not [one for one in check_site(root).problems if one.path.endswith("2024-06.md")]
    page.write_text("<p>Autre</p>", "utf-8")
    assert ask(root, site, "2024-06", page) == USAGE
    assert (root / "newsletters/2024-06.md").read_text("utf-8") == text


def test_what_cannot_be_done_is_told(
    root: Path, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(root, site, "2024-07", tmp_path / "nulle-part.html") == USAGE
    assert "n'est pas un fichier : donnez la lettre" in capsys.readouterr().err
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    assert ask(root, site, "2024-07", tmp_path / "a.pdf") == USAGE
    assert "enregistrez la page en .html" in capsys.readouterr().err
    (tmp_path / "a.html").write_text("<p>x</p>", "utf-8")
    assert ask(root, site, "elus-2024-S07", tmp_path / "a.html") == USAGE
    assert "« elus », au début du nom du fichier" in capsys.readouterr().err


def test_the_report_says_all_that_was_changed() -> None:
    made = LetterImport(
        renamed={"Fournil": "Four"},
        others={"Jardins": "Jardin"},
        empty=["Fin"],
        removed=["x" * 80],
        unlinked=["la page (../page/)"],
        pixels=2,
        cleaned=3,
        to_check=[(9, "image")],
    )
    told = "\n".join(describe_import(made, "newsletters/2024-06.md", "2024-06"))
    for words in (
        "  « Fournil » s'écrit Four\n",
        "  « Jardins » : est-ce Jardin ? Écrivez alors ## Jardin\n",
        "Titres sans texte, laissés de côté (1) :\n  Fin\n",
        f"  {'x' * 60}…\n",
        "dont il ne reste que le texte (1) :\n  la page (../page/)\n",
        "Images invisibles, laissées de côté : 2.\n",
        "Liens débarrassés de ce qui suit les lecteurs : 3.\n",
        "  newsletters/2024-06.md:9 : image\n",
    ):
        assert words in told
