"""The miniature site, built once for all the tests that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.building import build, copy_site
from tests.hostile import everywhere

# A machine that is busy with other tests is no mistake of the code: no test is timed.
settings.register_profile("maille", deadline=None)
settings.load_profile("maille")


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of the miniature site."""
    site = copy_site(tmp_path_factory.mktemp("essai") / "site", examples=True)
    report = build(site, site / "output")
    assert not report.failed, report.problems
    return site / "output"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of the site in which hostile strings stand everywhere."""
    site = everywhere(tmp_path_factory.mktemp("hostile") / "site")
    report = build(site, site / "output")
    assert not report.failed, report.problems
    return site / "output"
