"""Signs of other software are told once, with what to type; what is right is not told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.content.documents import SourceFile
from maille.content.foreign_forms import FORMS, MAX_FORMS, RENDERED, Form, find_foreign
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.problems import Level, Problem
from tools.guide import GUIDE, make_forms_table

CONVERTER = Converter()
ALL = (*FORMS, *RENDERED)


def told(body: str = "", value: str = "x") -> list[Problem]:
    text = f"---\nnom: >-\n  {value}\n---\n{body}"
    return [*parse_one(SourceFile("f.md", text.encode()), CONVERTER)[1]]


def tell(text: str, where: str = "body") -> tuple[str, str]:
    """Return the cause and the remedy of the only problem of a text, told at its place."""
    (one,) = told(f"Avant.\n\n{text}") if where == "body" else told(value=text)
    return one.message, one.hint


@pytest.mark.parametrize("form", ALL, ids=lambda form: f"{form.name} {form.example}")
def test_each_form_is_told_once_and_not_once_it_is_mended(form: Form) -> None:
    value = form.where == "value"
    text = form.example.partition(": ")[2] if value else form.example
    problems = told(value=text) if value else told(f"Avant.\n\n{text}")
    assert len(problems) == 1 + (form.name == "balise")
    assert problems[0].level is form.level
    assert problems[0].line in ((2,) if value else (7, 8))
    hint = problems[0].hint
    whole = re.match(
        r"« (.*?) » (?:n'est pas compris|ne cache|n'est pas une note)", problems[0].message
    )
    if whole and (
        found := re.fullmatch(r"(?:écrivez|effacez) « (.*) »|écrivez (<!-- .* -->)", hint)
    ):
        written = "" if hint.startswith("effacez") else found[1] or found[2]
        right = written if value else text.replace(whole[1], written)
        assert right != text
        assert (
            told(*([f"Avant.\n\n{right}"] if not value else ["", right]))[form.name == "balise" :]
            == []
        )
    else:
        assert re.match(r"écrivez|effacez|dites|remplacez|sous|laissez", hint)


@pytest.mark.parametrize("tag", ["embed", "video", "url"])
def test_both_tags_around_an_address_are_told(tag: str) -> None:
    problems = told(f"[{tag}]https://exemple.fr/a[/{tag}]")
    assert [one.hint for one in problems if "code court" in one.message] == [
        f"effacez « [{tag}] »",
        f"effacez « [/{tag}] »",
    ]
    assert not any("/a[" in one.hint for one in problems)


def test_the_guide_prints_the_table() -> None:
    table = make_forms_table()
    assert table in GUIDE.read_text("utf-8")
    assert all(form.name in table for form in ALL)


# --- Notes that would be published ----------------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    [
        "<!– à demander –>",
        "<!— à demander —>",
        "<! -- à demander -- >",
        "< !-- à demander -->",
        "<!- à demander ->",
        "<!–- à demander –->",
        "\\<!-- à demander -->",
        "&lt;!-- à demander --&gt;",
        "‹!-- à demander --›",
        "<! – à demander – >",
        "%% à demander %%",
        "{>> à demander <<}",
    ],
)
def test_a_note_that_would_be_published_is_an_error(note: str) -> None:
    problems = told(f"Avant.\n\n{note}\n\nAprès.")
    assert [(one.line, one.level) for one in problems] == [(7, Level.ERROR)]
    assert "<!--" in problems[0].hint
    document, _ = parse_one(SourceFile("f.md", b"---\nnom: x\n---\na\n\n<!-- b -->"), CONVERTER)
    assert document
    assert document.body.html == "<p>a</p>"


@pytest.mark.parametrize(
    "note", ["{# à demander #}", "{/* à demander */}", "// à demander", "[//]: # (à demander)"]
)
def test_a_note_that_may_be_a_text_is_a_warning(note: str) -> None:
    (problem,) = told(f"Avant.\n\n{note}\n\nAprès.")
    assert (problem.line, problem.level) == (7, Level.WARNING)
    assert "écrivez <!-- à demander -->" in problem.hint


def test_what_to_type_for_a_note() -> None:
    _, hint = tell("<!– à demander à la mairie –>")
    assert hint == "écrivez <!-- à demander à la mairie -->"
    assert tell("%% un\n\nmot %%")[1].startswith("écrivez <!-- au début de la note")
    assert tell("<!– un mot")[1] == "écrivez « <!-- » à la place, et --> à la fin de la note"


def test_a_note_of_a_program_is_one_in_a_value_too() -> None:
    assert tell("Un nom <!– à vérifier –>", "value")[0].startswith("« <!– à vérifier –> »")


# --- What to type ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Du CO~2~ et", "écrivez « ₂ »"),
        ("10 m^2^ et", "écrivez « ² »"),
        ("Vers $10^6$ euros", "écrivez « 10⁶ »"),
        ("- ~~6 mars~~ Complet", "effacez « ~~6 mars~~ », ou écrivez 6 mars, en disant"),
        ("Le {--12--} mai", "effacez « {--12--} »"),
        ("Le {~~12~>13~~} mai", "écrivez « 13 »"),
        ("Soit :\n\n$$\n\\frac{a}{b}\n$$", "écrivez-la avec des mots"),
        ("Bonjour :+1: !", "écrivez « 👍 »"),
        ("Bonjour :chaton: !", "effacez « :chaton: »"),
        ("::: warning Attention\nx\n:::", "effacez cette ligne et celle qui la referme"),
        ("(le plan (PDF))[https://exemple.fr/p]", "écrivez [le plan (PDF)](https://exemple.fr/p)"),
        ("[le plan]{https://exemple.fr/p_(1)}", "écrivez [le plan](https://exemple.fr/p_(1))"),
        ("{le plan}(www.exemple.fr)", "écrivez [le plan](https://www.exemple.fr)"),
        ("(le plan)(https://exemple.fr/p)", "écrivez [le plan](https://exemple.fr/p)"),
        ("[[contact@exemple.fr]]", "écrivez <contact@exemple.fr>"),
        ("[[https://exemple.fr/]]", "écrivez <https://exemple.fr/>"),
        (
            "Voir https://exemple.fr/Arles_(ville).",
            "écrivez <https://exemple.fr/Arles_(ville)>, ou",
        ),
        ("(Voir https://exemple.fr/a)", "écrivez <https://exemple.fr/a>, ou"),
        ("Un prix de 5&amp;nbsp;€", "écrivez une espace"),
    ],
)
def test_what_to_type_in_a_body(text: str, hint: str) -> None:
    assert hint in tell(text)[1]


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("L&rsquo;Atelier du caf&eacute; &amp; Cie", "L’Atelier du café & Cie"),
        ("R&#38;D", "R&D"),
        ("Un lieu __ouvert__ à tous", "Un lieu ouvert à tous"),
        ("Un lieu ouvert à [tous](https://exemple.fr/).", "Un lieu ouvert à tous."),
        ("Un ~~vieux~~ lieu", "Un lieu"),
        ("Fête ~~annulée~~", "Fête"),
        ("<del>10 €</del> 5 €", "5 €"),
        ("Un lieu{#nom} ouvert", "Un lieu ouvert"),
        ("** Un lieu ouvert", "Un lieu ouvert"),
        ("**Un lieu ** ouvert", "Un lieu ouvert"),
        ("Un lieu ** ouvert", "Un lieu ouvert"),
        ("__ Un lieu ouvert", "Un lieu ouvert"),
        ("![logo](/images/a.png) Un lieu", "logo Un lieu"),
    ],
)
def test_what_to_type_in_front_matter(value: str, right: str) -> None:
    assert tell(value, "value")[1] == f"écrivez « {right} »"


def test_of_a_long_value_the_word_alone_is_given() -> None:
    assert tell("mot " * 60 + "**gras** fin", "value")[1] == "écrivez « gras »"
    assert tell("Un&nbsp;lieu", "value")[1] == "écrivez une espace à la place"


# --- What is right --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "`~~a~~`, `{{< x >}}` et `<!– a –>`\n\n    [TOC]\n    <!– a –>",
        "\\~~a\\~~ et \\==b\\== et \\{#c\\}",
        "[a](https://exemple.fr/~~b~~/==c==/{d}) et <https://exemple.fr/++a++>",
        "a == b, 2 ^ 3, ~10 km, env. ~5, C++ et C++, 10:30:15, 50 %, 5 %% 6",
        "Titre\n=====\n\nAutre\n---\n\n+ a\n+ b",
        "Le choix {a, b}, les accolades {1} et l'article 2.",
        "Il a dit : « oui ».\nPuis : non.",
        "Bravo !!!\n\n!!! Attention, travaux",
        "a < !b, <3, x <– y, a/b, 24/7, et/ou, //commun",
        "Caf&eacute; et R&amp;D, &laquo; oui &raquo;, A&B, A & B, &c.",
        "Un [lien](/a/) (et sa note) [1] ; f(x)(y) et [x][1]\n\n[1]: https://exemple.fr",
        "Voir (page 3)(annexe) et [sic] (en 2023)",
        "(voir [la page](/a/))",
    ],
)
def test_what_is_right_in_a_body_is_not_told(text: str) -> None:
    assert [one for one in told(text) if "titre" not in one.message] == []


@pytest.mark.parametrize(
    "value",
    [
        "A & B, R&D, 10 €*, réduit 5 €*, les élu*e*s",
        "https://exemple.fr/?a=1&copy=2&b**c**",
        "Un [mot] (entre crochets), 2 * 3, un_deux_trois, a < b",
        "C++, m², 10 %, :-), 18:30",
        "10 €**, *** et fin",
        "2 ** 3, ____",
        "L'association « Le * » et l'astérisque*",
    ],
)
def test_what_is_right_in_front_matter_is_not_told(value: str) -> None:
    assert told(value=value) == []


@given(st.text("<!–—-> %{#}/*~=+^$:?[]()@&;amp`_\\ \nab1", max_size=60), st.booleans())
def test_every_remedy_has_something_to_type(text: str, value: bool) -> None:
    for offset, cause, remedy, _ in find_foreign(text, "value" if value else "body"):
        assert 0 <= offset < len(text)
        assert cause
        assert remedy
        assert remedy.count("«") == remedy.count("»") <= 1


def test_of_a_bomb_a_few_things_are_told() -> None:
    assert len([*find_foreign("~~a~~ " * 100_000, "body")]) == MAX_FORMS
