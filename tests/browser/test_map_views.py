"""The map as a view of the directory: the same answer, in its order; its address gives it back."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import axe, choose_territory, hold, open_facets, settle
from tests.browser.test_map import (
    active_option,
    in_sight,
    is_within,
    open_map,
    placed,
    printed,
)

LYON = "69123"
# When the first frame with the picture was drawn, when each file of Leaflet was asked for, and how
# much has moved.
SEEN = """() => [
  window.drawn,
  performance.getEntriesByType('resource')
    .filter((one) => /leaflet.*js$/.test(one.name)).map((one) => one.startTime),
  window.moved,
]"""
# Whether all scripts that the page names have come.
COME = """() => document.querySelector('footer')
  && [...document.querySelectorAll('script[src]')].every(({ src }) =>
    performance.getEntriesByName(src).some(({ responseEnd }) => responseEnd))"""
# A frame is drawn between its callbacks and the next task; the screen shows it later, which is the
# time that the browser gives for a paint.
WATCH = """window.moved = 0; new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) window.moved += value;
}).observe({ type: 'layout-shift', buffered: true });
const look = () => {
  if (!document.querySelector('.figure-main')) requestAnimationFrame(look);
  else setTimeout(() => { window.drawn = performance.now(); });
};
requestAnimationFrame(look);"""


def rows(page: Page) -> list[str]:
    """The addresses of the rows of the list, in order, once they are drawn."""
    links = page.locator("#_resultats h3 a")
    expect(links).not_to_have_count(0)
    found: list[str] = links.evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    return found


def walked(page: Page) -> list[str]:
    """What the walk says of each marker, from the first to the last, once all are there."""
    expect(page.locator("#_resultat")).not_to_contain_text("en cours")
    expect(page.locator("#_carte[aria-busy=false]")).to_be_visible()
    page.locator("#_points").focus()
    page.keyboard.press("Home")
    said = [active_option(page)]
    while True:
        page.keyboard.press("ArrowDown")
        if active_option(page) == said[-1]:
            return said
        said.append(active_option(page))


def on_map(page: Page) -> set[str]:
    """The names of the markers and clusters in the frame of the map."""
    names = page.locator(".leaflet-marker-icon").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    return set(names)


def shown(page: Page) -> Any:
    """Where the map looks once it is still: its middle and its zoom."""
    page.wait_for_function(
        "() => !map_1._animatingZoom && !document.querySelector('.leaflet-pan-anim')"
    )
    return page.evaluate(
        "() => { const c = map_1.getCenter();"
        " return [+c.lat.toFixed(3), +c.lng.toFixed(3), map_1.getZoom()]; }"
    )


def frame_of(page: Page) -> list[float]:
    (frame,) = parse_qs(urlsplit(page.url).query)["cadre"]
    return [float(number) for number in frame.split(",")]


def test_filters_draw_the_answer_and_the_walk_has_the_order_of_the_list(
    page: Page, site_url: str
) -> None:
    open_map(page, site_url, "?pratique=accompagnements&exemples=non&tri=nom")
    page.locator("#_q").fill("cocolavande")
    page.keyboard.press("Enter")
    expect(page.locator("#_resultat")).to_contain_text("1 catalyseur recensé")
    said = walked(page)
    assert [one.split(",")[0] for one in said] == ["CoCoLavande"]
    page.locator("#_q").fill("")
    page.keyboard.press("Enter")
    expect(page.locator("#_resultat")).not_to_contain_text("1 catalyseur recensé")
    listed = [address.split("/")[-2] for address in rows(page)]
    known = {one.slug: one.label for one in placed(site_url)}
    said = walked(page)
    assert [one.rpartition(", ")[0] for one in said] == [
        known[slug] for slug in listed if slug in known
    ]


def test_the_parts_and_those_without_a_point_follow_the_filters(page: Page, site_url: str) -> None:
    open_map(page, site_url, "?exemples=non")
    button = page.get_by_role("button", name="Métropole")
    real = [one for one in placed(site_url) if not one.example]
    expect(button).to_have_text(f"Métropole ({len(real)})")
    open_map(page, site_url, "?territoire=69&exemples=non")
    said = page.locator("#_sans-lien")
    expect(said).to_have_text(re.compile(r"^\d+ sur \d+ n’ont pas de point sur la carte"))
    without = int((said.text_content() or "").split()[0])
    expect(page.locator("#_sans li:visible")).to_have_count(without)
    assert len(rows(page)) - without == len(walked(page))


def test_filters_frame_what_is_found_unless_the_visitor_moved_the_map(
    page: Page, site_url: str
) -> None:
    open_map(page, site_url)
    whole = shown(page)
    open_facets(page)
    choose_territory(page, "69")
    expect(page.locator("#_carte[aria-busy=false]")).to_be_visible()
    expect(page).not_to_have_url(re.compile("cadre="))
    latitude, longitude, _ = shown(page)
    assert (round(latitude), round(longitude)) == (46, 5)
    # Moved so that some still show: another filter leaves the frame alone.
    page.get_by_role("button", name="Dézoomer", exact=True).click()
    expect(page).to_have_url(re.compile("cadre="))
    moved = shown(page)
    page.get_by_role("checkbox", name="Dialogue territorial").check()
    expect(page.locator("#_carte[aria-busy=false]")).to_be_visible()
    assert shown(page) == moved
    expect(page).to_have_url(re.compile("cadre="))
    # None would show: the map goes where they are, and the address forgets the frame.
    choose_territory(page, "")
    choose_territory(page, "59")
    expect(page).not_to_have_url(re.compile("cadre="))
    assert shown(page) != moved
    assert shown(page) != whole


def test_a_link_gives_the_same_view_in_a_fresh_browser(
    page: Page, fresh_page: Page, site_url: str
) -> None:
    first, again = page, fresh_page
    open_map(first, site_url, "?pratique=accompagnements")
    first.get_by_role("button", name="Aller vers l’est", exact=True).click()
    expect(first).to_have_url(re.compile("cadre="))
    markers = first.locator(".carte-point").all()
    next(one for one in markers if is_within(one)).click()
    expect(first).to_have_url(re.compile("fiche="))
    again.goto(first.url)
    expect(again.locator("#_carte.is-live[aria-busy=false]")).to_be_visible()
    assert shown(again) == shown(first)
    assert rows(again) == rows(first)
    assert on_map(again) == on_map(first)
    expect(again.get_by_role("dialog")).to_have_text(
        first.get_by_role("dialog").text_content() or ""
    )
    expect(again.locator(".carte-label")).to_have_count(0)
    assert again.evaluate("document.activeElement === document.body")


def test_the_frame_in_the_address_is_where_the_map_looks(page: Page, site_url: str) -> None:
    open_map(page, site_url)
    assert "cadre" not in page.url  # the program's own frame is none of the visitor's
    page.locator(".folium-map").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("cadre="))
    latitude, longitude, zoom = frame_of(page)
    assert [round(latitude, 3), round(longitude, 3), zoom] == shown(page)


def test_back_and_forward_bring_back_the_selection(page: Page, site_url: str) -> None:
    open_map(page, site_url, "?exemples=non")
    page.locator("#_points").focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    one = [one for one in placed(site_url) if not one.example][4]
    expect(page).to_have_url(re.compile(f"fiche={one.slug}"))
    page.keyboard.press("Enter")
    # By keyboard: the map may still be moving under a pointer.
    page.get_by_role("dialog").get_by_role("link").press("Enter")
    expect(page).to_have_url(f"{site_url}/catalyseurs/{one.slug}/")
    page.go_back()
    expect(page.get_by_role("dialog")).to_contain_text(printed(one.name))
    shown(page)  # the popup may have moved it
    assert in_sight(page, ".is-current")
    open_facets(page)
    page.get_by_role("checkbox", name="Avec les fiches d’exemple").check()
    expect(page).not_to_have_url(re.compile("exemples=non"))
    page.get_by_role("dialog").get_by_role("button", name="Fermer").click()
    expect(page).not_to_have_url(re.compile("fiche="))
    page.go_back()
    expect(page).to_have_url(re.compile(f"exemples=non.*fiche={one.slug}"))
    expect(page.get_by_role("dialog")).to_contain_text(printed(one.name))
    page.go_forward()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_near_a_place_markers_bear_the_numbers_of_the_list(page: Page, site_url: str) -> None:
    open_map(page, site_url, "?pres=63003")
    expect(page.get_by_role("img", name="Lieu cherché : Ambert")).to_be_visible()
    listed = page.locator("#_resultats li[value]")
    expect(listed).to_have_count(6)  # those that are farther are behind a button, without a number
    numbers = listed.evaluate_all(
        "all => Object.fromEntries(all.map((one) => [one.dataset.fiche, one.value]))"
    )
    names = {one.slug: one.label for one in placed(site_url)}
    told = 0
    for marker in page.locator(".carte-point:has(.carte-numero)").all():
        label = str(marker.get_attribute("aria-label"))
        number = int(marker.locator(".carte-numero").inner_text())
        assert label.endswith(f"numéro {number}")
        (slug,) = (slug for slug, value in numbers.items() if value == number)
        assert label.startswith(names[slug])
        told += 1
    assert told == 1  # the two others are too near one another
    page.locator(".carte-point .carte-numero").click()  # the number answers as its marker
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#_points").focus()
    page.keyboard.press("Home")
    assert "à " in active_option(page)


# What is written on the map and what covers it, as boxes.
COVERED = """() => {
    const box = (one) => one.getBoundingClientRect();
    const meet = (one, other) => one.left < other.right && other.left < one.right
        && one.top < other.bottom && other.top < one.bottom;
    const stage = box(document.querySelector('.carte-stage'));
    const readCount = ({ firstChild }) => {
        const range = document.createRange();
        range.selectNode(firstChild);
        return range;
    };
    const counts = [...document.querySelectorAll('.carte-cluster')].map(readCount)
        .filter((one) => meet(box(one), stage));
    const over = [...document.querySelectorAll('.carte-numero, .carte-lieu span')];
    return counts.filter((count) => over.some((one) => meet(box(one), box(count))))
        .map((count) => count.toString());
}"""


@pytest.mark.parametrize("place", ["94018", "63003", LYON])
def test_on_a_phone_nothing_covers_the_counts_near_a_place(
    page: Page, site_url: str, place: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_map(page, site_url, f"?pres={place}")
    expect(page.locator(".carte-cluster").first).to_be_visible()
    assert page.evaluate(COVERED) == []
    # The list numbers the examples too; on the map they would be most of the numbers.
    assert page.locator(".is-example .carte-numero").count() == 0
    assert page.locator(".carte-numero").count() > 0
    # The name of the place stands in the frame, and the ring lies under what stands there.
    name = page.locator(".carte-lieu span")
    inside = "one => { const [a, b] = [one.getBoundingClientRect(),"
    inside += " map_1.getContainer().getBoundingClientRect()];"
    inside += " return a.left >= b.left && a.right <= b.right && a.top >= b.top; }"
    assert name.evaluate(inside)
    layers = page.locator(".leaflet-marker-icon").evaluate_all(
        "all => all.map((one) => [+one.style.zIndex, one.matches('.carte-lieu')])"
    )
    assert [is_place for _, is_place in sorted(layers)] == [True] + [False] * (len(layers) - 1)


def test_a_cluster_is_called_after_its_real_records(page: Page, site_url: str) -> None:
    """Twelve examples in Paris do not give their name to the one record, at Charenton."""
    page.set_viewport_size({"width": 360, "height": 740})
    open_map(page, site_url, "?pres=94018")
    (name,) = (one for one in on_map(page) if "autour de Charenton-le-Pont" in one)
    assert re.match(r"1 catalyseur et \d+ fiches d’exemple autour de Charenton-le-Pont, Val", name)


def test_a_territory_fills_the_frame(page: Page, site_url: str) -> None:
    """An intercommunalité by its communes, a département by its outline: not half the country."""
    for query, places in (
        ("?territoire=200057941", {"Charenton": [48.82, 2.41], "Villiers": [48.83, 2.55]}),
        ("?territoire=244400404", {"Nantes": [47.22, -1.55], "Thouaré": [47.27, -1.44]}),
        ("?territoire=94", {"Créteil": [48.79, 2.45]}),
    ):
        open_map(page, site_url, query)
        bounds = "(at) => map_1.getBounds().contains(at)"
        assert all(page.evaluate(bounds, at) for at in places.values()), query
        across = """() => { const box = map_1.getBounds();
            return map_1.distance(box.getSouthWest(), box.getSouthEast()); }"""
        assert page.evaluate(across) < 90_000, query


def test_an_answer_without_any_point_is_said_to_be_in_the_list(page: Page, site_url: str) -> None:
    open_map(page, site_url, "?territoire=200057941")
    said = page.locator(".carte-none")
    expect(said).to_be_hidden()
    page.locator("#_q").fill("club")
    page.keyboard.press("Enter")
    expect(said).to_be_visible()
    expect(said).to_have_text(re.compile(r"n’a (pas )?de point sur la carte\s: voir la liste$"))
    assert page.locator(".carte-point, .carte-cluster").count() == 0
    assert axe(page, "main") == []
    said.get_by_role("link").click()
    expect(page.locator("#_liste-titre")).to_be_in_viewport()
    assert rows(page)


def test_the_list_and_the_map_keep_the_question_of_each_other(page: Page, site_url: str) -> None:
    open_map(page, site_url, "?pratique=accompagnements&q=cocolavande")
    page.get_by_role("link", name="Voir la liste seule, la télécharger ou l’imprimer").click()
    expect(page).to_have_url(f"{site_url}/catalyseurs/?q=cocolavande&pratique=accompagnements")
    page.set_viewport_size({"width": 800, "height": 900})  # on a wide screen the map is beside
    there = page.get_by_role("link", name="Voir sur la carte")
    expect(there).to_have_attribute("href", "/carte/?q=cocolavande&pratique=accompagnements")
    there.click()
    expect(page).to_have_url(f"{site_url}/carte/?q=cocolavande&pratique=accompagnements")


def test_an_anchor_of_before_still_leads_to_its_part(page: Page, site_url: str) -> None:
    open_map(page, site_url, "#mayotte")
    latitude, longitude, _ = shown(page)
    assert (round(latitude), round(longitude)) == (-13, 45)


# What is shown at 320 px, at 400 % and where nothing is found is looked at in test_visits.py.
def test_axe_finds_nothing_near_a_place_with_all_parts_open(page: Page, site_url: str) -> None:
    open_map(page, site_url, f"?pres={LYON}")
    open_facets(page)
    page.get_by_text("Afficher cette carte sur votre site").click()
    assert axe(page, "main") == []


def test_our_scripts_are_told_at_once(page: Page, site_url: str) -> None:
    """None is found only once another has come."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(f"{site_url}/carte/integrer/")
    expect(page.locator("#_carte.is-live[aria-busy=false]")).to_be_visible()
    told = page.locator("script[type=module]").evaluate_all("all => all.map((a) => a.src)")
    assert {url for url in asked if "/js-" in url} == set(told)


def test_the_page_is_painted_before_leaflet_is_asked_for_and_nothing_moves(
    fresh_page: Page, site_url: str
) -> None:
    fresh_page.set_viewport_size({"width": 360, "height": 740})
    fresh_page.add_init_script(WATCH)
    # Scripts and the first frame wait for the style sheet: then the scripts are ready to run first.
    release = hold(fresh_page, "**/site.css")
    fresh_page.goto(f"{site_url}/carte/", wait_until="commit")
    fresh_page.wait_for_function(COME, polling=50)  # no frame is drawn meanwhile
    release()
    expect(fresh_page.locator("#_carte.is-live[aria-busy=false]")).to_be_visible()
    settle(fresh_page)
    drawn, asked, moved = fresh_page.evaluate(SEEN)
    assert asked
    assert min(asked) >= drawn
    assert moved < 0.01
