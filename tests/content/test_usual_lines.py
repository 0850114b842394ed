"""A body of usual Markdown is left as it is, and only such a body."""

from __future__ import annotations

import random

import pytest

from maille.content.foreign_lines import rewrite_lines
from maille.content.usual_lines import is_usual

LINES = (
    "",
    "  ",
    "# T",
    "## T -",
    "Du texte",
    "L'eau",
    "À faire",
    "**Gras** x",
    "[x](/y/)",
    "« cité »",
    "- un",
    "- **g** x",
    "- «x",
    "1. x",
    "2. **y**",
    "12. w",
    "| a |",
    "> cité",
    "> L'x",
    "Tt -",
    "- - x",
    "--",
    "---",
    "-x",
    "-",
    "- \u00a0x",
    "o x",
    "a) x",
    "1) x",
    "1.x",
    "• x",
    "– x",
    "ok\\",
    ">x",
    "> - x",
    "    x",
    " x",
    "> o x",
    "**1. x",
    "« a) x",
    "* x",
    "***",
    "☎ x",
    "1. - x",
    "==",
)


def rewrite(lines: list[str]) -> tuple[list[str], list[int]]:
    """Return the rewritten lines, and the numbers of the lines that are reported or marked."""
    told: list[int] = []

    def mark(number: int) -> str:
        told.append(number)
        return ""

    rewritten = [*rewrite_lines(enumerate(lines), lambda number, *_: told.append(number), mark)]
    return rewritten, told


def test_what_is_usual_would_not_be_rewritten() -> None:
    draw = random.Random(20261130)
    usual = 0
    for _ in range(6000):
        lines = draw.choices(LINES, k=draw.randint(1, 5))
        if is_usual("".join(f"{line}\n" for line in lines)):
            usual += 1
            assert rewrite(lines) == (lines, [])
    assert usual > 200


@pytest.mark.parametrize(
    "text",
    [
        "Une réunion.\n\n- lundi\n- mardi\n\n1. le bilan\n1. la suite\n\n> Cité.\n",
        "## Titre\n\n| a | b |\n| - | - |\n| 1 | 2 |\n",
    ],
)
def test_markdown_as_the_guide_shows_it_is_usual(text: str) -> None:
    assert is_usual(text)


@pytest.mark.parametrize(
    "text",
    [
        "Une liste :\n- a\n- b\n",
        "Une liste :\n1. a\n2. b\n",
        "- a\n1. b\n2. c\n",
        "1. a\n- b\n- c\n",
    ],
)
def test_an_item_below_text_or_an_item_of_the_other_kind_is_not_usual(text: str) -> None:
    assert not is_usual(text)
