"""A small site with a letter that goes out: its parts, a picture, a piece of news, an event."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maille.kinds.newsletter import Newsletter
from maille.letters.seal import seal
from maille.publish.report import Report
from maille.site.model import Site
from maille.views.letter_contents import LetterContents, collect_contents
from tests.building import CHECKED, build, copy_whole
from tests.pictures import draw_halves, encode
from tests.small_site import replace_in, write_small_site

MONTH = "2026-11"
LETTER = f"newsletters/{MONTH}.md"
FOLDER = f"newsletters/scelles/{MONTH}"
TEXT = f"""\
---
mois: {MONTH}
titre: Deux projets avancent
resume: Ce que l'on sait de deux projets.
publie_le: 2026-11-20
rubriques: [Agenda local]
actualites: [nouvelle]
evenements: [rencontre]
---
Un mot d'abord.

## Projet d'essai

Il [avance](/projets/essai/), avec une image : ![Deux moitiés](/images/moities.png)

## Atelier d'essai

Il commence.

## Agenda local

Rien de plus.
"""
WORKSHOP = """\
---
nom: Atelier d'essai
resume: Un atelier inventé.
publics: [associations]
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
"""


def write_site(folder: Path) -> Path:
    """Write the site in `folder`, its letter not sealed yet."""
    root = write_small_site(folder)
    (root / LETTER).write_text(TEXT, encoding="utf-8")
    (root / "content/projets/atelier.md").write_text(WORKSHOP, encoding="utf-8")
    (root / "content/images").mkdir()
    (root / "content/images/moities.png").write_bytes(encode(draw_halves(), "PNG"))
    return root


def make_copies(write: Callable[[Path], Path]) -> tuple[Any, Any]:
    """Return two fixtures: `before`, a site that `write` makes once a module, and its copy."""

    @pytest.fixture(scope="module")
    def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
        return write(tmp_path_factory.mktemp("avant") / "site")

    @pytest.fixture
    def root(before: Path, tmp_path: Path) -> Path:
        return copy_whole(before, tmp_path / "site")

    return before, root


def edit_letter(root: Path, old: str, new: str) -> None:
    """Write `new` in the place of the first `old` in the file of the letter."""
    replace_in(root / LETTER, old, new)


def check_site(root: Path) -> Report:
    return build(root, root / "output", views=CHECKED, publish=False)


def read_site(root: Path) -> Site:
    """Return the site, planned with the pages that its own texts lead to."""
    report = build(root, root / "output", views=("entries", "letters"), publish=False)
    assert not report.failed, report.problems
    assert report.site
    return report.site


def find_letter(site: Site) -> Newsletter:
    letter = site.find("newsletter", MONTH)
    assert isinstance(letter, Newsletter)
    return letter


def make_issue(site: Site) -> LetterContents:
    return collect_contents(site, find_letter(site))


def write_sealed_site(folder: Path) -> Path:
    """Write the site in `folder`, its letter sealed."""
    root = write_site(folder)
    site = read_site(root)
    done = seal(root, site, find_letter(site))
    assert not done.failed, done.problems
    return root
