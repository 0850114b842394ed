r"""Rewrite as Markdown the lines that editors type as in a word processor or a mail.

Python-Markdown reads such lines as plain text, and `• a` and `• b` run together on one line.
Lines that have one meaning are rewritten before Python-Markdown reads them: bullets, numbers and
letters, a paragraph indented by a tab, a list right below its paragraph, a `\` that ends a line.
Ambiguous lines are left as typed, and reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from maille.text.patterns import compile_late

# Characters that are always bullets, including those of the fonts Symbol and Wingdings.
BULLETS = "•‣⁃◦∙▪▫●○◉■□◻◼◆◇❖▶►▸▹➢➣➤➔➜➝➞➧\uf0a7\uf0b7\uf0d8\uf0fc\uf076"
_GAP = "[ \u00a0\u202f]"
_WORD = r"(?=[^\W\d_])"
# Families of markers that begin an item. A marker of `_SURE` or `_NATIVE` makes a list on its own;
# one of `_NO_LIST` never does, and any other one only if a second item follows.
_SIGN = compile_late(
    rf"""
      (?P<bullet>[{BULLETS}]\ufe0f?{_GAP}*(?=\S) | ·{_GAP}+(?=\S) | [-*][\u00a0\u202f]{_GAP}*(?=\S))
    | (?P<dash>(?:[–−‒‐]|o(?=[ ])){_GAP}+(?=\S) | -{_WORD})
    | (?P<section>§{_GAP}+{_WORD})
    | (?P<em>—{_GAP}*(?=\S))
    | (?P<letter>\(?[a-zA-Z]\){_GAP}+(?=\S))
    | (?P<round>\d{{1,3}}(?:\){_GAP}+ | \.[\u00a0\u202f]{_GAP}*)(?=\S))
    | (?P<degree>\d{{1,2}}[°º]\)?{_GAP}+(?=\S))
    | (?P<number>\d{{1,2}}(?:(?:\.?[-–]|/|{_GAP}[-–]){_GAP}+(?=\S) | [-.)/–]{_WORD})
        | \(\d{{1,2}}\){_GAP}+(?=\S))
    | (?P<ul>[-*+][ ]+(?=\S))
    | (?P<ol>\d{{1,3}}\.[ ]+(?=\S))
    | (?P<symbol>[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?
        {_GAP}+(?=\S))
    """,
    re.VERBOSE,
)
_SURE = frozenset(("bullet", "round"))
_NATIVE = frozenset(("ul", "ol"))  # the markers of Markdown
_UNORDERED = frozenset(("bullet", "dash", "section", "ul"))
_NO_LIST = frozenset(("em", "symbol", ""))
_WORD_SIGNS = ("o", "§")  # Word's bullets for the second and third levels

_NATIVE_ITEM = compile_late(r" *(?:[-*]|\d{1,3}\.) +\S")
_HARD_ITEM = compile_late(
    r"^( *(?:[-*]|\d{1,3}\.))[\u00a0\u202f][ \u00a0\u202f]*(?=\S)|^( *(?:-|\d{1,3}\.))(?=[^\W\d_])"
)
_ITEM_OR_BLANK = compile_late(rf"{_NATIVE_ITEM.pattern}|{_HARD_ITEM.pattern}|\s*$")

_RULE = compile_late(r" *([-*_])(?: *\1){2,} *")
# A rule that cannot be the underline of a heading.
_SPACED_RULE = compile_late(r" {0,3}(?:(?:- +){2,}-|([*_])(?: *\1){2,}) *")
_HEADING = compile_late(r" {0,3}#{1,6}")
_TABLE = compile_late(r" {0,3}\|")
_QUOTE = compile_late(r" {0,3}> ?")
_BACKSLASH = compile_late(r"(?<!\\)((?:\\\\)*)\\ *$")
# What code contains, and French prose does not: symbols, names with a dot, options, tags.
_CODE = compile_late(r"[{}<>=;$|`_\\\ufdd0]|\(\)|\w\.\w|(?:^|\s)--?\w|//|^[^\w\n]*#", re.MULTILINE)
# Where prose has these symbols: in links, addresses, tags, entities, numbers and names; and « ; »
# or « = » between spaces.
_IN_PROSE = compile_late(
    r"""\]\([^()\n]*\) | </?(?:\ufdd0\d+\ufdd1)?(?:p|div|li|td|section|span)\b[^<>\n]*>
    | <?(?:\ufdd0\d+\ufdd1)?(?:https?://|mailto:|www\.)[^\s<>]+>?
    | <?(?:\ufdd0\d+\ufdd1)?(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.\w+)+>? | &\#?\w{2,30};
    | (?<=[ \u00a0\u202f]);(?=\s) | (?<=[ ])=(?=[ ][\d(«]) | (?<=\d)\.(?=\d)
    | \.(?=(?:fr|org|com|net|eu)\b) | (?<=\w)_(?=\w)""",
    re.VERBOSE,
)
_FRENCH = compile_late(r"[à-öø-ÿœ«»’€]|[.!?…»]\s*$| :\s", re.MULTILINE)
_BEGINS_LOW = compile_late(r"[^\w\n]*[^\W\d_A-ZÀ-ÖØ-ÞŒŸ]")
SHORT = 60  # characters: if all lines of a paragraph are shorter, they were broken on purpose

# The text of a paragraph put between two lists, so that Python-Markdown does not join them.
SEPARATOR = "\ufdd2"

INDENTED = (
    "cette ligne, en retrait, s'afficherait comme du code",
    "effacez les espaces au début de la ligne",
)
DASHES = (
    "ces lignes commencent par un tiret long, et s'afficheraient à la suite",
    "laissez une ligne vide entre elles ; pour une liste, remplacez chaque — par -",
)
TOUCHING = (
    "cette liste touche le texte d'avant : ses tirets s'y afficheraient",
    "laissez une ligne vide avant la liste",
)

# A function that is called with the number of a line, from 0, a cause and a remedy.
Tell = Callable[[int, str, str], None]


@dataclass(slots=True)
class _Line:
    """A line of a text: its number, from 0, its margin in spaces, and its list marker, `sign`.

    `family` is the group of `_SIGN` that matches the marker, or "" without one. `place` is the
    number that the marker gives to its item, or 0. `run` has all lines of the same list.
    `is_inside` says whether the item is inside the one above it, whatever its margin.
    """

    number: int
    text: str
    margin: int = 0
    family: str = ""
    sign: str = ""
    place: int = 0
    run: list[_Line] = field(default_factory=list)
    is_inside: bool = False

    def __post_init__(self) -> None:
        bare = self.text.lstrip(" ")
        self.margin = len(self.text) - len(bare)
        if bare[:2].isalpha():  # quick exit: a word, as no marker has two letters
            return
        found = None if _RULE.fullmatch(bare) else _SIGN.match(bare)
        if not found:
            return
        self.family, self.sign = found.lastgroup or "", found[0]
        if self.family not in _UNORDERED | _NO_LIST and (
            value := re.search(r"\d+|[a-z]", found[0].lower())
        ):
            self.place = int(value[0]) if value[0].isdigit() else ord(value[0]) - ord("a") + 1

    @property
    def is_item(self) -> bool:
        """Return whether the line begins a list item, either in Markdown or to be rewritten."""
        if self.family in _NO_LIST:
            return False
        return self.is_inside or self.family in _SURE | _NATIVE or len(self.run) > 1

    @property
    def kind(self) -> str:
        """Return the kind of list that the marker makes: its family, or the bullet itself."""
        return self.sign[0] if self.family == "bullet" else self.family


def rewrite_lines(
    lines: Iterable[tuple[int, str]], tell: Tell, mark: Callable[[int], str]
) -> Iterator[str]:
    """Yield the lines of a body as Markdown; added lines are empty, or are a SEPARATOR.

    `lines` are the numbers and texts of the lines, with spaces for tabs. `tell` is called for
    ambiguous lines. `mark` is called with the number of the line that begins a lettered list,
    and returns the text to put at the start of that item.
    """
    read = [_Line(number, text) for number, text in _soften_items(lines)]
    blocks = [*_split_blocks(read)]
    _find_runs(blocks)
    rewriter = _Rewriter(tell, mark)
    above = "blank"
    for block in blocks:
        here = _classify(block[0])
        if "rule" in {above, here} and "blank" not in {above, here}:
            yield ""  # else Python-Markdown repeats the lines that touch a rule
        yield from rewriter.rewrite(block)
        above = here


def _soften_items(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the lines, with a plain space after each item marker.

    A missing space is added, and a no-break space replaced, but only in lists that have at least
    one item in valid Markdown.
    """
    for is_list, group in groupby(lines, lambda one: bool(_ITEM_OR_BLANK.match(one[1]))):
        run = [*group]
        if is_list and any(_NATIVE_ITEM.match(text) for _, text in run):
            run = [(number, _HARD_ITEM.sub(r"\1\2 ", text)) for number, text in run]
        yield from run


def _split_blocks(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines between blank lines; each blank line, heading and rule is a block too."""

    def find_class(line: _Line) -> tuple[str, int]:
        name = _classify(line)
        return name, 0 if name == "text" else line.number

    for _, block in groupby(lines, find_class):
        yield [*block]


def _classify(line: _Line) -> str:
    if not line.text.strip():
        return "blank"
    if _SPACED_RULE.fullmatch(line.text):
        return "rule"
    return "heading" if _HEADING.match(line.text) else "text"


def _find_runs(blocks: Iterable[list[_Line]]) -> None:
    """Set the `run` of each line that has a marker, and whether it `is_inside` the item above.

    A line continues the run above it if no paragraph is between the two, its marker is of the same
    family as that of the last line of the run, and its number, if any, is the next one (in a
    Markdown list, it may also be the same one).
    """
    last: _Line | None = None
    run: list[_Line] = []
    for block in blocks:
        if not block[0].text.strip():
            continue
        if not block[0].family and block[0].margin < 4:
            last = None
        _find_inside(block)
        for line in block:
            if not line.family:
                continue
            if line.sign.startswith(_WORD_SIGNS) and last and last.is_item:
                line.is_inside = last.family == "bullet" or last.is_inside
            if not last or not _follows(line, last):
                run = []
            run.append(line)
            line.run, last = run, line
        if last and last.family in _NO_LIST:
            last = None


def _find_inside(block: list[_Line]) -> None:
    """Set `is_inside` on the items whose Markdown marker is not that of the first: `1.`, `-`, `1.`.

    Nothing is set if the first marker does not come back below, or if margins differ.
    """
    items = [line for line in block if line.family in _NATIVE]
    others = [line for line in items if line.family != items[0].family]
    if not others or len({line.margin for line in items}) > 1:
        return
    if any(line.family == items[0].family and line.number > others[0].number for line in items):
        for line in others:
            line.is_inside = True


def _follows(line: _Line, last: _Line) -> bool:
    if line.family == "ol":
        return last.family == "ol" and line.place - last.place in {0, 1}
    return line.family == last.family and (not line.place or line.place == last.place + 1)


class _Rewriter:
    """Rewrites the blocks of one text as Markdown; it must be given them in order.

    `tell` and `mark` are called as `rewrite_lines` says.
    """

    def __init__(self, tell: Tell, mark: Callable[[int], str]) -> None:
        self.tell, self.mark = tell, mark
        self.levels: list[str] = []  # the kinds of the open lists, the outermost first
        self.margin = self.place = 0  # of the last item in the outermost list
        self.in_code = False

    def tell_quoted(self, number: int, message: str, hint: str) -> None:
        """Report a line of a quotation, unless its dash may introduce the author's name."""
        if (message, hint) != TOUCHING:
            self.tell(number, message, hint)

    def rewrite(self, block: list[_Line]) -> Iterator[str]:
        first = block[0]
        if not first.text.strip():
            yield first.text
        elif all(_QUOTE.match(line.text) for line in block):
            self.levels, self.in_code = [], False
            inside = [(line.number, _QUOTE.sub("", line.text, count=1)) for line in block]
            yield from (f"> {text}" for text in rewrite_lines(inside, self.tell_quoted, self.mark))
        elif _SPACED_RULE.fullmatch(first.text):
            self.levels, self.in_code = [], False
            yield first.text
        elif _HEADING.match(first.text) or any(_TABLE.match(line.text) for line in block):
            self.levels, self.in_code = [], False
            yield from (_BACKSLASH.sub(r"\1", line.text) for line in block)
        elif first.margin >= 4 and not self.levels and self._is_code(block):
            self.in_code = True
            yield from (line.text for line in block)
        else:
            self.in_code = False
            yield from _break_lines(self._rewrite_items(self._set_out(block)))

    def _is_code(self, block: list[_Line]) -> bool:
        """Return whether an indented block is code; report it if it may be prose."""
        if all(_RULE.fullmatch(line.text) for line in block):
            return False
        text = _IN_PROSE.sub("", "\n".join(line.text for line in block))
        coded = self.in_code or bool(_CODE.search(text))
        first = block[0]
        if not coded and first.is_item and (first.family not in _NATIVE or len(first.run) > 1):
            return False
        words = len(re.findall(r"[^\W\d_]{2,}", text))
        low = bool(_BEGINS_LOW.match(text)) or not re.search(r"\w", first.text)  # « { », as in JSON
        if words >= 3 and not low and not coded:
            return False
        if coded:
            if not self.in_code and words >= 3 and not low and _FRENCH.search(text):
                self.tell(first.number, *INDENTED)
        elif words >= 3 or ((words or re.search(r"\d", text)) and not low):
            self.tell(first.number, *INDENTED)
        return True

    def _set_out(self, block: list[_Line]) -> list[_Line]:
        """Return the lines of a block, less the margin of the first line if it is four or more.

        In an open list, margins stay. If all lines of an indented paragraph are short, they keep
        their breaks.
        """
        margin = block[0].margin
        if margin < 4 or self.levels:
            return block
        set_in = all(line.margin >= 4 and not line.is_item for line in block)
        short = set_in and all(len(line.text) < SHORT for line in block)
        for line in block:
            cut = min(margin, line.margin)
            end = "  " if short and line is not block[-1] else ""
            line.text, line.margin = line.text[cut:] + end, line.margin - cut
        return block

    def _rewrite_items(self, block: list[_Line]) -> Iterator[str]:
        if not block[0].is_item and block[0].margin < 4:
            self.levels = []
        for above, line in pairwise([None, *block]):
            assert line
            if line.family == "em" and line.run[0] is line and len(line.run) > 1:
                self.tell(line.number, *DASHES)
            deep = line.family in _NATIVE and line.margin >= 4 and self.levels
            if not line.is_item or deep or (above and self._is_lone(line)):
                yield line.text
                continue
            level = self._find_level(line, above)
            restarts = not above and 0 < line.place <= self.place and line.family not in _NATIVE
            if level == 0 and (self.levels[:1] != [line.kind] or restarts):
                yield from self._part(line, above)
            self.levels[level:] = [line.kind]
            if not level:
                self.margin, self.place = line.margin, line.place
            yield self._rewrite_item(line, level)

    def _part(self, line: _Line, above: _Line | None) -> Iterator[str]:
        """Yield the lines that separate a new list from the text above it."""
        if not self.levels:
            yield from [""] if above else []
        elif {line.family, self.levels[0]} <= _NATIVE:
            yield from [""] if above and len(line.run) > 1 else []
        else:
            yield from ("", SEPARATOR, "")

    def _is_lone(self, line: _Line) -> bool:
        """Return whether an item right below a line of text is alone, and so is a part of the text.

        An item of an open list, or with a bullet, never is. Report the item if it is alone and its
        marker is one of Markdown.
        """
        if self.levels or len(line.run) > 1 or line.family == "bullet":
            return False
        if line.family in _NATIVE:
            self.tell(line.number, *TOUCHING)
        return True

    def _find_level(self, line: _Line, above: _Line | None) -> int:
        """Return the depth of an item in the open list, from its margin or marker; 0 at the top."""
        if not self.levels:
            return 0
        if deep := (line.margin - self.margin + 2) // 4:
            return min(deep, len(self.levels), 3)
        if line.kind in self.levels:
            return self.levels.index(line.kind)
        inside = line.is_inside or (above and not {line.family, self.levels[0]} & _NATIVE)
        return min(len(self.levels), 3) if inside else 0

    def _rewrite_item(self, line: _Line, level: int) -> str:
        if line.family in _NATIVE:
            return " " * 4 + line.text.lstrip(" ") if line.is_inside and level else line.text
        rest = line.text[line.margin + len(line.sign) :]
        if line.family == "letter" and line.run[0] is line:
            rest = self.mark(line.number) + rest
        sign = "- " if line.family in _UNORDERED else f"{line.place}. "
        return " " * 4 * level + sign + rest


def _break_lines(lines: Iterable[str]) -> Iterator[str]:
    r"""Yield the lines, with two spaces at the end of each line that a line break must follow.

    These are the lines that end with a `\`, and the lines that begin with a symbol if the next line
    does too.
    """
    ticks = 0
    for typed, after in pairwise((*lines, "")):
        line, ticks = typed, ticks + typed.count("`")
        if "\\" in line and ticks % 2 == 0 and not re.search(r":\\\S*$", line):
            line = _BACKSLASH.sub(r"\1  " if after.strip() else r"\1", line)
        yield line + ("  " if _begins_with_picture(line) and _begins_with_picture(after) else "")


def _begins_with_picture(line: str) -> bool:
    bare = line.lstrip(" ")
    if bare[:1].isascii():  # for speed: pictures are not ASCII
        return False
    found = _SIGN.match(bare)
    return found is not None and found.lastgroup == "symbol"
