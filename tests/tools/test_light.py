"""What the measure of lightness serves and writes: a site as hosts do, the worst of its marks."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from maille.preview.server import Request
from tools.benchmarks.light import PAGES, HostApplication, Load, format_table

RULES = "/*\n  X-All: yes\n\n/assets/*\n  Cache-Control: public, max-age=60\n"


@pytest.fixture
def site(tmp_path: Path) -> HostApplication:
    (tmp_path / "assets").mkdir()
    (tmp_path / "_headers").write_text(RULES, "utf-8")
    (tmp_path / "index.html").write_text("<p>Accueil", "utf-8")
    (tmp_path / "assets/site.css").write_text("p {}", "utf-8")
    (tmp_path / "assets/police.woff2").write_bytes(b"compressed")
    return HostApplication(tmp_path)


def test_each_address_has_the_headers_of_its_rules(site: HostApplication) -> None:
    page, style = dict(site.answer(Request("")).headers), site.answer(Request("assets/site.css"))
    assert page == {"X-All": "yes", "Content-Encoding": "gzip"}
    assert dict(style.headers)["Cache-Control"] == "public, max-age=60"


def test_what_is_compressed_already_is_sent_as_it_is(site: HostApplication) -> None:
    page, font = site.answer(Request("")), site.answer(Request("assets/police.woff2"))
    assert isinstance(page.body, bytes)
    assert gzip.decompress(page.body) == b"<p>Accueil"
    assert font.body == b"compressed"


def test_the_table_has_the_worst_marks_the_median_time_and_what_failed() -> None:
    loads = [Load(address, 1200, 9, 64.4) for address in PAGES.values()]
    good = {
        "accessibility": 100, "best-practices": 100, "performance": 98, "lcp": 1.2, "shift": 0,
        "failed": [], "ecoindex": 77.7, "grade": "B",
    }  # fmt: skip
    bad = {**good, "accessibility": 91, "lcp": 1.8, "shift": 0.1, "failed": ["label"]}
    table, *failed = format_table(loads, [[good] * len(loads), [bad] * len(loads)]).split("\n\n")
    row = "| Home, `/` | 91 | 100 | 98 | 1.5 s | 0.100 | 1,200 | 9 | 64 | B (78) |"
    assert table.splitlines()[2] == row
    assert failed[0] == "Home: `label`."
