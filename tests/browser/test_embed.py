"""The map alone, in a page of another origin."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.checks import WATCH_POLICY, axe, settle, watch
from tests.browser.serving import serving
from tests.browser.test_map import open_map


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The folder and the address of another site, on another port."""
    (tmp_path / "404.html").write_text("<!DOCTYPE html><title>Rien</title>", "utf-8")
    with serving(tmp_path) as url:
        yield tmp_path, url


def copied(page: Page, site_url: str, query: str) -> str:
    """The lines that the page of the map gives to copy, for the site as it is served here."""
    open_map(page, site_url, query)
    page.get_by_text("Afficher cette carte sur votre site").click()
    lines = page.get_by_label("Lignes à copier")
    expect(lines).to_have_value(re.compile(r"integrer/\?"))
    return re.sub(r'src="https?://[^/]+/', f'src="{site_url}/', lines.input_value())


def embedded(page: Page, elsewhere: tuple[Path, str], code: str) -> FrameLocator:
    """The map in the page of the other site."""
    folder, url = elsewhere
    text = f'<!DOCTYPE html><html lang="fr"><title>Ailleurs</title><main><h1>Chez nous</h1>{code}'
    (folder / "index.html").write_text(text, "utf-8")
    page.goto(f"{url}/")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#_carte.is-live[aria-busy=false]")).to_be_visible()
    return frame


def test_the_lines_are_copied_and_show_the_same_view_elsewhere(
    fresh_page: Page, site_url: str, elsewhere: tuple[Path, str]
) -> None:
    page = fresh_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    code = copied(page, site_url, "?territoire=69&exemples=non&fiche=romarin")
    page.get_by_role("button", name="Copier", exact=True).click()
    expect(page.locator("#_code-dit")).to_have_text("Copié.")
    pasted = page.evaluate("navigator.clipboard.readText()")
    assert html.unescape(pasted).partition("?")[2] == html.unescape(code).partition("?")[2]
    markers = page.locator(".leaflet-marker-icon").evaluate_all("all => all.map(a => a.ariaLabel)")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    frame = embedded(page, elsewhere, code)
    assert all(one.startswith((site_url, elsewhere[1], "data:")) for one in asked)
    assert markers
    there = frame.locator(".leaflet-marker-icon")
    assert there.evaluate_all("all => all.map(a => a.ariaLabel)") == markers
    expect(frame.locator("#_resultat")).to_contain_text("3 catalyseurs recensés")
    expect(frame.get_by_text("Site de démonstration, non officiel")).to_be_visible()
    expect(frame.locator("#_credit")).to_contain_text("IGN")
    expect(frame.locator("#_credit")).to_contain_text("2026")
    same = str(frame.get_by_role("heading").get_by_role("link").get_attribute("href"))
    assert same.endswith("/carte/?territoire=69&exemples=non&fiche=romarin")


def test_its_links_open_beside_the_page_of_the_other_site(
    fresh_page: Page, site_url: str, elsewhere: tuple[Path, str]
) -> None:
    frame = embedded(fresh_page, elsewhere, copied(fresh_page, site_url, "?q=cocolavande"))
    frame.locator(".carte-point").click()
    link = frame.get_by_role("dialog").get_by_role("link")
    expect(link).to_have_attribute("rel", re.compile("noopener"))
    settle(fresh_page.frames[-1])  # a popup that is drawn again in the middle of a click loses it
    with fresh_page.context.expect_page() as opened:
        link.click()
    expect(opened.value).to_have_url(f"{site_url}/catalyseurs/cocolavande/")
    assert opened.value.evaluate("window.opener") is None
    expect(fresh_page).to_have_url(f"{elsewhere[1]}/")


def test_the_position_of_a_visitor_is_not_given_to_those_of_another_site(
    page: Page, site_url: str
) -> None:
    code = html.unescape(copied(page, site_url, "#ici=45.76,4.83"))
    assert "ici" not in code
    assert "pres=69" in code


