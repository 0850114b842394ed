"""A small site whose records are named by others, some of which leave or move."""

from __future__ import annotations

from pathlib import Path

from maille.publish.report import Report
from tests.building import CHECKED, SMALL, build

FILE = "content/adresses.toml"
LEFT = '"/projets/essai/" = {parti_le = 2026-11-20, nom = "Projet d\'essai"}\n'
# Two records that name the project « essai »: one in a key, the other in its text.
NAMING = {
    "content/evenements/autre.md": """\
---
titre: Autre rencontre
resume: Une rencontre inventée.
date: 2027-02-14
type: rencontre-annuelle
projets: [essai]
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
Avec le [projet](/projets/essai/?x=1).
""",
    "content/pages/une-page.md": """\
---
titre: Une page
resume: Ce qu'elle dit.
---
Voyez [Projet d'essai](https://essai.example/projets/essai/) et [sa fiche](/projets/essai/).
""",
}


def write_lines(root: Path, lines: str) -> None:
    """Write `content/adresses.toml`."""
    (root / FILE).write_text(lines, encoding="utf-8")


def add_naming_files(root: Path) -> Path:
    for path, text in NAMING.items():
        (root / path).write_text(text, encoding="utf-8")
    return root


def check(root: Path) -> Report:
    """Return the report of a build that writes nothing."""
    return build(root, root / "output", views=CHECKED, publish=False)


def list_told(root: Path) -> list[tuple[str, str, str]]:
    """Return the place, message and hint of each problem."""
    return [(one.place, one.message, one.hint) for one in check(root).problems]


def publish(root: Path) -> Path:
    """Build the site, which must have no problem; return the folder of the pages."""
    report = build(root, root / "output", views=SMALL)
    assert report.problems == ()
    return root / "output"
