"""The directory on a slow or broken network: the last question wins, nothing false is said."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import axe, hold

AMBERT, CHARENTON = "63003", "94018"
ROWS = "#_resultats li[data-fiche]"
INDEX, SUMMARIES, PUY_DE_DOME = "**/catalyseurs/index.json", "**/textes-0.json", "**/lieux/63.json"


# Notes the answers that scripts have read, and wait for: what they do with them comes right after.
NOTE_WHAT_IS_READ = """
const read = Response.prototype.json;
Response.prototype.json = async function json() {
  const made = await read.call(this);
  document.documentElement.dataset.read += ` ${new URL(this.url).pathname}`;
  return made;
};
"""


def near(page: Page, place: str, first: str) -> None:
    """The field, the status and the list are those of one place."""
    expect(page.locator("#_q")).to_have_value(place)
    expect(page.locator("#_resultat")).to_contain_text(place)
    expect(page.locator(ROWS).first).to_have_attribute("data-fiche", first)


def near_ambert(page: Page) -> None:
    near(page, "Ambert (63)", "cocolavande")


def near_charenton(page: Page) -> None:
    near(page, "Charenton-le-Pont (94)", "aubepine-a-charenton")


def choose(page: Page, name: str) -> None:
    page.locator("#_q").fill(name)
    page.get_by_role("listbox", name="Propositions").get_by_role("option", name=name).first.click()


# --- Slow ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["catalyseurs/", f"catalyseurs/?pres={CHARENTON}", "carte/"])
def test_a_place_chosen_before_the_data_come_is_kept(page: Page, site_url: str, view: str) -> None:
    release = hold(page, INDEX)
    page.goto(f"{site_url}/{view}", wait_until="domcontentloaded")
    choose(page, "Ambert")
    page.wait_for_url(f"**pres={AMBERT}")
    release()
    near_ambert(page)
    expect(page).to_have_url(f"{site_url}/{view.partition('?')[0]}?pres={AMBERT}")


def test_what_is_being_typed_when_the_data_come_is_kept(page: Page, site_url: str) -> None:
    release = hold(page, INDEX)
    page.goto(f"{site_url}/catalyseurs/?pratique=accompagnements", wait_until="domcontentloaded")
    page.locator("#_q").fill("Amb")
    release()
    expect(page.locator(f"{ROWS}[data-fiche=cocolavande]")).to_be_visible()
    expect(page.locator("#_q")).to_have_value("Amb")
    page.locator("#_q").fill("cocolavande")
    search(page)
    expect(page).to_have_url(f"{site_url}/catalyseurs/?q=cocolavande&pratique=accompagnements")
    expect(page.locator(f"{ROWS} h3 a")).to_have_text(["CoCoLavande"])


def test_back_and_choices_out_of_order_end_where_the_address_is(
    fresh_page: Page, site_url: str
) -> None:
    fresh_page.add_init_script(NOTE_WHAT_IS_READ)
    fresh_page.goto(f"{site_url}/catalyseurs/?pres={CHARENTON}")
    near_charenton(fresh_page)
    # The commune is known to the field at once, and comes late to the view.
    release = hold(fresh_page, PUY_DE_DOME)
    fresh_page.evaluate("history.pushState(null, '', '?pres=63003')")
    fresh_page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    fresh_page.go_back()
    fresh_page.wait_for_url(f"**pres={CHARENTON}")
    near_charenton(fresh_page)
    release()
    expect(fresh_page.locator("html")).to_have_attribute("data-read", re.compile("/lieux/63.json"))
    near_charenton(fresh_page)
    fresh_page.go_forward()
    near_ambert(fresh_page)


# --- Broken --------------------------------------------------------------------------------------


def search(page: Page) -> None:
    page.get_by_role("button", name="Chercher").click()


def test_without_its_data_the_page_says_so_then_mends(page: Page, site_url: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(INDEX, lambda route: route.abort())
    page.goto(f"{site_url}/catalyseurs/?territoire=69")
    said = page.locator("#_resultat")
    expect(said).to_contain_text("Les filtres n’ont pas pu être chargés")
    expect(said).to_contain_text("la liste ci-dessous n’est pas filtrée")
    expect(page.locator("#_liste")).to_be_visible()
    page.get_by_role("button", name="CSV").click()
    expect(page.locator("#_suites-dit")).to_contain_text("Les données ne sont pas arrivées")
    assert axe(page, "main") == []
    page.unroute(INDEX)
    search(page)
    expect(said).to_contain_text("3 catalyseurs recensés dans le Rhône")
    assert errors == []


def test_the_map_comes_once_its_data_do(page: Page, site_url: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(INDEX, lambda route: route.abort())
    page.goto(f"{site_url}/carte/")
    expect(page.locator("#_resultat")).to_contain_text("n’ont pas pu être chargés")
    page.unroute(INDEX)
    search(page)
    expect(page.locator("#_carte.is-live[aria-busy=false]")).to_be_visible()
    assert errors == []


def test_without_the_summaries_nothing_is_said_to_be_absent(page: Page, site_url: str) -> None:
    page.route(SUMMARIES, lambda route: route.abort())
    page.goto(f"{site_url}/catalyseurs/?q=innovation")
    said = page.locator("#_resultat")
    expect(said).to_contain_text("Les résumés des fiches n’ont pas pu être chargés")
    expect(said).to_contain_text("vos mots n’y sont pas cherchés")
    expect(said).not_to_contain_text("Aucune fiche recensée")
    expect(page.locator("#_vide")).to_be_hidden()
    assert axe(page, "main") == []
    page.unroute(SUMMARIES)
    search(page)
    expect(page.locator(f"{ROWS}[data-fiche=cocolavande]")).to_be_visible()
    expect(said).not_to_contain_text("résumés")


def test_while_the_summaries_come_nothing_is_said_to_be_absent(page: Page, site_url: str) -> None:
    release = hold(page, SUMMARIES)
    said = page.locator("#_resultat")
    for place, words in (
        ("&pres=69123", "Recherche en cours à moins de 100 km de Lyon (69)."),
        ("&territoire=69", "Recherche en cours dans le Rhône."),
        ("", "Recherche en cours."),
    ):
        page.goto(f"{site_url}/catalyseurs/?q=innovation{place}", wait_until="domcontentloaded")
        expect(said).to_contain_text(words)
        expect(said).not_to_contain_text("Aucun")
        expect(said).not_to_contain_text("résumés")
        expect(page.locator("#_vide")).to_be_hidden()
    release()
    expect(page.locator(f"{ROWS}[data-fiche=cocolavande]")).to_be_visible()
    expect(said).not_to_contain_text("en cours")


def test_what_the_names_hold_is_counted_while_the_summaries_come(page: Page, site_url: str) -> None:
    hold(page, SUMMARIES)
    page.goto(f"{site_url}/catalyseurs/?q=cocolavande", wait_until="domcontentloaded")
    said = page.locator("#_resultat")
    expect(said).to_contain_text("1 catalyseur recensé")
    expect(said).to_contain_text("recherche dans les résumés en cours")


def test_rows_without_their_summaries_say_so(page: Page, site_url: str) -> None:
    page.route(SUMMARIES, lambda route: route.abort())
    page.goto(f"{site_url}/catalyseurs/?territoire=69")
    said = page.locator("#_resultat")
    expect(said).to_contain_text("Les résumés des fiches n’ont pas pu être chargés.")
    expect(said).to_contain_text("3 catalyseurs recensés dans le Rhône")
    page.unroute(SUMMARIES)
    search(page)
    expect(page.locator(ROWS).first.locator("> .meta + p")).not_to_be_empty()
    expect(said).not_to_contain_text("résumés")


@pytest.mark.parametrize("asked", [AMBERT, "Ambert"])
def test_a_commune_that_does_not_come_is_told(page: Page, site_url: str, asked: str) -> None:
    page.route(PUY_DE_DOME, lambda route: route.abort())
    page.goto(f"{site_url}/catalyseurs/?pres={asked}")
    said = page.locator("#_resultat")
    expect(said).to_contain_text("La commune demandée n’a pas pu être chargée")
    expect(said).to_contain_text("la liste n’est pas triée par distance")
    expect(page.get_by_role("button", name="Retirer : Près d’une commune")).to_be_visible()
    if asked == AMBERT:  # the same elements for both
        assert axe(page, "main") == []
    page.unroute(PUY_DE_DOME)
    search(page)
    near_ambert(page)


def test_a_text_that_cannot_be_understood_is_asked_for_again(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?pres={CHARENTON}")
    near_charenton(page)
    page.route("**/lieux/noms-*", lambda route: route.abort())
    page.locator("#_q").fill("Ambert")
    search(page)
    expect(page.locator(".under [role=status]")).to_contain_text("n’ont pas pu être lues")
    expect(page.locator("#_q")).to_have_value("Ambert")
    page.unroute("**/lieux/noms-*")
    search(page)
    near_ambert(page)
