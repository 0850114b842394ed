"""What would take minutes to convert is refused at once, at its line; what people write is not."""

from __future__ import annotations

import pytest

from maille.content.markdown_limits import (
    BLOCK_LIMIT,
    LINE_LIMIT,
    LIST_LIMIT,
    check_limits,
)
from maille.problems import ContentError
from tests.steps import count_steps

LONG = 240_000
BLOCK = 9_900


def paragraphs(unit: str, number: int = LONG // BLOCK) -> str:
    """Return a body made of one sign repeated, in so many of the longest paragraphs."""
    return "\n\n".join([(unit * BLOCK)[:BLOCK]] * number)


REFUSED = {
    "unclosed brackets": "[" * 20_000,
    "unclosed brackets in paragraphs": paragraphs("["),
    "unclosed links": paragraphs("[a]("),
    "unclosed images": paragraphs("!["),
    "unclosed titles": paragraphs('[a](/x/ "b) '),
    "brackets in brackets": paragraphs("[" * 2000 + "]" * 2000),
    "a paragraph without end": "mot " * 70_000,
    "a text of a megabyte": "mot\n\n" * 200_000,
    "lines without end": "a\n\n" * 30_000,
    "lists 500 deep": "\n".join(" " * 4 * n + "- a" for n in range(500)),
    "lists in one line": "- " * 500 + "a",
    "numbers in one line": "1. " * 500 + "a",
    "quotes 500 deep": ">" * 500 + " a",
    "quotes and lists": ("> - " * 9 + "a\n\n") * 100,
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_take_minutes_is_refused_at_once(name: str) -> None:
    with count_steps() as steps, pytest.raises(ContentError) as refused:
        check_limits(REFUSED[name], 5)
    assert steps.number < len(REFUSED[name]) / 5 + 100
    assert refused.value.line >= 5
    assert refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\n- b\n" + " " * 100 + "c", 4, "imbriquées trop profondément"),
        ("a\nb\n\n" + "> " * 8 + "c", 4, "imbriquées trop profondément"),
        ("a\n\n\nb" + "c" * BLOCK_LIMIT, 4, f"{BLOCK_LIMIT + 1} caractères"),
        ("a\n\n- b" + "c" * LIST_LIMIT, 3, f"{LIST_LIMIT + 3} caractères"),
        ("mot\n" * (LINE_LIMIT + 1), 1, f"{LINE_LIMIT + 1} lignes"),
        ("a\n\n" + "[" * 3000, 3, "jamais refermés"),
    ],
)
def test_the_first_line_in_question_is_told(text: str, line: int, words: str) -> None:
    """`first_line` is the line of the file on which the text starts."""
    for first_line in (1, 40):
        with pytest.raises(ContentError, match=words) as refused:
            check_limits(text, first_line)
        assert refused.value.line == line + first_line - 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n    - b\n        - c\n            - d",
        "-" * 200,
        "* " * 40,
        "> " * 7 + "a",
        "a\n" + "=" * 100,
        "b" * BLOCK_LIMIT,
        "- [lien](/x/)\n" * 3000,
        "1. mot\n" * 3000,
        "| a [b](/x/) |\n|---|\n" + "| c [d](/x/) |\n" * 500,
        "Un [crochet seul dans un long paragraphe. " + "mot " * 2000,
        '[lien](/x/ "titre") et [l\'autre](/y/).\n\n' * 2000,
        "mot\n\n" * (LINE_LIMIT // 2),
    ],
)
def test_what_people_write_is_accepted(text: str) -> None:
    check_limits(text, 1)
