from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from maille.preview.live_site import State
from maille.preview.notices import draw_failure, draw_missing, draw_page
from maille.problems import Level, Problem
from maille.publish.report import Report
from maille.site.model import Held

PROBLEMS = (
    Problem("a.md", "« <b> » est faux", "écrivez & voyez", line=2),
    Problem("b.md", "à voir", level=Level.WARNING),
)


def read_text(page: bytes) -> str:
    return re.sub(r"<[^>]+>", "", page.decode())


def test_all_that_is_wrong_is_listed_errors_first(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    page = draw_missing(State(problems=PROBLEMS), tmp_path, "/base/")
    text = read_text(page)
    assert text.index("À corriger (1)") < text.index("a.md:2") < text.index("À regarder (1)")
    assert "« &lt;b&gt; » est faux" in text
    assert "→ écrivez &amp; voyez" in text
    assert 'href="vscode://file/' in page.decode()
    assert 'href="/base/_apercu/apercu.css"' in page.decode()


def test_what_is_unknown_waits_or_is_left_aside_is_listed(tmp_path: Path) -> None:
    report = Report(
        (),
        held=(Held("c.md", "brouillon"),),
        ignored=(("d.md", "modèle à copier"),),
        unknowns=(("e.md", "la commune"), ("e.md", "le profil")),
    )
    text = read_text(draw_missing(State(report=report), tmp_path, "/"))
    for words in (
        *("Rien n’est à corriger", "e.md : la commune, le profil"),
        *("c.md : brouillon", "d.md : modèle à copier"),
    ):
        assert words in text


def test_a_page_that_cannot_be_shown_says_why(tmp_path: Path) -> None:
    state = State(problems=PROBLEMS)
    assert "à voir" in read_text(draw_failure(state, tmp_path, "/", (replace(PROBLEMS[0]),)))
    assert "Un instant" in read_text(draw_failure(State(), tmp_path, "/"))


@pytest.mark.parametrize("title", ["<script>", "\ud800"])
def test_no_text_becomes_code_or_stops_the_page(title: str) -> None:
    assert b"<script>" not in draw_page(title, [], "/")
