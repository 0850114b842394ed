"""Refuse raw HTML in a body: each tag once, with the Markdown to type instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from maille.content.form_remedies import LOWERED, RAISED
from maille.content.images import FILE_NAME, suggest_image
from maille.content.link_targets import is_admitted, repair_target, suggest_target
from maille.text.patterns import compile_late

TAG = compile_late(r"</?[a-zA-Z][a-zA-Z0-9:-]*(?:[\s/][^<>]*)?>|<!--|<![a-zA-Z\[]\w*|<\?")
_NAME = compile_late(r"</?([a-zA-Z][a-zA-Z0-9:-]*)")
_WRONG_END = compile_late(r"\s[-–—−]{1,3} ?>")
_INNERMOST = compile_late(r"<(\w+)(\s[^<>]*)?>([^<>\n]*)</\1\s*>", re.IGNORECASE)
# The most characters, and the deepest nesting, of an element that is converted as a whole.
_LONGEST, _DEEPEST = 600, 5
_LONG = 300  # characters; a hint does not quote a longer piece whole
_MANY = 120  # characters: a longer text is not used as the text of a link
_VALUE = compile_late(
    r"\s(href|src|data|alt|title)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE
)
_CELLS = frozenset(("td", "th"))
_STRUCK = frozenset(("del", "s", "strike"))
_INLINE = frozenset(("a", "abbr", "b", "big", "cite", "em", "font", "i", "ins", "label", "mark",
                     "q", "small", "span", "strong", "sub", "sup", "u"))  # fmt: skip
# Elements that do not show the text between their tags.
_UNSEEN = frozenset(("audio", "canvas", "embed", "head", "iframe", "map", "math", "noscript",
                     "object", "script", "select", "style", "svg", "template", "textarea",
                     "title", "video"))  # fmt: skip
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*"}
_FIGURES = {"sup": RAISED, "sub": LOWERED}
_HEADINGS = {f"h{level}": "#" * max(2, level) + " " for level in range(1, 7)}


def find_html(text: str, offsets: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    r"""Yield offset, cause and remedy for each tag or comment of `text` at one of the `offsets`.

    A closing tag is left out if its opening tag was yielded; so are the tags inside an element that
    is converted as a whole. Short codes of other software, such as `{{<name>}}`, and notes after a
    `\` are left to `foreign_forms`; a tag after a `\` is text.
    """
    opened: Counter[str] = Counter()
    done = 0  # offset of the end of the last element reported as a whole
    last_end = text.rfind("-->")
    # Name of an `_UNSEEN` element → offset of the end of the closing tag last found, or past the
    # end of the text.
    ends: dict[str, int] = {}
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
            unseen = name in _UNSEEN and not tag[0].startswith("</")
            element = _find_unseen(text, tag, ends) if unseen else _find_element(text, offset)
            done = offset + len(element)
            opened[name] -= bool(element)
            yield offset, *_refuse_tag(tag[0], element, text, offset)


def _refuse_note(text: str, offset: int, *, closed: bool) -> tuple[str, str]:
    """Return cause and remedy for a note that is unclosed, or not alone on its lines.

    All other notes were removed before. `closed` says whether a `-->` follows.
    """
    if closed:
        message = "cette note, entre <!-- et -->, n'est pas seule sur ses lignes"
        return message, "commencez-la au bord gauche, et que rien ne suive -->"
    end = _WRONG_END.search(text, offset + 4, offset + 300)
    return "cette note n'est pas refermée", (
        f"écrivez « --> » au lieu de {end[0].strip()}" if end else "ajoutez --> là où elle finit"
    )


def _find_unseen(text: str, tag: re.Match[str], ends: dict[str, int]) -> str:
    """Return the `_UNSEEN` element that begins with `tag`, as typed, or "" if it is not closed.

    `ends` records, by name, the end of the closing tag last found: the text is searched only once.
    """
    name = tag[0][1:].split(None, 1)[0].rstrip(">/").lower()
    if ends.get(name, 0) <= tag.start():
        end = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(text, tag.end())
        ends[name] = end.end() if end else len(text) + 1
    return text[tag.start() : ends[name]] if ends[name] <= len(text) else ""


def _find_element(text: str, offset: int) -> str:
    """Return the element that begins at `offset`, as typed, or "" if it cannot be converted.

    It must end on the same line or, if it is inline such as a link, in the same paragraph.
    """
    found = _NAME.match(text, offset)
    if not found or text.startswith("</", offset):
        return ""
    name, depth = found[1].lower(), 0
    end = r"\n[ \t]*(?:\n|[-*+>#|] |\d+\. )" if name in _INLINE else "\n"
    piece = re.split(end, text[offset : offset + _LONGEST], maxsplit=1)[0]
    for tag in re.finditer(rf"<(/?){re.escape(name)}\b[^<>]*>", piece, re.IGNORECASE):
        depth += -1 if tag[1] else 1
        if depth > _DEEPEST:
            return ""
        if not depth:
            element = piece[: tag.end()]
            inside = {one[1].lower() for one in _NAME.finditer(element, 1)} - {name}
            allowed = _INLINE | _CELLS if name == "tr" else _INLINE
            whole = inside <= allowed and not TAG.search(_convert(element))
            return element if whole else ""
    return ""


def _refuse_tag(tag: str, element: str, text: str, offset: int) -> tuple[str, str]:
    """Return why a tag is refused, and what to type instead.

    `offset` is where the tag is in `text`. `element` is the element that the tag begins, if it is
    to be replaced as a whole, or "".
    """
    shown = " ".join((element or tag).split())
    shown = shown if len(shown) < 120 else f"{' '.join(tag.split())[:118]}…"
    message = f"« {shown} » est du HTML, qui n'est pas admis dans le texte"
    found = _NAME.match(tag)
    if found and found[1].lower() in _UNSEEN:
        return message, _keep_address(tag, element or tag)
    if element:
        return message, _write_element(element, text, offset)
    if re.match(r"<br\b", tag, re.IGNORECASE):
        return message, _replace_break(shown, text, offset)
    return message, _rescue_image(tag) or _delete_tag(tag, text, offset)


def _quote_piece(piece: str) -> str:
    """Return a piece of text between quotation marks; only its two ends if it has many characters.

    A piece of several lines is quoted by its first and its last line.
    """
    first, *others = [line.strip() for line in piece.split("\n")]
    if not others:
        whole = f"« {piece} »"
        return whole if len(piece) < _LONG else f"tout, de « {piece[:40]} » à « {piece[-40:]} »"
    below = "1 ligne plus bas" if len(others) == 1 else f"{len(others)} lignes plus bas"
    return f"tout, de « {first} » jusqu'à « {others[-1]} », {below}"


def _read_values(tag: str) -> dict[str, str]:
    """Return the addresses, the title and the alternative text of a tag, by attribute name."""
    return {
        found[1].lower(): " ".join("".join(found.groups("")[1:]).split())
        for found in _VALUE.finditer(tag)
    }


def _rescue_image(tag: str) -> str:
    """Return what to type for an `<img>` that shows an image file; "" for any other tag."""
    if not re.match(r"<img\b", tag, re.IGNORECASE):
        return ""
    values = _read_values(tag)
    source = values.get("src", "")
    if not FILE_NAME.fullmatch(source.partition("?")[0].rpartition("/")[2]):
        return ""
    alt = re.sub(r"[\[\]]", "", values.get("alt", ""))
    decorates = "" if alt else ", avec ce qu'elle montre entre les crochets"
    return f"{suggest_image(source, alt)}{decorates} ; sinon, effacez cette balise"


def _delete_tag(tag: str, text: str, offset: int) -> str:
    """Return how to delete a tag and, if it opens a link, how to keep the link.

    The text of the link is what follows the tag, up to its closing tag or the end of the paragraph.
    """
    values = _read_values(tag)
    hint = f"effacez {_quote_piece(tag)}"
    if not re.match(r"<a\b", tag, re.IGNORECASE) or not values.get("href"):
        return hint
    after = text[offset + len(tag) : offset + _LONGEST].lstrip()
    words = re.split(r"(?i)</a\b|\n[ \t]*\n", after, maxsplit=1)[0]
    bare = " ".join(re.sub(r"[\[\]*_]", "", TAG.sub("", words)).split())
    link = _write_link(bare if len(bare) < _MANY else "", values["href"])
    return f"{hint}, ou gardez le lien : {link}" if link else hint


def _keep_address(tag: str, element: str) -> str:
    """Return how to delete an element that shows a video, a map or a file.

    If its address can be used, also return how to keep it, as a link.
    """
    values = _read_values(tag)
    address = values.get("src") or values.get("data") or ""
    link = _write_link(re.sub(r"[\[\]]", "", values.get("title", "")), address)
    hint = f"effacez {_quote_piece(element)}"
    return f"{hint}, ou gardez son adresse : {link}" if link else hint


def _write_link(words: str, href: str) -> str:
    """Return a Markdown link to `href`, or "" if `href` is unusable; `words` may be "".

    Without words, the link shows its address, or a placeholder for an address of the site.
    """
    target = _choose_target(href)
    if target in {"", "…"}:
        return ""
    shows_itself = not words and target.startswith("http")
    return f"<{target}>" if shows_itself else f"[{words or '…'}]({target})"


def _choose_target(href: str) -> str:
    """Return the address to type for `href`; "…" if unknown, "" for a scheme like `javascript:`."""
    address = unescape(href)
    right = href if is_admitted(address) else repair_target(address)
    return right or ("" if re.match(r"(?i)[a-z][a-z0-9+.-]*:", address) else "…")


def _replace_break(shown: str, text: str, offset: int) -> str:
    """Return what to type instead of the `<br>` at `offset` in `text`.

    `shown` is the tag as the message quotes it. The break is kept, except in a heading or a table,
    where it is impossible, and on a line that has nothing but breaks.
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
    """Return what to type in place of an element, which begins at `offset` of `text`."""
    found = _NAME.match(element)
    assert found  # an element begins with a tag
    name = found[1].lower()
    written = _convert(element).strip().removesuffix(" |" if name in _CELLS else "")
    if not written:
        return f"effacez {_quote_piece(element)}"
    if "](…)" in written:
        href = _read_values(element).get("href", "")
        words = written[1 : written.rindex("](…)")]
        return f"{suggest_target(href, words)}"
    if "\n" in element:
        return f"remplacez {_quote_piece(element)}, par {written}"
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
    """Return an element as Markdown; a tag without a counterpart is dropped, but not its text."""
    written, count = " ".join(element.split("\n")), 1
    while count:
        written, count = _INNERMOST.subn(_convert_innermost, written)
    return written


def _convert_innermost(found: re.Match[str]) -> str:
    name, words = found[1].lower(), found[3].strip()
    if not re.sub(r"[\s\u200b]", "", unescape(words)):
        words = ""
    before = found[3][: len(found[3]) - len(found[3].lstrip())]
    after = found[3][len(found[3].rstrip()) :] if words else ""
    href = _read_values(found[2] or "").get("href", "") if name == "a" else ""
    if target := _choose_target(href) if href and words else "":
        words = f"[{words}]({target})"
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
