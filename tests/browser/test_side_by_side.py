"""List and map beside one another on a wide screen; on a phone, the map first on its page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import axe, open_facets, settle, watch_arrivals
from tests.browser.test_map import crowded_url, open_map

__all__ = ["crowded_url"]  # a fixture, which pytest finds by its name
PHONE: Any = {"width": 360, "height": 740}
NEAR = "?pres=63003"
# The pairs of markers and clusters in the frame whose rectangles share more than their edges.
COVERED = """() => {
  const stage = document.querySelector('.folium-map').getBoundingClientRect();
  const boxes = [...document.querySelectorAll('.carte-point, .carte-cluster')]
    .map((one) => [one.getAttribute('aria-label'), one.getBoundingClientRect()])
    .filter(([, { right, left, bottom, top }]) => right > stage.left && left < stage.right
      && bottom > stage.top && top < stage.bottom);
  const meet = (a, b) => a.left < b.right - .5 && b.left < a.right - .5
    && a.top < b.bottom - .5 && b.top < a.bottom - .5;
  return [boxes.length, boxes.flatMap(([name, box], at) => boxes.slice(at + 1)
    .filter(([, other]) => meet(box, other)).map(([other]) => [name, other]))];
}"""


def left_of(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"]


@pytest.mark.parametrize("address", ["/catalyseurs/", "/carte/"])
def test_facets_list_and_map_are_beside_one_another(
    page: Page, site_url: str, address: str
) -> None:
    page.goto(site_url + address)
    expect(page.locator("[data-nombre]").first).to_be_attached()
    for width in (1024, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        assert left_of(page, ".facets") < left_of(page, ".answer") < left_of(page, ".carte-stage")
        for selector in (".facets", ".answer", ".carte-stage"):
            expect(page.locator(selector)).to_be_in_viewport()
        expect(page.locator("#_filtrer")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        answer = page.locator(".answer").bounding_box()
        assert answer
        assert answer["width"] >= 300


def test_the_list_loads_no_map_until_it_is_asked_for(fresh_page: Page, site_url: str) -> None:
    asked: list[str] = []
    fresh_page.on("request", lambda request: asked.append(request.url))
    wait = watch_arrivals(fresh_page)
    fresh_page.goto(f"{site_url}/catalyseurs/{NEAR}")
    wait()
    expect(fresh_page.locator(".figure-main")).to_be_visible()
    assert not [url for url in asked if "leaflet" in url or "contours" in url]
    fresh_page.get_by_role("button", name="Carte interactive").click()
    expect(fresh_page.locator("#_carte.is-live[aria-busy=false]")).to_be_visible()
    expect(fresh_page.locator(".folium-map")).to_be_focused()
    expect(fresh_page.locator(".figure-main")).to_be_hidden()
    expect(fresh_page.get_by_role("img", name="Lieu cherché : Ambert")).to_be_visible()
    expect(fresh_page.locator(".carte-numero")).not_to_have_count(0)
    # It follows the form from then on.
    open_facets(fresh_page)
    fresh_page.get_by_role("checkbox", name="Gestion d’un lieu").check()
    expect(fresh_page.locator("#_carte[aria-busy=false]")).to_be_visible()
    assert axe(fresh_page, "main") == []


def test_the_still_picture_has_the_numbers_of_the_list(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    expect(page.locator("[data-nombre]").first).to_be_attached()
    # A row that has the focus has its ring.
    link = page.locator("#_liste li[data-fiche=cocolavande]").get_by_role("link").first
    link.focus()
    expect(page.locator(".figure-main .figure-ring")).to_have_count(1)
    link.evaluate("(one) => one.blur()")
    expect(page.locator(".figure-main .figure-ring")).to_have_count(0)
    whole = page.locator(".figure-main > .figure-dot:visible").count()
    assert whole > 0
    page.goto(f"{site_url}/catalyseurs/{NEAR}")
    expect(page.locator(".figure-number").first).to_be_visible()
    expect(page.locator(".figure-main > .figure-dot:visible")).to_have_count(0)
    expect(page.locator("#_resultats li[value]")).not_to_have_count(0)
    numbers = set(page.locator("#_resultats li[value] .number").all_text_contents())
    told = page.locator(".figure-number text").all_text_contents()
    assert {one for text in told for one in re.findall(r"\d+", text)} <= numbers
    page.get_by_role("button", name=re.compile("^Retirer : Près")).click()
    expect(page.locator(".figure-number")).to_have_count(0)
    expect(page.locator(".figure-main > .figure-dot:visible")).to_have_count(whole)


def test_without_javascript_the_picture_is_beside_the_list(plain_page: Page, site_url: str) -> None:
    plain_page.goto(f"{site_url}/catalyseurs/")
    expect(plain_page.locator(".figure-main")).to_be_visible()
    expect(plain_page.get_by_role("button", name="Carte interactive")).to_be_hidden()
    assert left_of(plain_page, ".answer") < left_of(plain_page, ".carte-stage")


def test_a_row_that_is_pointed_at_is_shown_on_the_map(page: Page, site_url: str) -> None:
    open_map(page, site_url, NEAR)
    row = page.locator("#_resultats li[data-fiche=cocolavande]")
    row.hover()
    current = page.locator(".carte-stage .is-current")
    expect(current).to_have_attribute("aria-label", re.compile("Clermont-Ferrand"))
    page.locator("h1").hover()
    expect(current).to_have_count(0)
    row.get_by_role("link").first.focus()
    expect(current).to_have_count(1)
    assert "fiche=" not in page.url
    # Chosen by a click beside its links, it has its card on the map.
    row.locator(".meta").click()
    expect(page.get_by_role("dialog")).to_contain_text("CoCoLavande")
    expect(row).to_have_attribute("aria-current", "true")


def test_a_marker_that_is_pointed_at_is_shown_in_the_list(page: Page, site_url: str) -> None:
    open_map(page, site_url, "?exemples=non&tri=nom")
    page.locator(".carte-point:visible").first.hover()
    expect(page.locator(".answer .is-pointed:visible")).to_have_count(1)
    page.locator("h1").hover()
    expect(page.locator(".answer .is-pointed")).to_have_count(0)
    page.locator("#_points").focus()
    page.keyboard.press("End")
    chosen = page.locator(".answer [aria-current=true]:visible")
    expect(chosen).to_have_count(1)
    expect(chosen).to_be_in_viewport()
    # By keyboard, a row brings its point into sight.
    for _ in range(3):
        page.get_by_role("button", name="Zoomer", exact=True).click()
    settle(page)
    # While Leaflet animates a zoom, its end puts the map back where that zoom goes.
    expect(page.locator(".leaflet-zoom-anim")).to_have_count(0)
    inside = "map_1.getBounds().contains([45.78, 3.08])"
    page.locator("#_resultats li[data-fiche=cocolavande] h3 a").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(inside)
    current = page.locator(".carte-stage .is-current")
    expect(current).to_have_attribute("aria-label", re.compile("^CoCoLavande"))


@pytest.mark.parametrize("touch", [False, True])
def test_on_a_phone_the_map_is_whole_on_the_first_screen(
    browser: Browser, crowded_url: str, touch: bool
) -> None:
    """Under the search alone: the sentence of the answer then comes just under the map."""
    context = browser.new_context(viewport=PHONE, has_touch=touch, is_mobile=touch)
    page = context.new_page()
    open_map(page, crowded_url)
    stage = page.locator(".carte-stage").bounding_box()
    form = page.locator("#_q").bounding_box()
    assert stage
    assert form
    assert form["y"] < stage["y"]
    assert stage["y"] + stage["height"] <= PHONE["height"]
    # The country fills the width, and the controls are on the map.
    width = "map_1.latLngToContainerPoint([47, 9.5]).x - map_1.latLngToContainerPoint([47, -5]).x"
    assert page.evaluate(width) >= 0.8 * stage["width"]
    for name in ("Zoomer", "Dézoomer"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box
        assert stage["y"] < box["y"] < stage["y"] + stage["height"]
    parts = page.locator(".carte-parts > button")
    assert len({box["y"] for one in parts.all() if (box := one.bounding_box())}) == 1
    assert [text for text in parts.all_text_contents() if "(0)" in text] == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    context.close()


def test_on_a_phone_the_filters_are_behind_one_button(page: Page, site_url: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site_url}/carte/?pratique=accompagnements&territoire=63")
    button = page.get_by_role("button", name="Filtres (2)")
    expect(page.locator(".facets")).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.get_by_role("checkbox", name="Accompagnements").uncheck()
    expect(page.get_by_role("button", name="Filtres (1)")).to_be_visible()
    page.get_by_role("button", name="Filtres (1)").click()
    expect(page.locator(".facets")).to_be_hidden()


# Steps of the zoom: the buttons, then between two whole zooms, as after two fingers.
ZOOMS = (0, -1, 1, 1, 1, -0.3, -0.3, -0.2)


@pytest.mark.parametrize(
    ("query", "width"), [("", 360), (NEAR, 360), ("?pres=69123", 360), ("", 1280)]
)
def test_no_marker_covers_another(page: Page, crowded_url: str, query: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    open_map(page, crowded_url, query)
    assert page.evaluate(COVERED)[0] > 1
    covered = []
    for step in ZOOMS:
        page.evaluate(
            "(step) => { map_1.setZoom(map_1.getZoom() + step, { animate: false }); }", step
        )
        covered += page.evaluate(COVERED)[1]
    assert covered == []


def test_clusters_of_examples_alone_are_hollow(page: Page, site_url: str) -> None:
    open_map(page, site_url)
    hollow = page.locator(".carte-cluster.is-example")
    assert hollow.count() > 0
    for one in hollow.all():
        assert "catalyseur" not in str(one.get_attribute("aria-label"))
        assert one.evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"
    mixed = page.locator(".carte-cluster.is-mixed").first
    name = str(mixed.get_attribute("aria-label"))
    assert name.startswith(f"{mixed.inner_text()} catalyseur")
    assert re.search(r" et \d+ fiches? d’exemple ", name)
