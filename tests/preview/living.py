"""A small site in memory, as `servir` keeps it."""

from __future__ import annotations

from pathlib import Path

from build import KINDS
from maille.pipeline import Definition, Options
from maille.preview.live_site import LiveSite
from tests.building import SMALL, TODAY


def make_live(root: Path, base_url: str = "/") -> LiveSite:
    """Return the live site of a folder, not read yet."""

    def make_options() -> Options:
        return Options(root, root / "output", base_url, today=TODAY, publish=False)

    return LiveSite(Definition(KINDS, SMALL), make_options)
