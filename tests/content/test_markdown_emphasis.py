"""Asterisks that are text stay, and those that are emphasis are emphasis."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maille.content.markdown import Converter
from tests.doses import MIXTURES

CONVERTER = Converter()

WORD = st.sampled_from(["élu", "adhérent", "e", "s", "rice", "2", "10", "Été", "l'an", "mi-mai"])
END = st.sampled_from(["", ",", ".", " ;", " (sur place)", ") et", " !"])
# A price, a word or a number with the call of a note behind it.
CALL = st.tuples(
    st.sampled_from(["10 €", "tarif", "12,50 $", "5 %", "20°", "(gratuit)", "« libre »", "21"]),
    st.sampled_from(["*", "**"]),
    END,
).map("".join)
INCLUSIVE = st.lists(WORD.filter(str.isalnum), min_size=2, max_size=4).map("*".join)
TEXT = st.one_of(WORD, CALL, INCLUSIVE).map(lambda text: (text, text))
INSIDE = st.one_of(WORD, INCLUSIVE)
EMPHASIS = st.tuples(INSIDE, st.sampled_from([("*", "em"), ("**", "strong")]), END).map(
    lambda p: (f"{p[1][0]}{p[0]}{p[1][0]}{p[2]}", f"<{p[1][1]}>{p[0]}</{p[1][1]}>{p[2]}")
)


def html(text: str) -> str:
    return CONVERTER.convert(text).html.removeprefix("<p>").removesuffix("</p>")


@settings(max_examples=MIXTURES)
@given(st.lists(st.one_of(TEXT, EMPHASIS), min_size=1, max_size=8))
def test_each_piece_of_a_sentence_keeps_its_meaning_beside_the_others(
    pieces: list[tuple[str, str]],
) -> None:
    typed, shown = (" ".join(side) for side in zip(*pieces, strict=True))
    assert html(f"Ici {typed} fin") == f"Ici {shown} fin"


@pytest.mark.parametrize(
    "text",
    [
        "Tarif : 10 €*, réduit 5 €* (sur justificatif).",
        "Adulte 10*, enfant 5* (sur place).",
        "Tous*tes les élu*e*s et adhérent*e*s.",
        "Puis 2*3*4 et 2 * 3 * 4.",
        "Gratuit*. Payant*.",
        "10 €**, réduit 5 €** (sur place)",
        '"Libre"*, "payant"*',
        "Les fichiers *.odt et *.pdf",
        "un_nom_de_fichier et _ga, _gid",
        "*sur justificatif",
    ],
)
def test_asterisks_that_are_text_stay(text: str) -> None:
    assert html(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Faites le *21*, puis *2*.", "Faites le <em>21</em>, puis <em>2</em>."),
        (
            "l'*Odyssée*, «*Le Monde*», (*a*)",
            "l'<em>Odyssée</em>, «<em>Le Monde</em>», (<em>a</em>)",
        ),
        ("*Les élu*e*s et maires* ici", "<em>Les élu*e*s et maires</em> ici"),
        ("**.fr** et **gras**.Suite", "<strong>.fr</strong> et <strong>gras</strong>.Suite"),
        ("**É**conomie RE**P**OS", "<strong>É</strong>conomie RE<strong>P</strong>OS"),
        (
            "***tout*** *a **b** c*",
            "<strong><em>tout</em></strong> <em>a <strong>b</strong> c</em>",
        ),
        ("**10 €**, *10 €*.", "<strong>10 €</strong>, <em>10 €</em>."),
        ("*Note.*Suite et *« Note »*Suite", "<em>Note.</em>Suite et <em>« Note »</em>Suite"),
        ("*(fin)*Puis, *Bravo !*Merci", "<em>(fin)</em>Puis, <em>Bravo !</em>Merci"),
        ("Bonjour.*Suite* ici", "Bonjour.<em>Suite</em> ici"),
        ("*(texte)* [*a*](/x/)", '<em>(texte)</em> <a href="/x/"><em>a</em></a>'),
    ],
)
def test_asterisks_that_are_emphasis_are_read(text: str, shown: str) -> None:
    assert html(text) == shown
