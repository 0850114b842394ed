"""An item of a list that repeats another one is told, with what to erase."""

from __future__ import annotations

import pytest

from maille import kinds
from maille.content.documents import SourceFile
from maille.content.parse import parse
from maille.problems import Level
from maille.schema.validate import validate
from maille.site.same_items import check_same_items

KINDS = kinds.load(("catalyser", "projet"))


def told(keys: str) -> list[tuple[int, str]]:
    """Return line and remedy of what is told of a project that has these keys, from line 4 on."""
    text = f"---\nnom: X\nresume: Une phrase.\n{keys}---\n"
    documents, problems = parse([SourceFile("content/projets/x.md", text.encode())])
    validated = validate(documents, KINDS)
    assert (*problems, *validated.problems) == ()
    found = [*check_same_items(validated.entries)]
    assert {one.level for one in found} <= {Level.WARNING}
    return [(one.line, one.hint) for one in found]


@pytest.mark.parametrize(
    ("keys", "line", "hint"),
    [
        ("sources:\n  - titre: A\n  - titre: A\n    date: 2024\n", 5, "effacez cette ligne"),
        ("sources:\n  - titre: A\n    date: 2024\n  - titre: A\n", 7, "effacez cette ligne"),
        ("sources:\n  - {titre: A}\n  - {titre: B}\n  - {titre: A}\n", 7, "effacez cette ligne"),
        (
            "sources:\n  - titre: A\n    date: 2024\n  - titre: A\n    date: 2024\n",
            7,
            "effacez les lignes 7 à 8",
        ),
        ("sources: [{titre: A}, {titre: A, date: 2024}]\n", 4, "effacez l'un des deux"),
        (
            "sources: [{titre: A}]\nannonces:\n  - texte: Un.\n  - texte: Un.\n",
            7,
            "effacez cette ligne",
        ),
    ],
)
def test_an_item_that_says_no_more_than_another_is_told(keys: str, line: int, hint: str) -> None:
    assert told(keys) == [(line, hint)]


@pytest.mark.parametrize(
    "keys",
    [
        "sources:\n  - {titre: A, date: 2023}\n  - {titre: A, date: 2024}\n",
        "sources:\n  - {titre: A, url: 'https://a.fr/'}\n  - {titre: A, date: 2024}\n",
        "sources:\n  - {titre: A}\n  - {titre: A bis}\n",
    ],
)
def test_items_that_differ_are_two(keys: str) -> None:
    assert told(keys) == []
