"""The miniature site, served on this machine, in a real Chromium.

A page in a context of its own costs three times what a page costs that is there: it starts a
process, fetches and compiles all again. So all tests share one `page`, which comes to each of them
empty: what the last one listened to, answered or refused went with it. Those that need a
permission, a script before those of the page, or another page have a `fresh_page`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.checks import DESKTOP
from tests.browser.chromium import executable
from tests.browser.serving import serving

# How long `expect` waits, in milliseconds: as long as a click does. A machine that is busy with
# other tests is no mistake of a page, and what is there at once costs no more.
expect.set_options(timeout=30_000)
# What cannot be taken back from a page.
LEAVES_TRACES = ("add_init_script", "expose_function", "once")
# Without these Chromium itself looks for updates on the network, and draws as with a graphics card
# on machines that have none. No page reaches anything but this machine.
FLAGS = (
    *("--no-sandbox", "--disable-gpu"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
# Pages are laid out, and hardly drawn: a seventh of the work. A picture of one is not whole.
UNDRAWN = "--force-gpu-mem-available-mb=1"


@pytest.fixture(scope="session")
def site_url(output: Path) -> Iterator[str]:
    """The address at which the site is served, without a final slash."""
    with serving(output) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launch(playwright.chromium, UNDRAWN) as launched:
        yield launched


def launch(chromium: BrowserType, *more: str) -> Browser:
    """Start a Chromium, with flags besides those that all have."""
    return chromium.launch(executable_path=executable(), args=[*FLAGS, *more])


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


@contextmanager
def opening(browser: Browser) -> Iterator[Page]:
    """Open a page for tests to share; close it."""
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    for name in LEAVES_TRACES:
        setattr(page, name, refuse)
    yield page
    context.close()


@pytest.fixture(scope="session")
def shared_page(browser: Browser) -> Iterator[Page]:
    """The page of all files, as the last test left it."""
    with opening(browser) as page:
        yield page


@pytest.fixture
def page(shared_page: Page, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """The shared page, empty again; what the test listens to, and its routes, end with it."""
    page = shared_page
    heard: list[tuple[Any, Any]] = []
    emulated: list[object] = []

    def listen(event: Any, handler: Any) -> None:
        heard.append((event, handler))
        Page.on(page, event, handler)

    def emulate(**media: Any) -> None:
        emulated.append(media)
        Page.emulate_media(page, **media)

    monkeypatch.setattr(page, "on", listen)
    monkeypatch.setattr(page, "emulate_media", emulate)
    page.goto("about:blank")
    page.mouse.move(0, 0)  # what lay under the pointer of the last test is pointed at no more
    if page.viewport_size != DESKTOP["viewport"]:
        page.set_viewport_size(DESKTOP["viewport"])
    yield page
    page.unroute_all(behavior="ignoreErrors")
    if emulated:
        Page.emulate_media(page, media="null", color_scheme="null", reduced_motion="null")
    for event, handler in heard:
        page.remove_listener(event, handler)


@pytest.fixture(scope="module")
def plain_page(browser: Browser) -> Iterator[Page]:
    """The page of a file in a browser without JavaScript."""
    made = browser.new_context(java_script_enabled=False, **DESKTOP)
    yield made.new_page()
    made.close()
