"""Whole visits, on a phone and on a desktop: from a village to a profile, from a list to its map.

Each part has its own tests; these hold what is promised from one page to the next.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect

from tests.browser.checks import axe, choose_territory, open_facets, watch, watch_arrivals
from tests.records import PLACED

SCREENS: dict[str, dict[str, Any]] = {
    "téléphone": {
        "viewport": {"width": 360, "height": 740},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 2,
    },
    "bureau": {"viewport": {"width": 1280, "height": 900}},
}
ROWS = "#_resultats li[data-fiche]"
# Chennevières-sur-Marne, as a telephone tells it.
POSITION = {"latitude": 48.798765, "longitude": 2.534321}


@pytest.fixture(params=SCREENS)
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh browser on each kind of screen."""
    made = browser.new_context(locale="fr-FR", **SCREENS[request.param])
    yield made
    made.close()


def on(screen: str) -> pytest.MarkDecorator:
    """Visit with one kind of screen: nothing that the test looks at depends on it."""
    return pytest.mark.parametrize("visitor", [screen], indirect=True)


def press(target: Locator) -> None:
    """Touch on a phone, click elsewhere."""
    page = target.page
    if page.evaluate("navigator.maxTouchPoints"):
        target.tap()
    else:
        target.click()


def answered(page: Page) -> list[str]:
    """The slugs of the list that was asked for, in its order, once all of it is there."""
    expect(page.locator("#_resultat")).not_to_be_empty()
    expect(page.locator("#_resultat")).not_to_contain_text("en cours")
    expect(page.locator("#_liste")).to_be_hidden()
    rows = page.locator(ROWS)
    # The sentence is drawn before the rows, and every search here finds some.
    expect(rows).not_to_have_count(0)
    # Summaries come after the names, and redraw the list.
    expect(page.locator(f"{ROWS} > .meta + p:empty")).to_have_count(0)
    return [str(slug) for slug in rows.evaluate_all("rows => rows.map(r => r.dataset.fiche)")]


def search(page: Page, words: str) -> None:
    page.get_by_role("combobox", name="Commune, code postal").fill(words)
    press(page.get_by_role("button", name="Chercher", exact=True))


def type_village(page: Page, site_url: str, typed: str, choice: str) -> None:
    """From the home page, type a name, and take one of what is proposed.

    It is typed at one go: what is proposed for its beginning would give way under the press.
    """
    page.goto(f"{site_url}/")
    press(page.locator("#_q"))
    page.keyboard.insert_text(typed)
    press(page.get_by_role("listbox").get_by_role("option", name=choice).first)
    page.wait_for_url("**/catalyseurs/?pres=*")


def see(page: Page, selector: str) -> None:
    """Wait until the top of the first of a selector is within the window: it may be scrolling."""
    page.wait_for_function(
        """(selector) => {
          const { top } = document.querySelector(selector).getBoundingClientRect();
          return 0 <= top && top < innerHeight - 40;
        }""",
        arg=selector,
    )


# --- From a village to a profile -----------------------------------------------------------------


