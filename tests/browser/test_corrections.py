"""From the public page to a reviewed edit, for each way a message leaves; without an account.

What the page gives is read by the command itself. Hostile values are text, in the page and after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from maille.cli.correction_plan import plan_correction
from maille.cli.correction_text import read_message, read_proposal
from maille.kinds.catalyser import KIND
from maille.site.model import Site
from maille.views.corrections import MAIL_LIMIT, URL_LIMIT
from tests.browser.checks import DESKTOP, WATCH_POLICY, axe, watch, watch_arrivals
from tests.browser.serving import serving
from tests.building import SMALL, TODAY, build
from tests.command import run
from tests.hostile import ADMITTED, quote
from tests.small_site import write_small_site

VIEWS = ("entries", "contact", "corrections", "directory", "communes")
CORRECT, ADD = "/proposer-une-correction/", "/ajouter-une-structure/"
FIRST = f"{CORRECT}?fiche=premier"
MAIL = 'contact = "ecrire@essai.example"\ndepot = "https://github.com/essai/site"\n'
FORM = 'contact = "https://formulaire.example/f/1"\ndepot = "https://gitlab.com/essai/site"\n'
ISSUE = 'depot = "https://codeberg.org/essai/site"\n'
WAYS = {"mail": MAIL, "form": FORM, "issue": ISSUE, "none": ""}
LONG = [text for text in ADMITTED if "script>" in text or "`" in text][:4]
HOSTILE = f"autres_noms: {quote(LONG)}\nadresse: {quote(LONG[0])}\nresume: {quote(LONG[1])}\n"
HARD = [
    *ADMITTED,
    "```\nFin de la correction",
    "Fiche : content/site.toml\nnom ajoute : x",
    'a" Fin de la correction',
    "_TEXTE_$&",
]


@dataclass
class Published:
    """A site that is published for a way in which messages leave it, and where it is served."""

    root: Path
    site: Site
    url: str = ""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Published]]:
    """The small site, with a record whose texts are hostile, for each way."""
    found = {}
    for way, lines in WAYS.items():
        root = write_small_site(tmp_path_factory.mktemp(way) / "site")
        config = root / "site.toml"
        config.write_text(lines + config.read_text("utf-8"), "utf-8")
        record = (root / "catalysers/second.md").read_text("utf-8").replace("Second", "Troisième")
        record = record.replace("resume: Un autre catalyseur inventé.\n", HOSTILE)
        (root / "catalysers/hostile.md").write_text(record, "utf-8")
        report = build(root, root / "output", views=VIEWS)
        assert report.site, report.problems
        assert not report.failed, report.problems
        found[way] = Published(root, report.site)
    served = [serving(one.root / "output") for one in found.values()]
    for one, server in zip(found.values(), served, strict=True):
        one.url = server.__enter__()
    yield found
    for server in served:
        server.__exit__(None, None, None)


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("#_proposition")).to_be_visible()
    return page


def prepare(page: Page) -> str:
    """Prepare the message; return its text."""
    page.get_by_role("button", name="Préparer le message").click()
    expect(page.get_by_role("heading", name="Votre message est prêt")).to_be_focused()
    return page.locator("#_texte").input_value()


# Answers as `correct` does, without the time that each press takes.
ANSWER = """() => {
  const form = document.querySelector('#_proposition');
  form.elements.resume.value = 'Il relie : des gens.';
  form.elements.site.value = 'premier.example/';
  form.querySelector('[name=pratiques][value=dialogue-territorial]').checked = true;
  form.elements.source.value = 'www.premier.example/nous';
  form.elements.qui.value = 'la structure elle-même';
}"""


def correct(page: Page, url: str, *, quickly: bool) -> str:
    """Correct the first record by the page; return the text of the message."""
    opened(page, url + FIRST)
    if quickly:
        page.evaluate(ANSWER)
        return prepare(page)
    expect(page.get_by_label("Résumé")).to_have_value("Un catalyseur inventé.")
    page.get_by_label("Résumé").fill("Il relie : des gens.")
    page.get_by_label("Site", exact=True).fill("premier.example/")
    page.locator("summary", has_text="Ce que fait la structure").click()
    page.get_by_label("Dialogue territorial").check()
    page.get_by_label("D’où vient l’information").fill("www.premier.example/nous")
    page.get_by_label("La structure elle-même").check()
    return prepare(page)


LETTER = """\
Bonjour,

Je propose de corriger la fiche « Premier d'essai » :
https://essai.example/catalyseurs/premier/

