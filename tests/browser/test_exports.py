"""Files of the list that was found, its link, its map elsewhere: what a visitor takes away.

The browser makes the files; here they are read back by Python's own readers, and compared byte for
byte with those that the build writes.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import reading
from tests.browser.checks import axe, choose_territory, hold
from tests.browser.serving import serving
from tests.building import WITHOUT_COMMUNES, build, copy_site

FOUND = "#_resultats li[data-fiche]"
# Cells that a spreadsheet would run or cut, lists, groups, and coordinates that are whole numbers.
EXAMPLE = """\
---
nom: '={number}+1;"Exemple"'
autres_noms: ["@autre | nom", "+33 1", "-1"]
relation: a-confirmer
commune: Lyon
departement: "69"
latitude: 45.75
longitude: {longitude}
telephone: "0102030405"
courriel: contact@exemple.example
resume: "Une fiche d'exemple : « ; », \\"guillemets\\", \\t, \\\\ et 🧶."
sources: [{{titre: Aucune, date: 2024-05}}]
exemple: true
---
"""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of the miniature, two examples more, and two like them as if real."""
    root = copy_site(tmp_path_factory.mktemp("exemples") / "site")
    folder = root / "catalysers" / "exemples"
    folder.mkdir(exist_ok=True)
    for number, longitude in (("un", "4.85"), ("deux", "5.0")):
        text = EXAMPLE.format(number=number, longitude=longitude)
        (folder / f"essai-{number}.md").write_text(text, encoding="utf-8")
        # The same, as if it were real: the build's own files then hold what is hard to write.
        real = text.replace("exemple: true\n", "").replace("Exemple", "Réel")
        real = real.replace("a-confirmer", "cite")
        (root / "catalysers" / f"vrai-{number}.md").write_text(real, encoding="utf-8")
    report = build(root, root / "output", views=WITHOUT_COMMUNES)
    assert not report.failed, report.problems
    return root / "output"


@pytest.fixture(scope="module")
def samples_url(samples: Path) -> Iterator[str]:
    with serving(samples) as url:
        yield url


def opened(page: Page, address: str) -> Page:
    """Open a list; return its page once all its records are found."""
    page.goto(address)
    expect(page.locator("#_resultat")).not_to_be_empty()
    expect(page.locator("#_resultat")).not_to_contain_text("en cours")
    return page


