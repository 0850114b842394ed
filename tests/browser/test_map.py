"""The map in a real browser: names, keyboard, popups, parts, and nothing asked of others."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from tests.browser.checks import settle, watch_arrivals
from tests.browser.serving import serving
from tests.building import WITHOUT_COMMUNES, build, copy_site
from tests.doses import WALKED
from tests.records import PLACED

MAX_TAB_STOPS = 5
CROWD_STEPS = 60  # of the walk that are looked at one by one
HOSTILE = (
    "${alert(1)}",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "`backticks` et 'apostrophes'",
    "{{ 7 * 7 }}",
)
# Towns with several at one spot, towns close to one another, and each overseas department.
CROWD = ("69123",) * 11 + ("69266", "69290", "42218", "80021", "60057", "43157", "43157", "85194")
OVERSEAS = ("97105", "97120", "97209", "97302", "97411", "97415", "97608")

RECORD = """---
nom: {name}
pratiques: [{practices}]
relation: a-confirmer
code_insee: "{code}"
resume: Une fiche d'essai.
sources:
  - {{titre: Un essai, date: 2023-04-13}}
---
Une fiche d'essai.
"""


@pytest.fixture(scope="session")
def crowded_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the miniature with many more records, some with names that attack the page."""
    root = copy_site(tmp_path_factory.mktemp("foule"))
    practices = ("", "accompagnements", "gestion-d-un-lieu", "dialogue-territorial")
    for number, code in enumerate(CROWD + OVERSEAS):
        name = HOSTILE[number] if number < len(HOSTILE) else f"Lieu d'essai {number}"
        text = RECORD.format(name=json.dumps(name), practices=practices[number % 4], code=code)
        (root / "catalysers" / f"zz-essai-{number}.md").write_text(text, encoding="utf-8")
    report = build(root, root / "output", views=WITHOUT_COMMUNES)
    assert not report.failed, report.problems
    with serving(root / "output") as url:
        yield url


@dataclass(frozen=True)
class Placed:
    """A record that has a point, as the data of the directory has it."""

    slug: str
    name: str
    commune: str
    department: str
    practices: tuple[str, ...]
    example: bool

    @property
    def label(self) -> str:
        """What its marker and its option must say."""
        return printed(
            ", ".join(filter(None, (self.name, *dict.fromkeys((self.commune, self.department)))))
        )


def placed(url: str) -> list[Placed]:
    """The records that have a point, in the order of the list."""
    with urllib.request.urlopen(f"{url}/catalyseurs/index.json") as answer:
        index = json.load(answer)
    columns, departments = index["fiches"], index["departements"]
    return [
        Placed(
            slug,
            columns["nom"][number],
            columns["commune"][number],
            departments[columns["departement"][number]][1],
            tuple(index["pratique"][one][1] for one in columns["pratique"][number]),
            number >= index["reelles"],
        )
        for number, slug in enumerate(columns["slug"])
        if columns["point"][number]
    ]


def printed(text: str) -> str:
    """The text with the apostrophes that visitors read."""
    return re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])", "’", text)


def open_map(page: Page, url: str, anchor: str = "") -> None:
    page.goto(f"{url}/carte/{anchor}")
    expect(page.locator("#_carte.is-live[aria-busy=false] .folium-map")).to_be_visible()
    # Fonts that arrive, and the jump to the anchor, move the map under the pointer.
    settle(page)


def focused(page: Page) -> str:
    """The id of what has the focus, else its classes, else its tag."""
    found: str = page.evaluate(
        "(({id, className, tagName}) => id || className || tagName)(document.activeElement)"
    )
    return found


def tab_stops(page: Page) -> list[str]:
    """What the Tab key meets in the map, in order."""
    stops: list[str] = []
    page.locator(".carte-skip").focus()
    while page.evaluate("document.getElementById('_carte').contains(document.activeElement)"):
        stops.append(focused(page))
        page.keyboard.press("Tab")
    return stops


def type_at_once(page: Page, text: str) -> None:
    """Type in the walk: on a busy machine, the time that each key takes would be a pause."""
    page.locator("#_points").evaluate(
        """(box, typed) => [...typed]
          .map((key) => new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}))
          .forEach((event) => box.dispatchEvent(event))""",
        text,
    )


# Of each option, what it says if it is the active one.
OPTIONS = """() => [...document.querySelectorAll('[role=option]')].map(({ id, textContent }) =>
  id === document.activeElement.getAttribute('aria-activedescendant') && textContent)"""


