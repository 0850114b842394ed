from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.content.yaml_openings import Opened, find_unclosed, may_be_unclosed, skip_deeper


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # YAML reads all of these without an error, or with one further down.
        ('nom: "L\'été\nprofil: a\nresume: "x"\n', Opened(0, 5, '"')),
        ("a: b\nnom: 'abc\nprofil: l'\n", Opened(1, 5, "'")),
        ('s:\n  - titre: "A\n    date: "2023"\n', Opened(1, 11, '"')),
        ('s:\n  - "A\n  - titre: B"\n', Opened(1, 4, '"')),
        ('p: [a, "b]\nq: "c"\n', Opened(0, 7, '"')),
        ('p: [a,\n  "b]\nq: "c"\n', Opened(1, 2, '"')),
        ('nom: "a \\" b\nq: c\n', Opened(0, 5, '"')),
        ("nom: 'l''été\nq: c\n", Opened(0, 5, "'")),
        ("a: b\np: [a, 'b\nq: [c, d']\n", Opened(1, 7, "'")),
        ('nom: "fin\n', Opened(0, 5, '"')),
    ],
)
def test_a_quote_that_takes_in_the_next_key_is_found(text: str, expected: Opened) -> None:
    assert find_unclosed(text.split("\n"), brackets=False) == expected


@pytest.mark.parametrize(
    "text",
    [
        'nom: "Une phrase\n  qui continue"\nq: c\n',
        'nom: "Une phrase\n  note: la suite"\nq: c\n',
        "nom: 'l''été'\nq: 'l\\'\n",
        'nom: Le "lot\nq: c\n',
        "nom: l'été\nq: c'\n",
        'texte: |\n  "abc\n  nom: x\nq: c\n',
        "p: [l'été, aujourd'hui]\nq: c\n",
        '# nom: "abc\nq: c\n',
        'nom: a # "b\nq: c\n',
        "p: [a, # l'été \"\n  b]\nq: c\n",
    ],
)
def test_a_quote_closed_in_its_value_is_none(text: str) -> None:
    lines = text.split("\n")
    assert find_unclosed(lines, brackets=False) is None
    assert find_unclosed(lines, brackets=True) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p: [a, b\nq: [c]\n", Opened(0, 3, "[")),
        ("p: [a,\n  b\nq: [c]\n", Opened(0, 3, "[")),
        ("s:\n  - {t: a, d: b\n  - {t: c}\n", Opened(1, 4, "{")),
        ("s: [{t: a]\nq: c\n", Opened(0, 4, "{")),
        ("s: [\n  {t: a,\n  {t: b}]\nq: c\n", Opened(1, 2, "{")),
    ],
)
def test_a_bracket_is_found_if_brackets_are_asked(text: str, expected: Opened) -> None:
    lines = text.split("\n")
    assert find_unclosed(lines, brackets=True) == expected
    assert find_unclosed(lines, brackets=False) is None


def test_the_lines_of_a_group_end_where_one_is_not_deeper() -> None:
    lines = ["a:", "  b: c", "", "    d", "e: f"]
    assert skip_deeper(lines, 0, 0) == 4
    assert skip_deeper(lines, 1, 2) == 4
    assert skip_deeper(lines, 4, 0) == 5


_PIECES = (
    "nom: ",
    "- ",
    "  ",
    "\n",
    '"',
    "'",
    "''",
    '\\"',
    "[",
    "]",
    "{",
    "}",
    ", ",
    " #",
    "é b",
    "|",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_the_quick_look_misses_no_open_quote(text: str) -> None:
    assert may_be_unclosed(text) or not find_unclosed(text.split("\n"), brackets=False)


@pytest.mark.parametrize(
    "line",
    ["nom: l'été", 'departement: "63"', '  - {titre: "A, b", t: ["1", "2"]}', "a: 'b' # \"c"],
)
def test_a_usual_line_is_passed_at_a_quick_look(line: str) -> None:
    assert not may_be_unclosed(f"a: b\n{line}\nc: d")
