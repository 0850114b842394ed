"""The site of this repository, built once for all demonstrations."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

# Read by `tests.records`, before any demonstration imports it: what is counted is our own content.
os.environ["CONTENT"] = "."

from tests.building import ROOT, build


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the published folder of this repository's site."""
    folder = tmp_path_factory.mktemp("own") / "output"
    # Built as of today: our own content may report what happened yesterday.
    report = build(ROOT, folder, today=datetime.datetime.now(datetime.UTC).date())
    assert not report.failed, report.problems
    return folder
