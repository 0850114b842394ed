"""Problems: what is wrong with the content, in French, for the editor who can correct it."""

from __future__ import annotations

import enum
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace

# The maximum number of problems reported per front matter: a hostile file can have 100,000.
MAX_PROBLEMS = 100
TOO_MANY = (
    f"plus de {MAX_PROBLEMS} erreurs dans cet en-tête",
    "corrigez celles-ci, puis recommencez",
)


class Level(enum.StrEnum):
    """An error keeps the site from being published; a warning does not."""

    ERROR = "erreur"
    WARNING = "avertissement"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct in one file.

    `message` is the cause and `hint` what to type, both in French. `line` and `column` count from
    1; 0 means the whole file. `key` is the key concerned, such as `sources[1].titre`. `target` is
    the address of the missing page that the file refers to, if any; it ends with « # » if it is
    only guessed.

    These methods fill in the position: `Document.make_problem` for a key of the front matter,
    `Document.make_body_problem` for a place in the body, `Config.make_problem` for a key of
    `site.toml`, `ContentError.make_problem` for an error raised by code that has no path.
    """

    path: str
    line: int = field(default=0, kw_only=True)
    column: int = field(default=0, kw_only=True)
    key: str = field(default="", kw_only=True)
    target: str = field(default="", kw_only=True, repr=False)
    message: str
    hint: str = ""
    level: Level = Level.ERROR

    @property
    def place(self) -> str:
        """Return `path:line:column`, which code editors make a link, without numbers that are 0."""
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """Return the key by which problems are sorted: by file, then from top to bottom.

        At one position, the problems of a list and of its items are sorted by message.
        """
        first_key = self.key.partition("[")[0]
        return (self.path, self.line, self.column, first_key, self.message, self.key)


class ContentError(ValueError):
    """Something cannot be used as it is: `message` says why, and `hint` what to type.

    Raised by code that reads a value, a text or an image without knowing its file. `line` and
    `column` count from 1; 0 means the whole value, text or image.
    """

    def __init__(self, message: str, hint: str = "", *, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
        self.line, self.column = line, column

    def make_problem(self, path: str) -> Problem:
        """Return this error as a problem of the file `path`."""
        return Problem(path, self.message, self.hint, line=self.line, column=self.column)


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by position, without duplicates."""
    return tuple(sorted(set(problems), key=lambda problem: problem.sort_key))


def select_errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are errors."""
    return tuple(problem for problem in problems if problem.level is Level.ERROR)


def soften(problems: Iterable[Problem], paths: Container[str]) -> tuple[Problem, ...]:
    """Return the problems; errors in the files `paths` become warnings."""
    return tuple(
        replace(problem, level=Level.WARNING) if problem.path in paths else problem
        for problem in problems
    )
