"""`docs/reprendre.md`, followed on this repository: nothing of the first network is left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.building import ROOT
from tests.docs.test_another_network import (  # noqa: F401 - what pytest finds here
    emptied,
    followed,
    test_emptying_leaves_forms_lists_and_three_pages,
    test_followed_to_the_end_it_gives_a_whole_site_of_another_network,
    test_then_only_links_of_site_toml_are_to_be_mended,
)
from tools.demonstrations.names import find_names

COPIED = ("build.py", "site.toml", "docs", "catalysers", "newsletters", "content", "templates")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a copy of what a site is made of here."""
    for name in COPIED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return tmp_path


def test_no_name_of_the_first_network_is_left(followed: Path) -> None:  # noqa: F811
    """`test_names.py` shows that a name would be found."""
    for path in followed.rglob("*.html"):
        assert find_names(path.read_text(encoding="utf-8")) == [], path
