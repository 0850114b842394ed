"""Emphasis whose stars are not the same on both sides is told; right emphasis is not."""

from __future__ import annotations

import pytest

from maille.content.unequal_stars import list_stars


@pytest.mark.parametrize(
    ("line", "column", "hint"),
    [
        ("**Un prix fort*, oui", 11, "écrivez « fort** »"),
        ("Voici *un mot** et", 7, "écrivez « **un »"),
        ("**Un mot* *puis la suite", 6, "écrivez « mot** puis »"),
        ("Il est * *très grand** ici", 8, "écrivez « **très »"),
        ("**Un** puis **deux* *mots, fin", 15, "écrivez « deux** mots, »"),
    ],
)
def test_unequal_stars_are_told_at_the_word_beside_them(line: str, column: int, hint: str) -> None:
    ((at, message, remedy),) = list_stars(line)
    assert (at, remedy) == (column, hint)
    shown = message.split("« ")[1].split(" »")[0]
    assert line[at - 1 :].startswith(shown)


@pytest.mark.parametrize(
    "line",
    [
        "**Un mot**, *un autre*, ***un troisième***",
        "*Un **mot***",
        "***Un** mot*",
        "**Un *titre* dedans**",
        "10 €*, réduit 5 €**",
        "les élu*e*s et les voisin*es",
        "* un point, *un mot*",
        "`**a*`",
        "\\*\\*a\\*",
        "2 * 3 * 4",
    ],
)
def test_other_stars_are_left_alone(line: str) -> None:
    assert not [*list_stars(line)]
