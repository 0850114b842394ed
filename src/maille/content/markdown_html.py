"""Refuse raw HTML in a body: each tag once, with the Markdown to type instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from maille.content.form_remedies import LOWERED, RAISED
from maille.content.images import FILE_NAME, suggest_image

TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]*(?:[\s/][^<>]*)?>|<!--|<![a-zA-Z\[]\w*|<\?")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)")
_WRONG_END = re.compile(r"\s[-–—−]{1,3} ?>")
# An element that holds no other one.
_INNERMOST = re.compile(r"<(\w+)(\s[^<>]*)?>([^<>\n]*)</\1\s*>", re.IGNORECASE)
_LONGEST, _DEEPEST = 600, 5  # characters, and nesting, of the elements converted as a whole
_VALUE = re.compile(
    r"\s(href|src|alt)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE
)
_CELLS = frozenset(("td", "th"))
_STRUCK = frozenset(("del", "s", "strike"))
_INLINE = frozenset(("a", "abbr", "b", "big", "cite", "em", "font", "i", "ins", "label", "mark",
                     "q", "small", "span", "strong", "sub", "sup", "u"))  # fmt: skip
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*"}
_FIGURES = {"sup": RAISED, "sub": LOWERED}
_HEADINGS = {f"h{level}": "#" * max(2, level) + " " for level in range(1, 7)}


def find_html(text: str, offsets: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    r"""Yield offset, cause and remedy for each tag or comment of `text` at one of the `offsets`.

    A closing tag is left out if its opening tag was yielded; so are the tags inside an element that
    is converted as a whole. Short codes of other software, such as `{{<name>}}`, and notes behind a
    `\` are left to `foreign_forms`; a tag behind a `\` is text.
    """
    opened: Counter[str] = Counter()
    done = 0  # where the last element that is converted as a whole ends
    last_end = text.rfind("-->")
    for offset in sorted(offsets):
        tag = TAG.match(text, offset)
        if not tag or offset < done or text.endswith("{{", 0, offset):
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
            element = _find_element(text, offset)
            done = offset + len(element)
            opened[name] -= bool(element)
            yield offset, *_refuse_tag(tag[0], element, text, offset)


def _refuse_note(text: str, offset: int, *, closed: bool) -> tuple[str, str]:
    """Return why a note is refused: it is unclosed, or not alone on its lines.

    All other notes were removed before. `closed` says whether a `-->` follows.
    """
    if closed:
        message = "cette note, entre <!-- et -->, n'est pas seule sur ses lignes"
        return message, "commencez-la au bord gauche, et que rien ne suive -->"
    end = _WRONG_END.search(text, offset + 4, offset + 300)
    return "cette note n'est pas refermée", (
        f"écrivez « --> » au lieu de {end[0].strip()}" if end else "ajoutez --> là où elle finit"
    )


def _find_element(text: str, offset: int) -> str:
    """Return the element of one line that begins at `offset`, if it can be converted, or ""."""
    line = text[offset : offset + _LONGEST].split("\n", maxsplit=1)[0]
    found = _NAME.match(line)
    if not found or line.startswith("</"):
        return ""
    name, depth = found[1].lower(), 0
    for tag in re.finditer(rf"<(/?){re.escape(name)}\b[^<>]*>", line, re.IGNORECASE):
        depth += -1 if tag[1] else 1
        if depth > _DEEPEST:
            return ""
        if not depth:
            element = line[: tag.end()]
            inside = {one[1].lower() for one in _NAME.finditer(element, 1)} - {name}
            allowed = _INLINE | _CELLS if name == "tr" else _INLINE
            whole = inside <= allowed and not TAG.search(_convert(element))
            return element if whole else ""
    return ""


def _refuse_tag(tag: str, element: str, text: str, offset: int) -> tuple[str, str]:
    """Return why a tag is refused, and what to type in place of it, or of its whole element.

    `element` is the element that the tag begins, if it can be converted, or "".
    """
    shown = " ".join((element or tag).split())
    shown = shown if len(shown) < 120 else f"{' '.join(tag.split())[:118]}…"
    message = f"« {shown} » est du HTML, qui n'est pas admis dans le texte"
    if element:
        return message, _write_element(element, text, offset)
    if re.match(r"<br\b", tag, re.IGNORECASE):
        return message, _replace_break(shown, text, offset)
    return message, _rescue_image(tag) or _delete_tag(tag, shown)


def _read_values(tag: str) -> dict[str, str]:
    """Return the addresses and the alternative of a tag, by the names of their attributes."""
    return {
        found[1].lower(): " ".join("".join(found.groups("")[1:]).split())
        for found in _VALUE.finditer(tag)
    }


def _rescue_image(tag: str) -> str:
    """Return what to type for an `<img>` that shows a file, or ""."""
    if not re.match(r"<img\b", tag, re.IGNORECASE):
        return ""
    values = _read_values(tag)
    source = values.get("src", "")
    if not FILE_NAME.fullmatch(source.partition("?")[0].rpartition("/")[2]):
        return ""
    alt = re.sub(r"[\[\]]", "", values.get("alt", ""))
    decorates = "" if alt else ", avec ce qu'elle montre entre les crochets"
    return f"{suggest_image(source, alt)}{decorates} ; sinon, effacez cette balise"


def _delete_tag(tag: str, shown: str) -> str:
    """Return how to delete a tag, and for one that opens a link, how to keep its address."""
    address = _read_values(tag).get("href") if re.match(r"<a\b", tag, re.IGNORECASE) else ""
    kept = f", ou gardez le lien : [nom de la page]({address})" if address else ""
    return f"effacez « {shown} »{kept}"


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
        around = re.compile(r"([^\s|<>]*)(\s*<[^<>]*>\s*)([^\s|<>]*)")
        first = len(re.sub(r"[^\s|<>]*\s*$", "", line[: offset - start]))
        if found := around.match(line, first):
            return f"remplacez « {found[0]} » par « {found[1]} {found[3]} »"
    if not re.sub(r"(?i)<br\b[^<>]*>", "", after).strip():
        return f"remplacez « {shown} » par « \\ »"
    return f"remplacez « {shown} » par « \\ », à la fin de la ligne"


def _write_element(element: str, text: str, offset: int) -> str:
    """Return what to type in place of an element that is at an offset of `text`."""
    found = _NAME.match(element)
    assert found  # an element begins with a tag
    name = found[1].lower()
    written = _convert(element).strip().removesuffix(" |" if name in _CELLS else "")
    if not written:
        return f"effacez « {element} »"
    if name in _STRUCK:
        return f"effacez « {element} », ou écrivez {written}, en disant ce qui a changé"
    if name == "li":
        start = text.rfind("\n", 0, offset) + 1
        first = not re.sub(r"<[^<>]*>|\s", "", text[start:offset])
        alone = first and not text.rfind("<li", start, offset) > 0
        return f"écrivez - {written}" + ("" if alone else ", sur une nouvelle ligne")
    if name in _CELLS:
        follows = re.search(r"</t[dh]\s*>\s*$", text[max(0, offset - 50) : offset], re.IGNORECASE)
        return f"écrivez « {'' if follows else '| '}{written} | »"
    if name in _HEADINGS or name == "tr" or (name == "a" and written.startswith("[")):
        return f"écrivez {written}"
    return f"écrivez « {written} »"


def _convert(element: str) -> str:
    """Return an element with Markdown in place of the tags that have a counterpart."""
    written, count = element, 1
    while count:
        written, count = _INNERMOST.subn(_convert_innermost, written)
    return written


def _convert_innermost(found: re.Match[str]) -> str:
    name, words = found[1].lower(), found[3].strip()
    before = found[3][: len(found[3]) - len(found[3].lstrip())]
    after = found[3][len(found[3].rstrip()) :] if words else ""
    address = _read_values(found[2] or "").get("href") if name == "a" else ""
    if address:
        words = f"[{words}]({address})"
    elif name in _HEADINGS:
        words = f"{_HEADINGS[name]}{words}"
    elif name in _FIGURES:
        words = words.translate(_FIGURES[name]) if re.fullmatch(r"[-+]?\d+", words) else words
    elif name == "tr":
        words = f"| {words.removesuffix(' |')} |"
    elif name in _CELLS:
        return f"{words} | "
    elif words:
        sign = _SIGNS.get(name, "")
        words = f"{sign}{words}{sign}"
    return f"{before}{words}{after}"
