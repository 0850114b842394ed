"""What readers find after records left or were renamed, and a person was erased, in a browser."""

from __future__ import annotations

import datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from maille.cli.rename_command import make_reader
from maille.cli.rename_plan import find_record, make_new_path, plan_rename
from maille.content.file_changes import write_changes
from maille.erasure.files import count_in_file
from maille.erasure.tree import plan_erasure
from maille.erasure.words import Eraser
from tests import reading
from tests.browser.checks import axe
from tests.browser.serving import serving
from tests.building import SMALL, build
from tests.erasing import NAME, write_naming_site
from tests.leaving import LEFT, publish, write_lines
from tests.sealing import MONTH, read_site
from tests.small_site import link_site, replace_in, write_small_site


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
        assert axe(page, "main") == []
        page.goto(f"{url}/projets/essai/")
        expect(page.get_by_role("main")).to_contain_text("depuis le 20 novembre 2026")
        assert "essai" not in page.get_by_role("main").inner_text().casefold()
        assert axe(page, "main") == []


def find_page(root: Path, slug: str) -> Path:
    return root / f"output/catalyseurs/{slug}/index.html"


def test_ten_renamed_records_keep_ten_addresses_alive(tmp_path: Path, page: Page) -> None:
    root = write_small_site(tmp_path)
    text = (root / "catalysers/second.md").read_text("utf-8")
    for number in range(10):
        record = text.replace("Second d'essai", f"Fiche {number}")
        (root / f"catalysers/fiche-{number}.md").write_text(record, encoding="utf-8")
    replace_in(root / "catalysers/premier.md", "des gens", "[une fiche](/catalyseurs/fiche-3/)")
    publish(root)
    for number in range(10):
        site = link_site(root)
        entry = find_record(site, f"fiche-{number}")
        new_path = make_new_path(site, entry, f"acteur-{number}")
        write_changes(root, [*plan_rename(site, entry, new_path, make_reader(root))])
    published = root / "output/adresses.txt"
    report = build(root, root / "output", views=SMALL, published=published)
    assert report.problems == ()
    for number in range(10):
        main = next(reading.parse_page(find_page(root, f"fiche-{number}")).iter("main"))
        links = {link.text: link.get("href") for link in main.iter("a")}
        assert links[f"Fiche {number}"] == f"/catalyseurs/acteur-{number}/"
        moved = next(reading.parse_page(find_page(root, f"acteur-{number}")).iter("h1"))
        assert moved.text == f"Fiche {number}"
    with serving(root / "output") as url:
        page.goto(f"{url}/catalyseurs/fiche-9/")
        page.get_by_role("link", name="Fiche 9").click()
        expect(page).to_have_url(f"{url}/catalyseurs/acteur-9/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Fiche 9")
        page.goto(f"{url}/catalyseurs/premier/")
        page.get_by_role("link", name="une fiche").click()
        expect(page).to_have_url(f"{url}/catalyseurs/acteur-3/")
