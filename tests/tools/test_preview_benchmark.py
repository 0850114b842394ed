"""The benchmark of the preview: edits that may be made again and again, and the table."""

from __future__ import annotations

import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.building import ROOT
from tests.small_site import FILES
from tools.benchmarks import preview
from tools.benchmarks.preview import Desk, Measure, format_table


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    record, template = tmp_path / "premier.md", tmp_path / "catalyser.html"
    record.write_text(FILES["catalysers/premier.md"], "utf-8")
    shutil.copy(ROOT / "templates/catalyser.html", template)
    return Desk(0, Mock(), record, template)


def test_the_last_text_and_the_last_mark_are_the_only_ones(desk: Desk) -> None:
    before = desk.record.read_text("utf-8"), desk.template.read_text("utf-8")
    for number in range(3):
        preview.edit_body(desk, number)
        preview.edit_template(desk, number)
    text, template = desk.record.read_text("utf-8"), desk.template.read_text("utf-8")
    assert text.startswith(before[0].rstrip())
    assert (text.count("Enregistrement"), text.count("Enregistrement 2 ")) == (1, 1)
    marked = before[1].replace("</article>\n", "</article>\n<p>Gabarit 2</p>\n")
    assert template.split() == marked.split()


def test_a_key_is_spoilt_and_mended(desk: Desk) -> None:
    preview.edit_name(desk, 1)
    assert "\nnom: Essai renommé 1\n" in desk.record.read_text("utf-8")


def test_the_table_has_the_median_and_the_time_that_one_in_twenty_passes() -> None:
    found = Measure("A text", [number / 100 for number in range(1, 22)], kept=19)
    row = format_table([found]).splitlines()[2]
    assert row == "| A text | 21 | 0.11 s | 0.20 s | 0.01 to 0.21 | 19 of 21 |"
