"""What the forges decide from the files of a change, in a real git repository."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from tests.building import ROOT
from tools.content_only import is_content

CONTENT = (
    "catalysers/nouvelle.md",
    "catalysers/exemples/un.md",
    "newsletters/2026-12.md",
    "newsletters/scelles/2026-12/SHA256SUMS",
    "content/projets/essai.md",
    "content/vocabulaires/profils.yaml",
    "content/adresses.toml",
    "content/images/une photo.jpg",
    "content/documents/été.pdf",
)
ENGINE = (
    "build.py",
    "site.toml",
    "src/maille/content/parse.py",
    "templates/page.html",
    "tests/content/test_parse.py",
    "docs/guide-redaction.md",
    "pyproject.toml",
    ".github/workflows/verifier.yml",
    "catalysers",
    "catalysers.md",
    "catalysers/README.md",
    "catalysers/_modele.md",
    "content/vocabulaires/_modele.yaml",
    "content/.gitattributes",
    "content/projets/outil.py",
    "src/content/projets/essai.md",
    "contents/essai.md",
)


def git(repository: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Essai", "-c", "user.email=essai@essai.example")
    command = ["git", *identity, *arguments]
    return subprocess.run(
        command, cwd=repository, capture_output=True, text=True, check=True
    ).stdout.strip()


def commit(repository: Path, files: Sequence[str]) -> str:
    for name in files:
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        with (repository / name).open("a", encoding="utf-8") as file:
            file.write("Une ligne.\n")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "Essai")
    return git(repository, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, ["catalysers/ancienne.md", "src/maille/content/parse.py"])
    return tmp_path


def decided(repository: Path, base: str, head: str = "HEAD") -> int:
    script = ROOT / "tools/content_only.py"
    # -I -S: as before anything is installed.
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, base, head],
        cwd=repository,
        check=False,
        capture_output=True,
    )
    return done.returncode


@pytest.mark.parametrize("path", CONTENT)
def test_what_editors_write_is_content(path: str) -> None:
    assert is_content(path)


@pytest.mark.parametrize("path", ENGINE)
def test_anything_else_is_not(path: str) -> None:
    assert not is_content(path)


def test_a_change_of_content_alone_needs_no_test(repository: Path) -> None:
    base = git(repository, "rev-parse", "HEAD")
    commit(repository, CONTENT)
    (repository / "catalysers/ancienne.md").unlink()
    commit(repository, ())
    assert decided(repository, base) == 0


@pytest.mark.parametrize("path", [path for path in ENGINE if path != "catalysers"])
def test_one_other_file_asks_for_every_test(path: str, repository: Path) -> None:
    base = git(repository, "rev-parse", "HEAD")
    commit(repository, [*CONTENT, path])
    assert decided(repository, base) == 1


def test_a_file_of_the_engine_moved_among_the_content_asks_for_every_test(
    repository: Path,
) -> None:
    base = git(repository, "rev-parse", "HEAD")
    (repository / "content").mkdir()
    git(repository, "mv", "src/maille/content/parse.py", "content/parse.md")
    commit(repository, ())
    assert decided(repository, base) == 1


def test_in_doubt_every_test_is_asked_for(repository: Path, tmp_path: Path) -> None:
    assert decided(repository, "HEAD") == 1  # nothing differs
    commit(repository, CONTENT)
    assert decided(repository, "HEAD^1") == 0
    assert decided(repository, "f" * 40) == 1  # a commit that a shallow clone lacks
    assert decided(repository, "") == 1


def test_the_heavy_jobs_are_left_out_only_when_the_script_says_so() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/verifier.yml").read_text("utf-8"))
    content, *heavy = workflow["jobs"].values()
    assert "if" not in content
    assert len(heavy) == 2
    for job in heavy:
        assert job["if"] == "${{ !cancelled() && needs.contenu.outputs.contenu_seul != 'true' }}"
        assert job["needs"] == "contenu"
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert gitlab["logiciel"]["script"][-1] == "bash .ci/run"
