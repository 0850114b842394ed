"""A new content type touches three files: its kind, one word of `build.py`, its template."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.building import ROOT, copy_site

KIND = '''"""A resource: a document that helps."""

from typing import ClassVar

from pydantic import Field

from maille.fields import Text, WebAddress
from maille.kind import Entry, Kind


class Ressource(Entry):
    """One document."""

    kind_name: ClassVar[str] = "ressource"

    title: Text = Field(alias="titre", title="Titre")
    url: WebAddress = Field(alias="url", title="Adresse")

    @property
    def heading(self) -> str:
        """Return the title."""
        return self.title


KIND = Kind(
    name="ressource",
    model=Ressource,
    folder="content/ressources",
    singular="ressource",
    plural="ressources",
    prefix="/ressources/",
)
'''
TEMPLATE = """{% extends "base.html" %}
{% block content %}<h1>{{ entry.title|typo }}</h1>{{ entry.body|prose }}{% endblock %}
"""


def test_three_files_make_a_new_kind(tmp_path: Path) -> None:
    site = copy_site(tmp_path / "site")
    shutil.copytree(ROOT / "src", site / "src")
    shutil.copy(ROOT / "build.py", site)

    # 1: the kind. 2: one word. 3: the template.
    (site / "src/maille/kinds/ressource.py").write_text(KIND, encoding="utf-8")
    build = (site / "build.py").read_text(encoding="utf-8")
    (site / "build.py").write_text(
        build.replace('"page",\n', '"page",\n    "ressource",\n'), encoding="utf-8"
    )
    (site / "templates/ressource.html").write_text(TEMPLATE, encoding="utf-8")

    (site / "content/ressources").mkdir()
    good = "---\ntitre: Guide d'exemple\nurl: https://exemple.fr/guide\n---\nÀ lire.\n"
    (site / "content/ressources/guide.md").write_text(good, encoding="utf-8")
    done = run(site)
    assert done.returncode == 0, done.stderr
    page = (site / "output/ressources/guide/index.html").read_text(encoding="utf-8")
    assert "<h1>Guide d’exemple</h1>" in page
    assert "/ressources/guide/" in (site / "output/ressources/index.html").read_text("utf-8")
    assert "/ressources/guide/" in (site / "output/plan-du-site/index.html").read_text("utf-8")
    assert "/ressources/guide/" in (site / "output/sitemap.xml").read_text("utf-8")
    assert "ressource : 1" in done.stdout

    (site / "content/ressources/guide.md").write_text(good.replace("url", "ulr"), encoding="utf-8")
    done = run(site)
    assert done.returncode == 1
    assert "content/ressources/guide.md:3:1" in done.stderr
    assert "« url »" in done.stderr


def run(site: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(site / "src")}
    return subprocess.run(
        [sys.executable, "build.py"],
        cwd=site,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
