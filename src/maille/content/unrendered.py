"""Find markup and addresses that Python-Markdown does not render, and would show as typed.

Markdown has no errors: what it does not understand is plain text, and the mistake is only visible
on the page.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from maille.content.foreign_forms import RENDERED, identify_form, join_patterns
from maille.text.patterns import compile_late
from maille.text.private_addresses import explain_private
from maille.text.typed_addresses import cut_end

MAX_UNRENDERED = 20  # reported per body

# A text without any of these is skipped; markup that was rendered is no longer in the texts.
_SIGN = compile_late(r"[\])}][ \t]*[\[({]|\[|\*|__|[ ]_|://|www\.|@|\||=[\"']")

_MARGIN = r"[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+)?"

# At each place, the first form that matches is reported.
_INERT = compile_late(join_patterns(RENDERED), re.MULTILINE)


def find_unrendered(
    texts: Iterable[tuple[str, bool]], typed: str
) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for unrendered markup, `MAX_UNRENDERED` pieces at most.

    `texts` are pairs: a text that the page would show, outside code and links, and whether
    it starts a `p` or `li`. Offsets are positions in the Markdown `typed`, or 0 if not found.
    """
    searched: dict[tuple[str, int], int] = {}
    count = itertools.count(1)
    for text, first in texts:
        if not _SIGN.search(text):
            continue
        piece = text if first else f"\0{text}"  # so that `^` does not match here
        for found in _INERT.finditer(piece):
            cause, hint = _describe_match(found, piece)
            if not cause:
                continue
            yield _find_offset(typed, piece, found.start(), searched), cause, hint
            if next(count) == MAX_UNRENDERED:
                return


def _describe_match(found: re.Match[str], piece: str) -> tuple[str, str]:
    """Return cause and remedy for a match, both "" if another check reports it."""
    form, inside = identify_form(found, RENDERED)
    if form.name == "adresse nue":
        inside = cut_end(inside, "?’")
        if explain_private(inside):  # `text_checks` reports it
            return "", ""
    if form.name == "tableau" and not piece[: found.start()].strip("\0"):
        return form.describe(found[0].split("\n", 1)[0], inside)
    return form.describe(found[0], inside)


def _find_offset(typed: str, piece: str, start: int, searched: dict[tuple[str, int], int]) -> int:
    """Return the offset in `typed` of the text at `start` in `piece`, or 0 if it is not found.

    The text is first searched for with up to 40 characters that precede it on its line, as a longer
    text seldom occurs twice; then alone. `searched` maps each pair (text searched for, number of
    characters added before) to the offset where the next search for it starts.
    """
    begins = max(piece.rfind("\n", 0, start) + 1, piece.rfind("\0", 0, start) + 1, start - 40)
    for first in (begins, start):
        # Each NUL replaces a character of a tag.
        line, before = re.split(r"[\n\0]", piece[first : start + 40])[0], start - first
        # Where an address or a word ends in `piece`, it ends in `typed` too.
        stop = piece[first + len(line) : first + len(line) + 1]
        ends = r"(?![\w/.?=&%-]*[\w/])" if stop in {"", "\n", " "} else ""
        # After « ( » or « < », the text would be the target of a link.
        patterns = [rf"(?<![(<]){re.escape(line)}{ends}"]
        if stop in {"", "\n"} and piece[first - 1 : first] in {"", "\n"}:
            # search first for a line that has nothing else
            patterns.insert(0, rf"(?m)^{_MARGIN}{re.escape(line)}[ \t\\]*$")
        for pattern in patterns:
            if at := re.compile(pattern).search(typed, searched.get((line, before), 0)):
                offset = typed.index(line, at.start()) + before
                searched[line, before] = offset - before + 1
                return offset
    return 0
