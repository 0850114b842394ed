"""A small but whole site, all of it invented: nearly each kind, built in half a second.

For the tests that build again and again: killed, on a full disk, or with hostile files.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from maille.site.model import Site
from tests.building import SITE, build, copy_templates, rewrite

_SITE = """\
nom = "Réseau d'essai"
nom_court = "Essai"
accroche = "Qui relie les acteurs ?"
description = "Un réseau inventé pour les essais."
adresse = "https://essai.example/"
identifiant = "1b671a64-40d5-491e-99b0-da01ff1f3341"
fuseau = "Europe/Paris"
etat = "demonstration"
rubriques_des_lettres = ["Agenda"]

[[menu]]
titre = "Le réseau"
adresse = "/le-reseau/"
"""

FILES: Mapping[str, str] = {
    "content/vocabulaires/acteurs.yaml": """\
nom: Acteurs
adresse: /acteurs/
termes:
  - {cle: acteur-d-essai, nom: Acteur d'essai, resume: Un acteur inventé.}
""",
    "site.toml": _SITE,
    "catalysers/premier.md": """\
---
nom: Premier d'essai
profil: accompagnateur
pratiques: [accompagnements]
relation: cite
commune: Dijon
departement: "21"
territoires: ["21"]
resume: Un catalyseur inventé.
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
Il [relie](/projets/essai/) des gens.
""",
    "catalysers/second.md": """\
---
nom: Second d'essai
profil: accompagnateur
relation: cite
departement: "974"
territoires: ["974"]
resume: Un autre catalyseur inventé.
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
Un texte.
""",
    "catalysers/brouillon.md": """\
---
nom: Brouillon d'essai
brouillon: true
profil: accompagnateur
relation: cite
departement: "21"
territoires: ["21"]
resume: Une fiche qui attend.
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
Plus tard.
""",
    "catalysers/README.md": "Comment écrire une fiche.\n",
    "newsletters/2024-05.md": """\
---
mois: 2024-05
titre: Lettre d'essai
---
## Projet d'essai

Il avance.
""",
    "content/projets/essai.md": """\
---
nom: Projet d'essai
resume: Un projet inventé.
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
Son texte.
""",
    "content/actualites/nouvelle.md": """\
---
titre: Nouvelle d'essai
resume: Une nouvelle inventée.
date: 2024-05-02
acteur: acteur-d-essai
projets: [essai]
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
Du neuf.
""",
    "content/evenements/rencontre.md": """\
---
titre: Rencontre d'essai
resume: Une rencontre inventée.
date: 2027-01-14
heure: "18:30"
type: rencontre-annuelle
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
On s'y voit.
""",
    "content/pages/le-reseau.md": """\
---
titre: Le réseau d'essai
resume: Ce qu'il est.
---
## Une partie

De la prose.
""",
}


def write_small_site(folder: Path, *, templates: bool = True) -> Path:
    """Write the small site in `folder`, with the miniature's vocabularies.

    A site that is checked and never published needs no templates: most of its files.
    """
    shutil.copytree(SITE / "content/vocabulaires", folder / "content/vocabulaires")
    if templates:
        copy_templates(folder)
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def link_site(root: Path) -> Site:
    """Return the linked site of `root`; nothing is planned of it, rendered or written."""
    report = build(root, root / "output", views=(), publish=False)
    assert report.site, report.problems
    return report.site


def replace_in(path: Path, old: str, new: str) -> int:
    """Replace the first `old` of a file; return the line where it stands."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    rewrite(path, text.replace(old, new, 1))
    return text.count("\n", 0, text.index(old)) + 1
