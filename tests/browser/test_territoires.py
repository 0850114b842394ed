"""Territories in a real browser: without JavaScript, by keyboard, in each scheme and width."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import axe, watch

SHOWN = {
    "liste": "/territoires/",
    "vitrine": "/territoires/200057941-paris-est-marne-et-bois/",
    "région": "/territoires/auvergne-rhone-alpes/",
    "département": "/territoires/63-puy-de-dome/",
    "sans fiche": "/territoires/974-la-reunion/",
}


def test_home_to_a_profile_of_a_departement_in_three_clicks(
    browser: Browser, site_url: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/")
    page.get_by_role("link", name="Choisir un département ou une région").click()
    page.get_by_role("link", name="63 Puy-de-Dôme").click()
    page.locator("main").get_by_role("link", name="CoCoShaker", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CoCoShaker")
    context.close()


@pytest.mark.parametrize("address", ["/territoires/", "/territoires/auvergne-rhone-alpes/"])
def test_the_picture_is_no_tab_stop(page: Page, site_url: str, address: str) -> None:
    page.goto(site_url + address)
    assert page.locator("main svg a").count() > 12
    page.locator("main svg a").first.evaluate("""
        () => { const link = document.querySelector('main a'); link.focus(); }""")
    walked = []
    for _ in range(8):
        walked.append(page.evaluate("!!document.activeElement.closest('svg')"))
        page.keyboard.press("Tab")
    assert walked == [False] * 8


@pytest.mark.parametrize("address", SHOWN.values(), ids=SHOWN)
def test_every_link_of_the_picture_has_a_name(page: Page, site_url: str, address: str) -> None:
    page.goto(site_url + address)
    names = page.locator("main svg a").evaluate_all(
        "links => links.map(link => link.getAttribute('aria-label') ?? '')"
    )
    assert all(names)
    assert len(set(names)) == len(names)


def test_a_click_on_a_point_opens_its_profile(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/territoires/63-puy-de-dome/")
    point = page.locator("svg a[aria-label$='CoCoShaker'] path")
    point.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CoCoShaker")


def test_a_click_on_the_country_opens_a_departement(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/territoires/")
    page.locator("svg a[aria-label='Cantal (15)'] path").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cantal")


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", SHOWN.values(), ids=SHOWN)
def test_pages_hold_at_every_width(
    browser: Browser, site_url: str, address: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, locale="fr-FR"
    )
    page = context.new_page()
    asked, troubles = watch(page, site_url)
    page.goto(site_url + address)
    for summary in page.locator("main summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    assert troubles == []
    assert all(url.startswith(site_url) for url in asked), asked
    context.close()


def test_the_snippet_says_which_territory(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/territoires/63-puy-de-dome/")
    page.get_by_text("Afficher cette carte sur votre site").click()
    code = page.get_by_label("Copiez ces lignes").input_value()
    assert code.startswith('<iframe src="')
    assert '/carte/integrer/?territoire=63"' in code
