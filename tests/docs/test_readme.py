"""README, LISEZMOI and SECURITY: short, their links lead somewhere, their commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests import command
from tests.building import ROOT
from tests.small_site import write_small_site

NAMES = ("README.md", "LISEZMOI.md", "SECURITY.md")
README, LISEZMOI, SECURITY = ((ROOT / name).read_text("utf-8") for name in NAMES)
WORKFLOW = ROOT / ".github/workflows/verifier.yml"
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml"))


def typed(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "build.py", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_readme_is_read_in_one_go() -> None:
    assert len(README.splitlines()) <= 100


@pytest.mark.parametrize("text", [README, LISEZMOI, SECURITY], ids=NAMES)
def test_links_pictures_and_files_that_it_names_exist(text: str) -> None:
    linked = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    named = re.findall(r"`((?:docs|src|tests|content|catalysers)/[\w./-]+)`", text)
    assert len({*linked, *named}) >= 3
    assert [path for path in (*linked, *named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("text", [README, LISEZMOI], ids=NAMES[:2])
def test_commands_for_windows_are_those_that_run_there(text: str) -> None:
    """The workflow runs them, with the name that Python has on its machine."""
    given = re.findall(r"(?m)^ *((?:py|\.venv\\Scripts\\python) .*)$", text)
    steps = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["windows"]["steps"]
    run = [step["run"] for step in steps if "run" in step]
    assert len(given) == 4
    assert given[0].replace("py ", "python ", 1) in run
    assert {*given[1:3]} <= {*run}
    assert given[3] == r".venv\Scripts\python build.py servir"


@pytest.mark.parametrize("text", [README, LISEZMOI], ids=NAMES[:2])
def test_commands_that_it_names_exist(text: str) -> None:
    commands = {*re.findall(r"(?m)^    (\w+)", typed("--help").stdout)}
    named = {
        *re.findall(r"build\.py ([a-z]+)", text),
        *re.findall(r"(?:commande `|`)(verifier|servir|lettre|nouveau)\b", text),
    }
    assert named
    assert named <= commands
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = {*re.findall(r"(?m)^([a-z-]+):", makefile)}
    assert {*re.findall(r"(?m)(?:^|`)make ([a-z-]+)", text)} <= targets


def test_the_mistake_that_the_readme_shows_looks_like_that(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "site")
    letter = site / "newsletters/2024-05.md"
    text = letter.read_text("utf-8")
    letter.write_text(text.replace("## Projet d'essai", "## Projet d'esai"), "utf-8")
    done = command.run(site, "verifier")
    assert done.code == 1
    shown = re.search(r"```\n(newsletters/.*?)…\n```", README, re.DOTALL)
    assert shown
    assert shown[1] in done.said


def test_each_step_of_the_diagram_is_a_module() -> None:
    (line,) = re.findall(r"(?m)^ *discover ─ .*$", README)
    steps = re.findall(r"[a-z]+", line.replace("gate", "").partition("▶")[0])
    modules = {path.stem for path in (ROOT / "src/maille").rglob("*.py")}
    assert len(steps) >= 8
    assert [step for step in steps if step not in modules] == []
    folders = re.findall(r"([a-z]+)/", README.partition(line)[2].partition("```")[0])
    assert {"content", "schema", "kinds", "site", "views", "publish"} <= {*folders}
    assert [name for name in folders if not (ROOT / "src/maille" / name).is_dir()] == []


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_is_one_that_the_forge_reads(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    assert {*form} <= {"name", "description", "title", "labels", "body"}
    assert form["name"]
    assert form["description"]
    fields = [part for part in form["body"] if part["type"] != "markdown"]
    assert all(part["type"] in {"input", "textarea", "dropdown", "checkboxes"} for part in fields)
    assert all(part["attributes"]["label"] for part in fields)
    assert len({part["id"] for part in fields}) == len(fields) >= 3


def test_the_form_that_lisezmoi_names_is_there_on_both_forges() -> None:
    names = {yaml.safe_load(path.read_text("utf-8"))["name"] for path in FORMS}
    assert len(names) == 2
    assert names == {path.stem for path in (ROOT / ".gitlab/issue_templates").iterdir()}
    (quoted,) = re.findall(r"le modèle\s+« ([^»]+) »", LISEZMOI)
    assert quoted in names
