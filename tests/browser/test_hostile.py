"""Pages full of hostile strings, in a real browser: no dialog, no violation, nothing elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog

from maille.serve import server
from tests.browser.test_pages import WATCH_POLICY, watch
from tests.hostile import ADMITTED

LISTS = ("/", "/catalyseurs/", "/carte/", "/projets/", "/lettres/", "/actualites/", "/acteurs/")
MORE = ("/agenda/", "/webinaires/", "/rencontres/", "/donnees/", "/plan-du-site/", "/cycles/")
ONE = ("/catalyseurs/essai-{}/", "/projets/essai-{}/", "/actualites/essai-{}/", "/page-{}/")
AND = ("/webinaires/2024/essai-{}/", "/rencontres/essai-{}/", "/acteurs/t{}/", "/cycles/t{}/")
SAMPLE = [
    *(number for number, text in enumerate(ADMITTED) if "script>" in text or "alert" in text),
][::3]


@pytest.fixture(scope="module")
def hostile_url(hostile: Path) -> Iterator[str]:
    with server(hostile) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_no_page_opens_a_dialog_or_breaks_its_policy(browser: Browser, hostile_url: str) -> None:
    page = browser.new_page()
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    asked, troubles = watch(page, hostile_url)
    page.add_init_script(WATCH_POLICY)
    assert len(SAMPLE) >= 3
    ones = [address.format(number) for address in (*ONE, *AND) for number in SAMPLE]
    for address in (*LISTS, *MORE, *ones):
        response = page.goto(hostile_url + address, wait_until="load")
        assert response
        assert response.status == 200, address
        assert page.evaluate("window.violations") == [], address
    assert dialogs == []
    # Going on to the next page cuts what the last one was still loading.
    assert [trouble for trouble in troubles if not trouble.startswith("failed: ")] == []
    assert all(url.startswith((hostile_url, "data:")) for url in asked)
    page.close()
