"""A small site whose records are exported: a full one, drafts, an example."""

from __future__ import annotations

from pathlib import Path

from maille.kinds.catalyser import KIND
from maille.site.model import Site
from tests.building import build
from tests.small_site import write_small_site

FULL = """\
---
nom: "=Le Relais"
autres_noms: ["@relais", 'Le "Relais"']   # gardé
identifiant: "0042"
profil: Accompagnateur
pratiques: [accompagnements, gestion-d-un-lieu]
relation: cite
commune: Bourg-en-Bresse
departement: "01"
code_postal: 01000
adresse: 1, rue de l'Essai
latitude: 46.20
longitude: 5.220
territoires: ["01", auvergne-rhone-alpes]
site: https://exemple.fr/
courriel: contact@exemple.fr
telephone: 04.74.00.00.00
resume: "Un lieu inventé ; l'été, il relie « des » gens."
mise_a_jour: 2026-11-12
verifie_le: 2026-11-12
personnes:
  - {nom: Camille Exemple, fonction: Présidence, date: 2026}
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
Le texte *garde* ses signes.
"""
UNFINISHED = """\
---
nom: Sans résumé
brouillon: oui  # résumé à écrire
relation: cite
commune: Dijon
departement: "21"
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
"""
EXAMPLE = """\
---
nom: Invention
exemple: oui
commune: Dijon
departement: "21"
resume: Une fiche inventée.
---
"""
RECORDS = {"relais": FULL, "sans-resume": UNFINISHED, "exemples/invention": EXAMPLE}


def write_exported_site(root: Path) -> Path:
    """Write the small site with these records besides its own."""
    write_small_site(root)
    for name, text in RECORDS.items():
        path = root / KIND.folder / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def read_site(root: Path) -> Site:
    """Return the site of a folder, without its pages: so its links are not checked."""
    report = build(root, root / "output", views=(), publish=False)
    assert report.site, report.problems
    return report.site