def taken(page: Page, form: str) -> tuple[str, bytes]:
    """Press a button of « Télécharger »; return the name and the bytes of the file."""
    with page.expect_download() as waiting:
        page.locator(f"[data-format={form}]").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def rows(data: bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


def test_all_real_records_are_byte_for_byte_those_of_the_build(
    page: Page, samples: Path, samples_url: str
) -> None:
    address = f"{samples_url}/catalyseurs/?exemples=non"
    opened(page, address)
    exported = rows((samples / "donnees" / "catalyseurs.csv").read_bytes())
    order = [row["identifiant"] for row in exported]
    assert {"vrai-un", "vrai-deux"} <= set(order)
    for form in ("csv", "json", "geojson"):
        theirs = (samples / "donnees" / f"catalyseurs.{form}").read_bytes()
        ours = taken(page, form)[1].replace(f'"vue": "{address}", '.encode(), b"")
        # The list has its own order, by région; each record and the frame are the same bytes.
        assert sorted(ours.replace(b",\n", b"\n").splitlines()) == sorted(
            theirs.replace(b",\n", b"\n").splitlines()
        )
        assert len(ours) == len(theirs)
    # In the order of the build, so the very same files.
    made = page.evaluate(
        """async (order) => {
            const source = document.querySelector('script[src$="/list.js"]').src;
            const files = await import(source.replace('list.js', 'export-files.js'));
            const { donnees } = document.querySelector('#_suites').dataset;
            const all = await files.readExports(donnees);
            const records = order.map((id) => all.byId.get(id));
            const { writeCsv, writeJson, writeGeojson } = files;
            return [writeCsv, writeJson, writeGeojson].map((write) => write(all, records, 'x'));
        }""",
        order,
    )
    for form, text in zip(("csv", "json", "geojson"), made, strict=True):
        theirs = (samples / "donnees" / f"catalyseurs.{form}").read_bytes()
        assert text.encode().replace(b'"vue": "x", ', b"") == theirs, form


QUERY = "?q=alpes&pratique=accompagnements&relation=cite&verification=non"


def find_today() -> datetime.date:
    """The day of this machine, which the browser has too."""
    return datetime.datetime.now(datetime.UTC).astimezone().date()


def test_three_facets_and_words_give_exactly_the_rows_of_the_list(
    page: Page, site_url: str
) -> None:
    address = f"{site_url}/catalyseurs/{QUERY}"
    opened(page, address)
    expect(page.locator(FOUND).first).to_be_visible()
    listed = page.locator(FOUND).evaluate_all("(all) => all.map((one) => one.dataset.fiche)")
    assert {"romarin", "cocolavande"} <= set(listed)
    before = find_today()
    name, data = taken(page, "csv")
    assert name in {f"essai-catalyseurs-{day}.csv" for day in (before, find_today())}  # midnight
    assert [row["identifiant"] for row in rows(data)] == listed
    found: dict[str, Any] = json.loads(taken(page, "json")[1])
    assert [record["identifiant"] for record in found["catalyseurs"]] == listed
    assert found["vue"] == address
    assert found["licence"] == "licence à confirmer"
    collection: dict[str, Any] = json.loads(taken(page, "geojson")[1])
    check_rfc_7946(collection)
    placed = [r["identifiant"] for r in found["catalyseurs"] if r["latitude"] is not None]
    assert [feature["id"] for feature in collection["features"]] == placed


def test_a_file_waits_for_the_texts_in_which_words_are_searched(page: Page, site_url: str) -> None:
    release = hold(page, "**/textes-*.json")
    page.goto(f"{site_url}/catalyseurs/?q=innovation", wait_until="domcontentloaded")
    expect(page.locator("#_resultat")).to_contain_text("en cours")
    with page.expect_download() as waiting:
        page.locator("[data-format=csv]").click()
        release()
    found = [row["identifiant"] for row in rows(Path(waiting.value.path()).read_bytes())]
    assert "cocolavande" in found
    expect(page.locator(FOUND)).to_have_count(len(found))


def check_rfc_7946(collection: dict[str, Any]) -> None:
    assert collection["type"] == "FeatureCollection"
    assert collection["features"]
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
        assert {"latitude", "longitude"}.isdisjoint(feature["properties"])


def test_examples_are_in_no_file_and_the_page_says_so(page: Page, samples_url: str) -> None:
    opened(page, f"{samples_url}/catalyseurs/?territoire=69")
    found = [row["identifiant"] for row in rows(taken(page, "csv")[1])]
    assert {"vrai-un", "vrai-deux"} <= {*found}
    assert not [name for name in found if name.startswith(("essai-", "exemple-"))]
    said = page.locator("#_suites-dit")
    expect(said).to_have_text(
        re.compile(rf"csv\s: {len(found)} fiches\. Les fiches d’exemple n’y sont pas\.$")
    )
    opened(page, f"{samples_url}/catalyseurs/?territoire=69&exemples=non")
    taken(page, "csv")
    expect(said).to_have_text(re.compile(r"fiches\.$"))
    opened(page, f"{samples_url}/catalyseurs/?relation=a-confirmer&territoire=69")
    page.locator("[data-format=csv]").click()
    expect(said).to_have_text(re.compile(r"^Aucun fichier\s: cette liste n’a que des fiches"))


def test_the_examples_of_a_territory_come_when_asked(page: Page, samples_url: str) -> None:
    opened(page, f"{samples_url}/catalyseurs/?territoire=69")
    expect(page.locator("#_groupe-sur-place, #_groupe-tout").first).to_be_visible()
    expect(page.locator("#_exemples")).to_have_count(0)
    real = page.locator("#_resultats [data-fiche]").count()
    expect(page.locator("#_voir")).to_have_text(f"Voir les {real}\u00a0catalyseurs")
    page.get_by_role("button", name=re.compile("^Voir les \\d+ fiches d’exemple$")).click()
    expect(page.locator("#_exemples")).to_be_visible()
    opened(page, f"{samples_url}/catalyseurs/?tri=nom")
    said = page.locator("#_resultat")
    expect(said).to_contain_text("fiches d’exemple")
    number = (said.text_content() or "").split(maxsplit=1)[0]
    assert page.locator("#_voir").text_content() == f"Voir les {number}\u00a0catalyseurs"


def test_the_records_are_fetched_on_the_click_and_once(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, f"{site_url}/catalyseurs/?territoire=69")
    assert not [url for url in asked if "/donnees/" in url]
    taken(page, "csv")
    taken(page, "json")
    assert len([url for url in asked if url.endswith("/donnees/catalyseurs.json")]) == 1


def test_data_that_do_not_arrive_are_told(page: Page, site_url: str) -> None:
    opened(page, f"{site_url}/catalyseurs/?territoire=69")
    page.route("**/donnees/*.json", lambda route: route.abort())
    page.locator("[data-format=csv]").click()
    expect(page.locator("#_suites-dit")).to_contain_text("Les données ne sont pas arrivées")
    page.unroute("**/donnees/*.json")
    assert rows(taken(page, "csv")[1])


def test_the_link_is_copied_without_what_is_only_of_this_screen(
    browser: Browser, site_url: str
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = opened(context.new_page(), f"{site_url}/catalyseurs/?territoire=69&fiche=romarin#_suite")
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.locator("#_suites-dit")).to_have_text("Lien copié.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{site_url}/catalyseurs/?territoire=69&fiche=romarin"
    context.close()


def test_where_the_clipboard_is_refused_the_link_is_there_to_be_copied(
    page: Page, site_url: str
) -> None:
    opened(page, f"{site_url}/catalyseurs/?territoire=69")
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refusé')); }"
    )
    page.get_by_role("button", name="Copier le lien").click()
    field = page.get_by_label("À copier")
    expect(field).to_be_focused()
    assert page.evaluate("getSelection().toString()") == f"{site_url}/catalyseurs/?territoire=69"
    expect(page.locator("#_suites-dit")).to_contain_text("copiez-le")


def test_the_position_of_the_device_is_told_in_the_link_and_kept_from_the_snippet(
    page: Page, site_url: str
) -> None:
    opened(page, f"{site_url}/catalyseurs/?territoire=69#ici=45.76,4.83")
    page.evaluate(
        "() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }"
    )
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.locator("#_suites-dit")).to_contain_text("contient votre position")
    assert page.evaluate("window.copied").endswith("?territoire=69#ici=45.76,4.83")
    page.get_by_text("Afficher sur votre site").click()
    assert "ici=" not in page.get_by_label("Code à coller").input_value()


