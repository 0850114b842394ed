"""The command, as a person or a machine runs it."""

from __future__ import annotations

import errno
import functools
import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from build import KINDS
from maille import cli
from maille.cli import preview_command
from maille.cli.arguments import COMMANDS
from maille.preview import session
from maille.preview.server import find_free_port
from tests import command
from tests.building import ROOT, SMALL, rewrite
from tests.doses import LATE_STEP
from tests.small_site import write_small_site

# In one process: others would only cost their start.
ALONE = ("--processus", "1")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_small_site(tmp_path / "site")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from maille.cli import run\n"
        "try: run((), (), ['--help'])\n"
        "except SystemExit: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "construit le site" in done.stdout
    assert not {"pydantic", "jinja2", "folium", "markdown", "yaml"} & set(done.stdout.split())


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


def test_the_list_published_last_is_that_of_the_output_or_the_given_one(
    tmp_path: Path, site: Path
) -> None:
    assert command.run(site).code == 0
    shutil.copy(site / "output/adresses.txt", tmp_path / "en-ligne.txt")
    (site / "catalysers/second.md").unlink()
    given: list[str | Path] = ["--output", tmp_path / "b", "--publie", tmp_path / "en-ligne.txt"]
    for options in ([], given):
        done = command.run(site, "verifier", *options)
        assert done.code == 1
        assert "catalysers/second.md n'est plus là" in done.said
    assert command.run(site, "verifier", "--output", tmp_path / "b").code == 0


def test_our_own_bug_shows_a_traceback_and_exits_70(site: Path) -> None:
    rewrite(site / "templates/page.html", "{{ 1 / 0 }}")
    done = command.run(site)
    assert done.code == 70
    assert "Traceback" in done.said
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


