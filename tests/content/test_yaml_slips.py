"""What YAML reads, but not as it was meant: events of libyaml."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from maille.content.yaml_slips import (
    explain_bullet,
    explain_cut_value,
    explain_equals,
    explain_hard_space,
    explain_lost_comment,
    explain_stray_quote,
    explain_stuck_key,
)

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def scalars(text: str) -> list[Any]:
    events = yaml.parse(text, Loader=LOADER)
    return [event for event in events if isinstance(event, yaml.ScalarEvent)]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("titre: Le lot #3 et #4\n", "« #3 et #4 » est après", ': "Le lot #3 et #4" ;'),
        ('titre: Le "lot" #3\n', "« #3 » est après", """: 'Le "lot" #3' ;"""),
        ("a:\n  - b #c\n  - d\n", "« #c » est après", ': "b #c" ;'),
        # Over two lines, or between brackets, the hint cannot repeat the value.
        ("a: b\n  c #d\n", "« #d » est après", ': "…" ;'),
        ("p: [b #c\n  , d]\n", "« #c » est après", ': "…" ;'),
    ],
)
def test_words_that_would_be_a_comment_are_told(text: str, message: str, hint: str) -> None:
    lines = text.split("\n")
    (found,) = filter(None, (explain_lost_comment(lines, event) for event in scalars(text)))
    assert found[0].startswith(message)
    assert hint in found[1]


@pytest.mark.parametrize(
    "text", ["a: b # note\n", "a: b #\n", "#a: b\nc: d\n", "a: b#c\n", "a: b\n\n\n#c\n"]
)
def test_a_comment_on_purpose_is_none(text: str) -> None:
    lines = text.split("\n")
    assert not any(explain_lost_comment(lines, event) for event in scalars(text))


@pytest.mark.parametrize(
    ("text", "cut", "message", "hint"),
    [
        ("p: {n: a, t: Ici, là, d: e}\n", "là", "« là »", 't: "Ici, là"'),
        ("p: {n: a, t: Ici, là, et là}\n", "là", "« là »", 't: "Ici, là, et là"'),
        ("p: {t: l'été, là}\n", "là", "« là »", 't: "l\'été, là"'),
        ("p:\n  {t: Ici, là}\n", "là", "« là »", 't: "Ici, là"'),
        ("p: {t: a, n:Ici}\n", "n:Ici", "cette clé n'a pas de deux-points", "« n: Ici »"),
    ],
)
def test_a_value_that_a_comma_cuts_is_told(text: str, cut: str, message: str, hint: str) -> None:
    (key,) = [event for event in scalars(text) if event.value == "t"]
    found = explain_cut_value(text, key.start_mark, cut)
    assert message in found[0]
    assert hint in found[1]


@pytest.mark.parametrize(
    ("text", "key", "column", "words", "hint"),
    [
        ("\u00a0resume: Une phrase.\n", 0, 1, "devant « resume »", "« resume: Une phrase. »"),
        ("nom\u00a0: A\n", 0, 4, "derrière « nom »", "« nom: A »"),
        ("nom\u202f: A\n", 0, 4, "derrière « nom »", "« nom: A »"),
        ("s:\n\u202f\u202f- titre: A\n", 2, 1, "devant « titre »", "« - titre: A »"),
        ("s:\n  -\u00a0titre: A\n", 1, 4, "devant « titre »", "titre: A »"),
        ("s:\n  - titre\u2009: A\n", 1, 10, "derrière « titre »", "« titre: A »"),
    ],
)
def test_a_no_break_space_at_a_key_is_named_at_its_place(
    text: str, key: int, column: int, words: str, hint: str
) -> None:
    error = explain_hard_space(text.split("\n"), scalars(text)[key])
    assert error
    assert error.column == column
    assert words in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    "text", ["'nom\u00a0': A\n", "un mot\u00a0et un autre: A\n", "nom: A\u00a0b\n"]
)
def test_another_no_break_space_is_left_alone(text: str) -> None:
    lines = text.split("\n")
    assert not any(explain_hard_space(lines, event) for event in scalars(text))


def test_an_equals_sign_stands_for_a_colon() -> None:
    lines = ['titre = "x"', "  date=2024", "titre: a = b", "un mot = deux"]
    found = [explain_equals(lines, number) for number in range(4)]
    assert [one and one.hint for one in found] == [
        'écrivez « titre: "x" »',
        "écrivez « date: 2024 »",
        None,
        None,
    ]


def test_a_bullet_at_the_left_edge_is_no_part_of_a_key() -> None:
    text = "a:\n• titre: x\n-nom: y\n– b: z\n"
    lines = text.split("\n")
    found = [one for event in scalars(text) if (one := explain_bullet(lines, event))]
    assert [(one.line, one.hint) for one in found] == [
        (2, "écrivez « - titre: x »"),
        (3, "écrivez « - nom: y »"),
        (4, "écrivez « - b: z »"),
    ]


def test_a_number_below_zero_and_a_bullet_elsewhere_are_left_alone() -> None:
    text = "-5: a\nb: • c\nd:\n  • e: f\n'• g': h\n"
    assert not any(explain_bullet(text.split("\n"), event) for event in scalars(text))


@pytest.mark.parametrize("sign", ["#N/A", "#NOM?", "#REF!", "#DIV/0!"])
def test_the_error_of_a_spreadsheet_is_not_to_be_quoted(sign: str) -> None:
    text = f"nom: {sign}\n"
    found = [explain_lost_comment(text.split("\n"), event) for event in scalars(text)]
    ((cause, hint),) = filter(None, found)
    assert f"« {sign} » est une erreur de tableur" in cause
    assert '"' not in hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('nom:"Un titre : le vrai"\n', '« nom: "Un titre : le vrai" »'),
        ('a: b\nnom = "Un titre : le vrai"\n', '« nom: "Un titre : le vrai" »'),
        ("nom:A : b\n", "« nom: A : b »"),
        ("p:\n  - {cle = A, nom: B}\n", "« cle: A »"),
        ("p: [{nom:A, cle: B}]\n", "« nom: A »"),
    ],
)
def test_a_key_that_holds_its_value_is_told(text: str, hint: str) -> None:
    lines = text.split("\n")
    (error,) = filter(None, (explain_stuck_key(lines, event) for event in scalars(text)))
    assert hint in error.hint


@pytest.mark.parametrize("text", ["18:30: a\n", "1:2: a\n", "'a:b': c\n", "nom: a\n"])
def test_a_key_with_a_colon_may_be_right(text: str) -> None:
    assert not explain_stuck_key(text.split("\n"), scalars(text)[0])


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ("“Le lot”", '"Le lot"'),
        ("‘Le lot’", '"Le lot"'),
        ('“Le lot"', '"Le lot"'),
        ('Le lot"', '"Le lot"'),
        ('L"e lot"', '"Le lot"'),
        ('6""', '"6"'),
        ('Le lot : "a" et b"', "'Le lot : \"a\" et b'"),
    ],
)
def test_quotes_that_would_be_shown_are_told(value: str, typed: str) -> None:
    found = explain_stray_quote(value)
    assert found
    assert found[1] == f"écrivez {typed}"


@pytest.mark.parametrize(
    "value",
    ["« Le lot »", "“Un” et “deux”", 'Le "lot"', "l'été", 'Tuyau de 2" de long', "“Un” mot"],
)
def test_quotes_of_a_text_are_left_alone(value: str) -> None:
    assert explain_stray_quote(value) is None
