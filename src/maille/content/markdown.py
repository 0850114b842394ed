"""Convert Markdown bodies to HTML, with the position of every heading, link, image and HTML tag.

Raw HTML is switched off in Python-Markdown, so a tag would be shown as text. It is still an error,
since an editor who types a tag expects it to work.

Python-Markdown does not keep positions. So, before conversion, a mark is inserted into whatever
may be a heading, the target of a link, or a tag. A mark is its own offset in the source, written
between two characters that texts may not contain. After conversion, the text of a heading or the
target of a link contains its mark; all marks are then removed.
"""

from __future__ import annotations

import re
import string
from bisect import bisect
from collections.abc import Iterator, Mapping
from html import unescape
from html.entities import html5
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import AtomicString, Processor

from maille.content.documents import Body, BodyImage, BodyLink, Heading, Position
from maille.content.foreign_forms import NOTE_LABEL
from maille.content.foreign_lines import BULLETS, SEPARATOR, rewrite_lines
from maille.content.lean_markdown import (
    BLOCK_SIGNS,
    INLINE,
    INLINE_SIGNS,
    LeanMarkdown,
    QuickHeader,
    QuickQuote,
    Steps,
)
from maille.content.link_targets import is_admitted
from maille.content.markdown_emphasis import keep_note_calls
from maille.content.markdown_html import TAG, find_html
from maille.content.markdown_limits import NESTED, check_limits
from maille.content.unrendered import find_unrendered
from maille.content.usual_lines import is_usual
from maille.problems import ContentError, Level, Problem
from maille.text.names import make_slug

# A mark is inserted at the end of each match. Underlined headings have a pattern of their own, used
# only for a body with such a heading: its look-behind is tried at every letter, which is slow.
_SIGNS = rf"""
    ^[ \t>]*(?:(?:[-*+{BULLETS}]|\d+[.)])[ \t>]+)*\#{{1,6}}[ \t\u00a0\u202f]*  # ## Heading
    | (?:\]\(|\[[^\[\]\n]*\]:)                                # [text](target), [name]: target
      [ \t]*(?:\n[ \t]*(?![\#>\s*+=-]))?<?
    | <(?=[a-zA-Z/!?])                                        # <tag>, <https://…>, <name@…>
    """
_UNDERLINE = r"[ \t]*\n[ \t>]*(?:=+|-+)[ \t]*(?:\n|\Z)"
_AFTER = re.compile(_SIGNS, re.MULTILINE | re.VERBOSE)
_AFTER_UNDERLINED = re.compile(rf"{_SIGNS} | (?<=\S)(?={_UNDERLINE})", re.MULTILINE | re.VERBOSE)
_UNDERLINED = re.compile(_UNDERLINE)
_MARK = re.compile("\ufdd0([0-9]+)\ufdd1")
_BEFORE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+\.)[ \t>]+)*")  # what may precede a heading
_STASHED = re.compile("\x02[^\x03]*\x03")  # what Python-Markdown puts in place of converted text
_ENTITY = re.compile(r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*);")
_ALIGNED = re.compile(r"text-align: (left|center|right);")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Converter:
    """Converts bodies to HTML; one instance can convert many bodies, one after the other."""

    def __init__(self) -> None:
        self._markdown = LeanMarkdown(extensions=["tables", "sane_lists"], output_format="html")
        self._survey = _Survey(self._markdown.references)
        _StrictExtension(self._survey).extendMarkdown(self._markdown)

    def convert(self, text: str, first_line: int = 1, path: str = "") -> Body:
        """Convert the Markdown `text`, which starts at `first_line` of the file `path`.

        Raises ContentError if the conversion would take too long, or the nesting is too deep.
        """
        check_limits(text, first_line)
        survey = self._survey
        survey.start(text, first_line, path)
        self._markdown.reset()
        try:
            after = _AFTER_UNDERLINED if _UNDERLINED.search(text) else _AFTER
            html = self._markdown.convert(after.sub(lambda m: f"{m[0]}\ufdd0{m.end()}\ufdd1", text))
        except RecursionError:
            raise ContentError(*NESTED, line=first_line, column=1) from None
        return Body(
            text,
            _MARK.sub("", html),
            tuple(survey.headings),
            tuple(survey.links),
            tuple(survey.images),
            tuple(survey.problems),
            first_line,
        )


