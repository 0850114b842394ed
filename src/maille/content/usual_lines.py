"""Recognise the bodies in which every line is usual Markdown: `foreign_lines` leaves them as is."""

from __future__ import annotations

import re

from maille.text.patterns import compile_late

_LETTER = "[A-Za-zÀ-ÖØ-öø-ÿŒœ]"
_WORD = rf"(?:{_LETTER}{{2}}|{_LETTER}['’]|[A-ZÀÉ][ ])"
# Blank lines, headings, items of two kinds, rows of tables, and lines of prose and of quotations
# that begin with a word. An item never touches prose above it, nor an item of the other kind. No
# line has a backslash. Nothing is tried twice (`*+`): twice as many lines take twice as long.
_USUAL = compile_late(
    rf"""
    (?:
      [ ]*\n
    | \#[^\\\n]*\n
    | -[ ][\w*\[«][^\\\n]*\n(?!\d)
    | \d{{1,3}}\.[ ][\w*\[«][^\\\n]*\n(?!-)
    | (?: \| | (?:>[ ])? (?:\*\*?|\[|«[ \u00a0\u202f]?)? {_WORD} ) [^\\\n]*\n(?![-\d])
    )*+
    """,
    re.VERBOSE,
)


def is_usual(text: str) -> bool:
    """Return True only if `foreign_lines.rewrite_lines` would neither change nor report a line.

    Each line of `text` ends with a line feed, and has spaces for tabs.
    """
    return bool(_USUAL.fullmatch(text))
