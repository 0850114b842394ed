"""The doubt about an attribution is found by the words that say it."""

from __future__ import annotations

import pytest

from maille.text.doubts import find_doubted_attributions


@pytest.mark.parametrize(
    "words", ["attribution à vérifier", "Attribution incertaine", "attribution non vérifiée"]
)
def test_the_words_are_told_at_their_place(words: str) -> None:
    ((offset, message, remedy),) = find_doubted_attributions(f"Un mot ({words}) d'ailleurs.")
    assert (offset, message[:2]) == (8, "« ")
    assert words in message
    assert "effacez ces mots" in remedy


@pytest.mark.parametrize(
    "text", ["L'attribution du lot est à vérifier.", "Une attribution claire", "à vérifier"]
)
def test_other_attributions_are_left_alone(text: str) -> None:
    assert not [*find_doubted_attributions(text)]
