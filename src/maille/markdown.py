"""Markdown bodies: to HTML, with the line of every heading, link, image and tag typed.

Raw HTML is switched off in Python-Markdown, so a tag can only come out as visible text; it is
also found in the source and told, since an editor who types one expects it to work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from maille.model import Body, Heading, Link, Mark, RawHtml
from maille.text import slug

_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])|<(!--|\?|!\[CDATA)")
_CODE_SPAN = re.compile(r"(`+)(?:(?!\1).)+?\1")
_ATX = re.compile(r"(#{1,6})")
_SETEXT = re.compile(r"(=+|-+)\s*$")
_ALIGNED = re.compile(r"text-align: (left|center|right);")


class Converter:
    """Turns bodies into HTML; one instance serves a whole build, one body after the other."""

    def __init__(self) -> None:
        """Set Python-Markdown up with the only extensions that the content needs."""
        self._survey = _Survey()
        self._markdown = Markdown(
            extensions=["tables", "sane_lists", _Strict(self._survey)], output_format="html"
        )

    def convert(self, text: str, first_line: int = 1) -> Body:
        """Return the body `text`, which starts at `first_line` of its file, as HTML and facts."""
        self._markdown.reset()
        html = self._markdown.convert(text)
        survey = self._survey
        lines = _Lines(text, first_line)
        return Body(
            text=text,
            html=html,
            headings=tuple(
                Heading(level, words, anchor, lines.of_heading(level))
                for level, words, anchor in survey.headings
            ),
            links=tuple(Link(target, lines.of_target(target)) for target in survey.links),
            images=tuple(Link(target, lines.of_target(target)) for target in survey.images),
            raw_html=tuple(_raw_html(text, first_line, "\n".join(survey.code))),
        )


class _Strict(Extension):
    """No raw HTML, plain mail links, and a survey of what the body holds."""

    def __init__(self, survey: _Survey) -> None:
        super().__init__()
        self.survey = survey

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # Python-Markdown's own writes each letter as an entity, which hides nothing from robots.
        md.inlinePatterns.deregister("automail")
        md.inlinePatterns.register(_Mail(r"<([^<> !]+@[^@<> ]+)>", md), "mail", 110)
        self.survey.md = md
        md.treeprocessors.register(self.survey, "survey", -1)


class _Mail(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - inherited
    ) -> tuple[Element, int, int]:
        element = Element("a", {"href": f"mailto:{m.group(1)}"})
        element.text = m.group(1)
        return element, m.start(0), m.end(0)


class _Survey(Treeprocessor):
    """Notes what the tree holds, gives headings their ids, and keeps style out of tables."""

    def run(self, root: Element) -> None:
        self.headings: list[tuple[int, str, str]] = []
        self.links: list[str] = []
        self.images: list[str] = []
        self.code: list[str] = []
        for element in root.iter():
            self.visit(element)

    def visit(self, element: Element) -> None:
        tag = str(element.tag)
        if re.fullmatch(r"h[1-6]", tag):
            words = "".join(element.itertext()).strip()
            element.set("id", self.anchor(words))
            self.headings.append((int(tag[1]), words, element.get("id", "")))
        elif tag == "a":
            self.links.append(element.get("href", ""))
        elif tag == "img":
            self.images.append(element.get("src", ""))
        elif tag == "code":
            self.code.append(unescape(element.text or ""))
        elif aligned := _ALIGNED.match(element.attrib.pop("style", "")):
            element.set("class", f"aligne-{aligned[1]}")

    def anchor(self, words: str) -> str:
        base = slug(words) or "partie"
        taken = {anchor for _, _, anchor in self.headings}
        numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
        return next(name for name in (base, *numbered) if name not in taken)


class _Lines:
    """Finds on which line of the source a thing of the tree was typed, in reading order."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.first_line = first_line
        self.headings = list(_heading_lines(text))
        self.positions: dict[str, int] = {}

    def of_heading(self, level: int) -> int:
        while self.headings:
            line, found = self.headings.pop(0)
            if found == level:
                return self.first_line + line
        return self.first_line

    def of_target(self, target: str) -> int:
        target = target.removeprefix("mailto:")
        at = self.text.find(target, self.positions.get(target, -1) + 1)
        if at < 0:
            at = max(self.positions.get(target, 0), 0)
        self.positions[target] = at
        return self.first_line + self.text.count("\n", 0, at)


def _heading_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield (line from 0, level) of what looks like a heading."""
    before = ""
    for number, line in enumerate(text.split("\n")):
        if atx := _ATX.match(line):
            yield number, len(atx[1])
        elif before.strip() and (setext := _SETEXT.match(line)):
            yield number - 1, 1 if setext[1][0] == "=" else 2
        before = line


def _raw_html(text: str, first_line: int, code: str) -> Iterator[RawHtml]:
    """Yield the tags typed outside code."""
    for number, line in enumerate(text.split("\n")):
        if "<" not in line or (line.startswith(("    ", "\t")) and line.strip() in code):
            continue
        without_code = _CODE_SPAN.sub(lambda found: " " * len(found[0]), line)
        for found in _TAG.finditer(without_code):
            tag = found[1] or found[2]
            yield RawHtml(f"<{tag}", Mark(first_line + number, found.start() + 1))


def sections(html: str) -> tuple[str, ...]:
    """Return the HTML of a body cut at its `<h2>`: what stands before, then each part.

    The headings themselves are left out; there is one part more than there are `<h2>`.
    """
    return tuple(part.strip() for part in re.split(r"<h2 id=\"[^\"]*\">.*?</h2>", html))
