"""What is refused in the Markdown of a body, at its line, with what to type."""

from __future__ import annotations

import pytest

from maille.content.documents import SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.problems import Level
from tests.content.test_parse import HEADER, in_body, one, read


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a <b>", 1, 3, "« <b> » est du HTML"),
        ("a\n\nb <!-- c -->", 3, 3, "n'est pas seule sur ses lignes"),
        ("a\n\n <!-- c -->", 3, 2, "n'est pas seule sur ses lignes"),
        ("<!-- c --> a", 1, 1, "n'est pas seule sur ses lignes"),
        ("<!-- c", 1, 1, "cette note n'est pas refermée"),
        ("# T", 1, 1, "« T » est un titre de premier niveau"),
        ("a\n\nT\n===", 3, 1, "« T » est un titre de premier niveau"),
        ("##  ", 1, 1, "ce titre est vide"),
        ("  ## T", 1, 1, "au bord gauche"),
        ("- a\n\n    ## T", 3, 5, "« T » est à l'intérieur d'une liste"),
        ("> ## T", 1, 3, "« T » est à l'intérieur d'une liste ou d'une citation"),
        ("> T\n> ---", 1, 3, "« T » est à l'intérieur d'une liste ou d'une citation"),
        ("- a\n---", 2, 1, "--- fait un titre de « - a »"),
        ("```\ncode", 1, 1, "« ``` » n'est pas compris"),
        ("~~~python", 1, 1, "« ~~~python » n'est pas compris"),
        ("a\n\n![i](x.png)", 3, 6, "« x.png » n'est pas l'adresse d'une image du site"),
        ("![](/images/x.png)", 1, 1, "cette image n'a pas d'alternative"),
        ("![i](/images/x.png) ![](/images/x.png)", 1, 21, "cette image n'a pas d'alternative"),
        ("a ![ &nbsp; ](/images/x.png)", 1, 3, "cette image n'a pas d'alternative"),
        ("a [b](/x/) ![IMG_1.JPG](/images/x.jpg)", 1, 12, "« IMG_1.JPG » est un nom de fichier"),
        (
            "![i](https://exemple.fr/x.png)",
            1,
            6,
            "https://exemple.fr/x.png » est sur un autre site",
        ),
        ("![i](//exemple.fr/x.png)", 1, 6, "« //exemple.fr/x.png » est sur un autre site"),
        ("![i](data:image/png;base64,x)", 1, 6, "« data:image/png;base64,x » n'est pas l'adresse"),
        ("![i](/images/mon image.jpg)", 1, 6, "« /images/mon image.jpg » n'est pas l'adresse"),
        ("![i][r]\n\n[r]: /assets/x.png", 3, 6, "« /assets/x.png » n'est pas l'adresse"),
        ("### T", 1, 1, "« T » est un titre de niveau 3, sans titre de niveau 2 au-dessus de lui"),
        (
            "## a\n\n#### T\n\n#### U",
            3,
            1,
            "« T » est un titre de niveau 4, sans titre de niveau 3",
        ),
        ("a\n[b](javascript:alert(1))", 2, 5, "« javascript:alert(1) » n'est pas une adresse"),
        ("[b][r]\n\n[r]: data:text/html,x", 3, 6, "« data:text/html,x » n'est pas"),
        ("[b]()", 1, 5, "ce lien ne mène nulle part"),
        ("[b](page)", 1, 5, "« page » n'est pas une adresse"),
        ("a\n\n" + "- " * 30 + "b", 3, 1, "imbriquées trop profondément"),
    ],
)
def test_what_is_refused_in_a_body(text: str, line: int, column: int, words: str) -> None:
    ((found_line, found_column, message),) = in_body(text)
    assert (found_line, found_column) == (line, column)
    assert words in message


