"""From the public page to a reviewed edit, for each way a message leaves; without an account.

What the page gives is read by the command itself. Hostile values are text, in the page and after.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from maille.cli.correction_text import Proposal, read_proposal
from tests.browser.checks import DESKTOP, WATCH_POLICY, axe, watch
from tests.browser.serving import serving
from tests.building import SMALL, TODAY, build
from tests.command import run
from tests.hostile import ADMITTED
from tests.small_site import write_small_site

VIEWS = ("entries", "contact", "corrections")
CORRECT, ADD = "/proposer-une-correction/", "/ajouter-une-structure/"
MAIL = 'contact = "ecrire@essai.example"\ndepot = "https://github.com/essai/site"\n'
FORM = 'contact = "https://formulaire.example/f/1"\ndepot = "https://gitlab.com/essai/site"\n'
ISSUE = 'depot = "https://codeberg.org/essai/site"\n'
WAYS = {"mail": MAIL, "form": FORM, "issue": ISSUE, "none": ""}


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small site, published for each way in which a message leaves it."""
    found = {}
    for way, lines in WAYS.items():
        root = write_small_site(tmp_path_factory.mktemp(way) / "site")
        config = root / "site.toml"
        config.write_text(lines + config.read_text("utf-8"), "utf-8")
        report = build(root, root / "output", views=VIEWS)
        assert not report.failed, report.problems
        found[way] = root
    return found


@pytest.fixture(scope="module")
def urls(roots: dict[str, Path]) -> Iterator[dict[str, str]]:
    served = {way: serving(root / "output") for way, root in roots.items()}
    yield {way: one.__enter__() for way, one in served.items()}
    for one in served.values():
        one.__exit__(None, None, None)


@pytest.fixture
def copy(roots: dict[str, Path], tmp_path: Path) -> Callable[[str], Path]:
    """Return a copy of the site of a way, whose files may change."""

    def make(way: str) -> Path:
        ignored = shutil.ignore_patterns("output")
        return Path(shutil.copytree(roots[way], tmp_path / way, ignore=ignored))

    return make


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("#_proposition")).to_be_visible()
    return page


def prepare(page: Page) -> str:
    """Prepare the message; return its text."""
    page.get_by_role("button", name="Préparer le message").click()
    expect(page.get_by_role("heading", name="Votre message est prêt")).to_be_focused()
    return page.locator("#_texte").input_value()


def correct(page: Page, url: str) -> str:
    """Correct the first record by the page; return the text of the message."""
    opened(page, f"{url}{CORRECT}?fiche=premier")
    expect(page.get_by_label("Résumé")).to_have_value("Un catalyseur inventé.")
    page.get_by_label("Résumé").fill("Il relie : des gens.")
    page.get_by_label("Site", exact=True).fill("https://premier.example/")
    page.get_by_label("Dialogue territorial").check()
    page.get_by_label("D’où vient l’information").fill("https://premier.example/nous")
    page.get_by_label("La structure elle-même").check()
    return prepare(page)


def follow(root: Path, text: str) -> str:
    """Give a message to the command; return the record that it leaves."""
    message = root.parent / "message.txt"
    message.write_text(text, encoding="utf-8")
    done = run(root, "corriger", message, "--oui")
    assert done.code == 0, done.said
    assert "--verifiee" in done.said
    return (root / "catalysers/premier.md").read_text("utf-8")


AFTER = f"""\
---
nom: Premier d'essai
profil: accompagnateur
pratiques: [accompagnements, dialogue-territorial]
relation: cite
commune: Dijon
departement: "21"
territoires: ["21"]
site: https://premier.example/
resume: "Il relie : des gens."
sources:
  - {{titre: Un document d'essai, date: 2023-04-13}}
  - {{titre: premier.example, url: https://premier.example/nous, consulte_le: {TODAY}}}
---
Il [relie](/projets/essai/) des gens.
"""


def test_by_mail(page: Page, urls: dict[str, str], copy: Callable[[str], Path]) -> None:
    text = correct(page, urls["mail"])
    link = page.get_by_role("link", name="Ouvrir le message")
    address = urlsplit(link.get_attribute("href") or "")
    assert (address.scheme, address.path) == ("mailto", "ecrire@essai.example")
    sent = parse_qs(address.query)
    assert sent["subject"] == ["Correction : Premier d'essai"]
    assert sent["body"] == [text.replace("\n", "\r\n")]
    assert follow(copy("mail"), sent["body"][0]) == AFTER


