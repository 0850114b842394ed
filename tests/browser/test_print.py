"""The sheet for a meeting, on how many pages; the QR code of printed pages."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import PIL.Image
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.checks import hold, watch_arrivals
from tests.browser.conftest import launch, opening
from tests.browser.test_map import open_map

SHEET = "#_feuille"
NO_DIALOG = "window.print = () => document.documentElement.setAttribute('data-printed', '');"
# The sheet brings the modules that draw it, whose exports the page keeps.
LOAD_SHEET = """const { src } = document.querySelector("script[src$='/list.js']");
await import(src.replace("list.js", "print-sheet.js"));"""


@pytest.fixture(scope="module")
def shared_page(browser: Browser) -> Iterator[Page]:
    """The page of this file, in a browser that opens no dialog to print."""
    with opening(browser) as page:
        page.context.add_init_script(NO_DIALOG)
        yield page


@pytest.fixture(scope="module")
def printer(browser: Browser) -> Iterator[Page]:
    """A page in a browser that draws: 288 dots an inch, less than what office printers do."""
    with launch(browser.browser_type) as drawing:
        page = drawing.new_page(viewport={"width": 688, "height": 1000}, device_scale_factor=3)
        page.add_init_script(NO_DIALOG)
        yield page


def pressed(page: Page, address: str) -> Page:
    """Open a view, press « Imprimer », and look at the page as paper shows it."""
    page.goto(address)
    expect(page.locator("#_resultat")).not_to_be_empty()
    page.get_by_role("button", name="Imprimer").click()
    expect(page.locator("html")).to_have_attribute("data-printed", "")
    page.emulate_media(media="print")
    return page


def pages(page: Page) -> int:
    """Return on how many sheets of A4 the page is printed."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def read_sheets(page: Page) -> list[str]:
    """Return the text of each sheet of A4 on which the page is printed, without its spaces."""
    printed = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return [close_up(sheet.extract_text()) for sheet in printed.pages]


def close_up(text: str) -> str:
    """Return a text without spaces: what reads a PDF adds some where the typeface changes."""
    return "".join(text.split())


@pytest.fixture
def telephone(fresh_page: Page) -> Page:
    """A page in a browser that, like some on phones, prints without a word to scripts."""
    fresh_page.add_init_script(
        "addEventListener('beforeprint', (event) => event.stopImmediatePropagation(), true)"
    )
    return fresh_page


def test_what_was_asked_stands_above_its_answer_without_the_button_or_the_event(
    telephone: Page, site_url: str
) -> None:
    wait = watch_arrivals(telephone)
    telephone.goto(f"{site_url}/catalyseurs/?pres=63003")
    wait()
    found = telephone.locator("#_resultat").inner_text()
    whole = telephone.locator(".title .large").inner_text()
    assert found and whole
    sheets = read_sheets(telephone)
    assert len(sheets) == 1
    assert close_up(found) in sheets[0]
    assert close_up(whole) not in sheets[0]
    contacts = telephone.locator("#_resultats .reach a").all_inner_texts()
    assert contacts and close_up(contacts[0]) in sheets[0]


PRINTED = (
    "/catalyseurs/cocolavande/",
    "/catalyseurs/pivoine-est-menthe-et-buis/",
    "/projets/recycl-herbe80/",
    "/lettres/2024-05/",
    "/territoires/63-puy-de-dome/",
    "/contact/",
    "/agenda/",
)


def test_each_sheet_has_its_address_and_day_and_none_holds_the_foot_alone(
    telephone: Page, site_url: str
) -> None:
    for address in PRINTED:
        telephone.goto(site_url + address)
        sheets = read_sheets(telephone)
        foot = re.compile(
            re.escape(site_url.removeprefix("http://") + address)
            + r"·impriméle\d+(er)?[a-zéû]+\d{4}"
        )
        for number, text in enumerate(sheets, 1):
            assert foot.search(text), (address, text)
            assert f"{number}/{len(sheets)}" in text, address
        # More than its own foot and that of the paper.
        rest = foot.sub("", sheets[-1])
        assert len(rest) > len("Contoursetcommunes:IGNetINSEE,LicenceOuverte2.0") + 120
        if address.startswith("/catalyseurs/"):
            assert len(sheets) <= 2, address


