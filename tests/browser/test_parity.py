"""The scripts give what the shared table says (`tests/parity.py`), and draw rows as pages do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from maille.views.records import index_data
from maille.views.territory.groups import group_records
from maille.views.territory.presences import find_presences, require_territory
from tests.building import ROOT
from tests.parity import CASES, TERRITORIES, make_site_of_territories

# No site is needed for plain functions: an empty page, and the scripts as they are in the sources.
EMPTY = "https://scripts.example/"
SCRIPTS = ROOT / "templates" / "assets" / "js"

FUNCTIONS = """async (table) => {
  const load = (name) => import(`/js/${name}.js`);
  const [text, dates, geometry, parts, printMap] = await Promise.all(
    ["text", "dates", "geometry", "record-parts", "print-map"].map(load));
  const makeDate = (year, month, day) => new Date(year, month - 1, day);
  const round = (number) => Number(number.toFixed(3)) + 0;
  const functions = {
    fold: text.fold,
    drop_article: text.dropArticle,
    typeset: text.typeset,
    format_count: text.formatCount,
    join_names: text.joinNames,
    capitalize: text.capitalize,
    format_date: (...day) => dates.formatDate(makeDate(...day)),
    format_iso_date: (...day) => dates.formatIsoDate(makeDate(...day)),
    name_place: (commune, nomDepartement) => parts.namePlace({ commune, nomDepartement }),
    is_misspelling: text.isOneSlipApart,
    holds_point: (rings, [longitude, latitude]) => {
      const point = [latitude, longitude];
      const away = geometry.measureToRings(rings, point);
      return geometry.isInside(rings, point) || away <= 0.04 * geometry.DEGREE;
    },
    project: (points) => {
      const places = points.map(([longitude, latitude]) => ({ point: [latitude, longitude] }));
      const drawn = places.map(({ point }) => printMap.makeProjection(places)(point));
      const [[x0, y0], ...others] = drawn;
      return others.map(([x, y]) => [x - x0, y - y0].map((step) => round(step / printMap.INSIDE)));
    },
  };
  return Object.fromEntries(Object.entries(functions).map(([name, run]) =>
    [name, table[name].map(({ given }) => run(...given))]));
}"""

PRESENCES = """async ([index, codes]) => {
  const { readDirectory, isLocal } = await import("/js/directory-search.js");
  const { records } = readDirectory(index);
  const name = (found) => found.map(({ slug }) => slug).toSorted();
  return Object.fromEntries(codes.map((code) => [code, {
    standing: name(records.filter(({ standing }) => standing.includes(code))),
    acting: name(records.filter((record) =>
      isLocal(record, code) && !record.standing.includes(code))),
  }]));
}"""

GROUPS = """async ([index, codes]) => {
  const [{ readDirectory, select }, { makeEmptyView }] = await Promise.all(
    ["directory-search", "view"].map((name) => import(`/js/${name}.js`)));
  const all = readDirectory(index);
  const group = (territoire) => select(all, { ...makeEmptyView(), territoire }).groups;
  return Object.fromEntries(codes.map((code) => [code, group(code).map(({ key, records }) =>
    [key, records.map(({ slug }) => slug)])]));
}"""


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    """An empty page from which the modules of `templates/assets/js` can be imported."""

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(f"{EMPTY}js/")
        if name == EMPTY:
            route.fulfill(body="<!DOCTYPE html><title>Vide</title>", content_type="text/html")
        else:
            route.fulfill(body=(SCRIPTS / name).read_bytes(), content_type="text/javascript")

    context = browser.new_context()
    page = context.new_page()
    page.route(f"{EMPTY}**", answer)
    page.goto(EMPTY)
    yield page
    context.close()


def test_the_scripts_give_what_the_table_says(scripts: Page) -> None:
    found = scripts.evaluate(FUNCTIONS, CASES)
    expected = {name: [case["expected"] for case in cases] for name, cases in CASES.items()}
    assert found == expected


def test_the_scripts_find_who_is_in_a_territory(scripts: Page) -> None:
    site = make_site_of_territories()
    index = json.loads(json.dumps(index_data.make_columns(site, index_data.sort_records(site))))
    expected: dict[str, dict[str, list[str]]] = TERRITORIES["expected"]
    found = scripts.evaluate(PRESENCES, [index, [*expected]])
    assert found == {
        code: {how: sorted(slugs) for how, slugs in who.items()} for code, who in expected.items()
    }


def test_the_scripts_make_the_groups_of_the_pages_of_territories(scripts: Page) -> None:
    site = make_site_of_territories()
    entries = index_data.sort_records(site)
    rank = {entry.key: number for number, entry in enumerate(entries)}
    who = find_presences(site)
    codes = [*TERRITORIES["expected"]]
    expected = {}
    for code in codes:
        groups = group_records(site, who, require_territory(site, code), rank).groups
        expected[code] = [[one.key, [row.entry.slug for row in one.records]] for one in groups]
    index = json.loads(json.dumps(index_data.make_columns(site, entries)))
    assert scripts.evaluate(GROUPS, [index, codes]) == expected
    assert {key for groups in expected.values() for key, _ in groups} > {"tout", "sur-place"}


ORDER = """async (given) => {
  const { groupRecords } = await import("/js/result-groups.js");
  const found = given.map(([slug, standing]) => ({ slug, standing, example: true }));
  const order = (view) => groupRecords([...found], { view, all: {}, near: new Map(),
    compareNames: (a, b) => (a.slug < b.slug ? -1 : 1) })[0].records.map(({ slug }) => slug);
  return [order({ territoire: "80" }), order({ territoire: "" }),
    order({ territoire: "80", tri: "nom" })];
}"""


def test_examples_of_a_territory_come_before_those_that_act_there_from_elsewhere(
    scripts: Page,
) -> None:
    given = [["d", ["59"]], ["c", ["80"]], ["b", ["02"]], ["a", ["80", "hauts-de-france"]]]
    assert scripts.evaluate(ORDER, given) == [list("cadb"), list("dcba"), list("abcd")]


NEARNESS = """async (given) => {
  const { measureNearness } = await import("/js/result-groups.js");
  const record = { commune: "", code: "73", territoires: [], beside: ["01", "38"], point: null,
    ring: [[5.6, 45], [7.2, 45], [7.2, 46], [5.6, 46], [5.6, 45]] };
  return given.map(([nom, departement, latitude, longitude]) =>
    measureNearness(record, { nom, departement, latitude, longitude, territoires: [] }, 100).group);
}"""


def test_who_is_known_by_a_departement_within_the_limit_may_be_near(scripts: Page) -> None:
    cases = {
        ("Lyon", "69", 45.76, 4.83): "voisin",  # 60 km from it, which it does not touch
        ("Grenoble", "38", 45.19, 5.72): "voisin",
        ("Lagnieu", "01", None, None): "voisin",  # it touches, and its point is not known
        ("Paris", "75", 48.86, 2.35): "loin",
        ("Roanne", "42", None, None): "loin",
    }
    assert scripts.evaluate(NEARNESS, [[*one] for one in cases]) == [*cases.values()]


ANSWERS = """async (given) => {
  const { readAnswer } = await import("/js/proposal-answers.js");
  return given.map(([old, typed]) => {
    const question = document.createElement("div");
    question.dataset.cle = "site";
    question.append(document.createElement("input"));
    question.firstChild.value = typed;
    return readAnswer(question, { valeurs: { site: old } }).answer[0];
  });
}"""


def test_an_address_with_or_without_its_final_slash_is_no_change(scripts: Page) -> None:
    site = "https://essai.example"
    cases = [
        (f"{site}/", site, f"{site}/"),
        (site, f"{site}/", site),
        (f"{site}/a/", f"{site}/a", f"{site}/a/"),
        (site, f"{site}/a", f"{site}/a"),
        ("Rue / avenue", "Rue / avenue/", "Rue / avenue/"),  # no address
    ]
    found = scripts.evaluate(ANSWERS, [[old, typed] for old, typed, _ in cases])
    assert found == [expected for *_, expected in cases]


HOLDERS = """async ([texts, asked]) => {
  const { fileWords, findHolders } = await import("/js/directory-search.js");
  const words = new Map();
  texts.forEach((text, number) => fileWords(words, [text], number));
  return asked.map((one) => [...findHolders(words, one).numbers].sort());
}"""


def test_words_are_found_from_their_beginning_glued_or_apart(scripts: Page) -> None:
    texts = [
        "Co-working à Marseille",
        "Un fab lab, un partenariat",
        "Fablab et coworking",
        "La RSE",
    ]
    expected = {
        **{key: [0, 2] for key in ("coworking", "co-working", "Co working", "cowork")},
        **{key: [1, 2] for key in ("fablab", "fab-lab", "fab lab", "fabla")},
        "rse": [3],
        "art": [],
        "parten": [1],
        "fablab coworking": [2],
        "aille": [],
        "unfab": [],  # « un » makes no word with what follows
    }
    assert scripts.evaluate(HOLDERS, [texts, [*expected]]) == [*expected.values()]


AROUND = """async ([state, data]) => {
  const { countHappenings, findHappenings } = await import("/js/happenings.js");
  return [countHappenings(state, data), findHappenings(state, data)];
}"""


def test_what_happens_around_says_the_words_asked_first(scripts: Page) -> None:
    rows = [
        *(
            ["", f"Projet {one}", f"../projets/{one}/", "", ["80010", "80"], "", [[0, 1]]]
            for one in range(6)
        ),
        ["", "Loin", "../projets/loin/", "", ["2A"], "Un tiers-lieu", [[0, 1]]],
        ["", "Ailly", "../projets/ailly/", "", ["80010", "80"], "Un tiers-lieu ici", [[1, 0]]],
    ]
    actors = [["Dautres", "", "", [], ""], ["Uns", "", "", [], ""]]
    roles = [["", "projet porté", "projets portés"], ["avec ", "projet", "projets"]]
    data = {"lignes": rows, "acteurs": actors, "roles": roles}
    place = {"code": "80021", "nom": "Amiens", "territoires": ["80", "hauts-de-france"]}
    tables = {"departements": [["80", "Somme", 0, "dans la Somme"]], "intercommunalites": []}
    regions = [["hauts-de-france", "Hauts-de-France", "dans les Hauts-de-France"]]
    state = {"place": place, "all": {**tables, "regions": regions}, "view": {"q": "jardin"}}
    said, found = scripts.evaluate(AROUND, [state, data])
    assert said == ""
    assert (found["named"], found["found"][0]["title"], found["total"]) == (0, "Projet 0", 7)
    assert found["place"] == "dans la Somme"
    assert [(one["name"], one["why"]) for one in found["actors"]] == [
        ("Dautres", "avec 6 projets"),
        ("Uns", "1 projet porté"),
    ]
    state["view"] = {"q": "tiers-lieu"}
    said, found = scripts.evaluate(AROUND, [state, data])
    assert said == "1 projet parle de «\u202ftiers-lieu\u202f» dans la Somme"
    assert (found["named"], found["found"][0]["title"], len(found["found"])) == (1, "Ailly", 6)
    state["view"] = {"q": ""}
    place["code"] = "80010"
    said, found = scripts.evaluate(AROUND, [state, data])
    assert (said, found["place"]) == ("7 projets à Amiens", "ici")
    rows.append(["", "Albert", "../projets/albert/", "", ["80016", "80"], "", []])
    assert scripts.evaluate(AROUND, [state, data])[1]["place"] == "ici et dans la Somme"
    # An intercommunalité goes over the border; its name is not among the data if it has no page.
    place["territoires"] = ["200070969", *place["territoires"]]
    rows[:] = [["", "Moreuil", "../projets/moreuil/", "", ["60571", "200070969", "60"], "", []]]
    assert scripts.evaluate(AROUND, [state, data])[1]["place"] == "autour"
    tables["intercommunalites"] = [["200070969", "Métropole d'ici"]]
    state["all"] = {**tables, "regions": regions}
    [_, found] = scripts.evaluate(AROUND, [state, data])
    assert found["place"] == "sur le territoire de la Métropole d'ici"
    assert found["whole"] == "200070969"


def test_what_happens_elsewhere_is_counted_by_kind_and_where_it_is(scripts: Page) -> None:
    """In Paris, which is a commune and its whole département."""
    metropolis = "sur le territoire de la Métropole du Grand Paris"
    names = {"code": "75056", "nom": "Paris", "nomDepartement": "Paris", "departement": "75"}
    place = {**names, "territoires": ["200054781", "75", "ile-de-france"]}
    departments = [["75", "Paris", 0, "à Paris"], ["94", "Val-de-Marne", 0, "dans le Val-de-Marne"]]
    bodies = [["200054781", "Métropole du Grand Paris"]]
    tables = {"departements": departments, "intercommunalites": bodies, "regions": []}
    state = {"place": place, "all": tables, "view": {"q": ""}}
    rows = [["", "Un", "../agenda/un/", "", ["75056", "200054781", "75"], "", []]]
    data: dict[str, Any] = {"lignes": rows, "acteurs": [], "roles": []}

    def count() -> str:
        return str(scripts.evaluate(AROUND, [state, data])[0])

    rows.append(["", "Deux", "../agenda/deux/", "", ["94028", "200054781", "94"], "", []])
    assert count() == f"1 rendez-vous ou actualité à Paris, 1 autre {metropolis}"
    rows.append(["", "Trois", "../projets/trois/", "", ["94028", "200054781", "94"], "", []])
    others = "1 projet et 1 rendez-vous ou actualité"
    assert count() == f"1 rendez-vous ou actualité à Paris, {others} {metropolis}"
    rows[1:] = [["", "Quatre", "../agenda/quatre/", "", ["75"], "", []]]
    assert count() == "2 rendez-vous ou actualités à Paris"


# What a row shows, by the address of its record.
ROWS = """(all) => Object.fromEntries(all.map((row) => {
  const read = (one) => one.innerText.trim();
  const link = row.querySelector("h3 a");
  const parts = [link, ...row.querySelectorAll(".meta, .meta + p, .tags")];
  return [link.pathname, parts.map(read)];
}))"""


def test_rows_drawn_by_scripts_are_those_of_the_page(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    pages: dict[str, Any] = page.locator("#_liste .entries > li").evaluate_all(ROWS)
    page.goto(f"{site_url}/catalyseurs/?tri=nom&exemples=non")
    drawn = page.locator("#_resultats li[data-fiche]")
    expect(drawn).to_have_count(len(pages))
    # Once the summaries have come.
    expect(page.locator("#_resultats .meta + p:empty")).to_have_count(0)
    assert pages
    assert drawn.evaluate_all(ROWS) == pages
