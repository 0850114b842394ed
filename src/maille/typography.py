"""French typography for what visitors read; code, tags and addresses are left alone.

Rules of the Imprimerie nationale: a narrow no-break space before ; ! ? and inside « », a
no-break space before : and %, a curly apostrophe, an ellipsis of one character.
"""

from __future__ import annotations

import re

NARROW = "\u202f"
NBSP = "\u00a0"
_SPACE = "[ \u00a0\u202f]"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\.\.\.", "…"),
        (r"(?<=\w)'(?=[\w«\"])", "’"),
        (rf"«{_SPACE}*(?=\S)", f"«{NARROW}"),
        (rf"(?<=\S){_SPACE}*»", f"{NARROW}»"),
        (rf"(?<=[\w»)’\]]){_SPACE}*([;!?])(?=[\s\u202f)»]|$)", rf"{NARROW}\1"),
        (rf"(?<=[\w»)\]]){_SPACE}*:(?=\s|$)", f"{NBSP}:"),
        (rf"(?<=\d){_SPACE}(?=\d{{3}}(?!\d))", NARROW),
        (rf"(?<=\d){_SPACE}*(?=[%€](?!\w))", NBSP),
        (rf"(?<=\bn°){_SPACE}?(?=\d)", NBSP),
    )
)

# Tags, entities, and whole code elements: what the rules must not touch.
_KEPT = re.compile(r"(<(?:code|pre)\b.*?</(?:code|pre)>|<[^>]*>|&#?\w+;)", re.DOTALL)


def french(text: str) -> str:
    """Return plain text as French sets it. Applying it twice changes nothing more."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def french_html(html: str) -> str:
    """Return HTML with its text as French sets it."""
    pieces = _KEPT.split(html)
    pieces[::2] = [french(piece) for piece in pieces[::2]]
    return "".join(pieces)
