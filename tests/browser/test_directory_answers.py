"""What the directory says of an answer: as much as is known, and what of the question is not."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import axe

ROWS = "#_resultats li[data-fiche]"
ONE = "Valeur inconnue de l’annuaire, laissée de côté"
MANY = "Valeurs inconnues de l’annuaire, laissées de côté"


def said(page: Page) -> str:
    """The status, once it says something, with plain spaces."""
    status = page.locator("#_resultat")
    expect(status).not_to_be_empty()
    return status.inner_text().replace("\u202f", " ").replace("\u00a0", " ")


# --- Near a place --------------------------------------------------------------------------------


def test_who_acts_in_the_commune_comes_first_then_the_others(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?pres=63003")
    text = said(page)
    first, others, *rest = text.rstrip(".").split(" ; ")
    assert first == "1 catalyseur intervient à Ambert (63)"
    assert others.endswith("à la plus lointaine")
    assert rest[0] == "2 agissent dans toute la France"
    # All that are real are told once.
    told = [1, int(others.split()[0]), 2, *(int(one.split()[0]) for one in rest[1:-1])]
    assert sum(told) == 28
    assert rest[-1] == "22 fiches d’exemple"
    page.goto(f"{site_url}/catalyseurs/?pres=94018")
    assert said(page).startswith("4 catalyseurs interviennent à Charenton-le-Pont (94) ; ")


def test_what_is_known_of_nobody_is_not_claimed(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?pres=23008")
    start = "Aucun catalyseur recensé n’est connu pour intervenir à Aubusson (23) ; "
    assert said(page).startswith(start)
    assert " fiches, de la plus proche (à 74 km) à la plus lointaine ; " in said(page)
    page.goto(f"{site_url}/catalyseurs/?pres=23008&tri=nom")
    assert " fiches, la plus proche à 74 km ; " in said(page)
    # One alone has no order, and those found by words are no more than these.
    whole = page.locator("#_resultat", has_not_text="en cours")
    page.goto(f"{site_url}/catalyseurs/?pres=23008&q=romarin&exemples=non")
    expect(whole).to_contain_text("207")
    assert said(page) == f"{start}1 fiche, à 207 km."
    page.goto(f"{site_url}/catalyseurs/?pres=63003&q=cocolavande&exemples=non")
    expect(whole).to_contain_text("intervient à Ambert")
    assert said(page) == "1 catalyseur intervient à Ambert (63)."


def test_a_territory_and_a_place_are_both_told(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?territoire=63&pres=63003&exemples=non")
    text = said(page)
    assert "dans le Puy-de-Dôme" in text
    assert "1 catalyseur intervient à Ambert (63)" in text


def test_far_away_is_set_as_french_sets_numbers(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?pres=97105")
    expect(page.locator(f"{ROWS}[data-fiche=cocolavande]")).to_contain_text("à 6\u202f798\u00a0km")


# --- In a territory ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("territory", "slug", "badge"),
    [
        ("200057941", "vitasauge", "Y intervient"),
        ("94", "vitasauge", "Intervient dans une partie du territoire"),
        ("ile-de-france", "vitasauge", "Intervient dans une partie du territoire"),
        ("63", "cocolavande", "Y intervient"),
        ("auvergne-rhone-alpes", "cocolavande", "Intervient dans une partie du territoire"),
        ("37", "violettes-au-carre", "Y intervient"),
        ("centre-val-de-loire", "violettes-au-carre", "Y intervient"),
    ],
)
def test_a_territory_is_claimed_no_further_than_it_is_named(
    page: Page, site_url: str, territory: str, slug: str, badge: str
) -> None:
    page.goto(f"{site_url}/catalyseurs/?territoire={territory}&exemples=non")
    expect(page.locator(f"{ROWS}[data-fiche={slug}] .here")).to_have_text(badge)
    expect(page.locator("#_resultats")).not_to_contain_text("chez vous")


def test_all_departements_of_a_region_are_the_region(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    script = """async () => {
      const { src } = document.querySelector('script[src$="/directory.js"]');
      const { measureReach: reach } = await import(src.replace('directory', 'directory-search'));
      const all = {
        regions: [["nord"], ["sud"]],
        departements: [["1", "", 0], ["2", "", 0], ["3", "", 1]],
        intercommunalites: [["9", "", [1, 2]]],
      };
      const of = (territoires, code) => reach({ territoires, acting: [code] }, code, all);
      return [of(["1"], "nord"), of(["1", "2"], "nord"), of(["9"], "2"), of(["2"], "9"),
        of(["2", "sud"], "9"), reach({ territoires: ["1"], acting: ["1"] }, "2", all)];
    }"""
    assert page.evaluate(script) == ["part", "whole", "part", "part", "whole", ""]


# --- What is not known ---------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["Xyzzyville", "99999", "<zz>"])
def test_what_nobody_bears_is_told(page: Page, site_url: str, asked: str) -> None:
    page.goto(f"{site_url}/")
    page.get_by_role("combobox").fill(asked)
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**/catalyseurs/?q=*")
    said = page.locator("#_resultat")
    expect(said).to_contain_text("d’aucune commune")
    expect(said).to_contain_text(asked)
    expect(said).to_contain_text("Aucune fiche recensée.")
    expect(page.get_by_role("combobox")).to_have_value(asked)
    expect(page.locator("#_homonymes")).to_be_hidden()


def test_a_town_abroad_is_no_place_of_france(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?q=Bruxelles")
    none = "« Bruxelles » n’est le nom d’aucune commune ni d’aucun territoire de France."
    expect(page.locator("#_resultat")).to_contain_text("Aucune fiche recensée.")
    assert said(page).startswith(none)
    expect(page).to_have_url(f"{site_url}/catalyseurs/?q=Bruxelles")


def test_a_typing_error_leads_to_no_other_village(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?q=Ambret")
    expect(page.locator("#_resultat")).to_contain_text("Vouliez-vous dire")
    expect(page).to_have_url(f"{site_url}/catalyseurs/?q=Ambret")
    page.get_by_role("link", name="Ambert, Puy-de-Dôme (63)").click()
    expect(page).to_have_url(f"{site_url}/catalyseurs/?pres=63003")
    expect(page.locator("#_resultat")).to_contain_text("intervient à Ambert (63)")


def test_another_text_takes_the_place_of_the_last(page: Page, site_url: str) -> None:
    """A place and words go together; words that found nothing are left behind."""
    page.goto(f"{site_url}/catalyseurs/?pres=94018")
    field, chips = page.get_by_role("combobox"), page.locator("#_actifs button:not(.plain)")
    for typed, shown, asked in (
        ("club", "club", "q=club&pres=94018"),
        ("Ambert", "Ambert (63)", "q=club&pres=63003"),
        ("Xyzzyville", "Xyzzyville", "q=Xyzzyville&pres=63003"),
        ("Vincennes", "Vincennes (94)", "pres=94080"),
        ("Corse", "Corse", "territoire=corse"),
        ("", "", ""),
    ):
        field.fill(typed)
        page.get_by_role("button", name="Chercher", exact=True).click()
        expect(page).to_have_url(f"{site_url}/catalyseurs/{'?' if asked else ''}{asked}")
        expect(field).to_have_value(shown)
        expect(chips).to_have_count(asked.count("="))
    page.go_back()
    expect(field).to_have_value("Corse")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("territoire=xyz", f"{ONE} : territoire « xyz ». 28"),
        ("territoire=paris", f"{ONE} : territoire « paris »."),
        ("departement=xyz", f"{ONE} : territoire « xyz »."),
        ("pratique=zzz", f"{ONE} : pratique « zzz »."),
        ("verification=peut-etre", f"{ONE} : verification « peut-etre »."),
        (
            "pratique=zzz&pratique=accompagnements&tri=prix&profil=aaa",
            f"{MANY} : pratique « zzz », profil « aaa », tri « prix ».",
        ),
        ("#ici=51.5,-0.1", "La position demandée est hors de France : elle est laissée de côté."),
    ],
)
def test_a_value_that_is_not_known_is_told(
    page: Page, site_url: str, query: str, words: str
) -> None:
    page.goto(f"{site_url}/catalyseurs/{query if query[0] == '#' else '?' + query}")
    expect(page.locator("#_resultat")).not_to_contain_text("Aucune fiche")
    assert words in said(page)
    # It is no choice of the form, and the next choice leaves it behind.
    expect(page.get_by_label("Territoire", exact=True)).to_have_value("")
    page.get_by_role("combobox").fill("cocolavande")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=cocolavande*")
    expect(page.locator("#_resultat")).not_to_contain_text("de côté")
    assert not any(one in page.url for one in ("xyz", "zzz", "prix", "peut", "ici"))


# --- Homonyms ------------------------------------------------------------------------------------


def test_homonyms_are_offered_on_the_next_page(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/")
    page.get_by_role("combobox").fill("Sainte-Colombe")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**/catalyseurs/?pres=69189")
    assert said(page).startswith(
        "« Sainte-Colombe » peut désigner plusieurs lieux : la liste part de "
    )
    expect(page.get_by_role("combobox")).to_have_value("Sainte-Colombe (69)")
    others = page.get_by_role("navigation", name="Autres sens possibles").get_by_role("link")
    expect(others).to_have_count(12)
    assert len(set(others.all_inner_texts())) == 12
    assert axe(page) == []
    page.reload()
    expect(others).to_have_count(12)
    page.get_by_label("Territoire", exact=True).evaluate("it => it.closest('details').open = true")
    page.get_by_label("Territoire", exact=True).select_option("69")
    expect(page.get_by_role("button", name="Retirer : 69 Rhône")).to_be_visible()
    expect(others).to_have_count(12)
    others.get_by_text("Sainte-Colombe, Doubs (25)").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/catalyseurs/?pres=25515")
    expect(page.get_by_role("combobox")).to_have_value("Sainte-Colombe (25)")
    expect(others).to_have_count(0)


def test_one_commune_of_the_name_is_no_question(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?pres=Ambert")
    assert said(page).startswith("1 catalyseur intervient à Ambert (63)")
    expect(page.locator("#_homonymes")).to_be_hidden()


# --- Elsewhere -----------------------------------------------------------------------------------


def test_a_record_leads_to_the_map_on_itself(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/cocolavande/")
    page.get_by_role("link", name="Voir sur la carte").click()
    page.wait_for_url("**/carte/?fiche=cocolavande*")
    expect(page.locator(".carte-popup")).to_contain_text("CoCoLavande")
    expect(page.locator("#_carte")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "query", ["?pres=Xyzzyville", "?pres=Sainte-Colombe", "?territoire=xyz&pratique=zzz"]
)
def test_messages_hold_in_a_narrow_window(
    browser: Browser, site_url: str, query: str, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{site_url}/catalyseurs/{query}")
    said(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    links = page.locator("#_homonymes a").all()
    assert all((one.bounding_box() or {"height": 0})["height"] >= 24 for one in links)
    context.close()
