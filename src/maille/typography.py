"""French typography for what visitors read; code, tags and addresses are left alone.

Rules of the Imprimerie nationale: a narrow no-break space before ; ! ? and inside « », a
no-break space before : and %, a curly apostrophe, an ellipsis of one character.
"""

from __future__ import annotations

import re

NARROW = "\u202f"
NBSP = "\u00a0"
_SPACE = "[ \u00a0\u202f]"

# What stands for a kept piece while the rules run, by what it is to the words around it: the end
# of a phrase (</em>, <br>, </p>), the start of one (<em>, <p>), or a word (code, an address).
_END, _START, _WORD = "\ufdd2", "\ufdd3", "\ufdd4"
_BEFORE = rf"[\w»)’\]…%€°\"{_END}{_WORD}]"
_AFTER = rf"(?=[\s\u202f)»\]{_END}{_START}]|$)"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<!\.)\.\.\.(?!\.)", "…"),
        (rf"(?<=[^\W\d_])'(?=[\w«\"(\[{_START}{_WORD}])", "’"),
        (rf"«{_SPACE}*(?=\S)", f"«{NARROW}"),
        (rf"(?<=\S){_SPACE}*»", f"{NARROW}»"),
        (rf"(?<={_BEFORE}){_SPACE}*([;!?]+){_AFTER}", rf"{NARROW}\1"),
        (rf"(?<={_BEFORE}){_SPACE}*:{_AFTER}", f"{NBSP}:"),
        (rf"(?<=\d){_SPACE}*(?=[%€](?!\w))", NBSP),
        (rf"(?<=\b[nN]°){_SPACE}?(?=\d)", NBSP),
    )
)
# 12 345 678, but not a year or a telephone number beside another number.
_THOUSANDS = re.compile(
    rf"(?<![\d.,/-])(?<!\d{_SPACE})\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!{_SPACE}?\d|[./-]\d)"
)

_PLACEHOLDERS = re.compile(f"[{_END}{_START}{_WORD}]")
# In HTML an address may hold entities: what ends one must not be taken for a semicolon.
_ENTITY = r"&#?\w+;"
_ADDRESS = (
    rf"(?:https?://|www\.)(?:{_ENTITY}|(?!{_ENTITY})[^\s<>])*(?:{_ENTITY}|[\w/=#])"
    r"|[^\s<>@&;]+@[^\s<>@&]*\w"
)
_IN_TEXT = re.compile(f"{_ADDRESS}|{_PLACEHOLDERS.pattern}")
_IN_HTML = re.compile(
    rf"<(code|pre)\b.*?</\1>|<[^>]*>|{_ADDRESS}|{_ENTITY}|{_PLACEHOLDERS.pattern}", re.DOTALL
)


def french(text: str) -> str:
    """Return plain text as French sets it. Applying it twice changes nothing more."""
    return _around(_IN_TEXT, text)


def french_html(html: str) -> str:
    """Return HTML with its text as French sets it."""
    return _around(_IN_HTML, html)


def _around(kept: re.Pattern[str], text: str) -> str:
    """Apply the rules to all but the kept pieces, which they see as what they are to a reader."""
    pieces = [found[0] for found in kept.finditer(text)]
    text = kept.sub(lambda found: _placeholder(found[0]), text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = _THOUSANDS.sub(lambda found: re.sub(_SPACE, NARROW, found[0]), text)
    waiting = iter(pieces)
    return _PLACEHOLDERS.sub(lambda _: next(waiting), text)


def _placeholder(piece: str) -> str:
    if piece.startswith(("</", "<br")):
        return _END
    return _START if piece.startswith("<") and not piece.startswith(("<code", "<pre")) else _WORD
