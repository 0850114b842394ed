from __future__ import annotations

import pytest

from maille import kinds
from maille.content.folders import (
    explain_ignored,
    find_owner,
    is_image,
    is_sealed,
    list_folders,
    strip_marks,
)

KINDS = kinds.load(("vocabulaire", "catalyser", "projet", "newsletter", "page"))


def test_the_kind_of_a_path() -> None:
    catalyser = find_owner("catalysers/exemples/a.md", KINDS)
    assert catalyser
    assert catalyser.name == "catalyser"
    assert find_owner("catalysers2/a.md", KINDS) is None


def test_the_top_folders_are_those_of_the_kinds_and_of_images() -> None:
    assert list_folders(KINDS) == ["catalysers", "content", "newsletters"]
    assert list_folders(()) == ["content"]


@pytest.mark.parametrize(
    "stem",
    [
        *("fiche", "fiche.md", "fiche.md.md", "fiche.docx", "fiche.txt", "fiche (1)", "fiche(2)"),
        *("fiche - Copie", "Copie de fiche", "fiche copy", "fiche - Copie (2)"),
    ],
)
def test_the_marks_of_a_copy_and_a_second_suffix_are_no_part_of_a_name(stem: str) -> None:
    assert strip_marks(stem) == "fiche"


@pytest.mark.parametrize("stem", ["fiche-2", "acte 2", "a.b", "(1)", ".md", "", "loi (2005) a"])
def test_a_name_without_such_marks_stays(stem: str) -> None:
    assert strip_marks(stem) == stem


def test_images_and_sealed_letters_have_their_folders() -> None:
    assert is_image("content/images/2024/a.jpg")
    assert not is_image("content/images2/a.jpg")
    assert is_sealed("newsletters/scelles/2024-05/a.html", KINDS)
    assert not is_sealed("newsletters/2024-05.md", KINDS)
    assert not is_sealed("catalysers/scelles/a.md", KINDS)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("catalysers/README.md", "mode d'emploi"),
        ("newsletters/readme.md", "mode d'emploi"),
        ("newsletters/LISEZMOI.md", "mode d'emploi"),
        ("catalysers/_modele.md", "modèle à copier"),
        ("content/vocabulaires/_modele.yaml", "modèle à copier"),
        ("catalysers/_a.md", "seul _modele.md est un modèle"),
        ("catalysers/.DS_Store", "logiciel"),
        ("catalysers/~$a.docx", "logiciel"),
        ("catalysers/a.md~", "logiciel"),
        ("catalysers/.a.md.swp", "logiciel"),
        ("catalysers/a.bak", "logiciel"),
        ("catalysers/a.txt", "pas un fichier .md"),
        ("catalysers/a.MD", "pas un fichier .md"),
        ("content/vocabulaires/a.md", "pas un fichier .yaml"),
        ("content/a.md", "d'aucun type"),
        ("content/autre/a.md", "d'aucun type"),
        ("content/pages2/a.md", "d'aucun type"),
    ],
)
def test_what_is_no_content_has_its_reason(path: str, words: str) -> None:
    assert words in explain_ignored(path, KINDS)


@pytest.mark.parametrize(
    "path", ["catalysers/a.md", "content/images/_a.jpg", "newsletters/scelles/2024-05/a.txt"]
)
def test_content_is_not_ignored(path: str) -> None:
    assert explain_ignored(path, KINDS) == ""
