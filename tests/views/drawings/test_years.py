"""The events of some years as a calendar."""

from __future__ import annotations

import datetime

from maille.views.drawings.years import COLUMN, LEFT, ROW, SHOWN, TOP, draw_years
from tests.views.test_agenda import event

TODAY = datetime.date(2026, 11, 21)


def test_each_month_with_events_has_a_mark_at_its_place() -> None:
    days = ["2026-12-04", "2026-03-01", "2026-03-09", "2024-01", "2024"]
    found = draw_years([event(f"e{day}", date=day) for day in days], TODAY)
    assert found
    assert [row.year for row in found.rows] == [2026, 2025, 2024]
    first, _, last = found.rows
    assert [(mark.count, mark.x) for mark in first.marks] == [
        (2, LEFT + 2 * COLUMN + COLUMN // 2),
        (1, LEFT + 11 * COLUMN + COLUMN // 2),
    ]
    assert [mark.state for mark in first.marks][1] == "coming"
    assert [mark.x for mark in last.marks] == [LEFT + COLUMN // 2]
    assert [row.vague for row in found.rows] == [False, False, True]
    assert found.height == TOP + 3 * ROW
    assert "".join(letter for letter, _ in found.months) == "JFMAMJJASOND"


def test_what_is_not_sure_is_marked_apart() -> None:
    source = {"titre": "Un essai", "date": "2026-02-01"}
    before = event("annonce", date="2026-03-01", sources=(source,))
    after = event("raconte", date="2026-01-01", sources=(source,))
    doubtful = event("doute", date="2026-05-02", date_a_verifier="Le site dit le 3.")
    beside = event("sur", date="2026-05-09")
    found = draw_years([before, after, doubtful, beside], TODAY)
    assert found
    assert [mark.state for mark in found.rows[0].marks] == ["told", "unsure", "unsure"]


def test_the_latest_years_alone_are_drawn() -> None:
    found = draw_years([event(f"e{year}", date=f"{year}-01-01") for year in (1990, 2020)], TODAY)
    assert found
    assert [row.year for row in found.rows] == list(range(2020, 2020 - SHOWN, -1))
    assert draw_years([], TODAY) is None
