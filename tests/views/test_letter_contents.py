"""What a letter pulls in is on its page, under addresses of their own."""

from __future__ import annotations

import re
from pathlib import Path

from tests.building import SMALL, build
from tests.small_site import write_small_site


def test_news_and_dates_of_a_letter_are_on_its_page(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    letter = root / "newsletters/2024-05.md"
    page = root / "output/lettres/2024-05/index.html"
    assert not build(root, root / "output", views=SMALL).failed
    assert 'id="_actualites"' not in page.read_text("utf-8")
    keys = "titre: Lettre d'essai\nactualites: [nouvelle]\nevenements: [rencontre]\n"
    letter.write_text(letter.read_text("utf-8").replace("titre: Lettre d'essai\n", keys), "utf-8")
    assert not build(root, root / "output", views=SMALL).failed
    text = page.read_text("utf-8")
    assert '<h2 id="_actualites">' in text
    assert 'href="/actualites/nouvelle/"' in text
    assert '<h2 id="_rendez-vous">' in text
    assert 'href="/rencontres/rencontre/"' in text
    contents = re.findall(r'<li><a href="/lettres/2024-05/#([^"]+)">', text)
    # In view on a wide screen, and behind a line on a phone.
    assert contents == ["projet-d-essai", "_actualites", "_rendez-vous"] * 2
    assert {f'id="{anchor}"' in text for anchor in contents} == {True}


def test_what_it_pulls_in_must_exist(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    letter = root / "newsletters/2024-05.md"
    keys = "titre: Lettre d'essai\nactualites: [nouvele]\n"
    letter.write_text(letter.read_text("utf-8").replace("titre: Lettre d'essai\n", keys), "utf-8")
    (problem,) = build(root, root / "output", views=SMALL).problems
    assert problem.place == "newsletters/2024-05.md:4:14"
    assert "nouvelle" in problem.hint