@pytest.mark.parametrize(
    ("text", "line"),
    [("Texte :\n- a\nsuite", 2), ("Un\ndeux\n1. a", 3), ("a\n\nb\n* c\n\nd", 4)],
)
def test_a_list_of_one_item_stuck_to_its_text_is_a_warning(text: str, line: int) -> None:
    problem = one(HEADER + text)
    assert (problem.line - 3, problem.level) == (line, Level.WARNING)
    assert "ligne vide" in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "Texte :\n\n- a\n- b\n  suite\n    - c",
        "## T\n- a",
        "- a\n\n    suite\n    - b",
        "> a\n> - b",
        "Il a dit\n-5 degrés",
        "`- a`\nb",
        "    code\n- x",
        "En\n2024. Puis",
        "`<b>` et ``` code ``` ici",
        "    <b>\n    ## c\n    ```",
        "a\nb\n---",
        "[a](/projets/x/) [b](#c) <https://a.fr> <a@b.fr> [d](tel:+33123456789)",
        "1 < 2, 3 > 2, a<b",
        "[A](https://fr.wikipedia.org/wiki/S.A.R.L.) [b](https://a.fr/b.).",
        "[exemple.fr](https://EXEMPLE.fr/a) [plan.pdf](https://autre.fr/plan.pdf)",
    ],
)
def test_what_is_fine_in_a_body(text: str) -> None:
    assert in_body(text) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("![](/images/a.jpg)", "écrivez ![…](/images/a.jpg), avec ce que montre l'image"),
        ("![i](https://exemple.fr/b/a.jpg?x=1)", "dans content/images/ et écrivez /images/a.jpg"),
        ("![i](photos/a.jpg)", "mettez le fichier dans content/images/ et écrivez /images/a.jpg"),
        ("![i](../images/a b.jpg)", "et écrivez /images/a%20b.jpg"),
        ("![i](data:image/png;base64,AAAA)", "/images/nom-du-fichier.png"),
        ("![i](/images/2024/a b.jpg)", "écrivez /images/2024/a%20b.jpg"),
        ("![i](schema.gif)", "enregistrez l'image en PNG, mettez-la dans content/images/"),
        ("[le mot](plan.pdf)", "mettez ce PDF dans content/documents/ sous le nom plan.pdf"),
        ("### T", "écrivez ## T"),
        ("# #T", "écrivez ## T"),
        ("[ici](https://a.fr/b.)", "remplacez https://a.fr/b.) par https://a.fr/b)."),
        ("Un [mot](https://a.fr/,) oui", "remplacez https://a.fr/,) par https://a.fr/),"),
        ("# ##T", "écrivez ### T"),
        (
            "[exemple.fr](https://exmple.fr/a)",
            "écrivez https://exemple.fr/a ; ou corrigez les mots",
        ),
        ("[www.exemple.fr](https://www.exempel.fr/)", "écrivez https://www.exemple.fr/ ; ou"),
        ("[un@exemple.fr](mailto:um@exemple.fr)", "écrivez mailto:un@exemple.fr ; ou corrigez"),
        ("## S\n\n###### T", "écrivez ### T"),
    ],
)  # fmt: skip
def test_what_to_type_instead(text: str, hint: str) -> None:
    assert hint in one(HEADER + text).hint


def test_a_link_that_is_a_reference_has_an_address_to_be_typed() -> None:
    assert one(f"{HEADER}[b][r]\n\n[r]: data:text/html,x").hint.startswith("écrivez l'adresse")


@pytest.mark.parametrize("text", ["![i]({})", "![]({})", "[le mot]({})"])
@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "text/html"])
def test_a_file_within_its_address_is_not_shown_whole(text: str, kind: str) -> None:
    problem = one(HEADER + text.format(f"data:{kind};base64,{'A' * 5000}"))
    assert f"« data:{kind};base64,AAA" in problem.message
    assert len(problem.message) < 120
    assert len(problem.hint) < 120


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("```\nx\n```", 4, "effacez cette ligne, et la ligne ``` qui la referme"),
        ("~~~~ python\nx\n~~~\n~~~~", 4, "effacez cette ligne, et la ligne ~~~~ qui la referme"),
        ("a\n\n```python\nx", 6, "effacez cette ligne ;"),
    ],
)
def test_fenced_code_is_told_once(text: str, line: int, hint: str) -> None:
    problem = one(HEADER + text)
    assert (problem.line, problem.hint.startswith(hint)) == (line, True)
    assert "quatre espaces" in problem.hint


