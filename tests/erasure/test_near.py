"""What may name the person is told with the words to erase, which find it."""

from __future__ import annotations

import datetime

import pytest

from maille.erasure.near import Near, NearFinder
from maille.erasure.words import Eraser

DAY = datetime.date(2026, 11, 30)


def find(name: str, text: str, path: str = "a.md") -> list[Near]:
    return [*NearFinder(Eraser(name, DAY)).find(path, text)]


@pytest.mark.parametrize(
    ("name", "text", "typed"),
    [
        ("Hélène Grandsire", "écrire à hgrandsire@exemple.fr.", "hgrandsire@exemple.fr"),
        ("Hélène Grandsire", "[x](mailto:h.grandsire@x.fr?subject=a)", "h.grandsire@x.fr"),
        ("Hélène Grandsire", "courriel: GRANDSIRE.H@x.fr", "GRANDSIRE.H@x.fr"),
        ("Hélène Grandsire", "grandsireh@x.fr", "grandsireh@x.fr"),
        ("Hélène Grandsire", "helene.g@x.fr, heleneg@x.fr", "helene.g@x.fr"),
        ("Hélène Grandsire", "helene@grandsire.fr", "helene@grandsire.fr"),
        ("Hélène Grandsire", "hgrandsire [at] exemple.fr", "hgrandsire [at] exemple.fr"),
        ("Hélène Grandsire", "https://x.fr/in/hgrandsire?a=1", "x.fr/in/hgrandsire"),
        ("Hélène Grandsire", "![](/images/photo-h-grandsire.jpg)", "photo-h-grandsire"),
        ("Hélène Grandsire", "mme.grandsire75@x.fr", "mme.grandsire75@x.fr"),
        ("Hélène Grandsire", "h@site.grandsire.fr", "h@site.grandsire.fr"),
        ("Hélène Grandsire", "Mme Grandsire l'a dit", "Mme Grandsire"),
        ("Hélène Grandsire", "M. H. Grandsire", "H. Grandsire"),
        ("Hélène Grandsire", "**Mme** *Grandsire*", "Mme Grandsire"),
        ("Hélène Grandsire", "GRANDSIRE Luc", "GRANDSIRE Luc"),
        ("Hélène Grandsire", "les mots de Grandsire", "de Grandsire"),
        ("Hélène Grandsire", "selon l'Grandsire", "l'Grandsire"),
        ("Hélène Grandsire", "nom: Grandsire", "Grandsire"),
        ("Jean-Paul Noir", "jpnoir@x.fr", "jpnoir@x.fr"),
        ("Jean-Paul Noir", "j-p.noir@x.fr", "j-p.noir@x.fr"),
        ("Marie Le Goff", "mlegoff@x.fr", "mlegoff@x.fr"),
        ("Léa Bry", "lbry@x.fr", "lbry@x.fr"),
        ("Martin Dupont", "Luc Martin-Dupont", "Luc Martin-Dupont"),
        ("Martin Dupont", "MARTIN-DUPONT Luc", "MARTIN-DUPONT Luc"),
        ("Martin Dupont", "le cabinet Martin-Dupont", "cabinet Martin-Dupont"),
        ("Camille Exemple", "Camille EXEMPLE-LOU", "Camille EXEMPLE-LOU"),
        ("Camille Exemple", "Anne-Camille\nExemple", "Anne-Camille Exemple"),
    ],
)  # fmt: skip
def test_what_may_be_the_person_is_told_with_words_that_erase_it(
    name: str, text: str, typed: str
) -> None:
    first = find(name, text)[0]
    assert (first.line, first.typed) == (1, typed)
    eraser = Eraser(typed, DAY)
    assert eraser.count(text) == 1
    assert eraser.count(eraser.erase_markdown(text)) == 0
    assert first.words not in eraser.erase_markdown(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Hélène Grandsire", "un grandsire, hgrandsires@x.fr, helene@x.fr, agrandsire@x.fr"),
        ("Hélène Grandsire", "luc@grandsire.fr, https://x.fr/grandsire/, /images/grandsire.jpg"),
        ("Léa Bry", "M. Bry, abry@x.fr, https://x.fr/bry"),
        ("Luc Ange", "un lange, un l'ange"),
        ("Grandsire", "Mme Grandsire, hgrandsire@x.fr"),
        ("h.grandsire@x.coop", "Coop, Mme Grandsire"),
    ],
)
def test_other_words_and_addresses_are_not_told(name: str, text: str) -> None:
    assert [one.words for one in find(name, text)] == []


def test_the_path_of_a_file_is_told() -> None:
    path = "content/images/hgrandsire-2.jpg"
    assert find("Hélène Grandsire", "", path) == [Near(path, 0, path, "hgrandsire-2")]


def test_each_words_are_told_once_a_line() -> None:
    told = find("Léa Noir", "Mme Noir, Mme Noir et lnoir@x.fr\nMme Noir, M. Noir")
    assert [(one.line, one.typed) for one in told] == [
        (1, "Mme Noir"), (1, "lnoir@x.fr"), (2, "Mme Noir"), (2, "M. Noir"),
    ]  # fmt: skip


def test_it_is_linear_in_hostile_text() -> None:
    signs = "a" * 100_000 + "@" * 50_000 + "/x" * 50_000 + "h." * 50_000 + "-" * 50_000
    assert find("Hélène Grandsire", signs + " Mme" * 50_000 + "[at] " * 50_000) == []
    assert len(find("Hélène Grandsire", "Mme Grandsire\n" * 5_000)) == 5_000
