"""Territories in a real browser: without JavaScript, by keyboard, in each scheme and width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import reading
from tests.browser.checks import WIDTHS, Visit, axe, visiting
from tests.whole.test_territory_counts import FROM_ELSEWHERE, number, text_of

SHOWN = {
    "liste": "/territoires/",
    "vitrine": "/territoires/200057941-paris-est-marne-et-bois/",
    "région": "/territoires/auvergne-rhone-alpes/",
    "département": "/territoires/63-puy-de-dome/",
    "sans fiche": "/territoires/974-la-reunion/",
}


def test_home_to_a_profile_of_a_departement_in_three_clicks(
    plain_page: Page, site_url: str
) -> None:
    page = plain_page
    page.goto(f"{site_url}/")
    page.get_by_role("link", name="Choisir un département ou une région").click()
    page.get_by_role("link", name="63 Puy-de-Dôme").click()
    page.locator("main").get_by_role("link", name="CoCoLavande", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CoCoLavande")
    # What only scripts can answer is not proposed without them.
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Puy-de-Dôme")
    shown = [one for one in page.locator("main a[href*='?']").all() if one.is_visible()]
    assert not shown


def test_the_lines_to_copy_say_which_territory_and_a_point_opens_its_profile(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}/territoires/63-puy-de-dome/")
    point = page.locator("svg a[aria-label$='CoCoLavande'] path")
    page.get_by_text("Afficher cette carte sur votre site").click()
    code = page.get_by_label("Copiez ces lignes").input_value()
    assert code.startswith('<iframe src="')
    assert '/carte/integrer/?territoire=63"' in code
    point.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CoCoLavande")


def test_a_click_on_the_country_opens_a_departement(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/territoires/")
    page.locator("svg a[aria-label='Cantal (15)'] path").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cantal")


@pytest.fixture(scope="module")
def visitor(browser: Browser, site_url: str) -> Iterator[Visit]:
    yield from visiting(browser, site_url)


@pytest.fixture(scope="module", params=SHOWN.values(), ids=list(SHOWN))
def visit(request: pytest.FixtureRequest, visitor: Visit) -> Visit:
    """A page of each sort, with all its parts open."""
    visitor.go(request.param)
    for summary in visitor.page.locator("main summary").all():
        summary.click()
    return visitor


def test_every_link_of_the_picture_has_a_name_and_is_no_tab_stop(visit: Visit) -> None:
    page = visit.page
    names = page.locator("main svg a").evaluate_all(
        "links => links.map(link => link.getAttribute('aria-label') ?? '')"
    )
    assert all(names)
    assert len(set(names)) == len(names)
    page.evaluate("document.querySelector('main a').focus()")
    walked = []
    for _ in range(8):
        walked.append(page.evaluate("!!document.activeElement.closest('svg')"))
        page.keyboard.press("Tab")
    assert walked == [False] * 8


def test_pages_hold_at_every_width(visit: Visit) -> None:
    assert [width for width in WIDTHS if visit.widest(width) > width] == []


def test_pages_break_no_rule(visit: Visit) -> None:
    """In a narrow window; `test_pages` looks at some in a wide one."""
    visit.widest(WIDTHS[0])
    assert axe(visit.page, "main") == []
    assert visit.faults() == []


# What a view of each territory would hold, by the scripts of list, map and embed.
COUNTED = """async (codes) => {
    const { readDirectory, isLocal, select } = mailleModules['directory-search.js'];
    const { makeEmptyView } = mailleModules['view.js'];
    const all = readDirectory(await (await fetch('/catalyseurs/index.json')).json());
    return codes.map((code) => {
        const { found } = select(all, { ...makeEmptyView(), territoire: code });
        const real = found.filter(({ example }) => !example);
        const here = ({ standing }) => standing.includes(code);
        const local = real.filter((record) => isLocal(record, code));
        return [real.filter(here).length, local.length - real.filter(here).length,
                found.filter((record) => record.example && here(record)).length];
    });
}"""


def told(path: Path) -> tuple[str, list[int]]:
    """The code by which a page asks the directory, and what it counts: here, acting, examples."""
    tree = next(reading.parse_page(path).iter("main"))
    links = " ".join(link.get("href", "") for link in tree.iter("a"))
    (code,) = re.findall(r"/catalyseurs/\?territoire=(\S+)", links)
    head = text_of(next(p for p in tree.iter("p") if p.get("class") == "large soft"))
    here = number(r"^(\d+) catalyseurs? recensés? ", head)
    around = number(FROM_ELSEWHERE, head)
    return code, [here, around, number(r"(\d+) fiches? d’exemple à part", head)]


def test_the_directory_counts_in_each_territory_what_its_page_says(
    page: Page, site_url: str, output: Path
) -> None:
    """One rule for pages and scripts: a link from a page never leads to other numbers."""
    pages = dict(map(told, reading.find_files(output / "territoires", "*/index.html").values()))
    assert len(pages) > 119
    page.goto(f"{site_url}/catalyseurs/")
    found = page.evaluate(COUNTED, list(pages))
    assert dict(zip(pages, found, strict=True)) == pages


@pytest.mark.parametrize(
    ("code", "name"),
    [("200057941", "paris-est-marne-et-bois"), ("69", "rhone")],
)
def test_page_directory_map_and_embed_say_the_same(
    page: Page, site_url: str, output: Path, code: str, name: str
) -> None:
    _, (here, around, _) = told(output / f"territoires/{code}-{name}/index.html")
    assert here
    for address in ("/catalyseurs/", "/carte/", "/carte/integrer/"):
        page.goto(f"{site_url}{address}?territoire={code}")
        said = page.locator("#_resultat")
        expect(said).to_have_text(re.compile(rf"^{here} catalyseurs? recensés?[ ,.]"))
        if around:
            expect(said).to_have_text(re.compile(rf"\b{around} autres?, .* y intervien"))
