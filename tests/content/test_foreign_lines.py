"""Lines typed as in a word processor are read as meant, or told; Markdown is not rewritten."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.content.foreign_lines import BULLETS, rewrite_lines
from maille.content.markdown import Converter
from maille.problems import Level

CONVERTER = Converter()

WORDS = st.lists(st.sampled_from(["une", "fête", "à", "Amiens", "le", "soir"]), min_size=1).map(
    " ".join
)
ITEMS = st.lists(WORDS, min_size=2, max_size=5)
SIGNS = [*BULLETS[:-5], "–", "−", "‐", "·", "o", "-\u00a0", "\uf0b7\u00a0\u00a0", "*\u00a0"]
NUMBERS = [
    "{}) ",
    "{}° ",
    "{}/ ",
    "{}- ",
    "{} - ",
    "{}.- ",
    "({}) ",
    "{}.\u00a0",
    "{}.",
    "{})",
    "{}-",
]


def html(text: str) -> str:
    body = CONVERTER.convert(text)
    assert body.problems == ()
    return body.html


def told(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.hint) for one in CONVERTER.convert(text, 10).problems]


def rewrite(text: str) -> str:
    """Return what is given to Python-Markdown; nothing may be told of the text."""
    lines = rewrite_lines(enumerate(text.split("\n")), pytest.fail, lambda _: "")  # type: ignore[arg-type]
    return "\n".join(lines)


# --- Lists -------------------------------------------------------------------


@given(st.sampled_from(SIGNS), ITEMS, st.sampled_from(["", "Au programme :\n", "Voici :\n\n"]))
def test_bullets_make_a_list(sign: str, items: list[str], before: str) -> None:
    typed = "\n".join(f"{sign} {item}" for item in items)
    right = "\n".join(f"- {item}" for item in items)
    assert html(before + typed) == html(before.rstrip() + "\n\n" + right)


@given(st.sampled_from(NUMBERS), ITEMS, st.integers(1, 9), st.booleans())
def test_numbers_make_a_list(sign: str, items: list[str], first: int, apart: bool) -> None:
    between = "\n\n" if apart else "\n"
    typed = between.join(sign.format(n) + item for n, item in enumerate(items, first))
    right = between.join(f"{n}. {item}" for n, item in enumerate(items, first))
    assert html(typed) == html(right)


@given(ITEMS, st.sampled_from(["{}) ", "({}) "]))
def test_letters_make_a_list_with_letters(items: list[str], sign: str) -> None:
    typed = "\n".join(sign.format(chr(97 + n)) + item for n, item in enumerate(items))
    right = "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
    assert html(typed) == html(right).replace("<ol>", '<ol type="a">')


def outline(element: Any) -> str:
    """Return the lists of a piece of HTML: `ul(a, ol(b, c))`."""
    parts = []
    for child in element:
        if child.tag in {"ul", "ol"}:
            parts.append(f"{child.tag}({outline(child)})")
        else:
            own = " ".join((child.text or "").split()) if child.tag in {"li", "p"} else ""
            parts += filter(None, [own, outline(child)])
    return ", ".join(parts)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("• Une fête\n• Un atelier\n\n– a\n– b", "ul(Une fête, Un atelier), ul(a, b)"),
        ("1) Venir\n2) Parler\n\na) Lire\nb) Écrire", "ol(Venir, Parler), ol(Lire, Écrire)"),
        ("1) a\n2) b\n\n1) c\n2) d", "ol(a, b), ol(c, d)"),
        ("1) Un\n\n2) Deux\n\nTexte\n\n3) Trois", "ol(Un, Deux), Texte, ol(Trois)"),
        ("\t•\tUn\n\t•\tDeux", "ul(Un, Deux)"),
        ("    - Un\n    - Deux", "ul(Un, Deux)"),
        ("• Un\n• Deux\n◦ Trois", "ul(Un, Deux, ul(Trois))"),
        ("• Un\n– Deux\n– Trois\n• Quatre", "ul(Un, ul(Deux, Trois), Quatre)"),
        ("1) Un\n   • Deux\n   • Trois\n2) Quatre", "ol(Un, ul(Deux, Trois), Quatre)"),
        ("• Un\n\t◦ Deux\n\t\t▪ Trois", "ul(Un, ul(Deux, ul(Trois)))"),
        ("- a\n- b\n1) c\n2) d", "ul(a, b), ol(c, d)"),
        ("- a\n- b\n1. c\n2. d", "ul(a, b), ol(c, d)"),
        ("- a\n\n• b", "ul(a), ul(b)"),
        ("- a\n-\u00a0b\n- c", "ul(a, b, c)"),
        ("-\u202fa\n-\u00a0b\n- c", "ul(a, b, c)"),
        ("* a\n\n*\u202f b", "ul(a, b)"),
        ("1. a\n2.\u202fb\n3.\u00a0c", "ol(a, b, c)"),
        ("-\u202fa\n-\u202fb", "ul(a, b)"),
        ("- a\n-b\n- c", "ul(a, b, c)"),
        ("-a\n- b", "ul(a, b)"),
        ("1. a\n2.b\n3. c", "ol(a, b, c)"),
        ("- a\n\nIl dit\n-oui", "ul(a), Il dit -oui"),
        ("Un texte\n- a\n- b", "Un texte, ul(a, b)"),
        ("Un texte\n1. a\n2. b", "Un texte, ol(a, b)"),
        ("> Un texte\n> • a\n> • b", "Un texte, ul(a, b)"),
        ("> Un texte\n• a\n• b", "Un texte, ul(a, b)"),
        ("## Titre\n• a\n• b", "ul(a, b)"),
        ("• a\n  suite\n• b", "ul(a suite, b)"),
        ("• a\n\n    suite\n\n• b", "ul(a, suite, b)"),
        ("•a\n•b", "ul(a, b)"),
        ("1. A\n- b\n- c\n1. D\n- e\n- f", "ol(A, ul(b, c), D, ul(e, f))"),
        ("- A\n1. b\n2. c\n- D\n1. e", "ul(A, ol(b, c), D, ol(e))"),
        ("Voici :\n\n1. A\n* b\n2. C", "Voici :, ol(A, ul(b), C)"),
        ("> 1. A\n> - b\n> 2. C\n> - d", "ol(A, ul(b), C, ul(d))"),
        ("·\tUn\no\tSous\n§\tEncore\n·\tDeux", "ul(Un, ul(Sous, ul(Encore)), Deux)"),
        ("·\tUn\n\no\tSous\n\n§\tPuis", "ul(Un, ul(Sous, ul(Puis)))"),
        ("•\tUn\no\tSous\no\tEncore\n•\tDeux", "ul(Un, ul(Sous, Encore), Deux)"),
    ],
)
def test_lists_are_apart_or_inside_one_another(text: str, right: str) -> None:
    assert outline(html5lib.parseFragment(html(text), namespaceHTMLElements=False)) == right


@pytest.mark.parametrize(
    "text",
    [
        "– une phrase qui commence par un tiret.",
        "— Bonjour, dit-elle.\n\n— Bonjour.",
        "a) seul",
        "1° à l'ombre",
        "10 - 12 ans",
        "2024) puis",
        "Le prix est de\n12) euros",
        "-5 degrés\n-8 degrés",
        "1.5 km\n2.5 km",
        "Un texte - avec un tiret\net un autre – aussi",
        "2° Lire\n2° Écrire",
        "12 mai\n13 mai",
        "En\n2024. Puis",
        "o\np",
        "§ 3 du règlement\n§ 4 aussi",
        "o Toulouse, o mon pays",
    ],
)
def test_text_that_is_no_list_stays_text(text: str) -> None:
    found = CONVERTER.convert(text).html
    assert "<li>" not in found.replace("<li>Puis", "")
    assert "<pre>" not in found


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("Un texte\n- a\nsuite", 11, "laissez une ligne vide avant"),
        ("Un texte\n1. a", 11, "laissez une ligne vide avant"),
        ("— Bonjour.\n— Oui.", 10, "remplacez chaque — par -"),
        ("Un texte\n— a\n— b\n— c", 11, "laissez une ligne vide entre elles"),
        ("Un texte\n\n    Amiens", 12, "effacez les espaces"),
        ("    06 12 34 56 78", 10, "effacez les espaces"),
        ("    Total = 12 €", 10, "effacez les espaces"),
        ("    <p>Bonjour à tous les amis</p>", 10, "effacez les espaces"),
        ("    Un code : `x` est la réponse.", 10, "effacez les espaces"),
        ("    ajouter une ligne", 10, "effacez les espaces"),
        ("## Titre\n\n\tune phrase sans majuscule", 12, "effacez les espaces"),
    ],
)
def test_what_may_mean_two_things_is_told(text: str, line: int, hint: str) -> None:
    assert CONVERTER.convert(text).problems[0].level is Level.WARNING
    ((found, remedy),) = told(text)
    assert found == line
    assert hint in remedy


# --- Paragraphs and breaks --------------------------------------------------


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("\tUn alinéa collé de Word : l'habitude.", "<p>Un alinéa collé de Word : l'habitude.</p>"),
        ("    « Un autre », copié d'un PDF.", "<p>« Un autre », copié d'un PDF.</p>"),
        ("a\n\n      Un paragraphe en\nretrait.", "<p>a</p>\n<p>Un paragraphe en\nretrait.</p>"),
        ("    Ce lieu est libre ; venez donc.", "<p>Ce lieu est libre ; venez donc.</p>"),
        ("    Le prix = 10 € ou 5.50 €.", "<p>Le prix = 10 € ou 5.50 €.</p>"),
        ("    Voir [le plan](/plan/) ici.", '<p>Voir <a href="/plan/">le plan</a> ici.</p>'),
        ("\tLire Amis_du_lac et autre.", "<p>Lire Amis_du_lac et autre.</p>"),
        ("    Un&nbsp;lieu pour tous", "<p>Un&nbsp;lieu pour tous</p>"),
        ("a\n\n    *****************", "<p>a</p>\n<hr>"),
        ("\tMaison commune\n\t12 rue Haute", "<p>Maison commune<br>\n12 rue Haute</p>"),
        ("## T\n\tUn alinéa sous un titre", '<h2 id="t">T</h2>\n<p>Un alinéa sous un titre</p>'),
        ("Maison\\\n12 rue\\\n51100 Reims", "<p>Maison<br>\n12 rue<br>\n51100 Reims</p>"),
        ("Maison\\ \n12 rue\\", "<p>Maison<br>\n12 rue</p>"),
        ("- Maison\\\n  12 rue\n- b", "<ul>\n<li>Maison<br>\n  12 rue</li>\n<li>b</li>\n</ul>"),
        ("> a\\\n> b", "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>"),
        ("a\\\\\nb", "<p>a\\\nb</p>"),
        ("`a\\\nb`", "<p><code>a\\\nb</code></p>"),
        ("C:\\dossier\\\nb", "<p>C:\\dossier\\\nb</p>"),
        ("## T\\\n\na", '<h2 id="t">T</h2>\n<p>a</p>'),
        ("📅 12 mai\n📍 Amiens", "<p>📅 12 mai<br>\n📍 Amiens</p>"),
        ("→ Lire\n→ Écrire", "<p>→ Lire<br>\n→ Écrire</p>"),
    ],
)  # fmt: skip
def test_paragraphs_and_breaks_are_those_that_were_typed(text: str, right: str) -> None:
    assert html(text) == right


CODE = ["    make site", "    <b>", "    ## a", "    if a:\n        b = 1", "    x = 1",
        "    | a |", "    python build.py verifier",
        '    {\n        "titre": "La date de publication de la fiche."\n    }',
        "    $ git pull", "    SELECT nom FROM fiches;",
        "    Nom = lire_fichier(a.txt)", "    prix_total = 12"]  # fmt: skip


@pytest.mark.parametrize("text", CODE)
def test_code_stays_code(text: str) -> None:
    assert html(text).startswith("<pre><code>")
    assert html(f"a\n\n{text}").endswith("</code></pre>")


# --- Markdown itself ----------------------------------------------------------

BLOCKS = st.sampled_from(
    ["Un texte.", "Deux\nlignes  \nici", "- a\n- b", "- a\n    - b\n        - c", "1. a\n2. b",
     "* a\n\n* b", "> cité\n> encore", "## Titre", "| a | b |\n|---|---|\n| c | d |", "***",
     "    code = 1", "Titre\n---", "- a\n\n    suite\n\n        code", "[a](/x/) et **gras**",
     "1. a\n\n    - b\n    - c", "* * *", "- - -"]
)  # fmt: skip


@given(st.lists(BLOCKS, max_size=6).map("\n\n".join))
def test_right_markdown_is_not_rewritten(text: str) -> None:
    assert rewrite(text) == text


@given(
    st.lists(st.sampled_from(["• a", "1) b", "b) c", "\tUn mot de plus", "Texte", "", "— d", "\\"]))
)
def test_links_below_keep_their_line(lines: list[str]) -> None:
    body = CONVERTER.convert("\n".join([*lines, "", "Fin [a](/x/)"]))
    assert [link.line for link in body.links] == [len(lines) + 2]


@given(st.text("•–-—1)a.( \n\t>#|\\😀o°*", max_size=60))
def test_no_word_is_lost(text: str) -> None:
    body = CONVERTER.convert(text)
    assert re.findall("😀", body.html) == re.findall("😀", text)
    assert "\ufdd2" not in body.html
