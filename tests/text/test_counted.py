from __future__ import annotations

import pytest

from maille.text.counted import list_ranges, say_count


@pytest.mark.parametrize(
    ("count", "thing", "said"),
    [
        (0, "fiche", "0 fiche"),
        (1, "fiche changée", "1 fiche changée"),
        (2, "fiche changée", "2 fiches changées"),
        (12, "nouvelle fiche", "12 nouvelles fiches"),
        (3, "mois", "3 mois"),
    ],
)
def test_a_count_agrees_with_what_it_counts(count: int, thing: str, said: str) -> None:
    assert say_count(count, thing) == said


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([], ""),
        ([3], "3"),
        ([3, 4], "3 à 4"),
        ([3, 4, 5, 9], "3 à 5 et 9"),
        ([1, 3, 7, 8, 9], "1, 3 et 7 à 9"),
    ],
)
def test_numbers_that_follow_are_joined(numbers: list[int], said: str) -> None:
    assert list_ranges(numbers) == said
