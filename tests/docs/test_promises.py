"""What the README, the guide and the privacy page promise, where no other test shows it."""

from __future__ import annotations

import email
import email.policy
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from maille.problems import select_errors
from tests.building import ROOT, SMALL, build
from tests.sealing import FOLDER, LETTER, write_sealed_site
from tests.small_site import replace_in, write_small_site

SECOND = "catalysers/second.md"
# Every way that a script has to leave something in a browser, or to send it without being seen.
KEEPING = re.compile(
    r"document\.cookie|cookieStore|localStorage|sessionStorage|indexedDB|caches\.|serviceWorker"
    r"|sendBeacon|XMLHttpRequest|WebSocket|EventSource"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_small_site(tmp_path / "site")


def told(site: Path) -> list[tuple[str, str]]:
    """Build the site; return place and cause of each error."""
    return [
        (one.place, one.message)
        for one in select_errors(build(site, site / "output", views=SMALL).problems)
    ]


def published(site: Path) -> Iterator[str]:
    """Yield every text of the published site."""
    for path in sorted((site / "output").rglob("*")):
        if path.suffix in {".html", ".xml", ".json", ".geojson", ".csv", ".txt", ".ics"}:
            yield path.read_text("utf-8")


# --- Privacy: « Faire retirer une information » -------------------------------------------------


def test_a_removed_record_is_nowhere_once_no_page_leads_to_it(site: Path) -> None:
    replace_in(site / "content/pages/le-reseau.md", "De la prose.", "[Une](/catalyseurs/second/).")
    assert told(site) == []
    assert any("Second d’essai" in text for text in published(site))

    (site / SECOND).unlink()
    ((place, cause),) = told(site)
    assert place.startswith("content/pages/le-reseau.md:")
    assert "/catalyseurs/second/ ne mène à aucune page" in cause

    replace_in(site / "content/pages/le-reseau.md", "[Une](/catalyseurs/second/).", "De la prose.")
    assert told(site) == []
    assert not (site / "output/catalyseurs/second").exists()
    assert not [text for text in published(site) if re.search("Second d['’]essai", text)]


def test_a_letter_that_went_out_can_be_taken_off_the_site(tmp_path: Path) -> None:
    site = write_sealed_site(tmp_path / "site")
    (site / LETTER).unlink()
    assert told(site) != []
    shutil.rmtree(site / FOLDER)
    assert told(site) == []
    assert not [text for text in published(site) if "Deux projets avancent" in text]


# --- Privacy: « Votre visite » (tests/browser/test_pages.py looks at what pages ask for) ----------


def test_no_script_leaves_or_sends_anything() -> None:
    scripts = sorted((ROOT / "templates/assets/js").rglob("*.js"))
    assert scripts
    found = {path.name: KEEPING.findall(path.read_text("utf-8")) for path in scripts}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_mail_shows_nothing_that_comes_from_another_host(tmp_path: Path) -> None:
    site = write_sealed_site(tmp_path / "site")
    kept = next((site / FOLDER).glob("*.eml")).read_bytes()
    message = email.message_from_bytes(kept, policy=email.policy.default)
    html = message.get_body(("html",))
    assert html
    text = html.get_content()
    images = re.findall(r"""(?:src|background)=["']([^"']+)|url\(([^)]+)""", text)
    assert images
    assert all(one.startswith("https://essai.example/") for found in images for one in found if one)
    assert not re.search(r"<(?:script|link|iframe|object)\b|@import", text)


# --- Guide: what a run tells ----------------------------------------------------------------------


def test_a_line_that_cannot_be_read_hides_nothing(site: Path) -> None:
    replace_in(site / SECOND, "nom: Second d'essai", "nom: Second : un essai")
    replace_in(site / SECOND, "relation: cite", "relation: voisin")
    replace_in(site / SECOND, "Un texte.", "Un [lien](/rien/).")
    replace_in(site / "catalysers/premier.md", "relation: cite", "relation: voisin")
    assert [place for place, _ in told(site)] == [
        "catalysers/premier.md:5:11",
        *(f"{SECOND}:2:13", f"{SECOND}:4:11", f"{SECOND}:11:11"),
    ]

    replace_in(site / SECOND, "nom: Second : un essai", "nom: Second d'essai")
    replace_in(site / "catalysers/premier.md", "relation: voisin", "relation: cite")
    assert [place for place, _ in told(site)] == [f"{SECOND}:4:11", f"{SECOND}:11:11"]


def test_a_note_beside_a_blank_key_is_nowhere(site: Path) -> None:
    replace_in(site / SECOND, "profil: accompagnateur", "profil: # à demander")
    assert told(site) == []
    assert not [text for text in published(site) if "à demander" in text]


def test_what_is_not_known_is_said(site: Path) -> None:
    replace_in(site / "content/actualites/nouvelle.md", "date: 2024-05-02\n", "")
    promise = "annonces:\n  - {texte: Ouvrir un lieu., date: 2024-09}\nsources:"
    replace_in(site / "content/projets/essai.md", "sources:", promise)
    assert told(site) == []
    news = (site / "output/actualites/index.html").read_text("utf-8")
    project = (site / "output/projets/essai/index.html").read_text("utf-8")
    assert "Sans date connue" in news
    assert "Suite non connue" in project
    assert not [text for text in published(site) if "en retard" in text]


def test_a_page_that_is_not_found_promises_nothing_of_addresses(site: Path) -> None:
    assert told(site) == []
    text = (site / "output/404.html").read_text("utf-8")
    assert "renommée ou retirée" in text
    assert "ne changent pas" not in text
