"""Letters in a real browser: looked for by project, sealed, in editions; and their mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from maille.kinds.newsletter import Newsletter
from maille.letters.outbox import compose
from tests.browser.checks import WIDTHS, Visit, axe, visiting
from tests.browser.serving import serving
from tests.building import WITHOUT_COMMUNES, build, copy_site
from tests.sealing import LETTER, MONTH, find_letter, read_site, write_sealed_site, write_site
from tests.small_site import replace_in
from tests.views.test_letters import EDITIONS
from tests.views.test_subscription import FORM

MAILS = ("2024-05", "2025-05")


# What is wider than a telephone: a line of code, a word, a table of many columns.
WIDE = "\n\n".join(
    (
        f"Un mot : {'anti' * 30}.",
        f"    code = {'valeur + ' * 20}1",
        f"| {' | '.join('Colonne' for _ in range(6))} |\n|{'---:|' * 6}\n|{' 123456 |' * 6}",
    )
)


# --- The archive ---------------------------------------------------------------------------------


SHOWN = "[data-lettre]:visible h3"


def test_letters_are_looked_for_by_project(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/lettres/")
    every = page.locator(SHOWN).all_inner_texts()
    assert len(every) == 3
    field = page.get_by_label("Les lettres qui parlent de")
    field.select_option(label="Recycl’Herbe80 (2)")
    expect(page.locator("#_trouvees")).to_have_text("2 lettres en parlent.")
    expect(page.locator(SHOWN)).to_have_text(["Lettre de mai 2025", "Lettre de mai 2024"])
    assert page.locator("[data-projet]:visible").all_inner_texts() == ["Recycl’Herbe80"] * 2
    expect(page).to_have_url(f"{site_url}/lettres/?projet=recycl-herbe80")
    assert axe(page, "main") == []
    page.locator("[data-projet]:visible a").last.click()
    expect(page).to_have_url(f"{site_url}/lettres/2024-05/#recycl-herbe80")
    page.go_back()
    expect(page.locator("#_trouvees")).to_have_text("2 lettres en parlent.")
    page.reload()
    expect(page.locator(SHOWN)).to_have_count(2)
    field.select_option("")
    expect(page.locator(SHOWN)).to_have_text(every)
    expect(page).to_have_url(f"{site_url}/lettres/")


def test_the_field_stands_in_the_page_between_a_tablet_and_a_wide_screen(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}/lettres/")
    expect(page.get_by_label("Les lettres qui parlent de")).to_be_visible()
    for width in (900, 1100, 1160):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_address_with_an_unknown_project_shows_all(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/lettres/?projet=inconnu")
    expect(page.locator(SHOWN)).to_have_count(3)


def test_without_javascript_there_is_no_field_and_all_is_there(
    browser: Browser, site_url: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/lettres/")
    expect(page.get_by_label("Les lettres qui parlent de")).to_be_hidden()
    expect(page.locator(SHOWN)).to_have_count(3)
    page.get_by_role("link", name="Chaque projet, de lettre en lettre").click()
    expect(page).to_have_url(f"{site_url}/projets/")
    context.close()


# --- A site whose letter went out, with editions and a form --------------------------------------


@pytest.fixture(scope="module")
def out_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = write_sealed_site(tmp_path_factory.mktemp("scelle") / "site")
    config = root / "site.toml"
    more = re.sub(r'titre = "(.)', r'valeur = "\1"\ntitre = "\1', EDITIONS)
    config.write_text(config.read_text("utf-8") + FORM + more, "utf-8")
    errata = "errata: [{date: 2026-11-21, texte: Il commence en janvier.}]\nrubriques:"
    replace_in(root / LETTER, "rubriques:", errata)
    replace_in(root / "newsletters/2024-05.md", "Il avance.", WIDE)
    assert not build(root, root / "output", views=WITHOUT_COMMUNES).failed
    with serving(root / "output") as url:
        yield url


@pytest.fixture(scope="module")
def visitor(browser: Browser, out_url: str) -> Iterator[Visit]:
    yield from visiting(browser, out_url)


@pytest.fixture(
    scope="module",
    params=[
        f"/lettres/{MONTH}/",
        f"/lettres/{MONTH}/associations/",
        "/lettres/2024-05/",
        "/lettres/associations/",
        "/lettres/",
        "/abonnement/",
    ],
)
def visit(request: pytest.FixtureRequest, visitor: Visit) -> Visit:
    return visitor.go(request.param)


def test_these_pages_break_no_rule_and_ask_for_nothing_else(visit: Visit) -> None:
    assert visit.status == 200
    assert axe(visit.page, "main") == []
    assert visit.faults() == []
    for width in WIDTHS:
        assert visit.widest(width) <= width


def test_the_form_goes_to_the_service_and_the_policy_lets_it(page: Page, out_url: str) -> None:
    sent: list[str | None] = []

    def answer(route: Route) -> None:
        sent.append(route.request.post_data)
        route.fulfill(status=200, body="Merci")

    page.route("https://service.example/**", answer)
    page.goto(f"{out_url}/abonnement/")
    page.get_by_role("button", name="S’abonner").click()
    assert sent == []  # an address is wanted
    page.get_by_label("Votre adresse électronique").fill("une.personne@exemple.fr")
    page.get_by_label("L’édition Associations").check()
    page.get_by_role("button", name="S’abonner").click()
    expect(page).to_have_url(re.compile("^https://service.example/inscription"))
    assert sent == ["EMAIL=une.personne%40exemple.fr&l=A&locale=fr&piege="]


# --- The mail ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The HTML of mails by name: two of the miniature, one with a picture, news and an event."""
    miniature = copy_site(tmp_path_factory.mktemp("miniature"))
    report = build(miniature, miniature / "output", publish=False)
    assert report.site
    found = {}
    for month in MAILS:
        letter = report.site.find("newsletter", month)
        assert isinstance(letter, Newsletter)
        made = compose(miniature, report.site, letter).files
        found[month] = made[f"lettre-{month}.html"].decode()
    root = write_site(tmp_path_factory.mktemp("courriel") / "site")
    replace_in(root / LETTER, "Rien de plus.", WIDE)
    site = read_site(root)
    made = compose(root, site, find_letter(site)).files
    found["image"] = made[f"lettre-{MONTH}.html"].decode()
    return found


