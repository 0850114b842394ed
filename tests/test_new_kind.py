"""A new content type touches three files: its kind, one word of `build.py`, its template.

The kind here is one that no network has.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.building import ROOT
from tests.small_site import write_small_site

KIND = '''"""A recipe: what is cooked at a meeting."""

from typing import ClassVar

from pydantic import Field

from maille.schema.fields import Text, WebAddress
from maille.schema.kind import Entry, Kind


class Recette(Entry):
    """One recipe."""

    kind_name: ClassVar[str] = "recette"

    title: Text = Field(alias="titre", title="Titre")
    url: WebAddress = Field(alias="url", title="Adresse")

    @property
    def heading(self) -> str:
        """Return the title."""
        return self.title


KIND = Kind(
    name="recette",
    model=Recette,
    folder="content/recettes",
    singular="recette",
    plural="recettes",
    prefix="/recettes/",
)
'''
TEMPLATE = """{% extends "base.html" %}
{% block content %}<h1>{{ entry.title|typo }}</h1>{{ entry.body|prose }}{% endblock %}
"""


def test_three_files_make_a_new_kind(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "site")
    shutil.copytree(ROOT / "src", site / "src")
    shutil.copy(ROOT / "build.py", site)

    # 1: the kind. 2: one word. 3: the template.
    (site / "src/maille/kinds/recette.py").write_text(KIND, encoding="utf-8")
    build = (site / "build.py").read_text(encoding="utf-8")
    (site / "build.py").write_text(
        build.replace('"page",\n', '"page",\n    "recette",\n'), encoding="utf-8"
    )
    (site / "templates/recette.html").write_text(TEMPLATE, encoding="utf-8")

    (site / "content/recettes").mkdir()
    good = "---\ntitre: Soupe d'exemple\nurl: https://exemple.fr/soupe\n---\nÀ goûter.\n"
    (site / "content/recettes/soupe.md").write_text(good, encoding="utf-8")
    done = run(site)
    assert done.returncode == 0, done.stderr
    page = (site / "output/recettes/soupe/index.html").read_text(encoding="utf-8")
    assert "<h1>Soupe d’exemple</h1>" in page
    assert "/recettes/soupe/" in (site / "output/recettes/index.html").read_text("utf-8")
    assert "/recettes/soupe/" in (site / "output/plan-du-site/index.html").read_text("utf-8")
    assert "/recettes/soupe/" in (site / "output/sitemap.xml").read_text("utf-8")
    assert "recette : 1" in done.stdout

    (site / "content/recettes/soupe.md").write_text(good.replace("url", "ulr"), encoding="utf-8")
    done = run(site)
    assert done.returncode == 1
    assert "content/recettes/soupe.md:3:1" in done.stderr
    assert "« url »" in done.stderr


def run(site: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(site / "src"), os.environ["PYTHONPATH"]])  # the guard's folder
    return subprocess.run(
        [sys.executable, "build.py"],
        cwd=site,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
