"""Slips of the hand in a body that Markdown renders, but not as they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maille.content.documents import Body, Heading
from maille.problems import Level, Problem
from maille.text.suggestions import join_first_letter

_ITEM = re.compile(r" {0,3}[-*+•–] +\S")
_STUCK = re.compile(r" *(?:[-•–]|\*(?!\*))(\S.*)")
# A line that lost the dash of its item: it begins one space from the edge, with a capital.
_LOST_DASH = re.compile(r" (?=(?:\*\*|\[|«\s?|\")?[A-ZÀ-ÖØ-ÞŒ])")
_ENDED = re.compile(r"[.;:!?…»)][*\"]*\s*$")


def check_typing(path: str, body: Body) -> Iterator[Problem]:
    """Yield a warning for each item that lost its dash or its space, and each heading typed twice.

    An item is told only between other items; a heading, if nothing stands between the two.
    """
    lines = body.text.split("\n")
    in_code = "<pre" in body.html
    for number in range(0 if in_code else len(lines)):
        if cause := _explain_item(lines, number):
            yield Problem(path, *cause, Level.WARNING, line=body.first_line + number, column=1)
    yield from _check_headings(path, body, lines)


def _explain_item(lines: list[str], number: int) -> tuple[str, str] | None:
    """Return cause and remedy for a line that was meant as one more item of the list above."""
    line = lines[number]
    above, below = (lines[n] if 0 <= n < len(lines) else "" for n in (number - 1, number + 1))
    if found := _STUCK.match(line):
        joined = join_first_letter(found[1])
        if joined == found[1] or not (_ITEM.match(above) or _ITEM.match(below)):
            return None
        return "une espace coupe ce mot : elle se met derrière le tiret", f"écrivez - {joined}"
    if not (_LOST_DASH.match(line) and _ITEM.match(above) and _ENDED.search(above)):
        return None
    if below.strip() and not _ITEM.match(below):
        return None
    message = "il manque le tiret de ce point : il serait la suite de celui d'au-dessus"
    return message, f"écrivez-le devant « {' '.join(line.split()[:3])} », au bord gauche"


def _check_headings(path: str, body: Body, lines: list[str]) -> Iterator[Problem]:
    above: Heading | None = None
    for heading in body.headings:
        if above and (above.level, above.text) == (heading.level, heading.text) and above.text:
            between = lines[above.line - body.first_line + 1 : heading.line - body.first_line]
            if not "".join(between).strip(" =-\t"):
                message = f"le titre « {heading.text} » est déjà à la ligne {above.line}"
                yield Problem(
                    path,
                    message,
                    "effacez cette ligne",
                    Level.WARNING,
                    line=heading.line,
                    column=heading.column,
                )
        above = heading
