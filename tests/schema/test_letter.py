"""What an entry says of itself to be followed by letters, with a kind that no network has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from maille.content.documents import KeyPath
from maille.schema.letter import Letter, Topic


class Recipe(Topic):
    """A topic with a present and a former name."""

    def list_names(self) -> Iterator[tuple[KeyPath, str]]:
        yield ("nom",), "Soupe"
        yield ("ancien",), "Potage"


def test_names_are_those_of_the_keys_the_present_one_first() -> None:
    assert Recipe.model_validate({}).names == ("Soupe", "Potage")


def test_a_topic_is_for_everybody_unless_it_says_otherwise() -> None:
    assert Recipe.model_validate({}).list_audiences() == ()


def test_a_topic_has_to_say_its_names() -> None:
    with pytest.raises(NotImplementedError):
        list(Topic.model_validate({}).list_names())


def test_a_letter_allows_no_heading_of_its_own_unless_it_says_so() -> None:
    assert Letter.model_validate({"mois": "2026-12"}).list_own_headings() == ()