def test_paper_is_the_same_from_a_device_with_a_finger_or_a_mouse(
    browser: Browser, site_url: str
) -> None:
    printed = []
    for has_touch in (False, True):
        context = browser.new_context(has_touch=has_touch, is_mobile=has_touch)
        page = context.new_page()
        wait = watch_arrivals(page)
        open_map(page, site_url)
        wait()
        assert page.evaluate("matchMedia('(pointer: coarse)').matches") is has_touch
        printed.append(read_sheets(page))
        page.emulate_media(media="print")
        link = page.locator(".carte-list > li > a").first
        printed[-1].append(str(link.evaluate("(one) => getComputedStyle(one).minHeight")))
        context.close()
    assert printed[0] == printed[1]


def test_without_scripts_the_address_is_at_the_end(plain_page: Page, site_url: str) -> None:
    plain_page.goto(f"{site_url}/projets/recycl-herbe80/")
    canonical = plain_page.locator("link[rel=canonical]").get_attribute("href") or ""
    assert read_sheets(plain_page)[-1].count(canonical.removeprefix("https://")) == 1


@pytest.mark.parametrize(
    "address", ["/catalyseurs/pivoine-est-menthe-et-buis/", "/lettres/2024-05/"]
)
def test_the_code_on_paper_leads_to_the_page(printer: Page, site_url: str, address: str) -> None:
    printer.emulate_media(media="screen", color_scheme="dark")
    printer.goto(site_url + address)
    code = printer.locator(".qr")
    expect(code).to_be_hidden()
    printer.emulate_media(media="print")
    image = PIL.Image.open(io.BytesIO(code.screenshot()))
    canonical = printer.locator("link[rel=canonical]").get_attribute("href")
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [canonical]


def test_the_sheet_bears_the_address_of_its_list(page: Page, site_url: str) -> None:
    pressed(page, f"{site_url}/catalyseurs/?q=%C3%A9conomie+%26+%C2%AB+l%27eau+%C2%BB")
    expect(page.locator(".sheet-address")).to_have_text(page.url)


def test_what_comes_to_be_known_after_the_press_is_on_the_sheet(page: Page, site_url: str) -> None:
    release = hold(page, "**/noms.json")
    pressed(page, f"{site_url}/catalyseurs/?q=halle+sorb")
    expect(page.locator(SHEET)).not_to_contain_text("Halle Sorbier")
    release()
    expect(page.locator(SHEET)).to_contain_text("Halle Sorbier")


def test_the_sheet_says_what_is_asked_and_lists_it_with_its_contacts(
    page: Page, site_url: str, output: Path
) -> None:
    pressed(page, f"{site_url}/catalyseurs/?pratique=accompagnements&exemples=non&tri=nom")
    sheet = page.locator(SHEET)
    title = sheet.get_by_role("heading", level=1)
    expect(title).to_have_text(re.compile(r"^Catalyseurs\s: Accompagnements"))
    expect(title).not_to_contain_text("Par nom")
    expect(sheet).to_contain_text("6 catalyseurs recensés.")
    expect(sheet).to_contain_text(re.compile(r"Imprimé le \d+(er)?\s[a-zéû]+ \d{4}\."))
    expect(sheet).to_contain_text("licence à confirmer")
    expect(sheet).to_contain_text("IGN, ADMIN EXPRESS COG")
    exported = json.loads((output / "donnees" / "catalyseurs.json").read_bytes())["catalyseurs"]
    known = {record["identifiant"]: record for record in exported}
    rows = sheet.locator("li[data-fiche]").all()
    assert len(rows) == 6
    for number, row in enumerate(rows, 1):
        record = known[row.get_attribute("data-fiche")]
        text = row.inner_text()
        assert text.startswith(f"{number}")
        assert record["nom"].replace("'", "’") in text
        assert record["resume"].replace("'", "’") in text.replace("'", "’")
        site = re.sub(r"^https?://(www\.)?|/$", "", record["site"] or "")
        assert site in text
        expect(row.locator(".sign")).to_be_visible()
    assert any(known[row.get_attribute("data-fiche")]["site"] for row in rows)


