"""The site in memory is the one that a build would write, edit after edit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from maille.preview.live_site import LiveSite
from maille.schema.kind import Entry
from maille.text.urls import make_file_path
from tests.building import SMALL, build
from tests.pictures import draw_halves, encode
from tests.preview.living import make_live
from tests.small_site import replace_in, write_small_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_site(tmp_path / "site")


def draw_all(live: LiveSite) -> dict[str, bytes]:
    pages = live.state.pages
    assert pages
    drawn = {path: pages.draw(path) for path in pages.list_paths()}
    assert all(isinstance(data, bytes) for data in drawn.values())
    return {path: data for path, data in drawn.items() if isinstance(data, bytes)}


def read_built(root: Path) -> dict[str, bytes]:
    output = root.parent / "output"
    assert not build(root, output, views=SMALL).failed
    found = {path.relative_to(output).as_posix(): path for path in output.rglob("*")}
    return {
        name: path.read_bytes()
        for name, path in found.items()
        if path.is_file() and name != ".maille"
    }


def add_image(root: Path) -> None:
    (root / "content/images").mkdir()
    (root / "content/images/photo.jpg").write_bytes(encode(draw_halves(), "JPEG"))
    replace_in(
        root / "content/pages/le-reseau.md", "De la prose.", "![Une salle](/images/photo.jpg)"
    )


EDITS: tuple[Callable[[Path], object], ...] = (
    lambda root: replace_in(root / "catalysers/premier.md", "des gens", "tout le monde"),
    lambda root: replace_in(root / "catalysers/premier.md", "Premier d'essai", "Tout premier"),
    lambda root: replace_in(root / "templates/catalyser.html", "<h1", "<h1 title='neuf'"),
    lambda root: replace_in(root / "templates/assets/css/site.css", "body {", "body { gap: 3px;"),
    lambda root: replace_in(root / "site.toml", 'nom_court = "Essai"', 'nom_court = "Autre"'),
    lambda root: (root / "catalysers/second.md").rename(root / "catalysers/dernier.md"),
    lambda root: (root / "content/evenements/rencontre.md").unlink(),
    add_image,
    lambda root: replace_in(root / "content/vocabulaires/acteurs.yaml", "Acteur d", "Auteur d"),
    lambda root: replace_in(root / "newsletters/2024-05.md", "Il avance.", "Il avance bien."),
)


def test_each_edit_gives_the_pages_of_a_build(root: Path) -> None:
    live = make_live(root)
    live.refresh()
    assert draw_all(live) == read_built(root)
    for edit in EDITS:
        edit(root)
        before = live.state
        report = live.refresh()
        assert not report.failed, report.problems
        assert live.state.version == before.version + 1
        assert draw_all(live) == read_built(root)


def test_a_mistake_leaves_the_last_good_pages_and_its_correction_brings_new_ones(
    root: Path,
) -> None:
    live = make_live(root)
    live.refresh()
    good = live.state.pages
    record = root / "catalysers/premier.md"
    line = replace_in(record, "relation: cite", "relation: cit")
    assert live.refresh().failed
    [problem] = live.state.problems
    assert (problem.path, problem.line) == ("catalysers/premier.md", line)
    assert live.state.pages is good
    assert live.has_errors
    replace_in(record, "relation: cit", "relation: cite")
    live.refresh()
    assert live.state.problems == ()
    assert live.state.pages is not good


def test_a_template_that_does_not_compile_is_told_and_leaves_the_pages(root: Path) -> None:
    live = make_live(root)
    live.refresh()
    good = live.state.pages
    replace_in(root / "templates/catalyser.html", "{% endblock %}", "{% endbloc %}")
    assert live.refresh().failed
    assert [problem.path for problem in live.state.problems] == ["templates/catalyser.html"]
    assert live.state.pages is good
    assert good
    assert isinstance(good.draw("catalyseurs/premier/index.html"), bytes)


def test_a_site_with_a_mistake_from_the_start_has_no_page_yet(root: Path) -> None:
    replace_in(root / "catalysers/premier.md", "relation: cite", "relation: cit")
    live = make_live(root)
    assert live.refresh().failed
    assert live.state.pages is None
    assert live.state.report


def test_what_cannot_be_read_is_told_with_what_to_do(root: Path) -> None:
    live = make_live(root)
    live.refresh()
    good = live.state.pages
    state = live.report_failure(PermissionError(13, "Permission denied", "a.md"))
    [problem] = state.problems
    assert (problem.path, state.pages) == ("a.md", good)
    assert "relancez" in problem.hint


def test_a_bug_of_ours_is_told_with_its_traceback(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live = make_live(root)
    [problem] = live.report_failure(ZeroDivisionError("zero")).problems
    assert "défaut du logiciel" in problem.message
    assert "ZeroDivisionError: zero" in capsys.readouterr().err


def test_who_waits_gets_the_next_state_or_the_present_one(root: Path) -> None:
    live = make_live(root)
    assert live.wait(0, 0.01).version == 0
    live.refresh()
    assert live.wait(0, 0.01).version == 1


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("catalysers/premier.md", "des gens", "tout le monde"),
        ("newsletters/2024-05.md", "Il avance.", "Il avance bien."),
        ("content/projets/essai.md", "Son texte.", "Son autre texte."),
        ("content/pages/le-reseau.md", "De la prose.", "De la *prose*."),
    ],
)
def test_a_text_is_shown_at_once_as_the_check_confirms_it(
    root: Path, path: str, old: str, new: str
) -> None:
    live = make_live(root)
    live.refresh()
    first = draw_all(live)
    replace_in(root / path, old, new)
    assert live.show_file(path)
    soon = draw_all(live)
    live.refresh()
    site = live.state.site
    assert site
    [entry] = [one for one in site.list_entries(Entry) if one.path == path]
    page = make_file_path(site.address(entry))
    assert soon[page] == draw_all(live)[page] != first[page]


def test_what_is_more_than_a_text_waits_for_the_check(root: Path) -> None:
    live = make_live(root)
    assert live.show_file("catalysers/premier.md") is None
    live.refresh()
    replace_in(root / "catalysers/premier.md", "Premier d'essai", "Tout premier")
    replace_in(root / "catalysers/second.md", "Un texte.", "[Un texte](/le-reseau/).")
    for path in ("catalysers/premier.md", "catalysers/second.md", "site.toml"):
        assert live.show_file(path) is None


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("catalysers/premier.md", "relation: cite", "relation: cite\ncourriel: rien"),
        ("catalysers/premier.md", "nom: ", "nom "),
        ("catalysers/second.md", "Un texte.", "<b>Un texte.</b>"),
        ("newsletters/2024-05.md", "mois: 2024-05", "mois: 2024-06"),
    ],
)
def test_an_error_of_a_file_is_told_at_once_as_the_check_confirms_it(
    root: Path, path: str, old: str, new: str
) -> None:
    live = make_live(root)
    live.refresh()
    good = draw_all(live)
    replace_in(root / path, old, new)
    state = live.show_file(path)
    assert state
    assert state.problems
    assert draw_all(live) == good
    soon = live.state.problems
    live.refresh()
    assert live.state.problems == soon
    replace_in(root / path, new, old)
    assert live.show_file(path)
    assert live.state.problems == ()
    assert draw_all(live) == good


def test_an_error_that_another_replaces_is_told_no_more(root: Path) -> None:
    live = make_live(root)
    live.refresh()
    record = root / "catalysers/premier.md"
    replace_in(record, "relation: cite", "relation: cite\ncourriel: rien")
    live.show_file("catalysers/premier.md")
    replace_in(record, "courriel: rien", "relations: x")
    live.show_file("catalysers/premier.md")
    [problem] = live.state.problems
    assert problem.key == "relations"


def test_a_term_may_be_written_as_its_list_names_it(root: Path) -> None:
    """The file is checked with the lists of the site, or this would be an error."""
    live = make_live(root)
    live.refresh()
    replace_in(root / "catalysers/premier.md", "relation: cite", "relation: Cité")
    soon = live.show_file("catalysers/premier.md")
    assert live.refresh().failed == bool(soon and soon.problems)