Site : https://premier.example/
Résumé : Il relie : des gens.
Pratiques, à ajouter : Dialogue territorial

D'où vient l'information : https://www.premier.example/nous
Qui écrit : la structure elle-même

Pour le programme du site, à laisser tel quel :
Fiche : /catalyseurs/premier/
site ajoute : "https://premier.example/"
resume avant : "Un catalyseur inventé."
resume apres : "Il relie : des gens."
pratiques ajoute : "dialogue-territorial"
source : "https://www.premier.example/nous"
auteur : "la structure elle-même"
Fin de la correction
"""
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
  - {{titre: premier.example, url: https://www.premier.example/nous, consulte_le: {TODAY}}}
---
Il [relie](/projets/essai/) des gens.
"""


def edit(one: Published, text: str, slug: str = "premier") -> bytes:
    """Return the record that a message leaves, as the command makes it."""
    proposal = read_proposal(read_message(text.encode()))
    assert proposal.path == f"/catalyseurs/{slug}/"
    entry = one.site.find("catalyser", slug)
    assert entry
    data = (one.root / entry.path).read_bytes()
    plan = plan_correction(proposal, KIND, data, entry.document.front_matter, TODAY)
    assert plan.faults == []
    return plan.data


def test_each_end_carries_the_same_edit_to_the_byte(
    browser: Browser, published: dict[str, Published]
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **DESKTOP)
    page = context.new_page()
    for way, one in published.items():
        text = correct(page, one.url, quickly=way != "mail")
        assert text.replace("\r\n", "\n") == LETTER
        link = page.locator("#_envoyer")
        address = urlsplit((link.get_attribute("href") or "") if link.count() else "")
        sent = parse_qs(address.query)
        if not sent:
            page.get_by_role("button", name="Copier le texte").click()
            expect(page.locator("#_dit")).to_have_text("Texte copié.")
            copied = page.evaluate("navigator.clipboard.readText()")
            assert edit(one, copied).decode() == AFTER
        if way == "mail":
            assert (address.scheme, address.path) == ("mailto", "ecrire@essai.example")
            assert sent["subject"] == ["Correction : Premier d'essai"]
            assert sent["body"] == [LETTER.replace("\n", "\r\n")]
        elif way == "issue":
            assert address.geturl().startswith("https://codeberg.org/essai/site/issues/new?")
            assert sent["body"] == [f"```text\n{LETTER}```\n"]
        elif way == "form":
            assert address.geturl() == "https://formulaire.example/f/1"
        else:
            assert link.count() == 0
            assert page.locator("#_message").get_by_text("pas encore fixé").is_visible()
            assert page.locator("#_message a[href*='/contact/']").count() == 0  # says no more
        if sent:
            assert edit(one, sent["body"][0]).decode() == AFTER
        if way in ("issue", "form"):  # said in the page: the form stays in its tab
            assert link.get_attribute("target") == "_blank"
            assert page.locator("#_message", has_text="dans un nouvel onglet").is_visible()
    context.close()


def test_the_command_writes_that_edit(published: dict[str, Published], tmp_path: Path) -> None:
    root = published["mail"].root
    message = tmp_path / "message.txt"
    message.write_text(LETTER, encoding="utf-8")
    kept = (root / "catalysers/premier.md").read_bytes()
    done = run(root, "corriger", message, "--oui")
    written = (root / "catalysers/premier.md").read_text("utf-8")
    (root / "catalysers/premier.md").write_bytes(kept)
    assert done.code == 0, done.said
    assert "--verifiee" in done.said
    assert written == AFTER


def add(page: Page, url: str) -> str:
    opened(page, url + ADD)
    page.get_by_label("Nom (obligatoire)").fill("L'Œuvre d'été & Cie : n° 1")
    page.get_by_label("Résumé").fill('Un lieu "inventé".')
    page.locator("#_departement").select_option("01")
    page.locator("summary", has_text="Où elle intervient").click()
    page.locator("[data-cle=territoires] summary").first.click()
    page.locator("[data-cle=territoires] summary", has_text="Auvergne").click()
    page.get_by_label("01 Ain").check()
    page.locator("summary", has_text="Noms").click()
    page.get_by_label("Autres noms").fill("Un\n\n  Deux  ")
    page.get_by_label("D’où vient l’information").fill("le rapport d'activité")
    return prepare(page)


# The answers of a form, and their way back into another, without the time that each press takes.
READ = """() => [...document.querySelectorAll('#_proposition :is(input, select, textarea)')]
  .map(({ value, checked }) => [value, checked])"""
