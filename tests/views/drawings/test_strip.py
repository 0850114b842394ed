"""The thread of a project as a strip of months."""

from __future__ import annotations

from maille.text.dates import read_partial_date
from maille.views.drawings.strip import EDGE, WIDTH, find_axis


def test_knots_stand_at_their_months_on_an_axis_that_all_strips_share() -> None:
    months = [read_partial_date(text) for text in ("2024-05", "2025-05", "2024-04", "2024-11")]
    axis = find_axis(months)
    assert axis
    assert (str(axis.first), str(axis.last)) == ("2024-04", "2025-05")
    strip = axis.draw([months[2], months[3], months[1]])
    assert strip.knots == (EDGE, EDGE + round(7 * (WIDTH - 2 * EDGE) / 13), WIDTH - EDGE)
    assert strip.ticks == (EDGE + round(9 * (WIDTH - 2 * EDGE) / 13),)  # January 2025
    assert axis.draw([months[1]]).knots == (WIDTH - EDGE,)


def test_news_of_one_month_alone_have_a_place() -> None:
    month = read_partial_date("2024-01")
    axis = find_axis([month])
    assert axis
    assert (axis.draw([month]).knots, axis.draw([month]).ticks) == ((EDGE,), ())
    assert find_axis([]) is None
