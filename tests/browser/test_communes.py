"""A commune is found by its name, its postcode or a point; only static files are asked for."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from maille import pipeline
from maille.gazetteer import Commune
from maille.text.names import fold
from tests.browser.checks import watch
from tests.browser.modules import ask_each, load_modules

GAZETTEER = pipeline.load_gazetteer()
EVERY = tuple(GAZETTEER.communes.values())


@pytest.fixture(scope="module")
def shared(browser: Browser, site_url: str, output: Path) -> Iterator[Page]:
    """One page for all tests that only ask the functions."""
    context = browser.new_context()
    yield load_modules(context.new_page(), site_url, output)
    context.close()


def completed(page: Page, typed: str) -> list[dict[str, Any]]:
    return all_completed(page, [typed])[0]


def all_completed(page: Page, typed: list[str]) -> list[list[dict[str, Any]]]:
    return [found["communes"] for found in ask_each(page, "places.complete", typed)]


def labels(found: list[dict[str, Any]]) -> list[str]:
    return [f"{one['nom']} ({one['departement']})" for one in found]


# --- Names ---------------------------------------------------------------------------------------


def without_article(name: str) -> str:
    return re.sub(r"^(L'|Le |La |Les |Los )", "", name)


@pytest.mark.parametrize(
    "way", [str, fold, without_article, lambda name: name.upper().replace("-", " ")]
)
def test_any_commune_is_found_however_its_name_is_typed(shared: Page, way: Any) -> None:
    chosen = random.Random(7).sample(EVERY, 500)
    found = all_completed(shared, [way(commune.name) for commune in chosen])
    missed = [
        commune.name
        for commune, several in zip(chosen, found, strict=True)
        if commune.code not in {one["code"] for one in several}
    ]
    assert missed == []


def test_the_page_folds_names_as_the_engine_does(shared: Page) -> None:
    names = [commune.name for commune in EVERY] + ["Œuf & Cie", "ST-ÉTIENNE", "Ste  Foy", "straße"]
    assert shared.evaluate("(names) => names.map(fold)", names) == [fold(name) for name in names]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("paris", "Paris (75)"),
        ("p", "Paris (75)"),  # the largest first
        ("tou", "Toulouse (31)"),
        ("havre", "Le Havre (76)"),
        ("LE HÂVRE", "Le Havre (76)"),
        ("st den", "Saint-Denis (974)"),
        ("saint aubin cote d'or", "Saint-Aubin (21)"),
        ("l’isle ad", "L’Isle-Adam (95)"),
        ("lhay les roses", "L’Haÿ-les-Roses (94)"),
        ("y", "Y (80)"),
        ("saint aubin (21)", "Saint-Aubin (21)"),
        ("saint aubin 40", "Saint-Aubin (40)"),
        ("Lyon 3e", "Lyon (69)"),
        ("paris 12", "Paris (75)"),
        ("63000", "Clermont-Ferrand (63)"),
        ("63 000", "Clermont-Ferrand (63)"),
        ("20000", "Ajaccio (2A)"),
        ("20200", "Bastia (2B)"),
        ("97400", "Saint-Denis (974)"),
        ("97133", "Saint-Barthélemy (977)"),
        ("98800", "Nouméa (988)"),
        ("papeete", "Papeete (987)"),
        ("évry", "Évry-Courcouronnes (91)"),  # its former name; larger than Évry, in Yonne
        ("04250", "La Motte-du-Caire (04)"),
    ],
)
def test_what_was_meant_comes_first(shared: Page, typed: str, first: str) -> None:
    found = labels(completed(shared, typed))
    assert found[0] == first
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("typed", "town"),
    [
        *((typed, "Paris (75)") for typed in ("Paris 11e", "paris 11", "75011", "Paris 1er")),
        ("11e arrondissement de Paris", "Paris (75)"),
        ("Lyon 3e", "Lyon (69)"),
        ("Marseille 1er arrondissement", "Marseille (13)"),
    ],
)
def test_an_arrondissement_is_its_town_and_nothing_that_begins_likewise(
    shared: Page, typed: str, town: str
) -> None:
    assert labels(completed(shared, typed)) == [town]


def test_a_slip_over_a_whole_name_comes_before_a_part_of_one(shared: Page) -> None:
    found = labels(completed(shared, "Ambret"))
    assert found.index("Ambert (63)") == 0 < found.index("Les Abrets en Dauphiné (38)")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("corse", ("Corse", "corse", "Région")),
        ("cors", ("Corse", "corse", "Région")),
        ("somm", ("Somme", "80", "Département")),
        ("80", ("Somme", "80", "Département")),
        ("988", ("Nouvelle-Calédonie", "988", "Collectivité")),
        ("paris est", ("Paris Est Marne et Bois", "200057941", "Intercommunalité")),
    ],
)
def test_territories_are_proposed(shared: Page, typed: str, first: tuple[str, ...]) -> None:
    [[found, *_]] = [one["territoires"] for one in ask_each(shared, "places.complete", [typed])]
    assert (found["nom"], found["code"], found["nature"]) == first


@pytest.mark.parametrize("typed", ["", "   ", "(", "xyzzy", "97", "970", "00", "99999", "1"])
def test_what_is_no_place_finds_none(shared: Page, typed: str) -> None:
    assert completed(shared, typed) == []


def test_a_postcode_crosses_the_border_of_a_departement(shared: Page) -> None:
    found = completed(shared, "05130")
    assert {"Tallard (05)", "Piégut (04)"} <= set(labels(found))
    assert {one["poste"] for one in found} == {"05130"}


def test_homonyms_are_all_proposed_and_told_apart(shared: Page) -> None:
    found = [one for one in completed(shared, "sainte colombe") if one["nom"] == "Sainte-Colombe"]
    real = {commune.code for commune in EVERY if commune.name == "Sainte-Colombe"}
    assert {one["code"] for one in found} == real
    assert len({one["nomDepartement"] for one in found}) == len(found) > 8


def test_the_name_of_a_merged_commune_leads_to_the_present_one(shared: Page) -> None:
    [found] = completed(shared, "annecy-le-vieux")
    assert (found["ancien"], found["nom"], found["code"]) == ("Annecy-le-Vieux", "Annecy", "74010")
    formers = list(GAZETTEER.communes.by_former_name.values())
    chosen = [one[0] for one in random.Random(7).sample(formers, 200)]
    several = all_completed(shared, [one.name for one in chosen])
    for former, found_ones in zip(chosen, several, strict=True):
        assert former.current.code in {one["code"] for one in found_ones}, former.name


def slip(chance: random.Random, name: str) -> str:
    """Return the name with one letter missing, too many, wrong or swapped, after its third."""
    at, letter = chance.randrange(3, len(name) - 1), chance.choice("aeinrst")
    changes = (
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    return chance.choice(changes)


def test_one_typing_error_is_forgiven(shared: Page) -> None:
    """Unless what was typed is the beginning of another name."""
    chance = random.Random(11)
    names = [fold(without_article(commune.name)) for commune in EVERY]
    long = [(commune, name) for commune, name in zip(EVERY, names, strict=True) if len(name) > 6]
    chosen = [(commune, slip(chance, name)) for commune, name in chance.sample(long, 300)]
    found = all_completed(shared, [typed for _, typed in chosen])
    missed = [
        typed
        for (commune, typed), several in zip(chosen, found, strict=True)
        if commune.code not in {one["code"] for one in several}
        and not any(fold(one["nom"]).endswith(typed) for one in several)
    ]
    assert len(missed) <= 15, missed
    assert labels(completed(shared, "clermnt ferrand")) == ["Clermont-Ferrand (63)"]
    assert labels(completed(shared, "toulosue"))[0] == "Toulouse (31)"


def test_a_search_reads_few_and_small_files(page: Page, site_url: str, output: Path) -> None:
    asked, troubles = watch(page)
    load_modules(page, site_url, output)
    before = len(asked)
    completed(page, "charenton")
    assert [url.rsplit("/", 1)[1][:5] for url in asked[before:]] == ["index", "noms-"]
    for typed in ("sant germain en laye", "saimt martin", "chateaunuf"):
        before = len(asked)
        completed(page, typed)
        assert len(asked) - before <= 8, typed
    assert not any("germain en" in url or "charenton" in url for url in asked)
    assert troubles == []


# --- Places --------------------------------------------------------------------------------------


def test_a_code_gives_the_place(shared: Page) -> None:
    vincennes = shared.evaluate("places.findByCode('94080')")
    assert vincennes == {
        "code": "94080",
        "nom": "Vincennes",
        "departement": "94",
        "nomDepartement": "Val-de-Marne",
        "region": "ile-de-france",
        "intercommunalite": "200054781",
        "nomIntercommunalite": "Métropole du Grand Paris",
        "territoires": ["200057941", "200054781", "94", "ile-de-france"],
        "latitude": GAZETTEER.communes["94080"].latitude,
        "longitude": GAZETTEER.communes["94080"].longitude,
    }
    assert shared.evaluate("places.findByCode('2A004')")["departement"] == "2A"
    assert shared.evaluate("places.findByCode('97411')")["region"] == "la-reunion"
    assert shared.evaluate("places.findByCode('15031')")["latitude"] is None
    island = shared.evaluate("places.findByCode('29155')")
    assert (island["intercommunalite"], island["territoires"]) == ("", ["29", "bretagne"])


@pytest.mark.parametrize("code", ["", "63", "63000", "99999", "2a004", "../63", "__proto__"])
def test_what_is_no_code_is_no_place(shared: Page, code: str) -> None:
    assert shared.evaluate("(code) => places.findByCode(code)", code) is None


def test_a_town_hall_is_in_its_commune(shared: Page) -> None:
    placed = [commune for commune in EVERY if commune.latitude is not None]
    overseas = [commune for commune in placed if len(commune.department) == 3]
    chance = random.Random(5)
    chosen = [*chance.sample(placed, 500), *chance.sample(overseas, 30)]
    points = [[commune.latitude, commune.longitude] for commune in chosen]
    places = ask_each(shared, "(point) => places.findAt(...point)", points)
    for commune, found in zip(chosen, places, strict=True):
        assert found is not None, commune.name
        here = (found["latitude"], found["longitude"])
        same_hall = here == (commune.latitude, commune.longitude)
        assert found["code"] == commune.code or same_hall, (commune.name, found["nom"])


def kilometres(commune: Commune, point: tuple[float, float]) -> float:
    assert commune.latitude is not None
    assert commune.longitude is not None
    north, east = commune.latitude - point[0], commune.longitude - point[1]
    return float(abs(complex(111.2 * north, 111.2 * 0.7 * east)))


@pytest.mark.parametrize(
    ("point", "name"),
    [
        ((48.82, 2.41), "Charenton-le-Pont"),  # three départements within a few kilometres
        ((48.58, 7.81), "Strasbourg"),  # on the Rhine, at the border
        ((44.36, 4.95), "Richerenches"),  # an enclave of Vaucluse in Drôme
        ((3.5, -53.0), "Saül"),  # far from any town hall, and yet in Guyane
        ((51.5, -0.1), None),  # London
        ((0.0, 0.0), None),
    ],
)
def test_a_point_has_its_commune(
    shared: Page, point: tuple[float, float], name: str | None
) -> None:
    found = shared.evaluate("(point) => places.findAt(...point)", list(point))
    assert (found and found["nom"]) == name
    if found and point[0] > 40:
        away = kilometres(GAZETTEER.communes[found["code"]], point)
        nearest = min(kilometres(one, point) for one in EVERY if one.latitude is not None)
        assert away < nearest + 3


def test_distances_are_those_of_the_sphere(shared: Page) -> None:
    found = shared.evaluate(
        "measureKilometres([48.8566, 2.3522], [45.7640, 4.8357])"
    )  # Paris, Lyon
    assert found == pytest.approx(391.5, abs=1)
