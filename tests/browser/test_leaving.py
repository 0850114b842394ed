"""A sealed letter after one record it names left, and one person was erased, in a real browser."""

from __future__ import annotations

import datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from maille.content.file_changes import write_changes
from maille.erasure.files import count_in_file
from maille.erasure.tree import plan_erasure
from maille.erasure.words import Eraser
from tests.browser.checks import axe
from tests.browser.serving import serving
from tests.erasing import NAME, write_naming_site
from tests.leaving import LEFT, publish, write_lines
from tests.sealing import MONTH, read_site


def test_a_letter_after_a_departure_and_an_erasure(tmp_path: Path, page: Page) -> None:
    root = write_naming_site(tmp_path)
    (root / "content/projets/essai.md").unlink()
    write_lines(root, LEFT)
    eraser = Eraser(NAME, datetime.date(2026, 11, 30), "https://essai.example/")
    write_changes(root, plan_erasure(root, root / "output", eraser).changes)
    output = publish(root)
    for path in root.rglob("*"):
        relative = path.relative_to(root).as_posix()
        assert not eraser.count(relative)
        if path.is_file() and not relative.startswith("templates/"):
            assert not count_in_file(relative, path.read_bytes(), eraser), relative
    assert len(read_site(root).seals[MONTH].withdrawals) == 1
    with serving(output) as url:
        page.goto(f"{url}/lettres/{MONTH}/")
        expect(page.get_by_role("heading", name="Projet d’essai")).to_be_visible()
        main = page.get_by_role("main")
        expect(main).to_contain_text("Un passage a été retiré le 30 novembre 2026")
        expect(main).to_contain_text("à la demande de la personne]")
        assert page.locator('a[href*="/projets/essai/"]').count() == 0
        assert axe(page) == []
        page.goto(f"{url}/projets/essai/")
        expect(page.get_by_role("main")).to_contain_text("depuis le 20 novembre 2026")
        assert "essai" not in page.get_by_role("main").inner_text().casefold()
        assert axe(page) == []
