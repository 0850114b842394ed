"""A vocabulary: the list of terms that a key may take, with what visitors read of each."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from maille.schema.fields import Part, Source, Text
from maille.schema.kind import Entry, Fault, Kind

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Marker(enum.StrEnum):
    """The shape and the colour that stand for a term, on maps and in lists."""

    CIRCLE = "rond"
    SQUARE = "carre"
    TRIANGLE = "triangle"
    DIAMOND = "losange"


class SubTerm(Part):
    """A term below a term."""

    key: Text = Field(alias="cle", title="Clé", pattern=SLUG_PATTERN)
    name: Text = Field(alias="nom", title="Libellé exact")


class Term(Part):
    """A term: the key that editors type, and what visitors read."""

    key: Text = Field(alias="cle", title="Clé", pattern=SLUG_PATTERN)
    name: Text = Field(alias="nom", title="Libellé exact")
    summary: Text | None = Field(None, alias="resume", title="En une phrase")
    sentence: Text | None = Field(
        None,
        alias="phrase",
        title="Phrase affichée",
        description="{source} y est remplacé par le titre de la première source de la fiche.",
    )
    marker: Marker | None = Field(None, alias="repere", title="Repère sur la carte")
    activities: tuple[SubTerm, ...] = Field((), alias="activites", title="Activités")


class Vocabulaire(Entry):
    """A closed list of terms, in the order in which visitors see them."""

    kind_name: ClassVar[str] = "vocabulaire"

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

    @property
    def heading(self) -> str:
        """Return the name of the list."""
        return self.name

    def faults(self) -> Iterator[Fault]:
        """Yield the keys that two terms, or two activities, share."""
        every = self.terms or ()  # at fault, it may have none, or terms without a key
        terms = [(("termes", n, "cle"), term.key) for n, term in enumerate(every)]
        activities = [
            (("termes", n, "activites", m, "cle"), activity.key)
            for n, term in enumerate(every)
            for m, activity in enumerate(term.activities)
        ]
        for keyed in (terms, activities):
            taken: set[str] = set()
            for path, key in keyed:
                if key and key in taken:
                    message = f"la clé « {key} » est déjà celle d'un autre terme"
                    yield Fault(path, message, "donnez à chaque terme sa propre clé")
                taken.add(key)

    def labels(self, part: str = "") -> dict[str, str]:
        """Return the labels of the terms by key; of their sub-terms, with `part`."""
        terms = [sub for term in self.terms for sub in term.activities] if part else self.terms
        return {term.key: term.name for term in terms}

    def term(self, key: str) -> Term | None:
        """Return the term of that key."""
        return next((term for term in self.terms if term.key == key), None)


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
