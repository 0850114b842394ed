"""The words that mean a term of a vocabulary: its key, its label, its other words.

`validate` replaces each with the key, so that « Membre du réseau », « membre » and « Membre » are
one value for everything that reads entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from maille.schema.fields import Part, Reference
from maille.schema.kind import is_list, list_reference_keys
from maille.schema.vocabulary import SubTerm, Term, select_terms
from maille.text.names import make_slug

# For each vocabulary, and each list of sub-terms: a mapping from words (as `make_slug` returns
# them) to the keys of the terms that they mean.
Words = Mapping[Reference, Mapping[str, str]]


def index_words(terms: Iterable[Term], part: str = "") -> Mapping[str, str]:
    """Return a mapping from each word that means a term to the key of the term.

    The words are in the form of `make_slug`. If `part` is not "", the sub-terms of `terms` are
    indexed instead. A word that several terms have is left out, unless it is the key of one of
    these terms: then it means that term.
    """
    every = select_terms(terms, part)
    keys = {term.key for term in every if term.key}
    meanings: dict[str, set[str]] = {}
    for term in every:
        for word in _list_words(term):
            meanings.setdefault(word, set()).add(term.key)
    return {
        word: word if word in keys else next(iter(meant))
        for word, meant in meanings.items()
        if word in keys or len(meant) == 1
    }


def _list_words(term: Term | SubTerm) -> Iterator[str]:
    """Yield the key, the label and the other words of a term; an invalid term may lack some."""
    others = term.other_words if isinstance(term, Term) else ()
    for word in (term.key, term.name, *others):
        if slug := make_slug(word or ""):
            yield slug


def understand_terms(model: type[Part], keys: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Return `keys`, in which each text that means one term is replaced by the key of the term.

    A text typed instead of a list stays as it is.
    """
    found = dict(keys)
    for name, key, role in list_reference_keys(model):
        if key not in found or not isinstance(role, Reference) or role not in words:
            continue
        if not is_list(model.model_fields[name]):
            found[key] = _replace_word(found[key], words[role])
        elif isinstance(found[key], tuple):
            found[key] = tuple(_replace_word(item, words[role]) for item in found[key])
    return found


def _replace_word(typed: Any, words: Mapping[str, str]) -> Any:
    if not isinstance(typed, str):
        return typed
    return words[typed] if typed in words else words.get(make_slug(typed), typed)
