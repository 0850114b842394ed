"""The command, as a person or a machine runs it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from maille.arguments import COMMANDS
from tests import command
from tests.building import ROOT, copy_site
from tests.small_site import small_site


def run(*arguments: object, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, str(ROOT / "build.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_is_in_french_and_loads_nothing_heavy() -> None:
    assert "construit le site" in run("--help").stdout
    code = (
        "import sys, maille.cli, maille.arguments as read; read._parser().format_help(); "
        "print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"pydantic", "jinja2", "folium", "markdown", "yaml"} & set(loaded)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bâtir"], "« bâtir » n'est pas une commande connue"),
        (["--vite"], "« --vite » n'est pas une option connue"),
        (["--date", "hier"], "« hier » n'est pas une date"),
        (["--port", "http"], "« http » n'est pas un port"),
        (["--processus", "0"], "« 0 » n'est pas un nombre de processus"),
        (["--port", "99999"], "« 99999 » n'est pas un port"),
        (["--output"], "« --output » attend une valeur"),
        (["--base-url", "reseau"], "« reseau » n'est pas une adresse"),
        (["--base-url", "https://x.fr/a?b#c"], "n'est pas une adresse"),
        (["--base-url", "/un réseau/"], "n'est pas une adresse"),
        (["--base-url", "/a'b/"], "n'est pas une adresse"),
        (["nouveau"], "écrivez python build.py nouveau lettre 2026-12"),
        (["nouveau", "lettre", "décembre"], "« lettre décembre » n'est pas compris"),
        (["verifier", "2026-12"], "« 2026-12 » n'est pas compris après « verifier »"),
    ],
)
def test_a_wrong_command_is_told_in_french(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("names", [(verb, one.alias) for verb, one in COMMANDS.items()][:2])
def test_commands_answer_to_their_english_names(tmp_path: Path, names: tuple[str, str]) -> None:
    site = small_site(tmp_path / "site")
    said = [
        json.loads(command.run(site, name, "--output", tmp_path / name, "--json").said)
        for name in names
    ]
    assert said[0]["ok"] is said[1]["ok"] is True
    assert (tmp_path / names[0]).exists() == (tmp_path / names[1]).exists()
    assert said[0]["counts"] == said[1]["counts"]


def test_a_new_letter_is_written_once(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    done = command.run(site, "nouveau", "lettre", "2026-12")
    assert (done.code, (site / "newsletters/2026-12.md").is_file()) == (0, True)
    assert "newsletters/2026-12.md est prête à remplir" in done.said
    again = command.run(site, "new", "lettre", "2026-12")
    assert again.code == 2
    assert "2026-12.md » existe déjà : rien n'a été touché." in again.said


def test_a_folder_without_a_site_is_told(tmp_path: Path) -> None:
    done = run("--root", tmp_path)
    assert done.returncode == 3
    assert "site.toml » n'existe pas" in done.stderr


def test_a_folder_of_somebody_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/vacances.jpg").write_bytes(b"x")
    done = run("--root", ROOT, "--output", tmp_path / "photos")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert (tmp_path / "photos/vacances.jpg").read_bytes() == b"x"


@pytest.mark.parametrize("inside", ["templates/output", "catalysers", "content/pages/site", "."])
def test_a_folder_that_is_read_is_never_written_in(tmp_path: Path, inside: str) -> None:
    site = copy_site(tmp_path / "site")
    if inside == "catalysers":  # even when there is none yet
        shutil.rmtree(site / inside)
    done = run("--root", site, "--output", site / inside)
    assert done.returncode == 3
    assert "rien n'a été touché" in done.stderr
    assert not list(site.rglob("index.html"))


def test_our_own_bug_shows_a_traceback_and_exits_70(tmp_path: Path) -> None:
    site = copy_site(tmp_path / "site")
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


def test_the_console_script_does_the_same(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("maille")
    done = subprocess.run(
        [script, "verifier", "--root", ROOT],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0
    assert "Tout est en ordre" in done.stdout


def test_the_report_says_what_was_done_and_how_to_look(tmp_path: Path) -> None:
    said = run("--root", ROOT, "--output", tmp_path / "output").stdout
    assert "catalyser : 28" in said
    assert "fichiers écrits" in said
    assert "make serve" in said


def test_source_date_epoch_is_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = small_site(tmp_path / "site")
    letter = site / "newsletters/2024-05.md"
    text = letter.read_text(encoding="utf-8").replace("titre:", "publie_le: 2026-02-01\ntitre:", 1)
    letter.write_text(text, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769817600")  # 2026-01-31
    held = json.loads(run("verifier", "--root", site, "--json").stdout)["held"]
    assert {one["path"] for one in held} == {"newsletters/2024-05.md", "catalysers/brouillon.md"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    held = json.loads(run("verifier", "--root", site, "--json").stdout)["held"]
    assert [one["path"] for one in held] == ["catalysers/brouillon.md"]


@pytest.mark.parametrize("epoch", ["9" * 15, "9" * 30, "9" * 5000])
def test_a_day_that_no_calendar_has_is_told(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    done = run("verifier", "--root", ROOT)
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_profile_says_what_the_time_is_made_of(tmp_path: Path) -> None:
    done = run("--root", ROOT, "--output", tmp_path / "o", "--profil", "--processus", 2)
    assert done.returncode == 0, done.stderr
    steps = re.findall(r"^(\w+) +([\d.]+) s +([\d.]+) s +(\d+)%$", done.stderr, re.MULTILINE)
    order = ["prepare", "discover", "parse", "validate", "assemble", "plan", "verify", "render"]
    assert [step for step, *_ in steps] == [*order, "write"]
    assert sum(float(seconds) for _, seconds, *_ in steps) == pytest.approx(
        float(re.findall(r"en ([\d.]+) s, dans", done.stdout)[0]), abs=0.1
    )
