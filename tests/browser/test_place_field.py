"""A commune is found by its name, its postcode or the device's position; nothing else is told."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from maille import pipeline
from maille.formats.csp import format_policy
from maille.gazetteer import Commune
from maille.text.names import fold
from tests.browser.checks import DESKTOP, WATCH_POLICY, axe, watch
from tests.browser.serving import serving

GAZETTEER = pipeline.load_gazetteer()
EVERY = tuple(GAZETTEER.communes.values())
CHENNEVIERES = {"latitude": 48.7985, "longitude": 2.5340}

# The page that a view has to make: a field alone in its block, and where the files of places are.
HTML = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Essai</title>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="{assets}/css/site.css">
<script type="module" src="{base}essai/essai.js"></script></head>
<body><main class="wrap"><h1>Essai</h1><form>
<div class="field"><label for="_pres">Près de</label>
<input id="_pres" type="text" data-lieux="{base}lieux/"></div>
<p><button class="button">Chercher</button></p></form>
<p>Ce qui suit le champ.</p></main></body></html>"""

SCRIPT = """
import { openCommunes } from "{assets}/js/communes.js";
import { measureKilometres } from "{assets}/js/geometry.js";
import { fold } from "{assets}/js/text.js";
import { makePlaceField } from "{assets}/js/place-field.js";
const input = document.querySelector("#_pres");
const places = openCommunes(input.dataset.lieux);
const told = [];
const note = (word) => (what) => {
  document.documentElement.dataset.told = told.push([word, what ?? null]);
};
const field = makePlaceField(input, places,
  { onChoose: note("choose"), onClear: note("clear"), onLocate: note("locate") });
Object.assign(window, { places, fold, measureKilometres, told, field });
"""


def opened(page: Page, url: str, output: Path, base: str = "/") -> Page:
    """Open the page of the field, on the site served at `url` under `base`."""
    css, js = (next(output.glob(f"assets/{kind}-*")).name for kind in ("css", "js"))
    policy = format_policy({})

    def filled(text: str) -> str:
        for kind, folder in (("css", css), ("js", js)):
            text = text.replace(f"{{assets}}/{kind}", f"{base}assets/{folder}")
        return text.replace("{base}", base).replace("{policy}", policy)

    def answer(name: str, text: str, kind: str) -> None:
        body = filled(text)
        page.route(
            f"{url}{base}essai/{name}", lambda route: route.fulfill(body=body, content_type=kind)
        )

    answer("", HTML, "text/html")
    answer("essai.js", SCRIPT, "text/javascript")
    page.goto(f"{url}{base}essai/")
    page.set_default_timeout(5000)
    expect(page.get_by_role("combobox")).to_be_visible()  # the script has run
    return page


@pytest.fixture(scope="module")
def shared(browser: Browser, site_url: str, output: Path) -> Iterator[Page]:
    """One page for the tests that only ask the functions."""
    context = browser.new_context(**DESKTOP)
    yield opened(context.new_page(), site_url, output)
    context.close()


@pytest.fixture
def essai(shared: Page) -> Page:
    """The same page, as it opens."""
    shared.goto(shared.url.partition("?")[0])
    expect(shared.get_by_role("combobox")).to_be_visible()
    return shared


@pytest.fixture
def fresh_essai(fresh_page: Page, site_url: str, output: Path) -> Page:
    """A page of its own, whose answers the test may keep back."""
    return opened(fresh_page, site_url, output)


def completed(page: Page, typed: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("(typed) => places.complete(typed)", typed)
    return found


def all_completed(page: Page, typed: list[str]) -> list[list[dict[str, Any]]]:
    return one_by_one(page, "places.complete(one)", typed)


def one_by_one(page: Page, ask: str, all_of_them: list[Any]) -> list[Any]:
    """Ask the page for each, in one trip."""
    each = f"for (const one of all) found.push(await {ask});"
    found: list[Any] = page.evaluate(
        f"async (all) => {{ const found = []; {each} return found; }}", all_of_them
    )
    return found


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
        ("04250", "Bayons (04)"),
    ],
)
def test_what_was_meant_comes_first(shared: Page, typed: str, first: str) -> None:
    found = labels(completed(shared, typed))
    assert found[0] == first
    assert len(set(found)) == len(found)


def test_a_slip_over_a_whole_name_comes_before_a_part_of_one(shared: Page) -> None:
    found = labels(completed(shared, "Ambret"))
    assert found.index("Ambert (63)") == 0 < found.index("Les Abrets en Dauphiné (38)")


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


def test_a_search_reads_few_and_small_files(fresh_page: Page, site_url: str, output: Path) -> None:
    asked, troubles = watch(fresh_page)
    opened(fresh_page, site_url, output)
    before = len(asked)
    completed(fresh_page, "charenton")
    assert [url.rsplit("/", 1)[1][:5] for url in asked[before:]] == ["index", "noms-"]
    for typed in ("sant germain en laye", "saimt martin", "chateaunuf"):
        before = len(asked)
        completed(fresh_page, typed)
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
    places = one_by_one(shared, "places.findAt(...one)", points)
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


