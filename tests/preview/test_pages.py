from __future__ import annotations

from pathlib import Path

import pytest

from maille.preview.pages import Pages
from maille.problems import Problem
from maille.publish.artefact import Artefact
from maille.publish.render import Painter
from maille.site.model import Site
from maille.views.plans import FilePlan, LatePlan, Plan
from tests.preview.living import make_live
from tests.small_site import replace_in, write_small_site


class Counting:
    """Draws as the painter of a build does, and counts."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def draw(self, plan: Plan) -> Artefact | Problem:
        self.drawn.append(plan.address)
        return Painter(None, None).draw(plan)  # type: ignore[arg-type]


PLANS = (FilePlan("/a.txt", b"a"), LatePlan("/images/b.webp", lambda: b"b"))


def test_a_file_is_drawn_once_and_only_when_it_is_asked_for() -> None:
    painter = Counting()
    pages = Pages(painter, PLANS)  # type: ignore[arg-type]
    assert painter.drawn == []
    assert [pages.draw("a.txt"), pages.draw("a.txt")] == [b"a", b"a"]
    assert painter.drawn == ["/a.txt"]
    assert pages.list_paths() == ("a.txt", "images/b.webp")
    assert (pages.has("a.txt"), pages.has("a")) == (True, False)
    with pytest.raises(KeyError):
        pages.draw("rien")


def test_images_already_drawn_are_kept_and_other_files_are_not() -> None:
    painter = Counting()
    before = Pages(painter, PLANS)  # type: ignore[arg-type]
    for path in before.list_paths():
        before.draw(path)
    after = Pages(painter, PLANS, before)  # type: ignore[arg-type]
    for path in after.list_paths():
        after.draw(path)
    assert painter.drawn == ["/a.txt", "/images/b.webp", "/a.txt"]
    assert Pages(painter, PLANS[:1], before).list_drawn() == ()  # type: ignore[arg-type]


def test_a_template_that_fails_is_a_problem_of_its_line(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    line = replace_in(root / "templates/catalyser.html", "{{ entry.name", "{{ entry.nomm")
    live = make_live(root)
    live.refresh()
    assert live.state.pages
    problem = live.state.pages.draw("catalyseurs/premier/index.html")
    assert isinstance(problem, Problem)
    assert problem.place == f"templates/catalyser.html:{line}"
    assert isinstance(live.state.site, Site)
