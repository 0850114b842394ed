from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.content.header_rules import find_header


@pytest.mark.parametrize(
    ("text", "keys", "body"),
    [
        # The header is not closed: the body starts where a line can be no part of a header.
        ("---\nnom: X\n\ncorps [a](b)", [2], 4),
        ("---\nnom: X\nrelation: a\n\n## Un titre\n\nFin", [2, 3], 5),
        ("---\nnom: X\nsources:\n  - titre: Y\n# une note\nCorps", [2, 3, 4, 5], 6),
        ("---\nnom: X\n\nNote: corps", [2], 4),
        ("---\nnom: X\n\nville: Y\n", [2, 3, 4], 5),
        # A line is mistyped, or missing.
        ("---\nnom: X\n—\ncorps\n\n---\n\nsuite", [2], 4),
        ("---\nnom: X\n–-–\n\ncorps", [2], 5),
        ("---\nnom: X\n--\ncorps", [2], 4),
        ("---\nnom: X\n  ---\ncorps", [2], 4),
        ("---\nnom: X\n    ----\n\ncorps", [2], 5),
        ("---\nnom: X\n\t---  \ncorps", [2], 4),
        ("nom: X\n---\ncorps", [1], 3),
        ("-\nnom: X\n---\ncorps", [2], 4),
        ("+++\nnom = 1\n+++\ncorps", [2], 4),
        ("```yaml\n---\nnom: X\n---\ncorps\n```\n", [3], 5),
        # A line closes the header too early.
        ("---\nnom: X\n---\nville: Y\n---\ncorps", [2, 3, 4], 6),
        ("---\nnom: X\n---\n\nville: Y\nsources:\n- a\n----\ncorps", [2, 3, 4, 5, 6, 7], 9),
    ],
)
def test_what_probably_is_header_is_apart_from_the_body(
    text: str, keys: list[int], body: int
) -> None:
    lines = text.split("\n")
    header = find_header(text)
    assert header.problems
    assert header.first_line == keys[0]
    assert header.text.count("\n") == len(keys)
    for line, read in zip(keys, header.text.split("\n"), strict=False):
        assert read in {lines[line - 1], ""}
    assert (header.body_line, header.body) == (
        body,
        "\n".join(lines[body - 1 :]).replace("\n```\n", ""),
    )


@pytest.mark.parametrize(
    "text",
    [
        "---\nnom: X\n---\ncorps",
        "\n\n-----\nnom: X\n---  \n\n\ncorps",
        "---\nnom: X\nsources:\n  - a\n  - b\n---\ncorps",
        "---\nnom: X\n---\nNote: corps\n\n---\n\nsuite",
        "---\nnom: X\ntexte: |\n  --\n---\ncorps",
        "---\n---\n",
        # A value that goes on at the left edge, and words that only look like prose.
        '---\nnom: X\nresume: "Une phrase\nQui continue avec des mots."\n---\ncorps',
        "---\nnom: X\np: [a,\nUn nom de quatre mots]\n---\ncorps",
        "---\nnom: X\n## Une note\nville: Y\n---\ncorps",
        "---\nnom: X\ntexte: |\n  {% x %}\n  Une phrase de cinq mots.\n---\ncorps",
    ],
)
def test_two_right_rules_have_no_problem(text: str) -> None:
    assert find_header(text).problems == ()


def test_prose_without_a_header_is_all_body() -> None:
    header = find_header("\nUn mot.\n\nUn autre.\n")
    assert [one.line for one in header.problems] == [2]
    assert (header.text, header.body, header.body_line) == ("", "Un mot.\n\nUn autre.", 2)


@given(st.text("-—_`# \n\tab:[", max_size=60))
def test_every_line_is_at_its_place_whatever_the_text(text: str) -> None:
    header = find_header(text)
    lines = text.split("\n")
    for number, line in enumerate(header.body.split("\n"), header.body_line - 1):
        assert line in {"", lines[number], lines[number].rstrip()} if line else True
    for number, line in enumerate(header.text.split("\n")[:-1], header.first_line - 1):
        assert line in {"", lines[number]}


LATE = "le texte commence ici, et l'en-tête n'est fermé qu'à la ligne"
MOVE = "mettez une ligne --- avant celle-ci"


@pytest.mark.parametrize(
    ("text", "line", "cause", "hint"),
    [
        ("nom: X\n## Titre\nprose\n---\n", 3, f"{LATE} 5", f"laissez vide la ligne 5, et {MOVE}"),
        ("nom: X\n\nUne phrase de cinq mots.\n\n---\n\nB\n", 4, f"{LATE} 6", MOVE),
        ("nom: X\n\n### Un\n\n*Un* mot, deux mots.\n---\n", 4, f"{LATE} 7", "laissez vide"),
        ("s:\n  - a\n[Un lien](/a/) et trois mots.\n\n- b\n---\n", 4, f"{LATE} 7", "laissez vide"),
        ('nom: X\n{% include "x.md" %}\n---\n', 3, "« {% include", "effacez cette ligne"),
        (
            "{{ page.x }}\nnom: X\n---\n",
            2,
            "« {{ page.x }} » est une",
            "effacez cette ligne",
        ),
        ("nom: X\n<?php x() ?>  \n---\n", 3, "« <?php x() ?> » est une", "effacez cette ligne"),
        ("nom: X\n<!-- a b c d -->\n---\n", 3, "commence par un dièse", "écrivez « # a b c d »"),
    ],
)
def test_what_is_no_header_is_told_at_its_line(text: str, line: int, cause: str, hint: str) -> None:
    header = find_header(f"---\n{text}corps\n")
    (problem,) = header.problems
    assert problem.line == line
    assert cause in problem.message
    assert problem.hint.startswith(hint)
    if LATE in cause:
        assert header.body_line == line
        assert header.body.endswith("corps")
        assert "---" not in header.body


@pytest.mark.parametrize(
    "text", ["nom X et trois mots\n---\n", "Titre = A\n---\n", "nom: X\nUn nom\nville: Y\n---\n"]
)
def test_a_slip_among_the_keys_is_not_taken_for_the_text(text: str) -> None:
    header = find_header(f"---\nb: c\n{text}corps\n")
    assert header.problems == ()
    assert header.body == "corps"


@pytest.mark.parametrize(
    "line",
    ["Mise à jour: 1er mai 2024", "Code postal: 21000 Dijon, en Bourgogne", "Nom: A b c d e"],
)
def test_a_key_of_several_words_is_no_text(line: str) -> None:
    header = find_header(f"---\nnom: X\n{line}\n---\nTexte.")
    assert header.problems == ()
    assert line in header.text
