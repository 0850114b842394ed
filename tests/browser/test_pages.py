"""Every page type in a real browser that can reach nothing but this machine.

For each, light and dark: no request refused or failed, nothing in the console, no violation of
the policy that the page declares, and no violation of WCAG 2.2 A and AA that axe-core can see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from maille import pipeline
from maille.problems import Problem
from maille.site.model import Site
from maille.views.plans import PagePlan, Plan
from maille.views.verify import verify
from tests.browser.checks import (
    DESKTOP,
    WATCH_POLICY,
    WIDTHS,
    Visit,
    axe,
    find_faint,
    visiting,
    watch,
)
from tests.building import build, copy_site

PAGES = {
    "accueil": "/",
    "annuaire": "/catalyseurs/",
    "fiche": "/catalyseurs/cocolavande/",
    "fiche sans lieu": "/catalyseurs/alisier-actif/",
    "fiche d’exemple": "/catalyseurs/exemple-012/",
    "carte": "/carte/",
    "carte à intégrer": "/carte/integrer/",
    "projets": "/projets/",
    "projet": "/projets/recycl-herbe80/",
    "projet renommé": "/projets/la-serre/",
    "lettres": "/lettres/",
    "lettre": "/lettres/2024-05/",
    "abonnement": "/abonnement/",
    "contact": "/contact/",
    "correction": "/proposer-une-correction/",
    "actualités": "/actualites/",
    "actualité": "/actualites/un-nouveau-cap-pour-le-reseau/",
    "acteurs": "/acteurs/",
    "acteur": "/acteurs/le-roseau/",
    "agenda": "/agenda/",
    "webinaires": "/webinaires/",
    "webinaire": "/webinaires/2023/acteurs-academiques-et-catalyseurs/",
    "webinaire annoncé": "/webinaires/2023/acteurs-associatifs-et-catalyseurs/",
    "rencontres": "/rencontres/",
    "recherche": "/recherche/",
    "ressources": "/ressources/",
    "ressource": "/ressources/guide-1/",
    "rencontre": "/rencontres/5es-rencontres/",
    "date à vérifier": "/rencontres/soiree-vitasauge/",
    "page": "/la-catalyse-territoriale/",
    "vocabulaire": "/pratiques/",
    "terme": "/pratiques/accompagnements/",
    "territoires": "/territoires/",
    "territoire": "/territoires/auvergne-rhone-alpes/",
    "données": "/donnees/",
    "plan du site": "/plan-du-site/",
    "introuvable": "/404.html",
}


@pytest.fixture(scope="module")
def visitor(browser: Browser, site_url: str) -> Iterator[Visit]:
    yield from visiting(browser, site_url)


@pytest.fixture(scope="module", params=PAGES.values(), ids=list(PAGES))
def visit(request: pytest.FixtureRequest, visitor: Visit) -> Visit:
    """Each sort of page, opened once for all the tests that look at it."""
    return visitor.go(request.param)


def test_a_page_is_whole_and_asks_for_nothing_else(visit: Visit) -> None:
    assert visit.page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1
    assert visit.status == 200
    assert visit.faults() == []


def test_a_page_breaks_no_rule(visit: Visit) -> None:
    assert axe(visit.page) == []
    assert visit.faults() == []


def test_no_page_scrolls_sideways(visit: Visit) -> None:
    assert [width for width in WIDTHS if visit.widest(width) > width] == []


def test_the_check_sees_what_is_wrong(browser: Browser, site_url: str) -> None:
    """A page broken on purpose is caught by each of the checks above."""
    page = browser.new_page()
    _, troubles = watch(page)
    page.add_init_script(WATCH_POLICY)
    page.goto(site_url + "/")
    page.evaluate(
        """() => {
            document.body.append(Object.assign(new Image(), {src: 'https://exemple.invalid/x.png'}));
            const style = document.createElement('style');
            document.body.append(style);
            document.body.setAttribute('style', 'color: red');
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
        }"""
    )
    for directive in ("img-src", "script-src"):
        page.wait_for_function(
            "(one) => violations.some((told) => told.includes(one))", arg=directive
        )
    assert page.evaluate("window.ran") is None
    assert troubles
    assert any(line.startswith("image-alt") for line in axe(page))
    page.close()


# What is made faint, and what finds it.
FAINT = {
    "main h1 { color: #999 }": "color-contrast",
    "@media (prefers-color-scheme: dark) { main h1 { color: #222 } }": "dark: color-contrast",
    "footer { background-color: #888 }": "color-contrast",  # behind what has no colour of its own
    "main li:last-child a { color: #999 }": "color-contrast",  # one of many alike
    "label { opacity: 0.3 }": "color-contrast",
    "input { color: #bbb }": "color-contrast",
}


def test_the_check_sees_faint_colours(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/")  # few texts, of each sort
    assert find_faint(page) == []
    for style, fault in FAINT.items():
        page.evaluate(
            """(style) => {
                document.adoptedStyleSheets = [new CSSStyleSheet()];
                document.adoptedStyleSheets[0].replaceSync(style);
            }""",
            style,
        )
        assert fault in {line.partition(": [")[0] for line in find_faint(page)}, style


def test_the_check_sees_what_a_page_leaves_in_the_browser(browser: Browser, site_url: str) -> None:
    for visitor in visiting(browser, site_url):
        visit = visitor.go("/404.html")
        assert visit.faults() == []
        visit.page.evaluate("document.cookie = 'seen=1'; localStorage.setItem('seen', '1')")
        cookie, storage = visit.faults()
        assert "'seen'" in cookie
        assert "localStorage" in storage


def test_everything_is_there_without_javascript(plain_page: Page, site_url: str) -> None:
    page = plain_page
    page.goto(site_url + "/catalyseurs/")
    assert page.get_by_role("link", name="CoCoLavande").first.is_visible()
    names = page.locator("main li h3, main li h4").count()
    assert names >= 28
    page.goto(site_url + "/carte/")
    assert page.get_by_role("link", name="CoCoLavande").first.is_visible()
    page.goto(site_url + "/")
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Projets").first.click()
    expect(page).to_have_url(site_url + "/projets/")
    page.set_viewport_size(DESKTOP["viewport"])


# How many parts of a page are to be read, and the texts of those that are not shown.
FIND_HIDDEN = """() => {
  const those = [...document.querySelectorAll(
    "main :is(h2, h3, h4, a[href], li, .prose > p):not("
    + "details *, form *, [hidden], [hidden] *, .result *, .scripted, .scripted *,"
    + " .carte-live, .carte-live *)")];
  const hidden = those.filter((one) => (one.innerText ?? one.textContent).trim()
    && !(one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length));
  return [those.length, hidden.map((one) => one.textContent)];
}"""


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_can_be_read_without_javascript(
    plain_page: Page, site_url: str, address: str
) -> None:
    """Its title, and its headings, texts, links and lists but those of closed parts and of scripts.

    Without a script nothing filters and nothing is on the map: what tells of it is not shown.
    """
    plain_page.goto(site_url + address)
    assert plain_page.locator("main h1").is_visible()
    found, hidden = plain_page.evaluate(FIND_HIDDEN)
    assert found >= 1
    assert hidden == []


def test_every_sort_of_page_is_in_the_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    planned: dict[str, str] = {}

    def note(plans: Iterable[Plan], site: Site) -> tuple[Problem, ...]:
        planned.update({p.address: p.template for p in plans if isinstance(p, PagePlan)})
        return verify(plans, site)

    monkeypatch.setattr(pipeline, "verify", note)
    build(copy_site(tmp_path, examples=True), tmp_path / "output", publish=False)
    pages = {template for template in planned.values() if template.endswith(".html")}
    assert pages == {planned[address] for address in PAGES.values()}


def test_the_skip_link_is_the_first_stop_and_works(page: Page, site_url: str) -> None:
    page.goto(site_url + "/catalyseurs/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#_contenu"


def test_a_lost_visitor_gets_the_sites_own_page(page: Page, site_url: str) -> None:
    response = page.goto(site_url + "/nulle/part/")
    assert response is not None
    assert response.status == 404
    assert page.get_by_role("link", name="Annuaire").first.is_visible()
