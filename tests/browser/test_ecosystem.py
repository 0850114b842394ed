"""The drawings of ecosystems in a real browser: no name upon another, on a phone and printed."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Page

from tests.browser.checks import settle

PAGES = ("cocolavande", "pivoine-est-menthe-et-buis", "alisier-actif")
# The texts of a drawing that lie upon another or leave it; lines of one text are close, so a fifth
# of their height does not count.
CLASHES = """() => [...document.querySelectorAll('.wheel, .chart')].flatMap((drawing) => {
  const edge = drawing.getBoundingClientRect();
  const texts = [...drawing.querySelectorAll('tspan, .number:not(:has(tspan))')].map((text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect(), trim = box.height / 5;
    return {said: text.textContent, left: box.left + 1, right: box.right - 1,
      top: box.top + trim, bottom: box.bottom - trim};
  });
  const out = texts.filter((t) => t.left < edge.left || t.right > edge.right
    || t.top < edge.top || t.bottom > edge.bottom).map((t) => t.said);
  const upon = texts.flatMap((a, n) => texts.slice(n + 1).filter((b) => a.left < b.right
    && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map((b) => `${a.said} / ${b.said}`));
  return [...out, ...upon];
})"""


@pytest.mark.parametrize("slug", PAGES)
def test_names_lie_apart_and_within_the_drawing(page: Page, site_url: str, slug: str) -> None:
    page.goto(f"{site_url}/catalyseurs/{slug}/")
    settle(page)
    assert page.locator(".wheel tspan").count() >= 3
    for width, media in itertools.product((320, 360, 1280), ("screen", "print")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(media=media)  # type: ignore[arg-type]
        assert page.evaluate(CLASHES) == [], (width, media)


def test_names_lie_apart_in_the_face_that_stands_in(page: Page, site_url: str) -> None:
    page.route("**/*.woff2", lambda route: route.abort())
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site_url}/catalyseurs/cocolavande/")
    assert page.evaluate(CLASHES) == []


def test_text_is_large_enough_on_a_phone(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site_url}/catalyseurs/cocolavande/")
    scale = page.locator(".wheel").evaluate(
        "(drawing) => drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width"
    )
    assert 12 * scale >= 11


def test_the_check_sees_names_upon_names(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/cocolavande/")
    settle(page)
    page.evaluate(
        "document.querySelector('.wheel .left .nature').setAttribute('y', "
        "document.querySelector('.wheel .left tspan:not([class])').getAttribute('y'))"
    )
    assert page.evaluate(CLASHES) != []
