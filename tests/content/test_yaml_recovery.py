from __future__ import annotations

import pytest

from maille.content.yaml_recovery import list_repairs


@pytest.mark.parametrize(
    ("text", "number", "meant"),
    [
        ("nom: A : b  # note", 0, 'nom: "A : b"  # note'),
        ("nom: A : b#c", 0, 'nom: "A : b#c"'),
        ('nom: "abc', 0, 'nom: "abc"'),
        ("nom: “A : b”", 0, 'nom: "A : b"'),
        ("nom = A", 0, "nom: A"),
        ("nom :A", 0, "nom: A"),
        ("a: b\nnom:A\nc: d", 1, "nom: A"),
        ("s:\n\t- titre: A", 1, "  - titre: A"),
        ("s:\n\u00a0\u00a0- titre: A", 1, "  - titre: A"),
        ("s:\n  -titre: A", 1, "  - titre: A"),
        ("s:\n  • titre: A", 1, "  - titre: A"),
        ("s:\n  - @a", 1, '  - "@a"'),
        ("a: b\n\u00a0resume: A", 1, "resume: A"),
        ("a: b\n  resume: A", 1, "resume: A"),
        ("s:\n  - a: b\n   c: d", 2, "    c: d"),
    ],
)
def test_what_a_line_probably_meant_is_proposed(text: str, number: int, meant: str) -> None:
    repairs = [*list_repairs(text.split("\n"), number)]
    assert {number: meant} in repairs
    assert {number: ""} in repairs


def test_the_lines_that_depend_on_a_line_can_go_with_it() -> None:
    lines = ["a: b", 'resume: "Une phrase', "  qui continue", "c: d"]
    assert {1: 'resume: "Une phrase"', 2: ""} in list_repairs(lines, 1)


def test_the_last_repair_empties_the_whole_group() -> None:
    lines = ["a: b", "s:", "  - c", "  d: e", "f: g"]
    *_, last = list_repairs(lines, 3)
    assert last == {1: "", 2: "", 3: ""}
