"""The menu: groups that open one at a time, what closes them, and where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.checks import DESKTOP, axe

PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture
def projects(page: Page, site_url: str) -> Page:
    page.set_viewport_size(DESKTOP["viewport"])
    page.goto(site_url + "/projets/")
    return page


def open_groups(page: Page) -> list[str]:
    return page.locator(".head details[open] > summary").all_text_contents()


def test_a_group_opens_over_the_page_and_breaks_no_rule(projects: Page) -> None:
    projects.locator(".nav summary").filter(has_text="Trouver").click()
    assert open_groups(projects) == ["Trouver"]
    panel = projects.get_by_role("list", name="Trouver")
    expect(panel.get_by_role("link", name="Carte")).to_be_visible()
    expect(panel.get_by_text("Toutes les fiches")).to_be_visible()
    assert axe(projects) == []


def test_another_group_a_press_outside_and_escape_close_it(projects: Page) -> None:
    found, follow = (projects.locator(".nav li summary").nth(rank) for rank in (0, 1))
    found.click()
    follow.click()
    assert open_groups(projects) == ["Suivre"]
    projects.locator("footer .about").click()
    assert open_groups(projects) == []
    found.focus()
    projects.keyboard.press("Enter")
    projects.keyboard.press("Tab")
    assert projects.evaluate("document.activeElement.textContent") == "Annuaire"
    projects.keyboard.press("Escape")
    assert open_groups(projects) == []
    assert projects.evaluate("document.activeElement.textContent") == "Trouver"


def test_a_group_closes_once_the_keyboard_has_left_it(projects: Page) -> None:
    projects.locator(".nav li summary").nth(0).click()
    last = projects.locator(".nav details[open] + ul a").last
    last.focus()
    projects.keyboard.press("Tab")
    assert open_groups(projects) == []


def test_the_group_and_the_current_page_are_marked(projects: Page, site_url: str) -> None:
    around = projects.locator(".nav ul[aria-label=Suivre]")
    names = ["Projets", "Actualités", "Lettres", "Agenda", "Webinaires"]
    assert around.locator("a").all_text_contents() == names
    assert projects.locator(".nav summary[aria-current]").all_text_contents() == ["Suivre"]
    assert around.locator("[aria-current=page]").all_text_contents() == ["Projets"]
    projects.goto(site_url + "/projets/recycl-herbe80/")
    assert around.locator("[aria-current=true]").all_text_contents() == ["Projets"]
    projects.goto(site_url + "/")
    assert projects.locator(".nav [aria-current]").count() == 0


def test_in_forced_colours_the_current_page_alone_is_underlined(
    browser: Browser, site_url: str
) -> None:
    """A transparent border, of which one sees nothing otherwise, takes the colour of text there."""
    context = browser.new_context(**DESKTOP, forced_colors="active")
    page = context.new_page()
    page.goto(site_url + "/projets/")
    marked = page.locator(".nav :is(a, summary)").evaluate_all(
        """those => those.filter((one) => one.checkVisibility()).filter((one) => {
            const style = getComputedStyle(one);
            return style.textDecorationLine !== 'none' || style.borderBottomWidth !== '0px';
        }).map((one) => one.textContent)"""
    )
    assert marked == ["Suivre"]
    context.close()


def test_on_a_phone_one_button_opens_all_groups_with_room_for_a_finger(
    page: Page, site_url: str
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site_url + "/projets/")
    page.get_by_text("Menu", exact=True).click()
    links = page.locator(".nav a")
    assert {"Annuaire", "Webinaires", "Chercher"} <= {*links.all_text_contents()}
    boxes = links.evaluate_all("those => those.map((one) => one.getBoundingClientRect().toJSON())")
    assert min(box["height"] for box in boxes) >= 44
    assert max(box["right"] for box in boxes) <= PHONE["width"]
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert open_groups(page) == []


def test_without_javascript_a_group_opens(plain_page: Page, site_url: str) -> None:
    plain_page.set_viewport_size(DESKTOP["viewport"])
    plain_page.goto(site_url + "/")
    plain_page.locator(".nav summary").filter(has_text="Suivre").click()
    plain_page.get_by_role("list", name="Suivre").get_by_role("link", name="Webinaires").click()
    expect(plain_page).to_have_url(site_url + "/webinaires/")
    plain_page.set_viewport_size(PHONE)
    agenda = plain_page.get_by_role("link", name="Agenda", exact=True).first
    expect(agenda).to_be_hidden()
    plain_page.get_by_text("Menu", exact=True).click()
    agenda.click()
    expect(plain_page).to_have_url(site_url + "/agenda/")
