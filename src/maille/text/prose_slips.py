"""Find typing slips in prose: two dots after a word, a misspelt month in a date."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from maille.text.dates import MONTHS
from maille.text.names import fold_accents
from maille.text.patterns import compile_late
from maille.text.suggestions import differ_by_a_slip, quote_choices
from maille.text.typed_dates import ENGLISH_MONTHS

_DOTS = compile_late(r"(?<!\S)(?!\d{1,3}\.\.\s)([^\s.]*[^\W_][»)\]*]{0,3})\.\.(?=\s|$)")
_NAMES = {fold_accents(name): name for name in MONTHS}
# A word after a day, before a year, or between the two.
_DATED = compile_late(
    r"(?<![\w/:.-])(?P<day>\d{1,2}(?:er)? )?(?P<word>[^\W\d_]{3,11})(?P<year> (?:19|20)\d\d)?\b"
    r"(?(day)|(?<= \d{4}))"
)
# The part that every match of `_DATED` has: the last digit of a day and the start of a word, or the
# year after a word.
_NEAR = compile_late(r"\d(?:(?:er)? [^\W\d_]{3}|(?P<year>(?<=[^\W\d_]{3} \d)\d{3}\b))")
_DIGIT_BEFORE = compile_late(r"\d\Z")
_WORD_BEFORE = compile_late(r"[^\W\d_]{3,11} \Z")
# The fewest letters of a month for which a word may be a slip, next to a day or a year alone.
_LONG = 5


def find_doubled_dots(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each word followed by two dots."""
    for found in _DOTS.finditer(text) if ".." in text else ():
        right = f"écrivez « {found[1]}. » ; pour des points de suspension, « {found[1]}… »"
        yield found.start(), f"« {found[0]} » a deux points de suite", right


def find_misspelt_months(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each misspelt month in a date."""
    for found in _find_dated(text):
        day, word, year = found["day"] or "", found["word"], found["year"] or ""
        needed = 3 if day and year else _LONG
        near = [f"{day}{name}{year}" for name in _list_near(word) if len(name) >= needed]
        if near:
            yield found.start(), f"« {found[0]} » n'a pas de mois", f"écrivez {quote_choices(near)}"


@functools.lru_cache(1024)  # the same words come back in all texts
def _list_near(word: str) -> tuple[str, ...]:
    """Return the months that a word misspells; none if it is a month, even an English one."""
    folded = fold_accents(word)
    if folded in _NAMES or folded in ENGLISH_MONTHS:
        return ()
    return tuple(name for plain, name in _NAMES.items() if differ_by_a_slip(folded, plain))


def _find_dated(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `_DATED`. For speed, it is tried only where `_NEAR` matches."""
    end = 0
    while near := _NEAR.search(text, end):
        before = _WORD_BEFORE if near["year"] else _DIGIT_BEFORE
        begins = before.search(text, max(0, near.start() - 12), near.start())
        found = _DATED.match(text, begins.start() if begins else near.start())
        if found:
            yield found
        end = found.end() if found else near.start() + 1