def test_no_header_forbids_the_frame(output: Path) -> None:
    """Neither here nor by a host that reads `_headers`: other sites show this page."""
    page = (output / "carte/integrer/index.html").read_text("utf-8")
    rules = (output / "_headers").read_text("utf-8").split("\n\n")
    applied = [rule for rule in rules if fnmatchcase("/carte/integrer/", rule.partition("\n")[0])]
    assert applied
    for text in (page, *applied):
        assert "frame-ancestors" not in text
        assert "x-frame-options" not in text.casefold()
    assert '<meta name="robots" content="noindex">' in page


def test_a_territory_without_anyone_claims_nothing(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/carte/integrer/?territoire=974")
    said = page.locator("#_resultat")
    expect(said).to_contain_text("Aucune fiche recensée ici, 2 agissent dans toute la France")


def test_a_territory_that_nobody_knows_is_left_aside(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/carte/integrer/?territoire=zzz")
    said = page.locator("#_resultat")
    expect(said).to_have_text(re.compile(r"^\d\d catalyseurs recensés, \d+ fiches d’exemple$"))


def test_data_that_do_not_arrive_are_told(page: Page, site_url: str) -> None:
    page.route("**/catalyseurs/index.json", lambda route: route.abort())
    page.goto(f"{site_url}/carte/integrer/?territoire=63")
    expect(page.locator("#_resultat")).to_have_text("La carte n’a pas pu être chargée.")


def test_it_breaks_no_rule(fresh_page: Page, site_url: str) -> None:
    page = fresh_page
    page.emulate_media(reduced_motion="reduce")  # a popup that fades in has no contrast yet
    asked, troubles = watch(page)
    page.add_init_script(WATCH_POLICY)
    for width, query in ((320, "pres=69123"), (640, "territoire=200057941")):
        page.set_viewport_size({"width": width, "height": 480})
        page.goto(f"{site_url}/carte/integrer/?{query}")
        expect(page.locator("#_carte.is-live[aria-busy=false]")).to_be_visible()
        settle(page)
        page.locator("#_points").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert axe(page) == []
        assert page.evaluate("window.violations") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert troubles == []
    assert all(one.startswith((site_url, "data:")) for one in asked)


def test_a_place_is_read_as_the_directory_reads_it(page: Page, site_url: str) -> None:
    for asked in ("Ambert", "63003", "ambert+63"):
        page.goto(f"{site_url}/carte/integrer/?pres={asked}")
        expect(page.get_by_role("img", name="Lieu cherché : Ambert")).to_be_visible()


def test_those_without_a_point_are_counted_and_told_where(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/carte/integrer/?territoire=200057941")
    said = page.locator("#_sans")
    expect(said).to_have_text(re.compile(r"^5 sans point sur la carte\s: voir la liste$"))
    same = str(said.get_by_role("link").get_attribute("href"))
    assert same.endswith("/catalyseurs/?territoire=200057941")
    page.goto(f"{site_url}/carte/integrer/?territoire=200057941&q=club")
    none = page.locator(".carte-none")
    expect(none).to_contain_text("Ce résultat n’a pas de point sur la carte")
    same = str(none.get_by_role("link").get_attribute("href"))
    assert same.endswith("/catalyseurs/?q=club&territoire=200057941")
    expect(said).to_be_hidden()


@pytest.mark.parametrize("query", ["", "?territoire=200057941", "?pres=69123"])
def test_on_a_phone_the_map_has_most_of_the_frame(page: Page, site_url: str, query: str) -> None:
    """360 × 480: the frame of the lines to copy, on a phone."""
    page.set_viewport_size({"width": 360, "height": 480})
    page.goto(f"{site_url}/carte/integrer/{query}")
    expect(page.locator("#_carte.is-live[aria-busy=false]")).to_be_visible()
    settle(page)
    box = page.locator(".carte-stage").bounding_box()
    assert box
    assert min(box["y"] + box["height"], 480) - box["y"] >= 0.6 * 480
    sizes = page.locator(".carte-bar button").evaluate_all(
        "all => all.flatMap((one) => [one.offsetWidth, one.offsetHeight])"
    )
    assert min(sizes) >= 24
    # The last of the parts slides into sight when the keyboard reaches it.
    page.locator(".carte-bar button").first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".carte-parts button:focus")).to_be_in_viewport(ratio=0.9)