FILL = """(answers) => document.querySelectorAll('#_proposition :is(input, select, textarea)')
  .forEach((field, at) => { [field.value, field.checked] = answers[at]; })"""
FORGES = {
    "mail": "https://github.com/essai/site/new/main?",
    "issue": "https://codeberg.org/essai/site/_new/main/catalysers?",
    "form": "",
}


def test_a_new_record_by_message_and_by_file(page: Page, published: dict[str, Published]) -> None:
    name = "l-oeuvre-d-ete-cie-n-1"
    text = add(page, published["mail"].url)
    answers = page.evaluate(READ)
    for way, start in FORGES.items():
        if way != "mail":
            opened(page, published[way].url + ADD)
            page.evaluate(FILL, answers)
            assert prepare(page) == text
        content = page.locator("#_texte-fichier").input_value()
        link = page.locator("#_fichier")
        if start:
            address = link.get_attribute("href") or ""
            assert address.startswith(start)
            sent = parse_qs(urlsplit(address).query)
            assert sent["value"] == [content]
            assert sent["filename"][0].endswith(f"{name}.md")
        else:
            assert link.count() == 0
    assert "\nTerritoires d'action : 01 Ain\n" in text
    proposal = read_proposal(text)
    assert proposal.path == f"/catalyseurs/{name}/"
    assert plan_correction(proposal, KIND, b"", {}, TODAY).faults == []
    root = published["mail"].root
    made = root / f"catalysers/{name}.md"
    made.write_text(content, encoding="utf-8")
    report = build(root, root / "output", views=SMALL, publish=False)
    made.unlink()
    assert not report.failed, report.problems
    entry = report.site and report.site.find("catalyser", name)
    assert entry
    assert entry.heading == "L'Œuvre d'été & Cie : n° 1"
    assert entry.document.front_matter["autres_noms"] == ["Un", "Deux"]


def test_a_text_too_long_for_a_link_is_copied(page: Page, published: dict[str, Published]) -> None:
    for way, limit, length in (("mail", MAIL_LIMIT, 400), ("issue", URL_LIMIT, 999)):
        opened(page, published[way].url + FIRST)
        page.get_by_label("Résumé").fill("é" * length)
        page.get_by_label("Autre chose").fill("à" * length)
        page.get_by_label("D’où vient l’information").fill("nous-mêmes")
        prepare(page)
        href = page.locator("#_envoyer").get_attribute("href") or ""
        assert len(href) <= limit
        assert "Correction" in unquote(href)
        assert page.get_by_text("trop long pour le lien").is_visible()


# Gives fields the texts of each case, and sends the form; then puts the fields back.
TRY_EACH = """async (cases) => {
  const form = document.querySelector('#_proposition');
  const message = document.querySelector('#_message');
  const { straighten } = mailleModules['proposal-text.js'];
  const find = (id) => document.querySelector(id);
  const list = (text) => text.split('\\n').map(straighten).filter(Boolean);
  const done = async () => {
    for (let turn = 0; message.hidden && !form.querySelector('[aria-invalid]'); turn += 1) {
      if (turn > 2000) throw new Error('neither a message nor a fault');
      if (find('#_nom-note a')) form.requestSubmit(); // the name is known: said once
      await new Promise(setTimeout);
    }
  };
  form.elements.source.value = 'nous';
  form.elements.autre.value = 'Une remarque.'; // what changes nothing is no message
  const found = [];
  for (const texts of cases) {
    const fields = Object.keys(texts).map((key) => form.elements[key]);
    const before = fields.map(({ value }) => value);
    for (const field of fields) field.value = texts[field.name];
    form.requestSubmit();
    await done();
    const faults = [...form.querySelectorAll('[aria-invalid]')];
    found.push({
      typed: Object.fromEntries(fields.map(({ name, value }) =>
        [name, name === 'autres_noms' ? list(value) : [straighten(value)]])),
      faults: Object.fromEntries(faults.map(({ name }) =>
        [name, find(`#_${name}-note`).textContent])),
      text: find('#_texte').value,
      href: find('#_envoyer').href,
      file: find('#_texte-fichier')?.value ?? '',
      address: find('#_fichier')?.href ?? '',
    });
    if (!message.hidden) find('#_reprendre').click();
    for (const field of faults) field.removeAttribute('aria-invalid');
    fields.forEach((field, at) => { field.value = before[at]; });
  }
  return found;
}"""
FREE = ("nom", "autres_noms", "resume", "adresse", "autre", "source")
RULED = ("telephone", "site", "courriel", "code_postal", "commune")


