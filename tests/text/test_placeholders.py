"""Values that only hold a place: dots of a hint, errors of a spreadsheet."""

from __future__ import annotations

import pytest

from maille.text.placeholders import explain_placeholder, is_sheet_error, means_nothing


@pytest.mark.parametrize(
    "typed",
    ["#N/A", "#NOM?", "#VALEUR!", "#DIV/0!", " #REF! ", "#NOM\u202f?", "#n/a", "#NAME?", "####",
     "Err:502", "#NUM!", "#SPILL!"],
)  # fmt: skip
def test_an_error_of_a_spreadsheet_is_no_value(typed: str) -> None:
    assert is_sheet_error(typed)
    cause, remedy = explain_placeholder(typed) or ("", "")
    assert "erreur de tableur" in cause
    assert remedy.startswith("remplacez")


@pytest.mark.parametrize("typed", ["…", "...", "… …", " …. "])
def test_dots_alone_are_no_value(typed: str) -> None:
    cause, remedy = explain_placeholder(typed) or ("", "")
    assert "tient la place" in cause
    assert remedy.startswith("remplacez")


@pytest.mark.parametrize(
    "typed",
    ["", ".", "Suite…", "…et la suite", "#3", "#Nom", "# N/A", "L'été #1", "N/A", "Err", "A..."],
)
def test_what_has_words_is_a_value(typed: str) -> None:
    assert explain_placeholder(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["-", "–", "n/a", "N.C.", "NC", "Néant", "aucun", "non renseigné", "pas de site", "tbd"],
)
def test_some_words_say_that_there_is_no_value(typed: str) -> None:
    assert means_nothing(typed)


@pytest.mark.parametrize("typed", ["na.fr", "aucun@exemple.fr", "12-3", "La Rien", "Sans souci"])
def test_other_words_are_values(typed: str) -> None:
    assert not means_nothing(typed)
