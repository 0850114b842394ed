from __future__ import annotations

import dataclasses

import pytest

from maille.content.documents import KeyPath, SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.problems import ContentError, Level, Problem

DOCUMENT, _ = parse_one(
    SourceFile("content/projets/a.md", b"---\nnom: A\nsources:\n  - titre: B\n---\n\n## C\n"),
    Converter(),
)


def test_without_a_position_the_whole_file_is_meant() -> None:
    problem = Problem("a.md", "cause", "remède")
    assert (problem.line, problem.column, problem.key) == (0, 0, "")
    assert problem.place == "a.md"
    assert problem.level is Level.ERROR


def test_reports_for_machines_list_the_position_before_the_message() -> None:
    names = [field.name for field in dataclasses.fields(Problem)]
    assert names == ["path", "line", "column", "key", "message", "hint", "level"]


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


def test_a_place_in_the_body_is_that_of_what_stands_there() -> None:
    assert DOCUMENT
    (heading,) = DOCUMENT.body.headings
    problem = DOCUMENT.make_body_problem(heading, "cause", "remède", Level.WARNING)
    assert problem == Problem(
        "content/projets/a.md", "cause", "remède", Level.WARNING, line=7, column=1
    )


def test_an_error_of_the_content_becomes_a_problem_of_its_file() -> None:
    error = ContentError("cause", "remède", line=3, column=4)
    assert error.make_problem("a.md") == Problem("a.md", "cause", "remède", line=3, column=4)
    assert str(error) == "cause"
