"""Sixty hostile strings in every text, read back from every file: all of it is text, none acts."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from maille.content.documents import SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.problems import select_errors
from maille.text.typography import typeset
from tests import reading
from tests.building import WITHOUT_COMMUNES, build
from tests.doses import CHECKED_STEP
from tests.hostile import (
    ADMITTED,
    HOSTILE,
    POSITIONS,
    REFUSED,
    begin_site,
    clean_text,
    find_errors,
    quote,
    write_hostile_config,
    write_hostile_site,
    write_vocabulary,
)

SHOWN = {str(n): clean_text(text) for n, text in enumerate(ADMITTED)}
# What XML cannot hold is left out of Atom.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def words(text: str) -> list[str]:
    """Return a text as HTML shows it, where one space is as good as another."""
    return NOT_XML.sub("", text).split()


def test_there_are_sixty_strings_and_nine_positions() -> None:
    assert len(set(ADMITTED)) >= 60
    assert REFUSED
    assert len(POSITIONS) >= 9


# --- What was built ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """What a page holds that could act, its title, and what it tells machines."""

    active: list[str]
    heading: str
    structured: list[Any]


@pytest.fixture(scope="module")
def pages(hostile: Path) -> dict[str, Page]:
    return {name: look(path) for name, path in reading.find_files(hostile, "*.html").items()}


def look(path: Path) -> Page:
    tree = reading.parse_page(path)
    heading = "".join("".join(element.itertext()) for element in tree.iter("h1"))
    return Page(reading.find_active_elements(tree), heading, reading.read_json_ld(tree))


def test_no_page_holds_anything_that_acts(pages: dict[str, Page]) -> None:
    assert len(pages) > 7 * len(ADMITTED)
    assert {name: page.active for name, page in pages.items() if page.active} == {}


FOLDERS = ("catalyseurs", "projets", "actualites", "webinaires/2024", "rencontres")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_page_is_called_what_was_typed(pages: dict[str, Page], folder: str) -> None:
    for number, text in SHOWN.items():
        page = pages[f"{folder}/essai-{number}/index.html"]
        assert words(page.heading) == words(typeset(text))


def test_no_braces_are_computed(hostile: Path) -> None:
    number = next(n for n, text in SHOWN.items() if "7 * 7" in text)
    for folder in FOLDERS:
        page = (hostile / folder / f"essai-{number}/index.html").read_text("utf-8")
        assert "{{ 7 * 7 }}{% raw %}" in page
        assert not re.search(r"\b49\b", page)


def test_machines_are_told_what_was_typed(pages: dict[str, Page]) -> None:
    for number, text in SHOWN.items():
        for folder in FOLDERS:
            for thing in pages[f"{folder}/essai-{number}/index.html"].structured:
                name = thing.get("name") or thing["headline"]
                assert (name, thing["description"]) == (text, text)
                address = thing.get("address") or {"streetAddress": text}
                assert address["streetAddress"] == text
                for other in (thing.get("organizer"), thing.get("isBasedOn")):
                    assert other is None or other["name"] == text
    said = [page for page in pages.values() if page.structured]
    assert len(said) > 5 * len(ADMITTED)


def test_feeds_are_well_formed_and_nothing_in_them_acts(hostile: Path) -> None:
    for path in reading.find_files(hostile, "flux.xml").values():
        one, other = reading.read_atom(path), reading.read_json_feed(path.with_suffix(".json"))
        # The oldest items of a long feed have their summary alone, as text.
        told = [entry.content[0].value for entry in one.entries if "content" in entry]
        told += [item["content_html"] for item in other["items"] if "content_html" in item]
        for html in told:
            tree = reading.parse_fragment(html)
            assert reading.find_active_elements(tree) == []
            assert not [*tree.iter("form"), *tree.iter("script")]


def test_feeds_say_what_was_typed(hostile: Path) -> None:
    for number, text in SHOWN.items():
        [item] = reading.read_json_feed(hostile / f"acteurs/t{number}/flux.json")["items"]
        assert item["title"] == typeset(text)
        assert item["summary"] == typeset(text)
        assert item["url"].endswith(f"/actualites/essai-{number}/")


def test_calendars_hold_one_event_each_and_say_what_was_typed(hostile: Path) -> None:
    assert len(reading.read_events(hostile / "agenda.ics")) == 2 * len(ADMITTED)
    for folder, (number, text) in itertools.product(FOLDERS[-2:], SHOWN.items()):
        [event] = reading.read_events(hostile / folder / f"essai-{number}/evenement.ics")
        assert words(str(event["SUMMARY"])) == words(typeset(text))
        assert not event.subcomponents


def test_exports_say_what_was_typed(hostile: Path) -> None:
    rows = reading.read_rows(hostile / "donnees/catalyseurs.csv")
    records = json.loads((hostile / "donnees/catalyseurs.json").read_bytes())["catalyseurs"]
    points = reading.read_geojson(hostile / "donnees/catalyseurs.geojson")
    assert len(rows) == len(records) == len(points) == len(ADMITTED)
    for row, record, point in zip(rows, records, points, strict=True):
        text = SHOWN[record["identifiant"].removeprefix("essai-")]
        assert record["nom"] == record["adresse"] == text
        assert record["sources"][0]["titre"] == text
        assert point["properties"]["nom"] == point["properties"]["resume"] == text
        assert row["nom"] in {text, f"'{text}"}


def test_the_map_and_the_sitemap_are_whole(hostile: Path) -> None:
    records = json.loads((hostile / "catalyseurs/index.json").read_bytes())["fiches"]
    assert {*records["nom"]} == {typeset(name) for name in SHOWN.values()}
    assert all(records["point"])
    assert len([*reading.read_sitemap(hostile)]) > 7 * len(ADMITTED)


def test_the_texts_of_site_toml_are_text(tmp_path: Path) -> None:
    site = write_hostile_config(tmp_path / "site")
    report = build(site, site / "output", views=WITHOUT_COMMUNES)
    assert not report.failed, report.problems
    shown = [words(typeset(text)) for text in SHOWN.values()]
    for name, path in reading.find_files(site / "output", "*.html").items():
        tree = reading.parse_page(path)
        assert reading.find_active_elements(tree) == [], name
        reading.read_json_ld(tree)
        links = [words("".join(link.itertext())) for link in tree.iter("a")]
        # The map for other sites has no menu.
        assert name == "carte/integrer/index.html" or all(text in links for text in shown), name
    for path in reading.find_files(site / "output", "flux.xml").values():
        reading.read_atom(path)
        reading.read_json_feed(path.with_suffix(".json"))
    for path in reading.find_files(site / "output", "*.ics").values():
        assert len(reading.read_events(path)) <= 2
    [exported] = (site / "output/donnees").glob("*.geojson")
    assert reading.read_geojson(exported)
    headers = (site / "output/_headers").read_text("utf-8")
    assert re.fullmatch(r"(?:/[\w./*-]*\n(?:  [A-Z][\w-]+: [^\n]+\n)+\n?)+", headers)


# --- What is refused is told ---------------------------------------------------------------------


def test_what_has_no_place_in_a_header_is_told_at_its_line(tmp_path: Path) -> None:
    """Controls and marks that turn the reading, written as YAML writes them."""
    begin_site(tmp_path)
    write_vocabulary(tmp_path, "relations", ADMITTED[:1])
    (tmp_path / "catalysers").mkdir()
    for number, text in enumerate(REFUSED):
        (tmp_path / f"catalysers/essai-{number}.md").write_text(
            f"---\nnom: {quote(text)}\nrelation: t0\nresume: r\nsources: [{{titre: s}}]\n---\n",
            "utf-8",
        )
    made = build(tmp_path, tmp_path / "output", views=(), publish=False)
    problems = select_errors(made.problems)
    places = {(problem.path, problem.line) for problem in problems}
    assert places == {(f"catalysers/essai-{number}.md", 2) for number in range(len(REFUSED))}
    assert all(problem.message.isprintable() and problem.hint for problem in problems)


CHECKED = ("commune", "departement", "profil", "site", "courriel", "telephone", "verifie_le")


def test_keys_that_are_checked_take_none_of_them(tmp_path: Path) -> None:
    write_hostile_site(tmp_path, ADMITTED[:1])
    expected = set()
    for key, (number, text) in itertools.product(CHECKED, [*enumerate(ADMITTED)][::CHECKED_STEP]):
        # These are right: a number, and the name of the only term.
        if (key, text) in {("telephone", "+33 1 23 45 67 89"), ("profil", ADMITTED[0])}:
            continue
        path = f"catalysers/{key.replace('_', '-')}-{number}.md"
        header = f"nom: {key}-{number}\nrelation: t0\nresume: r\nsources: [{{titre: s}}]"
        (tmp_path / path).write_text(f"---\n{header}\n{key}: {quote(text)}\n---\n", "utf-8")
        expected.add((path, 6))
    written = {path for path, _ in expected}
    problems = build(tmp_path, tmp_path / "output", views=(), publish=False).problems
    told = {(problem.path, problem.line) for problem in problems if problem.path in written}
    assert told == expected


@pytest.mark.parametrize("position", POSITIONS)
def test_a_body_is_told_or_inert(position: str) -> None:
    """Even what is refused is harmless once it is HTML; what is admitted may be published."""
    converter = Converter()
    admitted: list[Any] = []
    for text in HOSTILE:
        piece = POSITIONS[position].replace("{}", text)
        source = SourceFile("content/pages/x.md", f"---\na: b\n---\n{piece}\n".encode())
        document, _ = parse_one(source, converter)
        if document:
            tree = reading.parse_fragment(document.body.html)
            assert reading.find_active_elements(tree) == [], text
            assert not [*tree.iter("form"), *tree.iter("script")]
        if find_errors(piece, converter):
            assert all(problem.line >= 4 for problem in find_errors(piece, converter))
        else:
            admitted.append(text)
    assert len(admitted) > 20 or (position == "cible d'un lien" and not admitted)
