"""The terms of a closed list, each with the key that editors type and the name for visitors."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from maille.schema.choices import Choice
from maille.schema.fields import Part, Sentences, Text, WebAddress

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Marker(Choice):
    """The shape and the colour of a term, on maps and in lists."""

    CIRCLE = "rond"
    SQUARE = "carre"
    TRIANGLE = "triangle"
    DIAMOND = "losange"


class Rhythm(Choice):
    """How often a list sends a letter."""

    DAY = "jour"
    WEEK = "semaine"
    MONTH = "mois"


class SubTerm(Part):
    """A term below another term, such as an activity."""

    key: Text = Field(alias="cle", title="Clé", pattern=SLUG_PATTERN)
    name: Text = Field(alias="nom", title="Libellé exact")


class Term(Part):
    """A term, with the key that editors type and the texts that visitors read."""

    key: Text = Field(alias="cle", title="Clé", pattern=SLUG_PATTERN)
    name: Text = Field(alias="nom", title="Libellé exact")
    summary: Sentences | None = Field(None, alias="resume", title="En une phrase")
    sentence: Sentences | None = Field(
        None,
        alias="phrase",
        title="Phrase affichée",
        description="{source} y est remplacé par le titre de la première source de la fiche.",
    )
    marker: Marker | None = Field(None, alias="repere", title="Repère sur la carte")
    other_words: tuple[Text, ...] = Field(
        (),
        alias="autres_mots",
        title="Autres mots",
        description="Ce que l'on peut taper pour la clé, en plus du libellé : un mot anglais… La "
        "recherche dans le site les trouve.",
    )
    website: WebAddress | None = Field(None, alias="site", title="Site")
    rhythm: Rhythm | None = Field(None, alias="rythme", title="Rythme d'une liste de lettres")
    audience: Text | None = Field(None, alias="public", title="Public d'une liste de lettres")
    form_value: Text | None = Field(
        None,
        alias="valeur",
        title="Ce que le formulaire d'abonnement envoie pour une liste de lettres",
    )
    activities: tuple[SubTerm, ...] = Field((), alias="activites", title="Activités")


def select_terms(terms: Iterable[Term], part: str) -> tuple[Term | SubTerm, ...]:
    """Return the terms, or their sub-terms if `part` is not ""."""
    return tuple(sub for term in terms for sub in term.activities) if part else tuple(terms)
