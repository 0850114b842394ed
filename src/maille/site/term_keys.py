"""Find the terms whose key is a misspelling of their label."""

from __future__ import annotations

import functools
import re
from collections.abc import Container, Iterable, Iterator

from maille.content.documents import KeyPath
from maille.problems import Level, Problem
from maille.schema.kind import Entry
from maille.schema.vocabulary import SubTerm, Term
from maille.text.names import make_slug
from maille.text.suggestions import differ_by_a_slip

LEAST = 5  # shorter keys are not compared


def check_term_keys(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield a warning for each term whose key differs by one slip from the start of its label.

    Sub-terms count as terms. A key that differs only at the ends of words, or by its digits, is
    accepted: « membre » for « Membres ».
    """
    for entry in entries:
        for path, key, label in _list_keys(entry):
            right = _find_right_key(key, label)
            if right and not _differ_at_ends(key, right):
                message = f"la clé « {key} » n'est pas écrite comme « {label} »"
                hint = f"écrivez cle: {right}"
                yield entry.document.make_problem(path, message, hint, Level.WARNING)


def report_misspelt_key(vocabulary: Entry, value: str, used: Container[str]) -> Problem | None:
    """Return the problem of the first term whose key misspells `value`, or None if there is none.

    `value` must be the key that the label of the term requires (see `_find_right_key`). `used` are
    the keys that entries refer to: none of them is a misspelling.
    """
    for path, key, label in _list_keys(vocabulary):
        if key not in used and _find_right_key(key, label) == value:
            message = f"des fichiers écrivent « {value} », et cette clé est « {key} »"
            return vocabulary.document.make_problem(path, message, f"écrivez cle: {value}")
    return None


def _list_keys(entry: Entry) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield (path, key, label) of the terms and sub-terms of a vocabulary, if the entry is one."""
    for number, term in enumerate(entry.list_terms()):
        at: KeyPath = ("termes", number)
        every: list[tuple[KeyPath, Term | SubTerm]] = [((*at, "cle"), term)]
        every += [((*at, "activites", n, "cle"), sub) for n, sub in enumerate(term.activities)]
        for path, one in every:
            if one.key and one.name:
                yield path, one.key, one.name


@functools.lru_cache(1024)
def _find_right_key(key: str, label: str) -> str:
    """Return the key that `key` misspells by one slip, or "" if there is none.

    It is the first words of `label`, as many as possible, joined by hyphens. A `key` that is right,
    or shorter than `LEAST`, gives "".
    """
    words = make_slug(label).split("-")
    starts = ["-".join(words[:count]) for count in range(1, len(words) + 1)]
    if len(key) < LEAST or key in starts:
        return ""
    return next((start for start in reversed(starts) if differ_by_a_slip(key, start)), "")


def _differ_at_ends(key: str, other: str) -> bool:
    """Return whether two keys differ only by their digits, or by the ends of their words.

    These ends are any « e », « s » and « x »: « membre » and « membres ».
    """
    pairs = zip(re.split("-", key), re.split("-", other), strict=False)
    ends = all(a.rstrip("esx") == b.rstrip("esx") for a, b in pairs)
    same_count = key.count("-") == other.count("-")
    return (ends and same_count) or re.sub(r"\d", "", key) == re.sub(r"\d", "", other)