STATES: dict[str, Callable[[str], str]] = {
    "as it is": lambda html: html,
    "without style": lambda html: re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL),
    "images off": lambda html: re.sub(r' src="[^"]*"', "", html),
}


@pytest.mark.parametrize(
    ("name", "state"),
    [*((name, "as it is") for name in MAILS), *(("image", state) for state in STATES)],
)
def test_a_mail_breaks_no_rule_in_light_and_dark(
    page: Page, mails: dict[str, str], name: str, state: str
) -> None:
    page.set_content(STATES[state](mails[name]))
    # A mail has one column and no landmarks: its words are in it, which this rule cannot know.
    wrong = [one for one in axe(page) if not one.startswith(("region", "landmark-one-main"))]
    assert wrong == []


def contrasts(page: Page) -> list[float]:
    """Return the contrast (WCAG 2) of each text with what is drawn behind it."""
    found: list[float] = page.evaluate(
        """() => {
        const rgb = (words) => words.match(/[\\d.]+/g).map(Number);
        const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        const light = ([r, g, b]) =>
          0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
        const behind = (element) => {
          for (let one = element; one; one = one.parentElement) {
            const colour = rgb(getComputedStyle(one).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
          }
          const dark = matchMedia("(prefers-color-scheme: dark)").matches;
          return dark ? [18, 18, 18] : [255, 255, 255];
        };
        const told = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode()); ) {
          if (!node.data.trim() || node.parentElement.tagName === "STYLE") continue;
          const here = node.parentElement;
          const pair = [rgb(getComputedStyle(here).color), behind(here)];
          const [dark, bright] = pair.map(light).sort((a, b) => a - b);
          told.push((bright + 0.05) / (dark + 0.05));
        }
        return told;
      }"""
    )
    assert len(found) > 10
    return found


@pytest.mark.parametrize("state", ["as it is", "without style"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_word_of_a_mail_stands_out(
    page: Page, mails: dict[str, str], scheme: Literal["light", "dark"], state: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_content(STATES[state](mails["image"]))
    assert min(contrasts(page)) >= 4.5


@pytest.mark.parametrize("width", [360, 600])
@pytest.mark.parametrize("state", STATES)
def test_a_mail_fits_its_window(page: Page, mails: dict[str, str], width: int, state: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.set_content(STATES[state](mails["image"]))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


TABLES = """\
| Étape | Responsable | Financement | Quand |
| --- | --- | ---: | --- |
| Expérimentation | Intercommunalité | 12 000 € | septembre |
| Accompagnement | | Investissement | |

| Quoi | Ce que l'on en sait aujourd'hui |
| --- | --- |
| Intercommunalité | Une phrase assez longue, de mots courts, qui prend plusieurs lignes. |

| Mot |
| --- |
| Désinstitutionnalisation |

### Accompagnement des intercommunalités
"""


def test_no_word_of_a_mail_is_cut_on_a_phone(page: Page, tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    replace_in(root / LETTER, "Rien de plus.", TABLES)
    replace_in(
        root / LETTER, "titre: Deux projets", "titre: Expérimentation des intercommunalités, deux"
    )
    site = read_site(root)
    made = compose(root, site, find_letter(site)).files
    page.set_viewport_size({"width": 360, "height": 800})
    page.set_content(made[f"lettre-{MONTH}.html"].decode())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.get_by_role("columnheader").count() == 3  # one is told row by row
    cut = page.evaluate(
        """() => {
        const found = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode()); )
          for (const { index, 0: word } of node.data.matchAll(/[^\\s-]+/g)) {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
            if (tops.size > 1) found.push(word);
          }
        return found;
      }"""
    )
    assert cut == []


def test_images_off_their_words_are_read(page: Page, mails: dict[str, str]) -> None:
    page.set_content(STATES["images off"](mails["image"]))
    expect(page.get_by_alt_text("Deux moitiés")).to_be_visible()


def test_a_mail_says_what_readers_of_mail_need(page: Page, mails: dict[str, str]) -> None:
    for html in mails.values():
        page.set_content(html)
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
            "fr",
            "ltr",
        ]
        tables = page.locator("table")
        assert tables.count() >= 2
        # All but tables of data, which have headings.
        assert page.locator("table[role=presentation]").count() == (
            tables.count() - page.locator("thead").count()
        )
        assert page.locator("table[lang=fr][dir=ltr]").count() == 1  # webmails drop <html>
        assert page.locator("img:not([alt])").count() == 0
        assert page.locator("img[width]").count() == page.locator("img").count()
        assert page.locator("h1").count() == 1
