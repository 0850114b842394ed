from __future__ import annotations

import pytest

from maille.content.documents import SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.schema.kind import Entry
from maille.site.body_edits import replace_body
from maille.site.model import Site
from tests.small_site import FILES, link_site, write_small_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return link_site(write_small_site(tmp_path_factory.mktemp("corps") / "site", templates=False))


def edit(site: Site, path: str, old: str, new: str) -> tuple[Site, Entry] | None:
    entry = next(one for one in site.list_entries(Entry) if one.path == path)
    assert old in FILES[path]
    source = SourceFile(path, FILES[path].replace(old, new, 1).encode())
    document, _ = parse_one(source, Converter())
    assert document
    return replace_body(site, entry, document)


def test_a_text_is_replaced_wherever_its_entry_stands(site: Site) -> None:
    found = edit(site, "catalysers/premier.md", "des gens", "tout le monde")
    assert found
    made, new = found
    assert made.find("catalyser", "premier") is new
    assert "tout le monde" in new.body.html
    assert new.heading == "Premier d'essai"
    project = made.find("projet", "essai")
    assert project
    assert any(one is new for one in made.mentions_of(project))
    before = site.find("catalyser", "premier")
    assert before
    assert "des gens" in before.body.html


def test_the_sections_and_threads_of_a_letter_have_its_new_text(site: Site) -> None:
    found = edit(site, "newsletters/2024-05.md", "Il avance.", "Il avance bien.")
    assert found
    made, letter = found
    [section] = made.sections_of(letter)
    assert "Il avance bien." in section.html
    assert section.letter is letter
    project = made.find("projet", "essai")
    assert project
    assert made.thread(project) == (section,)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("catalysers/premier.md", "nom: Premier", "nom: Tout premier"),
        ("catalysers/premier.md", "(/projets/essai/)", "(/le-reseau/)"),
        ("catalysers/premier.md", "[relie]", "[rapproche]"),
        ("catalysers/premier.md", "des gens.", "des gens.\n\n![a](/images/a.jpg)"),
        ("content/pages/le-reseau.md", "## Une partie", "## Une autre partie"),
        ("newsletters/2024-05.md", "## Projet", "Bonjour.\n\n## Projet"),
    ],
)
def test_what_other_pages_may_know_is_not_replaced_alone(
    site: Site, path: str, old: str, new: str
) -> None:
    assert edit(site, path, old, new) is None