# --- The field -----------------------------------------------------------------------------------


def told(page: Page, at_least: int = 0) -> list[Any]:
    """Return what was called back, once there is that much."""
    if at_least:
        expect(page.locator("html")).to_have_attribute("data-told", str(at_least))
    found: list[Any] = page.evaluate("told.map(([word, what]) => [word, what?.code ?? what])")
    return found


def test_the_keyboard_is_enough(essai: Page) -> None:
    field, options = essai.get_by_role("combobox", name="Près de"), essai.get_by_role("option")
    field.focus()
    # At once: the list of « saint deni » would give way to this one under the arrows.
    essai.keyboard.insert_text("saint denis")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(essai.get_by_role("status")).to_have_text(re.compile(r"^\d+ communes proposées\.$"))
    assert field.get_attribute("aria-activedescendant") is None
    essai.keyboard.press("ArrowDown")
    essai.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    expect(essai.locator("[aria-selected=true]")).to_have_count(1)
    assert options.nth(1).inner_text().split() != options.nth(0).inner_text().split()
    essai.keyboard.press("Home")  # a key of the text
    expect(essai.locator("[aria-selected=true]")).to_have_count(0)
    essai.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    essai.keyboard.press("ArrowDown")
    essai.keyboard.press("Enter")
    expect(field).to_have_value("Saint-Denis (974)")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_be_focused()
    assert told(essai, 1) == [["choose", "97411"]]
    assert essai.url.endswith("/essai/")  # the form was not sent


def test_enter_takes_the_first_even_before_the_list_is_there(essai: Page) -> None:
    field = essai.get_by_role("combobox")
    field.focus()
    essai.keyboard.insert_text("charenton le pont")
    essai.keyboard.press("Enter")
    expect(field).to_have_value("Charenton-le-Pont (94)")
    assert told(essai, 1) == [["choose", "94018"]]
    # Once chosen, Enter is the form's again.
    essai.keyboard.press("Enter")
    essai.wait_for_url("**/essai/?*")


