"""News, webinars, events and the agenda in a real browser, with something to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest
from playwright.sync_api import Browser, Page, expect

from tests import reading
from tests.browser.checks import WIDTHS, Visit, axe, visiting
from tests.browser.serving import serving
from tests.building import WITHOUT_COMMUNES, build, copy_site

SOURCES = "sources:\n  - {titre: Un essai, date: 2026-11-02}\n---\n"
# An invented week to come, and one thing that nobody spoke of again.
TO_COME = {
    "webinaires/essai-ensemble.md": "titre: 'Essai : tenir ensemble, dans la durée'\n"
    "resume: Un essai de webinaire à venir.\ndate: 2026-12-08\nheure: 13:00\nheure_fin: 14:30\n"
    "format: en-ligne\ninscription: https://exemple.fr/inscription\ncycle: cycle-2023\n"
    "rang: '3'\n",
    "evenements/essai-du-fleuve.md": "titre: Essai du fleuve\n"
    "resume: Deux jours pour croiser des projets.\ndate: 2026-12-17\njusqu_au: 2026-12-18\n"
    "heure: 10:00\nheure_fin: 16:30\nfuseau: America/Cayenne\nlieu: Maison commune\n"
    "commune: Saint-Laurent-du-Maroni\ndepartement: '973'\nformat: hybride\ntype: session\n",
    "evenements/essai-sans-jour.md": "titre: Essai sans jour\nresume: Un mois seulement.\n"
    "date: 2027-01\ndate_a_verifier: Deux sources donnent deux mois.\ntype: session\n",
    "evenements/essai-lointain.md": "titre: Essai lointain\nresume: Bien plus tard.\n"
    "date: 2027-09-30\ntype: session\n",
    "evenements/essai-sans-suite.md": "titre: Essai sans suite\nresume: Annoncé, puis rien.\n"
    "date: 2026-11-12\ntype: session\n",
}
PAGES = {
    "accueil": "/",
    "agenda": "/agenda/",
    "webinaires": "/webinaires/",
    "webinaire à venir": "/webinaires/2026/essai-ensemble/",
    "rencontre outre-mer": "/rencontres/essai-du-fleuve/",
    "date à vérifier": "/rencontres/essai-sans-jour/",
    "sans suite": "/rencontres/essai-sans-suite/",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature site, with something to come."""
    site = copy_site(tmp_path_factory.mktemp("agenda") / "site")
    for path, header in TO_COME.items():
        file = site / "content" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"---\n{header}{SOURCES}", encoding="utf-8")
    report = build(site, site / "output", views=WITHOUT_COMMUNES)
    assert not report.failed, report.problems
    return site / "output"


@pytest.fixture(scope="module")
def url(published: Path) -> Iterator[str]:
    with serving(published) as url:
        yield url


@pytest.fixture(scope="module")
def visitor(browser: Browser, url: str) -> Iterator[Visit]:
    yield from visiting(browser, url)


@pytest.fixture(scope="module", params=PAGES.values(), ids=list(PAGES))
def visit(request: pytest.FixtureRequest, visitor: Visit) -> Visit:
    """Each sort of page, opened once for all the tests that look at it."""
    return visitor.go(request.param)


def test_a_page_asks_for_nothing_else_and_breaks_no_rule(visit: Visit) -> None:
    assert axe(visit.page, "main") == []
    assert visit.faults() == []


def test_no_page_scrolls_sideways(visit: Visit) -> None:
    assert [width for width in WIDTHS if visit.widest(width) > width] == []


def rows(page: Page, within: str) -> list[str]:
    """Return the rows of a list of dates as they are read, on one line each."""
    found = page.locator(f"{within} .dates > li").all()
    return [" ".join(row.inner_text().split()) for row in found]


def read_text(one: Any) -> str:
    """Return the texts of an element, on one line."""
    return " ".join(" ".join(one.itertext()).split())


def find_by(tree: Any, name: str, value: str) -> Any:
    """Return the one element of a page whose attribute has this value."""
    [found] = [one for one in tree.iter() if one.get(name) == value]
    return found


def read_rows(tree: Any, section: str) -> list[str]:
    """Return the rows of the list of dates of a section, on one line each."""
    lists = find_by(tree, "aria-labelledby", section).iter("ul")
    dates = (one for one in lists if "dates" in one.get("class", "").split())
    return [read_text(row) for one in dates for row in one.findall("li")]


