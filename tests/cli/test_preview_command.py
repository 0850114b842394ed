from __future__ import annotations

import pytest

from maille.cli.preview_command import Teller
from maille.preview.live_site import State
from maille.problems import Problem

WRONG = Problem("a.md", "faux\x1b[31m", "écrivez vrai", line=2)


def test_problems_are_printed_when_they_change_and_only_then(
    capsys: pytest.CaptureFixture[str],
) -> None:
    teller = Teller((WRONG,))
    teller.tell(State(1, (WRONG,)))
    assert capsys.readouterr().out == ""
    teller.tell(State(2))
    teller.tell(State(3))
    assert capsys.readouterr().out == "\nTout est en ordre.\n"
    teller.tell(State(4, (WRONG,)))
    assert capsys.readouterr().out == "\na.md:2  faux\\x1b[31m\n    → écrivez vrai\n"
