"""`verifier --rapport`: its lines, and the records that may be one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from maille.cli.quality_report import format_quality, list_twins
from tests.building import open_site
from tests.command import run
from tests.small_site import FILES, link_site, write_small_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site where one record is there twice, under a longer name and with the same e-mail."""
    root = write_small_site(tmp_path / "site")
    first = FILES["catalysers/premier.md"].replace("nom:", "courriel: essai@example.org\nnom:", 1)
    (root / "catalysers/premier.md").write_text(first, encoding="utf-8")
    twin = first.replace("Premier d'essai", "Association Premier de l'essai")
    (root / "catalysers/encore.md").write_text(twin, encoding="utf-8")
    return root


def test_records_that_may_be_one_are_told_with_why(root: Path) -> None:
    (found,) = list_twins(link_site(root))
    assert {found.one.slug, found.other.slug} == {"premier", "encore"}
    assert {"même nom", "même courriel", "même commune"} <= {*found.reasons}


def test_the_command_prints_the_report_after_what_it_finds(root: Path) -> None:
    done = run(root, "verifier", "--rapport")
    assert done.code == 0, done.said
    before, title, report = done.said.partition("Rapport du 21 novembre 2026 sur 3 fiches")
    assert "Tout est en ordre" in before and title
    assert "En tout (3 fiches)\n" in report
    assert "  jamais relue : 3\n" in report
    assert "La Réunion (1 fiche)\n" in report
    assert "  jamais relue : second\n" in report
    assert "catalysers/encore.md et catalysers/premier.md : " in report
    assert "n'envoyez rien avant de l'ouvrir" in report
    assert "  3 messages, dont 1 sans contact connu : .imports/relectures.csv\n" in report
    assert report.endswith("ajoutez à la fiche : relecture_demandee_le: 2026-11-21\n")
    lines = (root / ".imports/relectures.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == '"Structure";"Fiche";"Contact";"Message"'
    assert [line.split(";")[2] for line in lines[1:]] == ['"essai@example.org"'] * 2 + ['""']
    assert '"catalysers/second.md";"";"Bonjour, la page' in lines[3]


def test_whoever_was_asked_is_only_counted(root: Path) -> None:
    for path in (root / "catalysers").glob("[eps]*.md"):
        text = path.read_text("utf-8").replace("nom:", "relecture_demandee_le: 2026-06-01\nnom:", 1)
        path.write_text(text, encoding="utf-8")
    open_site(root)
    report = "\n".join(format_quality(link_site(root)))
    assert "3 ont relu leur page, ou en ont été priées, il y a moins d'un an" in report
    assert "message" not in report
    assert "démonstration" not in report


def test_without_the_library_it_says_what_to_install(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "maille.imports.likeness", None)
    report = "\n".join(format_quality(link_site(root)))
    assert "pip install maille[tableur]" in report
    assert "À envoyer aux structures" in report
