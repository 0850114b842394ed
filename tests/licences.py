"""The licence of each file, as `REUSE.toml` gives it and the `reuse` tool reads it."""

from __future__ import annotations

import subprocess

from reuse.global_licensing import ReuseTOML

from tests.building import ROOT

_LICENCES = ReuseTOML.from_file(ROOT / "REUSE.toml")


def find_licences(path: str) -> list[str]:
    """Return the licences of a file by its path in the repository; none if no table names it."""
    found = _LICENCES.find_annotations_item(path)
    return sorted(str(licence) for licence in found.spdx_expressions) if found else []


def list_committed_files() -> list[str]:
    """Return the paths of all files that git follows."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return listed.stdout.rstrip("\0").split("\0")
