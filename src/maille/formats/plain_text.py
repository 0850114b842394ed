"""Convert the HTML of a body to plain text for mail: 72 columns, links numbered.

The HTML must come from `markdown.Converter`, so only a few elements can occur (decision 0014).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby

from maille.text.typography import NARROW, NBSP, typeset

WIDTH = 72

# Characters that underline the headings of a body. In a mail, sections have « - » (`underline`),
# and the title has « = ».
_SIGNS = {"h3": "~", "h4": ".", "h5": "'", "h6": "`"}

_VOID = frozenset(("br", "hr", "img", "source"))
_BLOCKS = frozenset(
    ("p", "ul", "ol", "blockquote", "pre", "table", "hr", "h1", "h2", "h3", "h4", "h5", "h6")
)


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of the links of a text, without repeats, numbered from 1 as they appear.

    A link whose text is its address gets no number. `whole` returns the absolute URL of an
    address.
    """

    whole: Callable[[str], str]
    addresses: list[str] = field(default_factory=list)

    def number(self, words: str, address: str) -> str:
        """Return `words`, followed by the number of `address` unless `words` are this address."""
        found = self.whole(address).removeprefix("mailto:").removeprefix("tel:")
        if words.strip() == found:
            return words
        if found not in self.addresses:
            self.addresses.append(found)
        return f"{words} [{self.addresses.index(found) + 1}]"

    def list_addresses(self) -> Iterator[str]:
        """Yield one line per address; lines are never wrapped."""
        for number, address in enumerate(self.addresses, 1):
            yield f"[{number}] {address}"


@dataclass(frozen=True, slots=True)
class _Node:
    tag: str
    attributes: dict[str, str]
    children: list[_Node | str] = field(default_factory=list)


def convert_to_text(html: str, links: Links, width: int = WIDTH) -> str:
    """Return HTML made by `markdown.Converter` as text; add the addresses of links to `links`.

    No line is longer than `width`, except long words and lines of code.
    """
    return "\n\n".join(
        "\n".join(lines) for lines in _format_blocks(_parse(html).children, links, width)
    )


def wrap_text(text: str, width: int = WIDTH, first: str = "", then: str = "") -> list[str]:
    """Return a paragraph as lines; `first` is the indent of the first line, `then` of the others.

    French typography is applied. Lines never break at no-break spaces; narrow ones become ordinary
    no-break spaces, since the fonts of mail clients may lack them.
    """
    return textwrap.wrap(
        typeset(re.sub(r"[ \t\n]+", " ", text).strip(" ")).replace(NARROW, NBSP),
        width,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )


def underline(title: str, sign: str = "-") -> list[str]:
    """Return the lines of a title, then `sign` repeated below the last; [] for no title."""
    lines = wrap_text(title)
    return [*lines, sign * len(lines[-1])] if lines else []


class _TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [_Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def _parse(html: str) -> _Node:
    reader = _TreeBuilder()
    reader.feed(html)
    reader.close()
    return reader.open[0]


def _is_block(child: _Node | str) -> bool:
    return isinstance(child, _Node) and child.tag in _BLOCKS


def _format_blocks(
    children: Iterable[_Node | str], links: Links, width: int
) -> Iterator[list[str]]:
    """Yield the lines of each block; text between blocks counts as a paragraph."""
    for block, run in groupby(children, _is_block):
        if not block:
            if lines := _format_paragraph(run, links, width):
                yield lines
            continue
        for node in run:
            assert isinstance(node, _Node)
            yield from _format_block(node, links, width)


def _format_block(node: _Node, links: Links, width: int) -> Iterator[list[str]]:
    match node.tag:
        case "ul" | "ol":
            yield _format_list(node, links, width)
        case "blockquote":
            yield [
                f"> {line}".rstrip()
                for line in _join_blocks(_format_blocks(node.children, links, width - 2))
            ]
        case "pre":
            yield [
                f"    {line}".rstrip()
                for line in _format_inlines(node.children, links).rstrip().split("\n")
            ]
        case "table":
            yield from _format_table(node, links, width)
        case "hr":
            yield ["-" * 20]
        case "p":
            yield _format_paragraph(node.children, links, width)
        case _:  # a heading
            lines = _format_paragraph(node.children, links, width)
            yield [*lines, _SIGNS.get(node.tag, "-") * len(lines[-1])] if lines else []


def _join_blocks(blocks: Iterable[list[str]]) -> list[str]:
    return "\n\n".join("\n".join(lines) for lines in blocks).split("\n")


def _format_paragraph(children: Iterable[_Node | str], links: Links, width: int) -> list[str]:
    text = _format_inlines(children, links)
    return [line for part in text.split("\v") for line in wrap_text(part, width)]


def _format_list(node: _Node, links: Links, width: int) -> list[str]:
    """Return the lines of a list; all lines of an item but the first are indented.

    The items of a list with a `type` are lettered: content never has more than 26 of them.
    """
    items = [child for child in node.children if isinstance(child, _Node) and child.tag == "li"]
    start = int(node.attributes.get("start", "1"))
    found: list[str] = []
    for number, item in enumerate(items, start):
        mark = chr(ord("a") + number - 1) + ")" if "type" in node.attributes else f"{number}."
        sign = f"{mark} " if node.tag == "ol" else "- "
        blocks = list(_format_blocks(item.children, links, width - len(sign)))
        # Empty lines separate the blocks of an item only if it contains paragraphs (`<p>`).
        lines = _join_blocks(blocks) if _is_spaced(item) else [line for b in blocks for line in b]
        margin = " " * len(sign)
        found += [f"{margin if n else sign}{line}".rstrip() for n, line in enumerate(lines or [""])]
    return found


def _is_spaced(item: _Node) -> bool:
    return any(isinstance(child, _Node) and child.tag == "p" for child in item.children)


def _format_table(table: _Node, links: Links, width: int) -> Iterator[list[str]]:
    """Yield the lines of each row: « column : value », without the empty cells.

    If no row below the titles has any text, yield the lines of the titles.
    """
    rows = [
        [
            _format_inlines(cell.children, links).strip()
            for cell in _find_descendants(row, "th", "td")
        ]
        for row in _find_descendants(table, "tr")
    ]
    titles, *others = rows
    filled = any(map(any, others))
    for row in others if filled else [titles]:
        told = zip(titles if filled else [""] * len(row), row, strict=False)
        cells = (" : ".join(filter(None, pair)) for pair in told if pair[1])
        if lines := [line for cell in cells for line in wrap_text(cell, width, then="  ")]:
            yield lines


def _find_descendants(node: _Node, *tags: str) -> Iterator[_Node]:
    for child in node.children:
        if isinstance(child, _Node):
            if child.tag in tags:
                yield child
            else:
                yield from _find_descendants(child, *tags)


def _format_inlines(children: Iterable[_Node | str], links: Links) -> str:
    return "".join(_format_inline(child, links) for child in children)


def _format_inline(child: _Node | str, links: Links) -> str:
    """Return a node as text: `<br>` as a vertical tab, links numbered, images in brackets."""
    if isinstance(child, str):
        return child
    match child.tag:
        case "br":
            return "\v"
        case "img":
            return f"[Image : {child.attributes.get('alt', '')}]"
        case "a":
            words = _format_inlines(child.children, links)
            address = child.attributes.get("href", "")
            return links.number(words, address) if address else words
    return _format_inlines(child.children, links)
