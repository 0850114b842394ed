"""What the pages of territories count, compared with the files of the records.

Who stands there, who acts there from elsewhere, real ones and examples apart: in sentences, lists,
links between pages, pictures and the files beside them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from maille.pipeline import load_gazetteer
from tests import reading
from tests.records import (
    EXAMPLES,
    NAMED,
    NATIONAL,
    PLACED,
    REAL,
    find_acting_in,
    find_located_in,
    make_list,
)

REAL_ONES = set(REAL)
# « …, et 2 autres qui y interviennent », « 2 catalyseurs d’autres territoires y interviennent »
FROM_ELSEWHERE = r"(?:, et )?(\d+) \w+ (?:qui |d’[a-z ]+ )?y intervien"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def trees(output: Path) -> dict[str, Any]:
    """The main part of the page of each territory, by its code."""
    pages = reading.find_files(output / "territoires", "*/index.html")
    slugs = {name.removesuffix("/index.html"): path for name, path in pages.items()}
    return {
        _code(slug): next(reading.parse_page(path).iter("main")) for slug, path in slugs.items()
    }


def _code(slug: str) -> str:
    """Return the code of a territory from the name of its folder."""
    known = load_gazetteer()
    first = slug.partition("-")[0].upper()
    if first in known.departments or first in known.intercommunalites:
        return first
    assert slug in known.regions, slug
    return slug


def text_of(tree: Any) -> str:
    return " ".join("".join(tree.itertext()).split())


def sections(tree: Any) -> dict[str, Any]:
    """Return the sections of a page by what names them; those of practices have numbers."""
    every = (one for one in tree.iter() if one.tag in {"section", "nav"})
    return {one.get("aria-labelledby") or find_heading(one): one for one in every}


def find_heading(section: Any) -> str:
    """Return the id of the first heading of a section, or "" without one."""
    headings = (one for one in section.iter() if one.tag in {"h2", "h3"})
    return next((one.get("id", "") for one in headings), "")


def linked(tree: Any) -> list[str]:
    """Return the slugs of the records that the rows of a part of a page name.

    Only the first link of a row counts: the way to reach a record may be the page of another one.
    """
    rows = ([link.get("href", "") for link in row.iter("a")] for row in tree.iter("li"))
    hrefs = (links[0] for links in rows if links)
    return [m[1] for href in hrefs if (m := re.fullmatch(r"/catalyseurs/([a-z0-9-]+)/", href))]


def number(pattern: str, text: str) -> int:
    """Return the number that a pattern finds once in a text; 0 when it does not find it."""
    found = re.findall(pattern, text)
    assert len(found) <= 1, (pattern, found)
    return int(found[0]) if found else 0


def test_every_territory_has_its_page(trees: dict[str, Any]) -> None:
    known = load_gazetteer()
    bodies = set(trees) - known.regions.keys() - known.departments.keys()
    assert known.regions.keys() | known.departments.keys() <= trees.keys()
    named = {code for record in REAL.values() for code in make_list(record.get("territoires"))}
    assert bodies >= named & known.intercommunalites.keys()
    # The others are named by a project, an event or news, which their page tells.
    assert all("_groupe-ici" in sections(trees[code]) for code in bodies - named)
    # Nobody is left out or told twice: a record stands in one département and in its région.
    for those in (known.regions, known.departments):
        assert sum(len(find_located_in(code)) for code in those) == len(
            {slug for code in known.departments for slug in find_located_in(code)}
        )


def test_the_head_of_a_page_says_who_is_there(trees: dict[str, Any]) -> None:
    for code, tree in trees.items():
        here, others = find_located_in(code), find_acting_in(code)
        head = next(p for p in tree.iter("p") if p.get("class") == "large soft")
        told = text_of(head)
        assert number(rf"^(\d+) {NAMED} (?:recensés?|cités?) ", told) == len(here & REAL_ONES), code
        assert number(FROM_ELSEWHERE, told) == len(others & REAL_ONES), code
        # Nobody is said to be there only where nothing at all is told.
        empty = not (here | others) & REAL_ONES and "_groupe-ici" not in sections(tree)
        assert told.startswith("Personne n’y est encore recensé") == empty, code
        assert number(r"(\d+) fiches? d’exemple à part", told) == len(here & EXAMPLES), code


def test_the_lists_of_a_page_are_those_who_are_there(trees: dict[str, Any]) -> None:
    for code, tree in trees.items():
        here, others, parts = find_located_in(code), find_acting_in(code), sections(tree)
        whole, inside, partly = (
            linked(parts[name]) if (name := f"_groupe-{key}") in parts else []
            for key in ("tout", "sur-place", "partie")
        )
        assert sorted((*whole, *inside, *partly)) == sorted((here | others) & REAL_ONES), code
        assert set(inside) <= here, code
        assert set(partly) <= others, code
        samples = linked(parts["_exemples"]) if "_exemples" in parts else []
        assert sorted(samples) == sorted(here & EXAMPLES), code


def test_examples_are_counted_in_a_part_of_their_own(trees: dict[str, Any]) -> None:
    for code, tree in trees.items():
        here, others = find_located_in(code) & EXAMPLES, find_acting_in(code) & EXAMPLES
        part = sections(tree).get("_exemples")
        assert (part is not None) == bool(here or others), code
        told = text_of(part) if part is not None else ""
        assert number(r"(\d+) fiches? inventées?", told) == len(here), code
        assert number(r", et (\d+) autres?, d’[a-z ]+, qui y intervien", told) == len(others), code
        assert ("Aucune fiche inventée ici" in told) == bool(others and not here), code


def test_who_is_everywhere_is_counted_on_each_page(trees: dict[str, Any], output: Path) -> None:
    real = NATIONAL & REAL_ONES
    for code, tree in trees.items():
        parts = sections(tree)
        everywhere = linked(parts["_groupe-partout"]) if "_groupe-partout" in parts else []
        local = find_located_in(code) | find_acting_in(code)
        assert sorted(everywhere) == sorted(real - local), code
    index = reading.parse_page(output / "territoires/index.html")
    assert set(linked(sections(index)["_partout"])) == real


def test_links_to_other_territories_say_who_is_there(trees: dict[str, Any]) -> None:
    seen = 0
    for code, tree in trees.items():
        for item in _items(sections(tree).get("_autour")):
            other, told = item
            expected = len(find_located_in(other) & REAL_ONES)
            assert told == (str(expected) if expected else ""), (code, other)
            seen += 1
        # « Où s’adresser : Val-de-Marne (94), 4 acteurs ; le réseau. »
        for paragraph in tree.iter("p"):
            if text_of(paragraph).startswith("Où s’adresser"):
                counts = re.findall(r", (\d+) \w+\s;", text_of(paragraph))
                *places, network = paragraph.iter("a")
                assert network.get("href") == "/contact/#_ecrire"
                around = (a for a in places if a.get("href").startswith("/territoires/"))
                codes = [_code(_folder(a)) for a in around]
                assert [int(n) for n in counts] == [
                    len(find_located_in(c) & REAL_ONES) for c in codes
                ]
                assert not find_located_in(code) & REAL_ONES
    assert seen > 400


def _folder(link: Any) -> str:
    return str(link.get("href")).removeprefix("/territoires/").strip("/")


def _items(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield the code of each territory in a list of territories, and what stands beside it."""
    for item in nav.iter("li") if nav is not None else ():
        yield _code(_folder(item.find("a"))), _beside(item)


