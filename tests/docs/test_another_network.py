"""`docs/reprendre.md`, followed on a copy: what it says to type is typed, to do is done."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.building import ROOT, SITE, copy_site
from tests.command import run_script
from tests.guard.sitecustomize import ENGINE_FILES, FOLDERS
from tests.licences import find_licences, list_committed_files
from tests.whole.test_sites import broken_links

GUIDE = (ROOT / "docs/reprendre.md").read_text(encoding="utf-8")
FONTS = "templates/assets/fonts/"
WORDS = re.search(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
LISTS = sorted(path.stem for path in (SITE / "content/vocabulaires").glob("*.yaml"))


def commands(heading: str) -> str:
    """Return the first commands that the guide gives under a heading."""
    section = GUIDE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert found, heading
    return found[1]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository as this one, whose content is that of the miniature."""
    copy_site(tmp_path)
    shutil.copy(ROOT / "build.py", tmp_path)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for path in list_committed_files():
        if path.startswith(FOLDERS) and path.endswith(ENGINE_FILES):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, tmp_path / path)
    return tmp_path


@pytest.fixture
def emptied(repository: Path) -> Path:
    """The repository after step 2 of the guide."""
    subprocess.run(["bash", "-euc", commands("2. Vider")], cwd=repository, check=True)
    return repository


def test_emptying_leaves_forms_lists_and_three_pages(emptied: Path) -> None:
    kept = {path.name for path in (emptied / "content").rglob("*") if path.is_file()}
    pages = {"accessibilite.md", "confidentialite.md", "mentions-legales.md"}
    forms = {"_modele.md", "_modele.yaml"}
    assert kept == {*pages, *forms, *(f"{name}.yaml" for name in LISTS)}
    records = {path.name for path in (emptied / "catalysers").rglob("*") if path.is_file()}
    assert records == {"README.md", "_modele.md"}


def test_what_is_kept_may_be_copied(tmp_path: Path) -> None:
    """All of it is MIT, except the data and fonts that « Ce qui est à garder » names."""
    copied = [path for path in list_committed_files() if not path.startswith("LICENSES/")]
    for path in copied:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    subprocess.run(["bash", "-euc", commands("2. Vider")], cwd=tmp_path, check=True)
    kept = {path: find_licences(path) for path in copied if (tmp_path / path).is_file()}
    assert "src/maille/pipeline.py" in kept
    of_others = {path for path, licences in kept.items() if licences != ["MIT"]}
    to_keep = GUIDE.partition("## 8. Ce qui est à garder\n")[2].partition("\n## ")[0]
    licences = {name for path in of_others for name in find_licences(path)}
    assert licences == {"etalab-2.0", "etalab-2.0 AND CC-BY-4.0", "OFL-1.1", "BSD-2-Clause"}
    assert "sous Licence Ouverte 2.0" in to_keep
    assert "`templates/assets/fonts/OFL-*.txt`" in to_keep
    assert "`src/maille/data/licences/`" in to_keep
    assert of_others <= {path for path in kept if path.startswith(("src/maille/data/", FONTS))}


def test_then_only_links_of_site_toml_are_to_be_mended(emptied: Path) -> None:
    done = run_script(emptied, "verifier")
    assert done.code == 1
    faults = re.compile("n'est pas (une page du site|la page d'une fiche)")
    told = [line for line in done.said.splitlines() if faults.search(line)]
    assert told
    assert all(line.startswith("site.toml") for line in told)
    assert f"{len(told)} choses sont à corriger" in done.said


@pytest.fixture
def followed(emptied: Path) -> Path:
    """The published site of another network, once the guide is followed to its end."""
    rewrite_site_toml(emptied)
    for name in LISTS:
        terms = "termes:\n  - {cle: essai, nom: Essai}\n"
        path = emptied / "content/vocabulaires" / f"{name}.yaml"
        path.write_text(f"nom: Liste {name}\nadresse: /{name}/\n{terms}", encoding="utf-8")
    (emptied / "content/pages/mentions-legales.md").write_text(
        "---\ntitre: Mentions légales\nresume: Essai.\n---\nEssai.\n", encoding="utf-8"
    )
    done = run_script(emptied)
    assert done.code == 0, done.said
    return emptied / "output"


def test_followed_to_the_end_it_gives_a_whole_site_of_another_network(followed: Path) -> None:
    assert broken_links(followed) == []
    assert (followed / "structures/index.html").is_file()
    for path in followed.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        # In the reference of the data, the keys of files are as they are typed.
        assert "catalys" not in text.replace("<code>catalyseur</code>", ""), path


def rewrite_site_toml(site: Path) -> None:
    """Do what steps 3 and 4 say of `site.toml`, word for word where they give the words."""
    text = (site / "site.toml").read_text(encoding="utf-8")
    for key in ("nom", "nom_court", "accroche", "description", "texte"):
        text = re.sub(rf'(?m)^{key} = ".*"', f'{key} = "Essai des passerelles"', text, count=1)
    text = re.sub(r'(?m)^titre = ".*c\'est quoi \?"', 'titre = "Essai ?"', text)
    text = text.replace("https://catalyseurs.example/", "https://passerelles.example/")
    text = re.sub(r'(?m)^site_du_reseau = ".*"\n', "", text)
    text = re.sub(r'(?m)^cas = ".*"\n', "", text)
    gone = "/la-catalyse-territoriale/|/le-reseau/|/rejoindre/"
    text = re.sub(
        rf'\[\[[\w.]+\]\]\n(?:groupe = .*\n)?titre = .*\nadresse = "({gone})"\n(?:resume = .*\n)?',
        "",
        text,
    )
    assert WORDS
    text = text.replace('adresse = "/catalyseurs/', 'adresse = "/structures/') + "\n" + WORDS[1]
    (site / "site.toml").write_text(text, encoding="utf-8")


def test_what_the_guide_names_exists() -> None:
    """Files, folders and keys that it tells to keep or to change are where it says."""
    named = re.findall(
        r"`((?:templates|content|src|docs|\.github|catalysers|newsletters)/[^`*]*)`", GUIDE
    )
    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).exists()] == []
    workflow = (ROOT / ".github/workflows/verifier.yml").read_text(encoding="utf-8")
    assert "\n  logiciel:\n" in workflow
    assert workflow.index("\n  contenu:") < workflow.index("\n  logiciel:")
    jobs = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
    assert "\nlogiciel:\n" in jobs
    assert "\nnuit:\n" in jobs
