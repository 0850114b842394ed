"""The contract of templates, read from a few small ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.template_contract import find_changes, read_contract

PAGE = "{% extends 'base.html' %}{% for one in entries %}{{ m.line(one.title)|typo }}{% endfor %}"
BASE = "{% import '_macros.html' as m %}{{ page.summary|upper }}{{ loop }}"
MACROS = "{% macro line(text) %}{{ url(text) }}{% endmacro %}"
CODE = 'SCRIPTS = ("js/page.js", "js/gone.js")'


BUILD = 'import sys\n\nKINDS = ("page",)\nVIEWS = ("home",)\n'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "templates/page.html": PAGE,
        "templates/base.html": BASE,
        "templates/_macros.html": MACROS,
        "templates/assets/js/page.js": "",
        "src/maille/view.py": CODE,
        "build.py": BUILD,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_it_holds_what_templates_take_and_nothing_of_their_own(site: Path) -> None:
    assert read_contract(site) == {
        "templates": {"_macros.html": ["url"], "base.html": ["page"], "page.html": ["entries"]},
        "filters": ["typo"],
        "attributes": ["summary", "title"],
        "assets": ["js/page.js"],
        "parts": ["home", "page"],
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "changed"),
    [
        ("page.html", "entries", "records", {"entries", "records"}),
        ("page.html", "one.title", "one.name", {"title", "name"}),
        ("page.html", "|typo", "|prose", {"typo", "prose"}),
        ("page.html", "entries", "entries + others", {"others"}),
        ("base.html", "page.summary", "url(page.summary)", set()),
    ],
)
def test_a_change_is_found_by_its_names(
    site: Path, name: str, old: str, new: str, changed: set[str]
) -> None:
    before = read_contract(site)
    path = site / "templates" / name
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    assert find_changes(before, read_contract(site)) == changed


def test_a_new_template_an_unused_script_and_a_renamed_view_are_changes(site: Path) -> None:
    before = read_contract(site)
    (site / "templates/new.html").write_text("", encoding="utf-8")
    (site / "src/maille/view.py").write_text("", encoding="utf-8")
    (site / "build.py").write_text(BUILD.replace("home", "start"), encoding="utf-8")
    now = read_contract(site)
    assert find_changes(before, now) == {"new.html", "js/page.js", "home", "start"}
