"""What is wrong with the content, told to the person who can mend it."""

from __future__ import annotations

import enum
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

# Mistakes of one header: no person makes more, and a bomb makes a hundred thousand.
TOLD = 100
TOO_MANY = (f"plus de {TOLD} erreurs dans cet en-tête", "corrigez celles-ci, puis recommencez")


class Level(enum.StrEnum):
    """How much a problem weighs: an error stops the build, a warning is only told."""

    ERROR = "erreur"
    WARNING = "avertissement"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in one file.

    `line` and `column` count from 1; 0 means that the whole file is meant. `message` is the
    cause and `hint` what to type, both in French, both full sentences.
    """

    path: str
    line: int
    column: int
    key: str
    message: str
    hint: str = ""
    level: Level = Level.ERROR

    @property
    def place(self) -> str:
        """Return `path:line:column` as editors and terminals understand it."""
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Return the order in which problems are shown: by file, then from top to bottom."""
        return (self.path, self.line, self.column, self.key, self.message)


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by place, each told once."""
    return tuple(sorted(set(problems), key=lambda problem: problem.sort_key))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return only the problems that stop the build."""
    return tuple(problem for problem in problems if problem.level is Level.ERROR)


def softened(problems: Iterable[Problem], paths: Container[str]) -> tuple[Problem, ...]:
    """Return the problems, with those of the files `paths` as warnings."""
    return tuple(
        replace(problem, level=Level.WARNING) if problem.path in paths else problem
        for problem in problems
    )
