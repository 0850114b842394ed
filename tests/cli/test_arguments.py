"""The words of a command line, as they are understood or refused, in French."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from maille.cli.arguments import COMMANDS, Arguments, read
from maille.cli.options import ARGUMENTS


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what is said of arguments that are refused."""
    with pytest.raises(SystemExit) as stopped:
        read(arguments)
    assert stopped.value.code == 2
    return capsys.readouterr().err


# What is typed without an option, and shown under its French name.
WORDS = tuple(name for name in ARGUMENTS if not name.startswith("-"))


@pytest.mark.parametrize("arguments", [[], *([verb] for verb in COMMANDS)], ids=" ".join)
def test_help_is_in_french(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        read([*arguments, "--help"])
    assert not stopped.value.code
    said = capsys.readouterr().out
    assert said.startswith(" ".join(["Usage : python build.py", *arguments]))
    assert not re.search("usage:|arguments|show this|exit|default|optional", said)
    for name in COMMANDS[arguments[0]].arguments if arguments else COMMANDS:
        assert name in said or name in (*WORDS, "--annotations")


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
        (["--base-url", "ftp://exemple.fr"], "écrivez https://exemple.fr/"),
        (["--sortie", "X"], "« --sortie » n'est pas une option de « construire »"),
        (["--sortie", "X"], "vouliez-vous dire « --output » ?"),
        (["--sortie", "X", "verifier"], "« --sortie » n'est pas une option de « verifier »"),
        (["verifier", "--sortie", "X"], "« --sortie » n'est pas une option de « verifier »"),
        (["--racine", "X"], "vouliez-vous dire « --root » ?"),
        (["--ouput", "X"], "vouliez-vous dire « --output » ?"),
        (["--vite", "servir"], "« --vite » n'est pas une option de « servir »\n"),
        (["nouveau"], "Par exemple : python build.py nouveau lettre 2026-12"),
        (["nouveau", "lettre"], "il manque : AAAA-MM"),
        (["nouveau", "fiche", "2026-12"], "« fiche » n'est pas compris"),
        (["nouveau", "lettre", "décembre"], "« décembre » n'est pas une lettre"),
        (["lettre", "2026-13"], "« 2026-13 » : il n'y a pas de mois 13"),
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
            "nouveau", root=Path("a"), kind="lettre", letter="2026-12")),
        ("new --root a lettre --profil 2026-12", Arguments(
            "nouveau", root=Path("a"), profile=True, kind="lettre", letter="2026-12")),
        ("lettre --pdf 2026-12 --brouillons", Arguments(
            "lettre", pdf=True, drafts=True, letter="2026-12")),
        ("--port 80 servir", Arguments("servir", port=80)),
        ("--processus 2 relire 2026-12", Arguments("relire", letter="2026-12", processes=2)),
    ],
)  # fmt: skip
def test_options_stand_before_or_after_the_command(
    typed: str, understood: Arguments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert read(typed.split()) == understood


@pytest.mark.parametrize(("verb", "one"), COMMANDS.items(), ids=COMMANDS)
def test_commands_answer_to_their_english_names(verb: str, one: object) -> None:
    words = shlex.split(COMMANDS[verb].example)
    assert read([verb, *words]) == read([COMMANDS[verb].alias, *words])


@pytest.mark.parametrize("epoch", ["9" * 15, "9" * 30, "9" * 5000])
def test_a_day_that_no_calendar_has_is_told(
    epoch: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert "SOURCE_DATE_EPOCH" in refusal(capsys, "verifier")
