"""The mistakes that the corpus of hints knows are told at their line, with advice that mends them.

`python -m tools.hints.measure` prints the figures of the whole corpus; here each case of the first
origin, inputs met on real sites, has to have its right outcome.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.doses import HINT_CASES
from tools.hints.corpus import Bench, open_bench, read_corpus
from tools.hints.measure import judge

CASES = sorted(read_corpus("cases"), key=lambda case: case.id)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with open_bench() as opened:
        yield opened


def test_a_known_mistake_is_told_at_its_line_with_the_right_advice(bench: Bench) -> None:
    """All cases of `make test-long`; every so many of them in `make test`."""
    site = bench.read_all()
    verdicts = [judge(case, bench, site) for case in CASES[:: len(CASES) // HINT_CASES or 1]]
    assert len(verdicts) >= HINT_CASES
    wrong = [
        (one.case.id, one.case.what, one.why or "another line")
        for one in verdicts
        if not (one.hint_is_right and one.line_is_right)
    ]
    assert not wrong
