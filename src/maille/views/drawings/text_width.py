"""Words in drawings: SVG breaks no line, so how wide a text is has to be estimated beforehand."""

from __future__ import annotations

import re
import unicodedata

# Widths in ems of the bold text face, and of the common faces that stand in for it: the larger.
_WIDTHS = {
    0.34: " .,:;!|'’·ijlI[]-/",
    0.41: "ftr()°",
    0.58: "acksvxyzçà1234567890",
    0.95: "mwMWGOQ@%œæŒÆ—…&",
}
_ADVANCES = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
# A line of more letters than this holds what shows nothing: accents upon accents.
LONGEST = 40
# Where a word may be cut: after its hyphens.
_PIECE = re.compile(r"[^-]*-+|[^-]+")


def estimate_width(text: str) -> float:
    """Return about how wide a text is, in ems: rather too wide than not enough."""
    return sum(map(_estimate_advance, text))


def break_lines(text: str, width: float, lines: int) -> tuple[str, ...]:
    """Return a text broken into at most so many lines of at most so many ems; « … » tells a cut."""
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
        if not line:  # a word too long for any line
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
    """Return the longest beginning of a word that fits, of one letter at least."""
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
