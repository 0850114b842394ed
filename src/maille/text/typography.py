"""French typography for the text of pages; code, tags, URLs and e-mail addresses stay as they are.

Rules of the Imprimerie nationale: a narrow no-break space before ; ! ? and inside « » and
long numbers, a no-break space before : % € and after n°, between a number and its month or unit, a
curly apostrophe, an ellipsis of one character.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

from maille.text.dates import MONTHS

NARROW = "\u202f"
NBSP = "\u00a0"
_SPACE = "[ \u00a0\u202f]"

# Placeholders for the pieces that the rules leave alone, by the role of the piece in the sentence:
# the end of a phrase (</em>, <br>, </p>), its start (<em>, <p>), or a word (code, a URL).
_END, _START, _WORD = "\ufdd2", "\ufdd3", "\ufdd4"
_BEFORE = rf"[\w»)’\]…%€°\"{_END}{_WORD}]"
_AFTER = rf"(?=[\s\u202f)»\]{_END}{_START}]|$)"

# For speed, each pattern starts with a punctuation mark, or with the space before it, and looks
# behind from there: `re` then skips to the next mark or space. A pattern that starts with a
# lookbehind would be tried at every letter. A rule only runs on a text that contains one of its
# marks, listed before its pattern.
_RULES: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (signs, re.compile(pattern), replacement)
    for signs, pattern, replacement in (
        (".", r"\.\.\.(?<!\.{4})(?!\.)", "…"),
        ("'", rf"'(?<=[^\W\d_]')(?=[\w«\"(\[{_START}{_WORD}])", "’"),
        ("«", rf"«{_SPACE}*(?=\S)", f"«{NARROW}"),
        ("»", rf"{_SPACE}(?<=\S{_SPACE}){_SPACE}*»", f"{NARROW}»"),
        ("»", r"»(?<=\S»)", f"{NARROW}»"),
        (";!?", rf"{_SPACE}(?<={_BEFORE}{_SPACE}){_SPACE}*([;!?]+){_AFTER}", rf"{NARROW}\1"),
        (";!?", rf"[;!?](?<={_BEFORE}[;!?])[;!?]*{_AFTER}", rf"{NARROW}\g<0>"),
        (":", rf"{_SPACE}(?<={_BEFORE}{_SPACE}){_SPACE}*:{_AFTER}", f"{NBSP}:"),
        (":", rf":(?<={_BEFORE}:){_AFTER}", f"{NBSP}:"),
        ("%€", rf"{_SPACE}(?<=\d{_SPACE}){_SPACE}*(?=[%€](?!\w))", NBSP),
        ("%€", r"[%€](?<=\d[%€])(?!\w)", rf"{NBSP}\g<0>"),
        ("°", rf"°(?<=\b[nN]°){_SPACE}?(?=\d)", f"°{NBSP}"),
    )
)
_SIGNS = "".join(sorted({sign for signs, _, _ in _RULES for sign in signs}))
# Matches 12 345 678, but not a year followed by a number (« 2024 300 ») or the pairs of digits of
# a telephone number.
_THOUSANDS = re.compile(
    rf"\d(?<![\d.,/-]\d)(?<!\d{_SPACE}\d)\d{{0,2}}(?:{_SPACE}\d{{3}})+(?!{_SPACE}?\d|[./-]\d)"
)
# Matches the day of « 17 juin » and of « 1er mai », and the number of « 13 h ».
_MEASURES = (*MONTHS, "h", "min", "km", "m²", "ha", "kg")
_COUNTED = re.compile(rf"(\d(?:er)?){_SPACE}(?=(?:{'|'.join(_MEASURES)})\b)")
# Without any of these, no rule changes a text.
_CHANGED = re.compile(rf"[{_SIGNS}]|\d{_SPACE}\d|{_COUNTED.pattern}")

_PLACEHOLDERS = re.compile(f"[{_END}{_START}{_WORD}]")
# In HTML a URL may contain entities, whose « ; » is not punctuation.
_ENTITY = r"&#?\w+;"
_ADDRESS = rf"(?:{_ENTITY}|(?!{_ENTITY})[^\s<>])*(?:{_ENTITY}|[\w/=#])"
_WEB = (rf"https?://{_ADDRESS}", rf"www\.{_ADDRESS}")
# Matches only from the start of a word: a match tried at every letter would be very slow.
_MAIL = r"(?<![^\s<>@&;])[^\s<>@&;]+@[^\s<>@&]*\w"
_TAGS = (r"<(code|pre)\b.*?</\1>", r"<[^>]*>", _ENTITY)


def _compile_kept(*patterns: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return two patterns of the pieces to leave alone, for texts without and with « @ ».

    The pieces are addresses, placeholders, and what `patterns` match.

    There are two patterns for speed: without e-mail addresses, each alternative begins with a fixed
    character, and `re` skips to the next of these.
    """
    web, mail = (
        re.compile("|".join((*patterns, *_WEB, *more, _END, _START, _WORD)), re.DOTALL)
        for more in ((), (_MAIL,))
    )
    return web, mail


_IN_TEXT = _compile_kept()
_KEPT_IN_TEXT = ("://", "www.", "@", _END, _START, _WORD)
_IN_HTML = _compile_kept(*_TAGS)


@functools.lru_cache(2_000)  # titles and names appear in several files, and in the next build
def typeset(text: str) -> str:
    """Return plain text in French typography. A second call changes nothing."""
    return _apply_rules(_IN_TEXT, text, _KEPT_IN_TEXT)


def typeset_html(html: str) -> str:
    """Return HTML with its text in French typography."""
    return _apply_rules(_IN_HTML, html)


def _apply_rules(
    patterns: tuple[re.Pattern[str], re.Pattern[str]], text: str, needed: Sequence[str] = ("",)
) -> str:
    """Return `text` with the rules applied, except in the pieces that `patterns` match.

    A text that contains none of `needed` has no such piece.
    """
    if not _CHANGED.search(text):
        return text
    pieces: list[str] = []

    def keep(found: re.Match[str]) -> str:
        pieces.append(found[0])
        return _choose_placeholder(found[0])

    if any(map(text.__contains__, needed)):
        text = patterns["@" in text].sub(keep, text)
    present = {sign for sign in _SIGNS if sign in text}
    for signs, pattern, replacement in _RULES:
        if not present.isdisjoint(signs):
            text = pattern.sub(replacement, text)
    text = _THOUSANDS.sub(lambda found: re.sub(_SPACE, NARROW, found[0]), text)
    text = _COUNTED.sub(rf"\1{NBSP}", text)
    if not pieces:
        return text
    between = _PLACEHOLDERS.split(text)
    return "".join(itertools.chain.from_iterable(zip(between, (*pieces, ""), strict=True)))


@functools.lru_cache(1024)
def _choose_placeholder(piece: str) -> str:
    if piece.startswith(("</", "<br")):
        return _END
    return _START if piece.startswith("<") and not piece.startswith(("<code", "<pre")) else _WORD