def test_by_an_issue(page: Page, urls: dict[str, str], copy: Callable[[str], Path]) -> None:
    correct(page, urls["issue"])
    link = page.get_by_role("link", name="Ouvrir la demande sur codeberg.org")
    address = link.get_attribute("href") or ""
    assert address.startswith("https://codeberg.org/essai/site/issues/new?")
    sent = parse_qs(urlsplit(address).query)
    assert sent["body"][0].startswith("```text\nBonjour,")
    assert follow(copy("issue"), sent["body"][0]) == AFTER


def test_by_a_form_or_by_nobody_the_text_is_copied(
    browser: Browser, urls: dict[str, str], copy: Callable[[str], Path]
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **DESKTOP)
    page = context.new_page()
    for way in ("form", "none"):
        correct(page, urls[way])
        page.get_by_role("button", name="Copier le texte").click()
        expect(page.locator("#_dit")).to_have_text("Texte copié.")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert follow(copy(way), copied) == AFTER
        sent = page.locator("#_envoyer")
        if way == "form":
            assert sent.get_attribute("href") == "https://formulaire.example/f/1"
        else:
            assert sent.count() == 0
            assert page.get_by_text("pas encore fixé d’adresse").is_visible()
            assert page.locator("#_message a[href='/contact/#_ecrire']").is_visible()
    context.close()


def add(page: Page, url: str) -> str:
    opened(page, url + ADD)
    page.get_by_label("Nom (obligatoire)").fill("L'Œuvre d'été & Cie : n° 1")
    page.get_by_label("Résumé").fill('Un lieu "inventé".')
    page.locator("#_departement").select_option("01")
    page.locator("[data-cle=territoires] summary").first.click()
    page.locator("[data-cle=territoires] summary", has_text="Auvergne").click()
    page.get_by_label("01 Ain").check()
    page.get_by_label("Autres noms").fill("Un\n\n  Deux  ")
    page.get_by_label("D’où vient l’information").fill("le rapport d'activité")
    return prepare(page)


@pytest.mark.parametrize(
    ("way", "start"),
    [
        ("mail", "https://github.com/essai/site/new/main?"),
        ("issue", "https://codeberg.org/essai/site/_new/main/catalysers?"),
        ("form", ""),
    ],
)
def test_a_new_record_by_message_and_by_file(
    page: Page, urls: dict[str, str], copy: Callable[[str], Path], way: str, start: str
) -> None:
    text, root = add(page, urls[way]), copy(way)
    message = root.parent / "message.txt"
    message.write_text(text, encoding="utf-8")
    done = run(root, "corriger", message, "--oui")
    assert done.code == 0, done.said
    made = root / "catalysers/l-oeuvre-d-ete-cie-n-1.md"
    assert made.exists()
    page.get_by_text("Avec un compte sur la forge").click()
    content = page.get_by_label("Le contenu de").input_value()
    link = page.get_by_role("link", name="Ouvrir le nouveau fichier")
    if start:
        address = link.get_attribute("href") or ""
        assert address.startswith(start)
        sent = parse_qs(urlsplit(address).query)
        assert sent["value"] == [content]
        assert sent["filename"][0].endswith("l-oeuvre-d-ete-cie-n-1.md")
    else:
        assert link.count() == 0
    made.write_text(content, encoding="utf-8")
    report = build(root, root / "output", views=SMALL, publish=False)
    assert not report.failed, report.problems
    entry = report.site and report.site.find("catalyser", "l-oeuvre-d-ete-cie-n-1")
    assert entry
    assert entry.heading == "L'Œuvre d'été & Cie : n° 1"
    assert entry.document.front_matter["autres_noms"] == ["Un", "Deux"]


def test_a_text_too_long_for_a_link_is_copied(page: Page, urls: dict[str, str]) -> None:
    opened(page, f"{urls['issue']}{CORRECT}?fiche=premier")
    page.get_by_label("Résumé").fill("é" * 999)
    page.get_by_label("Autre chose").fill("à" * 1000)
    page.get_by_label("D’où vient l’information").fill("nous-mêmes")
    prepare(page)
    href = page.locator("#_envoyer").get_attribute("href") or ""
    assert len(href) <= 8191
    assert parse_qs(urlsplit(href).query)["title"]
    assert page.get_by_text("trop long pour le lien").is_visible()


SAMPLE = [n for n, text in enumerate(ADMITTED) if "script>" in text or "`" in text][:4]
HARD = [
    *ADMITTED,
    "```\nFin de la correction",
    "Fiche : content/site.toml\nnom [Nom] ajouté : x",
    "_TEXTE_$&",
]


