"""Decide which asterisks are emphasis, and which are text: note calls and inclusive spellings.

Python-Markdown reads `10 €*, réduit 5 €*` and `élu*e*s` as emphasis. Here an asterisk right after a
word, a number, a currency or a closing bracket or quote never opens emphasis, and an asterisk
between two letters never closes emphasis. An asterisk between punctuation and a letter can close
it, as in `*Note.*Suite`. Two or more asterisks are read as in Python-Markdown, except in a note
call (`10 €**`).
"""

from __future__ import annotations

import re

from markdown import Markdown

# The groups are those that Python-Markdown's `DelimiterProcessor` expects.
_BOUNDARY = re.compile(
    r"""
    # What may stand before and after a run of asterisks that opens, and one that closes.
      (?P<ambiguous>
        (?<![\s*\w€$£%°)»\]]) (?<!^) \* (?![\s*\w,;.:)»\]]) (?!$)
      | (?<=[.,;:!?…]) \* (?=\w)
      | (?<![\s*€$£%°]) (?<!^) \*{2,} (?![\s*,;.:)»\]]) (?!$)
      )
    | (?P<end>
        (?<![\s*]) (?<!^) (?: \* (?![*\w]) | (?<=[)»\]]) \* (?!\*) | \*{2,} (?!\*) )
      )
    | (?P<start>
        (?<![*\w€$£%°)»\]]) \* (?![\s*,;.:)»\]]) (?!$)
      | (?<![*€$£%°]) \*{2,} (?![\s*,;:)»\]] | \.(?!\w)) (?!$)
      )
    """,
    re.VERBOSE,
)


def keep_note_calls(md: Markdown) -> None:
    """Make `md` read asterisks by the rules of this module; underscores keep the usual rules."""
    assert md.delimiters
    md.delimiters.delimiters["*"].boundary = _BOUNDARY
