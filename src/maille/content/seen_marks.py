"""Find the lines that an editor has marked « vu » (seen), once their warnings are read.

In a header, the mark is a comment: `# vu`, or `# vu : the reason`, at the end of the line or alone
on the line above. In a body, it is a note alone on its line, `<!-- vu -->`, above the paragraph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from maille.content.documents import Document
from maille.problems import Level, Problem
from maille.text.patterns import compile_late

_IN_HEADER = compile_late(r"(?:^|\s)#\s*vu\s*(?::|$)")
_ALONE = compile_late(r"\s*#")
_IN_BODY = compile_late(r"<!--\s*vu\s*(?::|-->)")


class Split(NamedTuple):
    """The problems to report, and those that an editor has marked « vu »."""

    told: tuple[Problem, ...]
    seen: tuple[Problem, ...]


def find_seen_lines(
    header: str, header_line: int, body: str = "", body_line: int = 1
) -> frozenset[int]:
    """Return the lines of a file that are marked « vu ».

    `header` and `body` are the two parts of the file, which start at `header_line` and `body_line`.
    """
    seen: set[int] = set()
    if "vu" in header:
        seen.update(_list_in_header(header.split("\n"), header_line))
    if "<!--" in body:
        seen.update(_list_in_body(body.split("\n"), body_line))
    return frozenset(seen)


def _list_in_header(lines: list[str], first_line: int) -> Iterator[int]:
    """Yield the lines with a mark; a mark alone on its line stands for the next line."""
    for number, line in enumerate(lines, first_line):
        if _IN_HEADER.search(line):
            yield number + 1 if _ALONE.match(line) else number


def _list_in_body(lines: list[str], first_line: int) -> Iterator[int]:
    """Yield the lines of each paragraph below a mark."""
    marked = inside = False
    for number, line in enumerate(lines, first_line):
        if _IN_BODY.match(line):
            marked, inside = True, False
        elif marked and line.strip():
            inside = True
            yield number
        elif inside:
            marked = inside = False


def split_seen(problems: Iterable[Problem], documents: Iterable[Document]) -> Split:
    """Return the problems in two parts: the warnings on lines marked « vu » are kept apart."""
    lines: dict[str, Collection[int]] = {one.path: one.seen for one in documents if one.seen}
    told: list[Problem] = []
    seen: list[Problem] = []
    for problem in problems:
        marked = problem.level is Level.WARNING and problem.line in lines.get(problem.path, ())
        (seen if marked else told).append(problem)
    return Split(tuple(told), tuple(seen))
