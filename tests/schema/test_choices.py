"""Closed lists of the engine: what is typed otherwise is understood if it has one meaning."""

from __future__ import annotations

import pytest

from maille.kinds.newsletter import Completeness
from maille.schema.choices import _SYNONYMS, Choice
from maille.schema.event import Format, Status
from maille.schema.vocabulary import Marker


@pytest.mark.parametrize(
    ("choice", "typed", "value"),
    [
        (Format, "en-ligne", "en-ligne"),
        (Format, "En ligne", "en-ligne"),
        (Format, "EN LIGNE", "en-ligne"),
        (Format, "Présentiel", "presentiel"),
        (Format, "online", "en-ligne"),
        (Format, "On-site", "presentiel"),
        (Format, "hybrid", "hybride"),
        (Status, "Annulé", "annule"),
        (Status, "annulée", "annule"),
        (Status, "cancelled", "annule"),
        (Status, "Postponed", "reporte"),
        (Completeness, "Complète", "complete"),
        (Completeness, "partial", "partielle"),
        (Marker, "Carré", "carre"),
        (Marker, "circle", "rond"),
    ],
)
def test_what_is_typed_means_a_value(choice: type[Choice], typed: str, value: str) -> None:
    assert choice(typed) == value


@pytest.mark.parametrize(
    ("choice", "typed"),
    [(Format, "annulé"), (Status, "oui"), (Marker, "étoile"), (Format, ""), (Format, "ligne")],
)
def test_any_other_word_is_refused(choice: type[Choice], typed: str) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        choice(typed)


def test_each_synonym_means_a_value_of_some_list_and_is_none() -> None:
    values = {str(one) for choice in (Format, Status, Completeness, Marker) for one in choice}
    assert set(_SYNONYMS.values()) <= values
    assert not set(_SYNONYMS) & values
