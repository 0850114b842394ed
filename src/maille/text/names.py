"""Small pure helpers on text: slugs, and forms under which two spellings are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# What NFKD does not take apart.
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = 80


def without_accents(text: str) -> str:
    """Return `text` with its letters bare: « Œuvre d'été » becomes "Oeuvre d'ete"."""
    if text.isascii():  # each key of each header passes here
        return text
    decomposed = unicodedata.normalize("NFKD", visible(text))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LIGATURES)


def visible(text: str) -> str:
    """Return `text` without the characters that show nothing: soft hyphens, zero-width spaces."""
    if text.isprintable():  # which those are not
        return text
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def slug(text: str) -> str:
    """Return the part of an address that stands for `text`: `[a-z0-9-]`, 80 characters at most.

    Straight and curly apostrophes give the same slug. A text without letters or digits gives "".
    """
    bare = without_accents(text.translate(_APOSTROPHES)).lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:SLUG_LENGTH].rstrip("-")


def same_name(text: str) -> str:
    """Return the form under which two typings of one name are equal.

    Apostrophes, kinds of space, Unicode forms and a final « … » or « : » do not count; letters,
    accents and case do.
    """
    straight = unicodedata.normalize("NFC", visible(text).translate(_APOSTROPHES))
    return _SPACES.sub(" ", straight).strip().rstrip("….: ")


def sort_key(text: str) -> tuple[str, str]:
    """Return the key that sorts French names: accents and case count only between equals."""
    return (slug(text).replace("-", " "), text)


def fold(text: str) -> str:
    """Return the form in which all ways to type a name are equal, in [a-z0-9 ].

    Blind to case, accents, ligatures, hyphens, apostrophes, spaces, and « St » for « Saint »;
    line breaks stay, so that a list can be folded in one call.
    """
    bare = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("&", " et ")
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", bare))
    words = re.sub(r"[^a-z0-9\n]+", " ", bare)
    return re.sub(r"^ | $", "", re.sub(r"\bst(e?)\b", r"saint\1", words), flags=re.MULTILINE)


def join_names(names: Sequence[str]) -> str:
    """Return « a, b et c »; "" for no name."""
    return " et ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
