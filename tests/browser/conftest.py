"""The site of this repository, served on this machine, in a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from maille.cli.serve import server
from tests.browser.chromium import executable


@pytest.fixture(scope="session")
def site_url(output: Path) -> Iterator[str]:
    """The address at which the site is served, without a final slash."""
    with server(output) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Without these flags Chromium itself looks for updates on the network, and draws as with
        # a graphics card on machines that have none.
        quiet = [
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            "--disable-gpu",
        ]
        launched = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", *quiet]
        )
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
