"""What tests build: this repository's site, copies of it, and small sites of their own."""

from __future__ import annotations

import datetime
import gc
import shutil
from pathlib import Path
from unittest.mock import patch

import jinja2

from build import KINDS, VIEWS
from maille import render
from maille.pipeline import Definition, Options, Report, build_site

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 21)
CONTENT = ("catalysers", "newsletters", "content", "templates")


def build(root: Path, output: Path, used: tuple[str, ...] = KINDS, **options: object) -> Report:
    """Build the site of `root`, of the kinds `used`, into `output`, as of a fixed day."""
    made = Options(root, output, **{"today": TODAY, **options})  # type: ignore[arg-type]
    gc.disable()  # as the command does
    try:
        with patch.object(render, "_environment", environment):
            return build_site(Definition(used, VIEWS), made)
    finally:
        gc.enable()


class _Compiled(render._Compiled):
    """Templates compiled once for all the copies of a site; again when their text has changed."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - inherited
        """Forget in which copy the template stands."""
        return super().get_cache_key(name)


_KNOWN, _environment = _Compiled({}), render._environment


def environment(templates: Path, _: object = None) -> jinja2.Environment:
    """Return what templates are drawn with, which knows those that were compiled before."""
    return _environment(templates, _KNOWN)


def copy_site(folder: Path) -> Path:
    """Copy this repository's site (content, templates, site.toml) into `folder`.

    Without its examples: twelve times as many records as there are real ones would teach the tests
    that build copies nothing but patience.
    """
    for name in CONTENT:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("exemples"))
    shutil.copy(ROOT / "site.toml", folder)
    return folder
