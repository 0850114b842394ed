"""The forges put nothing online while the address of the site is an example."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.building import ROOT
from tools.may_publish import REFUSED, VARIABLE, may_publish


@pytest.mark.parametrize(
    ("address", "wanted", "expected"),
    [
        ("https://reseau.example/", "", False),
        ("https://reseau.example", "non", False),
        ("https://www.reseau.example:8443/un/", "", False),
        ("https://RESEAU.EXAMPLE./", "", False),
        ("", "", False),
        ("https://reseau.example/", "oui", True),
        ("https://reseau.example/", " Oui\n", True),
        ("https://www.exemple.fr/", "", True),
        ("https://reseau.example.org/", "", True),
    ],
)
def test_an_example_of_an_address_is_not_put_online(
    address: str, wanted: str, expected: bool
) -> None:
    settings = f'# adresse = "https://vrai.fr/"\nadresse = "{address}"  # plus tard\n'
    assert may_publish(settings, wanted) is expected


def test_the_command_says_why(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('adresse = "https://x.example/"\n', "utf-8")
    command = [sys.executable, str(ROOT / "tools/may_publish.py")]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == REFUSED
    assert VARIABLE in done.stdout
    wanted = subprocess.run([*command, "oui"], cwd=tmp_path, check=False, capture_output=True)
    assert (wanted.returncode, wanted.stdout) == (0, b"")


def test_github_asks_before_it_deploys() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/publier.yml").read_text("utf-8"))["jobs"]
    build, deploy = jobs["construire"], jobs["publier"]
    (asked,) = (step for step in build["steps"] if step.get("id") == "adresse")
    assert "python3 -m tools.may_publish" in asked["run"]
    assert VARIABLE in str(asked["env"])
    assert deploy["if"] == "needs.construire.outputs.publier == 'true'"
    assert build["outputs"]["publier"] == "${{ steps.adresse.outputs.publier }}"


def test_gitlab_asks_before_it_deploys() -> None:
    pages = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))["pages"]
    assert pages["script"][0] == f'python3 -m tools.may_publish "${VARIABLE}"'
    assert pages["allow_failure"] == {"exit_codes": [REFUSED]}


def test_what_goes_online_is_read_anew() -> None:
    """Who can write what builds keep cannot change what is published (decision 0040)."""
    steps = yaml.safe_load((ROOT / ".github/workflows/publier.yml").read_text("utf-8"))["jobs"][
        "construire"
    ]["steps"]
    assert any("--sans-memoire" in step.get("run", "") for step in steps)
    assert not any(step.get("uses", "").startswith("actions/cache") for step in steps)
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert any("--sans-memoire" in line for line in gitlab["pages"]["script"])
    assert ".maille" not in str(gitlab["pages"].get("cache", gitlab["cache"]))
