"""Content never turns the engine's tests red: they pass in a copy whose content has changed.

One valid file more of each kind, two terms more, a record changed, another removed: then the tests
that look at the folder of this repository. To open our content is refused to every test each time
that it runs (`tests/guard/`); the guard cannot see a test that asks whether a file exists, or what
git lists. A test can only do so by naming the folder, so the others are not run a second time.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from build import KINDS
from maille import kinds
from maille.content.folders import find_owner
from tests.building import ROOT
from tests.small_site import FILES

ADDED = {
    "catalysers/essai-de-plus.md": FILES["catalysers/premier.md"],
    "newsletters/2019-01.md": FILES["newsletters/2024-05.md"].replace("2024-05", "2019-01"),
    "content/projets/essai.md": FILES["content/projets/essai.md"],
    "content/actualites/essai.md": FILES["content/actualites/nouvelle.md"],
    "content/evenements/essai.md": FILES["content/evenements/rencontre.md"],
    "content/pages/essai.md": FILES["content/pages/le-reseau.md"],
    "content/vocabulaires/essai.yaml": "nom: Liste d'essai\ntermes:\n  - {cle: a, nom: A}\n",
    "content/webinaires/essai.md": (
        "---\ntitre: Webinaire d'essai\nresume: Une heure inventée.\ndate: 2026-04-09\n"
        'heure: "18:00"\ncycle: essai\nsources:\n  - titre: Document d\'essai\n---\n'
    ),
    "content/ressources/essai.md": (
        "---\ntitre: Guide d'essai\nresume: Un guide inventé.\ntype: guide\n"
        "sources:\n  - titre: Document d'essai\n---\n"
    ),
    "content/territoires/974.md": (
        '---\ntitre: Ce que dit un essai\nterritoire: "974"\n'
        "sources:\n  - titre: Document d'essai\n---\nDe la prose.\n"
    ),
}
# How a test names the folder of this repository: itself, or through a helper.
NAMES_FOLDER = re.compile(r"\bROOT\b|\btests\.(repository|licences|records)\b")
CHANGED = ("cocoshaker", "point-carre")  # changed; removed, since nothing names it
TERMS = {
    "acteurs": "{cle: acteur-d-essai, nom: Acteur d'essai, resume: Un acteur inventé.}",
    "cycles": "{cle: essai, nom: Cycle d'essai, resume: Un cycle inventé.}",
}


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone of this repository whose content has changed, all of it valid."""
    clone = tmp_path_factory.mktemp("changed") / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    for path, text in ADDED.items():
        assert not (clone / path).exists(), path
        (clone / path).write_text(text, encoding="utf-8")
    for name, term in TERMS.items():
        file = clone / f"content/vocabulaires/{name}.yaml"
        before, _, after = file.read_text("utf-8").partition("termes:\n")
        file.write_text(f"{before}termes:\n  - {term}\n{after}", encoding="utf-8")
    one, another = (clone / f"catalysers/{name}.md" for name in CHANGED)
    one.write_text(one.read_text("utf-8") + "\nUne phrase de plus.\n", encoding="utf-8")
    another.unlink()
    subprocess.run(["git", "add", "--all"], cwd=clone, check=True)
    return clone


def python(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the clone's own engine."""
    left = {name: value for name, value in os.environ.items() if name != "CONTENT"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=clone,
        env={**left, "PYTHONPATH": str(clone / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_file_more_of_each_kind_is_valid(changed: Path) -> None:
    every = kinds.load(KINDS)
    assert {find_owner(path, every) for path in ADDED} == {*every}
    done = python(changed, "build.py", "verifier")
    assert done.returncode == 0, done.stderr


def test_no_test_that_looks_at_the_repository_fails(changed: Path) -> None:
    every = [*changed.glob("tests/**/test_*.py")]
    looking = [path for path in every if NAMES_FOLDER.search(path.read_text("utf-8"))]
    chosen = [str(path) for path in looking if path.parent.name != "browser"]
    assert len(chosen) > 20
    done = python(changed, "-m", "pytest", *chosen, "-n", "2")
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


def test_a_test_that_reads_our_content_would_fail(changed: Path) -> None:
    """So the tests above pass because they read no content, not because the clone has none."""
    test = "def test(): assert list((building.ROOT / 'catalysers').iterdir())\n"
    path = changed / "tests/test_reads_content.py"
    path.write_text(f"from tests import building\n\n{test}", encoding="utf-8")
    done = python(changed, "-m", "pytest", "tests/test_reads_content.py")
    assert done.returncode == 1
    assert "ContentReadError" in done.stdout