@pytest.mark.parametrize(
    "inside",
    ["# une note", "un@exemple.fr", "[A] [b: c]", "<b>", "![](x.png)", "[a](b c)"],
)
def test_what_stands_in_fenced_code_is_code(inside: str) -> None:
    assert [line for line, *_ in in_body(f"a\n\n```sh\n\n{inside}\n\n```\n\nb")] == [3]
    assert len(in_body(f"a\n\n```markdown\n\n{inside}\n\n```\n\nb")) >= 2
    assert len(in_body(f"a\n\n```\n\n{inside}\n\nb")) >= 2


def test_each_piece_of_fenced_code_is_told() -> None:
    assert [line for line, *_ in in_body("```\na\n```\n\n~~~\nb\n~~~\n\n```\nc")] == [1, 5, 9]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("#Agenda", "écrivez ## Agenda (ou \\#Agenda si"),
        ("#Nos projets", "écrivez ## Nos projets (ou \\#Nos projets si"),
        ("# Nos projets.", "écrivez ## Nos projets."),
        ("#ESS, un mot.", "écrivez \\#ESS, un mot. (ou ## ESS, un mot. si"),
        ("#territoires #climat", "écrivez \\#territoires #climat (ou"),
        ("#1 des villes", "écrivez \\#1 des villes (ou"),
        ("#ESS : un mot ?", "écrivez \\#ESS : un mot ? (ou"),
    ],
)
def test_a_sentence_behind_a_number_sign_is_a_text_first(text: str, hint: str) -> None:
    assert one(HEADER + text).hint.startswith(hint)


@pytest.mark.parametrize("text", ["![Un pont](/images/a.jpg)", "[![Un pont](/images/a.jpg)](/x/)"])
def test_an_image_with_its_alternative_is_admitted(text: str) -> None:
    assert read(HEADER + text)[1] == ()


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("[](https://exemple.fr/a)", 4, "écrivez […](https://exemple.fr/a)"),
        ("[ ](/le-reseau/)", 5, "écrivez […](/le-reseau/)"),
        ("a [\u200b](mailto:a@b.fr)", 7, "écrivez […](mailto:a@b.fr)"),
        ("[&nbsp;\u2800](#une-partie)", 11, "écrivez […](#une-partie)"),
        ("[\u00ad](/)", 5, "écrivez […](/)"),
        ("[][r]\n\n[r]: /x/", 6, "écrivez […](/x/)"),
        ("(a) [](/x/)", 8, "écrivez […](/x/)"),
    ],
)
def test_a_link_without_text_is_refused(text: str, column: int, hint: str) -> None:
    problem = one(HEADER + text)
    assert (problem.column, problem.hint.partition(",")[0]) == (column, hint)
    assert problem.level is Level.ERROR
    assert "ce lien n'a pas de texte" in problem.message


@pytest.mark.parametrize("text", ["[![](/images/a.jpg)](/x/)", "[ ![](/images/a.jpg) ](/x/)"])
def test_an_image_that_says_nothing_is_told_once_in_a_link(text: str) -> None:
    assert "n'a pas d'alternative" in one(HEADER + text).message


@pytest.mark.parametrize("text", ["[`a`](/x/)", "[*a*](/x/)", "[![a](/images/a.jpg)](/x/)"])
def test_code_emphasis_and_images_are_text_of_links(text: str) -> None:
    assert in_body(text) == []


def test_a_link_without_text_nor_right_address_has_both_faults() -> None:
    messages = [message for _, _, message in in_body("[](page)")]
    assert len(messages) == 2


@pytest.mark.parametrize("text", ["## a\n\n### b\n\n#### c\n\n## d\n\n### e", "a\n---\n\n### b"])
def test_headings_in_order_are_admitted(text: str) -> None:
    assert read(HEADER + text)[1] == ()


