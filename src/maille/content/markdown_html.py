"""Refuse raw HTML in a body: each tag once, with the Markdown to type instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]*(?:[\s/][^<>]*)?>|<!--|<![a-zA-Z\[]\w*|<\?")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)")
_WRONG_END = re.compile(r"\s[-–—−]{1,3} ?>")
_ELEMENT = re.compile(r"<(\w+)(\s[^<>]*)?>([^<>\n]{1,200})</\1\s*>", re.IGNORECASE)
_ADDRESS = re.compile(r"\shref\s*=\s*[\"']?([^\s\"'<>]+)", re.IGNORECASE)
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*"}
_HEADINGS = {f"h{level}": "#" * max(2, level) + " " for level in range(1, 7)}


def find_html(text: str, offsets: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    r"""Yield offset, cause and remedy for each tag or comment of `text` at one of the `offsets`.

    A closing tag is left out if its opening tag was yielded. A short code of other software, such
    as `{{<name>}}`, and a note behind a `\` are left to `foreign_forms`; a tag there is a text.
    """
    opened: Counter[str] = Counter()
    last_end = text.rfind("-->")
    for offset in sorted(offsets):
        tag = TAG.match(text, offset)
        if not tag or text.endswith("{{", 0, offset):
            continue
        if text.endswith("\\", 0, offset) and not text.endswith("\\\\", 0, offset):
            continue
        found = _NAME.match(tag[0])
        name = found[1].lower() if found else ""
        if tag[0].startswith("</") and opened[name]:
            opened[name] -= 1
            continue
        opened[name] += 1
        if tag[0] == "<!--":
            yield offset, *_refuse_note(text, offset, closed=offset < last_end)
        else:
            yield offset, *_refuse_tag(tag[0], text, offset)


def _refuse_note(text: str, offset: int, *, closed: bool) -> tuple[str, str]:
    """Return why a note is refused: it is unclosed, or not alone on its lines.

    `parse` has removed the others. `closed` says whether a `-->` follows.
    """
    if closed:
        message = "cette note, entre <!-- et -->, n'est pas seule sur ses lignes"
        return message, "commencez-la au bord gauche, et que rien ne suive -->"
    end = _WRONG_END.search(text, offset + 4, offset + 300)
    return "cette note n'est pas refermée", (
        f"écrivez « --> » au lieu de {end[0].strip()}" if end else "ajoutez --> là où elle finit"
    )


def _refuse_tag(tag: str, text: str, offset: int) -> tuple[str, str]:
    """Return why a tag is refused, and what to type in place of it, or of its whole element."""
    element = _ELEMENT.match(text, offset)
    shown = " ".join((element[0] if element else tag).split())
    shown = shown if len(shown) < 120 else f"{' '.join(tag.split())[:118]}…"
    message = f"« {shown} » est du HTML, qui n'est pas admis dans le texte"
    if element:
        return message, f"écrivez {_convert(element)}"
    if re.match(r"<br\b", tag, re.IGNORECASE):
        return message, _replace_break(shown, text, offset)
    return message, f"effacez « {shown} »"


def _replace_break(shown: str, text: str, offset: int) -> str:
    """Return what to type for a `<br>`.

    The line breaks there, but not in a heading or a table, where a line cannot break, nor where
    only breaks stand on the line.
    """
    start, stop = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    line = text[start:] if stop < 0 else text[start:stop]
    after = line[offset - start :]
    if not re.sub(r"(?i)<br\b[^<>]*>", "", line).strip():
        return f"effacez « {shown} »"
    if re.match(r" *(?:\||#)", line):
        before = re.search(r"[^\s|<>]*\s*$", line[: offset - start])[0]  # type: ignore[index]
        word, rest = re.match(r"(<[^<>]*>\s*)([^\s|<>]*)", after).groups()  # type: ignore[union-attr]
        return f"remplacez « {before}{word}{rest} » par « {before.strip()} {rest} »"
    if not re.sub(r"(?i)<br\b[^<>]*>", "", after).strip():
        return f"remplacez « {shown} » par « \\ »"
    return f"remplacez « {shown} » par « \\ », à la fin de la ligne"


def _convert(element: re.Match[str]) -> str:
    """Return in Markdown an element that is on one line and holds only text."""
    name, words = element[1].lower(), element[3].strip()
    address = _ADDRESS.search(element[2] or "")
    if name == "a" and address:
        return f"[{words}]({address[1]})"
    if name in _HEADINGS:
        return f"{_HEADINGS[name]}{words}"
    sign = _SIGNS.get(name, "")
    return f"« {sign}{words}{sign} »"
