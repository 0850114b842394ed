"""What a new name changes, to the byte: keys, links, menus, and the line of the old address."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from maille.cli.rename_plan import (
    edit_lines,
    find_record,
    make_new_path,
    plan_removal,
    plan_rename,
)
from maille.content.file_changes import FileChange
from maille.problems import ContentError
from maille.site.addresses import FILE, AddressLine
from maille.site.model import Site
from tests.leaving import add_naming_files
from tests.sealing import LETTER, write_sealed_site
from tests.small_site import link_site, replace_in, write_small_site

PROJECT = "content/projets/essai.md"
LINE = '"/projets/essai/" = {vers = "/projets/neuf/"}\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return add_naming_files(write_small_site(tmp_path))


def read_from(root: Path, path: str) -> bytes:
    return (root / path).read_bytes() if (root / path).is_file() else b""


def rename(root: Path, record: str, new: str) -> dict[str, FileChange]:
    site = link_site(root)
    entry = find_record(site, record)
    changes = plan_rename(
        site, entry, make_new_path(site, entry, new), lambda path: read_from(root, path)
    )
    return {one.path: one for one in changes}


def remove(root: Path, record: str) -> dict[str, FileChange]:
    site = link_site(root)
    changes = plan_removal(site, find_record(site, record), lambda path: read_from(root, path))
    return {one.path: one for one in changes}


def test_keys_and_links_follow_and_every_other_byte_stays(root: Path) -> None:
    page = root / "content/pages/une-page.md"
    page.write_bytes(
        b"\xef\xbb\xbf"
        + page.read_bytes().replace(b"\n", b"\r\n")
        + "Un\u2028signe, [deux](/projets/essai/) [liens](/projets/essai/#x) et [un autre][r], "
        '/projets/essai/.\r\n\r\n[r]: /projets/essai/ "Titre"\r\n'.encode()
    )
    event = root / "content/evenements/autre.md"
    replace_in(event, "projets: [essai]", "projets: # dit\n  - essai  # lui\n")
    before = {path: (root / path).read_bytes() for path in ("content/pages/une-page.md",)}
    found = rename(root, "essai", "neuf")
    assert set(found) == {
        PROJECT,
        FILE,
        "catalysers/premier.md",
        "content/actualites/nouvelle.md",
        "content/evenements/autre.md",
        "content/pages/une-page.md",
    }
    assert found[PROJECT].new_path == "content/projets/neuf.md"
    assert found[PROJECT].data == (root / PROJECT).read_bytes()
    (data,) = before.values()
    kept = data.replace(b"/projets/essai/", b"/projets/neuf/").replace(
        b", /projets/neuf/.", b", /projets/essai/."
    )
    assert found["content/pages/une-page.md"].data == kept
    assert found["content/evenements/autre.md"].data == event.read_bytes().replace(
        b"- essai  # lui", b"- neuf  # lui"
    ).replace(b"(/projets/essai/?x=1)", b"(/projets/neuf/?x=1)")
    assert found[FILE].data == LINE.encode()


def test_menus_keys_with_an_address_and_links_to_itself_follow(root: Path) -> None:
    replace_in(root / "content/pages/le-reseau.md", "De la prose.", "[Ici](/le-reseau/#une-partie)")
    replace_in(
        root / PROJECT,
        "{titre: Un document d'essai, date: 2023-04-13}",
        "{titre: Le réseau, url: https://essai.example/le-reseau/#a, consulte_le: 2026-11-01}",
    )
    found = rename(root, "/le-reseau/", "content/pages/qui-sommes-nous.md")
    assert b'adresse = "/qui-sommes-nous/"' in (found["site.toml"].data or b"")
    assert b"(/qui-sommes-nous/#une-partie)" in (found["content/pages/le-reseau.md"].data or b"")
    assert b"essai.example/qui-sommes-nous/#a" in (found[PROJECT].data or b"")


def test_a_sealed_letter_keeps_its_bytes(tmp_path: Path) -> None:
    root = write_sealed_site(tmp_path)
    assert "/projets/essai/" in (root / LETTER).read_text("utf-8")
    found = rename(root, PROJECT, "neuf")
    assert LETTER not in found
    assert found[FILE].data == LINE.encode()


def test_a_draft_or_an_example_has_no_line(root: Path) -> None:
    assert set(rename(root, "brouillon", "attente")) == {"catalysers/brouillon.md"}
    assert set(remove(root, "brouillon")) == {"catalysers/brouillon.md"}
    replace_in(root / "catalysers/second.md", "---\n", "---\nexemple: oui\n")
    assert set(remove(root, "second")) == {"catalysers/second.md"}


def test_a_record_that_leaves_has_its_name_in_its_line_if_something_shows_it(root: Path) -> None:
    found = remove(root, "second")
    assert found["catalysers/second.md"].data is None
    assert found[FILE].data == b'"/catalyseurs/second/" = {parti_le = 2026-11-21}\n'
    replace_in(
        root / PROJECT,
        "nom: Projet d'essai",
        "nom: 'Le \"P\"'\nanciens_noms:\n  - {nom: Projet d'essai, jusqu_en: 2024}",
    )
    names = 'nom = "Le \\"P\\"", anciens_noms = ["Projet d\'essai"]'
    line = f'"/projets/essai/" = {{parti_le = 2026-11-21, {names}}}\n'
    assert (remove(root, "essai")[FILE].data or b"").decode() == line


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", "LINE\n"),
        ("# a", "# a\nLINE\n"),
        ("# a\r\n", "# a\r\nLINE\r\n"),
        (
            'x = 1\n["/t/"]\nparti_le = 2026-11-01\n',
            'x = 1\nLINE\n["/t/"]\nparti_le = 2026-11-01\n',
        ),
        ('"/b/" = {vers = "/a/"}\nx = 1', "x = 1\nLINE\n"),
    ],
)
def test_the_line_is_added_where_it_can_be_read(root: Path, text: str, after: str) -> None:
    site = link_site(root)
    moved = {"/b/": AddressLine.model_validate({"vers": "/a/"})}
    site = dataclasses.replace(site, addresses=dataclasses.replace(site.addresses, lines=moved))
    assert edit_lines(text.encode(), "LINE", "/b/", site).decode() == after


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = write_small_site(tmp_path_factory.mktemp("lu"))
    copy = root / "content/pages/second.md"
    copy.write_bytes((root / "content/pages/le-reseau.md").read_bytes().replace(b"ux", b"u"))
    replace_in(copy, "Le réseau d'essai", "Autre titre")
    return link_site(root)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("second", "« catalysers/second.md »"),
        ("premie", "« catalysers/premier.md »"),
        ("catalysers/prem.md", "« catalysers/premier.md »"),
        ("zzzz", "le chemin du fichier"),
        ("pratiques", "chemin"),
    ],
)
def test_what_names_no_record_is_told(linked: Site, typed: str, words: str) -> None:
    with pytest.raises(ContentError) as told:
        find_record(linked, typed)
    assert words in told.value.hint


@pytest.mark.parametrize(
    "typed", ["premier", "premier.md", "./catalysers/premier.md", r"catalysers\premier.md",
              "/catalyseurs/premier/"],
)  # fmt: skip
def test_a_record_is_named_in_several_ways(linked: Site, typed: str) -> None:
    assert find_record(linked, typed).path == "catalysers/premier.md"


@pytest.mark.parametrize(
    ("record", "typed", "hint"),
    [
        ("premier", "Le Chêne", "écrivez le-chene"),
        ("premier", "content/projets/x.md", "écrivez x"),
        ("premier", "catalysers/second.md", "prenez un autre nom"),
        ("premier", "brouillon", "prenez un autre nom"),
        ("premier", "", "écrivez le-nouveau-nom"),
        ("2024-05", "2024-06", "renommez son fichier vous-même"),
    ],
)
def test_what_cannot_be_a_name_is_told(linked: Site, record: str, typed: str, hint: str) -> None:
    with pytest.raises(ContentError) as told:
        make_new_path(linked, find_record(linked, record), typed)
    assert hint in told.value.hint
