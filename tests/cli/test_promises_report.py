"""`verifier --promesses`: what was announced, where, and the later letter on the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.cli.promises_report import format_promises, list_pending
from tests.command import run
from tests.small_site import link_site, replace_in, write_small_site

ANNOUNCED = """\
annonces:
  - {texte: Ouvrir la salle., date: 2024-06}
  - {texte: Choisir un nom.}
  - {texte: Peindre., date: 2024-05, suite: C'est peint.}
sources:
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with three announcements, one of them with its outcome, and two letters on it."""
    root = write_small_site(tmp_path / "site")
    replace_in(root / "content/projets/essai.md", "sources:\n", ANNOUNCED)
    first = root / "newsletters/2024-05.md"
    replace_in(first, "Il avance.", "Il avance. Prochaine étape : ouvrir.")
    later = first.read_text("utf-8").replace("2024-05", "2024-09").replace("Prochaine étape", "But")
    (root / "newsletters/2024-09.md").write_text(later, encoding="utf-8")
    return root


def test_what_has_no_outcome_is_told_with_its_line_and_the_later_letter(root: Path) -> None:
    found = {one.words: one for one in list_pending(link_site(root))}
    assert [*found] == [
        "Projet d'essai : Ouvrir la salle.",
        "Projet d'essai : Choisir un nom.",
        "Projet d'essai : Prochaine étape : ouvrir.",
    ]
    opened, named, promised = found.values()
    assert (opened.path, opened.line) == ("content/projets/essai.md", 5)
    assert (promised.path, promised.line) == ("newsletters/2024-05.md", 7)
    later = [one.later and one.later.letter.slug for one in (opened, named, promised)]
    assert later == ["2024-09", None, "2024-09"]


def test_the_command_prints_a_table_whose_columns_are_in_line(root: Path) -> None:
    done = run(root, "verifier", "--promesses")
    assert done.code == 0, done.said
    table = done.said.partition("3 annonces sans suite connue, au 21 novembre 2026.\n")[2]
    titles, opened, *others = table.splitlines()[2:]
    assert opened.split("  ")[0] == "juin 2024"
    assert len(others) == 2
    for title in ("Reparlé en", "Où", "Quoi"):
        at = titles.index(title)
        assert all(line[at - 1] == " " != line[at] for line in (opened, *others)), title
    assert opened[titles.index("Reparlé en") :].startswith("septembre 2024")


def test_nothing_pending_is_one_sentence(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    assert [*format_promises(link_site(root))] == ["Tout ce qui a été annoncé a une suite connue."]
