"""Several files change together, or none does (see also `tests/erasure/test_tree.py`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.content.file_changes import FileChange, apply_changes, write_changes

CHANGES = [
    FileChange("a/x.md", "a/x.md", b"new"),
    FileChange("a/y.md", "b/z.md", b"moved"),
    FileChange("a/gone.md", "a/gone.md", None),
    FileChange("c/made.md", "c/made.md", b"made"),
]
BEFORE = {"a/x.md": b"old", "a/y.md": b"y", "a/gone.md": b"g"}
AFTER = {"a/x.md": b"new", "b/z.md": b"moved", "c/made.md": b"made"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    for path, data in BEFORE.items():
        (tmp_path / path).write_bytes(data)
    return tmp_path


def read_all(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def test_files_change_move_go_and_come(root: Path) -> None:
    write_changes(root, CHANGES)
    assert read_all(root) == AFTER


def test_all_is_put_back_when_one_cannot_be_written(root: Path) -> None:
    (root / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_changes(root, [*CHANGES, FileChange("folder", "folder", b"x")])
    assert read_all(root) == BEFORE
    assert sorted(path.name for path in root.iterdir()) == ["a", "folder"]


def test_a_name_that_is_taken_is_refused_before_anything_is_written(root: Path) -> None:
    taken = FileChange("a/y.md", "a/gone.md", b"")
    with pytest.raises(FileExistsError, match="déjà pris"):
        write_changes(root, [CHANGES[0], taken])
    assert read_all(root) == BEFORE


def test_a_copy_gets_the_changes_of_the_folders_that_it_has(root: Path) -> None:
    apply_changes(root, CHANGES)
    assert read_all(root) == {path: data for path, data in AFTER.items() if path[0] != "c"}
