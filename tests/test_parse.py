from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.content.documents import Document, SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse, parse_one
from maille.problems import Level, Problem

CONVERTER = Converter()
HEADER = "---\nnom: Été\n---\n"


def read(data: str | bytes, path: str = "f.md") -> tuple[Document | None, tuple[Problem, ...]]:
    return parse_one(SourceFile(path, data.encode() if isinstance(data, str) else data), CONVERTER)


def told(data: str | bytes) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.message) for one in read(data)[1]]


def one(data: str | bytes) -> Problem:
    (problem,) = read(data)[1]
    return problem


def in_body(text: str) -> list[tuple[int, int, str]]:
    """Return the problems of a body, with lines counted from its own first line."""
    return [(line - 3, column, message) for line, column, message in told(HEADER + text)]


# --- Finding the header --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "---\nnom: X\n---\ncorps",
        "\n\n---\nnom: X\n---\ncorps",
        "-----\nnom: X\n----\ncorps",
        "---  \nnom: X\n--- \t\n\n\ncorps",
        "\ufeff---\nnom: X\n---\ncorps",
        "---\nnom: X\n---\ncorps\n\n",
    ],
)
def test_a_header_is_found(text: str) -> None:
    document, _ = read(text)
    assert document
    assert (document.front_matter, document.body.html) == ({"nom": "X"}, "<p>corps</p>")


def test_a_rule_of_the_body_stays_in_the_body() -> None:
    document, problems = read("---\nnom: X\n---\n---\n\na\n\n---\n\nb")
    assert document
    assert problems == ()
    assert document.body.html == "<hr>\n<p>a</p>\n<hr>\n<p>b</p>"


def test_a_file_may_have_no_body() -> None:
    # The converter has just met a body with a heading: nothing of it may stay.
    read(HEADER + "## Titre\n\n[a](/x/)")
    document, problems = read("---\nnom: X\n---")
    assert document
    assert problems == ()
    assert document.body.html == ""
    assert not (document.body.headings or document.body.links)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "vide"),
        (" \n\n \t\n", 1, "vide"),
        ("nom: X\n", 1, "l'en-tête manque"),
        ("\n\n# Titre\n", 3, "l'en-tête manque"),
        ("---\nnom: X\n\ncorps", 1, "pas fermé"),
        ("\n---\nnom: X\n", 2, "pas fermé"),
        (" ---\nnom: X\n---\n", 1, "au lieu de ---"),
        ("--\nnom: X\n--\n", 1, "« -- » au lieu de ---"),
        ("—\nnom: X\n—\n", 1, "« — » au lieu de ---"),
        ("```\n---\nnom: X\n---\n```\n", 1, "```"),
        ("---\nnom: X\n---\nville: Y\n---\ncorps", 3, "d'autres clés le suivent"),
        ("---\nnom: X\n---\nsources:\n  - titre: Y\n---\ncorps", 3, "d'autres clés le suivent"),
    ],
)
def test_what_is_wrong_with_the_rules_of_a_header(text: str, line: int, words: str) -> None:
    document, (problem,) = read(text)
    assert document is None
    assert (problem.line, problem.column) == (line, 1)
    assert words in problem.message
    assert problem.hint


@pytest.mark.parametrize(
    "body", ["Note: a\n\n---\n\nsuite", "lieu: Paris\nautre chose\n---\n", "a:"]
)
def test_prose_that_looks_like_a_key_is_prose(body: str) -> None:
    assert read("---\nnom: X\n---\n" + body)[1] == ()


def test_a_header_at_fault_keeps_the_problems_of_the_body() -> None:
    lines = [line for line, _, _ in told("---\nnom: a : b\n---\n\n<b>x\n")]
    assert lines == [2, 5]


def test_a_duplicate_key_does_not_hide_the_rest() -> None:
    document, problems = read("---\nnom: A\nnom: B\n---\n")
    assert document
    assert document.front_matter == {"nom": "A"}
    assert [problem.line for problem in problems] == [3]


def test_a_file_of_data_is_all_header() -> None:
    document, problems = read("nom: X\ntermes: [a]\n", "content/vocabulaires/v.yaml")
    assert document
    assert problems == ()
    assert document.front_matter == {"nom": "X", "termes": ["a"]}


