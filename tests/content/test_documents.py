"""Where the keys and the parts of a document stand, for what is told of them."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from maille.content.documents import KeyPath, Position, Positions, SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.problems import Level, Problem

DOCUMENT, _ = parse_one(
    SourceFile("content/projets/a.md", b"---\nnom: A\nsources:\n  - titre: B\n---\n\n## C\n"),
    Converter(),
)


@pytest.mark.parametrize(
    ("path", "on_key", "place", "key"),
    [
        (("nom",), False, (2, 6), "nom"),
        (("nom",), True, (2, 1), "nom"),
        (("sources", 0, "titre"), False, (4, 12), "sources[1].titre"),
        (("sources", 0, "date"), False, (4, 5), "sources[1].date"),
        ((), False, (1, 1), ""),
    ],
)
def test_a_document_knows_where_its_keys_are(
    path: KeyPath, on_key: bool, place: tuple[int, int], key: str
) -> None:
    assert DOCUMENT
    problem = DOCUMENT.make_problem(path, "cause", "remède", Level.WARNING, on_key=on_key)
    assert (problem.line, problem.column) == place
    assert (problem.path, problem.key) == ("content/projets/a.md", key)
    assert (problem.message, problem.hint) == ("cause", "remède")
    assert problem.level is Level.WARNING


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("« 60 »", "ôtez les signes « et » ; écrivez « 60 »"),
        ("“60”", "ôtez les signes “ et ” ; écrivez « 60 »"),
        ("60", "écrivez « 60 »"),
        ("« Le lot » et un autre", "écrivez « 60 »"),
        ("« Un titre »", "écrivez « 60 »"),
    ],
)
def test_marks_around_a_word_are_to_be_taken_away_first(typed: str, hint: str) -> None:
    source = SourceFile("content/projets/a.md", f"---\nnom: {typed}\n---\n".encode())
    document, _ = parse_one(source, Converter())
    assert document
    assert document.make_problem(("nom",), "cause", "écrivez « 60 »").hint == hint
    assert document.make_problem(("nom",), "c", "h", Level.WARNING).hint == "h"


def test_a_value_is_found_by_its_path() -> None:
    assert DOCUMENT
    assert DOCUMENT.find_value(("nom",)) == DOCUMENT.front_matter["nom"]
    for path in (("sources", 9), ("autre",), ("nom", "x"), ("sources", 0, "x", 1)):
        assert DOCUMENT.find_value(path) is None


@pytest.mark.parametrize(
    ("lines", "path", "beside"),
    [
        ("a: [b, c]", ("a", 1), True),
        ("a: b", ("a",), True),
        ("a:\n  - b", ("a", 0), False),
        ("a:\n  b", ("a",), False),
        ("a:\n  - {b: [c]}", ("a", 0, "b", 0), True),
    ],
)
def test_a_value_stands_beside_its_key_or_below(lines: str, path: KeyPath, beside: bool) -> None:
    document, _ = parse_one(SourceFile("a.md", f"---\n{lines}\n---\n".encode()), Converter())
    assert document
    assert document.has_value_beside_key(path) is beside


def test_a_value_goes_from_its_first_line_to_its_last() -> None:
    text = "---\nnom: X\nliste:\n  - a: 1\n    b:\n      - c\n  - a: 2\n---\n"
    document, _ = parse_one(SourceFile("x.md", text.encode()), Converter())
    assert document is not None
    found = [document.find_span(path) for path in (("liste", 0), ("liste", 1), ("autre",))]
    assert found == [(4, 6), (7, 7), (0, 0)]


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        (("nom",), False),
        (("liste",), False),
        (("liste", 0, "a"), True),  # the item begins there
        (("liste", 0, "b"), False),
        (("liste", 1, "d"), True),  # beside « e »
    ],
)
def test_a_line_may_hold_several_keys(path: KeyPath, *, shared: bool) -> None:
    text = "---\nnom: X\nliste:\n  - a: 1\n    b: 2\n  - {c: 1,\n    d: 2, e: 3}\n---\n"
    document, _ = parse_one(SourceFile("x.md", text.encode()), Converter())
    assert document is not None
    assert document.shares_line(path) == shared


def test_a_place_in_the_body_is_that_of_what_stands_there() -> None:
    assert DOCUMENT
    (heading,) = DOCUMENT.body.headings
    problem = DOCUMENT.make_body_problem(heading, "cause", "remède", Level.WARNING)
    assert problem == Problem(
        "content/projets/a.md", "cause", "remède", Level.WARNING, line=7, column=1
    )


@pytest.mark.parametrize(
    ("path", "slug"),
    [("content/projets/a.md", "a"), ("a.b.md", "a.b"), ("x/.cache", ".cache"), ("x/y", "y")],
)
def test_a_slug_is_the_name_of_the_file_without_its_ending(path: str, slug: str) -> None:
    assert DOCUMENT
    assert dataclasses.replace(DOCUMENT, path=path).slug == slug


POSITIONS = {("nom",): Position(2, 1), ("sources", 0, "titre"): Position(300, 5)}


def test_positions_are_those_of_the_mapping_that_they_pack() -> None:
    packed = Positions.pack(POSITIONS)
    assert packed == POSITIONS
    assert packed["sources", 0, "titre"] == Position(300, 5)
    assert packed.get(("sources", 0)) is None
    assert list(packed.items()) == list(POSITIONS.items())
    assert not Positions()


def test_positions_of_several_files_share_their_key_paths() -> None:
    first, second = (Positions.pack({("n", "om"[:1]): Position(1, 1)}) for _ in "ab")
    sent = pickle.loads(pickle.dumps(first))
    assert first == sent
    assert first.paths[0] is second.paths[0] is sent.paths[0]
