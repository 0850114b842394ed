"""French typography for what visitors read; code, tags and addresses are left alone.

Rules of the Imprimerie nationale: a narrow no-break space before ; ! ? and inside « », a
no-break space before : and %, a curly apostrophe, an ellipsis of one character.
"""

from __future__ import annotations

import functools
import itertools
import re

NARROW = "\u202f"
NBSP = "\u00a0"
_SPACE = "[ \u00a0\u202f]"

# What stands for a kept piece while the rules run, by what it is to the words around it: the end
# of a phrase (</em>, <br>, </p>), the start of one (<em>, <p>), or a word (code, an address).
_END, _START, _WORD = "\ufdd2", "\ufdd3", "\ufdd4"
_BEFORE = rf"[\w»)’\]…%€°\"{_END}{_WORD}]"
_AFTER = rf"(?=[\s\u202f)»\]{_END}{_START}]|$)"

# Each pattern starts with the sign itself, or with the space before it, and looks behind from
# there: the engine then skips to the next one, where a pattern that starts by looking behind
# would be tried at every letter. A rule only runs on a text that holds one of its signs.
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
# 12 345 678, but not a year or a telephone number beside another number.
_THOUSANDS = re.compile(
    rf"\d(?<![\d.,/-]\d)(?<!\d{_SPACE}\d)\d{{0,2}}(?:{_SPACE}\d{{3}})+(?!{_SPACE}?\d|[./-]\d)"
)

_PLACEHOLDERS = re.compile(f"[{_END}{_START}{_WORD}]")
# In HTML an address may hold entities: what ends one must not be taken for a semicolon.
_ENTITY = r"&#?\w+;"
_ADDRESS = rf"(?:{_ENTITY}|(?!{_ENTITY})[^\s<>])*(?:{_ENTITY}|[\w/=#])"
_WEB = (rf"https?://{_ADDRESS}", rf"www\.{_ADDRESS}")
# From the start of a word: tried at each of its letters, a long one would take ages.
_MAIL = r"(?<![^\s<>@&;])[^\s<>@&;]+@[^\s<>@&]*\w"
_TAGS = (r"<(code|pre)\b.*?</\1>", r"<[^>]*>", _ENTITY)


def _kept(*patterns: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what is left alone in a text without « @ », and in one that may hold a mailbox.

    Where each choice begins with a letter of its own, the engine skips to the next of these.
    """
    web, mail = (
        re.compile("|".join((*patterns, *_WEB, *more, _END, _START, _WORD)), re.DOTALL)
        for more in ((), (_MAIL,))
    )
    return web, mail


_IN_TEXT = _kept()
_IN_HTML = _kept(*_TAGS)


def french(text: str) -> str:
    """Return plain text as French sets it. Applying it twice changes nothing more."""
    return _around(_IN_TEXT, text)


def french_html(html: str) -> str:
    """Return HTML with its text as French sets it."""
    return _around(_IN_HTML, html)


def _around(patterns: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> str:
    """Apply the rules to all but the kept pieces, which they see as what they are to a reader."""
    pieces: list[str] = []

    def keep(found: re.Match[str]) -> str:
        pieces.append(found[0])
        return _placeholder(found[0])

    text = patterns["@" in text].sub(keep, text)
    for signs, pattern, replacement in _RULES:
        if any(sign in text for sign in signs):
            text = pattern.sub(replacement, text)
    text = _THOUSANDS.sub(lambda found: re.sub(_SPACE, NARROW, found[0]), text)
    between = _PLACEHOLDERS.split(text)
    return "".join(itertools.chain.from_iterable(zip(between, (*pieces, ""), strict=True)))


@functools.lru_cache(1024)
def _placeholder(piece: str) -> str:
    if piece.startswith(("</", "<br")):
        return _END
    return _START if piece.startswith("<") and not piece.startswith(("<code", "<pre")) else _WORD
