"""Telephone numbers, hours and coordinates as people and spreadsheets type them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.text.typed_numbers import guess_degrees, guess_hours, repair_phone


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("251000000", "02 51 00 00 00"),
        ("612345678.0", "06 12 34 56 78"),
        ("6.12345678E+8", "06 12 34 56 78"),
        ("6,12345678E+08", "06 12 34 56 78"),
        ("33612345678", "06 12 34 56 78"),
        ("+33 (0)4 73 00 00 00", "04 73 00 00 00"),
        ("(0)4 73 00 00 00", "04 73 00 00 00"),
        ("0033 4 73 00 00 00", "04 73 00 00 00"),
        ("tel:+33473000000", "04 73 00 00 00"),
        ("04\u201173\u201100\u201100\u201100", "04 73 00 00 00"),
        ("04/73/00/00/00", "04 73 00 00 00"),
        ("Tél. : 04 73 00 00 00", "04 73 00 00 00"),
        ("04 73 00 00 00 (standard)", "04 73 00 00 00"),
        ("04 73 00 00 00 ; 06 00 00 00 00", "04 73 00 00 00"),
        ("0473000000 ou 0600000000", "04 73 00 00 00"),
        ("0032 2 000 00 00", "+3220000000"),
        ("6.12E+8", ""),  # its last digits are lost
        ("06 12", ""),
        ("04 73 00 00 000", ""),
        ("appelez-nous", ""),
    ],
)
def test_which_number_is_meant(typed: str, right: str) -> None:
    assert repair_phone(typed) == right


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("18h00-20h00", ("18:00", "20:00")),
        ("18–20h", ("18:00", "20:00")),
        ("de 9 h à 12 h 30", ("9:00", "12:30")),
        ("9h/12h", ("9:00", "12:00")),
        ("18.30", ("18:30",)),
        ("18h30min", ("18:30",)),
        ("18 heures 30", ("18:30",)),
        ("1830", ("18:30",)),
        ("0900", ("9:00",)),
        ("930", ("9:30",)),
        ("130", ()),  # 1:30, or 13:0
        ("1:830", ("18:30",)),
        ("183:0", ("18:30",)),
        ("18::30", ("18:30",)),
        ("18;30", ("18:30",)),
        ("18,30", ("18:30",)),
        ("1830-2000", ("18:30", "20:00")),
        ("2930", ()),
        ("à 18h", ("18:00",)),
        ("6:30 PM", ("18:30",)),
        ("12 am", ("0:00",)),
        ("18:30:00", ("18:30",)),
        ("Midi", ("12:00",)),
        ("0,75", ("18:00",)),
        ("0.7708333333333334", ("18:30",)),
        ("0,3958333", ("9:30",)),
        ("0.30", ("0:30",)),
        ("0,99999", ()),
        ("25:00", ()),
        ("9:75", ()),
        ("tôt", ()),
        ("1Oh", ("10:00",)),
        ("2Oh3O", ("20:30",)),
        ("l4h", ("14:00",)),
        ("9h-12h / 14h-17h", ()),
    ],
)
def test_which_hours_are_meant(typed: str, hours: tuple[str, ...]) -> None:
    assert guess_hours(typed) == hours


@pytest.mark.parametrize(
    ("typed", "degrees"),
    [
        ("45° 46' 48\" N", 45.78),
        ("45°46'48''", 45.78),
        ("0° 33′ 48″ O", -0.563333),
        ("3.0863° E", 3.0863),
        ("W 61,5", -61.5),
        ("20.88 S", -20.88),
        ("45° 75'", None),
        ("nord", None),
        ("1e1", None),
        ("", None),
    ],
)
def test_which_degrees_are_meant(typed: str, degrees: float | None) -> None:
    assert guess_degrees(typed) == degrees


@given(st.text("0123456789+(). -/;:hE", max_size=25))
def test_what_is_guessed_has_the_right_form(typed: str) -> None:
    assert re.fullmatch(r"(0\d( \d\d){4}|\+\d{8,15})?", repair_phone(typed))
    assert all(re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", hour) for hour in guess_hours(typed))
