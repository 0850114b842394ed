"""The pages of territories as published: light, whole, and leading where they say."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from maille.text.urls import make_file_path
from tests import reading
from tests.building import WITHOUT_COMMUNES, build, copy_site

LIMIT = 30_000  # bytes, compressed, the map of the page included


@pytest.fixture(scope="module")
def pages(output: Path) -> dict[str, Any]:
    """The tree of each page below /territoires/, by address; the list of them has ""."""
    found = reading.find_files(output / "territoires", "*.html")
    return {
        name.removesuffix("index.html"): reading.parse_page(path) for name, path in found.items()
    }


def links(tree: Any) -> set[str]:
    return {a.get("href").split("#")[0].split("?")[0] for a in tree.iter("a") if a.get("href")}


def test_every_region_and_departement_has_a_page(pages: dict[str, Any]) -> None:
    assert len(pages) >= 1 + 18 + 101
    assert {"63-puy-de-dome/", "2a-corse-du-sud/", "974-la-reunion/", "la-reunion/"} <= set(pages)
    linked = {href.removeprefix("/territoires/") for href in links(pages[""])}
    assert set(pages) - {""} <= linked


def test_pages_are_light_with_their_maps(output: Path) -> None:
    found = reading.find_files(output / "territoires", "*.html")
    weights = {name: len(gzip.compress(path.read_bytes(), 9)) for name, path in found.items()}
    heaviest = max(weights, key=lambda name: weights[name])
    print(f"\nheaviest of {len(weights)}: {heaviest}, {weights[heaviest]} bytes")
    assert weights[heaviest] <= LIMIT


def test_every_link_leads_to_a_file(output: Path, pages: dict[str, Any]) -> None:
    every = {href for tree in pages.values() for href in links(tree) if href.startswith("/")}
    assert len(every) > 200
    assert [href for href in sorted(every) if not (output / make_file_path(href)).is_file()] == []


def test_every_record_is_on_the_pages_of_its_places(output: Path, pages: dict[str, Any]) -> None:
    """Read from the profiles, which link to the département where they stand."""
    records = reading.find_files(output / "catalyseurs", "*/index.html")
    checked = 0
    for name, path in records.items():
        address = f"/catalyseurs/{name.removesuffix('index.html')}"
        place = next(dd for dd in reading.parse_page(path).iter("dd"))
        for a in place.iter("a"):
            here = pages[a.get("href").removeprefix("/territoires/")]
            assert address in links(here), address
            region = trail(here)[-1].removeprefix("/territoires/")
            assert address in links(pages[region]), (address, region)
            checked += 1
    assert checked >= 20


def trail(tree: Any) -> list[str]:
    crumbs = next(nav for nav in tree.iter("nav") if nav.get("class") == "crumbs wrap")
    return [a.get("href") for a in crumbs.iter("a")]


def test_the_picture_and_the_lists_lead_to_the_same_places(pages: dict[str, Any]) -> None:
    """What is a link of a picture, out of the tab order, is a link of the page beside."""
    for address, tree in pages.items():
        drawn: set[str] = set()
        listed: set[str] = set()
        parents = {child: parent for parent in tree.iter() for child in parent}
        for a in tree.iter("a"):
            (drawn if _in_svg(a, parents) else listed).add(a.get("href"))
        assert drawn <= listed, address


def _in_svg(element: Any, parents: dict[Any, Any]) -> bool:
    while element is not None:
        if str(element.tag).endswith("svg"):
            return True
        element = parents.get(element)
    return False


def test_only_pages_that_tell_a_fact_of_their_place_are_indexed(
    output: Path, pages: dict[str, Any]
) -> None:
    sitemap = (output / "sitemap.xml").read_text("utf-8")
    indexed = {address for address in pages if f"/territoires/{address}<" in sitemap}
    assert indexed - {""} == {address for address, tree in pages.items() if address and facts(tree)}
    assert "63-puy-de-dome/" in indexed
    assert "974-la-reunion/" not in indexed


def facts(tree: Any) -> set[str]:
    """Return the pages of real entries that the sections of a page lead to.

    Those that act in the whole country say nothing of this place.
    """
    told = (
        e
        for e in tree.iter("section")
        if "samples" not in e.get("class", "") and e.get("aria-labelledby") != "_groupe-partout"
    )
    folders = ("/catalyseurs/", "/projets/", "/rencontres/", "/webinaires/")
    every = {href for section in told for href in links(section)}
    return {href for href in every if href.startswith(folders) and href.count("/") > 2}


def test_the_showcase_shows_how_actors_complete_one_another(pages: dict[str, Any]) -> None:
    tree = pages["200057941-paris-est-marne-et-bois/"]
    text = " ".join("".join(tree.find(".//main").itertext()).split())
    for name in ("Aubépine à Charenton", "Vitasauge", "Club du Genêt"):
        assert name in text
    assert "Passage n° 201" in text  # said by content/territoires/
    assert "13 communes" in text
    assert "Webinaire d’essai du 13 avril 2023" in text


def caption(tree: Any) -> str:
    return " ".join("".join(next(tree.iter("figcaption")).itertext()).split())


def test_a_picture_says_whose_outline_it_has(pages: dict[str, Any]) -> None:
    """That of an intercommunalité is the département in which it lies."""
    told = caption(pages["200057941-paris-est-marne-et-bois/"])
    assert "Le contour est celui de tout le département, Val-de-Marne (94)" in told
    assert "les petits points sont les communes membres" in told
    assert "contour est" not in caption(pages["94-val-de-marne/"])
    for address, tree in pages.items():
        if address and list(tree.iter("figcaption")):
            assert "Contours simplifiés" in caption(tree), address


def test_a_picture_of_two_departements_says_which(tmp_path: Path) -> None:
    site = copy_site(tmp_path / "site")
    record = (
        "---\nnom: Essai\nrelation: cite\nresume: Un essai.\nterritoires: ['200030435']\n"
        "sources:\n  - {titre: Un essai, date: 2023-04-13}\n---\n"
    )
    (site / "catalysers/essai.md").write_text(record, "utf-8")
    assert not build(site, site / "output", views=WITHOUT_COMMUNES).failed
    (path,) = (site / "output/territoires").glob("200030435-*/index.html")
    told = caption(reading.parse_page(path))
    assert "contours sont ceux de départements entiers, Gers (32) et Landes (40)" in told