def test_hostile_values_are_text_in_each_field(browser: Browser, urls: dict[str, str]) -> None:
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    page.add_init_script(WATCH_POLICY)
    asked, troubles = watch(page)
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    opened(page, f"{urls['issue']}{CORRECT}?fiche=premier")
    fill = """(texts) => {
        const form = document.querySelector('#_proposition');
        form.noValidate = true;
        const kept = ':not([type=checkbox], [type=radio])';
        form.querySelectorAll(`:is(input${kept}, textarea)`).forEach((field, number) => {
            field.value = texts[number % texts.length];
        });
    }"""
    for start in range(0, len(HARD), 8):
        page.evaluate(fill, [*HARD[start:], *HARD[:start]])
        text = prepare(page)
        proposal: Proposal = read_proposal(text)
        assert proposal.path == "/catalyseurs/premier/"
        assert set(proposal.changes) <= {"nom", "autres_noms", "site", "courriel", "telephone"} | {
            *("resume", "commune", "adresse", "code_postal")
        }
        href = page.locator("#_envoyer").get_attribute("href") or ""
        body = parse_qs(urlsplit(href).query).get("body")
        assert not body or read_proposal(body[0]) == proposal
        assert urlsplit(href).netloc == "codeberg.org"
        page.get_by_role("button", name="Changer encore").click()
    assert page.evaluate("window.violations") == []
    assert troubles == []
    assert all(one.startswith(urls["issue"]) for one in asked)
    kept = context.storage_state()
    assert [*kept["cookies"], *kept["origins"]] == []
    context.close()


def test_values_of_a_hostile_record_come_back_as_they_are(fresh_page: Page, hostile: Path) -> None:
    fresh_page.add_init_script(WATCH_POLICY)
    dialogs: list[str] = []
    fresh_page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    with serving(hostile) as url:
        for number in SAMPLE:
            opened(fresh_page, f"{url}{CORRECT}?fiche=essai-{number}")
            fresh_page.get_by_label("Site", exact=True).fill("https://premier.example/")
            fresh_page.get_by_label("D’où vient l’information").fill("nous")
            prepare(fresh_page)
            text = fresh_page.locator("#_texte").input_value()
            assert [*read_proposal(text).changes] == ["site"], text
            assert fresh_page.evaluate("window.violations") == []
    assert dialogs == []


@pytest.mark.parametrize("address", [f"{CORRECT}?fiche=premier", ADD, CORRECT])
def test_axe_widths_and_keyboard(page: Page, urls: dict[str, str], address: str) -> None:
    page.goto(urls["mail"] + address)
    if address == CORRECT:
        assert page.get_by_role("link", name="l’annuaire").is_visible()
        assert axe(page) == []
        return
    opened(page, urls["mail"] + address)
    assert axe(page) == []
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert axe(page) == []
    page.locator("#_nom").fill("Un nom")
    page.locator("#_resume").fill("Un résumé.")
    page.locator("#_source").fill("nous-mêmes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Votre message est prêt")).to_be_focused()
    assert axe(page) == []
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "_texte"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "_envoyer"


def test_nothing_changed_or_nothing_said_is_told(page: Page, urls: dict[str, str]) -> None:
    opened(page, f"{urls['mail']}{CORRECT}?fiche=premier")
    page.get_by_role("button", name="Préparer").click()
    expect(page.locator("#_source")).to_be_focused()
    page.locator("#_source").fill("nous-mêmes")
    page.get_by_role("button", name="Préparer").click()
    expect(page.get_by_role("alert")).to_contain_text("Rien n’a changé")
    expect(page.locator("#_message")).to_be_hidden()


@pytest.mark.parametrize("slug", ["inconnue", "../..", "%2e%2e", "<b>", "brouillon"])
def test_an_unknown_record_leads_to_the_directory(
    page: Page, urls: dict[str, str], slug: str
) -> None:
    page.goto(f"{urls['mail']}{CORRECT}?fiche={slug}")
    expect(page.locator("#_fiche")).to_contain_text("n’est pas connue")
    assert page.get_by_role("link", name="l’annuaire").is_visible()
    expect(page.locator("#_proposition")).to_be_hidden()


def test_without_javascript_and_without_one_script_there_is_a_way(
    plain_page: Page, fresh_page: Page, urls: dict[str, str]
) -> None:
    fresh_page.route("**/proposal-text.js", lambda route: route.abort())
    for page in (plain_page, fresh_page):
        for address in (CORRECT, ADD):
            page.goto(urls["mail"] + address)
            assert page.locator("#_simple a[href='/contact/']").is_visible()
            assert page.locator("#_proposition").is_hidden()
            assert page.locator("#_message").is_hidden()


def test_a_record_leads_to_its_correction(page: Page, urls: dict[str, str]) -> None:
    page.goto(f"{urls['mail']}/catalyseurs/premier/")
    page.get_by_role("link", name="Proposer une correction").click()
    expect(page.get_by_label("Nom (obligatoire)")).to_have_value("Premier d'essai")
    assert unquote(page.url).endswith("?fiche=premier")
