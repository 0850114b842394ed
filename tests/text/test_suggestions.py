"""What is proposed for a word that nothing matches."""

from __future__ import annotations

import pytest

from maille.text.suggestions import (
    differ_by_a_slip,
    find_nearest,
    find_terms,
    join_first_letter,
    join_late_space,
    quote_choices,
)

LABELS = {"tiers-lieu": "Tiers-lieu", "energie": "Énergie", "emploi": "Emploi et formation"}


def test_the_nearest_come_first_whatever_their_case_and_accents() -> None:
    assert find_nearest("ENERGIE", ["Emploi", "Énergies", "Énergie"]) == ["Énergie", "Énergies"]
    assert find_nearest("zzz", ["Énergie"]) == []


def test_as_many_as_asked_and_as_like_as_asked() -> None:
    near = ["abcd", "abce", "abcf", "abcg"]
    assert len(find_nearest("abc", near)) == 3
    assert len(find_nearest("abc", near, 1)) == 1
    assert find_nearest("abc", near, likeness=0.9) == []


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("énergie", ["energie"]),
        ("Emploi et formation", ["emploi"]),
        ("emploi et formations", ["emploi"]),
        ("tiers lieux", ["tiers-lieu"]),
        ("rien de tel", []),
    ],
)
def test_a_term_is_found_by_its_key_or_its_label(typed: str, keys: list[str]) -> None:
    assert find_terms(typed, LABELS) == keys


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], ""),
        (["a"], "« a »"),
        (["a", "b"], "« a » ou « b »"),
        (["a", "b", "c"], "« a », « b » ou « c »"),
    ],
)
def test_choices_are_quoted_and_joined(words: list[str], sentence: str) -> None:
    assert quote_choices(words) == sentence


@pytest.mark.parametrize(
    ("typed", "right"),
    [("F ondation du Lac", "Fondation du Lac"), ("É lément", "Élément"), ("R ien.", "Rien.")],
)
def test_a_first_letter_is_joined_to_its_word(typed: str, right: str) -> None:
    assert join_first_letter(typed) == right


@pytest.mark.parametrize("typed", ["À deux", "A priori", "L idée", "M Martin", "B 12", "un mot"])
def test_a_letter_that_may_be_a_word_stays_alone(typed: str) -> None:
    assert join_first_letter(typed) == typed


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("f oret", "foret"),
        ("R apport 2024", "Rapport 2024"),
        ("2 024-05", "2024-05"),
        ("8 0000", "80000"),
        ("1 998", "1998"),
        ("6 9", "69"),
        ("à deux", "à deux"),
        ("5 000", "5 000"),
        ("5 rues", "5 rues"),
        ("M Martin", "M Martin"),
    ],
)
def test_a_sign_is_joined_to_the_rest_of_its_value(typed: str, right: str) -> None:
    assert join_late_space(typed) == right


@pytest.mark.parametrize("typed", ["exmple", "exemmple", "exepmle", "exomple", "exempl"])
def test_one_slip_makes_another_word(typed: str) -> None:
    assert differ_by_a_slip(typed, "exemple")
    assert differ_by_a_slip("exemple", typed)


@pytest.mark.parametrize("typed", ["exemple", "exmpl", "xemples", "meexple", ""])
def test_two_slips_or_none_are_not_one(typed: str) -> None:
    assert not differ_by_a_slip(typed, "exemple")
