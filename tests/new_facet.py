"""A facet that no network has, added to a copy of this repository.

The copy has the miniature for content, and is a repository of git.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.building import ROOT, SITE
from tests.guard.sitecustomize import ENGINE_FILES, is_content

SLUG = "cocolavande"  # a record of the miniature

VOCABULARY = """\
nom: Saisons
termes:
  - {cle: ete, nom: L'été surtout}
  - {cle: hiver, nom: L'hiver surtout}
  - {cle: toute-l-annee, nom: Toute l'année}
"""
FIELD = """\
    season: Annotated[Text, Reference("vocabulaire:saisons")] | None = Field(
        None, alias="saison", title="Saison"
    )
"""
FACET = """\
    make_facet(Catalyser, "saison", "season"),
"""
TEST = """\
from maille.kinds.catalyser import FACETS
from tests.kinds.test_catalyser import catalyser


def test_a_record_has_a_season() -> None:
    (facet,) = (one for one in FACETS if one.key == "saison")
    assert facet.list_keys(catalyser(saison="hiver")) == ("hiver",)
"""
BY_HAND = {
    "content/vocabulaires/saisons.yaml",
    "src/maille/kinds/catalyser.py",
    f"catalysers/{SLUG}.md",
    "tests/kinds/test_season.py",
}
BY_THE_TOOL = {
    "catalysers/_modele.md",
    "docs/guide-redaction.md",
    "schemas/catalyser.schema.json",
}


def copy_repository(folder: Path) -> Path:
    """Copy this repository into `folder`, with the miniature for content, and commit it there."""
    for path in _list_files():
        if not is_content(str(ROOT / path)):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, folder / path)
    left_out = shutil.ignore_patterns("exemples", *ENGINE_FILES)
    shutil.copytree(SITE, folder, ignore=left_out, dirs_exist_ok=True)
    author = ("-c", "user.name=Essai", "-c", "user.email=essai@essai.example")
    for command in (("init", "-q"), ("add", "."), (*author, "commit", "-qm", "Essai")):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


def _list_files() -> list[str]:
    """Return the paths of this repository's files, those that are still to be committed too."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True)
    return [path for path in done.stdout.splitlines() if (ROOT / path).is_file()]


def add_facet(folder: Path) -> None:
    """Do by hand what a new facet asks of a developer."""
    kind = folder / "src/maille/kinds/catalyser.py"
    (folder / "content/vocabulaires/saisons.yaml").write_text(VOCABULARY, encoding="utf-8")
    insert(kind, FIELD, "    relation: Annotated")
    insert(kind, FACET, "    # Its terms are the network's own words")
    insert(folder / f"catalysers/{SLUG}.md", "saison: hiver\n", "relation:")
    (folder / "tests/kinds/test_season.py").write_text(TEST, encoding="utf-8")


def run(folder: Path, *arguments: str) -> str:
    """Run Python in a copy of the repository, on the engine of that copy; return what it says."""
    path = os.pathsep.join([str(folder / "src"), os.environ["PYTHONPATH"]])  # the guard's folder
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def list_changes(folder: Path) -> set[str]:
    """Return the paths that are new or not as they were committed."""
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    done = subprocess.run(status, cwd=folder, check=True, capture_output=True, text=True)
    return {line[3:] for line in done.stdout.splitlines()}


def insert(path: Path, text: str, before: str) -> None:
    found = path.read_text(encoding="utf-8")
    assert found.count(before) == 1, before
    path.write_text(found.replace(before, text + before), encoding="utf-8")
