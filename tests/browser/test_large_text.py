"""Letters twice as large as usual, on a phone: who reads with them scrolls down alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import open_facets

WIDTH = 360  # pixels
ADDRESSES = (
    "/",
    "/catalyseurs/",
    "/catalyseurs/cocolavande/",
    "/carte/",
    "/carte/integrer/",
    "/projets/",
    "/projets/recycl-herbe80/",
    "/lettres/2024-05/",
    "/agenda/",
    "/contact/",
    "/proposer-une-correction/?fiche=cocolavande",
    "/territoires/",
    "/territoires/auvergne-rhone-alpes/",
    "/donnees/",
)


@pytest.fixture(scope="module")
def large_page(browser: Browser) -> Iterator[Page]:
    """A page on a phone whose visitor has asked for text of 32 px instead of 16."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 780}, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    yield page
    context.close()


def test_no_page_is_wider_than_the_screen(large_page: Page, site_url: str) -> None:
    large_page.goto(site_url)
    assert large_page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    wide = {}
    for address in ADDRESSES:
        large_page.goto(site_url + address)
        width = large_page.evaluate("document.documentElement.scrollWidth")
        if width > WIDTH:
            wide[address] = width
    assert wide == {}


@pytest.mark.parametrize("address", ["/", "/catalyseurs/", "/carte/"])
def test_the_search_field_has_the_width_of_the_screen(
    large_page: Page, site_url: str, address: str
) -> None:
    large_page.goto(site_url + address)
    field = large_page.locator("#_q").bounding_box()
    button = large_page.locator(".search .button").bounding_box()
    assert field is not None
    assert button is not None
    assert field["width"] >= 270
    assert button["y"] >= field["y"] + field["height"]
    assert button["height"] >= 44


@pytest.mark.parametrize("delay", [0, 100])
def test_what_is_proposed_is_in_sight(large_page: Page, site_url: str, delay: int) -> None:
    large_page.goto(site_url)
    # Typed slowly, the second key comes once the page has scrolled for the first.
    large_page.locator("#_q").press_sequentially("Cl", delay=delay)
    first = large_page.get_by_role("option").first
    expect(first).to_be_in_viewport(ratio=1)


def test_what_a_ticked_box_leaves_is_one_press_away(large_page: Page, site_url: str) -> None:
    large_page.goto(f"{site_url}/catalyseurs/")
    open_facets(large_page)
    large_page.get_by_role("checkbox", name="Accompagnements").check()
    way = large_page.get_by_role("button", name=re.compile(r"^Voir les \d+\s\S"))
    expect(way).to_be_in_viewport()
    way.click()
    expect(large_page.locator("#_reponse")).to_be_focused()


# The words of the text that are on two lines, without the hyphens of the browser.
CUT = """root => [...document.querySelectorAll(root)].flatMap((one) => {
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  const cut = [];
  while (walker.nextNode()) {
    for (const { 0: word, index } of walker.currentNode.data.matchAll(/[\\p{L}\\d]+/gu)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, index);
      range.setEnd(walker.currentNode, index + word.length);
      const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
      if (new Set(tops).size > 1) cut.push(word);
    }
  }
  return cut;
})"""


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/", ".brand, .practices h3"),
        ("/catalyseurs/?territoire=43", ".brand, #_resultats h2, #_resultats h3"),
        ("/proposer-une-correction/?fiche=cocolavande", ".brand, .drawer > summary"),
    ],
)
def test_names_are_not_cut(large_page: Page, site_url: str, address: str, part: str) -> None:
    large_page.goto(site_url + address)
    large_page.locator(part.rpartition(", ")[2]).first.wait_for()
    assert large_page.evaluate(CUT, part) == []