def check_message(one: Published, case: dict[str, Any], *, is_new: bool) -> None:
    """Check that the texts of a case stand in the message, and in the edit or file, as texts."""
    assert case["faults"] == {}, case
    proposal = read_proposal(case["text"])
    sent = parse_qs(urlsplit(case["href"]).query)
    assert not sent.get("body") or read_proposal(sent["body"][0]) == proposal
    text = case["file"] if is_new else edit(one, case["text"]).decode()
    header = yaml.load(text.split("\n---\n")[0], yaml.CBaseLoader)
    file = parse_qs(urlsplit(case["address"]).query).get("value")
    assert not file or file == [case["file"]]
    said = {"autre": proposal.remark, "source": proposal.source}
    for key, typed in case["typed"].items():
        if key in said:
            assert [said[key]] == typed
        else:
            assert proposal.changes[key][1] == (*typed,)
            assert header[key] == (typed if key == "autres_noms" else typed[0])


def test_hostile_values_are_text_in_each_field_and_at_each_end(
    browser: Browser, published: dict[str, Published]
) -> None:
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    page.add_init_script(WATCH_POLICY)
    asked, troubles = watch(page)
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    fenced = [text for text in HARD if "`" in text or "\n" in text]
    free = [dict.fromkeys(FREE, text) for text in HARD]
    single = [{key: text} for key in FREE for text in fenced]
    for way, address, cases in (
        ("mail", FIRST, free),
        ("issue", FIRST, single),
        ("mail", ADD, free),
    ):
        one = published[way]
        opened(page, one.url + address)
        if address == ADD:
            page.locator("#_nom").fill("Un nom")
            page.locator("#_resume").fill("Un résumé.")
        found = page.evaluate(TRY_EACH, cases)
        for case in found:
            check_message(one, case, is_new=address == ADD)
        hosts = {urlsplit(case["href"]).netloc for case in found}
        assert hosts == ({"codeberg.org"} if way == "issue" else {""})
    # What has a rule is told, as text.
    told = page.evaluate(TRY_EACH, [dict.fromkeys(RULED, text) for text in HARD])
    for key in RULED:
        assert sum(bool(case["faults"].get(key)) for case in told) > len(HARD) * 2 / 3
    assert page.evaluate("window.violations") == []
    # A hostile record comes back as it is.
    opened(page, f"{published['mail'].url}{CORRECT}?fiche=hostile")
    page.get_by_label("Site", exact=True).fill("https://premier.example/")
    page.get_by_label("D’où vient l’information").fill("nous")
    assert [*read_proposal(prepare(page)).changes] == ["site"]
    assert page.evaluate("window.violations") == []
    assert troubles == []
    assert all(url.startswith("http://127.0.0.1:") for url in asked)
    kept = context.storage_state()
    assert [*kept["cookies"], *kept["origins"]] == []
    context.close()


OPEN = "document.querySelectorAll('{}').forEach((one) => {{ one.open = true; }})"


def test_what_is_wrong_is_said_beside_each_field_before_sending(
    page: Page, published: dict[str, Published]
) -> None:
    opened(page, published["mail"].url + FIRST)
    wrong = {
        "telephone": ("01 99 00", "dix chiffres"),
        "courriel": ("a@b", "contact@exemple.fr"),
        "site": ("nulle part", "https://www.exemple.fr/"),
        "code_postal": ("2100", "cinq chiffres"),
        "commune": ("Dijonn", "Vouliez-vous dire « Dijon (21) » ?"),
        "resume": ("", "obligatoire"),
        "source": ("", "obligatoire"),
    }
    for key, (typed, _) in wrong.items():
        page.locator(f"#_{key}").fill(typed)
    page.get_by_role("button", name="Préparer").click()
    expect(page.locator("#_telephone")).to_be_focused()
    for key, (_, words) in wrong.items():
        expect(page.locator(f"#_{key}-note")).to_contain_text(words.replace("« ", "«\u202f"))
        assert page.locator(f"#_{key}").get_attribute("aria-invalid") == "true"
    expect(page.locator("#_message")).to_be_hidden()
    # The groups; the long lists in them are made like the short one, and take axe three seconds.
    page.evaluate(OPEN.format(".drawer"))
    assert axe(page, "main") == []


