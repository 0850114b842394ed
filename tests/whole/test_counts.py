"""What pages count agrees with the content, and examples are never among what is real.

A property over the whole output: each page is read back, and each count that it says is compared
with a reading of the content that owes nothing to the engine.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from maille.pipeline import load_gazetteer
from tests import reading
from tests.records import (
    CONTENT,
    EXAMPLES,
    NAMED,
    PLACED,
    REAL,
    RECORDS,
    find_department,
    find_located_in,
    find_records_with,
)

# What is counted in a sentence: the words after the number tell of what.
SAID = {
    "real": re.compile(rf"(\d+|aucun) {NAMED}(?= recensés?| cités?| (?:a|ont|n’a encore) )"),
    "examples": re.compile(r"(\d+) fiches? (?:d’exemple|inventées?)"),
    "missing": re.compile(r"(\d+) autres? n’en a?(?:ont)? pas"),
    "placed": re.compile(rf"(\d+|aucun) {NAMED}(?= placés?| (?:a|ont|n’a encore) )"),
    "exported": re.compile(r"(\d+) fiches? de l’annuaire|(?<= sur )(\d+)(?=\W*$)", re.MULTILINE),
}


# What is written for machines: exports, feeds, calendars, the list of pages.
MACHINES = {".xml", ".json", ".geojson", ".csv", ".ics", ".txt"}


def subjects() -> dict[str, dict[str, int]]:
    """Return what each page that counts records may count, by address."""
    every = {"real": len(REAL), "examples": len(EXAMPLES), "exported": len(REAL)}
    every["placed"] = len(PLACED & REAL.keys())
    on_map = {**every, "real": every["placed"], "examples": len(PLACED & EXAMPLES)}
    on_map["missing"] = len(REAL.keys() - PLACED)
    found = {"": every, "catalyseurs": every, "donnees": every, "carte": on_map}
    # Its scripts count the rest, as the addresses of other sites ask.
    found["carte/integrer"] = {"placed": every["placed"]}
    found["contact"] = {"real": len(REAL)}  # a figure for the press
    for folder, key in (("pratiques", "pratiques"), ("profils", "profil"), ("themes", "themes")):
        for term in terms(folder):
            those = find_records_with(key, term)
            counts = {"real": those & REAL.keys(), "examples": those & EXAMPLES}
            found[f"{folder}/{term}"] = {name: len(one) for name, one in counts.items()}
    return found


def terms(vocabulary: str) -> list[str]:
    """Return the keys of the terms that have pages: those of a vocabulary with an address."""
    text = (CONTENT / f"content/vocabulaires/{vocabulary}.yaml").read_text(encoding="utf-8")
    read = yaml.load(text, yaml.BaseLoader)
    return [term["cle"] for term in read["termes"]] if "adresse" in read else []


@pytest.fixture(scope="module")
def trees(output: Path) -> dict[str, Any]:
    """The main part of every page, by address without its slashes."""
    pages = reading.find_files(output, "index.html")
    return {
        name.removesuffix("index.html").strip("/"): next(reading.parse_page(path).iter("main"))
        for name, path in pages.items()
    }


def said(tree: Any) -> dict[str, set[int]]:
    """Return the counts that a page says, in its text or to those who listen."""
    labels = [element.get("aria-label", "") for element in tree.iter()]
    text = re.sub(r"[^\S\n]+", " ", "\n".join(["".join(tree.itertext()), *labels]))
    return {
        name: {0 if n.lower() == "aucun" else int(n) for n in _numbers(pattern, text)}
        for name, pattern in SAID.items()
    }


def _numbers(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for match in re.finditer(pattern.pattern, text, pattern.flags | re.IGNORECASE):
        yield next(group for group in match.groups() if group)


def test_there_is_something_to_count() -> None:
    assert len(REAL) > 20
    assert len(EXAMPLES) > 20


def test_every_count_on_every_page_is_that_of_the_content(trees: dict[str, Any]) -> None:
    expected = subjects()
    counting = set()
    for address, tree in trees.items():
        for name, numbers in said(_leave_unplaced_out(tree)).items():
            if not numbers or _is_told_apart(address):
                continue
            assert numbers == {expected.get(address, {}).get(name)}, (address, name)
            counting.add((address, name))
    silent = {(one, "examples") for one in ("donnees", "carte/integrer", "contact")}
    assert {(one, "examples") for one in expected if one in trees} - counting <= silent
    assert {("", "real"), ("", "placed"), ("donnees", "exported")} <= counting
    assert {("carte", "real"), ("carte/integrer", "placed")} <= counting


def _leave_unplaced_out(tree: Any) -> Any:
    """Return a page without the records that have no point on the map: see the next test."""
    kept = copy.deepcopy(tree)
    for section in kept.iterfind(".//section[@id='_sans']"):
        section.clear()
    return kept


def test_the_examples_without_a_point_are_counted_below_the_map(trees: dict[str, Any]) -> None:
    below = trees["carte"].find(".//section[@id='_sans']")
    counted = map(int, _numbers(SAID["examples"], "".join(below.itertext())))
    assert sum(counted) == len(EXAMPLES - PLACED)


def _is_told_apart(address: str) -> bool:
    """Say whether a page is read below or in test_territory_counts, or tells of one record.

    What the sources of one record count is theirs to say.
    """
    return address.startswith(("catalyseurs/", "territoires")) or address in (
        "pratiques",
        "profils",
        "themes",
    )


@pytest.mark.parametrize("vocabulary", ["pratiques", "profils", "themes"])
def test_the_list_of_a_vocabulary_counts_what_is_real(
    trees: dict[str, Any], vocabulary: str
) -> None:
    expected = [subjects()[f"{vocabulary}/{term}"]["real"] for term in terms(vocabulary)]
    assert (vocabulary in trees) == bool(expected)
    if not expected:
        return
    items = [item for item in trees[vocabulary].iter("li") if item.find(".//h2") is not None]
    words = [" ".join("".join(item.itertext()).split()) for item in items]
    found = [
        re.search(rf"(\d+) {NAMED} (?:recensé|cité)|Aucune fiche recensée", one) for one in words
    ]
    assert [int(match[1] or 0) if match else None for match in found] == expected


def test_practices_of_the_home_page_count_what_is_real(trees: dict[str, Any]) -> None:
    links = [a for a in trees[""].iter("a") if re.search("/pratiques/.", a.get("href", ""))]
    texts = ["".join(link.itertext()).replace("Aucune", "0") for link in links]
    assert [int(text.split()[0]) for text in texts] == [
        subjects()[f"pratiques/{term}"]["real"] for term in terms("pratiques")
    ]


def test_in_every_list_examples_come_after_what_is_real(trees: dict[str, Any]) -> None:
    seen = 0
    for address, tree in trees.items():
        for list_ in (one for one in tree.iter() if one.tag in {"ul", "ol"}):
            order = [slug in EXAMPLES for slug in _linked(list_)]
            assert order == sorted(order), address
            seen += any(order)
    assert seen


def _linked(tree: Any) -> Iterator[str]:
    """Yield the slugs of the records that a part of a page leads to."""
    for link in tree.iter("a"):
        if match := re.fullmatch(r"/catalyseurs/([a-z0-9-]+)/", link.get("href", "")):
            yield match[1]


def test_every_record_has_its_page_and_is_reached_from_a_list(trees: dict[str, Any]) -> None:
    """Real ones from the directory, without JavaScript; examples from their département."""
    assert set(_linked(trees["catalyseurs"])) == REAL.keys()
    pages = {name.partition("-")[0]: address for address in trees if (name := _territory(address))}
    for slug, record in RECORDS.items():
        text = "".join(trees[f"catalyseurs/{slug}"].itertext())
        assert ("cette structure n’existe pas" in text) == (slug in EXAMPLES)
        assert ("Pas encore relue" in text) == (slug in REAL and not record.get("verifie_le"))
        if code := find_department(record).lower():
            assert slug in set(_linked(trees[pages[code]])), slug
        else:
            assert slug in REAL


def _territory(address: str) -> str:
    return address.removeprefix("territoires/") if address.startswith("territoires/") else ""


def test_the_directory_counts_the_real_ones_of_each_region(trees: dict[str, Any]) -> None:
    (listed,) = trees["catalyseurs"].findall(".//div[@id='_liste']")
    counted = {
        title.get("id").removeprefix("_"): len(rows.findall("li[@data-fiche]"))
        for title, rows in zip(listed.findall("h2"), listed.findall("ul"), strict=True)
    }
    assert sum(counted.values()) == len(REAL)
    assert counted.pop("partout") == sum(not find_department(record) for record in REAL.values())
    assert counted == {
        code: number for code in load_gazetteer().regions if (number := _real_there(code))
    }


def _real_there(code: str) -> int:
    return len(find_located_in(code) & REAL.keys())


def test_nothing_but_pages_for_people_knows_of_examples(output: Path) -> None:
    """Search engines, default exports, feeds and calendars: as if there were none."""
    names = re.compile("|".join(sorted(EXAMPLES)))
    found = [p for p in output.rglob("*") if p.suffix in MACHINES and "assets" not in p.parts]
    knowing = {
        p.relative_to(output).as_posix() for p in found if names.search(p.read_text("utf-8"))
    }
    assert knowing == {"catalyseurs/index.json"}
    assert {"sitemap.xml", "flux.xml", "donnees/catalyseurs.csv", "agenda.ics"} <= {
        path.relative_to(output).as_posix() for path in found
    }
    for slug in EXAMPLES:
        page = (output / f"catalyseurs/{slug}/index.html").read_text(encoding="utf-8")
        assert "ld+json" not in page, slug
    listed = re.findall(r"<loc>https?://[^/]+/(.*?)/?</loc>", (output / "sitemap.xml").read_text())
    for address, counts in subjects().items():
        real_ones = counts.get("real") or not counts.get("examples")
        assert (address in listed) == bool(real_ones and address != "carte/integrer"), address


def test_the_data_of_list_and_map_tell_examples_apart(output: Path) -> None:
    data = json.loads((output / "catalyseurs/index.json").read_bytes())
    columns = data["fiches"]
    assert {len(values) for values in columns.values()} == {len(RECORDS)}
    assert data["reelles"] == len(REAL)
    assert set(columns["slug"][: len(REAL)]) == REAL.keys()
    assert set(columns["slug"][len(REAL) :]) == EXAMPLES
    points = {slug for slug, at in zip(columns["slug"], columns["point"], strict=True) if at}
    assert points == PLACED


def test_exports_hold_what_is_real(output: Path) -> None:
    folder = output / "donnees"
    real = [row["identifiant"] for row in reading.read_rows(folder / "catalyseurs.csv")]
    records = json.loads((folder / "catalyseurs.json").read_bytes())["catalyseurs"]
    assert sorted(real) == sorted(record["identifiant"] for record in records) == sorted(REAL)
    assert not any("exemple" in record for record in records)
    features = reading.read_geojson(folder / "catalyseurs.geojson")
    assert {feature["id"] for feature in features} == PLACED & REAL.keys()


def test_the_buttons_of_the_map_share_out_what_is_placed(trees: dict[str, Any]) -> None:
    for address in ("carte", "carte/integrer"):
        buttons = [b for b in trees[address].iter("button") if b.get("data-view")]
        numbers = [int(found[1]) for b in buttons if (found := re.search(r"\((\d+)\)$", b.text))]
        assert sum(numbers) == len(PLACED & REAL.keys())
