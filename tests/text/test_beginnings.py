"""Since when something exists, by the words of a sentence."""

from __future__ import annotations

import datetime

import pytest

from maille.text.beginnings import find_beginnings


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ils travaillent ensemble depuis la mi-2024.", (2024, 7, 1)),
        ("Une association née en mars 2019, à Lyon", (2019, 3, 1)),
        ("Présent depuis 2015.", (2015, 1, 1)),
        ("Depuis le 1er juin 2020", (2020, 6, 1)),
        ("depuis fin 2022", (2022, 10, 1)),
    ],
)
def test_a_beginning_has_its_first_day(text: str, day: tuple[int, int, int]) -> None:
    (found,) = find_beginnings(text)
    assert found.day == datetime.date(*day)
    assert found.words in text


@pytest.mark.parametrize("text", ["depuis dix ans", "En 2015, un essai.", "depuis le 31 juin 2020"])
def test_other_dates_are_no_beginning(text: str) -> None:
    assert not [*find_beginnings(text)]