def test_the_console_script_runs_the_build_of_a_folder_which_tells_that_it_has_no_site(
    tmp_path: Path,
) -> None:
    (tmp_path / "vide").mkdir()
    command.write_script(tmp_path / "vide")
    script = Path(sys.executable).with_name("maille")
    done = subprocess.run(
        [script, "verifier", "--root", "vide"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 3
    assert "vide/site.toml » n'existe pas" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("verb", "on_stdout"), [("verifier", True), ("check", True), ("construire", False)]
)
def test_what_a_check_finds_is_its_result(
    site: Path, capsys: pytest.CaptureFixture[str], verb: str, on_stdout: bool
) -> None:
    (site / "catalysers/premier.md").write_text("---\nnom: Premier\n---\n", "utf-8")
    with pytest.raises(SystemExit) as left:
        sys.exit(cli.run(KINDS, SMALL, [verb, "--root", str(site), *ALONE]))
    done = capsys.readouterr()
    assert left.value.code == 1
    told, silent = (done.out, done.err) if on_stdout else (done.err, done.out)
    assert "catalysers/premier.md" in told
    assert "sont à corriger" in told
    assert silent == ""


def test_source_date_epoch_is_today(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def list_held() -> set[str]:
        cli.run(KINDS, SMALL, ["verifier", "--root", str(site), "--json", *ALONE])
        return {one["path"] for one in json.loads(capsys.readouterr().out)["held"]}

    letter = site / "newsletters/2024-05.md"
    text = letter.read_text(encoding="utf-8").replace("titre:", "publie_le: 2026-02-01\ntitre:", 1)
    letter.write_text(text, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769817600")  # 2026-01-31
    assert list_held() == {"newsletters/2024-05.md", "catalysers/brouillon.md"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    assert list_held() == {"catalysers/brouillon.md"}


def test_the_profile_says_what_the_time_is_made_of(site: Path) -> None:
    done = command.run(site, "--profil", "--processus", "2")
    assert done.code == 0, done.said
    steps = re.findall(r"^(\w+) +[\d.]+ s +[\d.]+ s +(\d+)%$", done.said, re.MULTILINE)
    order = ["prepare", "discover", "parse", "validate", "assemble", "plan", "verify", "render"]
    assert [step for step, _ in steps] == [*order, "write"]
    assert sum(int(share) for _, share in steps) == pytest.approx(100, abs=len(steps))


# Runs build.py, and presses Ctrl+C when a module is imported for the first time.
INTERRUPTED = """
import builtins, runpy, signal, sys
script, name, sys.argv = sys.argv[1], sys.argv[2], sys.argv[1:2] + sys.argv[3:]
signal.signal(signal.SIGINT, signal.default_int_handler)
imported = builtins.__import__
def press(asked, *others, **named):
    if asked == name:
        builtins.__import__ = imported
        signal.raise_signal(signal.SIGINT)
    return imported(asked, *others, **named)
builtins.__import__ = press
runpy.run_path(script, run_name="__main__")
print("never interrupted")
"""
VERBS = {
    "construire": [], "verifier": [], "servir": ["--port", "1"],
    "nouveau": ["lettre", "2026-12"], "relire": ["2024-05"], "lettre": ["2024-05"],
    "sceller": ["2024-05"], "corriger": ["m.txt"], "importer": ["a.csv"], "exporter": ["a.csv"],
    "renommer": ["second", "neuf"], "retirer": ["second"], "effacer": ["Une personne"],
}  # fmt: skip


def press_at(module: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", INTERRUPTED, ROOT / "build.py", module, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize(
    "module",
    [
        *("maille.cli", "argparse", "maille.cli.arguments", "maille.text.suggestions"),
        *("maille.pipeline", "pydantic", "pydantic_core", "jinja2", "frontmatter.default_handlers"),
    ],
)
def test_ctrl_c_while_modules_load_ends_in_silence(site: Path, module: str) -> None:
    done = press_at(module, "--root", site)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    assert not (site / "output").exists()


# While the first module of a build loads and, for one in so many, while one of the last does.
FIRST, LAST = "maille.pipeline", "maille.formats.icalendar"
MODULES = itertools.cycle([*[FIRST] * (LATE_STEP - 1), LAST])


@pytest.mark.parametrize(("verb", "module"), [*zip(VERBS, MODULES, strict=False)])
def test_ctrl_c_ends_each_command_in_silence(site: Path, verb: str, module: str) -> None:
    """As above, in a fork: what is slow to load is there, the rest is loaded once more."""

    def press() -> int:
        for name in list(sys.modules):
            if name.startswith("maille") and not name.startswith(("maille.kinds", "maille.schema")):
                del sys.modules[name]
        script = str(ROOT / "build.py")
        sys.argv = ["-c", script, module, verb, *VERBS[verb], "--root", str(site)]
        exec(INTERRUPTED, {})
        return 0

    done = command.fork(press).wait()
    assert (done.code, done.said) == (130, "")


def test_every_command_is_tried() -> None:
    assert [*VERBS] == [*COMMANDS]


def test_a_command_that_ignores_ctrl_c_goes_on(site: Path) -> None:
    text = INTERRUPTED.replace("signal.default_int_handler", "signal.SIG_IGN")
    done = subprocess.run(
        [sys.executable, "-c", text, command.write_script(site), "pydantic", "verifier", *ALONE],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "Tout est en ordre" in done.stdout


def test_ctrl_c_stops_the_preview_in_silence(site: Path) -> None:
    port = str(find_free_port(18472))
    with subprocess.Popen(
        [sys.executable, command.write_script(site), "servir", "--port", port, *ALONE],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that are started in the background of a shell ignore Ctrl+C, and so would this.
        preexec_fn=functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as running:
        assert running.stdout
        while "à l'adresse" not in running.stdout.readline():
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=300)
        assert (running.returncode, out, err) == (130, "", "")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.EADDRINUSE, "Le port 8000 est pris : essayez --port "),
        (errno.EACCES, "Le port 8000 est réservé au système : essayez --port "),
        (errno.EADDRNOTAVAIL, "Le port 8000 ne s'ouvre pas ("),
        (errno.EMFILE, "Le port 8000 ne s'ouvre pas ("),
    ],
)
def test_a_port_that_does_not_open_is_told_for_what_it_is(
    site: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(session, "make_server", fail)
    done = command.run(site, "servir")
    assert done.code == 3
    assert said in done.said
    assert "est pris" not in done.said or code == errno.EADDRINUSE


def test_what_fails_while_serving_is_no_matter_of_port(site: Path) -> None:
    def fail(*_args: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    done = command.run(
        site, "servir", "--port", "18474", before=lambda: setattr(preview_command, "serve", fail)
    )
    assert done.code == 3
    assert "port" not in done.said.splitlines()[-1]


def test_the_last_port_proposes_one_that_exists(site: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65535))
        taken.listen()
        done = command.run(site, "servir", "--port", "65535")
    assert done.code == 3
    assert "essayez --port 8000." in done.said
