from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.views.drawings.text_width import LONGEST, break_lines, estimate_width


@pytest.mark.parametrize(
    ("text", "lines", "expected"),
    [
        ("Vitawin", 3, ("Vitawin",)),
        ("Agir Ensemble à Charenton", 3, ("Agir Ensemble", "à Charenton")),
        ("Bourbon-l'Archambault", 3, ("Bourbon-", "l'Archambault")),
        ("Saint-Denis", 3, ("Saint-Denis",)),
        ("un deux trois quatre cinq six sept huit neuf", 2, ("un deux trois", "quatre cinq si…")),
        ("", 3, ()),
    ],
)
def test_a_text_is_broken_between_words_or_after_hyphens(
    text: str, lines: int, expected: tuple[str, ...]
) -> None:
    assert break_lines(text, 8, lines) == expected


def test_a_word_too_long_is_cut_and_a_text_too_long_says_so() -> None:
    assert break_lines("anticonstitutionnellement", 8, 3) == ("anticonstitutio", "nnellement")
    assert break_lines("x" * 3000, 8, 3)[-1].endswith("…")
    assert break_lines("一二三四五六七八", 8, 3) == ("一二三四五六", "七八")


@given(st.text(max_size=200), st.integers(1, 4))
def test_no_line_is_wider_than_asked(text: str, lines: int) -> None:
    found = break_lines(text, 8, lines)
    assert len(found) <= lines
    assert all(estimate_width(line) <= 8 and len(line) <= LONGEST + 1 for line in found)
    if not any(line.endswith("…") for line in found):
        assert "".join("".join(found).split()) == "".join(text.split())
