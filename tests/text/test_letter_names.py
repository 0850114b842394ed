"""The names of letters' files: those that are right, and what the others were meant to be."""

from __future__ import annotations

import datetime

import pytest

from maille.text.dates import PartialDate, Week
from maille.text.letter_names import (
    LetterName,
    find_letter_name,
    looks_like_letter,
    looks_like_period,
    name_last_week,
    read_letter_name,
    suggest_letter_name,
)


@pytest.mark.parametrize(
    ("stem", "named"),
    [
        ("2024-05", LetterName("", PartialDate(2024, 5))),
        ("2026-01-15", LetterName("", PartialDate(2026, 1, 15))),
        ("2026-S53", LetterName("", Week(2026, 53))),
        ("elus-2026-S03", LetterName("elus", Week(2026, 3))),
        ("grand-public-2026-01-15", LetterName("grand-public", PartialDate(2026, 1, 15))),
        ("plan-2030-2026-01", LetterName("plan-2030", PartialDate(2026, 1))),
    ],
)
def test_a_name_gives_a_list_and_a_period(stem: str, named: LetterName) -> None:
    assert read_letter_name(stem) == named
    assert str(named) == stem
    assert looks_like_letter(stem)


@pytest.mark.parametrize(
    ("stem", "cause"),
    [
        ("2025-S53", "« 2025-S53 » : l'année 2025 a 52 semaines"),
        ("2026-S00", "« 2026-S00 » : l'année 2026 a 53 semaines"),
        ("elus-2026-13", "« 2026-13 » : il n'y a pas de mois 13"),
        ("2026-02-30", "« 2026-02-30 » : février 2026 a 28 jours"),
        ("2926-S01", "« 2926-S01 » : l'année 2926 n'est pas vraisemblable"),
        ("2026-s03", "le nom du fichier, « 2026-s03 », ne dit pas de quand est la lettre"),
        ("elus", "le nom du fichier, « elus », ne dit pas de quand est la lettre"),
        ("-2026-01", "le nom du fichier, « -2026-01 », ne dit pas de quand est la lettre"),
    ],
)
def test_another_name_is_refused_with_the_cause(stem: str, cause: str) -> None:
    with pytest.raises(ValueError, match="« ") as refused:
        read_letter_name(stem)
    assert str(refused.value) == cause


@pytest.mark.parametrize(
    ("stem", "meant"),
    [
        ("2026-s03", "2026-S03"),
        ("2026-S3", "2026-S03"),
        ("2026-W03", "2026-S03"),
        ("2026S03", "2026-S03"),
        ("elus-2026-semaine-3", "elus-2026-S03"),
        ("Élus 2026-sem3", "elus-2026-S03"),
        ("2026-1", "2026-01"),
        ("2026_01_15", "2026-01-15"),
        ("15-01-2026", "2026-01-15"),
        ("lettre-2026-1", "lettre-2026-01"),
        ("2025-s53", None),
        ("2026-13", None),
        ("janvier", None),
    ],
)
def test_what_was_meant_is_proposed(stem: str, meant: str | None) -> None:
    found = suggest_letter_name(stem)
    assert (str(found) if found else None) == meant


def test_a_week_53_is_the_last_of_its_year() -> None:
    assert name_last_week("elus-2025-S53") == "elus-2025-S52"
    assert name_last_week("2026-S53") == ""  # it exists
    assert name_last_week("2025-S54") == ""


def test_a_folder_may_contain_the_name_of_a_letter() -> None:
    assert find_letter_name("2026-11-DESKTOP-7G2K1") == "2026-11"
    assert find_letter_name("2026-S03 (1)") == "2026-S03"
    assert find_letter_name("sans date") == ""


def test_a_period_is_the_name_of_a_letter_of_no_list() -> None:
    assert looks_like_period("2026-13")
    assert not looks_like_period("elus-2026-01")


def test_weeks_follow_each_other_over_the_end_of_a_year() -> None:
    last, first = Week(2026, 53), Week(2027, 1)
    assert last.sort_key < first.sort_key
    assert last.last_day + datetime.timedelta(days=1) == first.first_day
    assert Week(2026, 1).first_day == datetime.date(2025, 12, 29)
    assert Week(2026, 1).month == 1  # of its Thursday
