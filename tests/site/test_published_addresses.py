"""The list of published addresses: what it holds, and what the next build must still answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from maille.content.documents import SourceFile
from maille.publish.report import Report
from maille.site.published_addresses import find_parent, format_list, read_list
from tests.building import SMALL, build, copy_whole
from tests.leaving import FILE, add_naming_files, write_lines
from tests.small_site import replace_in, write_small_site

WEBINAR = """\
---
titre: Un webinaire
resume: Un webinaire inventé.
date: 2023-04-13
cycle: cycle-2023
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
On y parle.
"""
EXAMPLE = """\
---
nom: Un exemple
exemple: oui
profil: association
departement: "21"
territoires: ["21"]
resume: Une fiche inventée.
---
"""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small site that was published once."""
    root = write_small_site(tmp_path_factory.mktemp("avant") / "site")
    (root / "content/webinaires").mkdir()
    (root / "content/webinaires/un.md").write_text(WEBINAR, encoding="utf-8")
    (root / "catalysers/exemple.md").write_text(EXAMPLE, encoding="utf-8")
    report = build(root, root / "output", views=SMALL)
    assert report.problems == (), report.problems
    return root


@pytest.fixture
def root(before: Path, tmp_path: Path) -> Path:
    return copy_whole(before, tmp_path / "site")


def check(root: Path, *, publish: bool = False, with_drafts: bool = False) -> Report:
    """Return the report of a build that compares with what was published."""
    return build(
        root,
        root / "o",
        views=SMALL,
        publish=publish,
        with_drafts=with_drafts,
        published=root / "output/adresses.txt",
    )


def list_told(root: Path) -> list[tuple[str, str, str]]:
    return [(one.place, one.message, one.hint) for one in check(root).problems]


def write_draft(root: Path, path: str, line: str = "brouillon: oui") -> None:
    replace_in(root / path, "---\n", f"---\n{line}\n")


def test_the_list_has_the_entries_with_their_file_then_the_pages_without_one(root: Path) -> None:
    text = (root / "output/adresses.txt").read_text("utf-8")
    own, derived = text.split("/acteurs/", 1)
    assert own.splitlines() == [
        "/actualites/nouvelle/\tcontent/actualites/nouvelle.md",
        "/catalyseurs/premier/\tcatalysers/premier.md",
        "/catalyseurs/second/\tcatalysers/second.md",
        "/le-reseau/\tcontent/pages/le-reseau.md",
        "/lettres/2024-05/\tnewsletters/2024-05.md",
        "/projets/essai/\tcontent/projets/essai.md",
        "/rencontres/rencontre/\tcontent/evenements/rencontre.md",
        "/webinaires/2023/un/\tcontent/webinaires/un.md",
    ]
    assert "/pratiques/accompagnements/" in derived.splitlines()
    assert "exemple" not in text
    assert "\t" not in derived
    assert format_list(read_list(SourceFile("x", text.encode()))[0]) == text.encode()


def test_what_is_not_a_list_is_told_once_and_compares_nothing(root: Path) -> None:
    (root / "output/adresses.txt").write_text("<!doctype html>\n<p>\n", encoding="utf-8")
    ((place, _, hint),) = list_told(root)
    assert place.endswith("output/adresses.txt:1")
    assert "--publie" in hint
    assert read_list(None) == ({}, ())
    assert read_list(SourceFile("x", b""))[0] == {}
    assert read_list(SourceFile("x", b"/a/\ta b.md\r\n\r\n/b/c/\r\n"))[0] == {
        "/a/": "a b.md",
        "/b/c/": "",
    }


def test_a_new_or_changed_record_asks_for_nothing(root: Path) -> None:
    text = (root / "catalysers/second.md").read_text("utf-8")
    new = text.replace("Second", "Nouveau").replace("974", "21")
    (root / "catalysers/nouveau.md").write_text(new, encoding="utf-8")
    replace_in(root / "catalysers/premier.md", "accompagnements", "experimentations-collectives")
    replace_in(root / "catalysers/second.md", "nom: Second d'essai", "nom: Tout autre")
    (root / "catalysers/exemple.md").unlink()
    assert list_told(root) == []


def test_a_page_that_leaves_without_a_line_is_told_with_its_file_and_the_line_is_enough(
    root: Path,
) -> None:
    (root / "catalysers/second.md").unlink()
    ((place, message, hint),) = list_told(root)
    assert place == FILE
    assert "catalysers/second.md n'est plus là" in message
    line = '"/catalyseurs/second/" = {parti_le = 2026-11-21}'
    assert hint.startswith(f"ajoutez la ligne {line} si elle est partie ;")
    write_lines(root, line)
    assert list_told(root) == []


