"""What answers at the address of a page that left, or that moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import SMALL, build
from tests.leaving import LEFT, add_naming_files, publish, write_lines
from tests.reading import parse_page
from tests.sealing import FOLDER, write_sealed_site
from tests.small_site import write_small_site

PROJECT = "content/projets/essai.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return add_naming_files(write_small_site(tmp_path))


def read_page(output: Path, address: str) -> str:
    return (output / address.strip("/") / "index.html").read_text("utf-8")


def test_the_address_says_that_the_page_left_without_its_name(root: Path) -> None:
    (root / "catalysers/second.md").unlink()
    write_lines(root, '"/catalyseurs/second/" = {parti_le = 2026-11-20, nom = "Second d\'essai"}\n')
    output = publish(root)
    page = read_page(output, "/catalyseurs/second/")
    assert "n’est plus dans l’annuaire depuis le" in page
    assert '<time datetime="2026-11-20">20 novembre 2026</time>' in page
    assert "Second" not in page
    assert '<meta name="robots" content="noindex">' in page
    links = [
        one.get("href") for one in parse_page(output / "catalyseurs/second/index.html").iter("a")
    ]
    assert "/catalyseurs/" in links
    assert "/catalyseurs/second/" not in (output / "sitemap.xml").read_text("utf-8")
    assert not (output / "_redirects").exists()


def test_what_named_it_bears_its_name_without_a_link(root: Path) -> None:
    (root / PROJECT).unlink()
    write_lines(root, LEFT)
    output = publish(root)
    for address in ("/actualites/nouvelle/", "/rencontres/autre/", "/une-page/"):
        page = read_page(output, address)
        assert "d’essai" in page, address
        assert "/projets/essai/" not in page, address
    assert "n’est plus sur ce site depuis le" in read_page(output, "/projets/essai/")


def test_a_page_that_moved_leads_to_its_new_address(root: Path) -> None:
    (root / PROJECT).rename(root / "content/projets/neuf.md")
    write_lines(
        root,
        '"/projets/essai/" = {vers = "/projets/neuf/"}\n'
        '"/projets/vieux/" = {vers = "/projets/essai/"}\n',
    )
    output = publish(root)
    for address in ("/projets/essai/", "/projets/vieux/"):
        tree = parse_page(output / address.strip("/") / "index.html")
        canonical = [one.get("href") for one in tree.iter("link") if one.get("rel") == "canonical"]
        assert canonical == ["https://essai.example/projets/neuf/"]
        named = [one.text for one in tree.iter("a") if one.get("href") == "/projets/neuf/"]
        assert named == ["Projet d’essai"]
    assert (output / "_redirects").read_text("utf-8").splitlines() == [
        "/projets/essai/ /projets/neuf/ 301",
        "/projets/vieux/ /projets/neuf/ 301",
    ]


def test_a_page_that_moved_then_left_says_so(root: Path) -> None:
    write_lines(
        root,
        '"/projets/a/" = {vers = "/projets/b/"}\n"/projets/b/" = {parti_le = 2026-11-20}\n',
    )
    output = publish(root)
    for address in ("/projets/a/", "/projets/b/"):
        assert "n’est plus sur ce site depuis le" in read_page(output, address)


def test_the_page_of_a_sealed_letter_shows_the_name_alone(tmp_path: Path) -> None:
    root = write_sealed_site(tmp_path)
    sent = {path.name: path.read_bytes() for path in (root / FOLDER).iterdir()}
    for path in (PROJECT, "content/actualites/nouvelle.md", "content/evenements/rencontre.md"):
        (root / path).unlink()
    write_lines(
        root,
        f'{LEFT}"/actualites/nouvelle/" = {{parti_le = 2026-11-20, nom = "Nouvelle d\'essai"}}\n'
        '"/rencontres/rencontre/" = {parti_le = 2026-11-20, nom = "Rencontre d\'essai"}\n',
    )
    output = publish(root)
    page = read_page(output, "/lettres/2026-11/")
    for name in ("Projet d’essai", "Nouvelle d’essai", "Rencontre d’essai"):
        assert name in page, name
    for address in ("/projets/essai/", "/actualites/nouvelle/", "/rencontres/rencontre/"):
        assert address not in page, address
    assert {path.name: path.read_bytes() for path in (root / FOLDER).iterdir()} == sent


def test_apache_has_its_rules_if_its_file_is_asked_for(root: Path) -> None:
    (root / PROJECT).rename(root / "content/projets/neuf.md")
    write_lines(root, '"/projets/essai/" = {vers = "/projets/neuf/"}\n')
    assert not (publish(root) / ".htaccess").exists()
    with (root / "site.toml").open("a", encoding="utf-8") as file:
        file.write('\n[fichiers]\n".htaccess" = "ErrorDocument 404 /404.html"\n')
    report = build(root, root / "output", views=SMALL, base_url="/a.b/")
    assert report.problems == ()
    assert (root / "output/.htaccess").read_text("utf-8").splitlines() == [
        "ErrorDocument 404 /404.html",
        'RedirectMatch 301 "^/a\\.b/projets/essai/$" "/a.b/projets/neuf/"',
    ]
