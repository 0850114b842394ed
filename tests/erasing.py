"""A small site that names a person everywhere: in a sealed letter and all that went out with it."""

from __future__ import annotations

import shutil
from pathlib import Path

from maille.letters.seal import seal
from maille.site.sealed_letters import SUMS, format_sums
from tests.building import copy_templates, rewrite
from tests.sealing import FOLDER, edit_letter, find_letter, read_site, write_site
from tests.small_site import replace_in

NAME = "Amélie Exemple"
PDF = f"{FOLDER}/lettre-2026-11.pdf"
PERSON = """\
---
nom: Amélie Exemple
profil: accompagnateur
relation: cite
departement: "21"
territoires: ["21"]
courriel: amelie.exemple@exemple.fr
resume: Elle relie.
sources:
  - {titre: Un mot d'Amélie Exemple, date: 2023-04-13}
---
Un texte.
"""


def write_naming_site(folder: Path) -> Path:
    """Write the site of `tests.sealing`, which names the person, its letter sealed with a PDF."""
    root = write_site(folder)
    (root / "catalysers/amelie-exemple.md").write_text(PERSON, "utf-8")
    edit_letter(root, "Un mot d'abord.", "Un mot d'**Amélie**\nExemple.")
    edit_letter(root, "Il commence.", "Avec [elle](/catalyseurs/amelie-exemple/), il commence.")
    replace_in(
        root / "content/actualites/nouvelle.md", "Nouvelle d'essai", "Nouvelle d'AMELIE EXEMPLE"
    )
    replace_in(root / "content/evenements/rencontre.md", "Rencontre d'essai", "Voir Amélie Exemple")
    replace_in(
        root / "content/projets/essai.md", "Son texte.", "Voyez [A](mailto:amelie.exemple@x.fr)."
    )
    (root / "notes.txt").write_text("Am&eacute;lie&nbsp;Exemple, et Mme Exemple", "utf-8")
    site = read_site(root)
    done = seal(root, site, find_letter(site))
    assert not done.failed, done.problems
    (root / PDF).write_bytes(b"%PDF-1.7 un faux")
    kept = {p.name: p.read_bytes() for p in (root / FOLDER).iterdir() if p.name != SUMS}
    (root / FOLDER / SUMS).write_bytes(format_sums(kept))
    read_site(root)
    return root


def write_texts_alone(folder: Path) -> Path:
    """Write the same site without templates: nine tenths of what an erasure reads.

    A check needs none; a test that publishes brings them (`add_templates`).
    """
    root = write_naming_site(folder)
    shutil.rmtree(root / "templates")
    return root


def add_templates(root: Path) -> None:
    """Bring the templates, styles and scripts empty: an erasure reads what is published too."""
    copy_templates(root)
    for path in (root / "templates/assets").glob("*s/*.*s"):
        rewrite(path, "")
