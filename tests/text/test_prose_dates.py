"""Dates of prose that no calendar has."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.text.dates import WEEKDAYS, format_date
from maille.text.prose_dates import find_wrong_dates


def told(text: str) -> list[tuple[str, str, str]]:
    """Return, for each date told, the text from it on, the cause and the remedy."""
    return [(text[start:], cause, hint) for start, cause, hint in find_wrong_dates(text)]


@pytest.mark.parametrize(
    ("text", "first", "cause", "hint"),
    [
        ("Réponse avant le 31 novembre.", "31 nov", "novembre a 30 jours", "30 novembre"),
        ("du 28 au 31 NOVEMBRE 2026", "31 NOV", "novembre a 30 jours", "30 NOVEMBRE 2026"),
        ("le 30 fevrier", "30 fev", "février a 29 jours", "29 fevrier"),
        ("le 29 février 2026", "29 fév", "février 2026 a 28 jours", "28 février 2026"),
        ("le 31 sept. 2026", "31 sept", "septembre a 30 jours", "30 sept. 2026"),
        ("le **31** avril", "31**", "avril a 30 jours", "30 avril"),
        ("le 31\navril", "31\n", "avril a 30 jours", "30 avril"),
        ("le 31\u00a0juin", "31\u00a0", "juin a 30 jours", "30 juin"),
        ("le 30/02/2026", "30/02", "février 2026 a 28 jours", "28/02/2026"),
        ("le 30/02/26", "30/02", "février 2026 a 28 jours", "28/02/26"),
        ("le 31.11.2026", "31.11", "novembre a 30 jours", "30.11.2026"),
        ("le 31-11-2026", "31-11", "novembre a 30 jours", "30-11-2026"),
        ("le 2026-11-31", "2026", "novembre a 30 jours", "2026-11-30"),
        ("au 31/11", "31/11", "novembre a 30 jours", "30/11"),
        ("le mardi 30 février", "mardi", "février a 29 jours", "mardi 29 février"),
        ("le 11/14/2026", "11/14", "il n'y a pas de mois 14", "14/11/2026"),
        ("lundi 2 et mardi 11/14/2026", "mardi", "il n'y a pas de mois 14", "14/11/2026"),
    ],
)
def test_an_impossible_day_is_told_in_any_form(
    text: str, first: str, cause: str, hint: str
) -> None:
    ((rest, message, remedy),) = told(text)
    assert rest.startswith(first)
    assert cause in message
    assert remedy.partition(" ;")[0] == f"écrivez « {hint} »"


@pytest.mark.parametrize(
    "text",
    [
        *("le 32 mars", "le 45/12/2026", "le 20/20/2026", "0 mai 2026"),
        *("le 00/00/2026", "le 5/00/2026", "au 05/00", "2026-00-05", "le 00/13/2026"),
    ],
)
def test_what_cannot_be_guessed_is_not(text: str) -> None:
    ((_, _, hint),) = told(text)
    assert hint == "corrigez le jour ou le mois"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Rendez-vous le vendredi 14 novembre 2026.", "vendredi"),
        ("Vendredi, le 14 novembre 2026", "Vendredi"),
        ("ven. 14 nov. 2026", "ven."),
        ("le vendredi **14 novembre 2026**", "vendredi"),
        ("le vendredi\n14 novembre 2026", "vendredi"),
        ("vendredi 14/11/2026", "vendredi"),
        ("vendredi 2026-11-14", "vendredi"),
        ("du vendredi 14 au dimanche 15 novembre 2026", "vendredi 14 au"),
        ("le vendredi 14, dimanche 15 et lundi 16 novembre 2026", "vendredi 14,"),
    ],
)
def test_a_weekday_that_is_not_that_of_its_day_is_told(text: str, first: str) -> None:
    ((rest, message, hint),) = told(text)
    assert rest.startswith(first)
    assert message.endswith(" » : ce jour est un samedi")
    assert hint == "écrivez « samedi 14 novembre 2026 » ; ou « vendredi 13 novembre 2026 »"


@given(st.dates(datetime.date(1700, 1, 1), datetime.date(2100, 12, 31)), st.integers(1, 6))
def test_of_seven_weekdays_one_is_right(day: datetime.date, shift: int) -> None:
    assert not told(f"le {WEEKDAYS[day.weekday()]} {format_date(day)}")
    ((_, _, hint),) = told(f"le {WEEKDAYS[(day.weekday() + shift) % 7]} {format_date(day)}")
    assert not told(hint)  # neither of the dates that it proposes


@pytest.mark.parametrize(
    "text",
    [
        "le samedi 14 novembre 2026, le 29 février, le 29 février 2028",
        "Lettre n° 31 novembre 2025, page 45 mars 2026",
        "tous les vendredis 14 novembre 2026",
        "vendredi\n\n14 novembre 2026",
        "le vendredi 14 novembre",
        "du vendredi 30 au dimanche 1er novembre 2026",
        "Vacances à la mer. 14 novembre 2026",
        "https://exemple.fr/2026-02-30/ [a](/x/30-02-2026) www.exemple.fr/31.11.2026",
        "le 31/12/2026, 24/24, 7/7, la version 31.11.2026.4, le 12.30.45",
        "de 18:30 mars à juin, 3,31 avril",
        "le jeudi 1er janvier 1500",
        "le mai 2026, 2026-2027",
        "",
    ],
)
def test_right_dates_and_other_numbers_are_fine(text: str) -> None:
    assert told(text) == []
