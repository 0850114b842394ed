"""SVG paths of rings: short, closed, and never without an islet."""

from __future__ import annotations

from maille.views.drawings.paths import draw_line, draw_ring


def test_a_path_drops_what_does_not_turn() -> None:
    assert draw_ring([(0, 0), (5, 0), (5, 0), (10, 0), (10, 10), (0, 10), (0, 0)]) == (
        "M0 0l10 0 0 10-10 0z"
    )


def test_an_islet_is_never_lost() -> None:
    assert draw_ring([(3, 3), (3, 3), (3, 4), (3, 3)]) == "M3 3h1v1h-1z"


def test_a_line_is_not_closed() -> None:
    assert draw_line([(0, 0), (2, 0), (4, 0), (4, 3)]) == "M0 0l4 0 0 3"
