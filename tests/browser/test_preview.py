"""A morning with the preview: a save, a mistake, its correction, and a place kept in the page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from maille.preview.session import Session
from tests.browser.checks import SETTLED, WATCH_POLICY
from tests.preview.living import make_live
from tests.small_site import replace_in, write_small_site


@dataclass
class Desk:
    """A site that somebody writes, and the address at which it is seen."""

    root: Path
    url: str


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    root = write_small_site(tmp_path / "site")
    record = root / "catalysers/premier.md"
    record.write_text(record.read_text("utf-8") + "\n\nEncore une ligne.\n" * 60, "utf-8")
    live = make_live(root)
    live.refresh()
    session = Session(live, root)
    with session.open("/", 0) as running:
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        session.start(("catalysers", "content", "newsletters", "templates"), lambda _: None)
        yield Desk(root, f"http://127.0.0.1:{running.server_port}")
        running.shutdown()


def test_what_is_saved_is_seen_and_what_is_wrong_is_told(desk: Desk, fresh_page: Page) -> None:
    page, record = fresh_page, desk.root / "catalysers/premier.md"
    page.add_init_script(WATCH_POLICY)
    page.goto(f"{desk.url}/catalyseurs/premier/")
    page.evaluate("scrollTo(0, 700)")
    page.evaluate(SETTLED)  # what comes late moves what is in sight
    place = page.evaluate("scrollY")

    replace_in(record, "des gens", "tout le monde")
    expect(page.get_by_text("tout le monde")).to_be_attached()
    page.evaluate(SETTLED)
    assert page.evaluate("scrollY") == place

    line = replace_in(record, "relation: cite", "relation: cit")
    panel = page.get_by_role("alert")
    expect(panel).to_contain_text(f"catalysers/premier.md:{line}:11")
    expect(panel).to_contain_text("→")
    link = panel.get_by_role("link", name=f"catalysers/premier.md:{line}:11")
    expect(link).to_have_attribute("href", f"vscode://file{record.as_posix()}:{line}:11")
    expect(page.get_by_text("tout le monde")).to_be_attached()
    assert page.evaluate("scrollY") == place

    replace_in(record, "relation: cit", "relation: cite")
    expect(panel).to_have_count(0)
    replace_in(desk.root / "templates/assets/css/site.css", "body {", "body { min-width: 7px;")
    expect(page.locator("body")).to_have_css("min-width", "7px")
    page.evaluate(SETTLED)
    assert page.evaluate("scrollY") == place
    assert page.evaluate("violations") == []