def test_an_answer_is_completed_or_compared_as_it_is_typed(
    page: Page, published: dict[str, Published]
) -> None:
    opened(page, published["mail"].url + FIRST)
    page.locator("#_site").fill("www.premier.example/a")
    page.locator("#_resume").fill("Autre chose.")
    page.locator("#_commune").fill("Amiens")
    page.locator("#_code_postal").fill("21000")
    page.locator("#_source").focus()
    expect(page.locator("#_site")).to_have_value("https://www.premier.example/a")
    expect(page.locator("#_site-note")).to_have_text(
        "Complété\u00a0: https://www.premier.example/a"
    )
    expect(page.locator("#_resume-note")).to_contain_text("Un catalyseur inventé.")
    expect(page.locator("#_commune-note")).to_contain_text("pas dans ce département")
    page.locator("#_departement").select_option("80")
    expect(page.locator("#_commune-note")).to_have_text("Aujourd’hui\u00a0: Dijon")
    expect(page.locator("#_code_postal-note")).to_contain_text("Dijon (21)")
    page.locator("#_departement").select_option("")
    page.locator("#_commune").fill("Saint-Denis")
    page.locator("#_source").focus()
    expect(page.locator("#_commune-note")).to_contain_text("dites le département")
    page.locator("#_commune").fill("Évry")
    page.locator("#_departement").focus()
    page.locator("#_departement").select_option("91")
    expect(page.locator("#_commune-note")).to_contain_text("Évry-Courcouronnes")


def test_nothing_is_said_of_a_field_before_it_is_left(
    page: Page, published: dict[str, Published]
) -> None:
    wait = watch_arrivals(page)
    opened(page, published["mail"].url + ADD)
    commune, note = page.locator("#_commune"), page.locator("#_commune-note")
    page.locator("#_code_postal").fill("21000")
    # The check of the postcode begins at the end of the press.
    commune.hover()
    page.mouse.down()
    page.keyboard.type("D")
    with page.expect_response("**/lieux/*.json"):
        page.mouse.up()
    page.keyboard.type("ijo")
    page.locator("#_departement").select_option("21")  # without leaving the field
    wait()
    expect(note).to_be_empty()
    page.locator("#_source").focus()
    expect(note).to_contain_text("Aucune commune")
    # Once wrong, it is checked again as it is typed.
    commune.press("End")
    commune.press_sequentially("n")
    expect(note).to_be_empty()
    expect(commune).not_to_have_attribute("aria-invalid", "true")
    page.locator("#_telephone").fill("01")
    page.locator("#_source").focus()
    expect(page.locator("#_telephone-note")).to_contain_text("dix chiffres")
    page.locator("#_telephone").press("End")
    page.locator("#_telephone").press_sequentially("23456789")
    expect(page.locator("#_telephone-note")).to_be_empty()


ADDRESSES = {
    "exemple.fr": "https://exemple.fr",
    "www.exemple.fr/a?b#c": "https://www.exemple.fr/a?b#c",
    "http:/exemple.fr": "http://exemple.fr",
    "HTTPS://Exemple.fr/A": "https://Exemple.fr/A",
    "https//exemple.fr": "https://exemple.fr",
    "//exemple.fr": "https://exemple.fr",
    "httpbin.exemple.fr:8080": "https://httpbin.exemple.fr:8080",
    **{text: text for text in ("contact@exemple.fr", "nulle part", "a.b c", "", "exemple", "x.y")},
}


def test_addresses_are_completed_and_patterns_are_those_of_browsers(
    page: Page, published: dict[str, Published]
) -> None:
    opened(page, published["mail"].url + ADD)
    found = page.evaluate(
        """async (texts) => {
          const checks = mailleModules['proposal-checks.js'];
          return texts.map(checks.completeAddress);
        }""",
        [*ADDRESSES],
    )
    assert dict(zip(ADDRESSES, found, strict=True)) == ADDRESSES
    # A browser reads `pattern` with the flag v, an old one with u; one that it cannot read is lost.
    read = """() => [...document.querySelectorAll('[pattern]')].map(({ name, pattern }) =>
      ['u', 'v'].every((flag) => new RegExp(pattern, flag)) && name)"""
    assert {"commune", *page.evaluate(read)} == {*RULED}


def test_a_name_of_the_directory_leads_to_its_correction(
    page: Page, published: dict[str, Published]
) -> None:
    opened(page, published["mail"].url + ADD)
    page.locator("#_nom").fill("PREMIER d’essai")
    page.locator("#_resume").fill("Un lieu.")
    expect(page.locator("#_nom-note")).to_contain_text("déjà dans l’annuaire")
    page.locator("#_source").fill("nous")
    page.get_by_role("button", name="Préparer").click()
    expect(page.locator("#_nom")).to_be_focused()  # once: two may have one name
    assert "/proposer-une-correction/?fiche=premier" in page.locator("#_nom-note").inner_html()
    prepare(page)


