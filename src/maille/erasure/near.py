"""Find words that may name the person, or somebody else: they are reported, not erased."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from maille.erasure.spelling import MAILBOX, compile_initials, compile_words
from maille.erasure.words import Eraser, quote_around

_TOKEN = re.compile(r"[^\s<>()\[\]\"',;]+")
_HIDDEN_BOX = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64}) ?[\[(] ?(?:@|at|a|à|arobase) ?[\])] ?[\w.-]{1,100}", re.IGNORECASE
)
_JOINED_BEFORE = re.compile(r"[\w\u2010\u2011-]{0,80}\Z")
_JOINED_AFTER = re.compile(r"[\w\u2010\u2011-]{0,80}")
_SPACE = r"[*_]{0,3}[ \u00a0\u202f]+[*_]{0,3}"
_CAPITAL = "[A-ZÀ-ÖØ-ÞŒ]"
_BEFORE = (
    re.compile(rf"(?<![\w'’-]){_CAPITAL}[\w.'’-]{{0,60}}{_SPACE}\Z"),
    re.compile(rf"[^\W_]{{1,60}}(?:['’]|{_SPACE})\Z"),
)
_AFTER = (re.compile(rf"{_SPACE}{_CAPITAL}[\w'’-]*"), re.compile(rf"{_SPACE}[^\W_]+"))


@dataclass(frozen=True, slots=True)
class Near:
    """A place that may name the person: its file, its line, and the text around it.

    `line` is 0 if the place is the path of the file. `typed` are the words to erase if they name
    the person.
    """

    path: str
    line: int
    words: str
    typed: str


@dataclass(frozen=True)
class NearFinder:
    """Finds the places that may name the person whose name `eraser` blacks out.

    Such a place is the last word of the name alone, with a capital and at least four letters; a
    longer name that contains the name; or an address with a short form of it: « hgrandsire@… ». If
    the text to erase is a single word, only longer names are searched; if it is an e-mail address,
    nothing is.
    """

    eraser: Eraser

    @functools.cached_property
    def _words(self) -> list[str]:
        return [] if self.eraser.is_mailbox else self.eraser.words

    @functools.cached_property
    def _last(self) -> re.Pattern[str]:
        enough = len(self._words) > 1 and len(self._words[-1]) > 3
        return re.compile(compile_words(self._words[-1:]) if enough else r"(?!)", re.IGNORECASE)

    @functools.cached_property
    def _short(self) -> re.Pattern[str]:
        pattern = compile_initials(self._words) if len(self._words) > 1 else r"(?!)"
        return re.compile(pattern, re.IGNORECASE)

    def find(self, path: str, text: str) -> Iterator[Near]:
        """Yield the places of a file, in its path and its text, that may name the person.

        The same words are yielded once per line.
        """
        if found := self._find_short(path):
            start, end = _extend(path, *found.span())
            yield Near(path, 0, path, path[start:end])
        told: set[tuple[int, str]] = set()
        lines = [0, *(one.end() for one in re.finditer("\n", text))]
        last = 0
        for start, end, typed in sorted(self._list_spans(text), key=lambda one: (one[0], -one[1])):
            number = bisect.bisect_right(lines, start)
            if start >= last and (number, typed) not in told:
                told.add((number, typed))
                yield Near(path, number, _quote_in_line(text, start, end), typed)
            last = max(last, end)

    def _list_spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, words to erase) for each place in a text; some places overlap."""
        for box in _HIDDEN_BOX.finditer(text):
            if self._short.search(f"{box[1]}@"):
                yield (*box.span(), box[0])
        for token in _TOKEN.finditer(text):
            address = "@" in token[0] or "/" in token[0]
            if found := self._find_short(token[0]) if address else None:
                yield (*token.span(), _choose_address(token[0], found))
        for start, end, _ in self.eraser.find_longer(text):
            if not text[start:end].islower():
                yield (start, end, _choose_words(text, start, end))
        for one in self._last.finditer(text):
            if one[0][0].isupper():
                yield (*one.span(), _choose_words(text, *one.span()))

    def _find_short(self, address: str) -> re.Match[str] | None:
        """Return the match of a short form of the name in an address, or None if it has none.

        Return None also if the address has a longer name that contains the name.
        """
        found = self._short.search(address)
        return found if found and not any(self.eraser.find_longer(address)) else None


def _quote_in_line(text: str, start: int, end: int) -> str:
    """Return the passage from `start` to `end`, with the text around it on the same lines."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return quote_around(text[first : last if last >= 0 else len(text)], start - first, end - first)


def _choose_address(token: str, found: re.Match[str]) -> str:
    """Return the part of `token` to erase, which contains the match `found`.

    It is a mailbox, a URL from its host to the end of `found`, or the joined words of a path.
    """
    box = token.removeprefix("mailto:").partition("?")[0].strip(".:!*_")
    if MAILBOX.fullmatch(box) and "/" not in box:
        return box
    if "://" in token:
        return token[: found.end()].partition("://")[2]
    start, end = _extend(token, *found.span())
    return token[start:end]


def _extend(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the start and the end of a passage, extended over joined letters and hyphens."""
    before = _JOINED_BEFORE.search(text[max(0, start - 80) : start])
    after = _JOINED_AFTER.match(text, end)
    return start - len(before[0] if before else ""), after.end() if after else end


def _choose_words(text: str, start: int, end: int) -> str:
    """Return the words to erase: a surname, or a longer name, of which a part is at `start:end`.

    A single word gets the title, the first name or another word next to it, if there is one: alone,
    it may be another person's surname, or a common word.
    """
    start, end = _extend(text, start, end)
    words = text[start:end]
    before, after = text[max(0, start - 80) : start], text[end : end + 80]
    for pattern, other in zip(_BEFORE, _AFTER, strict=True):
        if re.search(r"\s", words):
            break
        if found := pattern.search(before):
            words = found[0] + words
        elif found := other.match(after):
            words += found[0]
    return " ".join(re.sub(r"[*_~`]|</?[a-zA-Z][^<>]*>", "", words).split())
