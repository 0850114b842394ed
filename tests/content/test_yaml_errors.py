"""What libyaml cannot read, explained in French: real errors and events of libyaml."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from maille.content.yaml_errors import (
    explain_cut_value,
    explain_lost_comment,
    explain_yaml_error,
    format_value,
    quote_value,
)
from maille.problems import ContentError

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def explain(text: str) -> ContentError:
    """Return the explanation of the error that libyaml raises on a text."""
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        list(yaml.parse(text, Loader=LOADER))
    return explain_yaml_error(caught.value, text)


def scalars(text: str) -> list[Any]:
    events = yaml.parse(text, Loader=LOADER)
    return [event for event in events if isinstance(event, yaml.ScalarEvent)]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("nom: a : b\n", 1, 8, "deux-points de trop"),
        ("titre: a: b\n", 1, 9, "deux-points de trop"),
        ("nom: a:\n", 1, 7, "deux-points de trop"),
        ("a: b\nnom: http://x: y\n", 2, 14, "deux-points de trop"),
        ('a: b\nnom: "abc\nc: d\n', 2, 6, "guillemet est ouvert ici"),
        ("nom: 'abc\n", 1, 6, "guillemet est ouvert ici"),
        ("nom: 'l'été'\n", 1, 9, "guillemet est fermé trop tôt"),
        ('nom: "x" y\n', 1, 10, "guillemet est fermé trop tôt"),
        ("p: [a, b\nc: d\n", 1, 4, "crochet [ est ouvert ici"),
        ("p: {a: b\nc: d\n", 1, 4, "accolade { est ouverte ici"),
        ("p:\n  - {n: a, t: Préparée : en 2022}\n", 2, 24, "deux-points de trop"),
        ("p: [{n: a,\n  t: b : c}]\n", 2, 8, "deux-points de trop"),
        ("p: {a: b\nc: d: e\n", 1, 4, "accolade { est ouverte ici"),
        ('p: {a: "b" c, d: e}\n', 1, 12, "guillemet est fermé trop tôt"),
        ("p: ['a' 'b']\n", 1, 9, "il manque une virgule entre ces deux valeurs"),
        ("s:\n  -titre: x\n    date: y\n", 2, 3, "tiret de cette ligne n'est pas suivi d'une"),
        ("s:\n  - a: x\n  -titre: x\n    date: y\n", 3, 3, "n'est pas suivi d'une espace"),
        ("s:\n  • titre: x\n    date: y\n", 2, 3, "« • » ne commence pas une ligne"),
        ("s:\n  * a\n  * b\n", 2, 3, "« * » ne commence pas une ligne"),
        ("p: [a]]\n", 1, 7, "crochet ou une accolade de trop"),
        ("p: [a,,b]\n", 1, 7, "virgule est en trop"),
        ("nom: **gras**\n", 1, 6, "commence par « * »"),
        ("nom: @x\n", 1, 6, "commence par « @ »"),
        ("nom: %x\n", 1, 6, "commence par « % »"),
        ("nom: - a\n", 1, 6, "un tiret commence cette valeur"),
        ("\tnom: x\n", 1, 1, "tabulation"),
        ("s:\n\t- titre: x\n", 2, 1, "tabulation"),
        ("s:\n  - titre: x\n\turl: y\n", 3, 1, "tabulation"),
        ("s:\n  - titre: x\n url: y\n", 3, 2, "pas alignée"),
        ("s:\n  - titre: x\n   url: y\n", 3, 4, "tiret"),
        ("  nom: x\nville: y\n", 2, 1, "pas alignée"),
        ("nom x\nville: y\n", 1, 1, "n'a pas de deux-points"),
        ("nom:x\nville: y\n", 1, 1, "n'a pas de deux-points"),
        ("a: b\nnom\nc: d\n", 2, 1, "n'a pas de deux-points"),
        ("a: b\n  c: d\n", 2, 3, "plus à droite"),
        ("a: b\n...\nc: d\n", 2, 1, "coupe ces clés en deux"),
        ('nom: "C:\\Users"\n', 1, 11, "barre oblique inverse"),
        ('nom: "a\\q"\n', 1, 8, "barre oblique inverse"),
        ("a: b\ntitre:\xa0Une\n", 2, 6, "espace insécable"),
        ("titre:\u202fUne\na: b\n", 1, 6, "espace insécable"),
        ("s:\n  - titre:\xa0Une\n    date: 2024\n", 2, 10, "espace insécable"),
    ],
)
def test_an_error_is_explained_where_it_is(text: str, line: int, column: int, words: str) -> None:
    error = explain(text)
    assert (error.line, error.column) == (line, column)
    assert words in error.message
    assert error.hint


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nom: a : b\n", 'nom: "a : b"'),
        ('  - titre: le "Hub" : suite\n', "titre: 'le \"Hub\" : suite'"),
        ("nom: @x\n", 'nom: "@x"'),
        ("p: [{n: a, t: Ici : là, d: e}]\n", 't: "Ici : là"'),
        ("p: [{n: a, t: Ici : là, ou là}]\n", 't: "Ici : là, ou là"'),
        ("s:\n  –titre: x\n    date: y\n", "écrivez « - titre: x »"),
        ("nom:x\nville: y\n", "« nom: x »"),
        ("a: b\nnom:x\nville: y\n", "« nom: x »"),
        ("a: b\n## Titre\nprose\n", "fermez l'en-tête par ---"),
        ("p: ['a' 'b']\n", "écrivez-la devant 'b'"),
        ("a: b\ntitre:\u00a0Une fête\n", "écrivez « titre: Une fête »"),
    ],
)
def test_the_hint_is_what_to_type(text: str, words: str) -> None:
    assert words in explain(text).hint


# --- What YAML reads, but not as it was meant ----------------------------------------------------


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


# --- Values as one can type them -----------------------------------------------------------------

PRINTABLE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1)


@given(PRINTABLE.filter(str.strip))
def test_what_is_proposed_is_read_back_as_it_was(text: str) -> None:
    """Between braces too, where a comma, a colon or a bracket would end the value."""
    for typed in (quote_value(text), format_value(text)):
        assert [event.value for event in scalars(f"{{a: {typed}, b: c}}")] == [
            *("a", text.strip()),
            *("b", "c"),
        ]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Rapport annuel (2024)", "Rapport annuel (2024)"),
        ("https://exemple.fr/a", "https://exemple.fr/a"),
        ("Ici, là", '"Ici, là"'),
        ("a: b", '"a: b"'),
        ("- a", '"- a"'),
        ('Le "lot"', "'Le \"lot\"'"),
        ('L\'"été"', "'L''\"été\"'"),
        ("  a ", "a"),
    ],
)
def test_a_value_is_in_quotes_if_it_needs_them(text: str, typed: str) -> None:
    assert format_value(text) == typed
