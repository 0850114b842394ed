"""Every generator is given the same records."""

from __future__ import annotations

import json
from pathlib import Path

import frontmatter
import pytest

from tests.building import SITE
from tools.benchmarks.generate import PEERS, WRITERS
from tools.benchmarks.records import Record, make_records

OURS = ("maille", "same_work")


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return list(make_records(5, SITE))


@pytest.mark.parametrize("name", WRITERS)
def test_every_body_is_there_whole(name: str, tmp_path: Path, records: list[Record]) -> None:
    site = tmp_path / "site"
    WRITERS[name](records, site, SITE)
    folder = site / ("catalysers" if name in OURS else "content/catalyseurs")
    assert len(list(folder.glob("essai-*.md"))) == len(records)
    for record in records:
        assert (folder / f"{record.slug}.md").read_text(encoding="utf-8").endswith(record.body)


@pytest.mark.parametrize("name", [*OURS, "hugo", "eleventy"])
def test_every_key_is_there(name: str, tmp_path: Path, records: list[Record]) -> None:
    WRITERS[name](records, tmp_path / "site", SITE)
    record = records[0]
    path = next((tmp_path / "site").rglob(f"{record.slug}.md"))
    read = frontmatter.load(str(path)).metadata
    for key, value in record.header.items():
        assert read["website" if (name, key) == ("eleventy", "site") else key] == value, key


def test_the_flat_header_of_pelican_holds_every_value(
    tmp_path: Path, records: list[Record]
) -> None:
    WRITERS["pelican"](records, tmp_path / "site", SITE)
    record = records[0]
    path = tmp_path / "site" / "content" / "catalyseurs" / f"{record.slug}.md"
    header = path.read_text(encoding="utf-8").partition("\n\n")[0]
    for key, value in record.header.items():
        for one in value if isinstance(value, list) else [value]:
            for typed in one.values() if isinstance(one, dict) else [one]:
                assert str(typed) in header, key


def test_npm_installs_what_is_pinned_from_no_named_registry() -> None:
    text = (PEERS / "eleventy" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert packages["node_modules/@11ty/eleventy"]["version"] == "3.1.2"
    assert not any("resolved" in package for package in packages.values())