def test_a_heading_that_skips_a_level_is_told_once() -> None:
    assert [line for line, _, _ in in_body("#### a\n\n#### b\n\n##### c\n\n## d\n\n#### e")] == [
        1,
        9,
    ]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("- un\n  - deux", 5),
        ("1. un\n   - deux", 5),
        ("- un\n\n  - deux", 6),
        ("- un\n    - deux", 0),
        (" - un\n - deux", 0),
        ("- un\n  suite\n- deux", 0),
        ("- un\n\nDu texte.\n\n  - deux", 0),
        ("- un\n - deux\n- trois", 0),
        ("- un\n\n - deux\n\n - trois", 0),
        ("1. un\n 2. deux", 0),
        ("- un\n - deux\n   - trois", 6),
    ],
)
def test_an_item_that_is_not_within_another_is_told(typed: str, line: int) -> None:
    source = SourceFile("content/pages/x.md", f"---\ntitre: x\n---\n{typed}\n".encode())
    told = [one for one in parse_one(source, Converter())[1] if "point d'une liste" in one.message]
    assert [one.line for one in told] == ([line] if line else [])
    assert all("4 espaces" in one.hint for one in told)


@pytest.mark.parametrize(
    ("text", "spaces"),
    [
        ("- a\n  - b\n  - c\n- d\n  - e", {2: "4 espaces, comme les lignes 6 et 8"}),
        ("- a\n  - b\n  - c\n  - d\n  - e", {2: "4 espaces, comme les lignes 6 à 8"}),
        ("- a\n  - b\n    - c\n  - d", {2: "4 espaces, comme la ligne 7", 3: "8 espaces"}),
        ("1. a\n   - b\n   - c", {2: "4 espaces, comme la ligne 6"}),
        ("- a\n    - b\n      - c\n      - d", {3: "8 espaces, comme la ligne 7"}),
        ("- a\n  - b\n\nun texte\n\n- c\n  - d", {2: "4 espaces", 7: "4 espaces"}),
    ],
)
def test_items_set_in_too_little_are_told_once_a_list(text: str, spaces: dict[int, str]) -> None:
    problems = [one for one in read(HEADER + text)[1] if "reste au niveau" in one.message]
    assert {one.line - 3: one.hint.partition(" par ")[2] for one in problems} == spaces


@pytest.mark.parametrize("alt", ["", "IMG_12.jpg"])
@pytest.mark.parametrize(
    ("target", "right"),
    [("x.jpg", "/images/x.jpg"), ("a/x.gif", "/images/x.png"), ("//a.fr/x.jpg", "/images/x.jpg")],
)
def test_the_advices_about_one_image_are_one(alt: str, target: str, right: str) -> None:
    hints = [one.hint for one in read(f"{HEADER}![{alt}]({target})")[1]]
    assert len(hints) == 2
    assert all(f"écrivez ![…]({right})" in hint for hint in hints)


@pytest.mark.parametrize("words", ["nom de la page", "Nom de la page", "…", "texte du lien"])
def test_words_that_hold_the_place_of_others_are_told(words: str) -> None:
    problem = one(f"{HEADER}Voir [{words}](https://exemple.fr/).")
    assert "tient la place des mots de ce lien" in problem.message
    assert problem.hint.startswith("écrivez […](https://exemple.fr/)")
    assert read(f"{HEADER}Voir [le {words} suivante](https://exemple.fr/).")[1] == ()


@pytest.mark.parametrize(
    ("text", "line", "spaces"),
    [
        ("- a\n\n        - b\n        - c", 3, 4),
        ("   - a :\n\n        * b\n        * c\n\n   - d", 3, 4),
        ("1. a\n    - b\n\n            - c", 4, 8),
    ],
)
def test_an_item_set_in_so_much_that_it_is_code_is_told(text: str, line: int, spaces: int) -> None:
    (found,) = (one for one in read(HEADER + text)[1] if "trop en retrait" in one.message)
    assert (found.line - 3, found.hint.split(",")[0]) == (
        line,
        f"commencez sa ligne par {spaces} espaces",
    )


@pytest.mark.parametrize(
    "text",
    ["- a\n    - b\n    - c\n- d", "- a\n    - b\n        - c\n    - d\n- e", "- a\n- b",
     "- a\n        - b", "        - b\n        - c",
     "- a\n\n    Suite.\n\n    - b", "- a\n    - b\n  - c"],
)  # fmt: skip
def test_items_that_are_set_in_right_are_left_alone(text: str) -> None:
    assert not [one for one in read(HEADER + text)[1] if "point d'une liste" in one.message]
