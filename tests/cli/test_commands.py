"""The command, as a person or a machine runs it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import command
from tests.building import ROOT
from tests.small_site import write_small_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_small_site(tmp_path / "site")


def run(*arguments: object, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, str(ROOT / "build.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from maille.cli import run\n"
        "try: run((), (), ['--help'])\n"
        "except SystemExit: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "construit le site" in done.stdout
    assert not {"pydantic", "jinja2", "folium", "markdown", "yaml"} & set(done.stdout.split())


def test_a_folder_without_a_site_is_told(tmp_path: Path) -> None:
    done = run("--root", tmp_path)
    assert done.returncode == 3
    assert "site.toml » n'existe pas" in done.stderr


def test_a_folder_of_somebody_else_is_never_replaced(tmp_path: Path, site: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/vacances.jpg").write_bytes(b"x")
    done = command.run(site, "--output", tmp_path / "photos")
    assert done.code == 3
    assert "Traceback" not in done.said
    assert (tmp_path / "photos/vacances.jpg").read_bytes() == b"x"


@pytest.mark.parametrize("inside", ["templates/output", "catalysers", "content/pages/site", "."])
def test_a_folder_that_is_read_is_never_written_in(site: Path, inside: str) -> None:
    if inside == "catalysers":  # even when there is none yet
        shutil.rmtree(site / inside)
    done = command.run(site, "--output", site / inside)
    assert done.code == 3
    assert "rien n'a été touché" in done.said
    assert not list(site.rglob("index.html"))


def test_our_own_bug_shows_a_traceback_and_exits_70(site: Path) -> None:
    (site / "templates/page.html").write_text("{{ 1 / 0 }}", encoding="utf-8")
    done = run("--root", site)
    assert done.returncode == 70
    assert "Traceback" in done.stderr
    assert not (site / "output").exists()


def test_outside_the_virtual_environment_one_line_says_what_to_run(tmp_path: Path) -> None:
    # -I -S: a Python without our packages, as the system's own is.
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "build.py")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "make site" in done.stderr


def test_the_console_script_does_the_same(tmp_path: Path, site: Path) -> None:
    shutil.copy(ROOT / "build.py", site)
    script = Path(sys.executable).with_name("maille")
    done = subprocess.run(
        [script, "verifier", "--root", site],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert "Tout est en ordre" in done.stdout


def test_source_date_epoch_is_today(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = site / "newsletters/2024-05.md"
    text = letter.read_text(encoding="utf-8").replace("titre:", "publie_le: 2026-02-01\ntitre:", 1)
    letter.write_text(text, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769817600")  # 2026-01-31
    held = json.loads(run("verifier", "--root", site, "--json").stdout)["held"]
    assert {one["path"] for one in held} == {"newsletters/2024-05.md", "catalysers/brouillon.md"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    held = json.loads(run("verifier", "--root", site, "--json").stdout)["held"]
    assert [one["path"] for one in held] == ["catalysers/brouillon.md"]


def test_the_profile_says_what_the_time_is_made_of(site: Path) -> None:
    done = command.run(site, "--profil", "--processus", "2")
    assert done.code == 0, done.said
    steps = re.findall(r"^(\w+) +[\d.]+ s +[\d.]+ s +(\d+)%$", done.said, re.MULTILINE)
    order = ["prepare", "discover", "parse", "validate", "assemble", "plan", "verify", "render"]
    assert [step for step, _ in steps] == [*order, "write"]
    assert sum(int(share) for _, share in steps) == pytest.approx(100, abs=len(steps))
