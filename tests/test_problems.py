from __future__ import annotations

import dataclasses

import pytest

from maille.problems import (
    ContentError,
    Level,
    Problem,
    select_errors,
    soften,
    sort_problems,
)


def test_without_a_position_the_whole_file_is_meant() -> None:
    problem = Problem("a.md", "cause", "remède")
    assert (problem.line, problem.column, problem.key) == (0, 0, "")
    assert problem.place == "a.md"
    assert problem.level is Level.ERROR


def test_reports_for_machines_list_the_position_before_the_message() -> None:
    names = [field.name for field in dataclasses.fields(Problem)]
    assert names == ["path", "line", "column", "key", "target", "message", "hint", "level"]


def test_an_error_of_the_content_becomes_a_problem_of_its_file() -> None:
    error = ContentError("cause", "remède", line=3, column=4)
    assert error.make_problem("a.md") == Problem("a.md", "cause", "remède", line=3, column=4)
    assert str(error) == "cause"


@pytest.mark.parametrize(
    ("line", "column", "place"), [(3, 7, "a.md:3:7"), (3, 0, "a.md:3"), (0, 0, "a.md")]
)
def test_a_place_is_one_that_editors_open(line: int, column: int, place: str) -> None:
    assert Problem("a.md", "m", line=line, column=column).place == place


def test_problems_are_sorted_by_file_then_from_top_to_bottom_each_once() -> None:
    every = (
        Problem("a.md", "m", line=2, column=9),
        Problem("a.md", "m", line=10, column=1),
        Problem("a.md", "m", line=10, column=1, key="titre"),
        Problem("b.md", "a", line=1, column=1),
        Problem("b.md", "b", line=1, column=1),
    )
    assert sort_problems([*reversed(every), *every]) == every


def test_the_problems_of_a_list_and_of_its_items_at_one_position_are_sorted_by_message() -> None:
    first = Problem("a.md", "a", line=1, key="sources[1].titre")
    second = Problem("a.md", "b", line=1, key="sources")
    assert sort_problems([second, first]) == (first, second)


def test_warnings_do_not_stop_a_build() -> None:
    warning, error = Problem("a.md", "m", level=Level.WARNING), Problem("a.md", "m")
    assert select_errors([warning, error]) == (error,)


def test_problems_of_some_files_become_warnings_and_keep_the_rest() -> None:
    first, second = Problem("a.md", "un", line=3), Problem("b.md", "deux")
    soft, kept = soften([first, second], {"a.md"})
    assert soft == Problem("a.md", "un", level=Level.WARNING, line=3)
    assert kept == second
