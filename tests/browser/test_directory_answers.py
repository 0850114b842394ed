"""What the directory says of an answer: as much as is known, and what of the question is not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import ASK, axe, choose_territory, hold, open_facets, watch_arrivals

ROWS = "#_resultats li[data-fiche]"
ONE = "Valeur inconnue de l’annuaire, laissée de côté"
MANY = "Valeurs inconnues de l’annuaire, laissées de côté"


def said(page: Page) -> str:
    """The status, once all is searched that it speaks of, with plain spaces."""
    status = page.locator("#_resultat")
    expect(status).not_to_be_empty()
    expect(status).not_to_contain_text("en cours")
    return status.inner_text().replace("\u202f", " ").replace("\u00a0", " ")


# --- Near a place --------------------------------------------------------------------------------


def groups(page: Page) -> list[tuple[str, list[str]]]:
    """Each heading of the results, once they are drawn, with the records under it, in order."""
    page.locator("#_resultats > h2").first.wait_for()
    found: list[tuple[str, list[str]]] = page.locator("#_resultats").evaluate(
        """(list) => [...list.querySelectorAll(':scope > h2')].map((heading) => {
          let next = heading.nextElementSibling;
          while (next && !next.matches('h2, ol')) next = next.nextElementSibling;
          const rows = next?.matches('ol') ? [...next.querySelectorAll('[data-fiche]')] : [];
          return [heading.innerText, rows.map(({ dataset }) => dataset.fiche)];
        })"""
    )
    return [(title.replace("\u00a0", " "), slugs) for title, slugs in found]


def test_near_a_place_who_acts_there_comes_first_then_who_is_near(
    page: Page, site_url: str
) -> None:
    """The others are behind a button, then the examples; each is reached from its row."""
    wait = watch_arrivals(page)
    page.goto(f"{site_url}/catalyseurs/?pres=63003")
    assert said(page) == (
        "3 catalyseurs près d’Ambert (63). 1 dans un département proche, commune non connue ;"
        " 2 agissent dans toute la France ; 22 ailleurs en France."
    )
    expect(page.locator("#_groupe-ici")).to_be_visible()
    assert [title for title, _ in groups(page)] == [
        "Interviennent chez vous",
        "À moins de 100 km",
        "Dans un département proche, commune non connue",
        "Ce qui se passe dans le Puy-de-Dôme",
        "Partout en France",
    ]
    told = dict(groups(page))
    assert told["Interviennent chez vous"] == ["cocolavande"]
    assert len(told["À moins de 100 km"]) == 2
    assert told["Partout en France"] == ["demarche-g-m", "dotation-d-essai-territoriale"]
    happening = page.locator(".happenings").first
    expect(happening).to_contain_text(
        "La Forêt des Houx Projet, dernière source : 13 avril 2023 · Aydat, Puy-de-Dôme"
    )
    pages = page.get_by_text("La page du territoire").get_by_role("link")
    expect(pages).to_have_text(["Puy-de-Dôme", "Auvergne-Rhône-Alpes"])
    expect(page.locator(f"{ROWS}[data-fiche=cocolavande] .reach a")).to_have_attribute(
        "href", "https://source.example/6"
    )
    assert_first_name_is_near(page, wait)
    check_the_others(page)


def check_the_others(page: Page) -> None:
    expect(page.locator(ROWS)).to_have_count(6)
    more = page.locator("#_suite")
    expect(more).to_have_text("Voir les 22 autres, plus loin")
    more.click()
    expect(page.locator(ROWS)).to_have_count(50)
    assert [title for title, _ in groups(page)][-2:] == ["Plus loin", "Fiches d’exemple"]
    # No distance is told of those who are farther than what is near.
    expect(page.locator(ROWS).nth(6).get_by_role("link").first).to_be_focused()
    expect(page.locator("#_groupe-proche + ol .meta").first).to_contain_text("\u00a0km")
    expect(page.locator("#_groupe-loin + ol .meta")).to_have_count(22)
    expect(page.locator("#_groupe-loin + ol")).not_to_contain_text("\u00a0km")
    numbers = page.locator(f"{ROWS} .number").all_inner_texts()
    assert numbers == [str(number) for number in range(1, 51)]


def assert_first_name_is_near(page: Page, wait: Callable[[], None]) -> None:
    """The keyboard is at most three tabs from the first name, once all has come."""
    wait()
    first = page.locator("#_resultats :is(h3, .happenings) a").first
    expect(first).to_be_visible()
    page.get_by_role("heading", name="Résultats").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        if first.evaluate("(one) => one === document.activeElement"):
            return
    pytest.fail("the first name is farther")


def test_what_happens_here_leads_to_all_of_it_and_examples_are_those_of_the_territory(
    page: Page, site_url: str, output: Path
) -> None:
    data = json.loads((output / "territoires/ici.json").read_bytes())
    data["lignes"] = rows = data["lignes"] * 2
    page.route("**/ici.json", lambda route: route.fulfill(json=data))
    page.goto(f"{site_url}/catalyseurs/?territoire=auvergne-rhone-alpes&pratique=accompagnements")
    here = page.locator("#_groupe-ici")
    expect(here).to_be_visible()
    note = page.get_by_text("Tout ce qui est connu ici, sans les filtres ni les mots cherchés.")
    expect(note).to_be_visible()
    count = sum("auvergne-rhone-alpes" in codes for *_, codes, _, _ in rows)
    expect(page.locator("ul.happenings li")).to_have_count(6)
    link = page.get_by_role(
        "link", name=f"Voir aussi les {count - 6} autres : Auvergne-Rhône-Alpes"
    )
    page.get_by_role("button", name="Retirer : Accompagnements").click()
    expect(note).to_have_count(0)
    counted = re.search(r"(\d+) fiches? d’exemple(?:, et (\d+) d’un autre territoire)?", said(page))
    assert counted
    link.click()
    expect(page).to_have_url(f"{site_url}/territoires/auvergne-rhone-alpes/#_groupe-ici")
    expect(here).to_be_in_viewport()
    # As the page of the territory counts them: no invented record that acts everywhere.
    apart = page.locator("[aria-labelledby='_exemples'] p").first.inner_text()
    told = re.search(r"(\d+) fiches? inventées?(?:, et (\d+) autres?)?", apart)
    assert told
    assert told.groups() == counted.groups()


def test_what_happens_here_is_counted_and_comes_before_who_is_near_by_distance_alone(
    page: Page, site_url: str
) -> None:
    wait = watch_arrivals(page)
    page.goto(f"{site_url}/catalyseurs/?pres=80010&exemples=non")
    link = page.locator("#_resultat").get_by_role("link")
    here = "1 projet à Ailly-sur-Noye, 3 projets et 1 rendez-vous ou actualité dans la Somme"
    expect(link).to_have_text(here)
    assert said(page).endswith(f"ailleurs en France. {here}.")
    assert [title for title, _ in groups(page)] == [
        "Liés à ce qui se passe ici et dans la Somme",
        "Ce qui se passe ici et dans la Somme",
        "À moins de 100 km",
        "Dans un département proche, commune non connue",
        "Partout en France",
    ]
    # Who supports these projects is the first name.
    tied = page.locator("#_groupe-lies + ul > li").first
    expect(tied.get_by_role("link").first).to_have_attribute("href", f"{site_url}/acteurs/katalpa/")
    expect(tied).to_contain_text(re.compile("projets? suivi"))
    assert_first_name_is_near(page, wait)
    link.click()
    expect(page.locator("#_groupe-ici")).to_be_in_viewport()


def test_who_is_in_the_departement_is_near_without_a_point(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?pres=69123")
    said(page)
    told = dict(groups(page))
    assert "ateliers-de-la-bruyere" in told["Dans votre département"]


def test_who_is_in_a_departement_that_touches_may_be_near(page: Page, site_url: str) -> None:
    """Of them no more is known: neither that they are at most 100 km away, nor that nobody is."""
    page.goto(f"{site_url}/catalyseurs/?pres=49126")
    assert " ".join(said(page).split()).startswith(
        "Personne n’a de lieu connu à moins de 100 km d’Orée d’Anjou (49)."
        " 2 dans un département proche, commune non connue ;"
    )
    titles = [title for title, _ in groups(page)]
    assert titles[:2] == ["Dans un département proche, commune non connue", "Partout en France"]
    page.goto(f"{site_url}/catalyseurs/?pres=49126&verification=oui")
    assert "commune non connue" not in said(page)


def test_a_need_outlives_a_place_that_is_not_known(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?q=accompagnement+Prapoutel&exemples=non")
    page.get_by_role("button", name=re.compile("« ?accompagnement ?» seul : [1-9]")).click()
    expect(page.locator("#_q")).to_have_value("accompagnement")
    expect(page.locator(ROWS).first).to_be_visible()


def test_where_nobody_is_near_it_is_said_with_whom_to_turn_to(page: Page, site_url: str) -> None:
    wait = watch_arrivals(page)
    page.goto(f"{site_url}/catalyseurs/?pres=97424&exemples=non")
    assert said(page) == (
        "Personne n’est recensé à moins de 100 km de Cilaos (974)."
        " 2 agissent dans toute la France ; 26 ailleurs en France."
    )
    doors = page.locator("#_elargir").get_by_role("link")
    expect(doors).to_have_text(["La page du territoire\u00a0: La Réunion", "Joindre le réseau"])
    assert [title for title, _ in groups(page)] == ["Partout en France"]
    assert_first_name_is_near(page, wait)
    expect(page.locator("#_resultats")).not_to_contain_text("km")
    # axe looks at such ways out in test_visits.py.
    for door, there in (
        ("La page du territoire", "**/974-la-reunion/"),
        ("Joindre", "**/contact/#_ecrire"),
    ):
        page.goto(f"{site_url}/catalyseurs/?pres=97424")
        page.locator("#_elargir").get_by_text(door).click()
        page.wait_for_url(there)


def test_a_hint_keeps_the_place_and_the_other_filters(page: Page, site_url: str) -> None:
    page.goto(
        f"{site_url}/catalyseurs/?pres=63003&pratique=experimentations-collectives&verification=non&q=cocolavande"
    )
    expect(page.locator("#_resultat", has_not_text="en cours")).to_contain_text("Aucune fiche")
    hint = page.get_by_role("button", name="Sans Expé")
    expect(hint).to_have_text("Sans Expérimentations collectives\u00a0: 1 catalyseur")
    hint.click()
    page.wait_for_url("**/?q=cocolavande&verification=non&pres=63003")
    expect(page.locator("#_resultat")).to_have_text("1 catalyseur près d’Ambert (63).")
    expect(page.locator("#_vide")).to_be_hidden()


def test_a_territory_alone_is_the_question_and_no_hint(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?territoire=corse")
    ways = page.locator("#_elargir > li")
    expect(ways).to_have_text(["La page du territoire\u00a0: Corse", "Joindre le réseau"])
    page.goto(f"{site_url}/catalyseurs/?territoire=corse&pratique=accompagnements")
    expect(page.get_by_role("button", name=re.compile("^Sans .*Corse"))).to_be_visible()


def test_by_name_the_groups_stay(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?pres=94018&tri=nom")
    said(page)
    (title, slugs), *_ = groups(page)
    assert title == "Interviennent chez vous"
    assert slugs == sorted(slugs)
    assert len(slugs) > 2


@pytest.mark.parametrize(
    "query",
    [
        "q=a&pres=63003&pratique=accompagnements&verification=non&exemples=non",
        "q=Saint-Maur",
        "q=club",
    ],
)
def test_the_keyboard_is_three_tabs_from_the_first_name(
    page: Page, site_url: str, query: str
) -> None:
    wait = watch_arrivals(page)
    page.goto(f"{site_url}/catalyseurs/?{query}")
    assert_first_name_is_near(page, wait)


def test_what_does_not_arrive_of_what_happens_keeps_nothing_back(page: Page, site_url: str) -> None:
    page.route("**/territoires/ici.json", lambda route: route.abort())
    page.goto(f"{site_url}/catalyseurs/?pres=63003")
    expect(page.locator(f"{ROWS} .meta + p").first).not_to_be_empty()
    expect(page.get_by_text("La page du territoire")).to_be_visible()
    expect(page.locator("#_groupe-ici")).to_have_count(0)


def test_a_territory_and_a_place_are_both_told(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?territoire=63&pres=63003&exemples=non")
    text = said(page)
    assert "dans le Puy-de-Dôme" in text
    assert "1 catalyseur près d’Ambert (63)" in text


# --- In a territory ------------------------------------------------------------------------------


CLAIMED = {
    "200057941": ("vitasauge", "Interviennent dans tout le territoire"),
    "94": ("vitasauge", "Sur place"),
    "03": ("cocolavande", "Interviennent dans tout le territoire"),
    "auvergne-rhone-alpes": ("cocolavande", "Sur place"),
    "37": ("violettes-au-carre", "Interviennent dans tout le territoire"),
    "centre-val-de-loire": ("violettes-au-carre", "Interviennent dans tout le territoire"),
}


def test_a_territory_is_claimed_no_further_than_it_is_named(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?territoire=corse")
    said(page)
    for territory, (slug, title) in CLAIMED.items():
        page.evaluate(ASK, f"?territoire={territory}&exemples=non")
        expect(page.locator(f"{ROWS}[data-fiche={slug}]")).to_be_visible()
        assert slug in dict(groups(page)).get(title, []), (territory, groups(page))
        expect(page.locator("#_resultats")).not_to_contain_text("chez vous")


def test_all_departements_of_a_region_are_the_region(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    script = """async () => {
      const { measureReach: reach } = mailleModules["result-groups.js"];
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


def test_words_that_are_a_page_lead_to_it(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?q=halle+sorb")
    found = page.locator("#_resultat").get_by_role("link")
    expect(found).to_have_text("Halle Sorbier")
    assert said(page) == (
        "Aucune fiche ne contient « halle sorb ». Le site parle de « halle sorb » : Halle Sorbier."
    )
    found.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Halle Sorbier")
    # Beside a place, too; and without the ending of the word.
    page.goto(f"{site_url}/catalyseurs/?pres=63003&q=sorbieraie")
    ways = page.locator("#_elargir")
    expect(ways.get_by_role("link", name="Le site en parle : Halle Sorbier")).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("99999", "Le code postal 99999 n’est celui d’aucune commune. Aucune fiche recensée."),
        ("<zz>", "Aucune fiche ne contient « <zz> »."),
    ],
)
def test_what_nobody_bears_is_told(page: Page, site_url: str, asked: str, told: str) -> None:
    page.goto(f"{site_url}/")
    page.locator("#_q").fill(asked)
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**/catalyseurs/?q=*")
    expect(page.locator("#_resultat")).to_have_text(
        told.replace("« ", "«\u202f").replace(" »", "\u202f»")
    )
    expect(page.locator("#_q")).to_have_value(asked)
    expect(page.locator("#_homonymes")).to_be_hidden()
    page.get_by_role("link", name="Ajouter une structure à l’annuaire").click()
    page.wait_for_url("**/ajouter-une-structure/")


