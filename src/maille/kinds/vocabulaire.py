"""A vocabulary: the terms that editors may type, with the text that visitors read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from pydantic import Field

from maille.content.documents import Document, KeyPath
from maille.schema.fields import Source, Text
from maille.schema.kind import Entry, Fault, Kind
from maille.schema.vocabulary import SubTerm, Term
from maille.text.names import make_slug

_OTHER_KEY = "écrivez …, une clé qu'aucun autre terme n'a ; si c'est le même, effacez ce terme"


class Vocabulaire(Entry):
    """A closed list of terms, in the order in which visitors see them."""

    kind_name: ClassVar[str] = "vocabulaire"
    heading_field: ClassVar[str] = "name"

    name: Text = Field(alias="nom", title="Nom de la liste")
    prefix: Text | None = Field(
        None,
        alias="adresse",
        title="Adresse des pages",
        description="Par exemple /pratiques/ ; vide si les termes n'ont pas de page.",
        pattern=r"^/([a-z0-9]+(-[a-z0-9]+)*/)+$",
    )
    terms: tuple[Term, ...] = Field(alias="termes", title="Termes", min_length=1)
    sources: tuple[Source, ...] = Field((), alias="sources", title="Sources")

    def check_keys(self) -> Iterator[Fault]:
        """Yield a fault for each term, and each activity, with the same `cle` as an earlier one."""
        every = self.terms or ()  # an invalid entry may have no terms, or terms without a key
        terms = [(("termes", n, "cle"), term) for n, term in enumerate(every)]
        activities = [
            (("termes", n, "activites", m, "cle"), activity)
            for n, term in enumerate(every)
            for m, activity in enumerate(term.activities)
        ]
        yield from _check_keys(terms, self.document)
        yield from _check_keys(activities, self.document)

    def list_terms(self) -> tuple[Term, ...]:
        """Return the terms; an invalid vocabulary may have none: an empty tuple."""
        return self.terms or ()


def _check_keys(
    terms: Sequence[tuple[KeyPath, Term | SubTerm]], document: Document
) -> Iterator[Fault]:
    """Yield a fault for each term with the key of an earlier term.

    If the two terms are equal, the hint says what to erase. Otherwise it gives a key made from the
    name of the term, if that key is free.
    """
    every = {term.key for _, term in terms}
    taken: dict[str, list[Term | SubTerm]] = {}
    for path, term in terms:
        if term.key and term.key in taken:
            better = make_slug(term.name or "")
            hint = f"écrivez {better}" if better and better not in every else _OTHER_KEY
            if term in taken[term.key]:
                hint = _suggest_erasing(document, path[:-1])
            yield Fault(path, f"la clé « {term.key} » est déjà celle d'un autre terme", hint)
            every.add(better)
        taken.setdefault(term.key, []).append(term)


def _suggest_erasing(document: Document, path: KeyPath) -> str:
    """Return the hint to erase a repeated term.

    It gives the lines of the term, unless the term begins on the line of the key of its list.
    """
    first, last = document.find_span(path)
    if document.find_position(path[:-1], key=True).line == first:
        return "effacez l'un des deux"
    which = "cette ligne" if first == last else f"les lignes {first} à {last}"
    return f"effacez {which} ; si c'est un autre terme, donnez-lui une autre clé"


KIND = Kind(
    name="vocabulaire",
    model=Vocabulaire,
    folder="content/vocabulaires",
    singular="vocabulaire",
    plural="vocabulaires",
    index="",
    suffix=".yaml",
    is_vocabulary=True,
)