def test_the_snippet_follows_the_view_and_is_a_frame_of_another_page(
    page: Page, site_url: str
) -> None:
    opened(page, f"{site_url}/catalyseurs/?q=a%22%3Eb&territoire=69")
    page.get_by_text("Afficher sur votre site").click()
    field = page.get_by_label("Code à coller")
    [frame] = reading.parse_fragment(field.input_value())
    assert frame.tag == "iframe"
    assert frame.get("src") == f"{site_url}/carte/integrer/?q=a%22%3Eb&territoire=69"
    assert frame.get("height") == "480"
    assert frame.get("title")
    choose_territory(page, "63")
    expect(field).to_have_value(re.compile("territoire=63"))


def test_axe_and_targets_with_the_details_open(page: Page, site_url: str) -> None:
    opened(page, f"{site_url}/catalyseurs/")
    page.get_by_text("Afficher sur votre site").click()
    assert axe(page, "main") == []
    for button in page.locator("#_suites :is(button, summary)").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 24


def test_by_keyboard_each_action_is_reached_and_runs(page: Page, site_url: str) -> None:
    opened(page, f"{site_url}/catalyseurs/?territoire=69")
    page.locator("[data-format=csv]").focus()
    with page.expect_download():
        page.keyboard.press("Enter")
    reached = [page.evaluate("document.activeElement.textContent.trim()")]
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert reached == [
        "CSV (tableur)", "JSON", "GeoJSON (carte)", "Imprimer", "Copier le lien",
        "Afficher sur votre site",
    ]  # fmt: skip


def test_without_javascript_only_the_link_to_the_data_is_there(
    plain_page: Page, site_url: str
) -> None:
    plain_page.goto(f"{site_url}/catalyseurs/")
    expect(plain_page.locator("#_suites")).to_be_hidden()
    expect(plain_page.get_by_role("link", name="Tout l’annuaire en fichiers")).to_be_visible()
