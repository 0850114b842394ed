"""The HTML of a body as plain text for mail: lines of 72 columns, links numbered, nothing lost.

Made from the same tree as the page, not from the page: no layout has to be guessed away.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby

from maille.text.typography import NARROW, NBSP, french

WIDTH = 72

_VOID = frozenset(("br", "hr", "img", "source"))
_BLOCKS = frozenset(
    ("p", "ul", "ol", "blockquote", "pre", "table", "hr", "h1", "h2", "h3", "h4", "h5", "h6")
)


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses that a text names, numbered from 1 as they come, each once.

    `whole` gives the whole address of a link of the site.
    """

    whole: Callable[[str], str]
    addresses: list[str] = field(default_factory=list)

    def told(self, words: str, address: str) -> str:
        """Return the words of a link with its number; those that say the address are enough."""
        found = self.whole(address).removeprefix("mailto:").removeprefix("tel:")
        if words.strip() == found:
            return words
        if found not in self.addresses:
            self.addresses.append(found)
        return f"{words} [{self.addresses.index(found) + 1}]"

    def lines(self) -> Iterator[str]:
        """Yield a line an address, which is never cut."""
        for number, address in enumerate(self.addresses, 1):
            yield f"[{number}] {address}"


@dataclass(frozen=True, slots=True)
class _Node:
    tag: str
    attributes: dict[str, str]
    children: list[_Node | str] = field(default_factory=list)


def plain(html: str, links: Links, width: int = WIDTH) -> str:
    """Return the HTML that `markdown.Converter` gave as text, its addresses added to `links`.

    No line is longer than `width`, unless a word is: an address, a line of code.
    """
    return "\n\n".join("\n".join(lines) for lines in _blocks(_tree(html).children, links, width))


def wrapped(text: str, width: int = WIDTH, first: str = "", then: str = "") -> list[str]:
    """Return a paragraph as lines, the first one after `first`, the others after `then`.

    French typography is applied; no-break spaces hold, the narrow ones as plain ones, which mailers
    have in their letters.
    """
    return textwrap.wrap(
        french(re.sub(r"[ \t\n]+", " ", text).strip(" ")).replace(NARROW, NBSP),
        width,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )


def underlined(title: str, sign: str = "-") -> list[str]:
    """Return a title as lines, with a rule under the last one."""
    lines = wrapped(title)
    return [*lines, sign * len(lines[-1])] if lines else []


class _Reader(HTMLParser):
    """Reads our own HTML into nodes."""

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


def _tree(html: str) -> _Node:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.open[0]


def _is_block(child: _Node | str) -> bool:
    return isinstance(child, _Node) and child.tag in _BLOCKS


def _blocks(children: Iterable[_Node | str], links: Links, width: int) -> Iterator[list[str]]:
    """Yield each block as lines; words between blocks are a paragraph."""
    for block, run in groupby(children, _is_block):
        if not block:
            if lines := _paragraph(run, links, width):
                yield lines
            continue
        for node in run:
            assert isinstance(node, _Node)
            yield from _block(node, links, width)


def _block(node: _Node, links: Links, width: int) -> Iterator[list[str]]:
    match node.tag:
        case "ul" | "ol":
            yield _items(node, links, width)
        case "blockquote":
            yield [
                f"> {line}".rstrip() for line in _joined(_blocks(node.children, links, width - 2))
            ]
        case "pre":
            yield [f"    {line}".rstrip() for line in _words(node, links).rstrip().split("\n")]
        case "table":
            yield from _rows(node, links, width)
        case "hr":
            yield ["-" * 20]
        case "p":
            yield _paragraph(node.children, links, width)
        case _:  # a heading
            lines = _paragraph(node.children, links, width)
            yield [*lines, "-" * len(lines[-1])] if lines else []


def _joined(blocks: Iterable[list[str]]) -> list[str]:
    """Return blocks as lines, an empty one between two of them."""
    return "\n\n".join("\n".join(lines) for lines in blocks).split("\n")


def _paragraph(children: Iterable[_Node | str], links: Links, width: int) -> list[str]:
    text = "".join(_inline(child, links) for child in children)
    return [line for part in text.split("\v") for line in wrapped(part, width)]


def _items(node: _Node, links: Links, width: int) -> list[str]:
    """Return a list: its items a line each, and what is in them set in."""
    items = [child for child in node.children if isinstance(child, _Node) and child.tag == "li"]
    start = int(node.attributes.get("start", "1"))
    found: list[str] = []
    for number, item in enumerate(items, start):
        sign = f"{number}. " if node.tag == "ol" else "- "
        blocks = list(_blocks(item.children, links, width - len(sign)))
        # A list in an item follows its words at once.
        lines = _joined(blocks) if _is_spaced(item) else [line for b in blocks for line in b]
        margin = " " * len(sign)
        found += [f"{margin if n else sign}{line}".rstrip() for n, line in enumerate(lines or [""])]
    return found


def _is_spaced(item: _Node) -> bool:
    return any(isinstance(child, _Node) and child.tag == "p" for child in item.children)


def _rows(table: _Node, links: Links, width: int) -> Iterator[list[str]]:
    """Yield each row of a table as « column : value » lines."""
    rows = [
        [
            "".join(_inline(part, links) for part in cell.children)
            for cell in _inside(row, "th", "td")
        ]
        for row in _inside(table, "tr")
    ]
    titles, *others = rows
    for row in others or [titles]:
        pairs = zip(titles if others else [""] * len(row), row, strict=False)
        told = ((title.strip(), value.strip()) for title, value in pairs)
        cells = (" : ".join(filter(None, pair)) for pair in told)
        yield [line for cell in cells for line in wrapped(cell, width, then="  ")]


def _inside(node: _Node, *tags: str) -> Iterator[_Node]:
    for child in node.children:
        if isinstance(child, _Node):
            if child.tag in tags:
                yield child
            else:
                yield from _inside(child, *tags)


def _words(node: _Node, links: Links) -> str:
    return "".join(_inline(child, links) for child in node.children)


def _inline(child: _Node | str, links: Links) -> str:
    """Return words as they are read, a line break as a vertical tab, a link with its number."""
    if isinstance(child, str):
        return child
    match child.tag:
        case "br":
            return "\v"
        case "img":
            return f"[Image : {child.attributes.get('alt', '')}]"
        case "a":
            words, address = _words(child, links), child.attributes.get("href", "")
            return links.told(words, address) if address else words
    return _words(child, links)
