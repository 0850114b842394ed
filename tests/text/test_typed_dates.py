"""Dates as people, spreadsheets and web editors type them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.text.dates import MONTHS, read_partial_date
from maille.text.typed_dates import explain_date, guess_date, guess_period, guess_without_year

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2049, 12, 31))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("01/02/2026", "2026-02-01"),
        ("1/2/2026", "2026-02-01"),
        ("1.2.2026", "2026-02-01"),
        ("1 / 2 / 2026", "2026-02-01"),
        ("2026-2-1", "2026-02-01"),
        ("2026/02", "2026-02"),
        ("2026-0201", "2026-02-01"),
        ("202602-01", "2026-02-01"),
        ("2026-020-1", "2026-02-01"),
        ("202-602-01", "2026-02-01"),
        ("01/022026", "2026-02-01"),
        ("202-602", "2026-02"),
        ("5/2024", "2024-05"),
        ("12/12/26", "2026-12-12"),
        ("01.09.26", "2026-09-01"),
        ("09/30/2026", "2026-09-30"),
        ("2026-31-12", "2026-12-31"),
        ("1er mai 2026", "2026-05-01"),
        ("le 1er septembre 2026", "2026-09-01"),
        ("13 Août 2026", "2026-08-13"),
        ("13 aout 2026", "2026-08-13"),
        ("samedi 12 décembre 2026", "2026-12-12"),
        ("12 déc. 2026", "2026-12-12"),
        ("12 décembre 2026 à 18h30", "2026-12-12"),
        ("1-mai-2026", "2026-05-01"),
        ("juil. 2024", "2024-07"),
        ("décembre 2025", "2025-12"),
        ("Sept 1, 2026", "2026-09-01"),
        ("September 1st, 2026", "2026-09-01"),
        ("1 September 2026", "2026-09-01"),
        ("20260901", "2026-09-01"),
        ("202609", "2026-09"),
        ("199812", "1998-12"),
        ("01092026", "2026-09-01"),
        ("2026–12–12", "2026-12-12"),
        ("2026\u201112\u201112", "2026-12-12"),
        ("2026-12-12T10:00:00.000Z", "2026-12-12"),
        ("2026-09-01T00:00:00Z", "2026-09-01"),
        ("2026-12-12 10:00:00", "2026-12-12"),
        ("2026-12-12T00:00:00+01:00", "2026-12-12"),
        ("46266", "2026-09-01"),
        ("“2026-09-01”", "2026-09-01"),
        ("« 1er septembre 2026 »", "2026-09-01"),
    ],
)
def test_what_a_date_typed_otherwise_means(text: str, meant: str) -> None:
    assert str(guess_date(text)) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("2009-2010", "2024-20251", "2026-02011", "20-12-05"),
        *("31/02/2026", "demain", "20925", "12/13", "2026-02-30", "mai", "1/2/3", "13/2026", ""),
        *(
            "26-12-01",
            "jui 2026",
            "2026-08-31T22:00:00.000Z",
            "99999",
            "12345678",
            "printemps 2026",
        ),
    ],
)
def test_nothing_is_guessed_from_what_is_no_date(text: str) -> None:
    assert guess_date(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("du 21 au 23 juin 2026", "2026-06-21", "2026-06-23"),
        ("30 juin - 2 juillet 2026", "2026-06-30", "2026-07-02"),
        ("2026-06-21/2026-06-23", "2026-06-21", "2026-06-23"),
        ("21–23 juin 2026", "2026-06-21", "2026-06-23"),
        ("les samedi 5 et dimanche 6 juillet 2025", "2025-07-05", "2025-07-06"),
        ("du 1er mai au 3 mai 2026", "2026-05-01", "2026-05-03"),
        ("21/06/2026 → 23/06/2026", "2026-06-21", "2026-06-23"),
    ],
)
def test_a_period_has_two_days(text: str, first: str, last: str) -> None:
    days = guess_period(text)
    assert days
    assert [str(day) for day in days] == [first, last]


@pytest.mark.parametrize(
    "text",
    ["2026-06-21", "12 mai 2024", "8/7/2024", "mai - juin 2026", "2024-05", "01-02-2024",
     "du 23 au 21 juin 2026", "du 21 au 40 juin 2026", "un jour et un autre", ""],
)  # fmt: skip
def test_one_day_is_no_period(text: str) -> None:
    assert guess_period(text) is None


@given(DAYS)
def test_each_way_of_writing_a_day_gives_it_back(day: datetime.date) -> None:
    month = MONTHS[day.month - 1]
    for typed in (
        f"{day:%d/%m/%Y}",
        f"{day:%Y%m%d}",
        f"{day.day} {month} {day.year}",
        f"{day:%Y-%m-%dT09:30:00Z}",
        f"{day:%B %d, %Y}",
        str((day - datetime.date(1899, 12, 30)).days),
    ):
        found = guess_date(typed)
        assert found, typed
        assert found.first_day == found.last_day == day


@given(st.text("0123456789-/. abcdefjmnorstuvy:TZ", max_size=20))
def test_what_is_guessed_is_a_date(text: str) -> None:
    found = guess_date(text)
    assert found is None or read_partial_date(str(found)) == found


@pytest.mark.parametrize(
    ("typed", "cause"),
    [
        ("31 novembre 2026", "novembre 2026 a 30 jours"),
        ("30/02/2027", "février 2027 a 28 jours"),
        ("2026-02-30", "février 2026 a 28 jours"),
        ("le mardi 31 juin 2026", "juin 2026 a 30 jours"),
        ("2026-13-01", ""),
        ("15/14/2026", "il n'y a pas de mois 14"),
        ("30 novembre 2026", ""),
        ("bientôt", ""),
        ("", ""),
    ],
)
def test_what_is_wrong_with_a_day_that_does_not_exist(typed: str, cause: str) -> None:
    assert explain_date(typed) == cause


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("le 3 mai", "2024-05-03"),
        ("mardi 3 mai", "2024-05-03"),
        ("29 février", "2024-02-29"),
        ("août", "2024-08"),
        ("03/05", "2024-05-03"),
        ("May 3", None),  # as « mai 24 », which may be of 2024
        ("31 avril", None),
        ("mai " * 100_000, None),  # at once
        ("3 mai 2026", None),
        ("mardi", None),
        ("n.c.", None),
        ("5", None),
        ("", None),
    ],
)
def test_what_a_date_without_its_year_means(typed: str, meant: str | None) -> None:
    found = guess_without_year(typed)
    assert (str(found) if found else None) == meant
