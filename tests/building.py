"""What tests build: this repository's site, copies of it, and small sites of their own."""

from __future__ import annotations

import datetime
import gc
import shutil
from pathlib import Path

from build import KINDS, VIEWS
from maille.pipeline import Definition, Options, Report, build_site

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 21)
CONTENT = ("catalysers", "newsletters", "content", "templates")


def build(root: Path, output: Path, **options: object) -> Report:
    """Build the site of `root` into `output`, as of a fixed day."""
    made = Options(root, output, **{"today": TODAY, **options})  # type: ignore[arg-type]
    gc.disable()  # as the command does
    try:
        return build_site(Definition(KINDS, VIEWS), made)
    finally:
        gc.enable()


def copy_site(folder: Path) -> Path:
    """Copy this repository's site (content, templates, site.toml) into `folder`.

    Without its examples: twelve times as many records as there are real ones would teach the tests
    that build copies nothing but patience.
    """
    for name in CONTENT:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("exemples"))
    shutil.copy(ROOT / "site.toml", folder)
    return folder
