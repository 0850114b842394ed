"""What a text means is one thing: for list, button and Enter, on home, directory and map."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from maille import pipeline
from maille.text.names import fold
from tests.browser.checks import watch_arrivals
from tests.browser.modules import ask_each, load_modules
from tests.doses import NAMES, POSTCODES

GAZETTEER = pipeline.load_gazetteer()
EVERY = tuple(GAZETTEER.communes.values())
HOME, DIRECTORY, MAP = "/", "/catalyseurs/", "/carte/"

# What is typed, what it is, and the end of the address that it gives.
MEANINGS = (
    ("Corse", "territoire", "territoire=corse"),
    ("La Réunion", "territoire", "territoire=la-reunion"),
    ("Alsace", "territoire", "territoire=grand-est"),
    ("somme", "territoire", "territoire=80"),
    ("80", "territoire", "territoire=80"),
    ("988", "territoire", "territoire=988"),
    ("80039", "territoire", "territoire=80"),  # of a CEDEX: in no table
    ("Paris Est Marne et Bois", "territoire", "territoire=200057941"),
    ("44100", "commune", "pres=44109"),  # also the INSEE code of Monnières
    ("F-80250", "commune", "pres=80010"),
    ("80039 Amiens CEDEX 1", "commune", "pres=80021"),
    ("BP 12, 44 100 Nantes", "commune", "pres=44109"),
    ("75018", "commune", "pres=75056"),
    ("Évry", "commune", "pres=91228"),
    ("St Denis", "commune", "pres=97411"),
    ("saint denis 93", "commune", "pres=93066"),
    ("Lyon 3e", "commune", "pres=69123"),
    ("Marseille 8e arrondissement", "commune", "pres=13055"),
    ("11e arrondissement Paris", "commune", "pres=75056"),
    ("Saint-Aubin (21)", "commune", "pres=21541"),
    ("Saint-Aubin, Côte-d’Or", "commune", "pres=21541"),
    ("Saint-Denis Réunion", "commune", "pres=97411"),
    ("saint-denis de la reunion", "commune", "pres=97411"),
    ("St Denis, en Seine St Denis", "commune", "pres=93066"),
    ("Rodez en Occitanie", "commune", "pres=12202"),
    ("Valence Auvergne-Rhône-Alpes", "commune", "pres=26362"),
    ("Nantes Pays de la Loire", "commune", "pres=44109"),
    ("Ajaccio Corse", "commune", "pres=2A004"),
    ("Mont-de-Marsan dans les Landes", "commune", "pres=40192"),
    ("Annecy-le-Vieux", "commune", "pres=74010"),
    ("Cilaos", "commune", "pres=97424"),
    ("Vienne", "commune", "pres=38544"),
    ("Paris", "commune", "pres=75056"),
    ("cocolavande", "fiche", "q=cocolavande"),
    ("numérique", "mot", "q=num%C3%A9rique"),
    ("annecy le v", "mot", "q=annecy+le+v"),  # a name that is begun
    ("Ambret", "mot", "q=Ambret"),  # never another village than the one that was typed
    ("corsep", "mot", "q=corsep"),
    ("près de Lyon", "commune", "pres=69123"),
    ("dans le 93", "territoire", "territoire=93"),
    ("Bruxelles", "mot", "q=Bruxelles"),
    ("99999", "mot", "q=99999"),
    ("<zz>", "mot", "q=%3Czz%3E"),
)
# A need and a place: what is typed, the words, the end of the address; without words, one may have
# meant both, and the place is proposed.
PARTED = (
    ("tiers-lieu Amiens", "tiers-lieu", "pres=80021"),
    ("coworking lyon", "coworking", "pres=69123"),
    ("accompagnement Rhône", "accompagnement", "territoire=69"),
    ("Amiens tiers-lieu", "tiers-lieu", "pres=80021"),
    ("tiers-lieu à Ailly-sur-Noye", "tiers-lieu", "pres=80010"),
    ("un lieu près d’ailly sur noye", "un lieu", "pres=80010"),
    ("aide au Havre", "aide", "pres=76351"),
    ("coworking, Lyon 3e", "coworking", "pres=69123"),
    ("coworking Saint-Aubin (21)", "coworking", "pres=21541"),
    ("numérique Bretagne", "numérique", "territoire=bretagne"),
    ("Ambert Bretagne", "Ambert", "territoire=bretagne"),
    ("école Lyon", "école", "pres=69123"),
    ("Amiens école", "école", "pres=80021"),
    ("tiers-lieu 80250", "tiers-lieu", "pres=80010"),
    ("80250 tiers-lieu", "tiers-lieu", "pres=80010"),
    ("coworking à foulcrey", "coworking", "pres=57229"),
    ("coworking foulcrey", "", "pres=57229"),
    ("Jardin partagé", "", "pres=38199"),
    ("cantine bio", "", "pres=46030"),
)
# On each page a place and something else, each kind somewhere: what they mean is tested above.
OF_HOME = ("44100", "numérique")
OF_PAGES = ((DIRECTORY, "Corse"), (DIRECTORY, "numérique"), (MAP, "Évry"), (MAP, "Corse"))
WAYS = ("enter", "list", "button")


@pytest.fixture(scope="module")
def shared(browser: Browser, site_url: str, output: Path) -> Iterator[Page]:
    context = browser.new_context()
    yield load_modules(context.new_page(), site_url, output)
    context.close()


def interpreted(page: Page, typed: list[str]) -> list[dict[str, Any]]:
    return ask_each(page, "interpret", typed)


def test_each_text_is_what_the_table_says(shared: Page) -> None:
    found = interpreted(shared, [typed for typed, *_ in MEANINGS])
    for (typed, kind, asked), one in zip(MEANINGS, found, strict=True):
        assert one["kind"] == kind, typed
        assert one["typed"] == typed
        if kind in ("commune", "territoire"):
            assert one["code"] == asked.partition("=")[2], typed


def test_the_list_begins_with_what_is_meant(shared: Page) -> None:
    asked = [typed for typed, kind, _ in MEANINGS if kind != "mot"]
    for said, [first, *_] in zip(
        interpreted(shared, asked), ask_each(shared, "propose", asked), strict=True
    ):
        assert [first[key] for key in ("kind", "nom")] == [said[key] for key in ("kind", "nom")]


def test_a_need_is_parted_from_a_place(shared: Page) -> None:
    for (typed, words, asked), said in zip(
        PARTED, interpreted(shared, [typed for typed, *_ in PARTED]), strict=True
    ):
        place = said if words else said["others"][0]
        assert (said["kind"] == "mot") == (not words), typed
        assert place["code"] == asked.partition("=")[2], typed
        assert place["mot"] == words or not words, typed


def test_the_other_places_of_the_name_keep_the_words(shared: Page) -> None:
    [said] = interpreted(shared, ["lieu Saint-Denis"])
    assert {one["mot"] for one in said["others"]} == {"lieu"}
    first, second, *_ = ask_each(shared, "propose", ["lieu Saint-Denis"])[0]
    assert (first["code"], second["code"]) == ("97411", "93066")
    assert first["mot"] == second["mot"] == "lieu"


def test_a_word_that_the_records_use_is_no_place(shared: Page) -> None:
    """In lower case: « villes » is in a summary, and two communes are called Ville."""
    page = "async (words) => (await parted('donner du sens', find, words)).isSure"
    shared.evaluate(
        "() => { window.find = async (name) => (await names.findNamed(name)).communes; }"
    )
    assert shared.evaluate(page, []) is True
    assert shared.evaluate(page, ["sens"]) is False


def test_beside_a_postcode_a_town_or_an_address_is_no_word(shared: Page) -> None:
    typed = ["44100 Nante", "12 rue des Lilas 44100", "F-80250 Ailly", "44100 NANTES cedex 2"]
    for one in interpreted(shared, typed):
        assert one["kind"] == "commune"
        assert "mot" not in one


def test_a_town_abroad_is_nearly_no_village(shared: Page) -> None:
    [said] = interpreted(shared, ["Bruxelles"])
    assert (said["isAbroad"], said["others"]) == (True, [])
    assert ask_each(shared, "propose", ["Bruxelles", "genève"]) == [[], []]
    # What begins so is still proposed.
    [rome] = ask_each(shared, "propose", ["Rome"])
    assert {one["kind"] for one in rome} >= {"commune"}


def test_what_else_is_meant_is_told(shared: Page) -> None:
    asked = ["Vienne", "La Réunion", "Évry", "Pringy", "charenton", "Ambert"]
    others = [
        [(other["kind"], other["nom"]) for other in one["others"]]
        for one in interpreted(shared, asked)
    ]
    assert others == [
        [("territoire", "Vienne")],
        [("commune", "La Réunion")],
        [("commune", "Évry")],
        [("commune", "Pringy"), ("commune", "Annecy")],  # a name that was given up comes last
        [("commune", "Charenton-le-Pont"), ("commune", "Charenton-du-Cher")],
        [],
    ]


def test_a_larger_town_of_a_longer_name_is_told_before_homonyms(shared: Page) -> None:
    asked = ["Clermont", "incubateur Clermont", "La Roche", "Clermont (60)", "Lyon"]
    found = interpreted(shared, asked)
    told = [(one["nom"], [other["nom"] for other in one["others"]][:1]) for one in found]
    assert told[:2] == [("Clermont", ["Clermont-Ferrand"])] * 2
    assert found[1]["others"][0]["mot"] == "incubateur"
    assert [first for _, first in told[2:]] == [["La Roche-sur-Yon"], [], []]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("44100", ("44100", "")),
        ("44 100", ("44100", "")),
        ("F-80250 Ailly-sur-Noye", ("80250", "ailly sur noye")),
        ("80039 AMIENS CEDEX 1", ("80039", "amiens")),
        ("CS 30001, 80039 Amiens Cedex", ("80039", "amiens")),
        ("06 12 34 56 78", None),
        ("0612345678", None),
        ("200 057 941", None),
        ("4410", None),
        ("2A004", None),
    ],
)
def test_a_postcode_is_read_in_an_address(
    shared: Page, typed: str, read: tuple[str, str] | None
) -> None:
    [found] = ask_each(shared, "readPostcode", [typed])
    assert (found and (found["digits"], found["name"])) == read


# --- All of them ---------------------------------------------------------------------------------


def test_a_postcode_is_one_of_its_communes_never_an_insee_code(shared: Page) -> None:
    communes: dict[str, set[str]] = {}
    for commune in EVERY:
        for postcode in commune.postcodes:
            communes.setdefault(postcode, set()).add(commune.code)
    chosen = random.Random(3).sample(sorted(communes), min(POSTCODES, len(communes)))
    for postcode, found in zip(chosen, interpreted(shared, chosen), strict=True):
        assert found["kind"] == "commune", postcode
        codes = [found["code"], *(other["code"] for other in found["others"])]
        assert set(codes) == communes[postcode], postcode


def test_the_name_of_a_commune_is_that_commune_or_one_of_its_others(shared: Page) -> None:
    chosen = random.Random(4).sample(EVERY, min(NAMES, len(EVERY)))
    for commune, found in zip(
        chosen, interpreted(shared, [one.name for one in chosen]), strict=True
    ):
        codes = [one.get("code") for one in (found, *found["others"])]
        assert commune.code in codes, commune.name
        same = [fold(one.get("ancien") or one["nom"]) for one in (found, *found["others"])]
        assert found["kind"] == "territoire" or fold(commune.name) in same
    labels = [f"{one.name} ({one.department})" for one in chosen]
    for commune, found in zip(chosen, interpreted(shared, labels), strict=True):
        assert found["departement"] == commune.department, commune.name
        assert commune.code in {one["code"] for one in (found, *found["others"])}, commune.name


def test_no_name_of_a_commune_is_parted(shared: Page) -> None:
    names = [one.name for one in random.Random(4).sample(EVERY, min(NAMES, len(EVERY)))]
    for typed in (names, [re.sub("[-’']", " ", name.lower()) for name in names]):
        assert [one for one in interpreted(shared, typed) if "mot" in one] == []


def test_a_need_before_any_commune_is_parted(shared: Page) -> None:
    chosen = random.Random(5).sample(EVERY, min(NAMES, len(EVERY)))
    for make in ("coworking {}".format, "coworking à {}".format):
        found = interpreted(shared, [make(one.name) for one in chosen])
        for commune, said in zip(chosen, found, strict=True):
            assert said.get("mot") == "coworking", commune.name
            assert commune.code in [one.get("code") for one in (said, *said["others"])]


# --- On the pages --------------------------------------------------------------------------------


def find_meaning(typed: str) -> tuple[str, str]:
    """Return what a text of the table is, and the end of its address."""
    [(kind, asked)] = [row[1:] for row in MEANINGS if row[0] == typed]
    return kind, asked


def search(page: Page, typed: str, way: str) -> None:
    """Type a text in the field, and look for it in one of the three ways."""
    page.locator("#_q").fill(typed)
    if way == "button":
        page.get_by_role("button", name="Chercher", exact=True).click()
    elif way == "enter":
        page.keyboard.press("Enter")
    else:
        box = page.get_by_role("listbox", name="Propositions")
        options = box.get_by_role("option")
        (options.last if find_meaning(typed)[0] == "mot" else options.first).click()


def read_answer(page: Page, wait: Callable[[], None]) -> tuple[str, list[str]]:
    """Return what the field says and the names that are found, once all of it is there."""
    expect(page.get_by_role("heading", name="Résultats", exact=True)).to_be_focused()
    # Summaries come after the names, and more is found with them; then what happens there.
    expect(page.locator("#_resultat")).not_to_contain_text("en cours")
    wait()
    return page.locator("#_q").input_value(), page.locator(".entries h3").all_text_contents()


@pytest.mark.parametrize("typed", OF_HOME)
def test_from_the_home_page_each_way_leads_to_one_answer(
    page: Page, site_url: str, typed: str
) -> None:
    """The button, tried last, sends what Enter sends: its answer is not read again."""
    wait = watch_arrivals(page)
    said = []
    for way in WAYS:
        page.goto(site_url + HOME)
        search(page, typed, way)
        page.wait_for_url(f"{site_url}{DIRECTORY}?{find_meaning(typed)[1]}", wait_until="commit")
        if way != "button":
            said.append(read_answer(page, wait))
    assert said[0] == said[1]


@pytest.mark.parametrize(("start", "typed"), OF_PAGES)
def test_button_enter_and_list_agree(page: Page, site_url: str, start: str, typed: str) -> None:
    wait = watch_arrivals(page)
    page.goto(site_url + start)
    said = []
    for way in WAYS:
        search(page, typed, way)
        expect(page).to_have_url(f"{site_url}{start}?{find_meaning(typed)[1]}")
        said.append(read_answer(page, wait))
        page.go_back()
        expect(page).to_have_url(site_url + start)
        expect(page.locator("#_q")).to_have_value("")
    assert said[0] == said[1] == said[2]


# What an address asks, and the one that it becomes.
ADDRESSES = (
    ("q=44100", "pres=44109"),
    ("q=Corse", "territoire=corse"),
    ("pres=Ambert", "pres=63003"),
    ("pres=44109", "pres=44109"),
)
# Beside a place or in a territory, a text is words to look for.
KEPT = ("q=lyon&pres=63003", "q=lyon&territoire=69")


@pytest.mark.parametrize(
    ("start", "changed", "kept"),
    # The map has the script of the directory: one of each there.
    [(DIRECTORY, ADDRESSES, KEPT), (MAP, ADDRESSES[:1], KEPT[:1])],
)
def test_an_address_means_what_the_field_does(
    page: Page,
    site_url: str,
    start: str,
    changed: tuple[tuple[str, str], ...],
    kept: tuple[str, ...],
) -> None:
    for query, asked in changed:
        page.goto(f"{site_url}{start}?{query}", wait_until="commit")
        expect(page).to_have_url(f"{site_url}{start}?{asked}")
    for query in kept:
        page.goto(f"{site_url}{start}?{query}")
        expect(page.locator("#_resultat")).not_to_be_empty()
        expect(page).to_have_url(f"{site_url}{start}?{query}")
