"""Terms: what their keys and markers may be."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from maille.schema.vocabulary import Marker, Term


def test_a_term_has_a_marker_and_terms_below_it() -> None:
    below = ({"cle": "atelier", "nom": "Atelier"},)
    term = Term.model_validate({"cle": "lieu", "nom": "Lieu", "repere": "rond", "activites": below})
    assert (term.marker, [sub.key for sub in term.activities]) == (Marker.CIRCLE, ["atelier"])


@pytest.mark.parametrize("key", ["Lieu", "tiers lieu", "-lieu", "lieu-", "été", ""])
def test_a_key_is_what_an_address_may_hold(key: str) -> None:
    with pytest.raises(ValidationError):
        Term.model_validate({"cle": key, "nom": "Nom"})
