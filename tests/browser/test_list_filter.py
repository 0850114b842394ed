"""A list that facets filter: what is chosen, counted, kept in the address, and without scripts."""

from __future__ import annotations

from playwright.sync_api import Page, expect

SHOWN = "main li[data-termes]:visible h3"


def test_facets_narrow_a_list_and_the_address_keeps_them(page: Page, site_url: str) -> None:
    page.goto(site_url + "/ressources/")
    shown = page.locator(SHOWN)
    every = shown.all_inner_texts()
    kind, practice = page.get_by_label("Types de ressources"), page.get_by_label("Pratiques")
    assert [one for one in kind.locator("option").all_inner_texts() if one.startswith("Guides")]
    kind.select_option("guide")
    expect(shown).to_have_text(["Guide d’essai des outils", "Guide d’essai des semis"])
    expect(page.get_by_role("status")).to_have_text("2 ressources")
    # The other facet counts what is left; a term that would show nothing cannot be chosen.
    practice.select_option("gestion-d-un-lieu")
    expect(shown).to_have_text(["Guide d’essai des outils"])
    expect(page.get_by_role("heading", level=2, name="Vidéos")).to_be_hidden()
    expect(kind.locator("option[value=rapport]")).to_be_disabled()
    page.reload()
    expect(shown).to_have_text(["Guide d’essai des outils"])
    kind.select_option("")
    practice.select_option("")
    expect(shown).to_have_text(every)
    expect(page).to_have_url(site_url + "/ressources/")
    # A term that is not in the list, or no term at all, filters nothing.
    page.goto(site_url + "/ressources/?type=autre&pratique=")
    expect(shown).to_have_text(every)


def test_without_scripts_the_list_is_whole(plain_page: Page, site_url: str) -> None:
    plain_page.goto(site_url + "/ressources/")
    expect(plain_page.locator(SHOWN)).to_have_count(6)
    expect(plain_page.locator("#_filtre")).to_be_hidden()
