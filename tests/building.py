"""What tests build: copies of the miniature site, and small sites of their own."""

from __future__ import annotations

import atexit
import datetime
import functools
import gc
import os
import re
import shutil
import tempfile
from pathlib import Path

from build import KINDS, VIEWS
from maille.pipeline import Definition, Options, build_site
from maille.publish.report import Report
from tests.guard.sitecustomize import TEMPLATES

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 21)
# A whole network, all of it invented: what the engine's tests are run on, so that no change of this
# repository's own content changes their result.
SITE = ROOT / "tests/sites/essai"
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
# Enough for checking what texts say: feeds and exports take a third of the time of a plan.
CHECKED = tuple(view for view in SMALL if view not in {"feeds", "exports"})


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
    copy_templates(folder)
    return folder


def copy_without_territories(folder: Path, *, examples: bool = False) -> Path:
    """Copy the miniature as `copy_site` does, to be built of the views `SMALL`.

    Pages of territories take two thirds of a build; nothing but the menu leads to them.
    """
    config = copy_site(folder, examples=examples) / "site.toml"
    whole = config.read_text("utf-8")
    entry = '[[menu]]\ngroupe = "Trouver"\ntitre = "Territoires"\nadresse = "/territoires/"\n'
    assert entry in whole
    config.write_text(whole.replace(entry, ""), encoding="utf-8")
    return folder


def copy_templates(site: Path) -> None:
    """Copy the templates of the engine into a site: links to one copy, never to be written into.

    A test that changes one deletes it first (`rewrite`); `tests/guard/` sees to it.
    """
    shutil.copytree(_copy_templates_once(), site / "templates", copy_function=_link)


def rewrite(path: Path, text: str) -> None:
    """Write a text in the place of a file, whose other names keep what it held."""
    path.unlink()
    path.write_text(text, encoding="utf-8")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # two disks, or one that has no links
        shutil.copyfile(source, target)


@functools.cache
def _copy_templates_once() -> Path:
    """Return a copy of the templates on the disk of the sites of tests, as links must be."""
    folder = Path(tempfile.mkdtemp(prefix="gabarits-"))
    atexit.register(shutil.rmtree, folder)
    # Compiled templates, which a build of this repository's site leaves beside them, are left out.
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "templates", folder, ignore=ignore, dirs_exist_ok=True)
    return folder


def copy_whole(site: Path, folder: Path, *, dirs_exist_ok: bool = False) -> Path:
    """Copy a site of a test, its templates as links (see `copy_templates`)."""

    def copy(source: str, target: str) -> None:
        (_link if TEMPLATES in source else shutil.copy2)(source, target)

    return shutil.copytree(site, folder, copy_function=copy, dirs_exist_ok=dirs_exist_ok)


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
