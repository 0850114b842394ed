"""The first screen of every real profile on a phone: its name, what it does, where, a way to go on.

The screen is that of a small phone, 360 by 640 px (of CSS).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import executable
from tests.browser.serving import serving
from tests.records import REAL

WIDTH, HEIGHT = 360, 640
# The selectors of what must be visible whole; the last is a contact, or the link shown without one.
PARTS = (
    ".record h1",
    ".record header .large",
    ".record .where",
    ".record .calls a, .record .door a",
)
FINGER = 44  # px: the least height of a button (WCAG 2.5.5)


@pytest.fixture(scope="module")
def page(output: Path) -> Iterator[Page]:
    with serving(output) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, base_url=url)
        opened = context.new_page()
        yield opened
        browser.close()


@pytest.mark.parametrize("slug", sorted(REAL))
def test_the_first_screen_of_a_profile_is_enough(page: Page, slug: str) -> None:
    page.goto(f"/catalyseurs/{slug}/")
    for part in PARTS:
        box = page.locator(part).first.bounding_box()
        assert box, part
        assert box["y"] + box["height"] <= HEIGHT, (part, box)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    for button in page.locator(".record .calls a").all():
        assert button.bounding_box()["height"] >= FINGER  # type: ignore[index]
