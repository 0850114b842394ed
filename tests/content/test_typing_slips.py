"""Slips of the hand in lists, links and headings are told, and what looks like them is not."""

from __future__ import annotations

import pytest

from maille.content.markdown import Converter
from maille.content.typing_slips import check_typing
from maille.problems import Level

CONVERTER = Converter()


def told(text: str) -> list[tuple[int, str]]:
    """Return the line and the remedy of each problem of a body; all are warnings."""
    found = [*check_typing("a.md", CONVERTER.convert(text))]
    assert {one.level for one in found} <= {Level.WARNING}
    return [(one.line, one.hint) for one in found]


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("- Un.\n-R ien.\n- Trois.", 2, "écrivez - Rien."),
        ("* Un\n*P ommes de terre", 2, "écrivez - Pommes de terre"),
        ("-É té\n- Hiver", 1, "écrivez - Été"),
        ("##F êtes de rue\n\nTexte", 1, "écrivez ## Fêtes de rue"),
        ("Texte\n\n###V os projets", 3, "écrivez ### Vos projets"),
        ("- Un\n-- Deux\n- Trois", 2, "remplacez -- par -"),
        ("- Un\n-- **Deux** mots", 2, "remplacez -- par -"),
        ("-- Un\n- Deux", 1, "remplacez -- par -"),
        ("1. Un\n2.. Deux", 2, "remplacez .. par ."),
        ("- Un.\n Deux.\n- Trois.", 2, "écrivez-le devant « Deux. », au bord gauche"),
        (
            "- Un !\n **Deux** et la suite.",
            2,
            "écrivez-le devant « **Deux** et la », au bord gauche",
        ),
        ("## Un\n## Un\n\nTexte.", 2, "effacez cette ligne"),
        ("> 18 ans : 10 €", 1, "écrivez « \\> 18 ans : 10 € »"),
        ("Tarifs :\n> 60 ans : 5 €\n< 60 ans : 8 €", 2, "écrivez « \\> 60 ans : 5 € »"),
        ("Pour les\n\n>1 200 habitants, rien.", 3, "écrivez « \\> 1 200 habitants, rien. »"),
        ("+ 33 6 12 34 56 78", 1, "écrivez « +33 6 12 34 56 78 »"),
        ("+ de 100 personnes", 1, "écrivez « \\+ de 100 personnes »"),
        ("Texte.\n\n+ d'infos au 3", 3, "écrivez « \\+ d'infos au 3 »"),
        ("- 5 °C ce matin", 1, "écrivez « -5 °C ce matin »"),
        ("- 2,5 degrés de moins", 1, "écrivez « -2,5 degrés de moins »"),
        ("2019. Une année à part", 1, "écrivez « 2019\\. Une année à part »"),
        ("Rendez-vous samedi.\n---", 2, "laissez une ligne vide au-dessus d'elle"),
        ("Un texte,\n------\n\nSuite", 2, "laissez une ligne vide au-dessus d'elle"),
        ("Rendez-vous\n-\n\nSuite", 2, "effacez cette ligne"),
        ("Texte.\n\nUn mot\n--", 4, "effacez cette ligne"),
        ("Texte.\n\n### Un\n\n### Un\n\nTexte.", 5, "effacez cette ligne"),
    ],
)
def test_a_slip_is_told_with_what_to_type(text: str, line: int, hint: str) -> None:
    assert told(text) == [(line, hint)]


@pytest.mark.parametrize(
    "text",
    [
        "- Un\n-À deux\n- Trois",  # a word of one letter
        "- Un\n-L idée\n- Trois",  # perhaps an apostrophe is missing
        "-R ien",  # in no list
        "## F êtes",
        "##L es lieux",  # perhaps an apostrophe is missing
        "##À venir",
        "Un mot.\n\n-- Son auteur",
        "- Un.\n-M Martin",
        "- Une phrase.\nUne autre, à la ligne.",  # a long item on several lines
        "- Une phrase.\n  Une autre, sous la première.",
        "- Une phrase qui va\n Jusqu'ici.",
        "- Un.\n Deux,\nsur trois lignes.",
        "- Un.\n\n Deux.",
        "## Un\n\nTexte.\n\n## Un\n\nTexte.",  # twice, each with its text
        "## Un\n\n### Un\n\nTexte.",
        "> Une citation.\n> 12 mai 2024",
        "> 18 ans, c'est l'âge des choix.\n> Et de 20 ans aussi.",
        "> 1984 est un livre.",
        "+ Un\n+ de 100 personnes",
        "- 5 € le plein tarif\n- 3 € le tarif réduit",
        "- 5 € le plein tarif\n\n- 3 € le tarif réduit",
        "- 10 ateliers",
        "Tarif :\n\n- 10 € par personne",
        "1. Un\n2. Deux",
        "2019. Un\n2020. Deux",
        "Le titre\n---",
        "Qui sommes-nous ?\n---",
        "Un texte.\n\n---\n\nSuite.",
        "Un texte,\nsur deux lignes.\n---",
        "    - Un.\n    -R ien.",  # code
    ],
)
def test_what_may_be_meant_is_not_told(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("link", "right"),
    [
        ("V[erger](/projets/verger/)", "[Verger](/projets/verger/)"),
        ("É[cole du bois](https://exemple.fr/)", "[École du bois](https://exemple.fr/)"),
        ("[Verger](/projets/verger)/", "[Verger](/projets/verger/)"),
        ("[les projets](/projets)/", "[les projets](/projets/)"),
        ("[[Verger](/projets/verger/)", "[Verger](/projets/verger/)"),
        ("[[un titre](#suite)", "[un titre](#suite)"),
    ],
)
def test_a_link_that_leaves_a_sign_or_a_letter_over_is_told(link: str, right: str) -> None:
    ((line, hint),) = told(f"Un.\n\nVoir {link}.")
    assert (line, hint) == (3, f"remplacez {link} par {right}")


@pytest.mark.parametrize(
    "text",
    [
        "l'[école](/ecole/), L'[école](/ecole/) et d'A [à Z](/z/)",
        "[FR](/fr)/[EN](/en)",
        "[FR](/fr)/ [EN](/en)",
        "[voir [un mot](/un/) ici]",
        "[[un mot](/un/)]",
        "[Un](/un/) / [deux](/deux/)",
        "[Un](/un/)/deux",
    ],
)
def test_signs_around_a_link_that_may_be_meant_are_left_alone(text: str) -> None:
    assert told(text) == []
