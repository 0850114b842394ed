"""What tests build: copies of the miniature site, and small sites of their own."""

from __future__ import annotations

import datetime
import gc
import re
import shutil
from pathlib import Path

from build import KINDS, VIEWS
from maille.pipeline import Definition, Options, build_site
from maille.publish.report import Report

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 21)
# A whole network, all of it invented: what the engine's tests are run on, so that no change of this
# repository's own content changes their result.
SITE = ROOT / "tests/sites/essai"
# Compiled templates, which a build of this repository's site leaves beside them.
BYTECODE = shutil.ignore_patterns("__pycache__")
# The communes of France are 5 MB, and they and the territories take most of the time of a small
# build: most tests are not about them.
# What a site says once it is open to the public, besides its address.
OPEN = """\
etat = "public"
editeur = "Association d'essai, 1 rue de l'Essai"
hebergeur = "Hébergeur d'essai, 2 rue de l'Essai"
contact = "contact@example.org"
accord_du_reseau = 2026-11-01
"""
WITHOUT_COMMUNES = tuple(view for view in VIEWS if view != "communes")
SMALL = tuple(view for view in WITHOUT_COMMUNES if view != "territories")


def build(
    root: Path,
    output: Path,
    used: tuple[str, ...] = KINDS,
    *,
    views: tuple[str, ...] = VIEWS,
    **options: object,
) -> Report:
    """Build the site of `root`, of the kinds `used`, into `output`, as of a fixed day."""
    made = Options(root, output, **{"today": TODAY, **options})  # type: ignore[arg-type]
    gc.disable()  # as the command does
    try:
        return build_site(Definition(used, views), made)
    finally:
        gc.enable()


def copy_site(folder: Path, *, examples: bool = False) -> Path:
    """Copy the miniature (`tests/sites/essai`) into `folder`, with the templates of the engine.

    Its example records are left out unless asked for: most tests are not about them.
    """
    left = () if examples else ("exemples",)
    shutil.copytree(SITE, folder, ignore=shutil.ignore_patterns(*left), dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates", folder / "templates", ignore=BYTECODE)
    return folder


def open_site(root: Path, lines: str = OPEN) -> None:
    """Make a copy of a site public: its settings, its address, and what its pages say of it."""
    config = root / "site.toml"
    text = config.read_text("utf-8").replace('etat = "demonstration"\n', lines)
    text = re.sub(r'(?m)^(adresse = "https://[a-z]+\.example)/', r"\1.org/", text)
    config.write_text(text, encoding="utf-8")
    for page in root.glob("content/pages/*.md"):
        text = page.read_text("utf-8")
        unfinished = r"(?m)^Ce site est une démonstration.*|[^.\n]*\bcomplétée?s?\b[^.\n]*"
        page.write_text(re.sub(unfinished, "Ce site", text), "utf-8")
