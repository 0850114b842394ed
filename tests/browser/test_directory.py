"""The directory's filters: what they show, count and say; the address that they write."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.checks import ASK, axe, choose_territory, hold, open_facets


def names(page: Page) -> list[str]:
    """The names of the real records that are shown, in order, once all data are there."""
    expect(page.locator("#_resultat")).not_to_be_empty()
    expect(page.locator("#_resultat")).not_to_contain_text("en cours")
    page.locator(":is(#_liste, #_resultats, #_vide):not([hidden]) > *").first.wait_for()
    real = ":is(#_liste ul, #_resultats ol:not(#_exemples ~ ol)) li h3 a:visible"
    found = page.locator(real).all_text_contents()
    return [name.strip() for name in found]


def search(page: Page, words: str) -> None:
    page.locator("#_q").fill(words)
    page.keyboard.press("Enter")


def ask(page: Page, label: str) -> None:
    """Tick a box of the facets."""
    open_facets(page)
    page.get_by_role("checkbox", name=label).check()


def count(label: Locator) -> int:
    """The number beside a choice, once the data are there; it is part of its name."""
    expect(label).to_have_attribute("data-nombre", re.compile(r"^\d+$"))
    number = str(label.get_attribute("data-nombre"))
    expect(label.locator("input")).to_have_accessible_name(re.compile(rf".\s{number}$"))
    return int(number)


def test_a_departement_counts_who_is_there_and_who_is_everywhere(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?territoire=69")
    said = page.locator("#_resultat")
    expect(said).to_contain_text("3 catalyseurs recensés dans le Rhône")
    expect(said).to_contain_text("2 agissent dans toute la France")
    assert {"Romarin", "Le Cyprès"} <= set(names(page))
    # A national programme says nothing of this place: it comes after those of the territory.
    expect(page.locator("#_groupe-partout + ol > li")).to_have_count(2)


def test_who_names_a_territory_comes_first(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?territoire=43")
    assert names(page)[0] == "CoCoLavande"
    expect(page.locator("#_resultats h2").first).to_have_text(
        "Interviennent dans tout le territoire"
    )
    expect(page.locator("#_resultat")).to_contain_text(
        "1 autre, d’un autre territoire, y intervient"
    )


def test_the_address_of_before_still_leads_there(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?departement=43")
    assert "CoCoLavande" in names(page)


def test_an_intercommunalite_and_a_region_are_territories_too(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?territoire=200057941")
    assert {"Vitasauge", "Club du Genêt", "Pivoine Est Menthe & Buis"} <= set(names(page))
    page.goto(f"{site_url}/catalyseurs/?territoire=auvergne-rhone-alpes")
    assert {"CoCoLavande", "Romarin"} <= set(names(page))
    expect(page.locator("#_resultat")).to_contain_text("en Auvergne-Rhône-Alpes")


def test_a_departement_without_anyone_says_so_and_claims_nothing(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?territoire=974")
    expect(page.locator("#_resultat")).to_contain_text("Aucune fiche recensée à La Réunion")
    expect(page.locator("#_vide")).to_be_visible()
    # No dead end: who acts everywhere, then the page of the territory, and the network.
    expect(page.locator("#_groupe-partout ~ #_vide")).to_be_visible()
    expect(page.locator("#_elargir")).to_contain_text("La page du territoire\u00a0: La Réunion")
    assert page.locator("#_elargir a").count() == 2
    assert page.locator(".here:visible").count() == 0


FOUND = {
    "cocolavande": "CoCoLavande",
    "FERRAND": "CoCoLavande",
    "denis": "Coopérative Pervenche",
    "ile de france": "Vitasauge",
    "69": "Romarin",
    "pemb": "Pivoine Est Menthe & Buis",
    "incubateur": "CoCoLavande",
    "cocolavadne": "CoCoLavande",
    "clermond": "CoCoLavande",
}


def test_words_are_found_however_they_are_typed(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    for words, name in FOUND.items():
        search(page, words)
        expect(page.locator("#_resultats h3 a", has_text=name)).to_be_visible()
        assert len(names(page)) < 28, words
        page.evaluate(ASK, page.url.partition("?")[0])
        expect(page.locator("#_liste")).to_be_visible()  # the whole list is drawn again
        expect(page.locator("#_q")).to_have_value("")


def test_what_is_typed_before_the_data_come_is_found(page: Page, site_url: str) -> None:
    release = hold(page, "**/catalyseurs/index.json")
    page.goto(f"{site_url}/catalyseurs/", wait_until="domcontentloaded")
    page.locator("#_q").fill("romarin")
    page.keyboard.press("Enter")
    release()
    expect(page).to_have_url(f"{site_url}/catalyseurs/?q=romarin")
    expect(page.locator("#_resultats h3 a")).to_have_text(["Romarin"])


def test_a_slip_that_is_read_over_is_told(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?q=cocolavadne")
    expect(page.locator("#_resultat")).to_contain_text("« cocolavande » y est")


def test_the_address_gives_the_same_view_again(page: Page, site_url: str, browser: Browser) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    ask(page, "Accompagnements")
    choose_territory(page, "63")
    shown = names(page)
    assert "CoCoLavande" in shown
    fresh = browser.new_context()
    again = fresh.new_page()
    again.goto(page.url)
    assert names(again) == shown
    again.get_by_role("button", name="Retirer : 63 Puy-de-Dôme").click()
    expect(again.locator("#_actifs button")).to_have_count(1)
    assert len(names(again)) > len(shown)
    fresh.close()


def test_back_and_forward_undo_and_redo_each_choice(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    whole = names(page)
    ask(page, "Accompagnements")
    few = names(page)
    ask(page, "Gestion d’un lieu")
    more = names(page)
    assert len(few) < len(more) < len(whole)
    page.get_by_role("link", name="CoCoLavande").click()
    page.get_by_role("heading", level=1, name="CoCoLavande").wait_for()
    page.go_back()
    assert names(page) == more
    expect(page.locator("input[value='gestion-d-un-lieu']")).to_be_checked()
    page.go_back()
    expect(page.locator("#_actifs button")).to_have_count(1)
    assert names(page) == few
    page.go_back()
    expect(page.locator("#_actifs button")).to_have_count(0)
    assert names(page) == whole
    page.go_forward()
    expect(page.locator("#_actifs button")).to_have_count(1)
    assert names(page) == few


def test_each_choice_tells_how_many_it_would_give(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    open_facets(page)
    for name in ("Accompagnements", "Gestion d’un lieu", "Accompagnateur", "Pionnier"):
        box = page.get_by_role("checkbox", name=name)
        label = page.locator("label", has=box)
        told = count(label)
        box.check()
        expect(page.locator("#_resultat")).to_contain_text(
            "Aucune fiche" if not told else f"{told} catalyseur"
        )
        box.uncheck()


def test_counts_are_those_under_the_other_choices(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?pratique=accompagnements")
    open_facets(page)
    shown = len(names(page))
    profile = page.locator("label", has=page.get_by_role("checkbox", name="Accompagnateur"))
    told = count(profile)
    assert told < shown
    # Another practice widens: its own count does not depend on the one that is chosen.
    other = page.locator("label", has=page.get_by_role("checkbox", name="Gestion d’un lieu"))
    before = count(other)
    page.goto(f"{site_url}/catalyseurs/")
    open_facets(page)
    expect(other).to_have_attribute("data-nombre", str(before))


@pytest.mark.parametrize("query", ["pres=63003", "territoire=69"])
def test_counts_are_of_who_is_near_or_in_the_territory(
    page: Page, site_url: str, query: str
) -> None:
    page.goto(f"{site_url}/catalyseurs/?{query}&exemples=non")
    names(page)
    open_facets(page)
    near = "#_resultats :is(#_groupe-chez-vous, #_groupe-departement, #_groupe-proche,"
    near += " #_groupe-voisin, #_groupe-tout, #_groupe-sur-place, #_groupe-partie) + ol > li"
    checked = 0
    for label in page.locator("label.check", has=page.locator("[name=pratique]")).all():
        if not label.is_visible():
            continue
        told = count(label)
        label.click()
        expect(page.locator("#_actifs button:not(.plain)")).to_have_count(3)
        expect(page.locator(near)).to_have_count(told)
        label.click()
        expect(page.locator("#_actifs button:not(.plain)")).to_have_count(2)
        checked += told
    assert checked


def test_nothing_found_tells_what_to_loosen(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?q=zzzz&pratique=accompagnements")
    expect(page.locator("#_vide")).to_be_visible()
    page.locator("#_elargir").get_by_role("button").first.click()
    expect(page.locator("#_vide")).to_be_hidden()
    assert names(page)


@pytest.mark.parametrize(
    "query",
    [
        "?q=zzzz",  # nothing, with what to loosen
        "?fiche=cocolavande&tri=nom&exemples=non&territoire=63",
    ],
)
def test_axe_finds_nothing_in_filtered_views(page: Page, site_url: str, query: str) -> None:
    page.goto(f"{site_url}/catalyseurs/{query}")
    names(page)
    open_facets(page)
    assert axe(page, "main") == []


def test_without_javascript_every_record_is_in_the_page(plain_page: Page, site_url: str) -> None:
    plain_page.goto(f"{site_url}/catalyseurs/")
    expect(plain_page.locator("#_liste li h3 a:visible")).to_have_count(28)
