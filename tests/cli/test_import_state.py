"""What an import keeps: its salt, out of git, and its turn; what git kept of the last one."""

from __future__ import annotations

import subprocess
import threading
import time
from pathlib import Path

import pytest

from maille.cli.import_state import describe_exposed, list_stems, read_past, read_salt, take_turn

MEMORY = "content/imports/a.json"


def commit(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    git(root, "add", ".")
    git(root, "-c", "user.name=a", "-c", "user.email=a@b.fr", "commit", "-qm", "a")


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def test_the_salt_is_drawn_once_and_kept_out_of_git(tmp_path: Path) -> None:
    assert read_salt(tmp_path, keep=False) != read_salt(tmp_path, keep=False)
    assert [*tmp_path.iterdir()] == []
    salt = read_salt(tmp_path, keep=True)
    assert len(salt) == 32
    assert read_salt(tmp_path, keep=True) == salt
    assert (tmp_path / ".imports/.gitignore").read_bytes() == b"*\n"


def test_records_of_the_last_import_are_those_of_the_commit_of_its_memory(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    site = tmp_path / "site"  # a site may be a folder of its repository
    commit(site, **{MEMORY: "{}", "catalysers/a.md": "un"})
    commit(site, **{"catalysers/a.md": "deux", "catalysers/b.md": "neuf"})
    paths = ["catalysers/b.md", "catalysers/a.md"]
    assert read_past(site, MEMORY, paths) == {"catalysers/a.md": b"un"}
    assert read_past(site, "content/imports/autre.json", paths) == {}


def test_without_git_nothing_is_known_of_the_past(tmp_path: Path) -> None:
    assert read_past(tmp_path, MEMORY, ["a.md"]) == {}


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"Nom\n")
    return path


def test_a_file_that_git_would_publish_is_told_with_the_line_that_moves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "depot" / "site"  # a site may be a folder of its repository
    write(tmp_path / "depot" / ".gitignore").write_text("*.ods\n")
    write(site / "notre annuaire.csv")
    git(tmp_path / "depot", "init", "-q")
    monkeypatch.chdir(site)
    told = [*describe_exposed(site, Path("notre annuaire.csv"))]
    assert "notre annuaire.csv est dans le dossier du site" in told[0]
    for line in told[2:]:
        subprocess.run(line.strip(), shell=True, check=True)
    assert (site / ".imports/notre annuaire.csv").is_file()
    assert [*describe_exposed(site, Path(".imports/notre annuaire.csv"))] == []
    assert [*describe_exposed(site, write(site.parent / "a.csv"))]
    assert [*describe_exposed(site, write(site / "a.ods"))] == []
    assert [*describe_exposed(site, write(tmp_path / "a.csv"))] == []


def test_without_git_a_file_in_the_folder_of_the_site_is_told_too(tmp_path: Path) -> None:
    assert [*describe_exposed(tmp_path / "site", write(tmp_path / "site/a.xlsx"))]
    assert [*describe_exposed(tmp_path / "site", write(tmp_path / "site/.imports/a.xlsx"))] == []
    assert [*describe_exposed(tmp_path / "site", write(tmp_path / "a.xlsx"))] == []


def test_two_imports_take_turns(tmp_path: Path) -> None:
    order: list[str] = []

    def wait() -> None:
        with take_turn(tmp_path, start) as changed:
            order.append(f"second, changed: {changed}")

    start = time.time()
    with take_turn(tmp_path, start) as changed:
        second = threading.Thread(target=wait)
        second.start()
        second.join(0.3)
        order.append(f"first, changed: {changed}")
    second.join()
    assert order == ["first, changed: False", "second, changed: True"]
    with take_turn(tmp_path, start) as changed:  # ended before: nobody waits, but it has changed
        assert changed
    with take_turn(tmp_path, time.time()) as changed:
        assert not changed


def test_mappings_are_listed(tmp_path: Path) -> None:
    assert list_stems(tmp_path) == ()
    (tmp_path / "content/imports").mkdir(parents=True)
    for name in ("b.toml", "a.toml", "a.json"):
        (tmp_path / "content/imports" / name).touch()
    assert list_stems(tmp_path) == ("a", "b")