def test_the_index_counts_each_region_and_departement(output: Path) -> None:
    """In words, as « 1 catalyseur ; 3 exemples », and nothing where nothing is."""
    page = reading.parse_page(output / "territoires/index.html")
    body = next(one for one in page.iter("div") if one.get("id") == "_liste")
    rows = (one for one in body.iter() if one.tag in {"h2", "li"})
    places = [one for one in rows if one.find("a") is not None]  # not the title of collectivités
    found = {_code(_folder(one.find("a"))): _beside(one) for one in places}
    known = load_gazetteer()
    country = known.regions.keys() | known.departments.keys()
    assert country <= found.keys()
    assert found.keys() - country <= known.intercommunalites.keys()
    for code in country:
        here, told = find_located_in(code), found[code]
        assert number(rf"(\d+) {NAMED}\b", told) == len(here & REAL_ONES), code
        assert number(r"(\d+) exemples?\b", told) == len(here & EXAMPLES), code
        assert bool(told) == bool(here), code


def _beside(item: Any) -> str:
    told = item.find("span")
    return "" if told is None else text_of(told)


def test_the_picture_of_the_country_fills_where_something_is_real(output: Path) -> None:
    page = reading.parse_page(output / "territoires/index.html")
    filled = {}
    for link in page.iter(f"{SVG}a"):
        filled[_code(_folder(link))] = "own" in link.find(f"{SVG}path").get("class").split()
    every = load_gazetteer().departments.values()
    drawn = [one.code for one in every if not one.is_collectivity]  # where nobody is, not drawn
    assert filled == {code: bool(find_located_in(code) & REAL_ONES) for code in drawn}


def test_pictures_have_a_point_for_each_that_has_one(trees: dict[str, Any]) -> None:
    for code, tree in trees.items():
        here = find_located_in(code) & PLACED
        drawn: dict[bool, set[str]] = {True: set(), False: set()}
        for svg in tree.iter(f"{SVG}svg"):
            for link in svg.iter(f"{SVG}a"):
                if slug := _slug(link):
                    drawn["sample" in _classes(link)].add(slug)
        assert drawn[False] == here & REAL_ONES, code
        assert drawn[True] == here & EXAMPLES, code


def test_captions_say_which_records_the_picture_leaves_to_the_lists(trees: dict[str, Any]) -> None:
    without = 0
    for code, tree in trees.items():
        real = find_located_in(code) & REAL_ONES
        captions = " ".join(map(text_of, tree.iter("figcaption")))
        absent = len(real - PLACED) if real & PLACED else 0
        found = number(r"(\d+) fiches? sans commune connue (?:n’est|ne sont) que", captions)
        assert found == absent, code
        without += bool(absent)
        none = "Aucune fiche recensée n’a de point connu"
        assert (none in captions) == bool(real and not real & PLACED), code
    assert without > 2


def _slug(link: Any) -> str:
    found = re.fullmatch(r"/catalyseurs/([a-z0-9-]+)/", link.get("href", ""))
    return found[1] if found else ""


def _classes(link: Any) -> list[str]:
    return [name for path in link.iter(f"{SVG}path") for name in path.get("class", "").split()]


def test_files_beside_a_page_hold_its_real_records(trees: dict[str, Any], output: Path) -> None:
    for folder in sorted((output / "territoires").iterdir()):
        if not folder.is_dir():
            continue
        here = find_located_in(_code(folder.name)) & REAL_ONES
        files = {path.suffix: path for path in folder.glob("catalyseurs.*")}
        assert {".csv", ".json"} <= files.keys() if here else not files, folder.name
        assert (".geojson" in files) == bool(here & PLACED), folder.name
        if here:
            rows = [row["identifiant"] for row in reading.read_rows(files[".csv"])]
            told = json.loads(files[".json"].read_bytes())["catalyseurs"]
            assert rows == [one["identifiant"] for one in told]
            assert sorted(rows) == sorted(here)
        if here & PLACED:
            found = {feature["id"] for feature in reading.read_geojson(files[".geojson"])}
            assert found == here & PLACED
