"""What libyaml cannot read, explained in French: real errors and events of libyaml."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from maille.content.yaml_errors import (
    explain_yaml_error,
    format_value,
    quote_value,
    split_comment,
    strip_quotes,
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
        ("s:\n  - t: [a\n    d: b]\nc: d: e\n", 2, 8, "crochet [ est ouvert ici"),
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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" nom: A\nville: B\nc: d\n", 1),
        ("  nom: A\nville: B\nc: d\n", 1),
        ("t:\n   - cle: a\n    nom: b\n", 2),
        ("t:\n   - {cle: a}\n  - {cle: b}\n", 2),
        ("t:\n  - cle: a\n     nom: b\n", 3),
        ("t:\n- {cle: a}\n  - {cle: b}\n  - {cle: c}\n", 2),
        ("t:\n  - {cle: a}\n- {cle: b}\n  - {cle: c}\n", 3),
        ("t:\n -  cle: a\n    nom: b\n  - cle: c\n    nom: d\n", 2),
        ("a: b\n sources:\n  - t: c\n", 2),
    ],
)
def test_the_line_that_is_shifted_is_told_rather_than_its_neighbours(text: str, line: int) -> None:
    assert explain(text).line == line


@pytest.mark.parametrize(
    ("typed", "value", "comment"),
    [
        ("A : b   # Obligatoire. Nom.", "A : b", "  # Obligatoire. Nom."),
        ("A : b #", "A : b", "  #"),
        ("Le lot #3", "Le lot #3", ""),
        ("C#", "C#", ""),
        ("# note", "# note", ""),
        (" A ", "A", ""),
    ],
)
def test_a_comment_is_no_part_of_a_value(typed: str, value: str, comment: str) -> None:
    assert split_comment(typed) == (value, comment)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("“a”", "a"), ('"a', "a"), ("'l'été", "l'été"), ('a"', "a"), ("l'été", "l'été"), ("'a'", "a")],
)
def test_quotes_around_a_value_are_no_part_of_it(typed: str, value: str) -> None:
    assert strip_quotes(typed) == value


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
