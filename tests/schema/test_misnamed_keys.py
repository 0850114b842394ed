"""The values of keys under a wrong name are checked in the run that tells the name."""

from __future__ import annotations

import pytest

from maille import kinds
from maille.content.documents import SourceFile
from maille.content.parse import parse
from maille.schema.validate import validate_one

(KIND,) = kinds.load(("catalyser",))
FORM = "nom: X\nrelation: cite\nresume: r\n"


def told(lines: str) -> list[tuple[int, str, str]]:
    (document,), problems = parse([SourceFile("catalysers/x.md", f"---\n{lines}\n---\n".encode())])
    assert problems == ()
    _, found = validate_one(document, KIND)
    return [(one.line, one.key, one.hint) for one in found]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            f"{FORM}Sources:\n  - Titre: A\n    Date: 2024",
            [
                (5, "Sources", "vouliez-vous dire « sources » ?"),
                (6, "Sources[1].Titre", "vouliez-vous dire « titre » ?"),
                (7, "Sources[1].Date", "vouliez-vous dire « date » ?"),
            ],
        ),
        (
            f"{FORM}sources: [{{titre: S}}]\nemail: nom@exemple..fr",
            [
                (6, "email", "vouliez-vous dire « courriel » ?"),
                (6, "email", "écrivez nom@exemple.fr"),
            ],
        ),
        (
            f"{FORM}sources: [{{titre: S}}]\nMise à jour: 1er mai 2024",
            [
                (6, "Mise à jour", "vouliez-vous dire « mise_a_jour » ?"),
                (6, "Mise à jour", "écrivez 2024-05-01"),
            ],
        ),
    ],
)
def test_what_is_wrong_below_a_wrong_name_is_told_with_it(
    lines: str, found: list[tuple[int, str, str]]
) -> None:
    assert told(lines) == found


@pytest.mark.parametrize(
    "lines",
    [
        f"{FORM}Sources:\n  - titre: A",
        f"{FORM}sources: [{{titre: S}}]\nvile: Dijon\ndepartement: '21'",
        f"{FORM}sources: [{{titre: S}}]\nbidule: hier",
        f"{FORM}sources: [{{titre: S}}]\ncourriel: nom@exemple.fr\nemail: hier",
    ],
)
def test_a_right_value_is_told_by_its_name_alone(lines: str) -> None:
    assert len(told(lines)) == 1
