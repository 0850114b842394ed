"""The command, as a person or a machine runs it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from maille.cli.arguments import COMMANDS, Arguments, read
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


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what is said of arguments that are refused."""
    with pytest.raises(SystemExit) as stopped:
        read(arguments)
    assert stopped.value.code == 2
    return capsys.readouterr().err


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from maille.cli import run\n"
        "try: run((), (), ['--help'])\n"
        "except SystemExit: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "construit le site" in done.stdout
    assert not {"pydantic", "jinja2", "folium", "markdown", "yaml"} & set(done.stdout.split())


@pytest.mark.parametrize("arguments", [[], *([verb] for verb in COMMANDS)], ids=" ".join)
def test_help_is_in_french(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        read([*arguments, "--help"])
    assert not stopped.value.code
    said = capsys.readouterr().out
    assert said.startswith(" ".join(["Usage : python build.py", *arguments]))
    assert not re.search("usage:|arguments|show this|exit|default|optional", said)
    for name in COMMANDS[arguments[0]].arguments if arguments else COMMANDS:
        assert name in said or name in ("kind", "month", "--annotations")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bâtir"], "« bâtir » n'est pas une commande connue"),
        (["vérifier"], "vouliez-vous dire « verifier » ?"),
        ([""], "«  » n'est pas une commande connue"),
        (["it's"], "« it's » n'est pas une commande connue"),
        (["--vite"], "« --vite » n'est pas une option de « construire »"),
        (["--vite=1"], "« --vite » n'est pas une option de « construire »"),
        (["--jso"], "« --jso » n'est pas une option"),
        (["--pdf"], "elle va avec « lettre », « sceller »"),
        (["--port", "8000", "check"], "« --port » n'est pas une option de « verifier »"),
        (["--date", "hier"], "« hier » n'est pas une date"),
        (["servir", "--port", "http"], "« http » n'est pas un port"),
        (["servir", "--port", "99999"], "« 99999 » n'est pas un port"),
        (["--processus", "0"], "« 0 » n'est pas un nombre de processus"),
        (["--output"], "« --output » attend une valeur"),
        (["--json=oui"], "« --json » ne prend pas de valeur"),
        (["--base-url", "reseau"], "« reseau » n'est pas une adresse"),
        (["--base-url", "https://x.fr/a?b#c"], "n'est pas une adresse"),
        (["--base-url", "/un réseau/"], "n'est pas une adresse"),
        (["--base-url", "/a'b/"], "n'est pas une adresse"),
        (["exemples"], "il manque : --total"),
        (["nouveau"], "Par exemple : python build.py nouveau lettre 2026-12"),
        (["nouveau", "lettre"], "il manque : AAAA-MM"),
        (["nouveau", "fiche", "2026-12"], "« fiche » n'est pas compris"),
        (["nouveau", "lettre", "décembre"], "« décembre » n'est pas un mois"),
        (["lettre", "2026-13"], "« 2026-13 » n'est pas un mois"),
        (["sceller", "2026-12", "--brouillons"], "« --brouillons » n'est pas une option"),
        (["verifier", "2026-12"], "« 2026-12 » n'est pas compris après « verifier »"),
    ],
)
def test_a_mistake_is_told_in_french(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refusal(capsys, *arguments)
    assert said in told
    assert "--help" in told
    assert not re.search("argument|invalid|expected|required|choose", told)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("", Arguments("construire")),
        ("--base-url /reseau/", Arguments("construire", base_url="/reseau/")),
        ("--root a verifier --json", Arguments("verifier", root=Path("a"), json=True)),
        ("verifier --root a --json", Arguments("verifier", root=Path("a"), json=True)),
        ("--root=a --json check", Arguments("verifier", root=Path("a"), json=True)),
        ("--output build", Arguments("construire", output=Path("build"))),
        ("--output build build", Arguments("construire", output=Path("build"))),
        ("--root a nouveau lettre 2026-12", Arguments(
            "nouveau", root=Path("a"), kind="lettre", month="2026-12")),
        ("new --root a lettre --profil 2026-12", Arguments(
            "nouveau", root=Path("a"), profile=True, kind="lettre", month="2026-12")),
        ("lettre --pdf 2026-12 --brouillons", Arguments(
            "lettre", pdf=True, drafts=True, month="2026-12")),
        ("--port 80 servir", Arguments("servir", port=80)),
        ("exemples --total 9 --processus 2", Arguments("exemples", total=9, processes=2)),
    ],
)  # fmt: skip
def test_options_stand_before_or_after_the_command(
    typed: str, understood: Arguments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert read(typed.split()) == understood


@pytest.mark.parametrize(("verb", "one"), COMMANDS.items(), ids=COMMANDS)
def test_commands_answer_to_their_english_names(verb: str, one: object) -> None:
    words = COMMANDS[verb].example.split()
    assert read([verb, *words]) == read([COMMANDS[verb].alias, *words])


def test_a_new_letter_is_written_once(site: Path) -> None:
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


def test_the_report_says_what_was_done_and_how_to_look(site: Path) -> None:
    said = command.run(site).said
    assert "catalyser : 2" in said
    assert "fichiers écrits" in said
    assert "make serve" in said


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


@pytest.mark.parametrize("epoch", ["9" * 15, "9" * 30, "9" * 5000])
def test_a_day_that_no_calendar_has_is_told(
    epoch: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert "SOURCE_DATE_EPOCH" in refusal(capsys, "verifier")


def test_the_profile_says_what_the_time_is_made_of(site: Path) -> None:
    done = command.run(site, "--profil", "--processus", "2")
    assert done.code == 0, done.said
    steps = re.findall(r"^(\w+) +[\d.]+ s +[\d.]+ s +(\d+)%$", done.said, re.MULTILINE)
    order = ["prepare", "discover", "parse", "validate", "assemble", "plan", "verify", "render"]
    assert [step for step, _ in steps] == [*order, "write"]
    assert sum(int(share) for _, share in steps) == pytest.approx(100, abs=len(steps))