def test_from_a_village_to_a_profile_and_back(visitor: BrowserContext, site_url: str) -> None:
    page = visitor.new_page()
    wait = watch_arrivals(page)
    type_village(page, site_url, "charenton", "Charenton-le-Pont")
    shown = answered(page)
    assert shown[:4] == [
        "aubepine-a-charenton", "club-du-genet",
        "pivoine-est-menthe-et-buis", "vitasauge",
    ]  # fmt: skip
    expect(page.locator("#_resultats h2").first).to_have_text("Interviennent chez vous")
    expect(page.locator("#_groupe-chez-vous + ol > li")).to_have_count(4)
    # Nobody scrolls to have the answer: the first of them is in the window.
    see(page, "#_resultat")
    see(page, ROWS)
    address, field = page.url, page.locator("#_q").input_value()
    assert field == "Charenton-le-Pont (94)"
    # The fourth, further down: Back finds it again where it was.
    link = page.get_by_role("link", name="Vitasauge", exact=True)
    wait()
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    press(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vitasauge")
    page.go_back()
    assert answered(page) == shown
    expect(page).to_have_url(address)
    expect(page.locator("#_q")).to_have_value(field)
    expect(link).to_be_in_viewport()
    # The browser goes there once the list is long enough again: it is drawn once, with what happens
    # in the territory, which would move it.
    page.wait_for_function("before => Math.abs(scrollY - before) < innerHeight / 4", arg=before)


@on("téléphone")
def test_a_village_where_nobody_acts_is_no_dead_end(visitor: BrowserContext, site_url: str) -> None:
    page = visitor.new_page()
    type_village(page, site_url, "aubusson", "Creuse")
    shown = answered(page)
    assert shown[0] == "cocolavande"
    said = page.locator("#_resultat")
    expect(said).to_have_text(re.compile("^1 catalyseur près d’Aubusson .23.[.] 2 agissent "))
    expect(page.locator("#_resultats h2").first).to_have_text("À moins de 100\u00a0km")
    expect(page.locator(ROWS).first).to_contain_text("à 74\u00a0km")
    see(page, ROWS)
    # Words that nobody has, there: what to loosen, and whom to turn to.
    search(page, "zzzzzz")
    expect(page.locator("#_vide")).to_be_visible()
    ways = page.locator("#_elargir")
    expect(ways.get_by_role("link", name="La page du territoire : Creuse")).to_be_visible()
    press(ways.get_by_role("button", name="Sans «\u202fzzzzzz\u202f»"))
    expect(page.locator("#_vide")).to_be_hidden()
    assert answered(page) == shown


def test_towns_take_their_preposition(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?pres=76351")
    for typed, near in (
        ("", "du Havre (76)"),
        ("Les Sables-d’Olonne", "des Sables-d’Olonne (85)"),
        ("Albi", "d’Albi (81)"),
    ):
        if typed:
            search(page, typed)
        expect(page.locator("#_resultat")).to_contain_text(f" {near}")
        expect(page.get_by_role("button", name=f"Retirer : Près {near}")).to_be_visible()


# --- A list, its link and its file ---------------------------------------------------------------


def choose(page: Page) -> None:
    """Three facets and words, by the form: who of the Rhône and around helps, and was cited."""
    open_facets(page)
    page.get_by_role("checkbox", name="Accompagnements").check()
    page.get_by_role("checkbox", name="Gestion d’un lieu").check()
    page.get_by_role("checkbox", name="Cité").check()
    choose_territory(page, "auvergne-rhone-alpes")
    search(page, "Cite en exemple")
    page.wait_for_url("**q=Cite*")


@on("bureau")
def test_a_link_opens_the_same_list_elsewhere_and_downloads_it(
    visitor: BrowserContext, browser: Browser, site_url: str
) -> None:
    page = visitor.new_page()
    wait = watch_arrivals(page)
    page.goto(f"{site_url}/catalyseurs/")
    choose(page)
    expect(page.locator(ROWS).first).to_be_visible()
    expect(page.locator(f"{ROWS}[data-fiche=cocolavande]")).to_have_count(0)
    shown = answered(page)
    assert {"romarin", "le-cypres"} <= set(shown)
    fresh = browser.new_context(locale="fr-FR", accept_downloads=True)
    other = fresh.new_page()
    other.goto(page.url)
    assert answered(other) == shown
    wait()  # for what happens there, which the sentence counts
    expect(other.locator("#_resultat")).to_have_text(page.locator("#_resultat").inner_text())
    with other.expect_download() as waiting:
        other.get_by_role("button", name="CSV").click()
    text = Path(waiting.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    assert [row["identifiant"] for row in rows] == shown
    names = [name.strip() for name in other.locator(f"{ROWS} h3 a").all_text_contents()]
    assert [row["nom"].replace("'", "’") for row in rows] == names
    fresh.close()


# --- A list and its map --------------------------------------------------------------------------


ASKED = "?territoire=69&pratique=experimentations-collectives&pratique=accompagnements&exemples=non"


@on("téléphone")
def test_the_map_and_the_list_show_the_same(visitor: BrowserContext, site_url: str) -> None:
    page = visitor.new_page()
    page.goto(f"{site_url}/catalyseurs/{ASKED}")
    search(page, "alpes")
    page.wait_for_url("**q=alpes*")
    shown, query = answered(page), page.url.partition("?")[2]
    # Two that are real, one of them without a point; examples come only when asked.
    assert shown == ["ateliers-de-la-bruyere", "romarin"]
    press(page.get_by_role("link", name="Voir sur la carte"))
    page.wait_for_url(f"**/carte/?{query}")
    assert answered(page) == shown
    assert walked(page) == [name for slug, name in names(page).items() if slug in PLACED]
    # Those that the map cannot show are told beside it.
    without = [slug for slug in shown if slug not in PLACED]
    assert without[0] == shown[0]
    told = page.locator("#_sans li a:visible").evaluate_all("them => them.map(a => a.pathname)")
    assert told == [f"/catalyseurs/{slug}/" for slug in without]
    # The last that was walked is chosen, in the list too.
    chosen = [slug for slug in shown if slug in PLACED][-1]
    page.wait_for_url(f"**/carte/?{query}&fiche={chosen}")
    press(page.get_by_role("link", name="Voir la liste seule"))
    page.wait_for_url(f"**/catalyseurs/?{query}&fiche={chosen}")
    assert answered(page) == shown
    current = page.locator(f"{ROWS}[aria-current=true]")
    expect(current).to_have_attribute("data-fiche", chosen)
    for there in (f"carte/?{query}&fiche={chosen}", f"catalyseurs/?{query}"):
        page.go_back()
        assert answered(page) == shown
        expect(page).to_have_url(f"{site_url}/{there}")


def names(page: Page) -> dict[str, str]:
    """The names of the rows, by slug, in their order."""
    links = page.locator(f"{ROWS} h3 a")
    found = links.evaluate_all("them => them.map(a => [a.pathname.split('/').at(-2), a.innerText])")
    return {slug: name.strip() for slug, name in found}


def walked(page: Page) -> list[str]:
    """The names of the markers, walked one by one."""
    expect(page.locator("#_carte.is-live[aria-busy=false]")).to_be_visible()
    page.locator("#_points").focus()
    option = page.locator("#_points [role=option]")
    found = []
    for number in range(1, int(option.get_attribute("aria-setsize") or 0) + 1):
        expect(option).to_have_attribute("aria-posinset", f"{number}")
        found.append(option.inner_text().partition(",")[0])
        page.keyboard.press("ArrowDown")
    return found


# --- The device's position -----------------------------------------------------------------------


def sent(request: Request) -> str:
    """All that a request tells its host."""
    headers = "\n".join(f"{name}: {value}" for name, value in request.all_headers().items())
    return f"{request.url}\n{headers}\n{request.post_data or ''}"


@on("téléphone")
def test_the_position_is_told_to_nobody_and_kept(visitor: BrowserContext, site_url: str) -> None:
    visitor.grant_permissions(["geolocation"], origin=site_url)
    visitor.set_geolocation(POSITION)  # type: ignore[arg-type]
    page = visitor.new_page()
    told: list[Request] = []
    page.on("request", lambda request: told.append(request))  # noqa: PLW0108
    page.goto(f"{site_url}/")
    press(page.get_by_role("button", name="Utiliser ma position"))
    page.wait_for_url("**/catalyseurs/#ici=48.8,2.53")
    shown = answered(page)
    field = page.locator("#_q")
    expect(field).to_have_value("Ma position, à Chennevières-sur-Marne (94)")
    see(page, ROWS)
    page.reload()
    assert answered(page) == shown
    expect(page).to_have_url(f"{site_url}/catalyseurs/#ici=48.8,2.53")
    expect(field).to_have_value("Ma position, à Chennevières-sur-Marne (94)")
    press(page.locator(f"{ROWS} h3 a").first)
    page.wait_for_url("**/catalyseurs/*/")
    page.go_back()
    assert answered(page) == shown
    press(page.get_by_role("link", name="Voir sur la carte"))
    page.wait_for_url("**/carte/#ici=48.8,2.53")
    assert answered(page) == shown
    expect(page.locator("#_carte[aria-busy=false]")).to_be_visible()
    # The map that was moved looks there still: its frame would tell the position as well.
    page.locator(".folium-map").focus()
    page.keyboard.press("+")
    page.wait_for_url("**cadre=48.*")
    page.reload()
    assert answered(page) == shown
    expect(page).to_have_url(re.compile(re.escape("#ici=48.8,2.53&cadre=48.")))
    leaks = [text for text in map(sent, told) if "48.7" in text or "48.8" in text or "2.53" in text]
    assert leaks == []
    assert len(told) > 20


# --- At 400 % ------------------------------------------------------------------------------------

STATES = {
    "accueil, propositions": ("/", "suggestions"),
    "filtres ouverts": ("/catalyseurs/?pres=94018&pratique=accompagnements", "filters"),
    "rien trouvé": ("/catalyseurs/?q=zzzzzz&territoire=974", ""),
    "carte, près d'un lieu": ("/carte/?pres=69123&profil=accompagnateur", "filters"),
    "carte, rien trouvé": ("/carte/?q=zzzzzz", ""),
    "territoire": ("/territoires/200057941-paris-est-marne-et-bois/", ""),
}


@pytest.mark.parametrize(("address", "opened"), STATES.values(), ids=STATES)
def test_at_400_percent_nothing_is_wider_than_the_window(
    page: Page, site_url: str, address: str, opened: str
) -> None:
    """A window of 1280 by 1024 at 400 % has 320 by 256 (WCAG 1.4.10)."""
    page.set_viewport_size({"width": 320, "height": 256})
    _, troubles = watch(page)
    page.goto(site_url + address)
    if "?" in address:
        expect(page.locator("#_resultat")).not_to_be_empty()
        expect(page.locator("#_actifs button").first).to_be_visible()
    if "zzz" in address:
        expect(page.locator("#_vide")).to_be_visible()
    if "/carte/" in address:
        expect(page.locator("#_carte[aria-busy=false]")).to_be_visible()
    if opened == "suggestions":
        page.locator("#_q").press_sequentially("saint")
        expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    if opened == "filters":
        open_facets(page)
        for summary in page.locator(".within summary").all():
            summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    # At 320 px test_search_field.py looks at the suggestions, test_territories.py at that page, and
    # test_menu.py at the head and the foot on a phone.
    if opened == "filters":
        assert axe(page, "main") == []
    if "zzz" in address:  # the rest of these pages is that of those above
        assert axe(page, "#_vide") == []
    assert troubles == []
