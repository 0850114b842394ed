"""Slips of prose that have one meaning are found where they are; what looks like them is not."""

from __future__ import annotations

import pytest

from maille.text.prose_slips import find_doubled_dots, find_misspelt_months


@pytest.mark.parametrize(
    ("text", "offset", "hint"),
    [
        ("La fin.. Puis", 3, "écrivez « fin. » ; pour des points de suspension, « fin… »"),
        ("Un mot (ici)..", 7, "écrivez « (ici). » ; pour des points de suspension, « (ici)… »"),
        ("Un **mot**..\n", 3, "écrivez « **mot**. » ; pour"),
        ("Fondé en 2022..", 9, "écrivez « 2022. » ; pour des points de suspension, « 2022… »"),
    ],
)
def test_two_dots_are_told(text: str, offset: int, hint: str) -> None:
    ((at, _, remedy),) = find_doubled_dots(text)
    assert at == offset
    assert remedy.startswith(hint)


@pytest.mark.parametrize(
    "text", ["À suivre...", "Voir ../page", "a..b", "1.. Un", ".. note", "Fin. . Puis", "Fin…"]
)
def test_other_dots_are_left_alone(text: str) -> None:
    assert not [*find_doubled_dots(text)]


@pytest.mark.parametrize(
    ("text", "offset", "hint"),
    [
        ("Le 12 septembe 2026, la fête", 3, "écrivez « 12 septembre 2026 »"),
        ("Webinaire du 1er jiun 2026", 13, "écrivez « 1er juin 2026 »"),
        ("le 3 Aoüut 2026", 3, "écrivez « 3 août 2026 »"),
        ("En décembres 2026", 3, "écrivez « décembre 2026 »"),
        ("le 14 juilet", 3, "écrivez « 14 juillet »"),
        ("le 5 mais 2026", 3, "écrivez « 5 mars 2026 » ou « 5 mai 2026 »"),
    ],
)
def test_a_misspelt_month_is_told(text: str, offset: int, hint: str) -> None:
    ((at, _, remedy),) = find_misspelt_months(text)
    assert (at, remedy) == (offset, hint)


@pytest.mark.parametrize(
    "text",
    [
        "le 12 Décembre 2026",
        "le 3 aout 2026",
        "October 2026, 12 March 2026",
        "5 mais",
        "le juin 2026",
        "12 mails",
        "la page 12 notables 2026",
        "un octobe sans année",
        "/actualites/12-avriil-2026/",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert not [*find_misspelt_months(text)]
