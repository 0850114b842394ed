"""Write a cell as Markdown that shows it unchanged: characters escaped, line breaks kept."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)»\"']")
_SIGNS = re.compile(r"[\\`*_\[\]{}]")
_STARTS = re.compile(r"(?P<sign>[#>+\-=~:]+)|(?P<number>\d{1,9})(?P<dot>[.)])")
_BULLET = re.compile(r"[•·◦▪‣∙●]\s*")


def write_prose(text: str) -> str:
    """Return the Markdown of a text of one or several paragraphs."""
    paragraphs = re.split(r"\n{2,}", text.strip())
    return "\n\n".join(filter(None, map(_write_paragraph, paragraphs)))


def _write_paragraph(text: str) -> str:
    """Return a paragraph as Markdown; lines that begin with a bullet become a list."""
    written: list[str] = []
    was_bullet = False
    for line in filter(None, map(str.strip, text.split("\n"))):
        bullet = _BULLET.match(line)
        new = f"- {_escape(line[bullet.end() :])}" if bullet else _escape(line)
        if written:
            written.append(
                "\n" if bullet and was_bullet else "\n\n" if bullet or was_bullet else "  \n"
            )
        written.append(new)
        was_bullet = bool(bullet)
    return "".join(written)


def _escape(line: str) -> str:
    """Return a line with all Markdown syntax escaped; web addresses become links."""
    parts, at = [], 0
    for found in _ADDRESS.finditer(line):
        parts += [_escape_signs(line[at : found.start()]), f"<{found[0]}>"]
        at = found.end()
    escaped = "".join((*parts, _escape_signs(line[at:])))
    start = _STARTS.match(escaped)
    if start and start["number"]:
        return f"{start['number']}\\{escaped[start.start('dot') :]}"
    if start and start["sign"][0] in "#>+-":
        return f"\\{escaped}"
    return escaped


def _escape_signs(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text).replace("<", "&lt;")