def decode_entities(text: str) -> str:
    """Return `text` with its HTML entities replaced by the characters that they stand for.

    An entity has a name of the HTML Standard, or a number, and ends with a semicolon: the `&copy=`
    of an address is not one.
    """
    return _ENTITY.sub(
        lambda m: unescape(m[0]) if m[0][1] == "#" or m[0][1:] in html5 else m[0], text
    )


def split_sections(html: str) -> tuple[str, ...]:
    """Return the HTML of a body split at its `<h2>`, without the headings themselves.

    The first item is the HTML before the first `<h2>`; then comes one item per `<h2>`.
    """
    return tuple(part.strip() for part in re.split(r"<h2 id=\"[^\"]*\">.*?</h2>", html))


class _StrictExtension(Extension):
    """Switches off raw HTML, simplifies e-mail links, and lists headings, links and images."""

    def __init__(self, survey: _Survey) -> None:
        super().__init__()
        self.survey = survey

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.deregister("html_block")
        # Entities stay in the text, where they are harmless.
        for name in ("html", "entity", "autolink", "automail"):
            md.inlinePatterns.deregister(name)
        # As in CommonMark, a backslash escapes any punctuation: online editors write such escapes.
        md.ESCAPED_CHARS = [*string.punctuation]
        keep_note_calls(md)
        md.parser.blockprocessors.register(QuickHeader(md.parser), "hashheader", 70)
        md.parser.blockprocessors.register(QuickQuote(md.parser), "quote", 20)
        md.preprocessors.register(_ForeignLines(md, self.survey), "foreign_lines", 10)
        md.inlinePatterns.register(_AngleLink(_AngleLink.PATTERN, md), "angle_link", 120)
        md.treeprocessors.register(_Inline(md, self.survey), "inline", 20)
        md.treeprocessors.register(_Leftovers(self.survey), "leftovers", 15)
        md.treeprocessors.register(_Unescape(self.survey), "unescape", 0)
        md.treeprocessors.register(self.survey, "survey", -1)


class _Step(Processor):
    """A step of Python-Markdown that uses the survey of the body."""

    def __init__(self, survey: _Survey) -> None:
        super().__init__()
        self.survey = survey


class _ForeignLines(Preprocessor):
    """Rewrites lines typed as in a word processor, and reports ambiguous ones.

    It also chooses the block processors that the rewritten lines need.
    """

    def __init__(self, md: Markdown, survey: _Survey) -> None:
        super().__init__(md)
        self.survey = survey
        self.blocks = Steps(md.parser.blockprocessors, BLOCK_SIGNS)

    def run(self, lines: list[str]) -> list[str]:
        survey = self.survey

        def tell(number: int, message: str, hint: str) -> None:
            survey.add_problem(survey.line_starts[number], message, hint, Level.WARNING)

        def mark(number: int) -> str:
            offset = survey.line_starts[number]
            survey.lettered.add(offset)
            return f"\ufdd0{offset}\ufdd1"

        text = "\n".join(lines)
        if not is_usual(f"{text}\n"):
            lines = [*rewrite_lines(enumerate(lines), tell, mark)]
            text = "\n".join(lines)
        survey.has_separators = SEPARATOR in text
        # Markdown declares a registry, but only iterates over it: any sequence will do.
        self.md.parser.blockprocessors = self.blocks.choose(text)  # type: ignore[assignment]
        return lines


