from __future__ import annotations

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.text.dates import (
    MONTHS,
    PartialDate,
    describe_period,
    format_date,
    read_partial_date,
)

YEARS = st.integers(1900, 2100)
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
PARTIAL = (
    YEARS.map(PartialDate)
    | st.builds(PartialDate, YEARS, st.integers(1, 12))
    | DAYS.map(lambda day: PartialDate(day.year, day.month, day.day))
)


@given(PARTIAL)
def test_a_date_reads_back_as_itself(date: PartialDate) -> None:
    assert read_partial_date(str(date)) == date
    assert read_partial_date(f" {date} ") == date


@given(DAYS)
def test_a_day_is_typed_as_iso_says(day: datetime.date) -> None:
    assert str(PartialDate(day.year, day.month, day.day)) == day.isoformat()


@given(st.integers(0, 12000), st.integers(0, 99), st.integers(0, 99))
def test_only_days_of_the_calendar_are_read(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        expected = datetime.date.fromisoformat(text)
    except ValueError:
        expected = datetime.date(1, 1, 1)
    if 1900 <= expected.year <= 2100:
        assert str(read_partial_date(text)) == text
    else:
        with pytest.raises(ValueError, match=text):
            read_partial_date(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-02-30", "février 2026 a 28 jours"),
        ("2024-02-30", "février 2024 a 29 jours"),
        ("2026-04-31", "avril 2026 a 30 jours"),
        ("2026-01-00", "janvier 2026 a 31 jours"),
        ("2026-13", "il n'y a pas de mois 13"),
        ("2026-00-10", "il n'y a pas de mois 00"),
        ("20925", "l'année 20925 n'est pas vraisemblable"),
        ("20925-01-02", "l'année 20925 n'est pas vraisemblable"),
        ("002024", "l'année 002024 n'est pas vraisemblable"),
        ("1899", "l'année 1899 n'est pas vraisemblable"),
        ("2101-01", "l'année 2101 n'est pas vraisemblable"),
        ("2026-1-1", "n'est pas une date"),
        ("01/02/2026", "n'est pas une date"),
        ("2026-05-01T10:00", "n'est pas une date"),
        ("２０２６", "n'est pas une date"),
        ("", "n'est pas une date"),
        ("demain", "n'est pas une date"),
    ],
)
def test_why_a_date_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as refused:
        read_partial_date(text)
    assert f"« {text} »" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "set_"),
    [
        ("2024-07-01", "1er juillet 2024"),
        ("2024-07-02", "2 juillet 2024"),
        ("2024-08-31", "31 août 2024"),
        ("2024-02", "février 2024"),
        ("2024", "2024"),
    ],
)
def test_dates_as_french_sets_them(text: str, set_: str) -> None:
    assert format_date(read_partial_date(text)) == set_


@given(DAYS)
def test_a_whole_date_is_set_like_a_partial_one(day: datetime.date) -> None:
    assert format_date(day) == format_date(PartialDate(day.year, day.month, day.day))
    assert MONTHS[day.month - 1] in format_date(day)
    assert format_date(day).startswith("1er ") == (day.day == 1)


@given(PARTIAL)
def test_the_last_day_that_a_date_may_mean(date: PartialDate) -> None:
    month = date.month or 12
    day = date.day or calendar.monthrange(date.year, month)[1]
    assert date.last_day == datetime.date(date.year, month, day)


def test_a_month_stands_before_its_first_day() -> None:
    dates = ["2024-02-01", "2024", "2024-02", "2023-12-31", "2024-01-31"]
    ordered = sorted(map(read_partial_date, dates), key=lambda date: date.sort_key)
    assert list(map(str, ordered)) == ["2023-12-31", "2024", "2024-01-31", "2024-02", "2024-02-01"]


NINE, FIVE = datetime.time(9), datetime.time(17, 30)


@pytest.mark.parametrize(
    ("first", "last", "hours", "said"),
    [
        ("2027-01-14", None, (), "14 janvier 2027"),
        ("2027-01-14", None, (NINE,), "14 janvier 2027 à 9 h"),
        ("2027-01-14", "2027-01-14", (NINE, FIVE), "14 janvier 2027 de 9 h à 17 h 30"),
        ("2026-06-16", "2026-06-18", (), "du 16 au 18 juin 2026"),
        ("2026-06-16", "2026-06-18", (NINE, FIVE), "du 16 juin à 9 h au 18 juin 2026 à 17 h 30"),
        ("2026-06-16", "2026-06-18", (NINE,), "du 16 juin à 9 h au 18 juin 2026"),
        ("2026-06-30", "2026-07-01", (), "du 30 juin au 1er juillet 2026"),
        (
            "2026-12-31",
            "2027-01-01",
            (FIVE, datetime.time(1)),
            "du 31 décembre 2026 à 17 h 30 au 1er janvier 2027 à 1 h",
        ),
        ("2026-04", "2026-06", (), "d’avril à juin 2026"),
        ("2026", "2027", (), "de 2026 à 2027"),
        ("2026-06-16", "2026-07", (), "du 16 juin à juillet 2026"),
    ],
)
def test_a_period_says_each_hour_beside_its_day(
    first: str, last: str | None, hours: tuple[datetime.time, ...], said: str
) -> None:
    ends_on = read_partial_date(last) if last else None
    found = describe_period(read_partial_date(first), ends_on, *hours)
    assert found.replace("\u00a0", " ") == said
