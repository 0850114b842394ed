from __future__ import annotations

import pytest

from maille.text.counted import say_count


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
