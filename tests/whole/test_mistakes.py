"""Twenty-five mistakes, each in a file of its own, all told by one run of the command.

The files are right at first, and the site that they make is published: what is told afterwards is
the mistake alone, and the published folder stays as it was to the last byte.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

from tests import command
from tests.building import WITHOUT_COMMUNES, build, copy_site

RECORD = """\
---
nom: {name}
relation: cite
commune: Amiens
departement: "80"
pratiques: [accompagnements]
resume: Une fiche d'essai.
sources:
  - titre: Un document d'essai
    date: 2024-05-03
---
Un paragraphe, avec [un lien](/le-reseau/).

## Une partie

Un autre paragraphe.
"""
PROJECT = """\
---
nom: {name}
resume: Un projet d'essai.
sources:
  - {{titre: Un document d'essai, url: https://essai.example/}}
---
Un paragraphe, avec [un lien](#une-partie).

## Une partie

Un autre paragraphe.
"""
NEWS = """\
---
titre: {name}
resume: Une nouvelle d'essai.
date: 2024-05-03
acteur: le-roseau
projets: [essai-ancre]
sources:
  - titre: Un document d'essai
---
Un paragraphe.
"""
EVENT = """\
---
titre: {name}
resume: Un événement d'essai.
date: 2023-02-28
type: comite
sources:
  - titre: Un document d'essai
---
Un paragraphe.
"""
LETTER = """\
---
mois: 2019-01
titre: Une lettre d'essai
---
## Agenda

Un paragraphe, avec [un lien](https://essai.example/).
"""


def drawing(width: int, height: int) -> bytes:
    """A PNG of one colour and one bit a pixel: large in pixels, small in bytes."""
    file = io.BytesIO()
    PIL.Image.new("1", (width, height)).save(file, "PNG", optimize=True)
    return file.getvalue()


FORMS = {"catalysers": RECORD, "projets": PROJECT, "actualites": NEWS, "evenements": EVENT}


@dataclass(frozen=True)
class Mistake:
    """A file, right then wrong, and what must be told of it.

    `line` and `column` are those of the wrong file; the words must be part of cause and hint.
    """

    path: str
    right: bytes
    wrong: bytes
    line: int
    column: int
    cause: str
    hint: str


def mistake(  # noqa: PLR0917 - the columns of a table
    path: str, old: str, new: str, at: tuple[int, int], cause: str, hint: str, code: str = "utf-8"
) -> Mistake:
    """Return the mistake that writes `new` in place of the first `old` (or of all) of a file."""
    folder, _, file = path.removeprefix("content/").rpartition("/")
    name = "Essai de " + file.removesuffix(".md").removeprefix("essai-").replace("-", " ")
    right = FORMS.get(folder, LETTER).format(name=name)
    assert old in right, path
    wrong = right.replace(old, new, 1) if old else new
    return Mistake(path, right.encode(), wrong.encode(code), *at, cause, hint)


HEADER = (
    mistake(
        "catalysers/essai-sans-en-tete.md", "---\nnom", "nom", (1, 1),
        "l'en-tête manque", "mettez une ligne --- avant la première clé",
    ),
    mistake(
        "catalysers/essai-en-tete-ouvert.md", "03\n---\n", "03\n", (1, 1),
        "n'est pas fermé", "ajoutez une ligne --- après la dernière clé",
    ),
    mistake(
        "catalysers/essai-cle-double.md", "commune:", "nom: Autre\ncommune:", (4, 1),
        "« nom » est déjà écrite à la ligne 2", "gardez une seule des deux lignes",
    ),
    mistake(
        "catalysers/essai-tabulation.md", "    date:", "\tdate:", (10, 1),
        "une tabulation décale cette ligne", "commencez sa ligne par 4 espaces",
    ),
    mistake(
        "catalysers/essai-decalage.md", "    date:", " date:", (10, 2),
        "n'est pas alignée sur ses voisines", "si elle est de la liste au-dessus, par 4 espaces",
    ),
    mistake(
        "catalysers/essai-guillemet.md", '"80"', '"80', (5, 14),
        "un guillemet est ouvert ici et jamais refermé", 'écrivez « departement: "80" »',
    ),
    mistake(
        "catalysers/essai-crochet.md", "ments]", "ments", (6, 12),
        "un crochet [ est ouvert ici et jamais refermé", "écrivez « pratiques: [accompagnements] »",
    ),
    mistake(
        "catalysers/essai-deux-points.md", "resume: Une", "resume:Une", (7, 1),
        "n'a pas de deux-points suivi d'une espace", "« resume: Une fiche d'essai. »",
    ),
    mistake(
        "catalysers/essai-renvoi.md", "cite", "*cite", (3, 11),
        "« *cite » est un renvoi YAML", "mettez la valeur entre guillemets",
    ),
    mistake(
        "content/projets/essai-conflit.md", "resume:", "<<<<<<< HEAD\nresume:", (3, 1),
        "deux versions de ce fichier se contredisent", "effacez cette ligne",
    ),
    mistake(
        "content/projets/essai-profond.md", "resume:", f"porteurs: {'[' * 17}a{']' * 17}\nresume:",
        (3, 27), "plus de 16 niveaux imbriqués", "écrivez « porteurs: [a] »",
    ),
    mistake(
        "content/actualites/essai-sans-cles.md", "", "---\n- titre\n- resume\n---\nTexte\n", (2, 1),
        "n'est pas une suite de lignes « clé: valeur »", "écrivez par exemple « nom: ",
    ),
)  # fmt: skip

VALUES_AND_BODIES = (
    mistake(
        "catalysers/essai-vocabulaire.md", "[accompagnements]", "[acompagnement]", (6, 13),
        "« acompagnement » n'est pas dans la liste « pratiques »", "écrivez « accompagnements »",
    ),
    mistake(
        "catalysers/essai-cle-inconnue.md", "commune:", "comune:", (4, 1),
        "la clé « comune » n'existe pas ici", "vouliez-vous dire « commune » ?",
    ),
    mistake(
        "content/evenements/essai-cle-vide.md", "type: comite", "type:", (5, 6),
        "la clé « type » est vide", "écrivez « type: … »",
    ),
    mistake(
        "content/actualites/essai-projet-inconnu.md", "[essai-ancre]", "[essai-encre]", (6, 11),
        "aucune fiche ne s'appelle « essai-encre »", "vouliez-vous dire « essai-ancre »",
    ),
    mistake(
        "catalysers/essai-meme-nom.md", "Essai de meme nom", "Essai de lien script", (2, 6),
        "à Amiens, « Essai de lien script » a déjà une fiche : catalysers/essai-lien-script.md",
        "gardez une seule des deux fiches",
    ),
    mistake(
        "content/actualites/essai-html.md", "Un paragraphe.", "Un retour<br>à la ligne.", (10, 10),
        "« <br> » est du HTML, qui n'est pas admis", "remplacez « <br> » par « \\ »",
    ),
    mistake(
        "catalysers/essai-lien-script.md", "/le-reseau/", "javascript:alert(1)", (12, 31),
        "« javascript:alert(1) » n'est pas une adresse admise", "par un lien",
    ),
    mistake(
        "newsletters/2019-01.md", "https://essai.example/", "/catalyseurs/essai-introuvable/",
        (7, 31), "ne mène à aucune page du site", "",
    ),
    mistake(
        "content/projets/essai-ancre.md", "#une-partie", "#une-patrie", (7, 31),
        "vise un titre qui n'existe pas", "vouliez-vous dire « #une-partie » ?",
    ),
    mistake(
        "content/evenements/essai-date.md", "2023-02-28", "2023-02-29", (4, 7),
        "février 2023 a 28 jours", "en année-mois-jour (2024-07-08)",
    ),
    mistake(
        "catalysers/essai-encodage.md", "Une fiche d'essai.", "Une fiche protégée.", (7, 23),
        "il semble l'être en Windows-1252", "l'encodage UTF-8", code="cp1252",
    ),
)  # fmt: skip
SHOWN = NEWS.replace("Un paragraphe.", "![Un essai](/images/essai.png)")
IMAGES = (
    Mistake(
        "content/actualites/essai-sans-alternative.md",
        SHOWN.format(name="Essai d'image").encode(),
        SHOWN.format(name="Essai d'image").replace("![Un essai]", "![]").encode(),
        10, 1, "cette image n'a pas d'alternative", "écrivez ![…](/images/essai.png)",
    ),
    Mistake(
        "content/images/essai.png", drawing(800, 600), drawing(8000, 6000),
        0, 0, "cette image a 8000 × 6000 pixels", "réduisez-la",
    ),
)  # fmt: skip
MISTAKES = (*HEADER, *VALUES_AND_BODIES, *IMAGES)


def write(site: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_bytes(data)


def snapshot(folder: Path) -> Mapping[str, tuple[bytes, int]]:
    """Every file below a folder: its bytes and its modification time."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True)
class Run:
    """What one run said of the mistakes, to a machine and to a person, and what it left."""

    code: int
    problems: list[dict[str, Any]]
    text: str
    untouched: bool


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    site = copy_site(tmp_path_factory.mktemp("fautes") / "site")
    write(site, {one.path: one.right for one in MISTAKES})
    assert build(site, site / "output", views=WITHOUT_COMMUNES).problems == ()
    before = snapshot(site / "output")
    assert "catalyseurs/essai-meme-nom/index.html" in before
    write(site, {one.path: one.wrong for one in MISTAKES})
    text, data = (command.run(site, *how, shown=WITHOUT_COMMUNES) for how in ((), ("--json",)))
    assert text.code == data.code
    untouched = snapshot(site / "output") == before
    return Run(text.code, json.loads(data.said)["problems"], text.said, untouched)


def test_the_mistakes_are_each_in_a_file_of_its_own() -> None:
    assert len(HEADER) == 12
    assert len({one.path for one in MISTAKES}) == len(MISTAKES) == 25


def test_the_run_fails_and_leaves_the_published_folder_as_it_was(run: Run) -> None:
    assert run.code == 1
    assert run.untouched
    assert f"{len(MISTAKES)} choses sont à corriger ; rien n'a été écrit" in run.text
    assert "Traceback" not in run.text


def test_each_mistake_is_told_once_and_nothing_else_is(run: Run) -> None:
    assert paths(run.problems) == sorted(one.path for one in MISTAKES)


def paths(problems: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted(problem["path"] for problem in problems)


@pytest.mark.parametrize("one", MISTAKES, ids=lambda one: one.path)
def test_a_mistake_is_told_at_its_place_with_what_to_type(run: Run, one: Mistake) -> None:
    [problem] = [problem for problem in run.problems if problem["path"] == one.path]
    assert (problem["line"], problem["column"]) == (one.line, one.column)
    assert one.cause in problem["message"]
    assert one.hint in problem["hint"]
    assert problem["level"] == "erreur"
    place = ":".join(str(part) for part in (one.path, one.line, one.column) if part)
    assert f"{place}  {problem['message']}\n    → {problem['hint']}\n" in run.text
