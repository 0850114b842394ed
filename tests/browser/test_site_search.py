"""The search over the site, as visitors use it."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def list_found(page: Page) -> dict[str, list[str]]:
    sections = page.locator("#_resultats section").all()
    return {
        one.locator("h2").inner_text(): one.locator("li:visible a").all_inner_texts()
        for one in sections
    }


def search(page: Page, text: str) -> dict[str, list[str]]:
    page.get_by_role("searchbox").fill(text)
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("heading", name="Résultats")).to_be_focused()
    return list_found(page)


def test_words_find_pages_by_type(page: Page, site_url: str) -> None:
    page.goto(site_url + "/recherche/?q=katalpa")
    expect(page.get_by_role("status")).to_contain_text("pages trouvées")
    assert "Actualités" in list_found(page)
    # Accents, plurals, beginnings, one typing error, small words, an unknown ending.
    assert search(page, "foret") == search(page, "forêts")
    houx = search(page, "la forêt des houx")["Projets"]
    assert houx[0] == "La Forêt des Houx"
    assert "Projets" in search(page, "Recycl")
    # First the page whose title is the whole text, here a term of a glossary.
    kind, titles = next(iter(search(page, "semis").items()))
    assert (kind, titles[0]) == ("Lexique", "Semis")
    assert search(page, "herbiers") == search(page, "herbier")
    assert search(page, "katalpha") == search(page, "katalpa")
    assert "Annuaire" in search(page, "coworking") or "Pratiques" in search(page, "coworking")
    # The address keeps the question; a row marks the words found.
    search(page, "houx")
    assert page.url.endswith("/recherche/?q=houx")
    assert page.locator("#_resultats mark").first.inner_text() == "Houx"
    # A place leads to the directory; nothing at all says so and leaves the links in sight.
    search(page, "Amiens")
    door = page.get_by_role("link", name="Qui agit près de chez vous")
    expect(door).to_have_attribute("href", "/catalyseurs/?pres=80021")
    assert search(page, "zzzzzz") == {}
    expect(page.get_by_role("status")).to_contain_text("Aucune page ne contient")
    expect(page.locator("#_tout")).to_be_visible()


def test_hostile_words_are_text(page: Page, site_url: str) -> None:
    page.goto(site_url + "/recherche/")
    for text in ("<img src=x onerror=alert(1)>", "__proto__", "constructor", "\\", "(", "%"):
        search(page, text)
        assert page.locator("#_resultats img, .result img").count() == 0


def test_without_scripts_the_page_is_a_list_of_links(plain_page: Page, site_url: str) -> None:
    plain_page.goto(site_url + "/recherche/")
    assert plain_page.locator("#_tout a").count() > 50
    expect(plain_page.locator(".finder")).to_be_hidden()
