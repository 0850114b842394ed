"""The records of the benchmark are good ones: what they measure is a real build."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from maille.content.documents import SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.gazetteer import Commune
from maille.kinds.catalyser import FACETS, KIND, Catalyser
from maille.schema.kind import list_types
from tests.building import SITE, WITHOUT_COMMUNES, build
from tools.benchmarks.generate import write_maille
from tools.benchmarks.records import BYTES, Record, keep_complete, make_records, write_markdown

# A place is told once (`code_insee` would be a mistake); few records have the others.
LEFT_OUT = {"code_insee", "ecosysteme"}
FILTERED = {facet.alias for facet in FACETS}


@pytest.fixture(scope="module")
def records() -> tuple[Record, ...]:
    return tuple(make_records(20, SITE))


def test_the_engine_finds_nothing_wrong(tmp_path: Path, records: tuple[Record, ...]) -> None:
    site = tmp_path / "site"
    write_maille(iter(records), site, SITE)
    report = build(site, tmp_path / "output", views=WITHOUT_COMMUNES, publish=False)
    assert report.problems == ()
    there = len(list((site / KIND.folder).glob("essai-*.md")))
    assert there == 20
    assert report.counts["catalyser"] == len(list((site / KIND.folder).glob("[a-z]*.md")))
    assert report.held == ()


def test_every_key_but_those_of_facets_is_filled(records: tuple[Record, ...]) -> None:
    header = records[0].header
    keys_of_kind = {info.alias for info in Catalyser.model_fields.values()} - LEFT_OUT
    assert keys_of_kind - FILTERED < set(header) < keys_of_kind
    assert all(header.values())
    for name in ("figures", "people", "ties", "sources"):
        info = Catalyser.model_fields[name]
        [part] = {one for one in list_types(info.annotation) if hasattr(one, "model_fields")}
        keys = {inner.alias for inner in part.model_fields.values()}
        assert keys == {key for group in header[info.alias or ""] for key in group}, name


def test_communes_that_would_leave_a_key_blank_are_left_out() -> None:
    good = Commune("99001", "Essai", "99", 45.0, 3.0, "200000000", ("99000",), 100)
    pointless = replace(good, latitude=None, longitude=None)
    assert keep_complete([pointless, good, replace(good, intercommunalite="")]) == [good]


def test_a_record_weighs_about_four_kilobytes() -> None:
    for record in make_records(40, SITE):
        assert abs(len(write_markdown(record).encode()) - BYTES) < BYTES / 20, record.slug


def test_a_body_holds_what_texts_use(records: tuple[Record, ...]) -> None:
    record = records[0]
    document, problems = parse_one(
        SourceFile(f"catalysers/{record.slug}.md", write_markdown(record).encode()), Converter()
    )
    assert problems == ()
    assert document
    html = document.body.html
    for tag in ("<h2", "<h3", "<ul>", "<ol>", "<table>", "<blockquote>", "<strong>", "<em>"):
        assert tag in html, tag
    assert sum(link.target.startswith("/catalyseurs/essai-") for link in document.body.links) == 3


def test_the_same_records_each_time_and_no_two_alike(records: tuple[Record, ...]) -> None:
    made = [write_markdown(record) for record in records]
    assert made == [write_markdown(record) for record in make_records(20, SITE)]
    bodies = [record.body for record in records]
    paragraphs = [block for body in bodies for block in body.split("\n\n") if len(block) > 200]
    assert len(set(bodies)) == 20
    assert len(set(paragraphs)) == len(paragraphs)


def test_names_are_obviously_fictional(records: tuple[Record, ...]) -> None:
    for record in records:
        assert record.header["nom"].startswith("Essai ")
        assert "example.org" in record.header["site"]
        assert record.header["courriel"].endswith("@example.org")
