"""The commands `renommer` and `retirer`: they show, try, ask, and write all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import copy_whole
from tests.command import read_tree, run
from tests.leaving import FILE, add_naming_files
from tests.small_site import replace_in, write_small_site


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small site that was published once."""
    root = add_naming_files(write_small_site(tmp_path_factory.mktemp("avant") / "site"))
    assert run(root).code == 0
    return root


@pytest.fixture
def root(before: Path, tmp_path: Path) -> Path:
    return copy_whole(before, tmp_path / "site")


def test_a_renamed_record_is_followed_and_its_address_lives(root: Path) -> None:
    done = run(root, "renommer", "essai", "neuf", "--oui")
    assert done.code == 0, done.said
    for words in (
        "content/projets/essai.md → content/projets/neuf.md\n",
        "  -projets: [essai]\n  +projets: [neuf]\n",
        '  +"/projets/essai/" = {vers = "/projets/neuf/"}\n',
        "toutes ses adresses répondent",
    ):
        assert words in done.said
    left = [path for path in root.rglob("*.md") if b"projets/essai" in path.read_bytes()]
    assert left == []
    done = run(root)
    assert done.code == 0, done.said
    assert "→" not in done.said
    assert (root / "output/projets/essai/index.html").is_file()
    back = run(root, "renommer", "neuf", "essai", "--oui")
    assert back.code == 0, back.said
    assert (root / FILE).read_text("utf-8") == '"/projets/neuf/" = {vers = "/projets/essai/"}\n'


def test_a_removed_record_is_named_by_the_others_without_a_link(root: Path) -> None:
    done = run(root, "retirer", "content/projets/essai.md", "--oui")
    assert done.code == 0, done.said
    assert "garderont son nom, sans lien : catalysers/premier.md, " in done.said
    assert "content/projets/essai.md : retiré" in done.said
    done = run(root)
    assert done.code == 0, done.said
    page = (root / "output/projets/essai/index.html").read_text("utf-8")
    assert "n’est plus sur ce site depuis le" in page


def test_without_a_terminal_nothing_is_written(root: Path) -> None:
    files = read_tree(root)
    for words in (("renommer", "essai", "neuf"), ("retirer", "second")):
        done = run(root, *words)
        assert done.code == 2
        assert "ajoutez --oui" in done.said
    refused = run(root, "renommer", "esai", "neuf", "--oui")
    assert refused.code == 2
    assert "vouliez-vous dire « content/projets/essai.md »" in refused.said
    assert read_tree(root) == files


def test_nothing_is_written_if_the_site_would_break(root: Path) -> None:
    files = read_tree(root)
    done = run(root, "retirer", "le-reseau", "--oui")  # a menu leads there
    assert done.code == 1
    assert "site.toml" in done.said
    assert "Rien n'a été écrit" in done.said
    assert read_tree(root) == files
    replace_in(root / "site.toml", "[[menu]]", "[[menu]")
    assert run(root, "renommer", "essai", "neuf", "--oui").code == 1


def test_records_are_renamed_one_after_the_other_and_their_addresses_live(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    text = (root / "catalysers/second.md").read_text("utf-8")
    for number in range(3):
        path = root / f"catalysers/fiche-{number}.md"
        path.write_text(text.replace("Second", f"Numéro {number}"), encoding="utf-8")
    assert run(root).code == 0
    for number in range(3):
        done = run(root, "renommer", f"fiche-{number}", f"acteur-{number}", "--oui")
        assert done.code == 0, done.said
    done = run(root)
    assert done.code == 0, done.said
    rules = (root / "output/_redirects").read_text("utf-8").splitlines()
    assert len(rules) == 3
    for number in range(3):
        assert (root / f"output/catalyseurs/fiche-{number}/index.html").is_file()
