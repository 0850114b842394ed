"""Python-Markdown with only the steps that a body needs, and a shorter way to write its HTML.

Python-Markdown tries each of its steps on every block or text. Most steps can only match where a
certain sign is in the body, such as « # » for a heading: without this sign, they are left out. The
HTML is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import ClassVar, Generic, Literal, TypeVar
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor, HashHeaderProcessor
from markdown.serializers import RE_AMP
from markdown.util import BLOCK_LEVEL_ELEMENTS, Registry

# Name of a block processor → what a body must have for it to match. Others are always tried.
BLOCK_SIGNS = {
    "indent": "    ",
    "code": "    ",
    "table": r"\|",
    "hr": r"([-_*])(?: {0,2}\1){2}",
    "reference": r"\]:",
}
# The same for inline patterns. References, `[text][name]`, need a definition, `[name]: address`.
INLINE_SIGNS = {
    "backtick": "`",
    "escape": r"\\",
    "link": r"\]\(",
    "image_link": r"!\[",
    "angle_link": "<",
    **dict.fromkeys(("reference", "short_reference", "image_reference", "short_image_ref"), r"\]:"),
}
# In a text without any of these, no inline pattern matches.
INLINE = re.compile(r"[`\\\[<*_]|  \n")
_BLOCK_TAGS = frozenset(BLOCK_LEVEL_ELEMENTS)

_Step = TypeVar("_Step")


class Steps(Generic[_Step]):
    """Steps of Python-Markdown, from which those that a body needs are chosen."""

    def __init__(self, steps: Registry[_Step], signs: Mapping[str, str]) -> None:
        """Take the steps, in order, and the pattern of the sign of some of them, by name."""
        sign_of = {steps[name]: sign for name, sign in signs.items()}
        self._steps = [(re.compile(sign_of.get(step, "")).search, step) for step in steps]

    def choose(self, text: str) -> list[_Step]:
        """Return the steps that may match in a text."""
        return [step for find, step in self._steps if find(text)]


def write_html(root: Element) -> str:
    """Return the HTML of an element; its tags and attributes have texts as names."""
    pieces: list[str] = []
    _write_element(root, pieces.append)
    return "".join(pieces)


def _write_element(element: Element, write: Callable[[str], object]) -> None:
    tag = element.tag
    write(f"<{tag}")
    for name, value in sorted(element.items()):
        write(f' {name}="{_escape(value, quoted=True)}"')
    write(">")
    if tag in HTML_EMPTY:
        return
    if element.text:
        write(_escape(element.text))
    for child in element:
        _write_element(child, write)
        if child.tail:
            write(_escape(child.tail))
    write(f"</{tag}>")


def _escape(text: str, *, quoted: bool = False) -> str:
    """Return a text as HTML; entities stay."""
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace('"', "&quot;") if quoted and '"' in text else text


class QuickHeader(HashHeaderProcessor):
    """Python-Markdown's headings, searched for only in the blocks that have a « # »."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether a block has a heading."""
        return "#" in block and super().test(parent, block)


class QuickQuote(BlockQuoteProcessor):
    """Python-Markdown's quotations, searched for only in the blocks that have a « > »."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether a block has a quotation."""
        return ">" in block and super().test(parent, block)


class LeanMarkdown(Markdown):
    """Python-Markdown, which writes its HTML by `write_html`."""

    output_formats: ClassVar[dict[Literal["html", "xhtml"], Callable[[Element], str]]] = {
        "html": write_html
    }

    def is_block_level(self, tag: object) -> bool:
        """Return whether a tag, in lower case, is that of a block, such as `p`."""
        return tag in _BLOCK_TAGS
