"""What is wrong with the content, told to the person who can mend it."""

from __future__ import annotations

import difflib
import enum
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
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


def nearest(
    word: str, candidates: Iterable[str], most: int = 3, *, likeness: float = 0.6
) -> list[str]:
    """Return up to `most` candidates that look like `word`, the nearest first.

    Comparison ignores case and accents; the candidates come back as they are written. `likeness`
    goes from 0, nothing in common, to 1, the same letters.
    """
    by_folded = {_folded(candidate): candidate for candidate in sorted(candidates)}
    close = difflib.get_close_matches(_folded(word), by_folded, n=most, cutoff=likeness)
    return [by_folded[folded] for folded in close]


def terms_meant(typed: str, labels: Mapping[str, str]) -> list[str]:
    """Return the keys of terms (label by key) whose key or label looks like what is typed.

    One alone when that is the very key or label of it, case and accents aside.
    """
    by_name = {name: key for key, label in labels.items() for name in (label, key)}
    close = nearest(typed, by_name)
    if close and _folded(close[0]) == _folded(typed):
        return [by_name[close[0]]]
    return [*dict.fromkeys(by_name[name] for name in close)]


def _folded(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def enumerate_french(words: Sequence[str], link: str = "ou") -> str:
    """Return « a », « a ou b », « a, b ou c », each between French quotation marks."""
    quoted = [f"« {word} »" for word in words]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {link} {quoted[-1]}"
