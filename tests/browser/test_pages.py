"""Every page type in a real browser that can reach nothing but this machine.

For each, light and dark: no request refused or failed, nothing in the console, no violation of
the policy that the page declares, and no violation of WCAG 2.2 A and AA that axe-core can see.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from maille import pipeline
from maille.problems import Problem
from maille.site import PagePlan, Plan, Site
from maille.verify import verify
from tests.building import ROOT, build

PAGES = {
    "accueil": "/",
    "annuaire": "/catalyseurs/",
    "fiche": "/catalyseurs/cocoshaker/",
    "fiche sans lieu": "/catalyseurs/alsace-active/",
    "fiche d’exemple": "/catalyseurs/exemple-042/",
    "carte": "/carte/",
    "carte à intégrer": "/carte/integrer/",
    "projets": "/projets/",
    "projet": "/projets/recycl-aide80/",
    "projet renommé": "/projets/la-maison/",
    "lettres": "/lettres/",
    "lettre": "/lettres/2024-05/",
    "actualités": "/actualites/",
    "actualité": "/actualites/un-nouveau-cap-pour-le-reseau/",
    "acteurs": "/acteurs/",
    "acteur": "/acteurs/le-rameau/",
    "agenda": "/agenda/",
    "webinaires": "/webinaires/",
    "webinaire": "/webinaires/2023/acteurs-academiques-et-catalyseurs/",
    "webinaire annoncé": "/webinaires/2023/acteurs-associatifs-et-catalyseurs/",
    "rencontres": "/rencontres/",
    "rencontre": "/rencontres/5es-rencontres/",
    "date à vérifier": "/rencontres/soiree-vitawin/",
    "page": "/la-catalyse-territoriale/",
    "vocabulaire": "/pratiques/",
    "terme": "/pratiques/accompagnements/",
    "territoires": "/territoires/",
    "territoire": "/territoires/auvergne-rhone-alpes/",
    "données": "/donnees/",
    "plan du site": "/plan-du-site/",
    "introuvable": "/404.html",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# Notes each violation of the policy before the page's own scripts run.
WATCH_POLICY = """
window.violations = [];
document.addEventListener('securitypolicyviolation',
  (event) => window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_asks_for_nothing_else_and_breaks_no_rule(
    browser: Browser, site_url: str, address: str, scheme: Any
) -> None:
    context = browser.new_context(locale="fr-FR", color_scheme=scheme)
    page = context.new_page()
    asked, troubles = watch(page, site_url)
    page.add_init_script(WATCH_POLICY)
    response = page.goto(site_url + address, wait_until="networkidle")
    assert response is not None
    assert response.status == 200
    assert page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1
    assert all(url.startswith((site_url, "data:")) for url in asked), asked
    assert troubles == []
    assert page.evaluate("window.violations") == []
    assert axe(page) == []
    context.close()


def watch(page: Page, site_url: str) -> tuple[list[str], list[str]]:
    """Refuse every other host; return what is asked for, and what goes wrong, as they come."""
    asked: list[str] = []
    troubles: list[str] = []
    page.route(
        lambda url: not url.startswith((site_url, "data:")),
        lambda route: route.abort("blockedbyclient"),
    )
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on(
        "console",
        lambda said: (
            troubles.append(f"{said.type}: {said.text}")
            if said.type in ("error", "warning")
            else None
        ),
    )
    return asked, troubles


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "(tags) => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        TAGS,
    )
    assert found["passes"], "axe ran no rule"
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def test_the_check_sees_what_is_wrong(browser: Browser, site_url: str) -> None:
    """A page broken on purpose is caught by each of the checks above."""
    page = browser.new_page()
    _, troubles = watch(page, site_url)
    page.add_init_script(WATCH_POLICY)
    page.goto(site_url + "/")
    page.evaluate(
        """async () => {
            document.body.append(Object.assign(new Image(), {src: 'https://exemple.invalid/x.png'}));
            const style = document.createElement('style');
            document.body.append(style);
            document.body.setAttribute('style', 'color: red');
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
            await new Promise((done) => setTimeout(done, 200));
        }"""
    )
    assert page.evaluate("window.ran") is None
    assert any("img-src" in violation for violation in page.evaluate("window.violations"))
    assert any("script-src" in violation for violation in page.evaluate("window.violations"))
    assert troubles
    assert any(line.startswith("image-alt") for line in axe(page))
    page.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_no_page_scrolls_sideways(
    browser: Browser, site_url: str, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(site_url + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_everything_is_there_without_javascript(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "/catalyseurs/")
    assert page.get_by_role("link", name="CoCoShaker").first.is_visible()
    names = page.locator("main li h3, main li h4").count()
    assert names >= 28
    page.goto(site_url + "/carte/")
    assert page.get_by_role("link", name="CoCoShaker").first.is_visible()
    page.goto(site_url + "/")
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Projets").first.click()
    assert page.url == site_url + "/projets/"
    context.close()


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_can_be_read_without_javascript(
    browser: Browser, site_url: str, address: str
) -> None:
    """Its title, and its headings, links and lists but those of closed parts and of scripts.

    Without a script nothing filters and nothing is on the map: what tells of it is not shown.
    """
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + address)
    assert page.locator("main h1").is_visible()
    found = page.locator(
        "main :is(h2, h3, h4, a[href], li):not("
        "details *, form *, [hidden], [hidden] *, .result *, .carte-live, .carte-live *)"
    )
    assert found.count() >= 1
    hidden = [one.inner_text() for one in found.all() if not one.is_visible() and one.inner_text()]
    assert hidden == []
    context.close()


def test_every_sort_of_page_is_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    planned: dict[str, str] = {}

    def note(plans: Iterable[Plan], site: Site) -> tuple[Problem, ...]:
        planned.update({p.address: p.template for p in plans if isinstance(p, PagePlan)})
        return verify(plans, site)

    monkeypatch.setattr(pipeline, "verify", note)
    build(ROOT, ROOT / "output", publish=False)
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
