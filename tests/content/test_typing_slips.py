"""Slips of the hand in lists and headings are told, and what looks like them is not."""

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
        ("- Un.\n Deux.\n- Trois.", 2, "écrivez-le devant « Deux. », au bord gauche"),
        (
            "- Un !\n **Deux** et la suite.",
            2,
            "écrivez-le devant « **Deux** et la », au bord gauche",
        ),
        ("## Un\n## Un\n\nTexte.", 2, "effacez cette ligne"),
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
        "- Un.\n-M Martin",
        "- Une phrase.\nUne autre, à la ligne.",  # a long item on several lines
        "- Une phrase.\n  Une autre, sous la première.",
        "- Une phrase qui va\n Jusqu'ici.",
        "- Un.\n Deux,\nsur trois lignes.",
        "- Un.\n\n Deux.",
        "## Un\n\nTexte.\n\n## Un\n\nTexte.",  # twice, each with its text
        "## Un\n\n### Un\n\nTexte.",
        "    - Un.\n    -R ien.",  # code
    ],
)
def test_what_may_be_meant_is_not_told(text: str) -> None:
    assert told(text) == []
