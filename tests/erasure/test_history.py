"""The former versions of files that hold a name, found in git and taken out of it."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import pytest

from maille.content.file_changes import write_changes
from maille.erasure.history import find_blobs, find_messages, find_paths
from maille.erasure.tree import plan_erasure
from maille.erasure.words import Eraser
from tests.erasing import NAME, PDF, write_texts_alone

ERASER = Eraser(NAME, datetime.date(2026, 11, 30), "https://essai.example/")


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    done = subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)
    return done.stdout.decode()


def test_each_former_version_is_found_and_none_of_today(tmp_path: Path) -> None:
    root = write_texts_alone(tmp_path)
    git(root, "init", "-q")
    (root / ".gitignore").write_text("/envois/\n")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "un")
    found = plan_erasure(root, root / "output", ERASER)
    write_changes(root, found.changes)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "deux")
    blobs = set(find_blobs(root, ERASER))
    paths = [one.path for one in found.changes if one.count and not one.path.startswith("envois/")]
    assert len(paths) > 8
    paths.append(PDF)
    assert blobs >= {git(root, "rev-parse", f"HEAD~1:{path}").strip() for path in paths}
    today = {line.split()[2] for line in git(root, "ls-tree", "-r", "HEAD").splitlines()}
    assert not blobs & today


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    for path in ("x/cv-lea-noir.txt", "x/cv-lea_noir.txt", "Léa Noir.txt", "anne-lea-noir.txt"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("rien")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "La fiche de LEA NOIR")
    git(tmp_path, "rm", "-qr", ".")
    git(tmp_path, "commit", "-qm", "Sans elle\n\nIl y avait Léa\nNoir et Noir Léa")
    git(tmp_path, "commit", "-qm", "Anne-Léa Noir", "--allow-empty")
    return tmp_path


def test_a_former_path_is_found_though_its_text_has_no_name(repository: Path) -> None:
    eraser = Eraser("Léa Noir", ERASER.day, others=(("Anne", ""),))
    slug = eraser.slug
    assert [*find_blobs(repository, eraser)] == []
    found = find_paths(repository, eraser)
    assert found.keys() == {"x/cv-lea-noir.txt", "x/cv-lea_noir.txt", "Léa Noir.txt"}
    assert set(found.values()) == {f"x/cv-{slug}.txt", f"x/cv-{slug}-2.txt", f"{slug}.txt"}
    today = {"y/lea-noir.txt": f"x/cv-{slug}-2.txt", "Léa Noir.txt": "autre.txt"}
    found = find_paths(repository, eraser, today)
    assert today.items() <= found.items()
    assert len(set(found.values())) == len(found) == 4


def test_messages_are_found_in_any_spelling(repository: Path) -> None:
    found = find_messages(repository, Eraser("Lea Noir", ERASER.day))
    assert [*found.values()] == [{"Léa\nNoir", "Noir Léa"}, {"LEA NOIR"}]
    assert all(git(repository, "show", "-s", commit) for commit in found)


def test_a_folder_without_commits_has_no_history(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        find_paths(tmp_path, ERASER)
