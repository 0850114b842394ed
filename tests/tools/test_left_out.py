"""What the same work leaves out: each file is counted once, in its kind, and the sums are right."""

from __future__ import annotations

from pathlib import Path

from build import VIEWS
from tools.benchmarks import same_work
from tools.benchmarks.left_out import KINDS_OF_FILES, OTHERS, WORK, Drawn, format_table, list_files

DRAWN = [
    Drawn("territories", "territoires/21/index.html", 2.0),
    Drawn("territories", "territoires/21/fiches.csv", 0.5),
    Drawn("entries", "projets/essai/index.html", 1.0),
    Drawn("entries", "catalyseurs/essai/index.html", 9.0),
]
LEFT_OUT = {
    "territoires/21/index.html": 4_000_000,
    "territoires/21/fiches.csv": 1_000_000,
    "projets/essai/index.html": 500_000,
    "assets/carte.css": 100_000,
}


def test_each_file_counts_in_its_kind_and_what_remains_is_work() -> None:
    lines = format_table(DRAWN, LEFT_OUT, gain=10.0).splitlines()[2:]
    found = {
        row[0]: row[1:] for row in ([*map(str.strip, line.split("|")[1:-1])] for line in lines)
    }
    assert {title: row for title, row in found.items() if row[0] != "0"} == {
        KINDS_OF_FILES[0][0]: ["1", "4.0 MB", "2.00 s", "20%"],
        KINDS_OF_FILES[1][0]: ["1", "1.0 MB", "0.50 s", "5%"],
        KINDS_OF_FILES[-1][0]: ["1", "0.5 MB", "1.00 s", "10%"],
        OTHERS: ["1", "0.1 MB", "", ""],
        WORK: ["", "", "6.50 s", "65%"],
    }


def test_every_view_that_is_left_out_is_named() -> None:
    named = {view for _, views, _ in KINDS_OF_FILES[:-1] for view in views}
    assert named - {"overview"} == {*VIEWS} - {*same_work.VIEWS}


def test_files_are_listed_with_their_bytes(tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page/index.html").write_bytes(b"12345")
    assert list_files(tmp_path) == {"page/index.html": 5}