def test_escape_closes_then_empties(essai: Page) -> None:
    field = essai.get_by_role("combobox")
    essai.evaluate("places.findByCode('63113').then((one) => field.show(one))")
    expect(field).to_have_value("Clermont-Ferrand (63)")
    assert told(essai) == []
    field.focus()
    essai.keyboard.press("ArrowDown")
    expect(essai.get_by_role("listbox")).to_be_visible()
    essai.keyboard.press("Escape")
    expect(essai.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("Clermont-Ferrand (63)")
    essai.keyboard.press("Escape")
    expect(field).to_have_value("")
    assert told(essai) == [["clear", None]]


def test_emptying_the_field_by_hand_is_told_once(essai: Page) -> None:
    field = essai.get_by_role("combobox")
    essai.evaluate("places.findByCode('63113').then((one) => field.show(one))")
    expect(field).to_have_value("Clermont-Ferrand (63)")
    field.fill("")
    field.fill("a")
    field.fill("")
    assert told(essai) == [["clear", None]]


def test_a_touch_chooses(essai: Page) -> None:
    field = essai.get_by_role("combobox")
    field.fill("annecy le v")
    option = essai.get_by_role("option", name="Annecy-le-Vieux")
    expect(option).to_contain_text("aujourd’hui Annecy")
    option.click()
    expect(field).to_have_value("Annecy (74)")
    expect(field).to_be_focused()
    assert told(essai, 1) == [["choose", "74010"]]


def test_what_is_left_unchosen_is_said(essai: Page) -> None:
    field, status = essai.get_by_role("combobox"), essai.get_by_role("status")
    field.fill("zzzzzz")
    expect(status).to_have_text(re.compile("Aucune commune de ce nom"))
    expect(status).to_be_visible()
    field.fill("clermont")
    expect(essai.get_by_role("option").first).to_be_visible()
    essai.keyboard.press("Tab")
    expect(essai.get_by_role("listbox")).to_be_hidden()
    expect(status).to_have_text("Choisissez une commune dans la liste.")
    assert told(essai) == []


def test_a_late_answer_does_not_come_back(fresh_essai: Page, site_url: str) -> None:
    held: list[Any] = []
    fresh_essai.route(f"{site_url}/lieux/noms-*", lambda route: held.extend([route]))
    field = fresh_essai.get_by_role("combobox")
    with fresh_essai.expect_request("**/noms-*"):
        field.fill("clerm")
    field.fill("")
    for route in held:
        route.continue_()
    fresh_essai.evaluate("places.complete('clerm')")  # of the same answer, asked for after it
    expect(fresh_essai.get_by_role("listbox")).to_be_hidden()


def test_without_the_network_it_is_said_then_mended(fresh_essai: Page, site_url: str) -> None:
    field, status = fresh_essai.get_by_role("combobox"), fresh_essai.get_by_role("status")
    fresh_essai.route(f"{site_url}/lieux/**", lambda route: route.abort())
    field.fill("amiens")
    expect(status).to_have_text(re.compile("n’ont pas pu être lues"))
    fresh_essai.unroute(f"{site_url}/lieux/**")
    field.fill("amien")
    expect(fresh_essai.get_by_role("option").first).to_contain_text("Amiens")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(browser: Browser, site_url: str, output: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, has_touch=width < 500)
    page = context.new_page()
    page.add_init_script(WATCH_POLICY)
    opened(page, site_url, output)
    assert axe(page) == []
    page.get_by_role("combobox").fill("sainte colombe")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    assert axe(page) == []
    sizes = page.get_by_role("option").or_(page.get_by_role("button", name="Utiliser"))
    assert min((box or {"height": 0})["height"] for box in map(box_of, sizes.all())) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("combobox").fill("zzzzzz")
    expect(page.get_by_role("status")).to_have_text(re.compile("Aucune"))
    assert axe(page) == []
    assert page.evaluate("window.violations") == []
    context.close()


def box_of(locator: Any) -> Any:
    return locator.bounding_box()


# --- The device's position -----------------------------------------------------------------------


# Counts how often the device is asked where it is.
COUNT_ASKS = """
window.asks = 0;
const ask = navigator.geolocation.getCurrentPosition;
navigator.geolocation.getCurrentPosition = function getCurrentPosition(...how) {
  window.asks += 1;
  return ask.apply(this, how);
};
"""


def locate(page: Page) -> None:
    page.get_by_role("button", name="Utiliser ma position").click()


def test_the_position_stays_on_the_device(
    context: BrowserContext, fresh_page: Page, site_url: str, output: Path
) -> None:
    context.grant_permissions(["geolocation"], origin=site_url)
    context.set_geolocation(CHENNEVIERES)  # type: ignore[arg-type]
    asked, troubles = watch(fresh_page)
    fresh_page.add_init_script(COUNT_ASKS)
    opened(fresh_page, site_url, output)
    fresh_page.get_by_role("combobox").focus()
    assert fresh_page.evaluate("window.asks") == 0  # nothing before the click
    locate(fresh_page)
    expect(fresh_page.get_by_role("combobox")).to_have_value(
        "Ma position, à Chennevières-sur-Marne (94)"
    )
    assert fresh_page.evaluate("window.asks") == 1
    [[word, what]] = fresh_page.evaluate("told")
    assert (word, what["place"]["code"]) == ("locate", "94019")
    assert (what["latitude"], what["longitude"]) == (48.8, 2.53)  # a kilometre
    assert all(url.startswith(f"{site_url}/") for url in asked), asked
    assert not any("48." in url or "2.5" in url for url in asked)
    assert troubles == []


def test_a_position_abroad_or_refused_is_said(
    context: BrowserContext, fresh_page: Page, site_url: str, output: Path
) -> None:
    opened(fresh_page, site_url, output)
    status = fresh_page.get_by_role("status")
    context.clear_permissions()
    fresh_page.evaluate(
        "() => { navigator.geolocation.getCurrentPosition = "
        "(done, fail) => fail({code: refusal}); }"
    )
    for code, words in ((1, "n’a pas le droit"), (2, "pas pu être trouvée"), (3, "trop attendre")):
        fresh_page.evaluate("(code) => { window.refusal = code; }", code)
        locate(fresh_page)
        expect(status).to_have_text(re.compile(words))
        expect(status).to_be_visible()
    fresh_page.evaluate(
        "() => { navigator.geolocation.getCurrentPosition = "
        "(done) => done({coords: {latitude: 51.5, longitude: -0.1}}); }"
    )
    locate(fresh_page)
    expect(status).to_have_text(re.compile("hors de France"))
    assert told(fresh_page) == []


def test_a_browser_that_refuses_is_heard(fresh_page: Page, site_url: str, output: Path) -> None:
    """With the browser's own refusal: no permission was granted to this context."""
    opened(fresh_page, site_url, output)
    locate(fresh_page)
    expect(fresh_page.get_by_role("status")).to_have_text(re.compile("n’a pas le droit"))


# --- Under a base path ---------------------------------------------------------------------------


def test_addresses_hold_under_a_base_path(context: BrowserContext, output: Path) -> None:
    with serving(output, "/projet/") as url:
        context.grant_permissions(["geolocation"], origin=url)
        context.set_geolocation(CHENNEVIERES)  # type: ignore[arg-type]
        page = opened(context.new_page(), url, output, "/projet/")
        assert labels(completed(page, "amiens")) == ["Amiens (80)"]
        locate(page)
        expect(page.get_by_role("combobox")).to_have_value(re.compile("Chennevières"))
    assert json.loads((output / "lieux/index.json").read_bytes())["volumes"]
