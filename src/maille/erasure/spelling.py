"""Compile the pattern of a name: any case, any accent, any encoding, any separators of words."""

from __future__ import annotations

import functools
import html.entities
import re

from maille.text.names import strip_accents

JOINED = 8  # a name with at least this many letters is also found without its spaces

# Between two letters of a word: invisible characters.
_UNSEEN = r"(?:[\u00ad\u200b-\u200d\u2060\ufeff]|&(?:shy|#0*173);)*"
# Between two words: spaces, hyphens, apostrophes, Markdown markers, tags, the ends of a link, a
# line break of Markdown, and their encodings.
_BETWEEN = (
    r"(?:\]\([^()\s]{0,300}\)|\]\[[^\[\]\n]{0,80}\]|\[|\\(?=\s)"
    r"|[\s\u2000-\u200d\u2010\u2011\u2060\ufeff*_~`>+'’ʼ-]|\.(?!\s)|</?[a-zA-Z][^<>]{0,300}>"
    r"|&(?:nbsp|thinsp|ensp|emsp|rsquo|lsquo|apos|shy|#0*(?:39|160|173|8217|8239)"
    r"|#x0*(?:27|a0|ad|2019|202f));|%20|%C2%A0|%E2%80%AF|%E2%80%99|%27|%2B"
    r"|\\[nrt]|\\u(?:00a0|202f|2019))"
)
# Words whose final dot does not end a sentence: titles and other short forms.
TITLES = {"m", "mr", "mme", "mlle", "dr", "me", "pr", "madame", "monsieur", "maitre", "docteur"}
_SHORTENED = TITLES | {"st", "ste", "jr"}
MAILBOX = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\W\d_]{2,}")
# The « @ » of an e-mail address, also as typed or encoded to hide the address from robots.
_AT = (
    r"(?:@|%40|&#0*64;|&#x0*40;|&commat;|\\u0040"
    r"|[ \u00a0]?[\[({][ \u00a0]?(?:@|at|a|à|arobase)[ \u00a0]?[\])}][ \u00a0]?)"
)
_BEFORE = r"(?:(?<![^\W\d_])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4})|(?<=\\[nrt]))"
_AFTER = r"(?![^\W\d_]|[\u0300-\u036f])"
# Between a surname and the first name written after it.
_SPACE = r"(?:[ \t\u00a0\u202f*_]|%20|&nbsp;)"
_TURNED = rf"{_SPACE}{{1,4}}|[*_]{{0,3}},{_SPACE}{{0,4}}|[-._]"
# The start and end of a pattern that must match all that precedes the « @ » of an e-mail address.
_WHOLE_BOX = r"(?<![\w.+-])", f"(?={_AT})"
_HYPHEN = r"[-\u2010\u2011_. \u00a0]?"


@functools.cache
def _spell_letters() -> dict[str, list[str]]:
    """Return, by bare letter, the Latin letters that are the same apart from case and accents."""
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


def list_signs(name: str) -> str:
    """Return the punctuation between the words of a name: « . » and « - » in « J.-P. Dupont »."""
    return "".join(sorted(set(re.findall(r"[^\w\s]", name.strip()))))


def compile_words(words: list[str], signs: str = "") -> str:
    """Return a pattern, without groups, of these words one after the other.

    `signs` are characters that may separate them, in addition to the usual ones.
    """
    return f"{_BEFORE}{_compile_body(words, signs)}{_AFTER}"


def compile_mailbox(mailbox: str) -> str:
    """Return a pattern, without groups, of an e-mail address, not of a part of a longer address."""
    letters = (
        _make_letter(one) if one.isalnum() else _AT if one == "@" else _make_sign(one)
        for one in strip_accents(mailbox).casefold()
    )
    before = r"(?:(?<![\w.+-])|(?<=%[0-9A-Fa-f]{2}))"
    return rf"{before}{_UNSEEN.join(letters)}(?![\w-]|\.\w)"


def _make_sign(sign: str) -> str:
    """Return the pattern of a character, plain or encoded."""
    return rf"(?:{re.escape(sign)}|%{ord(sign):02X}|&#0*{ord(sign)};)"


def compile_longer(before: str, words: list[str], after: str) -> str:
    """Return a pattern, without groups, of these words between `before` and `after`.

    `before` and `after` are the rest of a longer name, such as « Anne » before « Marie », or "".
    """
    parts = [*map(_make_word, split_words(before)), _compile_body(words)]
    return f"{_BEFORE}{_HYPHEN.join([*parts, *map(_make_word, split_words(after))])}{_AFTER}"


def compile_turned(words: list[str], signs: str = "") -> str:
    """Return a pattern of these words with the surname first; a single word never matches.

    The surname may be the last word, or all words but the first. For each of these, the pattern
    has three groups: surname, characters between, rest. `signs` is as for `compile_words`.
    """
    ways = {len(words) - 1, 1} - {0, len(words)}
    between = f"({_TURNED}|)" if sum(map(len, words)) >= JOINED else f"({_TURNED})"
    turned = [
        f"({_compile_body(words[at:], signs)}){between}({_compile_body(words[:at], signs)})"
        for at in sorted(ways)
    ]
    return f"{_BEFORE}(?:{'|'.join(turned)}){_AFTER}" if turned else r"(?!)"


def compile_initials(words: list[str]) -> str:
    """Return a pattern, without groups, of the short forms of a name in addresses.

    These are the initials of the first names with the surname (« hgrandsire »). In an e-mail
    address, they are also the surname alone, the first name with the initial of the surname, and
    the first name or the initials at a domain with the surname. If the surname has 3 letters or
    fewer, the initials with the surname count only in an e-mail address too.
    """
    first, start, end = _make_word(words[0]), *_WHOLE_BOX
    found = [f"{start}{first}[._-]?{_make_letter(words[-1][0])}{end}"]
    for at in sorted({1, len(words) - 1}):
        last = "[._-]?".join(map(_make_word, words[at:]))
        initials = "[._-]?".join(_make_letter(word[0]) for word in words[:at])
        short = f"(?:{initials}|{_make_letter(words[0][0])})"
        found.append(rf"{start}(?:{first}|{short}){_AT}(?:[\w-]{{1,60}}\.)?{last}{_AFTER}")
        joined = f"(?:{short}[._-]?{last}|{last}[._-]?{initials})"
        if sum(map(len, words[at:])) > 3:
            found.append(f"{_BEFORE}{joined}{_AFTER}")
            found.append(rf"{_BEFORE}{last}{_AFTER}(?=[\w.+-]{{0,60}}{_AT})")
        else:  # a short surname is a part of many words
            found.append(f"{start}(?:{joined}|{last}){end}")
    return "|".join(found)


def _compile_body(words: list[str], signs: str = "") -> str:
    least = "0" if sum(map(len, words)) >= JOINED else "1"
    more = f"|[{re.escape(signs)}]" if signs else ""
    pattern = ""
    for word in words[:-1]:
        dot = r"|\." if len(word) == 1 or word in _SHORTENED else ""
        pattern += f"{_make_word(word)}(?:{_BETWEEN}{more}{dot}){{{least},20}}"
    return pattern + "".join(map(_make_word, words[-1:]))
