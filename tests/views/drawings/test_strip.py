"""The thread of a project as a strip of months."""

from __future__ import annotations

from maille.text.dates import read_partial_date
from maille.views.drawings.strip import EDGE, WIDTH, draw_strip


def test_knots_stand_at_their_months_between_the_first_and_the_last() -> None:
    months = [read_partial_date(text) for text in ("2024-04", "2024-11", "2024-11", "2025-05")]
    strip = draw_strip(months)
    assert strip
    assert (str(strip.first), str(strip.last)) == ("2024-04", "2025-05")
    assert strip.knots == (EDGE, EDGE + round(7 * (WIDTH - 2 * EDGE) / 13), WIDTH - EDGE)


def test_news_of_one_month_alone_draw_nothing() -> None:
    month = read_partial_date("2024-01")
    assert draw_strip([month]) is None
    assert draw_strip([month, month]) is None
    assert draw_strip([]) is None
