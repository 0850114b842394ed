"""No test of the engine reads this repository's own content, in its process or in another.

So adding, changing or removing any record, letter, project, page or term changes no result of these
tests. The guard (`tests/guard/`) refuses those files to every test; here it is shown to refuse.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import ROOT, SITE, copy_templates, rewrite
from tests.guard.sitecustomize import FOLDERS, is_content
from tools import content_only

CONTENT = ("site.toml", "catalysers/essai.md", "newsletters/2030-01.md", "content/images/essai.png")


def refused() -> pytest.RaisesExc[AssertionError]:
    """Expect a refusal; by its words, since a process that others start has a guard of its own."""
    return pytest.raises(AssertionError, match="is content of this repository")


@pytest.mark.parametrize("path", CONTENT)
def test_a_file_of_content_is_not_opened(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with refused():
        (ROOT / path).open(encoding="utf-8")
    with refused():
        os.open(os.fsencode(ROOT / path), os.O_RDONLY)
    monkeypatch.chdir(ROOT)
    with refused():
        Path(path).read_bytes()


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_of_content_is_not_listed(folder: str) -> None:
    for listed in (os.listdir, lambda path: [*os.scandir(path)], lambda path: [*path.iterdir()]):
        with refused():
            listed(ROOT / folder)
    with refused():
        list(ROOT.glob("*/vocabulaires/*.yaml"))


def test_a_template_that_other_sites_share_is_not_written_into(tmp_path: Path) -> None:
    for name in ("one", "other"):
        copy_templates(tmp_path / name)
    page, other = (tmp_path / name / "templates/page.html" for name in ("one", "other"))
    before = other.read_text("utf-8")
    for mode in ("w", "a", "r+"):
        with pytest.raises(AssertionError, match="is shared with other tests"):
            page.open(mode, encoding="utf-8")
    rewrite(page, "Autre chose")
    assert (page.read_text("utf-8"), other.read_text("utf-8")) == ("Autre chose", before)


@pytest.mark.parametrize("arguments", [["verifier"], ["verifier", "--root", str(ROOT)]])
def test_a_command_started_by_a_test_does_not_read_it_either(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "build.py", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 70
    assert "ContentReadError" in done.stderr


def test_what_the_engine_writes_there_and_other_sites_are_read() -> None:
    for path in (ROOT / "catalysers/README.md", ROOT / "content/projets/_modele.md"):
        assert path.read_text(encoding="utf-8")
    assert (SITE / "site.toml").read_text(encoding="utf-8")
    assert list((SITE / "catalysers").iterdir())


def test_what_is_refused_is_what_a_pull_request_of_content_changes() -> None:
    """Such a pull request does not run these tests: see `tools.content_only`."""
    assert set(FOLDERS) == content_only.FOLDERS
    for path in (*CONTENT[1:], "catalysers/README.md", "content/projets/_modele.md", "build.py"):
        assert is_content(str(ROOT / path)) == content_only.is_content(path), path