def test_what_was_typed_is_there_on_the_way_back(
    page: Page, published: dict[str, Published]
) -> None:
    url = published["issue"].url
    opened(page, url + FIRST)
    page.locator("#_resume").fill("Autre chose.")
    page.locator("#_source").fill("nous")
    page.get_by_label("La structure elle-même").check()
    page.locator("summary", has_text="Ce que fait la structure").click()
    page.get_by_label("Dialogue territorial").check()
    text = prepare(page)
    page.goto(f"{url}/contact/")
    page.go_back()
    expect(page.locator("#_proposition, #_message").locator("visible=true").first).to_be_visible()
    if page.locator("#_proposition").is_visible():  # made again, with what the browser kept
        assert prepare(page) == text
    assert page.locator("#_texte").input_value() == text
    opened(page, url + ADD)
    page.locator("#_nom").fill("Un nom")
    page.goto(f"{url}/contact/")
    page.go_back()
    expect(page.locator("#_nom")).to_have_value("Un nom")


def test_the_form_is_short_by_keyboard_on_any_screen(
    page: Page, published: dict[str, Published]
) -> None:
    opened(page, published["mail"].url + FIRST)
    page.locator("#_telephone").focus()
    for key in ("site", "courriel", "resume", "adresse"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == key
    for _ in range(10):  # the other places, the groups, the end
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Préparer le message"
    names = page.locator("summary", has_text="Noms")
    assert names.inner_text() == "Noms\u00a0: Premier d’essai"
    page.evaluate(OPEN.format("details"))
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#_nom").fill("Un nom")
    page.locator("#_source").fill("nous-mêmes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Votre message est prêt")).to_be_focused()
    assert axe(page, "main") == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "_texte"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "_envoyer"


def test_that_nothing_changed_is_told(page: Page, published: dict[str, Published]) -> None:
    opened(page, published["mail"].url + FIRST)
    page.locator("#_source").fill("nous-mêmes")
    page.get_by_role("button", name="Préparer").click()
    expect(page.get_by_role("alert")).to_contain_text("Rien n’a changé")
    expect(page.locator("#_message")).to_be_hidden()


def test_an_unknown_record_leads_to_the_directory(
    page: Page, published: dict[str, Published]
) -> None:
    for slug in ("inconnue", "../..", "%2e%2e", "<b>", "brouillon"):
        page.goto(f"{published['mail'].url}{CORRECT}?fiche={slug}")
        expect(page.locator("#_fiche")).to_contain_text("n’est pas connue")
        assert page.get_by_role("link", name="l’annuaire").is_visible()
        expect(page.locator("#_proposition")).to_be_hidden()


def test_without_javascript_and_without_one_script_there_is_a_way(
    plain_page: Page, fresh_page: Page, published: dict[str, Published]
) -> None:
    fresh_page.route("**/proposal.js", lambda route: route.abort())
    for page in (plain_page, fresh_page):
        for address in (CORRECT, ADD):
            page.goto(published["mail"].url + address)
            assert page.locator("#_simple a[href^='mailto:ecrire@essai.example']").is_visible()
            assert not page.locator("#_sans-fiche").is_visible()  # it leads back to the record
            assert page.locator("#_proposition").is_hidden()
            assert page.locator("#_message").is_hidden()
    plain_page.goto(f"{published['mail'].url}/catalyseurs/premier/")
    by_hand = plain_page.locator(".correct noscript")
    name, address = "Premier d'essai", "https://essai.example/catalyseurs/premier/"
    begun = f"Fiche : {name}\nPage : {address}\n"
    assert by_hand.locator("pre").inner_text().startswith(begun)
    sent = unquote(by_hand.get_by_role("link").get_attribute("href") or "")
    assert f"body={begun}" in sent.replace("\r", "")


def test_a_record_leads_to_its_correction(page: Page, published: dict[str, Published]) -> None:
    page.goto(f"{published['mail'].url}/catalyseurs/premier/")
    page.get_by_role("link", name="Proposer une correction").click()
    expect(page.get_by_label("Résumé")).to_have_value("Un catalyseur inventé.")
    assert unquote(page.url).endswith("?fiche=premier")
