"""Templates get content as data: nothing that an editor types becomes markup or code."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.publish.render import _BytecodeCache, _make_environment, compile_templates
from tests.building import ROOT, build, rewrite
from tests.small_site import write_small_site

PAGES = ("entries",)


@pytest.mark.parametrize("name", ["a.html", "a.xml", "a.txt", "a.j2", None])
def test_everything_is_escaped_whatever_the_template_is_called(name: str | None) -> None:
    assert _make_environment(ROOT / "templates").autoescape is True


def test_templates_compiled_before_are_taken_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("un {{ 1 + 1 }}")
    (tmp_path / "faux.html").write_text("{% if %}")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/site.css").write_text("{% nonsense %}")
    known = compile_templates(tmp_path)
    assert len(known) == 1
    cache = _BytecodeCache({**known})
    assert _make_environment(tmp_path, cache).get_template("a.html").render() == "un 2"
    assert cache.bytecode == known
    # Changed in between, it is compiled again.
    (tmp_path / "a.html").write_text("deux {{ 1 + 2 }}")
    assert _make_environment(tmp_path, cache).get_template("a.html").render() == "deux 3"
    assert cache.bytecode != known


def test_all_templates_of_this_repository_are_compiled_before() -> None:
    assert len(compile_templates(ROOT / "templates")) == len(list((ROOT / "templates").glob("*.*")))


def test_no_template_is_made_from_text() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        assert ".from_string" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize(
    ("name", "text", "place", "said"),
    [
        ("page.html", "a\n{{ rien.du.tout }}", "templates/page.html:2", "'rien' is undefined"),
        ("page.html", "a\nb\n{% if %}", "templates/page.html:3", "Expected an expression"),
        ("page.html", "\n{% include 'non.html' %}", "templates/page.html:2", "« non.html » manque"),
        ("_macros.html", "\n{% macro m( %}", "templates/_macros.html:2", "got '%'"),
    ],
)
@pytest.mark.parametrize("processes", [1, 2])
def test_a_template_that_does_not_fit_is_told_at_its_line(  # noqa: PLR0917 - a table
    tmp_path: Path, name: str, text: str, place: str, said: str, processes: int
) -> None:
    site = write_small_site(tmp_path / "site")
    rewrite(site / "templates" / name, text)
    report = build(site, site / "output", views=PAGES, processes=processes)
    [problem] = report.problems
    assert report.failed
    assert problem.place == place
    assert said in problem.message
    assert "git diff maille/main -- templates" in problem.hint
    assert not (site / "output").exists()


def test_a_missing_template_is_told(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "site")
    (site / "templates/page.html").unlink()
    [problem] = build(site, site / "output", views=PAGES).problems
    assert problem.place == "templates/page.html"
    assert "« page.html » manque" in problem.message


def test_a_script_that_older_templates_lack_is_told(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "site")
    (site / "templates/assets/js/view.js").unlink()
    problems = build(site, site / "output", views=PAGES).problems
    assert "templates/assets/js/directory.js" in {one.path for one in problems}
    assert all("templates/assets/js/view.js manque" in one.message for one in problems)
    assert all(one.line for one in problems)
    assert not (site / "output").exists()
