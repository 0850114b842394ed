from __future__ import annotations

from pathlib import Path

import pytest

from maille.letters.draft import compose_draft, write_draft
from maille.problems import Level
from maille.text.dates import PartialDate, read_partial_date
from maille.text.letter_names import LetterName
from tests.sealing import check_site, read_site
from tests.small_site import write_small_site

MAY, JUNE, DECEMBER = PartialDate(2024, 5), PartialDate(2024, 6), PartialDate(2026, 12)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_site(tmp_path / "site")


def project(root: Path, slug: str, name: str, more: str = "") -> None:
    text = f'---\nnom: "{name}"\nresume: Inventé.\nsources: [{{titre: S}}]\n{more}---\nTexte.\n'
    (root / f"content/projets/{slug}.md").write_text(text, encoding="utf-8")


def letter(root: Path, month: str, body: str) -> None:
    text = f"---\nmois: {month}\ntitre: Lettre\n---\n{body}\n"
    (root / f"newsletters/{month}.md").write_text(text, encoding="utf-8")


def parts(text: str) -> list[str]:
    return [line[3:] for line in text.split("\n") if line.startswith("## ")]


def test_the_header_holds_the_news_and_the_dates_of_the_month(root: Path) -> None:
    site = read_site(root)
    assert "actualites:\n  - nouvelle  # Nouvelle d'essai\n" in compose_draft(site, MAY)
    assert "evenements:\n  - rencontre  # Rencontre d'essai\n" in compose_draft(site, DECEMBER)
    assert "actualites: []\n" in compose_draft(site, DECEMBER)
    assert "evenements: []\n" in compose_draft(site, PartialDate(2027, 2))
    assert "evenements: []\n" in compose_draft(site, PartialDate(2026, 11))


def test_a_cancelled_event_is_not_announced(root: Path) -> None:
    event = root / "content/evenements/rencontre.md"
    words = "statut: annule\nmise_a_jour: 2026-11-02\ntype:"
    event.write_text(event.read_text("utf-8").replace("type:", words), "utf-8")
    assert "evenements: []\n" in compose_draft(read_site(root), DECEMBER)


def test_each_active_project_has_its_last_news_and_what_was_announced(root: Path) -> None:
    promise = "annonces: [{texte: Une visite, date: 2024-09}, {texte: Un bilan, suite: Fait.}]\n"
    project(root, "autre", "Autre projet", promise)
    text = compose_draft(read_site(root), JUNE)
    assert parts(text) == ["Projet d'essai", "Autre projet"]
    assert "<!-- Dernière nouvelle : mai 2024, le mois dernier.\n\nIl avance.\n" in text
    assert "<!-- Aucune lettre n'en a encore parlé.\n" in text
    assert "Annoncé (septembre 2024), suite non connue : Une visite\n" in text
    assert "Un bilan" not in text


def test_who_has_been_silent_for_long_is_only_named(root: Path) -> None:
    project(root, "autre", "Autre projet")
    assert parts(compose_draft(read_site(root), PartialDate(2026, 5))) == ["Projet d'essai"]
    text = compose_draft(read_site(root), PartialDate(2026, 6))
    assert parts(text) == []
    assert "\n- Projet d'essai\n- Autre projet\n-->" in text


def test_a_daily_letter_names_the_silent_once_a_month(root: Path) -> None:
    lists = "nom: L\ntermes: [{cle: jour, nom: J, rythme: jour}]\n"
    (root / "content/vocabulaires/listes.yaml").write_text(lists, encoding="utf-8")
    (root / "newsletters/2024-05.md").unlink()
    for day in ("2026-09-30", "2026-10-01"):
        path = write_draft(root, read_site(root), LetterName("", read_partial_date(day)))
        text = (root / path).read_text("utf-8")
        assert "- Projet d'essai\n-->" in text
        (root / path).write_text(text.replace("brouillon: oui", "# "), encoding="utf-8")
    site = read_site(root)
    daily = site.lists[0]
    assert "Projet" not in compose_draft(site, read_partial_date("2026-10-02"), daily)
    assert "Projet" in compose_draft(site, read_partial_date("2026-11-02"), daily)


def test_projects_come_in_the_order_of_the_latest_letters(root: Path) -> None:
    for name in ("A", "B", "C"):
        project(root, name.lower(), name)
    letter(root, "2024-06", "## C\n\nc\n\n## A\n\na")
    letter(root, "2024-07", "## B\n\nb")
    text = compose_draft(read_site(root), PartialDate(2024, 8))
    assert parts(text) == ["B", "C", "A", "Projet d'essai"]


def test_the_file_is_a_letter_that_stops_nothing(root: Path) -> None:
    project(root, "piege", "Piège", 'annonces: [{texte: "a --> b", date: 2024-06}]\n')
    letter(root, "2024-06", "## Piège\n\n- > c --> d\n\n## Projet d'essai\n\n[lien](/le-reseau/)")
    site = read_site(root)
    assert write_draft(root, site, LetterName("", PartialDate(2024, 7))) == "newsletters/2024-07.md"
    report = check_site(root)
    told = [one for one in report.problems if one.path == "newsletters/2024-07.md"]
    assert {one.level for one in told} == {Level.WARNING}
    assert [one.message for one in told] == [
        "la partie « Piège » est vide",
        "la partie « Projet d'essai » est vide",
    ]
    assert "newsletters/2024-07.md" in {held.path for held in report.held}


def test_a_letter_that_is_there_is_never_touched(root: Path) -> None:
    before = (root / "newsletters/2024-05.md").read_bytes()
    with pytest.raises(FileExistsError):
        write_draft(root, read_site(root), LetterName("", MAY))
    assert (root / "newsletters/2024-05.md").read_bytes() == before
