"""The command `effacer`: it shows, asks, writes all, publishes again, and says what remains."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command import run
from tests.erasing import NAME, rewrite, write_naming_site


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_naming_site(tmp_path_factory.mktemp("avant") / "site")


@pytest.fixture
def root(before: Path, tmp_path: Path) -> Path:
    shutil.copytree(before, tmp_path / "site")
    return tmp_path / "site"


def read_files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_without_a_terminal_it_shows_and_writes_nothing(root: Path) -> None:
    files = read_files(root)
    done = run(root, "effacer", NAME)
    assert done.code == 2
    assert "catalysers/amelie-exemple.md : 3 fois, et renommé catalysers/retire-le-" in done.said
    assert "lettre-2026-11.pdf : retiré" in done.said
    assert "ajoutez --oui" in done.said
    assert read_files(root) == files


def test_with_yes_it_writes_publishes_and_gives_the_steps_of_git(root: Path) -> None:
    assert run(root, "construire").code == 0
    page = root / "output/lettres/2026-11/index.html"
    assert "Amélie" in page.read_text("utf-8")
    done = run(root, "effacer", NAME, "--oui")
    assert done.code == 0, done.said
    for words in (
        "git filter-repo --strip-blobs-with-ids ../versions.txt",
        f'effacer "{NAME}" --historique > ../versions.txt',
        "les courriels déjà reçus",
    ):
        assert words in done.said
    text = page.read_text("utf-8")
    assert "Amélie" not in text
    assert "Un passage a été retiré le" in text
    assert not (root / "output/catalyseurs/amelie-exemple").exists()


def test_nothing_is_written_if_the_site_could_not_be_built_then(root: Path) -> None:
    rewrite(root, "site.toml", "nom_court", 'contact = "amelie.exemple@x.fr"\nnom_court')
    files = read_files(root)
    done = run(root, "effacer", NAME, "--oui")
    assert done.code == 1
    assert "site.toml" in done.said
    assert "corrigez d'abord ces endroits" in done.said
    assert read_files(root) == files


@pytest.mark.parametrize(("name", "code"), [("Personne Ici", 0), ("A", 2), ("…", 2)])
def test_a_name_that_is_nowhere_or_too_short(root: Path, name: str, code: int) -> None:
    files = read_files(root)
    assert run(root, "effacer", name, "--oui").code == code
    assert read_files(root) == files
