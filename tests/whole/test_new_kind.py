"""A new content type touches three files: its kind, one word of `build.py`, its template.

The kind here is one that no network has.
"""

from __future__ import annotations

from pathlib import Path

from tests.repository import copy_repository, insert, list_changes, run
from tests.small_site import replace_in

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


# Two processes cost more than they save on a site of this size.
BUILD = ("build.py", "--processus", "1")
BY_HAND = {"src/maille/kinds/recette.py", "build.py", "templates/recette.html"}
CONTENT = {"content/recettes/soupe.md"}
BY_THE_TOOL = {"content/recettes/_modele.md", "schemas/recette.schema.json"}
# The tests that read all the kinds.
READERS = (
    "tests/schema/test_blank_forms.py",
    "tests/schema/test_json_schema.py::test_the_committed_schemas_are_up_to_date",
)


def test_three_files_make_a_new_kind(tmp_path: Path) -> None:
    site = copy_repository(tmp_path / "site")
    (site / "src/maille/kinds/recette.py").write_text(KIND, encoding="utf-8")
    insert(site / "build.py", '    "recette",\n', '    "territoire",\n')
    (site / "templates/recette.html").write_text(TEMPLATE, encoding="utf-8")
    assert list_changes(site) == BY_HAND

    # The index of the communes of France takes time, and no kind is in it.
    replace_in(site / "build.py", '    "communes",\n', "")
    soup = site / "content/recettes/soupe.md"
    soup.parent.mkdir()
    good = "---\ntitre: Soupe d'exemple\nurl: https://exemple.fr/soupe\n---\nÀ goûter.\n"
    soup.write_text(good, encoding="utf-8")
    done = run(site, *BUILD)
    page = (site / "output/recettes/soupe/index.html").read_text(encoding="utf-8")
    assert "<h1>Soupe d’exemple</h1>" in page
    assert "/recettes/soupe/" in (site / "output/recettes/index.html").read_text("utf-8")
    assert "/recettes/soupe/" in (site / "output/plan-du-site/index.html").read_text("utf-8")
    assert "/recettes/soupe/" in (site / "output/sitemap.xml").read_text("utf-8")
    assert "recette : 1" in done.stdout

    run(site, "-m", "tools.guide")
    run(site, "-m", "pytest", "-x", *READERS)
    assert list_changes(site) == BY_HAND | CONTENT | BY_THE_TOOL

    soup.write_text(good.replace("url", "ulr"), encoding="utf-8")
    done = run(site, *BUILD, code=1)
    assert "content/recettes/soupe.md:3:1" in done.stderr
    assert "« url »" in done.stderr
