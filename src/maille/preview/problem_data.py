"""Problems as the preview shows them: with a link that opens the file in an editor."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from maille.problems import Problem


def describe_problems(problems: Iterable[Problem], root: Path) -> list[dict[str, Any]]:
    """Return the problems as data for the script of the preview."""
    return [
        {
            "lieu": problem.place,
            "lien": make_editor_link(problem, root),
            "message": problem.message,
            "conseil": problem.hint,
            "niveau": str(problem.level),
        }
        for problem in problems
    ]


def make_editor_link(problem: Problem, root: Path) -> str:
    """Return the address that opens the file of a problem at its line in VS Code, or "".

    Such addresses work once VS Code is installed, without any setting. There is no address if the
    problem names no file, or a file that does not exist.
    """
    path = root.resolve() / problem.path
    if not problem.path or not path.is_file():
        return ""
    where = "".join(f":{number}" for number in (problem.line, problem.column) if number)
    return f"vscode://file/{quote(path.as_posix().lstrip('/'), safe='/:')}{where}"
