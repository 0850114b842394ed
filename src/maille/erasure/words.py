"""Find a name in text, however it is spelt or encoded, and replace it."""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from maille.erasure.spelling import (
    MAILBOX,
    TITLES,
    compile_longer,
    compile_mailbox,
    compile_turned,
    compile_words,
    list_signs,
    split_words,
)
from maille.text.dates import format_date
from maille.text.names import make_slug
from maille.text.urls import find_own_path

LEAST = 3  # a name must have at least this many letters
AROUND = 30  # characters shown on each side of a passage

_WORD = r"[^\W\d_][^\W\d_\u0300-\u036f]*"
_HYPHEN = r"[-\u2010\u2011]{1,2}"
_MARKS = r"(?:[*_~`]|</?[a-zA-Z][^<>]{0,100}>){0,5}"
_PREFIX = re.compile(rf"({_WORD}){_MARKS}{_HYPHEN}{_MARKS}\Z")
_SUFFIX = re.compile(rf"{_MARKS}{_HYPHEN}{_MARKS}({_WORD})")
_COMPOUND = re.compile(rf"{_WORD}(?:{_MARKS}{_HYPHEN}{_MARKS}{_WORD})+")
_SIGNS = re.compile(r"[*_~`]+")
_LINK_END = re.compile(r"\](?:\([^()\s]*\)|\[[^\[\]]*\])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_URL = re.compile(r"https?://[^\s<>\"'()\[\]]*[^\s<>\"'()\[\],;:.!?]")
_BOX = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{0,255}\w")
_MARKDOWN_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^)>\s]*)>?[^)]*\)")
_AUTOLINK = re.compile(r"<(?:https?:|mailto:)?[^<>\s]+[@/][^<>\s]*>")
_HTML_LINK = re.compile(r'<a\b[^>]*\shref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Eraser:
    """A name to black out, the day of the request, and the address of the site.

    `name` may also be an e-mail address, or any words. Each occurrence is replaced by `marker` or,
    in an address or a file name, by `slug`, the slug of `marker`. Both end with `number` if it is
    not 1, so that two people erased on the same day have different markers. `spellings` gives other
    numbers to some spellings of the name in addresses (see `make_key`), so that no two files get
    the same name. `others` are pairs: the words joined before and after the name in the name of
    another person.
    """

    name: str
    day: datetime.date
    site_address: str = ""
    number: int = 1
    spellings: Mapping[str, int] = field(default_factory=dict)
    others: tuple[tuple[str, str], ...] = ()

    @property
    def marker(self) -> str:
        """Return the text that replaces the name."""
        number = f" ({self.number})" if self.number > 1 else ""
        return f"[retiré le {format_date(self.day)} à la demande de la personne{number}]"

    @functools.cached_property
    def slug(self) -> str:
        """Return the slug that replaces the name in an address or a file name."""
        return make_slug(self.marker)

    @property
    def first_slug(self) -> str:
        """Return the slug of the first person erased on `day`: `slug`, without its number."""
        return self.slug.removesuffix(f"-{self.number}") if self.number > 1 else self.slug

    @functools.cached_property
    def words(self) -> list[str]:
        """Return the words of the name, in lower case and without accents."""
        return split_words(self.name)

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern of the name, and of the longer names of others."""
        longer = "|".join(compile_longer(first, self.words, last) for first, last in self.others)
        inner = compile_words(self.words, list_signs(self.name))
        if self.is_mailbox:
            inner = compile_mailbox(self.name.strip())
        return re.compile(
            f"(?P<other>{longer or '(?!)'})|(?P<name>{inner})(?P<after>[*_~`]*)", re.IGNORECASE
        )

    @property
    def is_mailbox(self) -> bool:
        """Return whether `name` is an e-mail address."""
        return bool(MAILBOX.fullmatch(self.name.strip()))

    @functools.cached_property
    def _turned(self) -> re.Pattern[str]:
        # An e-mail address has no turned form: a single word gives a pattern that never matches.
        words = self.words[:1] if self.is_mailbox else self.words
        return re.compile(compile_turned(words, list_signs(self.name)), re.IGNORECASE)

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return the start and the end of each occurrence of the name in a text."""
        found = [one.span("name") for one in self.pattern.finditer(text) if not self._is_other(one)]
        found += [one.span() for one in self._turned.finditer(text) if _is_turned(one)]
        kept: list[tuple[int, int]] = []
        for span in sorted(found):
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return kept

    def find_longer(self, text: str) -> Iterator[tuple[int, int, tuple[tuple[str, str], ...]]]:
        """Yield (start, end, pairs) for each longer name in the text that contains the name.

        A pair (words before, words after) is one way to read the rest of the longer name. There is
        no pair if `others` has it already, or if a double surname has no first name beside it
        (« Mme Martin-Dupont »).
        """
        for found in self.pattern.finditer(text):
            if self._is_other(found):
                yield (*found.span(), self._list_ways(found))

    def _list_ways(self, found: re.Match[str]) -> tuple[tuple[str, str], ...]:
        if found["other"]:
            return ()
        first, last = _find_joined(found)
        if first or last or not self._is_compound(found):
            return ((first, last),)
        before, after = _find_first_names(found)
        return tuple((one, "") for one in (before,) if one) + tuple(
            pair for pair in ((after, ""), ("", after)) if after
        )

    def _is_other(self, found: re.Match[str]) -> bool:
        """Return whether the match is a part of a longer name: « Marie » in « Anne-Marie »."""
        if found["other"]:
            return True
        return not self.is_mailbox and (any(_find_joined(found)) or self._is_compound(found))

    def _is_compound(self, found: re.Match[str]) -> bool:
        """Return whether the match is a double surname: « Martin-Dupont » is not Martin Dupont.

        Hyphens in a file name or an address do not make a double surname.
        """
        raw, text = found["name"], found.string
        if not re.search(r"\s", self.name.strip()) or not _COMPOUND.fullmatch(raw):
            return False
        if not all(word[0].isupper() for word in re.findall(_WORD, _TAG.sub("", raw))):
            return False
        end = found.end("name")
        return not _is_in_address(raw, text[: found.start()][-1:], text[end : end + 5])

    def list_spellings(self, path: str) -> list[str]:
        """Return the spellings of the name in a path, in the form of the keys of `spellings`."""
        found = [one["name"] for one in self.pattern.finditer(path) if not one["other"]]
        found += [one[0] for one in self._turned.finditer(path) if _is_turned(one)]
        return [make_key(one) for one in found]

    def count(self, text: str) -> int:
        """Return how many times the name is in a text."""
        return len(self.find(text))

    def erase_name(self, text: str) -> str:
        """Return a file name, an anchor or an address with a slug in place of the name."""
        text = self.pattern.sub(
            lambda f: f[0] if f["other"] else self._make_slug(f["name"]) + f["after"], text
        )
        return self._turned.sub(lambda f: self._make_slug(f[0]) if _is_turned(f) else f[0], text)

    def erase_plain(self, text: str) -> str:
        """Return plain text, or a text file of any format, with the name blacked out.

        A URL or an e-mail address that contains the name is replaced as a whole, except a URL of
        this site.
        """
        text = _URL.sub(lambda found: self._erase_url(found[0]), text)
        if "@" in text:  # for speed: there is no mailbox without « @ »
            text = _BOX.sub(lambda f: self.marker if self.find(f[0]) else f[0], text)
        text = self.pattern.sub(
            lambda f: f[0] if self._is_other(f) else self._replace(f, f["name"]), text
        )
        return self._turned.sub(lambda f: self._replace(f, f[0]) if _is_turned(f) else f[0], text)

    def erase_markdown(self, text: str) -> str:
        """Return Markdown with the name blacked out.

        A link whose address contains the name becomes plain text, unless it is on this site.
        """
        text = _MARKDOWN_LINK.sub(lambda f: f[1] if self._is_outside(f[2]) else f[0], text)
        text = _AUTOLINK.sub(lambda f: self.marker if self._is_outside(f[0][1:-1]) else f[0], text)
        return self.erase_plain(text)

    def erase_html(self, text: str) -> str:
        """Return HTML with the name blacked out.

        A link whose address contains the name becomes plain text, unless it is on this site.
        """
        text = _HTML_LINK.sub(lambda f: f[2] if self._is_outside(f[1]) else f[0], text)
        return self.erase_plain(text)

    def erase_value(self, value: str) -> str:
        """Return a value of front matter with the name blacked out.

        An address that contains the name becomes empty, unless it is on this site.
        """
        if not self.find(value):
            return value
        if re.fullmatch(r"[a-z0-9-]+", value):
            return self.erase_name(value)
        if " " not in value and self._is_outside(value):
            return ""
        return self.erase_plain(value)

    def _is_outside(self, address: str) -> bool:
        """Return whether an address contains the name and is not on this site.

        Such an address would no longer work with the name replaced.
        """
        kind = address.partition(":")[0].lower()
        if kind in {"http", "https"}:
            own = self.site_address and find_own_path(address, self.site_address)
            return not own and bool(self.find(address))
        box = address.partition("?")[0]
        return "@" in box and bool(self.find(box))

    def _erase_url(self, url: str) -> str:
        return self.marker if self._is_outside(url) else url

    def _make_slug(self, spelling: str) -> str:
        number = self.spellings.get(make_key(spelling))
        return f"{self.first_slug}-{number}" if number else self.slug

    def _replace(self, found: re.Match[str], raw: str) -> str:
        """Return what replaces the match `found`, with its tags, links and unpaired `*`, `_`, `~`.

        `raw` is the text of the match, without the Markdown signs that follow the name.
        """
        text, end = found.string, found.start() + len(raw)
        before, after = text[max(0, found.start() - 200) : found.start()], text[end : end + 5]
        rest = found[0][len(raw) :]
        if _is_in_address(raw, before[-1:], after):
            in_anchor = re.search(r"#[^\s()<>\"'\]]*\Z", before)
            return (self.slug if in_anchor else self._make_slug(raw)) + rest
        if self.is_mailbox:
            return self.marker + rest
        links = "".join(map(self.erase_name, _LINK_END.findall(raw)))
        opens = "[" if "[" in _LINK_END.sub("", raw) else ""
        tags = "".join(tag for tag in _TAG.findall(raw) if not tag.startswith("<br"))
        first, last = _pair_signs(_TAG.sub("", _LINK_END.sub("", raw)), rest)
        if links and opens:
            return f"{self.marker}{links} {first}[{self.marker}{tags}{last}"
        return f"{first}{opens}{self.marker}{tags}{links}{last}"


def make_key(spelling: str) -> str:
    """Return a spelling as it is in a path: without percent-encoding, accents composed (NFC)."""
    return unicodedata.normalize("NFC", unquote(spelling))


def quote_around(text: str, start: int, end: int) -> str:
    """Return the passage from `start` to `end` on one line, with the text around it."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    shown = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"


def _find_joined(found: re.Match[str]) -> tuple[str, str]:
    """Return the word joined by a hyphen before a name, and the one after it, "" for none.

    In prose, only words with a capital count: « ex-Marie » is still Marie. In an e-mail address,
    words count if « . » or « _ » separates the first names from the surname:
    « anne-marie.noir@… ». Elsewhere, no word counts.
    """
    raw, text = found["name"], found.string
    before = _PREFIX.search(text[max(0, found.start() - 60) : found.start()])
    after = _SUFFIX.match(text, found.end())
    words = before[1] if before else "", after[1] if after else ""
    if re.search(r"\s|&nbsp;", raw) or (raw.isalpha() and raw[0].isupper()):
        own = re.findall(_WORD, _TAG.sub("", raw)) or [""]
        first = words[0] if _is_part_of_name(words[0], own[0]) else ""
        return first, words[1] if _is_part_of_name(words[1], own[-1]) else ""
    divided = re.search(r"[._]", raw) and not re.search(_HYPHEN, raw)
    if divided and re.compile(r"[\w.+-]{0,64}@").match(text, found.end()):
        first, last = (
            word if len(word) > 1 and word.lower() not in TITLES else "" for word in words
        )
        return first, last
    return "", ""


def _is_part_of_name(word: str, beside: str) -> bool:
    """Return whether `word`, joined by a hyphen to a name, is part of that name.

    `beside` is the word of the name next to that hyphen.
    """
    if len(word) < 2 or not word[0].isupper():
        return False
    return word[1:].islower() or (word.isupper() and beside.isupper())


def _find_first_names(found: re.Match[str]) -> tuple[str, str]:
    """Return the words that may be first names, before and after a surname, "" for none.

    They begin with a capital and are not titles.
    """
    text, end = found.string, found.end()
    before = re.search(rf"({_WORD})[*_ \u00a0]{{1,3}}\Z", text[max(0, end - 120) : found.start()])
    after = re.match(rf"[*_ \u00a0]{{1,3}}({_WORD})", text[end : end + 60])
    words = [one[1] if one and one[1][0].isupper() else "" for one in (before, after)]
    first, last = ("" if word.lower() in TITLES else word for word in words)
    return first, last


def _is_turned(found: re.Match[str]) -> bool:
    """Return whether « surname, first name » is the person, not two people in a list."""
    surname, between, first = (one for one in found.groups() if one is not None)
    before = found.string[max(0, found.start() - 60) : found.start()]
    after = found.string[found.end() : found.end() + 60]
    if "," not in between and not re.search(r"\s|%20|&nbsp;", between):
        alone = not re.search(r"[-.\w]\Z", before) and not re.match(r"[-_]?[^\W\d_]", after)
        return alone and (found[0] == found[0].lower() or between == "_")
    if not (surname[0].isupper() and first[0].isupper()):
        return False
    if _is_joined_or_boxed(before, surname, first, after):
        return False
    previous = re.search(rf"({_WORD})[ \t\u00a0]{{1,3}}\Z", before)
    following = re.match(rf"[ \t\u00a0]{{1,3}}({_WORD})", after)
    if surname.isupper() and not first.isupper():
        return not (following and following[1].isupper())
    if "," in between and _is_in_list(before, after):
        return False
    named = previous and previous[1][0].isupper() and previous[1].lower() not in TITLES
    return not named and not (following and following[1][0].isupper())


def _is_joined_or_boxed(before: str, surname: str, first: str, after: str) -> bool:
    """Return whether « surname, first name » is part of longer names or of an e-mail address.

    `before` and `after` are the text around it.
    """
    prefix, suffix = _PREFIX.search(before), _SUFFIX.match(after)
    joined = (prefix and _is_part_of_name(prefix[1], surname.split(maxsplit=1)[0])) or (
        suffix and _is_part_of_name(suffix[1], first.rsplit(maxsplit=1)[-1])
    )
    return bool(joined or re.match(r"[\w.+-]*@", after))


def _is_in_list(before: str, after: str) -> bool:
    """Return whether two names with a comma between them are items of a list of names.

    `before` and `after` are the text around them. They are items if a name with a comma precedes
    them, or if the name that follows has no first name of its own: « Martin, Rose et Luc », but not
    « Martin, Rose et Dupont, Luc ».
    """
    previous = re.search(rf"({_WORD}),[ \t\u00a0]{{1,3}}\Z", before)
    following = re.match(rf"(?:,| et| ou)[ \t\u00a0]{{1,3}}({_WORD})\b(?!,)", after)
    return any(one and one[1][0].isupper() for one in (previous, following))


def _pair_signs(raw: str, rest: str) -> tuple[str, str]:
    """Return the Markdown signs to write before and after the replacement of `raw`.

    `rest` are the signs that follow `raw`. Signs that both open and close in `raw` or `rest` are
    left out.
    """
    opened: list[str] = []
    closed = ""
    for found in _SIGNS.finditer(raw):
        run, joined = found[0], found.start() > 0 and not raw[found.start() - 1].isspace()
        if run == "_" and joined and not raw[found.end() :][:1].isspace():
            continue  # this « _ » joins two words
        if joined:
            if run in opened:
                opened.remove(run)
            else:
                closed += run
        else:
            opened.append(run)
    while opened and rest.startswith(opened[-1]):
        rest = rest[len(opened.pop()) :]
    return "".join(opened), closed + rest


def _is_in_address(raw: str, before: str, after: str) -> bool:
    """Return whether a passage is in an address or a file name, given the text before and after."""
    if re.search(r"[\s<>*`&~]", raw):
        return False
    joined = bool(re.search(r"[-_+%]", raw))
    around = before in {"/", "#", "_", "-", "%", "="} and before != ""
    ending = bool(re.match(r"[-_/]|\.[a-z]{2,4}\b", after))
    if joined:
        return around or ending or raw == raw.lower()
    return before in {"/", "#", "_"} or (raw == raw.lower() and (around or ending))
