"""Steps that are left out change nothing: the HTML is that of Python-Markdown with all of them."""

from __future__ import annotations

import random
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.serializers import to_html_string

from maille.content.lean_markdown import (
    BLOCK_SIGNS,
    INLINE_SIGNS,
    LeanMarkdown,
    QuickHeader,
    QuickQuote,
    Steps,
    write_html,
)

LINES = (
    "",
    "",
    "",
    "Du texte",
    "# T",
    "## T ##",
    "Titre\n---",
    "Titre\n===",
    "---",
    "* * *",
    "_ _ _",
    "- a",
    "* b",
    "1. c",
    "    code",
    "    - d",
    "> e",
    "> - f",
    "\\> g",
    "| a | b |",
    "| - | - |",
    "a | b",
    "- | -",
    "[x](/y/)",
    "[x][y]",
    "[y]",
    "[y]: /z/ 'T'",
    "![i](/j.png)",
    "![i][y]",
    "**g** *i*",
    "_u_",
    "`c`",
    "``c`d``",
    "a\\*b",
    "deux  ",
    'A & B &amp; « c » < d > "e"',
)


def test_html_is_the_same_with_the_needed_steps_alone() -> None:
    whole = Markdown(extensions=["tables", "sane_lists"], output_format="html")
    lean = LeanMarkdown(extensions=["tables", "sane_lists"], output_format="html")
    lean.parser.blockprocessors.register(QuickHeader(lean.parser), "hashheader", 70)
    lean.parser.blockprocessors.register(QuickQuote(lean.parser), "quote", 20)
    for markdown in (whole, lean):
        markdown.preprocessors.deregister("html_block")
    signs = {name: sign for name, sign in INLINE_SIGNS.items() if name != "angle_link"}
    blocks = Steps(lean.parser.blockprocessors, BLOCK_SIGNS)
    patterns = Steps(lean.inlinePatterns, signs)
    inline = lean.treeprocessors["inline"]
    draw = random.Random(20261130)
    for _ in range(400):
        text = "\n".join(draw.choices(LINES, k=draw.randint(1, 9)))
        # Markdown only iterates over these: any sequence will do, where it declares a registry.
        lean.parser.blockprocessors = blocks.choose(text)  # type: ignore[assignment]
        inline.inlinePatterns = patterns.choose(text)  # type: ignore[attr-defined]
        assert lean.reset().convert(text) == whole.reset().convert(text), text


def test_html_is_written_as_by_the_library() -> None:
    root = Element("div", {"title": 'a "b" <c> & &eacute;', "class": "x"})
    root.text = "1 < 2 & 3 &lt; 4"
    image = SubElement(root, "img", {"src": "/a.png", "alt": ""})
    image.tail = "fin > début"
    SubElement(SubElement(root, "p"), "br")
    assert write_html(root) == to_html_string(root)