def test_only_the_sheet_is_printed_under_the_name_of_the_site(page: Page, site_url: str) -> None:
    pressed(page, f"{site_url}/catalyseurs/?pratique=accompagnements")
    shown = page.evaluate(
        "[...document.querySelectorAll('main *, footer *')].filter((one) =>"
        " one.checkVisibility() && !one.closest('#_feuille') && "
        " !one.contains(document.querySelector('#_feuille'))).length"
    )
    assert shown == 0
    expect(page.get_by_text("Site de démonstration, non officiel").first).to_be_visible()
    page.emulate_media(media="screen")
    expect(page.locator(SHEET)).to_be_hidden()
    expect(page.locator("#_resultats")).to_be_visible()


def test_a_list_fits_one_page_and_the_whole_directory_of_this_site_two(
    page: Page, site_url: str
) -> None:
    pressed(page, f"{site_url}/catalyseurs/?pratique=accompagnements&exemples=non")
    assert pages(page) == 1
    page.emulate_media(media="screen")
    pressed(page, f"{site_url}/catalyseurs/?exemples=non")
    assert page.locator(f"{SHEET} li[data-fiche]").count() >= 28
    assert pages(page) == 2
    # No row is cut by the edge of the paper, and none is wider than it.
    page.set_viewport_size({"width": 688, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    broken = page.locator(f"{SHEET} li[data-fiche]").evaluate_all(
        "(rows) => rows.filter((row) => getComputedStyle(row).breakInside !== 'avoid').length"
    )
    assert broken == 0


@pytest.mark.parametrize("query", ["?pres=94018", "?pres=63003&pratique=accompagnements"])
def test_near_a_place_one_page_is_enough_with_room_to_spare(
    page: Page, site_url: str, query: str
) -> None:
    """By the button and from the menu of the browser: the same sheet."""
    pressed(page, f"{site_url}/catalyseurs/{query}")
    # Those who are near or everywhere: who is farther is left out until it is asked for.
    assert 0 < page.locator(f"{SHEET} li[data-fiche]").count() < 12
    expect(page.locator(SHEET)).not_to_contain_text("Plus loin")
    assert pages(page) == 1
    # What the whole takes, without what falls between two pages: A4 less the margins of the sheet.
    page.set_viewport_size({"width": 688, "height": 400})
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height < 0.98 * 1024
    expect(page.locator("#_filtres")).to_be_hidden()
    page.goto("about:blank")
    wait = watch_arrivals(page)
    page.goto(f"{site_url}/catalyseurs/{query}")
    wait()
    assert pages(page) == 1
    expect(page.locator(f"{SHEET} li[data-fiche]")).not_to_have_count(0)


def test_the_map_bears_the_numbers_of_the_rows(page: Page, site_url: str) -> None:
    pressed(page, f"{site_url}/catalyseurs/?pratique=accompagnements&exemples=non")
    drawn = page.locator(f"{SHEET} .sheet-map")
    expect(drawn).to_be_visible()
    index = page.evaluate("fetch('/catalyseurs/index.json').then((answer) => answer.json())")
    points = dict(zip(index["fiches"]["slug"], index["fiches"]["point"], strict=True))
    rows = page.locator(f"{SHEET} li[data-fiche]").all()
    placed = {
        str(number): points[str(row.get_attribute("data-fiche"))]
        for number, row in enumerate(rows, 1)
        if points[str(row.get_attribute("data-fiche"))]
    }
    told = ", ".join(drawn.locator("text").all_text_contents()).split(", ")
    assert sorted(told) == sorted(placed)
    # Clermont-Ferrand lies west of Lyon, and both a little apart in latitude.
    across = {
        text: float(one.get_attribute("x") or 0)
        for one in drawn.locator("text").all()
        for text in [one.text_content()]
    }
    one, other = sorted(placed, key=lambda number: placed[number][1])
    assert across[one] < across[other]
    assert drawn.locator(".figure-land").count() > 3


def test_near_a_place_the_map_shows_the_place_and_the_sheet_where_to_turn_to(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}/catalyseurs/?pres=94018&exemples=non")
    page.locator("#_suite").click()
    expect(page.locator("#_resultats h2", has_text="Plus loin")).to_be_visible()
    page.get_by_role("button", name="Imprimer").click()
    page.emulate_media(media="print")
    drawn = page.locator(f"{SHEET} .sheet-map")
    expect(drawn.locator(".sheet-name")).to_have_text("Charenton-le-Pont")
    expect(drawn.locator(".sheet-place")).to_have_count(1)
    # Who is far does not stretch the map: their numbers are below it.
    near = ", ".join(drawn.locator("text:not(.sheet-name)").all_text_contents()).split(", ")
    away = re.findall(r"\d+", page.locator(f"{SHEET} figcaption").text_content() or "")
    assert near and away
    assert max(map(int, near)) < min(map(int, away))
    doors = page.locator(f"{SHEET} .sheet-code")
    expect(doors).to_contain_text("Où s’adresser")
    for address in ("/territoires/94-val-de-marne", "/contact"):
        expect(doors).to_contain_text(site_url.removeprefix("http://") + address)
    # A row says who has no known contact, and the way on.
    bare = page.locator(f"{SHEET} li[data-fiche]:not(:has(.reach a))").all_inner_texts()
    assert bare
    assert all("Aucun contact public connu." in text for text in bare)
    assert not page.locator(f"{SHEET} li:has(.reach a)", has_text="Aucun contact").count()


def test_the_map_of_a_territory_is_framed_on_it(page: Page, site_url: str) -> None:
    pressed(page, f"{site_url}/catalyseurs/?territoire=63")
    own = page.locator(f"{SHEET} .figure-land.own")
    expect(own).to_have_count(1)
    assert page.locator(f"{SHEET} .figure-land").count() > 3


def test_who_is_overseas_is_told_beside_the_map(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/catalyseurs/")
    away = page.evaluate(
        """async () => {
            LOAD_SHEET
            const { drawMap: figure } = mailleModules["print-map.js"];
            const land = await (await fetch('/carte/departements.geojson')).json();
            const points = [[48.85, 2.35], [-20.88, 55.45], [45.76, 4.83], [14.6, -61.07]]
                .map((point, index) => ({ number: index + 1, point }));
            const { svg, away } = figure(points, land, 'Carte');
            const alone = figure([points[1]], land, 'Carte');
            return [away, svg.querySelectorAll('circle').length, alone.away.length,
                    alone.svg.querySelectorAll('.figure-land').length, figure([], land, 'Carte')];
        }""".replace("LOAD_SHEET", LOAD_SHEET)
    )
    assert away == [[2, 4], 2, 0, 1, None]


def test_control_p_and_the_menu_print_the_list_without_waiting(page: Page, site_url: str) -> None:
    wait = watch_arrivals(page)
    page.goto(f"{site_url}/catalyseurs/?pratique=accompagnements")
    expect(page.locator("#_resultats li").first).to_be_visible()
    wait()  # for the sheet and the outlines, too
    assert pages(page) == 1
    expect(page.locator(f"{SHEET} li[data-fiche]")).not_to_have_count(0)
    expect(page.locator(f"{SHEET} .sheet-address")).to_have_count(1)
    # The outlines have arrived meanwhile: the sheet is that of the button.
    expect(page.locator(f"{SHEET} .sheet-map .figure-land")).not_to_have_count(0)
    expect(page.locator(f"{SHEET} .sheet-address")).to_have_text(page.url)
    # Another view makes another sheet.
    page.locator("#_q").fill("cocolavande")
    page.keyboard.press("Enter")
    expect(page.locator(f"{SHEET} li[data-fiche]")).to_have_count(0)


def test_what_does_not_arrive_does_not_keep_the_rest_from_paper(
    fresh_page: Page, site_url: str
) -> None:
    fresh_page.add_init_script(NO_DIALOG)
    fresh_page.route("**/textes-*.json", lambda route: route.abort())
    pressed(fresh_page, f"{site_url}/catalyseurs/?pratique=accompagnements")
    expect(fresh_page.locator(f"{SHEET} li[data-fiche]")).not_to_have_count(0)
    assert fresh_page.locator(f"{SHEET} .reach").count() == 0
    fresh_page.emulate_media(media="screen")
    expect(fresh_page.locator("#_suites-dit")).to_contain_text("Une partie de la feuille manque")
