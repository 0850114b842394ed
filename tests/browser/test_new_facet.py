"""What is published has a facet that was added in four files, and its page filters by it.

`tests/whole/test_new_facet.py` says what a developer writes; the site is built once, here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import html5lib
import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import open_facets
from tests.browser.serving import serving
from tests.new_facet import BY_HAND, SLUG, add_facet
from tests.repository import copy_repository, list_changes, run


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a copy of the repository, with examples: what a full directory looks like."""
    copy = copy_repository(tmp_path_factory.mktemp("copy") / "site")
    add_facet(copy)
    settings = copy / "site.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f"exemples = 60\n{before}", encoding="utf-8")
    run(copy, "build.py")
    settings.write_text(before, encoding="utf-8")
    assert list_changes(copy) == BY_HAND
    return copy / "output"


def test_form_counts_data_page_and_exports_have_it(published: Path) -> None:
    form = (published / "catalyseurs/index.html").read_text(encoding="utf-8")
    assert 'name="saison" value="hiver"' in form
    index = json.loads((published / "catalyseurs/index.json").read_bytes())
    assert index["saison"][1] == ["hiver", "L’hiver surtout"]
    here = index["fiches"]["slug"].index(SLUG)
    assert index["fiches"]["saison"][here] == [1]
    examples = index["fiches"]["saison"][index["reelles"] :]
    assert {one for numbers in examples for one in numbers} == {0, 1, 2}

    page = html5lib.parse((published / f"catalyseurs/{SLUG}/index.html").read_text("utf-8"))
    texts = " ".join("".join(page.itertext()).split())
    assert "Saisons L’hiver surtout" in texts
    exported: dict[str, Any] = json.loads((published / "donnees/catalyseurs.json").read_bytes())
    assert {one["identifiant"]: one["saison"] for one in exported["catalyseurs"]}[SLUG] == "hiver"
    assert '"saison";' in (published / "donnees/catalyseurs.csv").read_text("utf-8-sig")
    assert "hiver (L’hiver surtout)" in (published / "donnees/index.html").read_text("utf-8")


def test_one_filters_by_it_and_words_find_it(published: Path, page: Page) -> None:
    with serving(published) as address:
        page.goto(f"{address}/catalyseurs/")
        open_facets(page)
        label = page.locator("label", has=page.get_by_role("checkbox", name="L’hiver surtout"))
        expect(label).to_have_attribute("data-nombre", "1")
        label.click()
        page.get_by_role("button", name="Chercher").click()
        expect(page).to_have_url(f"{address}/catalyseurs/?saison=hiver")
        expect(page.locator("#_actifs")).to_contain_text("L’hiver surtout")
        found = page.locator(f'a[href="/catalyseurs/{SLUG}/"]:visible')
        expect(found).to_have_count(1)
        expect(page.locator("#_resultat")).to_contain_text("1 catalyseur")

        page.goto(f"{address}/catalyseurs/?q=hiver")
        expect(found).to_have_count(1)
        expect(page.locator("#_resultat")).to_contain_text("1 catalyseur")
