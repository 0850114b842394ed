"""The miniature site, served on this machine, in a real Chromium.

To start a page costs more than what most tests do with it. Those that only look share the `page`
of their file, which comes to each of them empty. Those that listen, that answer requests or refuse
them, that need a permission or open other pages, have a `fresh_page` in a context of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.checks import DESKTOP
from tests.browser.chromium import executable
from tests.browser.serving import serving

# What would still be there for the next test.
LEAVES_TRACES = ("add_init_script", "expose_function", "on", "once", "route")


@pytest.fixture(scope="session")
def site_url(output: Path) -> Iterator[str]:
    """The address at which the site is served, without a final slash."""
    with serving(output) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Without these flags Chromium itself looks for updates on the network, and draws as with
        # a graphics card on machines that have none.
        quiet = [
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            "--disable-gpu",
            # No page reaches anything but this machine.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]
        launched = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", *quiet]
        )
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(**DESKTOP)
    yield made
    made.close()


@pytest.fixture
def fresh_page(context: BrowserContext) -> Page:
    """A page in a context of its own, which the test may change as it likes."""
    return context.new_page()


def refuse(*_: object, **__: object) -> None:
    """Stand for what would leave traces on a page that is shared."""
    pytest.fail("the next tests would inherit this: take `fresh_page`")


@pytest.fixture(scope="module")
def shared_page(browser: Browser) -> Iterator[Page]:
    """The page of a file, as the last test left it."""
    made = browser.new_context(**DESKTOP)
    page = made.new_page()
    for name in LEAVES_TRACES:
        setattr(page, name, refuse)
    yield page
    made.close()


@pytest.fixture
def page(shared_page: Page) -> Page:
    """The page of the file, empty again, for a test that only looks."""
    shared_page.goto("about:blank")
    shared_page.set_viewport_size(DESKTOP["viewport"])
    shared_page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
    return shared_page


@pytest.fixture(scope="module")
def plain_page(browser: Browser) -> Iterator[Page]:
    """The page of a file in a browser without JavaScript."""
    made = browser.new_context(java_script_enabled=False, **DESKTOP)
    yield made.new_page()
    made.close()