def test_the_home_page_tells_the_next_three(page: Page, url: str) -> None:
    page.goto(url + "/")
    assert rows(page, ".news") == [
        "8 décembre 2026 Essai : tenir ensemble, dans la durée Webinaire 13 h en ligne",
        (
            "17 décembre 2026 Essai du fleuve Session du 17 décembre à 10 h au 18 décembre 2026 "
            "à 16 h 30 (heure de Guyane) Saint-Laurent-du-Maroni et en ligne"
        ),
        "janvier 2027 Essai sans jour Session lieu à venir date à vérifier",
    ]
    page.get_by_role("link", name="Tout l’agenda").click()
    expect(page).to_have_url(url + "/agenda/")


def test_the_agenda_tells_what_is_to_come_then_the_last_past(published: Path) -> None:
    page = reading.parse_page(published / "agenda/index.html")
    coming = read_rows(page, "_a-venir")
    assert [row.split(" Essai")[0] for row in coming] == [
        "8 décembre 2026", "17 décembre 2026", "janvier 2027", "30 septembre 2027",
    ]  # fmt: skip
    past = read_rows(page, "_passes")
    assert past[0] == "12 novembre 2026 Essai sans suite Session annoncé ; suite non connue"
    assert len(past) == 6


def test_an_announcement_without_news_is_never_called_late(published: Path) -> None:
    for path in published.rglob("*.html"):
        assert "en retard" not in path.read_text(encoding="utf-8"), path
    page = (published / "rencontres/essai-sans-suite/index.html").read_text(encoding="utf-8")
    assert "<strong>Annoncé&#8239;; suite non connue.</strong>" in page


def test_what_the_page_of_an_event_says_of_its_day_and_place(published: Path) -> None:
    page = reading.parse_page(published / "rencontres/essai-du-fleuve/index.html")
    facts = read_text(find_by(page, "class", "facts"))
    when = "Du 17 décembre à 10 h au 18 décembre 2026 à 16 h 30 (heure de Guyane)"
    assert when in facts
    assert "Maison commune Saint-Laurent-du-Maroni (Guyane) Connu à la commune près" in facts
    page = reading.parse_page(published / "rencontres/essai-sans-jour/index.html")
    assert "Deux sources donnent deux mois." in read_text(find_by(page, "class", "status"))
    # Its day is not known.
    assert not [a for a in page.iter("a") if a.get("href", "").endswith(".ics")]


def test_an_event_goes_into_an_agenda(page: Page, url: str) -> None:
    page.goto(url + "/webinaires/2026/essai-ensemble/")
    link = page.get_by_role("link", name="Ajouter à mon agenda (.ics)")
    answer = page.request.get(url + str(link.get_attribute("href")))
    assert answer.headers["content-type"].startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.body()).walk("VEVENT")
    assert event.decoded("DTSTART").isoformat() == "2026-12-08T13:00:00+01:00"
    assert page.get_by_role("link", name="S’inscrire").is_visible()


def test_webinars_of_a_cycle_follow_one_another(page: Page, url: str) -> None:
    page.goto(url + "/webinaires/2026/essai-ensemble/")
    page.locator(".pager a[rel=prev]").click()
    expect(page.locator(".pager a[rel=next]")).to_have_text(re.compile("dans la durée$"))
    page.goto(url + "/webinaires/")
    assert rows(page, "[aria-labelledby=_a-venir]")[0].startswith("8 décembre 2026 Essai")
    assert not any("tenir" in row for row in rows(page, "[aria-labelledby=_cycle-2023]"))


def test_an_article_leads_to_all_those_of_its_actor(page: Page, url: str) -> None:
    page.goto(url + "/actualites/")
    page.locator(".press h3 a").first.click()
    page.get_by_role("link", name="Tous les articles publiés par").click()
    expect(page).to_have_url(re.compile("/acteurs/"))
    assert page.locator("#_fiches").inner_text().endswith(("article", "articles"))
    assert page.locator(".press h3 a").count() >= 1


def test_a_site_with_nothing_to_come_keeps_its_dignity(output: Path) -> None:
    page = reading.parse_page(output / "agenda/index.html")
    assert not [one for one in page.iter() if one.get("aria-labelledby") == "_a-venir"]
    assert "Aucun rendez-vous n’est annoncé ici" in read_text(next(page.iter("main")))
    assert len(read_rows(page, "_passes")) == 6
    home = reading.parse_page(output / "index.html")
    assert "Aucun rendez-vous n’est annoncé ici" in read_text(next(home.iter("main")))