def test_words_of_the_other_pages_lead_to_them(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?q=lettre")
    doors = page.locator("#_vide").get_by_role("link")
    expect(doors.first).to_be_visible()
    expect(doors).to_have_text(
        [
            "Lettres",
            "Recevoir la lettre",
            "Joindre le réseau",
            "Recevoir la lettre",
            "Toutes les pages du site",
            "Ajouter une structure à l’annuaire",
        ]
    )
    page.goto(f"{site_url}/catalyseurs/?q=adh%C3%A9sion")
    page.get_by_role("link", name="Toutes les pages du site").click()
    page.wait_for_url("**/plan-du-site/")


def test_a_need_and_a_place_are_two_chips(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/")
    page.locator("#_q").fill("lieu Lyon")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**/catalyseurs/?q=lieu&pres=69123")
    field, chips = page.locator("#_q"), page.locator("#_actifs button:not(.plain)")
    expect(chips).to_have_text(["«\u202flieu\u202f»", "Près de Lyon (69)"])
    expect(field).to_have_value("lieu Lyon")
    expect(page.locator("#_resultats h3 a").first).to_have_text("Le Cyprès")
    page.reload()
    expect(field).to_have_value("lieu Lyon")
    chips.first.click()
    expect(page).to_have_url(f"{site_url}/catalyseurs/?pres=69123")
    expect(field).to_have_value("Lyon (69)")
    field.fill("cocolavande foulcrey")
    page.keyboard.press("Enter")
    likely = page.get_by_role("link", name="«\u202fcocolavande\u202f», Foulcrey, Moselle (57)")
    likely.click()
    expect(page).to_have_url(f"{site_url}/catalyseurs/?q=cocolavande&pres=57229")


@pytest.mark.parametrize("query", ["pres=97424", "territoire=corse", "q=cocolavande"])
def test_an_answer_or_a_place_without_one_offers_no_record_to_add(
    page: Page, site_url: str, query: str
) -> None:
    page.goto(f"{site_url}/catalyseurs/?{query}&exemples=non")
    said(page)
    expect(page.locator("#_elargir", has_text="Ajouter une structure")).to_have_count(0)


def test_a_way_out_on_two_lines_begins_where_the_others_do(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(
        f"{site_url}/catalyseurs/?pres=97424&pratique=experimentations-collectives&verification=non"
    )
    said(page)
    aligned = page.locator(".plain").evaluate_all(
        "(all) => all.map((button) => getComputedStyle(button).textAlign)"
    )
    assert {*aligned} == {"start"}
    chips = page.locator("#_actifs")
    clear = chips.get_by_role("button", name="Tout effacer").evaluate(
        "(one) => getComputedStyle(one).paddingLeft"
    )
    assert clear == "0px"


def test_a_town_abroad_is_no_place_of_france(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?q=Bruxelles")
    expect(page.locator("#_resultat")).to_contain_text("Aucune fiche")
    assert said(page).startswith("« Bruxelles » n’est pas en France.")
    expect(page.locator("#_homonymes")).to_be_hidden()
    expect(page).to_have_url(f"{site_url}/catalyseurs/?q=Bruxelles")


def test_a_typing_error_leads_to_no_other_village(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?q=Ambret")
    expect(page.locator("#_resultat")).to_contain_text("Vouliez-vous dire")
    expect(page).to_have_url(f"{site_url}/catalyseurs/?q=Ambret")
    page.get_by_role("link", name="Ambert, Puy-de-Dôme (63)").click()
    expect(page).to_have_url(f"{site_url}/catalyseurs/?pres=63003")
    expect(page.locator("#_resultat")).to_contain_text("près d’Ambert (63)")


def test_another_text_takes_the_place_of_the_last(page: Page, site_url: str) -> None:
    """A place and words go together; words that found nothing are left behind."""
    page.goto(f"{site_url}/catalyseurs/?pres=94018")
    field, chips = page.locator("#_q"), page.locator("#_actifs button:not(.plain)")
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


UNKNOWN = {
    "?territoire=xyz": f"{ONE} : territoire « xyz ». 28",
    "?territoire=paris": f"{ONE} : territoire « paris ».",
    "?departement=xyz": f"{ONE} : territoire « xyz ».",
    "?pratique=zzz": f"{ONE} : pratique « zzz ».",
    "?verification=peut-etre": f"{ONE} : verification « peut-etre ».",
    "?pratique=zzz&pratique=accompagnements&tri=prix&profil=aaa": (
        f"{MANY} : pratique « zzz », profil « aaa », tri « prix »."
    ),
    "#ici=51.5,-0.1": "La position demandée est hors de France : elle est laissée de côté.",
}


def test_a_value_that_is_not_known_is_told(page: Page, site_url: str) -> None:
    first, *others = UNKNOWN
    page.goto(f"{site_url}/catalyseurs/{first}")
    check_unknown_value(page, UNKNOWN[first])
    for query in others:
        page.evaluate(ASK, f"/catalyseurs/{query}")
        check_unknown_value(page, UNKNOWN[query])


def check_unknown_value(page: Page, words: str) -> None:
    expect(page.locator("#_resultat")).to_contain_text(words)
    expect(page.locator("#_resultat")).not_to_contain_text("Aucune fiche")
    # It is no choice of the form, and the next choice leaves it behind.
    expect(page.get_by_label("Territoire", exact=True)).to_have_value("")
    page.locator("#_q").fill("cocolavande")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=cocolavande*")
    expect(page.locator("#_resultat")).not_to_contain_text("de côté")
    expect(page).not_to_have_url(re.compile("xyz|zzz|prix|peut|ici"))


# --- Where one goes on ---------------------------------------------------------------------------


def test_the_heading_is_where_one_goes_on(page: Page, site_url: str) -> None:
    """After a chip, its return by Back, a way out of an empty list, a form of another page."""
    heading = page.get_by_role("heading", name="Résultats")
    chips = page.locator("#_actifs button")
    page.goto(f"{site_url}/catalyseurs/?pratique=accompagnements")
    chips.click()
    expect(chips).to_have_count(0)
    expect(heading).to_be_focused()
    page.go_back()
    expect(chips).to_have_count(1)
    chips.focus()
    page.go_forward()
    expect(chips).to_have_count(0)
    expect(heading).to_be_focused()
    page.goto(f"{site_url}/catalyseurs/?q=club&pratique=accompagnements&tri=nom")
    page.get_by_role("button", name="Retirer : Par nom").click()
    expect(chips.first).to_be_focused()  # from chip to chip
    page.get_by_role("button", name="Tout effacer").click()
    expect(heading).to_be_focused()
    page.goto(f"{site_url}/catalyseurs/?q=zzzz&pratique=accompagnements")
    page.locator("#_elargir").get_by_role("button").first.click()
    expect(heading).to_be_focused()
    page.goto(f"{site_url}/contact/")
    page.get_by_label("Votre territoire").select_option("63")
    page.get_by_role("button", name="Voir qui peut répondre").click()
    page.wait_for_url("**/catalyseurs/?territoire=63*")
    expect(heading).to_be_focused()


def test_a_link_to_a_part_of_the_answer_draws_nothing_again(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?q=Sainte-Colombe")
    expect(page.locator("#_homonymes a")).to_have_count(12)
    page.get_by_role("link", name="Télécharger, imprimer ou partager").click()
    expect(page).to_have_url(re.compile("#_suites$"))
    expect(page.locator("#_homonymes a")).to_have_count(12)
    expect(page.get_by_role("heading", name="Résultats")).not_to_be_focused()


# --- For fingers ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True,
                                  is_mobile=True)  # fmt: skip
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ["catalyseurs/?q=Sainte-Colombe&pratique=accompagnements",
                                     "catalyseurs/?q=Xyzzyville", "carte/?pres=63003"])  # fmt: skip
def test_what_a_finger_presses_is_large_enough(phone: Page, site_url: str, address: str) -> None:
    page = phone
    wait = watch_arrivals(page)
    page.goto(f"{site_url}/{address}")
    wait()
    open_facets(page)
    small = page.locator("main").evaluate(
        """(main) => [...main.querySelectorAll(
             'summary, label.check, .filters button, .result :is(a, button), .empty :is(a, button),'
             + '.entries a, .happenings a, .carte-bar button, .carte-skip, .carte-list a')]
           .filter((one) => one.checkVisibility())
           .map((one) => [one.getBoundingClientRect().height, one.innerText])
           .filter(([height]) => height < 44)"""
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


# --- Homonyms ------------------------------------------------------------------------------------


def test_homonyms_are_offered_on_the_next_page(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/")
    page.locator("#_q").fill("Sainte-Colombe")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**/catalyseurs/?pres=69189")
    assert said(page).startswith(
        "« Sainte-Colombe » peut désigner plusieurs lieux : la liste part de "
    )
    expect(page.locator("#_q")).to_have_value("Sainte-Colombe (69)")
    nav = page.get_by_role("navigation", name="Autres sens possibles")
    others = nav.locator("a")
    # The largest, with the others behind a button: the answer stays in the first screen.
    expect(others).to_have_count(12)
    expect(nav.get_by_role("link")).to_have_count(3)
    assert len(set(others.all_text_contents())) == 12
    assert axe(page, "main") == []
    page.reload()
    expect(others).to_have_count(12)
    choose_territory(page, "69")
    expect(page.get_by_role("button", name="Retirer : 69 Rhône")).to_be_visible()
    expect(others).to_have_count(12)
    nav.get_by_text("9 autres").click()
    others.get_by_text("Sainte-Colombe, Doubs (25)").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/catalyseurs/?pres=25515")
    expect(page.locator("#_q")).to_have_value("Sainte-Colombe (25)")
    expect(others).to_have_count(0)
    expect(page.get_by_role("heading", name="Résultats")).to_be_focused()


def test_one_commune_of_the_name_is_no_question(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/?pres=Ambert")
    assert said(page).startswith("3 catalyseurs près d’Ambert (63)")
    expect(page.locator("#_homonymes")).to_be_hidden()


# --- Elsewhere -----------------------------------------------------------------------------------


def test_a_record_leads_to_the_map_on_itself(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/cocolavande/")
    page.get_by_role("link", name="Voir sur la carte").click()
    page.wait_for_url("**/carte/?fiche=cocolavande*")
    expect(page.locator(".carte-popup")).to_contain_text("CoCoLavande")
    expect(page.locator("#_carte")).to_be_in_viewport()


def test_messages_hold_in_a_narrow_window(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(f"{site_url}/catalyseurs/")
    said(page)
    for query in ("?pres=Xyzzyville", "?pres=Sainte-Colombe", "?territoire=xyz&pratique=zzz"):
        page.evaluate(ASK, query)
        said(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, query
        heights = page.locator("#_homonymes a").evaluate_all(
            "all => all.filter((one) => one.checkVisibility())"
            ".map((one) => one.getBoundingClientRect().height)"
        )
        assert bool(heights) == ("Sainte-Colombe" in query)
        assert [height for height in heights if height < 24] == []


def test_a_name_keeps_the_focus_when_the_summaries_come(page: Page, site_url: str) -> None:
    release = hold(page, "**/textes-*.json")
    page.goto(f"{site_url}/catalyseurs/?pres=63003")
    first = page.locator(f"{ROWS} h3 a").first
    first.focus()
    first.evaluate("(link) => { link.isFormer = true; }")
    release()
    expect(first).not_to_have_js_property("isFormer", True)  # it was drawn again
    expect(first).to_be_focused()


def test_after_back_rows_wait_for_what_happens_around(page: Page, site_url: str) -> None:
    """Drawn before, they would move by its height, and not be where they were left."""
    page.goto(f"{site_url}/catalyseurs/?pres=63003")
    expect(page.locator("#_groupe-ici")).to_be_visible()
    page.goto(f"{site_url}/le-reseau/")
    release = hold(page, "**/territoires/ici.json")
    with page.expect_request("**/territoires/ici.json"):
        page.go_back()
    expect(page.locator("#_suite")).not_to_be_empty()  # written after the rows that come at once
    expect(page.locator(ROWS)).to_have_count(0)
    release()
    expect(page.locator("#_groupe-ici")).to_be_visible()
    expect(page.locator(ROWS).first).to_be_visible()