class _Inline(InlineTreeprocessor):
    """Skips texts without markup, and the inline patterns that cannot match in this body."""

    def __init__(self, md: Markdown, survey: _Survey) -> None:
        super().__init__(md)
        self.survey = survey
        self.patterns = Steps(md.inlinePatterns, INLINE_SIGNS)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        if self.survey.has_separators:
            _remove_separators(tree)
        for element in tree.iter():
            if element.text and not INLINE.search(element.text):
                element.text = AtomicString(element.text)  # Python-Markdown skips an AtomicString
        # It is only counted and indexed.
        # As for block processors, any sequence will do.
        self.inlinePatterns = self.patterns.choose(self.survey.text)  # type: ignore[assignment]
        return super().run(tree, ancestors)


def _remove_separators(tree: Element) -> None:
    for parent in tree.iter():
        parent[:] = [child for child in parent if child.text != SEPARATOR]


class _Leftovers(_Step, Treeprocessor):
    """Reports unrendered markup.

    Runs before `_Unescape`, so that escaped characters can still be recognised.
    """

    def run(self, root: Element) -> None:
        survey = self.survey
        for offset, message, hint in find_unrendered(_list_texts(root), survey.text):
            survey.add_problem(offset, message, hint, Level.WARNING)


def _list_texts(element: Element) -> Iterator[tuple[str, bool]]:
    """Yield (text, whether it starts a `p` or `li`) for the texts in an element.

    Code and links are left out.
    """
    if element.tag not in {"code", "a"}:
        if element.text:
            yield _clean(element.text), element.tag in {"p", "li"}
        for child in element:
            if child.text or len(child):
                yield from _list_texts(child)
            if child.tail:
                yield _clean(child.tail), False


def _clean(text: str) -> str:
    """Return a text without marks, and with each character of an HTML tag replaced by NUL."""
    cleaned = _MARK.sub("", text) if "\ufdd0" in text else text
    return TAG.sub(lambda tag: "\0" * len(tag[0]), cleaned) if "<" in cleaned else cleaned


class _Unescape(_Step, UnescapeTreeprocessor):
    """Restores escaped characters; does nothing if the body has no backslash."""

    def run(self, root: Element) -> None:
        if "\\" in self.survey.text:
            super().run(root)