def test_parse_reads_every_file_whatever_the_others_hold() -> None:
    files = [SourceFile("a.md", b"\xff"), SourceFile("b.md", HEADER.encode())]
    documents, problems = parse(files)
    assert [document.path for document in documents] == ["b.md"]
    assert [problem.path for problem in problems] == ["a.md"]


# --- Bodies --------------------------------------------------------------------------------------


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
    ("text", "words"),
    [
        ("# Titre", "écrivez ## Titre"),
        ("#ESS", "ou \\#ESS si ce n'est pas un titre"),
        ("[a](www.exemple.fr)", "écrivez https://www.exemple.fr"),
        ("[a](exemple.fr/page)", "écrivez https://exemple.fr/page"),
        ("[a](nom@exemple.fr)", "écrivez mailto:nom@exemple.fr"),
        ("[a](https://a.fr/b c)", "écrivez https://a.fr/b%20c"),
    ],
)
def test_what_to_type_in_a_body(text: str, words: str) -> None:
    assert words in one(HEADER + text).hint


@pytest.mark.parametrize(
    ("text", "line"),
    [("Texte :\n- a\n- b", 2), ("Un\ndeux\n1. a", 3), ("a\n\nb\n* c\n\nd", 4)],
)
def test_a_list_stuck_to_its_text_is_a_warning(text: str, line: int) -> None:
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
    ],
)
def test_what_is_fine_in_a_body(text: str) -> None:
    assert in_body(text) == []


@given(st.text("#-=*_`[]()<>!\\|:/. \n\tab1&;\"'~", max_size=80))
def test_no_body_makes_the_parser_fail(text: str) -> None:
    for problem in read(HEADER + text)[1]:
        assert 1 <= problem.line <= 4 + text.count("\n")
        assert problem.column >= 1
        assert "\x02" not in problem.message


# --- Images and headings -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("![](/images/a.jpg)", "![Ce que montre l'image](/images/a.jpg)"),
        ("![i](https://exemple.fr/b/a.jpg?x=1)", "dans content/images/ et écrivez /images/a.jpg"),
        ("![i](photos/a.jpg)", "mettez le fichier dans content/images/ et écrivez /images/a.jpg"),
        ("![i](../images/a b.jpg)", "et écrivez /images/a%20b.jpg"),
        ("![i](data:image/png;base64,AAAA)", "/images/nom-du-fichier.jpg"),
        ("![i](/images/2024/a b.jpg)", "écrivez /images/2024/a%20b.jpg"),
        ("### T", "écrivez ## T"),
        ("## S\n\n###### T", "écrivez ### T"),
    ],
)  # fmt: skip
def test_what_to_type_instead(text: str, hint: str) -> None:
    assert hint in one(HEADER + text).hint


@pytest.mark.parametrize("text", ["![Un pont](/images/a.jpg)", "[![Un pont](/images/a.jpg)](/x/)"])
def test_an_image_with_its_alternative_is_admitted(text: str) -> None:
    assert read(HEADER + text)[1] == ()


@pytest.mark.parametrize("text", ["## a\n\n### b\n\n#### c\n\n## d\n\n### e", "a\n---\n\n### b"])
def test_headings_in_order_are_admitted(text: str) -> None:
    assert read(HEADER + text)[1] == ()


def test_a_heading_that_skips_a_level_is_told_once() -> None:
    assert [line for line, _, _ in in_body("#### a\n\n#### b\n\n##### c\n\n## d\n\n#### e")] == [
        1,
        9,
    ]


def test_what_an_editor_notes_on_lines_of_its_own_is_on_no_page() -> None:
    document, problems = read(HEADER + "a\n\n<!-- un mot\n\n## pour plus tard -->\n\n[b](c)\n")
    assert document
    assert "plus tard" not in document.body.html + document.body.text
    assert document.body.headings == ()
    first = document.body.first_line
    assert document.body.notes == (first + 2,)
    assert [problem.line for problem in problems] == [first + 6]  # lines below are where they were


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
    ],
)
def test_an_item_that_is_not_within_another_is_told(typed: str, line: int) -> None:
    source = SourceFile("content/pages/x.md", f"---\ntitre: x\n---\n{typed}\n".encode())
    told = [one for one in parse_one(source, Converter())[1] if "point d'une liste" in one.message]
    assert [one.line for one in told] == ([line] if line else [])
    assert all("4 espaces" in one.hint for one in told)
