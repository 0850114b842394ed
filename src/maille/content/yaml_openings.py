"""Find the quotes, brackets and braces of a front matter that are not closed on their line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from maille.text.patterns import compile_late

# A line of a block: spaces and dashes, its key, the colon after the key, the value.
_LINE = compile_late(r"(?P<lead>\s*(?:-\s+)*)(?:(?P<key>\w[\w-]*)\s*:(?:\s+|$))?(?P<value>.*)")
# A line end, then a line whose value may open a quote without closing it: the value begins with
# such a quote, or it begins with a bracket and has quotes that do not surround a whole item.
_MAY_OPEN = compile_late(
    r"""\n[^\S\n]*(?:-[^\S\n]+)*(?:\w[\w-]*[^\S\n]*:[^\S\n]+)?
    (?:"(?![^"\\\n]*") | '(?![^'\n]*'(?!'))
    | (?=[\[{])(?!(?:[^"'\n]*[\[{,:][ ]*"[^"\\\n]*")*[^"'\n]*(?:\n|\Z)))""",
    re.VERBOSE,
)
_CLOSED = {'"': compile_late(r'(?:[^"\\]|\\.)*"'), "'": compile_late(r"(?:[^']|'')*'(?!')")}
_PAIRS = {"[": "]", "{": "}"}


class Opened(NamedTuple):
    """A quote, a bracket or a brace that is not closed: line and column from 0, and character."""

    line: int
    column: int
    sign: str


def may_be_unclosed(text: str) -> bool:
    """Return False only if `find_unclosed` would find no unclosed quote in the lines of `text`.

    This check is much faster, and most texts need no other.
    """
    return bool(_MAY_OPEN.search(f"\n{text}"))


@dataclass
class _Value:
    """The quote and the brackets that are still open in the lines of a value read so far.

    `crossed` is the first bracket that was closed by a brace, or the first brace that was closed by
    a bracket.
    """

    quote: Opened | None = None
    brackets: list[Opened] = field(default_factory=list)
    crossed: Opened | None = None

    @property
    def opened(self) -> Opened | None:
        """Return the open quote, else the crossed bracket, else the outermost open one, or None."""
        return self.quote or self.crossed or (self.brackets[0] if self.brackets else None)

    def read(self, line: str, number: int, start: int) -> None:
        at, fresh = start, self.quote is None
        while at < len(line):
            sign = line[at]
            if self.quote or (fresh and sign in _CLOSED):
                quote = self.quote or Opened(number, at, sign)
                end = _CLOSED[quote.sign].match(line, at if self.quote else at + 1)
                self.quote = None if end else quote
                at, fresh = (end.end() if end else len(line)), False
                continue
            if fresh and sign in _PAIRS:
                self.brackets.append(Opened(number, at, sign))
            elif sign in _PAIRS.values() and self.brackets:
                closed = self.brackets.pop()
                self.crossed = self.crossed or (closed if _PAIRS[closed.sign] != sign else None)
            elif sign == "#" and (not at or line[at - 1].isspace()):
                return
            inside = bool(self.brackets)
            fresh = (inside and sign in "[{,:") or (fresh and sign.isspace())
            at += 1


def find_unclosed(lines: list[str], *, brackets: bool) -> Opened | None:
    """Return the first quote that opens in a value and is not closed before the next key or item.

    The next key or item is on a line below, and not further to the right. If `brackets` is true,
    brackets and braces are looked for too, including those that the wrong character closes. Return
    None if all are closed.
    """
    number = 0
    while number < len(lines):
        found = _LINE.match(lines[number])
        assert found
        depth, value = len(found["lead"]), found["value"]
        if re.match(r"[|>][+-]?\d?[+-]?\s*(#|$)", value):
            number = skip_deeper(lines, number, len(lines[number]) - len(lines[number].lstrip()))
            continue
        opened, number = _find_end(lines, number, depth, found.start("value"), brackets=brackets)
        if opened:
            return opened
    return None


def _find_end(
    lines: list[str], number: int, depth: int, start: int, *, brackets: bool
) -> tuple[Opened | None, int]:
    """Return what a value leaves open, or None, and the number of the next line to read.

    The value begins on the line `number`, at the column `start`, and its key or item is at the
    column `depth`. Brackets count only if `brackets` is true.
    """
    value = _Value()
    if lines[number][start : start + 1] not in {*_CLOSED, *_PAIRS}:
        return None, number + 1
    value.read(lines[number], number, start)
    number += 1
    while value.quote or (brackets and value.brackets):
        if number == len(lines) or _begins(lines[number], depth):
            return value.opened, number
        value.read(lines[number], number, 0)
        number += 1
    return (value.crossed if brackets else None), number


def _begins(line: str, depth: int) -> bool:
    """Return whether a line starts with a key or an item at the column `depth`, or to its left.

    An item counts as being at the column of the text after its dash.
    """
    found = re.match(r"(\s*)(?:(-\s+)|\w[\w-]*\s*:(?:\s|$))", line)
    return found is not None and len(found[1]) + len(found[2] or "") <= depth


def skip_deeper(lines: list[str], number: int, depth: int) -> int:
    """Return the number of the next line with text, and at most `depth` spaces before the text.

    It is searched for below the line `number`; lines count from 0. If there is none, return the
    number of lines.
    """
    number += 1
    while number < len(lines):
        text = lines[number].lstrip()
        if text and len(lines[number]) - len(text) <= depth:
            break
        number += 1
    return number
