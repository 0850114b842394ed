"""The table of results: medians, ratios to Hugo, and only its own place in the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.benchmarks import tables
from tools.benchmarks.measure import Time
from tools.benchmarks.tables import DOCUMENT, END, START, Result, format_table, put

OURS = Result("maille", "Maille", [Time(9, 9), Time(2, 3), Time(1, 1)], 50_000_000, 1200, 2_500_000)
HUGO = Result("hugo", "Hugo 1", [Time(4, 6)], 100_000_000, 1000, 2_000_000)


def cells(text: str, row: int) -> list[str]:
    return [cell.strip() for cell in text.splitlines()[row].strip("|").split("|")]


def test_medians_and_ratios_to_hugo() -> None:
    found = dict(
        zip(cells(format_table([OURS, HUGO]), 0), cells(format_table([OURS, HUGO]), 2), strict=True)
    )
    assert found == {
        "": "Maille",
        "Wall": "2.00 s",
        "Least to most": "1.00 to 9.00",
        "CPU": "3.00 s",
        "Memory": "50 MB",
        "Output": "1,200 files, 2.5 MB",
        "Wall × Hugo": "0.50",
        "CPU × Hugo": "0.50",
        "Memory × Hugo": "0.50",
    }


def test_without_hugo_no_ratio_is_claimed() -> None:
    assert "Hugo" not in format_table([OURS])
    assert len({len(cells(format_table([OURS]), row)) for row in range(3)}) == 1


def test_results_replace_those_before_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "performances.md"
    document.write_text(f"Before\n\n{START}\n\nold\n\n{END}\n\nAfter\n", encoding="utf-8")
    monkeypatch.setattr(tables, "DOCUMENT", document)
    put("new")
    assert document.read_text(encoding="utf-8") == (f"Before\n\n{START}\n\nnew\n\n{END}\n\nAfter\n")


def test_the_document_has_a_place_for_results() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text.count(START) == text.count(END) == 1
    assert text.index(START) < text.index(END)
