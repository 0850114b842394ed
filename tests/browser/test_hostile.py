"""Pages full of hostile strings, in a real browser: no dialog, no violation, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.checks import WATCH_POLICY, watch
from tests.browser.serving import serving
from tests.browser.test_map import active_option, placed, printed
from tests.doses import HOSTILE_MAPS, HOSTILE_PAGES, POPUPS
from tests.hostile import ADMITTED

LISTS = ("/", "/catalyseurs/", "/carte/", "/projets/", "/lettres/", "/actualites/", "/acteurs/")
MAPS = ("/carte/", "/carte/integrer/")
MORE = ("/agenda/", "/webinaires/", "/rencontres/", "/donnees/", "/plan-du-site/", "/cycles/")
ONE = ("/catalyseurs/essai-{}/", "/projets/essai-{}/", "/actualites/essai-{}/", "/page-{}/")
AND = ("/webinaires/2024/essai-{}/", "/rencontres/essai-{}/", "/acteurs/t{}/", "/cycles/t{}/")
SAMPLE = [
    *(number for number, text in enumerate(ADMITTED) if "script>" in text or "alert" in text),
][::HOSTILE_PAGES]


@pytest.fixture(scope="module")
def hostile_url(hostile: Path) -> Iterator[str]:
    with serving(hostile) as url:
        yield url


def dialogs_of(page: Page) -> list[str]:
    """Note and close each dialog that a page opens, and what breaks its policy."""
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.add_init_script(WATCH_POLICY)
    return dialogs


def test_no_page_opens_a_dialog_or_breaks_its_policy(browser: Browser, hostile_url: str) -> None:
    page = browser.new_page()
    dialogs = dialogs_of(page)
    asked, troubles = watch(page)
    assert len(SAMPLE) >= 3
    ones = [address.format(number) for address in (*ONE, *AND) for number in SAMPLE]
    for address in (*LISTS, MAPS[1], *MORE, *ones):
        response = page.goto(hostile_url + address, wait_until="load")
        assert response
        assert response.status == 200, address
        assert page.evaluate("window.violations") == [], address
    assert dialogs == []
    # Going on to the next page cuts what the last one was still loading.
    assert [trouble for trouble in troubles if not trouble.startswith("failed: ")] == []
    assert all(url.startswith((hostile_url, "data:")) for url in asked)
    page.close()


@pytest.mark.parametrize("address", MAPS[:HOSTILE_MAPS])
def test_every_hostile_record_has_its_marker_and_its_popup(
    fresh_page: Page, hostile_url: str, address: str
) -> None:
    dialogs = dialogs_of(fresh_page)
    _, troubles = watch(fresh_page)
    fresh_page.emulate_media(reduced_motion="reduce")  # each step is done at once
    fresh_page.goto(hostile_url + address)
    expect(fresh_page.locator("#_carte.is-live[aria-busy=false]")).to_be_visible()
    records = placed(hostile_url)
    assert len(records) >= len(ADMITTED)
    fresh_page.locator("#_points").focus()
    for number, record in enumerate(records, 1):
        assert active_option(fresh_page) == f"{record.label}, {number} sur {len(records)}"
        if number % POPUPS == 0:
            fresh_page.keyboard.press("Enter")
            popup = fresh_page.get_by_role("dialog")
            expect(popup.locator("p").first).to_have_text(printed(record.name))
            fresh_page.keyboard.press("Escape")
            expect(popup).to_have_count(0)
        fresh_page.keyboard.press("ArrowDown")
    assert fresh_page.locator("#_carte :is(img, script, iframe, object)").count() == 0
    assert fresh_page.evaluate("window.violations") == []
    assert (dialogs, troubles) == ([], [])


def test_every_hostile_record_is_in_the_list_that_is_drawn(
    fresh_page: Page, hostile_url: str
) -> None:
    dialogs = dialogs_of(fresh_page)
    _, troubles = watch(fresh_page)
    fresh_page.goto(f"{hostile_url}/catalyseurs/?tri=nom")
    rows = fresh_page.locator("#_resultats li :is(h3, h4) a")
    expect(rows).not_to_have_count(0)
    while fresh_page.locator("#_suite").is_visible():
        before = rows.count()
        fresh_page.locator("#_suite").click()
        expect(rows).not_to_have_count(before)
    names = {record.slug: printed(record.name) for record in placed(hostile_url)}
    drawn = {
        urlsplit(row.get_attribute("href") or "").path.split("/")[-2]: row.inner_text()
        for row in rows.all()
    }
    assert {slug: drawn[slug].split() for slug in names} == {
        slug: name.split() for slug, name in names.items()
    }
    assert fresh_page.evaluate("window.violations") == []
    assert (dialogs, troubles) == ([], [])
