"""Git is run in a folder, with words and an input; what goes wrong is raised."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from maille.git import run_git


def test_it_runs_in_the_folder_and_reads_what_is_typed(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "--quiet")
    top = run_git(tmp_path, "rev-parse", "--show-toplevel").decode().strip()
    assert Path(top).resolve() == tmp_path.resolve()
    name = run_git(tmp_path, "hash-object", "-w", "--stdin", typed=b"a").decode().strip()
    assert run_git(tmp_path, "cat-file", "blob", name) == b"a"


def test_what_git_refuses_is_raised(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run_git(tmp_path, "cat-file", "blob", "no-such-object")


def test_a_machine_without_git_is_told_by_its_own_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OSError, match="git"):
        run_git(tmp_path, "--version")
