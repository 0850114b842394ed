"""Estimate how wide text is, and break it into lines: SVG does not break lines itself."""

from __future__ import annotations

import re
import unicodedata

# Widths of characters in ems: the largest among the bold text font and its common substitutes.
_WIDTHS = {
    0.34: " .,:;!|'’·ijlI[]-/",
    0.41: "ftr()°",
    0.58: "acksvxyzçà1234567890",
    0.95: "mwMWGOQ@%œæŒÆ—…&",
}
_ADVANCES = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
# A line has at most this many characters. The limit on its width is not enough: characters of zero
# width (piled-up accents) never reach it.
LONGEST = 40
# Words may be broken after their hyphens.
_PIECE = re.compile(r"[^-]*-+|[^-]+")


def estimate_width(text: str) -> float:
    """Return the estimated width of a text in ems: too large rather than too small."""
    return sum(map(_estimate_advance, text))


def break_lines(text: str, width: float, lines: int) -> tuple[str, ...]:
    """Return a text as at most `lines` lines, each at most `width` ems wide.

    If the text needs more lines, its end is left out, and the last line ends with « … ».
    """
    words = (_PIECE.findall(word) for word in text.split())
    pieces = [("" if n else " ", piece) for word in words for n, piece in enumerate(word)]
    made: list[str] = []
    line = ""
    while pieces and len(made) <= lines:
        glue, piece = pieces.pop(0)
        longer = f"{line}{glue}{piece}" if line else piece
        if _does_fit(longer, width):
            line = longer
            continue
        if not line:  # a piece too wide for any line
            line, rest = _cut_to_width(piece, width), piece[len(_cut_to_width(piece, width)) :]
            glue, piece = "", rest
        made, line, pieces = [*made, line], "", [(glue, piece), *pieces]
    made += [line] if line else []
    if len(made) <= lines:
        return tuple(made)
    return (
        *made[: lines - 1],
        f"{_cut_to_width(made[lines - 1], width - estimate_width('…')).rstrip()}…",
    )


def _does_fit(text: str, width: float) -> bool:
    return len(text) <= LONGEST and estimate_width(text) <= width


def _cut_to_width(word: str, width: float) -> str:
    """Return the longest start of `word` that fits the width: at least its first character."""
    longest = min(len(word), LONGEST)
    return next(
        (word[:end] for end in range(longest, 1, -1) if _does_fit(word[:end], width)), word[:1]
    )


def _estimate_advance(letter: str) -> float:
    if letter in _ADVANCES:
        return _ADVANCES[letter]
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.3
    return 0.72 if letter.isupper() else 0.62
