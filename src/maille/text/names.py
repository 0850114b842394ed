"""Slugs, and normal forms in which different spellings of a name are equal."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Container, Sequence

# Letters that NFKD does not decompose.
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
# What `fold` changes.
_MARKS = re.compile("[\u0300-\u036f]")
_NOT_IN_WORDS = re.compile(r"[^a-z0-9\n]+")
_SAINT = re.compile(r"\bst(e?)\b")
_EDGES = re.compile(r"^ | $", re.MULTILINE)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = 80


def strip_accents(text: str) -> str:
    """Return `text` without accents, ligatures or invisible characters: « Œuf » becomes "Oeuf"."""
    if text.isascii():  # for speed: every key of every front matter passes here
        return text
    return _remove_marks(strip_invisible(text)).translate(_LIGATURES)


def _remove_marks(text: str) -> str:
    """Return `text` without accents and other combining marks."""
    if text.isascii():  # for speed: each name that a suggestion may give passes here
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def strip_invisible(text: str) -> str:
    """Return `text` without invisible characters, such as soft hyphens and zero-width spaces."""
    if text.isprintable():  # invisible characters are not printable
        return text
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def make_slug(text: str) -> str:
    """Return the part of an address that represents `text`: `[a-z0-9-]`, 80 characters at most.

    Straight and curly apostrophes give the same slug. Without Latin letters or digits, it is "".
    """
    bare = strip_accents(text.translate(_APOSTROPHES)).lower()
    return _NOT_IN_SLUGS.sub("-", bare).strip("-")[:SLUG_LENGTH].rstrip("-")


def list_words(text: str) -> set[str]:
    """Return the words of `text` as its slug has them: `lettre`, `d`, `avril`, `2024`."""
    return set(make_slug(text).split("-"))


def normalise_name(text: str) -> str:
    """Return the form in which different ways to type a name are equal.

    Kinds of apostrophe and of space, invisible characters, Unicode forms, and final « . », « … »
    or « : » make no difference; letters, accents and case do.
    """
    straight = unicodedata.normalize("NFC", strip_invisible(text).translate(_APOSTROPHES))
    return _SPACES.sub(" ", straight).strip().rstrip("….: ")


def fold_accents(text: str) -> str:
    """Return `text` in lower case and without accents; « œ » and « æ » stay."""
    return _remove_marks(text.casefold())


def fold_name(text: str) -> str:
    """Return the result of `normalise_name`, case-folded."""
    return normalise_name(text).casefold()


def sort_key(text: str) -> tuple[str, str]:
    """Return the key for sorting French names; accents, case, punctuation only break ties."""
    return (make_slug(text).replace("-", " "), text)


def fold(text: str) -> str:
    """Return the form in which the spellings of a name are equal, with only a-z, 0-9 and spaces.

    Case, accents, ligatures, hyphens, apostrophes, spaces, « St » for « Saint », and « & » for
    « et » make no difference. Line breaks stay, so that a list can be folded in one call.
    """
    if text.isascii() and text.isalnum() and (word := text.lower()) not in {"st", "ste"}:
        return word  # as below, but faster: the search folds each word of the site
    bare = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("&", " et ")
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", bare))
    words = _NOT_IN_WORDS.sub(" ", bare)
    return _EDGES.sub("", _SAINT.sub(r"saint\1", words))


def join_names(names: Sequence[str], link: str = "et") -> str:
    """Return « a, b et c », with `link` instead of « et »; "" if there are no names."""
    return f" {link} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def find_free_name(path: str, stem: str, paths: Container[str]) -> str:
    """Return a free name, without folder, for the file `path`: `stem`, and the suffix of `path`.

    If a file beside `path` has that name, a number is added to `stem`. `paths` are those of all
    files.
    """
    folder, suffix = path.rpartition("/")[0], path.rpartition(".")[2]
    numbered = (f"{stem}-{number}.{suffix}" for number in itertools.count(2))
    names = itertools.chain([f"{stem}.{suffix}"], numbered)
    return next(one for one in names if f"{folder}/{one}" not in paths)