def active_option(page: Page) -> str:
    found: str = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
        ".textContent"
    )
    return found


def in_sight(page: Page, selector: str) -> bool:
    """Whether the one element of that selector is inside the frame of the map.

    Both are measured at once: the page may be scrolling.
    """
    return is_within(page.locator(selector))


def is_within(one: Locator) -> bool:
    """Whether an element is wholly inside the frame of the map."""
    found: bool = one.evaluate(
        """(one) => {
            const frame = document.querySelector('.carte-stage').getBoundingClientRect();
            const { left, right, top, bottom } = one.getBoundingClientRect();
            return frame.left <= left && right <= frame.right
                && frame.top <= top && bottom <= frame.bottom;
        }"""
    )
    return found


def test_the_map_asks_nobody_else_and_complains_of_nothing(page: Page, site_url: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    wait = watch_arrivals(page)
    open_map(page, site_url)
    wait()
    assert [url for url in asked if not url.startswith((site_url, "data:"))] == []
    assert said == []


def test_every_marker_has_a_name_of_its_own(site_url: str) -> None:
    every = [one.label for one in placed(site_url)]
    print(f"\nCarte : {len(every)} repères, {len(set(every))} noms")
    assert len(every) == len(PLACED)
    assert len(set(every)) == len(every)


def test_every_placed_catalyser_is_walked_from_one_tab_stop(page: Page, site_url: str) -> None:
    open_map(page, site_url)
    stops = tab_stops(page)
    print(f"\nCarte : {len(stops)} arrêts de tabulation : {', '.join(stops)}")
    assert len(stops) <= MAX_TAB_STOPS
    assert stops.count("_points") == 1
    walk_all(page, site_url, WALKED)
    # Typing goes to the name that starts so.
    page.keyboard.press("Home")
    last = placed(site_url)[-1].name
    type_at_once(page, last.lower())
    assert active_option(page).startswith(printed(last))
    # In the bar the arrows move.
    buttons = page.locator(".carte-bar button")
    buttons.first.focus()
    page.keyboard.press("ArrowRight")
    expect(buttons.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Dézoomer")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(buttons.first).to_be_focused()


def test_a_crowd_is_walked_too(page: Page, crowded_url: str) -> None:
    open_map(page, crowded_url)
    walk_all(page, crowded_url, CROWD_STEPS)


def walk_all(page: Page, url: str, steps: int) -> None:
    """Press the down arrow, then go to both ends: each is named, alone under its ring, in sight."""
    expected = placed(url)
    page.locator("#_points").focus()
    for number, one in enumerate(expected[:steps], 1):
        name = one.label + (", fiche d’exemple" if one.example else "")
        # The map moves first: the ring comes when it has arrived.
        expect(page.locator(".is-current")).to_have_attribute("aria-label", name)
        expect(page.locator(".carte-label")).to_have_text(printed(one.name))
        assert in_sight(page, ".is-current")
        # The only option: they are made as they are walked.
        assert page.evaluate(OPTIONS) == [f"{name}, {number} sur {len(expected)}"]
        page.keyboard.press("ArrowDown")
    print(f"\nCarte : {len(expected[:steps])} catalyseurs sur {len(expected)} parcourus au clavier")
    page.keyboard.press("Home")
    assert active_option(page).startswith(expected[0].label)
    page.keyboard.press("End")
    assert active_option(page).startswith(expected[-1].label)


def test_enter_opens_the_popup_and_escape_comes_back(page: Page, site_url: str) -> None:
    open_map(page, site_url)
    page.locator("#_points").focus()
    page.keyboard.press("ArrowDown")
    one = placed(site_url)[1]
    label = page.locator(".carte-label")
    expect(label).to_have_text(printed(one.name))
    page.keyboard.press("Enter")
    popup = page.get_by_role("dialog", name=printed(one.name), exact=True)
    expect(popup).to_be_focused()
    expect(label).to_have_count(0)  # the popup has the name
    expect(popup).to_contain_text(printed(one.commune))
    for practice in one.practices:
        expect(popup).to_contain_text(printed(practice))
    page.keyboard.press("Tab")
    expect(popup.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(label).to_have_text(printed(one.name))
    assert focused(page) == "_points"
    assert active_option(page).startswith(printed(one.name))
    page.keyboard.press("Enter")
    popup.get_by_role("link").click()
    expect(page).to_have_url(f"{site_url}/catalyseurs/{one.slug}/")


def test_a_marker_opens_by_click_and_takes_the_focus_back(page: Page, crowded_url: str) -> None:
    open_map(page, crowded_url, "#mayotte")
    marker = page.locator(".folium-map .carte-point:visible").first
    name = marker.get_attribute("aria-label") or ""
    marker.click()
    popup = page.get_by_role("dialog")
    expect(popup).to_be_focused()
    expect(page.locator(".carte-label")).to_have_count(0)
    popup.get_by_role("button", name="Fermer").click()
    expect(popup).to_have_count(0)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name


def test_markers_and_clusters_are_named_and_no_tab_stops(page: Page, crowded_url: str) -> None:
    open_map(page, crowded_url)
    icons = page.locator(".leaflet-marker-icon")
    for icon in icons.all():
        assert icon.get_attribute("role") == "button"
        assert icon.get_attribute("tabindex") == "-1"
        assert icon.get_attribute("aria-label")
    labels = [
        icon.get_attribute("aria-label") or "" for icon in page.locator(".carte-cluster").all()
    ]
    lyon = next(label for label in labels if "Lyon" in label)
    assert lyon.startswith("1")
    assert "catalyseurs autour de Lyon, Rhône" in lyon
    # The list has the order of the map.
    rows = page.locator("ol.carte-list > li > a").evaluate_all("all => all.map(a => a.href)")
    assert rows == [f"{crowded_url}/catalyseurs/{one.slug}/" for one in placed(crowded_url)]
    spot = page.get_by_role("button", name=lyon)
    spot.click()
    expect(page.locator(".carte-say")).to_have_text(lyon)


def test_a_town_with_article_takes_its_preposition(page: Page, crowded_url: str) -> None:
    """« 2 catalyseurs au Puy-en-Velay, Haute-Loire », never « à Le Puy »."""
    open_map(page, crowded_url)
    page.locator("#_points").focus()
    type_at_once(page, "Lieu d'essai 16")
    open_cluster = page.locator(".carte-cluster[aria-label*='Puy-en-Velay']")
    name = "2 catalyseurs au Puy-en-Velay, Haute-Loire"
    expect(open_cluster).to_have_attribute("aria-label", name)


@pytest.mark.parametrize("width", [320, 1280])
def test_each_part_is_one_action_away(page: Page, crowded_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    open_map(page, crowded_url)
    bar = page.get_by_role("toolbar")
    for part in ("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte", "Métropole"):
        bar.get_by_role("button", name=part).click()
        expect(page.locator(".carte-say")).to_contain_text(part)
        expect(page.locator(".leaflet-marker-icon:visible")).not_to_have_count(0)
    # The address tells the frame a moment later, and what was said stays.
    page.evaluate(
        "document.addEventListener('maille:vue', () => { document.body.dataset.told = ''; })"
    )
    bar.get_by_role("button", name="Mayotte").click()
    expect(page.locator("body")).to_have_attribute("data-told", "")
    expect(page.locator(".carte-say")).to_contain_text("Mayotte")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = bar.get_by_role("button", name="Zoomer").first.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24


def test_an_address_can_name_a_part(page: Page, crowded_url: str) -> None:
    open_map(page, crowded_url, "#la-reunion")
    expect(page.locator(".carte-say")).to_contain_text("La Réunion")
    shown = page.locator(".leaflet-marker-icon:visible")
    assert any("La Réunion" in (icon.get_attribute("aria-label") or "") for icon in shown.all())


def test_tiles_are_asked_for_only_after_the_click(page: Page, site_url: str) -> None:
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/svg+xml", body="<svg/>")

    page.route("https://**", answer)
    wait = watch_arrivals(page)
    open_map(page, site_url)
    page.get_by_text("Fond de carte détaillé").click()
    button = page.get_by_role("button", name="Afficher le fond détaillé")
    expect(button).to_have_accessible_description(re.compile("data.geopf.fr"))
    wait()
    assert asked == []
    with page.expect_request("https://data.geopf.fr/**"):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".carte-credit")).to_be_visible()
    assert all(url.startswith("https://data.geopf.fr/") for url in asked)


def test_hostile_names_are_only_text(page: Page, crowded_url: str) -> None:
    alerts: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    open_map(page, crowded_url)
    page.locator("#_points").focus()
    names = [one.name for one in placed(crowded_url)]
    assert {*HOSTILE} <= {*names}
    for name in names[: max(map(names.index, HOSTILE)) + 1]:
        if name in HOSTILE:
            page.keyboard.press("Enter")
            expect(page.get_by_role("dialog").locator("p").first).to_have_text(printed(name))
            page.keyboard.press("Escape")
        page.keyboard.press("ArrowDown")
    assert alerts == []
    assert page.locator("#_carte img, #_carte script").count() == 0


def test_axe_finds_nothing_while_walking_and_reading(page: Page, crowded_url: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_map(page, crowded_url)
    page.locator("#_points").focus()
    for key, seen in (("ArrowDown", ".carte-label"), ("Enter", ".carte-popup")):
        page.keyboard.press(key)
        expect(page.locator(seen)).to_be_visible()
        found = Axe().run(page, context="#_carte").response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_without_javascript_the_picture_and_the_list_serve(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/carte/")
    expect(page.locator(".figure-main")).to_be_visible()
    expect(page.locator(".carte-bar")).to_be_hidden()
    rows = page.locator("ol.carte-list > li > a").all_text_contents()
    assert len(rows) == len([one for one in placed(site_url) if not one.example])
    expect(page.locator(".carte-examples a[href='/territoires/']")).to_be_visible()
    expect(page.locator("ol.carte-list > li > a").first).to_be_visible()
    context.close()


def test_one_finger_scrolls_the_page_and_not_the_map(browser: Browser, site_url: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    open_map(page, site_url)
    stage = page.locator(".carte-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    # A tap first: gesture handling then believes in a mouse, and lets the map take the finger.
    page.touchscreen.tap(box["x"] + 20, box["y"] + 20)
    before = page.evaluate("scrollY")
    swipe_up(page, box["x"] + box["width"] / 2, box["y"] + 200)
    page.wait_for_function("(before) => scrollY > before + 50", arg=before)
    context.close()


def swipe_up(page: Page, x: float, y: float) -> None:
    """Move one finger 120 px up, in steps, as fingers do."""
    session = page.context.new_cdp_session(page)
    for step in range(11):
        kind = "touchMove" if step else "touchStart"
        points = [{"x": x, "y": y - 12 * step}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.evaluate("new Promise(requestAnimationFrame)")  # fingers are slower than frames
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_if_the_data_does_not_come_the_picture_stays(page: Page, site_url: str) -> None:
    wait = watch_arrivals(page)
    page.route("**/index.json", lambda route: route.abort())
    page.goto(f"{site_url}/carte/")
    wait()
    expect(page.locator(".figure-main")).to_be_visible()


POPUP = """() => {
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  const [card, stage] = [box('.carte-popup .leaflet-popup-content-wrapper'), box('.carte-stage')];
  const seen = [...document.querySelectorAll('.carte-card > *')].filter((one) => {
    one.scrollIntoView({ block: 'nearest' });
    const { left, top, width, height } = one.getBoundingClientRect();
    return one.contains(document.elementFromPoint(left + width - 2, top + height / 2));
  }).length;
  return {
    hidden: document.querySelectorAll('.carte-card > *').length - seen,
    inside: card.left >= stage.left && card.right <= stage.right
      && card.top >= stage.top - 1 && card.bottom <= stage.bottom,
  };
}"""


# The markers that lie under the buttons for the zoom.
UNDER_BUTTONS = """() => {
  const { right, bottom } = document.querySelector('.carte-zoom').getBoundingClientRect();
  return [...document.querySelectorAll('.leaflet-marker-icon')]
    .map((icon) => [icon.ariaLabel, icon.getBoundingClientRect()])
    .filter(([, { left, top }]) => left <= right && top <= bottom).map(([name]) => name);
}"""


@pytest.mark.parametrize("letters", [16, 32])
def test_a_popup_is_above_the_buttons(fresh_page: Page, site_url: str, letters: int) -> None:
    page = fresh_page
    page.context.new_cdp_session(page).send(
        "Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": 13}}
    )
    page.emulate_media(reduced_motion="reduce")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        open_map(page, site_url, "?fiche=cocolavande")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert page.evaluate(POPUP) == {"hidden": 0, "inside": True}
        # At rest, the buttons for the zoom hide nothing either.
        open_map(page, site_url)
        assert page.evaluate(UNDER_BUTTONS) == []


def test_on_a_phone_an_answer_keeps_the_map_in_view(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_map(page, site_url, "?pres=63430")
    expect(page.locator(".carte-stage")).to_be_in_viewport(ratio=0.95)
    expect(page.locator("#_resultat")).to_be_in_viewport()
    page.locator("#_q").fill("Ambert")
    page.keyboard.press("Enter")
    page.wait_for_url("**pres=63003*")
    expect(page.get_by_role("heading", name="Résultats")).to_be_focused()
    expect(page.locator(".carte-stage")).to_be_in_viewport(ratio=0.95)