class _AngleLink(InlineProcessor):
    """Converts `<https://…>` and `<name@example.org>` to links.

    Python-Markdown's own pattern writes each letter of an e-mail address as an entity.
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
        element.text = AtomicString(target)  # an address has no emphasis to look for
        return element, m.start(0), m.end(0)


class _Survey(Treeprocessor):
    """Collects headings, links, images and problems; sets ids, and replaces styles by classes."""

    def __init__(self, references: Mapping[str, tuple[str, str]]) -> None:
        """Take the link definitions, `[name]: address`, that Python-Markdown collects by name."""
        super().__init__()
        self.references = references

    def start(self, text: str, first_line: int, path: str) -> None:
        """Prepare to collect from a new body, whose Markdown is `text`."""
        self.path = path
        self.text = text
        self.first_line = first_line
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.has_separators = False
        self.tags: list[int] = []  # offsets of the « < » outside code
        self.targets: set[int] = set()  # offsets of the targets of links and images
        self.lettered: set[int] = set()  # offsets of the lines that begin a list with letters
        self.anchors: dict[str, int] = {}  # anchor → last number added to it
        self.headings: list[Heading] = []
        self.links: list[BodyLink] = []
        self.images: list[BodyImage] = []
        self.problems: list[Problem] = []

    def run(self, root: Element) -> None:
        if "<" in self.text:
            for text in root.itertext():  # in code, « < » is already « &lt; »
                marks = re.finditer("<(?=\ufdd0([0-9]+))", text) if "<" in text else ()
                self.tags += [int(mark[1]) - 1 for mark in marks]
        for element in root.iter():
            self.visit(element)
        for offset, message, hint in find_html(self.text, self.tags):
            self.add_problem(offset, message, hint)
        self.check_definitions()
        self.problems.sort(key=lambda problem: problem.sort_key)

    def visit(self, element: Element) -> None:
        tag = str(element.tag)
        if tag in _HEADINGS:
            self.add_heading(element, int(tag[1]))
        elif tag == "a":
            target, mark = self.read_target(element, "href")
            words = "".join((*element.itertext(), *(i.get("alt", "") for i in element.iter("img"))))
            text = unescape(_MARK.sub("", words)).strip()
            self.links.append(BodyLink(target, mark.line, mark.column, text))
        elif tag == "img":
            target, mark = self.read_target(element, "src")
            words = decode_entities(_MARK.sub("", element.get("alt", ""))).strip()
            self.images.append(BodyImage(target, words, mark.line, mark.column))
        elif tag == "ol":
            found = _MARK.search(next(filter(str.strip, element.itertext()), ""))
            if found and int(found[1]) in self.lettered:
                element.set("type", "a")
        elif style := element.get("style"):
            del element.attrib["style"]
            if aligned := _ALIGNED.match(style):
                element.set("class", f"aligne-{aligned[1]}")

    def add_heading(self, element: Element, level: int) -> None:
        typed = "".join(element.itertext())
        words = decode_entities(_MARK.sub("", typed)).strip()
        anchor = self.make_anchor(make_slug(words) or "partie")
        element.set("id", anchor)
        line = self.find_mark(typed).line
        start = self.line_starts[line - self.first_line]
        before = _BEFORE.match(self.text, start)
        assert before  # the pattern also matches an empty string
        self.headings.append(Heading(level, words, anchor, line, len(before[0]) + 1))

    def make_anchor(self, base: str) -> str:
        """Return `base`, or `base-2` and so on: the first that no heading has yet."""
        name = base
        while name in self.anchors:
            self.anchors[base] += 1
            name = f"{base}-{self.anchors[base]}"
        self.anchors[name] = 1
        return name

    def read_target(self, element: Element, attribute: str) -> tuple[str, Position]:
        """Return the target and its position; a refused target is removed from the element."""
        typed = element.get(attribute, "")
        target = _STASHED.sub("…", decode_entities(_MARK.sub("", typed))).strip()
        # `body_checks` reports refused targets, except Markdown files, which `views.verify`
        # reports.
        if is_admitted(target):
            # Every entity was decoded, so only « & » needs escaping.
            element.set(attribute, target.replace("&", "&amp;"))
        else:
            del element.attrib[attribute]
        mark = _MARK.search(typed)
        self.targets.add(int(mark[1]) if mark else 0)
        return target, self.find_mark(typed)

    def check_definitions(self) -> None:
        """Report the link definitions that no link uses: no page would show these lines."""
        for target, _ in self.references.values():
            mark = _MARK.search(target)
            offset = int(mark[1]) if mark else 0
            start = self.text.rfind("\n", 0, offset) + 1
            found = re.match(r" *\[([^\[\]\n]*)\]:", self.text[start:])
            if not found or offset in self.targets or NOTE_LABEL.fullmatch(found[1]):
                continue
            words, hint = found[1], "effacez cette ligne"
            if words and re.search(rf"(?<![\w\[]){re.escape(words)}(?![\w\]])", self.text):
                hint = f"effacez cette ligne, ou écrivez [{words}] dans le texte"
            message = f"aucun lien n'emploie « [{words}] » : cette ligne ne paraîtrait nulle part"
            self.add_problem(start, message, hint, Level.WARNING)

    def add_problem(self, offset: int, message: str, hint: str, level: Level = Level.ERROR) -> None:
        at = self.convert_offset(offset)
        self.problems.append(
            Problem(self.path, message, hint, level, line=at.line, column=at.column)
        )

    def find_mark(self, typed: str) -> Position:
        """Return the position given by the first mark in `typed`, or the start of the body."""
        mark = _MARK.search(typed)
        return self.convert_offset(int(mark[1]) if mark else 0)

    def convert_offset(self, offset: int) -> Position:
        line = bisect(self.line_starts, offset) - 1
        return Position(self.first_line + line, offset - self.line_starts[line] + 1)
