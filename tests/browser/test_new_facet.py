"""The page filters by a facet that was added in four files, and no script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import open_facets
from tests.browser.serving import serving
from tests.new_facet import SLUG, add_facet
from tests.repository import copy_repository, run


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_repository(tmp_path_factory.mktemp("copy") / "site")
    add_facet(folder)
    run(folder, "build.py")
    return folder / "output"


def test_one_filters_by_it_and_words_find_it(published: Path, page: Page) -> None:
    with serving(published) as address:
        page.goto(f"{address}/catalyseurs/")
        open_facets(page)
        label = page.locator("label", has=page.get_by_role("checkbox", name="L’hiver surtout"))
        expect(label.locator("[data-nombre]")).to_have_text("1")
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
