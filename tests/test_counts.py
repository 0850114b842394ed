"""What pages count agrees with the content, and examples are never among what is real.

A property over the whole output: each page is read back, and each count that it says is compared
with a reading of the content that owes nothing to the engine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import reading
from tests.building import ROOT

Record = dict[str, Any]

# What is counted in a sentence: the words after the number tell of what.
SAID = {
    "real": re.compile(r"(\d+|aucun) catalyseurs?(?= recensés?| (?:a|ont|n’a encore) )"),
    "examples": re.compile(r"(\d+) fiches? (?:d’exemple|inventées?)"),
    "placed": re.compile(r"(\d+|aucun) catalyseurs?(?= placés?| (?:a|ont|n’a encore) )"),
    "exported": re.compile(r"(\d+) fiches? de l’annuaire|(?<= sur )(\d+)(?=\W*$)", re.MULTILINE),
}


def records() -> dict[str, Record]:
    """Return the headers of the records that are published, by slug, read by YAML alone."""
    found = {}
    for path in sorted((ROOT / "catalysers").rglob("*.md")):
        if path.name not in {"README.md", "_modele.md"}:
            header = path.read_text(encoding="utf-8").split("---\n", 2)[1]
            # BaseLoader guesses nothing: texts and lists of texts.
            found[path.stem] = yaml.load(header, yaml.BaseLoader)
    return {slug: record for slug, record in found.items() if record.get("brouillon") != "oui"}


RECORDS = records()
REAL = {slug: record for slug, record in RECORDS.items() if record.get("exemple") != "oui"}
EXAMPLES = RECORDS.keys() - REAL.keys()


def is_placed(record: Record) -> bool:
    return bool(record.get("commune") or record.get("code_insee") or record.get("latitude"))


def subjects() -> dict[str, dict[str, int]]:
    """Return what each page that counts records may count, by address."""
    placed = {slug for slug, record in RECORDS.items() if is_placed(record)}
    every = {"real": len(REAL), "examples": len(EXAMPLES), "placed": len(placed & REAL.keys())}
    every["exported"] = len(REAL)
    on_map = {**every, "real": every["placed"], "examples": len(placed & EXAMPLES)}
    found = {"": every, "catalyseurs": every, "donnees": every, "carte": on_map}
    for folder, key in (("pratiques", "pratiques"), ("profils", "profil")):
        for term in terms(folder):
            bearers = {slug for slug, r in RECORDS.items() if term in _listed(r.get(key))}
            counts = {"real": bearers & REAL.keys(), "examples": bearers & EXAMPLES}
            found[f"{folder}/{term}"] = {name: len(those) for name, those in counts.items()}
    return found


def terms(vocabulary: str) -> list[str]:
    text = (ROOT / f"content/vocabulaires/{vocabulary}.yaml").read_text(encoding="utf-8")
    return [term["cle"] for term in yaml.load(text, yaml.BaseLoader)["termes"]]


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


@pytest.fixture(scope="module")
def trees(output: Path) -> dict[str, Any]:
    """The main part of every page, by address without its slashes."""
    pages = reading.files(output, "index.html")
    return {
        name.removesuffix("index.html").strip("/"): next(reading.page(path).iter("main"))
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
    assert len(EXAMPLES) > 300
    assert len(RECORDS) == 350


def test_every_count_on_every_page_is_that_of_the_content(trees: dict[str, Any]) -> None:
    expected = subjects()
    counting = set()
    for address, tree in trees.items():
        for name, numbers in said(tree).items():
            if not numbers or _of_one_record(address) or address in ("pratiques", "profils"):
                continue
            if address.startswith("territoires"):
                assert max(numbers) <= len(RECORDS)
                continue
            assert numbers == {expected.get(address, {}).get(name)}, (address, name)
            counting.add((address, name))
    assert {(address, "examples") for address in expected} - counting <= {("donnees", "examples")}
    assert {("", "real"), ("", "placed"), ("carte", "real"), ("donnees", "exported")} <= counting


def _of_one_record(address: str) -> bool:
    """Say whether a page tells of one record: what its sources count is theirs to say."""
    return address.startswith("catalyseurs/")


@pytest.mark.parametrize("vocabulary", ["pratiques", "profils"])
def test_the_list_of_a_vocabulary_counts_what_is_real(
    trees: dict[str, Any], vocabulary: str
) -> None:
    expected = [subjects()[f"{vocabulary}/{term}"]["real"] for term in terms(vocabulary)]
    items = [item for item in trees[vocabulary].iter("li") if item.find(".//h2") is not None]
    words = [" ".join("".join(item.itertext()).split()) for item in items]
    found = [re.search(r"(\d+) catalyseurs? recensé|Aucune fiche recensée", one) for one in words]
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


def test_every_record_has_its_page_and_is_reached_from_the_directory(trees: dict[str, Any]) -> None:
    assert set(_linked(trees["catalyseurs"])) == RECORDS.keys()
    for slug in RECORDS:
        text = "".join(trees[f"catalyseurs/{slug}"].itertext())
        assert ("cette structure n’existe pas" in text) == (slug in EXAMPLES)
        assert ("Jamais vérifiée" in text) == (slug in REAL)


def test_nothing_but_pages_for_people_knows_of_examples(output: Path) -> None:
    """Search engines, default exports, feeds and calendars: as if there were none."""
    names = re.compile("|".join(sorted(EXAMPLES)))
    for pattern in ("sitemap.xml", "flux.*", "*.ics", "donnees/*.*"):
        for path in reading.files(output, pattern).values():
            if path.suffix != ".html":
                assert not names.search(path.read_text(encoding="utf-8")), path
    for slug in EXAMPLES:
        page = (output / f"catalyseurs/{slug}/index.html").read_text(encoding="utf-8")
        assert "ld+json" not in page, slug
    listed = re.findall(r"<loc>https?://[^/]+/(.*?)/?</loc>", (output / "sitemap.xml").read_text())
    for address, counts in subjects().items():
        assert (address in listed) == bool(counts["real"] or not counts["examples"]), address


def test_the_map_tells_examples_apart(output: Path) -> None:
    data = json.loads((output / "carte/catalyseurs.geojson").read_bytes())
    found = [feature["properties"]["exemple"] for feature in data["features"]]
    assert found == sorted(found)
    assert found.count(False) == subjects()[""]["placed"]
    assert found.count(True) == subjects()["carte"]["examples"]


def test_the_foot_does_not_say_that_examples_come_from_documents(output: Path) -> None:
    for path in reading.files(output, "*.html").values():
        text = path.read_text(encoding="utf-8")
        assert "hormis celles d’exemple, qui sont inventées, sont tirées de documents" in text, path
