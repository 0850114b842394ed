"""Markdown bodies: to HTML, with the line of every heading, link, image and tag typed.

Raw HTML is switched off in Python-Markdown, so a tag can only come out as visible text; it is
told all the same, since an editor who types one expects it to work.

Python-Markdown forgets where things come from. So each sign that may open a heading, a link or a
tag is followed, before conversion, by its place in the source, between two characters that no
text may hold; what the tree then says of a heading or a link holds its place, and code, where
such signs mean nothing, just loses the marks.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import AtomicString

from maille.content.documents import Body, Heading, Inert, Link, Mark, RawHtml, Shown
from maille.content.markdown_limits import NESTED, IntricateError, refuse_intricate
from maille.content.unrendered import inert
from maille.text.names import make_slug

# What may be marked: the end of each match is where the mark goes. Underlines are looked for apart:
# a pattern that starts by looking behind is tried at every letter, and few bodies hold any.
_SIGNS = r"""
    ^[ \t>]*(?:(?:[-*+]|\d+\.)[ \t>]+)*\#{1,6}[ \t]*         # ## Heading
    | (?:\]\(|\[[^\[\]\n]*\]:)                                # [text](target), [name]: target
      [ \t]*(?:\n[ \t]*(?![\#>\s*+=-]))?<?
    | <(?=[a-zA-Z/!?])                                        # <tag>, <https://…>, <name@…>
    """
_UNDERLINE = r"[ \t]*\n[ \t>]*(?:=+|-+)[ \t]*(?:\n|\Z)"
_AFTER = re.compile(_SIGNS, re.MULTILINE | re.VERBOSE)
_AFTER_UNDERLINED = re.compile(rf"{_SIGNS} | (?<=\S)(?={_UNDERLINE})", re.MULTILINE | re.VERBOSE)
_UNDERLINED = re.compile(_UNDERLINE)
_MARK = re.compile("\ufdd0([0-9]+)\ufdd1")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]*(?:[\s/][^<>]*)?>|<!--|<![a-zA-Z\[]\w*|<\?")
_BEFORE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+\.)[ \t>]+)*")  # what may stand before a heading
_STASHED = re.compile("\x02[^\x03]*\x03")
_ALIGNED = re.compile(r"text-align: (left|center|right);")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# A text without any of these is plain: no pattern of Python-Markdown finds anything in it.
_INLINE = re.compile(r"[`\\\[<*_]|  \n")
# Without this in the whole body, Python-Markdown's pattern of that name finds nothing in it. A name
# between brackets is nothing without a definition, « [name]: ».
_SIGN_OF = {
    "backtick": "`",
    "escape": "\\",
    "link": "](",
    "image_link": "![",
    "angle_link": "<",
    **dict.fromkeys(("reference", "short_reference", "image_reference", "short_image_ref"), "]:"),
}

# Where a link may lead: the web, a mailbox, a telephone, a page of the site, a part of the page.
ADMITTED = re.compile(
    r"(?:https?://[^/?#@]+(?:[/?#].*)?|mailto:[^@]+@[^@]+|tel:\+?[0-9.()-]+|/(?!/).*|/|\#.+)",
    re.IGNORECASE,
)
_NEVER_IN_TARGET = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\\<>\"\u200b-\u200f\u2028-\u202e\u2060-\u206f]"
)


class Converter:
    """Turns bodies into HTML; one instance serves a whole build, one body after the other."""

    def __init__(self) -> None:
        """Set Python-Markdown up with the only extensions that the content needs."""
        self._survey = _Survey()
        self._markdown = Markdown(
            extensions=["tables", "sane_lists", _Strict(self._survey)], output_format="html"
        )

    def convert(self, text: str, first_line: int = 1) -> Body:
        """Return the body `text`, which starts at `first_line` of its file, as HTML and facts.

        Raises IntricateError for a text that would take too long.
        """
        refuse_intricate(text, first_line)
        survey = self._survey
        survey.start(text, first_line)
        self._markdown.reset()
        try:
            after = _AFTER_UNDERLINED if _UNDERLINED.search(text) else _AFTER
            html = self._markdown.convert(after.sub(lambda m: f"{m[0]}\ufdd0{m.end()}\ufdd1", text))
        except RecursionError:
            raise IntricateError(first_line, *NESTED) from None
        return Body(
            text,
            _MARK.sub("", html),
            tuple(survey.headings),
            tuple(survey.links),
            tuple(survey.images),
            tuple(survey.raw_html),
            tuple(survey.inert),
            first_line,
        )


def is_admitted(target: str) -> bool:
    """Return whether a link may lead to `target`, an address without entities."""
    return bool(ADMITTED.fullmatch(target)) and not _NEVER_IN_TARGET.search(target)


def sections(html: str) -> tuple[str, ...]:
    """Return the HTML of a body cut at its `<h2>`: what stands before, then each part.

    The headings themselves are left out; there is one part more than there are `<h2>`.
    """
    return tuple(part.strip() for part in re.split(r"<h2 id=\"[^\"]*\">.*?</h2>", html))


class _Strict(Extension):
    """No raw HTML, plain mail links, and a survey of what the body holds."""

    def __init__(self, survey: _Survey) -> None:
        super().__init__()
        self.survey = survey

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.deregister("html_block")
        # An entity is left in the text, where it is as safe and can be read.
        for name in ("html", "entity", "autolink", "automail"):
            md.inlinePatterns.deregister(name)
        md.inlinePatterns.register(_AngleLink(_AngleLink.PATTERN, md), "angle_link", 120)
        md.treeprocessors.register(_Inline(md, self.survey), "inline", 20)
        md.treeprocessors.register(_Leftovers(self.survey), "leftovers", 15)
        md.treeprocessors.register(_Unescape(self.survey), "unescape", 0)
        md.treeprocessors.register(self.survey, "survey", -1)


class _Inline(InlineTreeprocessor):
    """Tries only the patterns of which the body holds a sign: each costs a search in each text."""

    def __init__(self, md: Markdown, survey: _Survey) -> None:
        super().__init__(md)
        self.survey = survey
        signs = {md.inlinePatterns[name]: sign for name, sign in _SIGN_OF.items()}
        self.patterns = [(signs.get(pattern, ""), pattern) for pattern in md.inlinePatterns]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        for element in tree.iter():
            if element.text and not _INLINE.search(element.text):
                element.text = AtomicString(element.text)  # left as it is
        text = self.survey.text
        self.inlinePatterns = [  # type: ignore[assignment]  # it is only counted and indexed
            pattern for sign, pattern in self.patterns if sign in text
        ]
        return super().run(tree, ancestors)


class _Leftovers(Treeprocessor):
    """Notes what was not understood, while what is escaped can still be told from it."""

    def __init__(self, survey: _Survey) -> None:
        super().__init__()
        self.survey = survey

    def run(self, root: Element) -> None:
        survey = self.survey
        for offset, cause, hint in inert(_texts(root), survey.text):
            survey.inert.append(Inert(cause, hint, survey.position(offset)))


def _texts(element: Element) -> Iterator[tuple[str, bool]]:
    """Yield the texts below an element, but code and links, and whether each begins a block."""
    if element.tag not in {"code", "a"}:
        yield _MARK.sub("", element.text or ""), element.tag in {"p", "li"}
        for child in element:
            yield from _texts(child)
            yield _MARK.sub("", child.tail or ""), False


class _Unescape(UnescapeTreeprocessor):
    """Puts escaped characters back, in a body that holds any."""

    def __init__(self, survey: _Survey) -> None:
        super().__init__()
        self.survey = survey

    def run(self, root: Element) -> None:
        if "\\" in self.survey.text:
            super().run(root)


class _AngleLink(InlineProcessor):
    """`<https://…>` and `<name@example.org>`.

    Python-Markdown writes each letter of a mail address as an entity, which hides it from nobody.
    """

    PATTERN = r"<(\ufdd0[0-9]+\ufdd1)(?:mailto:)?([a-zA-Z][\w+.-]*://[^<>]*|[^<>\s!:/]+@[^<>\s@]+)>"

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - inherited
    ) -> tuple[Element, int, int]:
        mark, target = m.groups()
        scheme = "" if "://" in target else "mailto:"
        element = Element("a", {"href": f"{mark}{scheme}{target}"})
        element.text = target
        return element, m.start(0), m.end(0)


class _Survey(Treeprocessor):
    """Notes what the tree holds, gives headings their ids, and keeps style out of tables."""

    def start(self, text: str, first_line: int) -> None:
        """Forget the body before; `text` is the next one."""
        self.text = text
        self.first_line = first_line
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.anchors: dict[str, int] = {}  # with the last number that each was given
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.images: list[Shown] = []
        self.raw_html: list[RawHtml] = []
        self.inert: list[Inert] = []

    def run(self, root: Element) -> None:
        for element in root.iter():
            self.visit(element)
        self.raw_html.sort(key=lambda raw: (raw.mark.line, raw.mark.column))

    def visit(self, element: Element) -> None:
        tag = str(element.tag)
        for text in (element.text, element.tail):  # in code, « < » is « &lt; » already
            if text and "<" in text:
                self.find_tags(text)
        if tag in _HEADINGS:
            self.heading(element, int(tag[1]))
        elif tag == "a":
            target, mark = self.target(element, "href")
            self.links.append(Link(target, mark.line, mark.column))
        elif tag == "img":
            target, mark = self.target(element, "src")
            words = unescape(_MARK.sub("", element.get("alt", ""))).strip()
            self.images.append(Shown(target, words, mark.line, mark.column))
        elif aligned := _ALIGNED.match(element.attrib.pop("style", "")):
            element.set("class", f"aligne-{aligned[1]}")

    def heading(self, element: Element, level: int) -> None:
        typed = "".join(element.itertext())
        words = unescape(_MARK.sub("", typed)).strip()
        anchor = self.anchor(make_slug(words) or "partie")
        element.set("id", anchor)
        line = self.place(typed).line
        start = self.line_starts[line - self.first_line]
        before = _BEFORE.match(self.text, start)
        assert before  # it may be empty
        self.headings.append(Heading(level, words, anchor, line, len(before[0]) + 1))

    def anchor(self, base: str) -> str:
        """Return `base`, or `base-2` and so on, as no heading before bears it."""
        name = base
        while name in self.anchors:
            self.anchors[base] += 1
            name = f"{base}-{self.anchors[base]}"
        self.anchors[name] = 1
        return name

    def target(self, element: Element, attribute: str) -> tuple[str, Mark]:
        """Return where an element points to, and where that is typed."""
        typed = element.get(attribute, "")
        target = _STASHED.sub("…", unescape(_MARK.sub("", typed))).strip()
        # What is refused is told by `parse`; here it loses its power.
        if is_admitted(target):
            element.set(attribute, target)
        else:
            del element.attrib[attribute]
        return target, self.place(typed)

    def find_tags(self, text: str) -> None:
        for found in re.finditer("<(?=\ufdd0([0-9]+))", text):
            start = int(found[1]) - 1
            if tag := _TAG.match(self.text, start):
                shown = " ".join(tag[0].split())
                shown = shown if len(shown) < 40 else f"{shown[:38]}…"
                self.raw_html.append(RawHtml(shown, self.position(start)))

    def place(self, typed: str) -> Mark:
        """Return the place that the first mark of a text holds."""
        mark = _MARK.search(typed)
        return self.position(int(mark[1]) if mark else 0)

    def position(self, offset: int) -> Mark:
        line = bisect(self.line_starts, offset) - 1
        return Mark(self.first_line + line, offset - self.line_starts[line] + 1)
