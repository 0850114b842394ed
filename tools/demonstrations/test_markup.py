"""Every page, style sheet and drawing of our site, read by the Nu HTML checker (W3C)."""

from __future__ import annotations

from pathlib import Path

from tests.nu import check_folder


def test_the_nu_checker_finds_no_error_and_no_warning(output: Path) -> None:
    """The checker is shown to see mistakes by `tests/whole/test_html.py`."""
    assert check_folder(output) == []
