"""Find a name in text, however it is spelt or encoded, and replace it."""

from __future__ import annotations

import datetime
import functools
import html.entities
import re
from dataclasses import dataclass

from maille.text.dates import format_date
from maille.text.names import make_slug, strip_accents
from maille.text.urls import find_own_path

LEAST = 3  # letters that a name must have
JOINED = 8  # letters from which a name is also found without spaces: « jeannedupont »

# Between two letters of a word: characters that do not show.
_UNSEEN = r"(?:[\u00ad\u200b-\u200d\u2060\ufeff]|&(?:shy|#0*173);)*"
# Between two words: spaces, hyphens, apostrophes, Markdown signs, tags, and their encodings.
_BETWEEN = (
    r"(?:[\s\u2000-\u200d\u2010\u2011\u2060\ufeff*_~`>+'’ʼ-]|\.(?!\s)|</?[a-zA-Z][^<>]{0,300}>"
    r"|&(?:nbsp|thinsp|ensp|emsp|rsquo|lsquo|apos|shy|#0*(?:39|160|173|8217|8239)"
    r"|#x0*(?:27|a0|ad|2019|202f));|%20|%C2%A0|%E2%80%AF|%E2%80%99|%27|%2B"
    r"|\\[nrt]|\\u(?:00a0|202f|2019))"
)
_BEFORE = r"(?:(?<![^\W\d_])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4})|(?<=\\[nrt]))"
_AFTER = r"(?![^\W\d_]|[\u0300-\u036f])"
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_URL = re.compile(r"https?://[^\s<>\"'()\[\]]+")
_MARKDOWN_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^)>\s]*)>?[^)]*\)")
_AUTOLINK = re.compile(r"<(?:https?:|mailto:)?[^<>\s]+[@/][^<>\s]*>")
_HTML_LINK = re.compile(r'<a\b[^>]*\shref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@functools.cache
def _spell_letters() -> dict[str, list[str]]:
    """Return, by bare letter, the Latin letters that differ from it by case and accents."""
    found: dict[str, list[str]] = {}
    for point in (*range(0x30, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(point)
        bare = strip_accents(letter).casefold()
        if letter.isalnum() and len(bare) == 1:
            found.setdefault(bare, []).append(letter)
    return found


@functools.cache
def _make_letter(bare: str) -> str:
    """Return the pattern of a letter: any case, any accent, plain or encoded."""
    letters = _spell_letters().get(bare, [bare])
    encoded = [one for one in letters if ord(one) < 0x250]
    names = [name for name, value in html.entities.html5.items() if value in encoded]
    entities = "|".join(sorted(re.escape(name.rstrip(";")) for name in names if name[-1] == ";"))
    numbers = "|".join(str(ord(one)) for one in encoded)
    hexes = "|".join(f"{ord(one):x}" for one in encoded)
    percents = "|".join("".join(f"%{byte:02X}" for byte in one.encode()) for one in encoded)
    escapes = "|".join(f"{ord(one):04x}" for one in encoded)
    named = f"{entities}|" if entities else ""
    return (
        f"(?:[{re.escape(''.join(letters))}][\\u0300-\\u036f]*"
        f"|&(?:{named}#0*(?:{numbers})|#x0*(?:{hexes}));|{percents}|\\\\u(?:{escapes}))"
    )


_LIGATURES = {
    "oe": r"[œŒ]|&oelig;|&#(?:0*(?:338|339)|x0*15[23]);|%C5%9[23]|\\u015[23]",
    "ae": r"[æÆ]|&aelig;|&#(?:0*(?:198|230)|x0*[ce]6);|%C3%[A8]6|\\u00[ce]6",
}


def _make_word(bare: str) -> str:
    parts: list[str] = []
    at = 0
    while at < len(bare):
        pair = bare[at : at + 2]
        if pair in _LIGATURES:
            two = _UNSEEN.join(map(_make_letter, pair))
            parts.append(f"(?:{two}|{_LIGATURES[pair]})")
            at += 2
        else:
            parts.append(_make_letter(bare[at]))
            at += 1
    return _UNSEEN.join(parts)


def split_words(name: str) -> list[str]:
    """Return the words of a name, in lower case and without accents."""
    return re.findall(r"[^\W_]+", strip_accents(name).casefold())


def compile_words(words: list[str]) -> str:
    """Return a pattern, without groups, of these words one after the other."""
    most = "{0,20}" if sum(map(len, words)) >= JOINED else "{1,20}"
    body = f"{_BETWEEN}{most}".join(map(_make_word, words))
    return f"{_BEFORE}{body}{_AFTER}"


@dataclass(frozen=True)
class Eraser:
    """A name to black out, the day of the request, and the address of the site.

    A passage is replaced by `marker`. In an address or a file name it is replaced by `slug`,
    which is what the engine makes of `marker` in the anchor of a heading.
    """

    name: str
    day: datetime.date
    site_address: str = ""

    @property
    def marker(self) -> str:
        """Return what is read in the place of the name."""
        return f"[retiré le {format_date(self.day)} à la demande de la personne]"

    @functools.cached_property
    def slug(self) -> str:
        """Return what is read in the place of the name in an address."""
        return make_slug(self.marker)

    @functools.cached_property
    def words(self) -> list[str]:
        """Return the words of the name, bare."""
        return split_words(self.name)

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern of the name."""
        return re.compile(compile_words(self.words), re.IGNORECASE)

    @functools.cached_property
    def _mailbox(self) -> re.Pattern[str]:
        inner = self.pattern.pattern
        return re.compile(rf"(?:[\w.+-]*[.+_-])?{inner}[\w.+-]*@[\w.-]*\w", re.IGNORECASE)

    def count(self, text: str) -> int:
        """Return how many times the name is in a text."""
        return sum(1 for _ in self.pattern.finditer(text))

    def erase_name(self, text: str) -> str:
        """Return a file name, an anchor or an address with the name replaced by `slug`."""
        return self.pattern.sub(self.slug, text)

    def erase_plain(self, text: str) -> str:
        """Return plain text, or a text file of any format, without the name.

        An address of the web or a mailbox that holds the name is replaced whole, except an address
        of this site.
        """
        text = _URL.sub(lambda found: self._erase_url(found[0]), text)
        text = self._mailbox.sub(self.marker, text)
        return self.pattern.sub(self._replace, text)

    def erase_markdown(self, text: str) -> str:
        """Return a Markdown text without the name; a link whose address has it becomes its text."""
        text = _MARKDOWN_LINK.sub(lambda f: f[1] if self._is_outside(f[2]) else f[0], text)
        text = _AUTOLINK.sub(lambda f: self.marker if self._is_outside(f[0][1:-1]) else f[0], text)
        return self.erase_plain(text)

    def erase_html(self, text: str) -> str:
        """Return HTML without the name; a link whose address has it becomes its text."""
        text = _HTML_LINK.sub(lambda f: f[2] if self._is_outside(f[1]) else f[0], text)
        return self.erase_plain(text)

    def erase_value(self, value: str) -> str:
        """Return a value of a header; an address that has the name becomes empty."""
        if not self.pattern.search(value):
            return value
        if re.fullmatch(r"[a-z0-9-]+", value):
            return self.erase_name(value)
        if " " not in value and self._is_outside(value):
            return ""
        return self.erase_plain(value)

    def _is_outside(self, address: str) -> bool:
        """Return whether an address with the name leads out of the site: it cannot be kept."""
        kind = address.partition(":")[0].lower()
        if kind in {"http", "https"}:
            own = self.site_address and find_own_path(address, self.site_address)
            return not own and bool(self.pattern.search(address))
        box = address.partition("?")[0]
        return "@" in box and bool(self.pattern.search(box))

    def _erase_url(self, url: str) -> str:
        return self.marker if self._is_outside(url) else url

    def _replace(self, found: re.Match[str]) -> str:
        """Return what replaces one passage: its tags and unpaired signs stay."""
        raw, text = found[0], found.string
        before, after = text[: found.start()][-1:], text[found.end() :][:5]
        if _is_in_address(raw, before, after):
            return self.slug
        tags = "".join(tag for tag in _TAG.findall(raw) if not tag.startswith("<br"))
        signs = [run for run in re.findall(r"[*_~`]+", _TAG.sub("", raw)) if run != "_"]
        kept = "".join(run for run in dict.fromkeys(signs) if signs.count(run) % 2)
        return f"{self.marker}{tags}{kept}"


def _is_in_address(raw: str, before: str, after: str) -> bool:
    """Return whether a passage is in an address or in a file name, given what is around it."""
    if re.search(r"[\s<>*`&~]", raw):
        return False
    joined = bool(re.search(r"[-_+%]", raw))
    around = before in {"/", "#", "_", "-", "%", "="} and before != ""
    ending = bool(re.match(r"[-_/]|\.[a-z]{2,4}\b", after))
    if joined:
        return around or ending or raw == raw.lower()
    return before in {"/", "#", "_"} or (raw == raw.lower() and (around or ending))
