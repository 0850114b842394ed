"""Guess what someone meant to type, and propose it in French."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from maille.text.names import fold_accents, join_names
from maille.text.patterns import compile_late


def find_nearest(
    word: str, candidates: Iterable[str], most: int = 3, *, likeness: float = 0.6
) -> list[str]:
    """Return up to `most` candidates that look like `word`, the nearest first.

    Candidates are compared without case and accents, and returned as given. Of candidates that
    differ only in case or accents, one is returned. `likeness` is the least similarity accepted,
    from 0 (nothing in common) to 1 (the same letters).
    """
    by_folded = {fold_accents(candidate): candidate for candidate in sorted(candidates)}
    close = difflib.get_close_matches(fold_accents(word), by_folded, n=most, cutoff=likeness)
    return [by_folded[folded] for folded in close]


def find_terms(typed: str, labels: Mapping[str, str]) -> list[str]:
    """Return up to three keys of `labels` (key → label) that `typed` resembles, nearest first.

    `typed` may resemble the key or its label. If it equals one of them, case and accents apart,
    only that key is returned.
    """
    by_name = {name: key for key, label in labels.items() for name in (label, key)}
    close = find_nearest(typed, by_name)
    if close and fold_accents(close[0]) == fold_accents(typed):
        return [by_name[close[0]]]
    return [*dict.fromkeys(by_name[name] for name in close)]


# A capital, a space and the rest of a word, unless the capital may be a word of its own.
_SPLIT_WORD = compile_late(r"(?![AÀOÔY] |[CDJLMNST] [aeéèêiouhy])([A-ZÀ-ÖØ-ÞŒ]) ([a-zà-öø-ÿœ]{2,})")


def join_first_letter(text: str) -> str:
    """Return a text with its first capital joined to its word: « F ondation » → « Fondation ».

    The space that follows a dash or a colon was typed one letter too late. The text is unchanged if
    it does not begin with a capital, or if that may be a word, or a short form without its
    apostrophe: « L entreprise ».
    """
    found = _SPLIT_WORD.match(text)
    return f"{found[1]}{text[found.start(2) :]}" if found else text


# One character, a space and the rest of a value, unless that character may stand alone.
_SPLIT_VALUE = compile_late(r"(?![AÀOÔY] )([^\W\d_]) ([a-zà-öø-ÿœ].*)", re.IGNORECASE)
# A digit, a space and the rest of a number or date. Before three digits, the first one may count
# thousands, unless the whole may be a year (10xx, 19xx, 20xx or 29xx): « 2 024 ».
_SPLIT_NUMBER = compile_late(r"(\d) (?!\d{3}$)(\d[\d.:-]*)|([12]) ([09]\d\d)")


def join_late_space(value: str) -> str:
    """Return `value` with its first character joined to the rest: « p rojet » becomes « projet ».

    The space after the colon of its key was typed one character too late. The value is unchanged if
    its first character may be a word, an initial or the thousands of a number. But « 2 024 » and
    « 1 900 » are read as years, and joined.
    """
    if found := _SPLIT_NUMBER.fullmatch(value):
        return "".join(part for part in found.groups() if part)
    found = _SPLIT_VALUE.fullmatch(value)
    return f"{found[1]}{found[2]}" if found and found[2][0].islower() else value


def differ_by_a_slip(one: str, other: str) -> bool:
    """Return whether two words differ by one missing or wrong character, or by one swap.

    A swap is of two characters side by side. Return False for equal words.
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    at = next((n for n, sign in enumerate(shorter) if sign != longer[n]), len(shorter))
    if len(longer) > len(shorter):
        return longer[at + 1 :] == shorter[at:]
    swapped = longer[at : at + 2][::-1] + longer[at + 2 :] == shorter[at:]
    return swapped or longer[at + 1 :] == shorter[at + 1 :]


def quote_choices(words: Sequence[str]) -> str:
    """Return the words as a choice in French, « a », « b » ou « c »; "" without words."""
    return join_names([f"« {word} »" for word in words], "ou")