@pytest.mark.parametrize("new", ["neuf.md", "essais.md", "projet-d-essai.md"])
def test_a_file_that_was_renamed_gives_the_line_that_moves_it(root: Path, new: str) -> None:
    add_naming_files(root)
    (root / "content/projets/essai.md").rename(root / "content/projets" / new)
    ((place, message, hint),) = list_told(root)
    assert place == FILE
    assert "5 endroits le nomment encore : catalysers/premier.md:13, " in message
    line = f'"/projets/essai/" = {{vers = "/projets/{new[:-3]}/"}}'
    assert line in hint
    write_lines(root, line)
    assert list_told(root) == []


def test_ten_losses_are_ten_lines(root: Path) -> None:
    listed = "".join(f"/catalyseurs/a{n}/\tcatalysers/a{n}.md\n" for n in range(10))
    (root / "output/adresses.txt").write_text(listed, encoding="utf-8")
    told = list_told(root)
    assert [message.split()[0] for _, message, _ in told] == [
        f"catalysers/a{n}.md" for n in range(10)
    ]


@pytest.mark.parametrize(
    ("line", "words", "remedy"),
    [
        ("brouillon: oui", "est un brouillon", "effacez sa ligne brouillon: oui"),
        ("publie_le: 2026-12-24", "ne paraît que le 24 décembre 2026", "remettez son publie_le"),
    ],
)
def test_a_published_page_that_waits_again_is_told(
    root: Path, line: str, words: str, remedy: str
) -> None:
    (root / "content/evenements/rencontre.md").unlink()
    write_lines(root, '"/rencontres/rencontre/" = {parti_le = 2026-11-20}')
    path = "content/actualites/nouvelle.md"
    write_draft(root, path, line)
    ((place, message, hint),) = list_told(root)
    assert (place, message.split()[0]) == (FILE, path)
    assert words in message
    assert remedy in hint
    assert [one.message for one in check(root, with_drafts=True).problems] == [message]


def test_a_draft_shown_on_demand_is_not_listed(root: Path) -> None:
    report = build(root, root / "o", views=SMALL, with_drafts=True)
    assert report.problems == ()
    listed = (root / "o/adresses.txt").read_text("utf-8")
    assert listed == (root / "output/adresses.txt").read_text("utf-8")
    assert (root / "o/catalyseurs/brouillon/index.html").is_file()


def test_a_faulty_or_misplaced_file_is_told_once(root: Path) -> None:
    replace_in(root / "catalysers/second.md", "profil: accompagnateur", "profil: [")
    (root / "content/evenements/rencontre.md").rename(root / "content/evenements/rencontre.txt")
    told = list_told(root)
    assert {place.partition(":")[0] for place, *_ in told} == {
        "catalysers/second.md",
        "content/evenements/rencontre.txt",
    }


def test_a_webinar_whose_date_is_blank_has_no_address_and_is_told_once(root: Path) -> None:
    replace_in(root / "content/webinaires/un.md", "date: 2023-04-13\ncycle", "date:\ncycle")
    assert [place for place, *_ in list_told(root)] == ["content/webinaires/un.md:4:6"]


def test_a_file_whose_address_changes_keeps_the_old_one_by_itself(root: Path) -> None:
    replace_in(root / "content/webinaires/un.md", "date: 2023", "date: 2022")
    for _ in range(2):  # the next build has to know it too
        report = check(root, publish=True)
        assert report.problems == ()
        page = (root / "o/webinaires/2023/un/index.html").read_text("utf-8")
        assert '<link rel="canonical" href="https://essai.example/webinaires/2022/un/">' in page
        rules = (root / "o/_redirects").read_text("utf-8")
        assert "/webinaires/2023/un/ /webinaires/2022/un/ 301\n" in rules
        shutil.copy(root / "o/adresses.txt", root / "output/adresses.txt")
    (root / "content/webinaires/un.md").unlink()
    assert [message.split()[7] for _, message, _ in list_told(root)] == [
        "/webinaires/2022/un/",
        "/webinaires/2023/un/",
    ]


def test_a_page_of_the_site_s_own_leads_to_the_page_above_it(root: Path) -> None:
    replace_in(root / "content/vocabulaires/acteurs.yaml", "acteur-d-essai", "autre")
    replace_in(root / "content/actualites/nouvelle.md", "acteur-d-essai", "autre")
    for _ in range(2):
        report = check(root, publish=True)
        assert report.problems == ()
        page = (root / "o/acteurs/acteur-d-essai/index.html").read_text("utf-8")
        assert 'href="/acteurs/"' in page
        assert "/acteurs/acteur-d-essai/ /acteurs/ 302\n" in (root / "o/_redirects").read_text()
        shutil.copy(root / "o/adresses.txt", root / "output/adresses.txt")
    assert "/acteurs/acteur-d-essai/\n" in (root / "output/adresses.txt").read_text()


def test_the_nearest_page_above() -> None:
    pages = {"/", "/a/", "/a/b/"}
    assert find_parent("/a/b/c/", pages) == "/a/b/"
    assert find_parent("/a/x/y/", pages) == "/a/"
    assert find_parent("/x/", pages) == "/"
    assert find_parent("/", pages) == ""
