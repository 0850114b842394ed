"""Forced colours (Windows' high contrast): what a tint told is told by a line or a shape."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.checks import DESKTOP


@pytest.fixture(scope="module")
def forced_page(browser: Browser) -> Iterator[Page]:
    """A page in a browser whose visitor has chosen the colours."""
    context = browser.new_context(forced_colors="active", **DESKTOP)
    yield context.new_page()
    context.close()


def test_the_current_item_of_the_menu_alone_is_underlined(forced_page: Page, site_url: str) -> None:
    forced_page.goto(f"{site_url}/projets/")
    underlined = (
        forced_page.locator(".head nav")
        .locator("visible=true")
        .first.evaluate(
            """(nav) => [...nav.querySelectorAll("a, summary")]
            .filter((item) => item.checkVisibility())
            .map((item) => {
                const style = getComputedStyle(item);
                const border = style.borderBottomStyle !== "none"
                    && parseFloat(style.borderBottomWidth) > 0
                    && !["rgba(0, 0, 0, 0)", getComputedStyle(document.body).backgroundColor]
                        .includes(style.borderBottomColor);
                const line = border || style.textDecorationLine !== "none";
                return [line, item.matches("[aria-current]")
                    || item.parentElement.matches("[aria-current]")
                    || Boolean(item.closest("details")?.querySelector("[aria-current]"))];
            })"""
        )
    )
    assert underlined
    assert [line for line, _ in underlined] == [current for _, current in underlined]
    assert sum(line for line, _ in underlined) <= 2


def test_buttons_chips_and_fields_have_borders(forced_page: Page, site_url: str) -> None:
    forced_page.goto(f"{site_url}/catalyseurs/?pratique=accompagnements")
    forced_page.locator(".chips button").first.wait_for()
    bare = forced_page.evaluate(
        """[...document.querySelectorAll("button:not(.plain), .button, .search, .field select")]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1)
            .filter((one) => {
                const { borderTopStyle, borderTopWidth } = getComputedStyle(one);
                return borderTopStyle === "none" || parseFloat(borderTopWidth) < 1;
            }).map((one) => one.outerHTML)"""
    )
    assert bare == []


def test_markers_are_seen_and_the_hollow_one_stays_hollow(forced_page: Page, site_url: str) -> None:
    forced_page.goto(site_url)
    paper = forced_page.evaluate("getComputedStyle(document.body).backgroundColor")
    drawn = {
        name: forced_page.locator(f".sign.{name}").first.evaluate(
            """(one) => {
                const { backgroundColor, borderTopColor } = getComputedStyle(one, "::before");
                return [backgroundColor, borderTopColor];
            }"""
        )
        for name in ("rond", "carre", "triangle", "losange", "inconnu")
        if forced_page.locator(f".sign.{name}").count()
    }
    assert {"rond", "carre", "triangle", "losange"} <= drawn.keys()
    for name, (fill, border) in drawn.items():
        ink = border if name == "inconnu" else fill
        assert ink not in {paper, "rgba(0, 0, 0, 0)"}, name
    if "inconnu" in drawn:
        assert drawn["inconnu"][0] in {paper, "rgba(0, 0, 0, 0)"}


def test_the_latest_knot_of_a_thread_is_the_full_one(forced_page: Page, site_url: str) -> None:
    forced_page.goto(f"{site_url}/projets/recycl-herbe80/")
    paper = forced_page.evaluate("getComputedStyle(document.body).backgroundColor")
    knots = forced_page.locator(".thread > li:not(.gap)").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::after').backgroundColor)"
    )
    assert len(knots) > 1
    assert [fill in {paper, "rgba(0, 0, 0, 0)"} for fill in knots] == [True] * (len(knots) - 1) + [
        False
    ]


@pytest.mark.parametrize("address", ["/catalyseurs/", "/agenda/", "/lettres/2024-05/"])
def test_what_has_the_focus_has_an_outline(forced_page: Page, site_url: str, address: str) -> None:
    forced_page.goto(site_url + address)
    for _ in range(12):
        forced_page.keyboard.press("Tab")
        outlined = forced_page.evaluate(
            """[document.activeElement, document.activeElement.closest(".search")].some((one) => {
                if (!one) return false;
                const { outlineStyle, outlineWidth } = getComputedStyle(one);
                return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
            })"""
        )
        assert outlined, forced_page.evaluate("document.activeElement.outerHTML")
