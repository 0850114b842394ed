"""The search field: its list by keyboard and touch, the device's position, and without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.checks import WATCH_POLICY, axe, hold, settle, watch, watch_arrivals

CHENNEVIERES: Any = {"latitude": 48.7985, "longitude": 2.5340}
PAGES = ("/", "/catalyseurs/", "/carte/")


def get_options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Propositions").get_by_role("option")


def get_told(page: Page) -> Locator:
    return page.locator(".under [role=status]")


# --- The list ------------------------------------------------------------------------------------


def test_the_keyboard_is_enough(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    field, options = page.locator("#_q"), get_options(page)
    field.focus()
    # At once: the list of « saint deni » would give way to this one under the arrows.
    page.keyboard.insert_text("saint denis")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(get_told(page)).to_have_text(re.compile(r"^\d+ propositions\.$"))
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    assert options.nth(1).inner_text().split() != options.nth(0).inner_text().split()
    page.keyboard.press("Home")  # a key of the text
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(options.last).to_have_text("Chercher le mot «\u202fsaint denis\u202f»")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Saint-Denis (974)")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("heading", name="Résultats", exact=True)).to_be_focused()
    assert page.url.endswith("/catalyseurs/?pres=97411")


@pytest.mark.parametrize("address", PAGES)
def test_what_is_proposed_comes_in_groups(page: Page, site_url: str, address: str) -> None:
    wait = watch_arrivals(page)
    page.goto(f"{site_url}{address}")
    page.locator("#_q").focus()
    wait()  # for the names of records, among what the focus asks for
    page.locator("#_q").fill("vit")
    expect(get_options(page).first).to_be_visible()
    groups = page.get_by_role("listbox").get_by_role("group")
    names = groups.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert names == ["Communes", "Territoires", "Fiches"]
    expect(groups.nth(0).get_by_role("option").first).to_contain_text("Vitry-sur-Seine")
    expect(groups.nth(2).get_by_role("option")).to_have_text(["Vitasauge"])
    groups.nth(2).get_by_role("option").click()
    page.wait_for_url("**?q=Vitasauge")
    expect(page.locator("#_resultats h3 a").first).to_have_text("Vitasauge")


def test_a_commune_is_told_from_the_collectivite_of_its_name(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    page.locator("#_q").fill("Saint-Barthélemy")
    for details in ("Commune (977)", "Collectivité (977)"):
        expect(get_options(page).filter(has_text=details)).to_have_count(1)
    page.goto(f"{site_url}/catalyseurs/?q=Saint-Barth%C3%A9lemy")
    other = page.locator("#_homonymes").get_by_role("link")
    expect(other.filter(has_text="Saint-Barthélemy, co")).to_have_text(
        re.compile("Saint-Barthélemy, (commune .977.|collectivité)")
    )


def test_escape_closes_then_empties(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?pres=63113")
    field = page.locator("#_q")
    expect(field).to_have_value("Clermont-Ferrand (63)")
    field.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("Clermont-Ferrand (63)")
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    assert page.url.endswith("?pres=63113")  # nothing is asked yet


def test_a_touch_chooses(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/")
    page.locator("#_q").fill("annecy le v")
    option = get_options(page).filter(has_text="Annecy-le-Vieux")
    expect(option).to_contain_text("aujourd’hui Annecy")
    option.click()
    expect(page).to_have_url(f"{site_url}/catalyseurs/?pres=74010")
    expect(page.locator("#_q")).to_have_value("Annecy (74)")


def test_a_late_answer_does_not_come_back(page: Page, site_url: str) -> None:
    release = hold(page, f"{site_url}/lieux/noms-*")
    wait = watch_arrivals(page)
    page.goto(f"{site_url}/")
    field = page.locator("#_q")
    with page.expect_request("**/noms-*"):
        field.fill("clerm")
    field.fill("")
    release()
    wait()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_the_network_it_is_said_then_mended(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/")
    page.route(f"{site_url}/lieux/**", lambda route: route.abort())
    field = page.locator("#_q")
    field.fill("amiens")
    expect(get_told(page)).to_have_text(re.compile("n’ont pas pu être lues"))
    page.unroute(f"{site_url}/lieux/**")
    field.fill("amien")
    expect(get_options(page).first).to_contain_text("Amiens")


# The field and its list are the same on the three pages: axe looks at them narrow and wide.
@pytest.mark.parametrize(
    ("width", "addresses"), [(320, ("/", "/carte/")), (1280, ("/catalyseurs/",))]
)
def test_axe_finds_nothing(
    browser: Browser, site_url: str, width: int, addresses: tuple[str, ...]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, has_touch=width < 500)
    page = context.new_page()
    page.add_init_script(WATCH_POLICY)
    for address in addresses:
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(f"{site_url}{address}")
        check_open_list(page)
        assert address == "/carte/" or axe(page, "main") == []
        assert page.evaluate("window.violations") == []
        for window in (320, 1280):
            page.set_viewport_size({"width": window, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= window
    context.close()


def check_open_list(page: Page) -> None:
    """Open the list of the field, whose parts a finger can press."""
    page.locator("#_q").fill("paris")
    expect(get_options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(get_options(page).first).to_have_attribute("aria-selected", "true")
    targets = (*get_options(page).all(), page.get_by_role("button", name="Utiliser"),
               page.get_by_role("button", name="Chercher", exact=True),
               page.locator("#_q"))  # fmt: skip
    assert min((one.bounding_box() or {"height": 0})["height"] for one in targets) >= 44


# --- The device's position -----------------------------------------------------------------------


# Counts how often the device is asked where it is.
COUNT_ASKS = """
window.asks = 0;
const ask = navigator.geolocation.getCurrentPosition;
navigator.geolocation.getCurrentPosition = function getCurrentPosition(...how) {
  window.asks += 1;
  return ask.apply(this, how);
};
"""


def locate(page: Page) -> None:
    page.get_by_role("button", name="Utiliser ma position").click()


def test_the_position_is_asked_for_only_when_the_button_is_pressed(
    context: BrowserContext, fresh_page: Page, site_url: str
) -> None:
    context.grant_permissions(["geolocation"], origin=site_url)
    context.set_geolocation(CHENNEVIERES)
    asked, troubles = watch(fresh_page)
    fresh_page.add_init_script(COUNT_ASKS)
    fresh_page.goto(f"{site_url}/catalyseurs/?q=club")
    field = fresh_page.locator("#_q")
    expect(field).to_have_value("club")
    assert fresh_page.evaluate("window.asks") == 0
    locate(fresh_page)
    # The words that are searched stay; the address has the position to a kilometre.
    expect(fresh_page).to_have_url(f"{site_url}/catalyseurs/?q=club#ici=48.8,2.53")
    expect(fresh_page.locator("#_actifs")).to_contain_text("Près de Chennevières-sur-Marne (94)")
    assert fresh_page.evaluate("window.asks") == 1
    assert all(url.startswith(f"{site_url}/") for url in asked), asked
    assert not any("48." in url or "2.5" in url for url in asked)
    assert troubles == []


def test_a_position_abroad_or_refused_is_said(fresh_page: Page, site_url: str) -> None:
    fresh_page.goto(f"{site_url}/")
    # By the browser's own refusal first: no permission was granted to this context.
    locate(fresh_page)
    expect(get_told(fresh_page)).to_have_text(re.compile("n’a pas le droit"))
    fresh_page.evaluate(
        "() => { navigator.geolocation.getCurrentPosition = "
        "(done, fail) => fail({code: refusal}); }"
    )
    for code, words in ((2, "pas pu être trouvée"), (3, "trop attendre")):
        fresh_page.evaluate("(code) => { window.refusal = code; }", code)
        locate(fresh_page)
        expect(get_told(fresh_page)).to_have_text(re.compile(words))
        expect(get_told(fresh_page)).to_be_visible()
    fresh_page.evaluate(
        "() => { navigator.geolocation.getCurrentPosition = "
        "(done) => done({coords: {latitude: 51.5, longitude: -0.1}}); }"
    )
    locate(fresh_page)
    expect(get_told(fresh_page)).to_have_text(re.compile("hors de France"))
    assert fresh_page.url == f"{site_url}/"


# --- Without scripts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "script"),
    [("/", "home.js"), ("/catalyseurs/", "list.js"), ("/carte/", "map-page.js")],
)
def test_when_the_script_does_not_come_the_form_says_so(
    page: Page, site_url: str, address: str, script: str
) -> None:
    late = page.locator(".late")
    page.route(f"**/{script}", lambda route: route.abort())
    page.goto(f"{site_url}{address}", wait_until="load")
    # However long the page took: its first moment, then some seconds later. Nothing moves for it.
    page.evaluate(
        """() => {
          const [wait] = document.querySelector('.late').getAnimations();
          wait.pause();
          wait.currentTime = 0;
        }"""
    )
    expect(late).to_be_hidden()
    height = page.evaluate("document.documentElement.scrollHeight")
    page.evaluate("document.querySelector('.late').getAnimations()[0].finish()")
    expect(late).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") == height
    link = late.get_by_role("link", name="choisissez un département ou une région")
    assert link.get_attribute("href") == "/territoires/"
    # What is sent all the same opens the directory.
    page.locator("#_q").or_(page.get_by_role("textbox")).first.fill("Ambert")
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=Ambert*")


@pytest.mark.parametrize("address", PAGES)
def test_without_what_understands_texts_it_is_said(page: Page, site_url: str, address: str) -> None:
    page.route("**/interpret.js", lambda route: route.abort())
    page.goto(f"{site_url}{address}")
    page.locator("#_q").fill("Ambert")
    expect(get_told(page)).to_have_text(re.compile("n’ont pas pu être lues"))
    page.keyboard.press("Enter")
    if address == "/":
        page.wait_for_url("**/catalyseurs/?q=Ambert")
        expect(page.locator("#_resultat")).to_contain_text("n’a pas pu être chargée")
    else:
        expect(get_told(page)).to_be_visible()


@pytest.mark.parametrize("address", PAGES)
def test_without_javascript_a_link_leads_to_territories(
    plain_page: Page, site_url: str, address: str
) -> None:
    plain_page.goto(f"{site_url}{address}")
    expect(plain_page.get_by_role("search")).to_be_hidden()
    plain_page.get_by_role("link", name="Choisir un département ou une région").click()
    expect(plain_page).to_have_url(f"{site_url}/territoires/")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_moves_when_the_script_comes(page: Page, site_url: str, width: int) -> None:
    """The button of the position takes the place that is kept for it."""
    page.set_viewport_size({"width": width, "height": 900})
    release = hold(page, "**/home.js")
    page.goto(f"{site_url}/", wait_until="commit")
    links = page.locator(".pitch .doors")
    expect(links).to_have_css("font-weight", "700")  # the style sheet has come
    expect(page.locator("footer")).to_be_attached()
    settle(page)  # with its typefaces
    before = links.bounding_box()
    release()
    expect(page.get_by_role("button", name="Utiliser ma position")).to_be_visible()
    assert links.bounding_box() == before
