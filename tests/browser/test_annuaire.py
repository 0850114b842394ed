"""The directory's filters: what they show, count and say; the address that they write."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import axe


def names(page: Page) -> list[str]:
    found = page.locator("#_liste li[data-departement]:visible :is(h3, h4)").all_text_contents()
    return [name.strip() for name in found]


def test_a_departement_counts_who_is_there_and_who_is_everywhere(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?departement=69")
    said = page.locator("#_resultat")
    expect(said).to_contain_text("3 catalyseurs recensés dans le Rhône")
    expect(said).to_contain_text("2 agissent dans toute la France")
    assert {"Ronalpia", "Le Centsept"} <= set(names(page))
    # A national programme says nothing of this place: only a named territory bears the badge.
    assert page.locator("li[data-departement='']:visible .here").count() == 0


def test_a_named_territory_bears_the_badge(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?departement=43")
    assert "CoCoShaker" in names(page)
    expect(page.locator("li:visible .here")).to_have_count(1)
    expect(page.locator("#_resultat")).to_contain_text("1 y intervient d’ailleurs")


def test_a_departement_without_anyone_says_so_and_claims_nothing(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?departement=974")
    expect(page.locator("#_resultat")).to_contain_text("Aucune fiche recensée à La Réunion")
    expect(page.locator("#_vide")).to_be_visible()
    assert page.locator(".here:visible").count() == 0


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("cocoshaker", "CoCoShaker"),
        ("CLERMONT FERRAND", "CoCoShaker"),
        ("st denis", "Coopérative Pointcarré"),
        ("ile de france", "Vitawin"),
        ("69", "Ronalpia"),
        ("pemb", "Paris Est Marne & Bois"),
    ],
)
def test_words_are_found_however_they_are_typed(
    page: Page, site_url: str, words: str, name: str
) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    page.get_by_label("Nom, commune, mot").fill(words)
    assert name in names(page)
    assert len(names(page)) < 28


def test_the_address_gives_the_same_view_again(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    page.get_by_text("Pratiques et profils").click()
    page.get_by_label("Accompagnements").check()
    page.get_by_label("Département", exact=True).select_option("63")
    shown = names(page)
    assert "CoCoShaker" in shown
    again = page.context.new_page()
    again.goto(page.url)
    assert names(again) == shown
    again.get_by_role("button", name="Retirer le filtre 63 Puy-de-Dôme").click()
    assert len(names(again)) > len(shown)


def test_nothing_found_tells_what_to_loosen(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?q=zzzz&pratique=accompagnements")
    expect(page.locator("#_vide")).to_be_visible()
    page.locator("#_elargir").get_by_role("button").first.click()
    assert names(page)


@pytest.mark.parametrize("query", ["?departement=63", "?q=zzzz", "?departement=974"])
def test_axe_finds_nothing_in_filtered_views(page: Page, site_url: str, query: str) -> None:
    page.goto(f"{site_url}/catalyseurs/{query}")
    page.get_by_text("Pratiques et profils").click()
    assert axe(page) == []


def test_without_javascript_the_page_says_that_filters_do_not_answer(
    page: Page, site_url: str
) -> None:
    # Chromium driven by a program keeps <noscript> shut, so its text is read, not seen.
    page.goto(f"{site_url}/catalyseurs/")
    assert "les filtres ne répondent pas" in (page.locator("noscript").text_content() or "")
