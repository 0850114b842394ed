"""The parser speaks French: its help, its mistakes, and what it proposes."""

from __future__ import annotations

import pytest

from maille.cli.french_parser import FrenchParser


def make_parser() -> FrenchParser:
    parser = FrenchParser(prog="programme", epilog="Par exemple : programme --port 8000")
    parser.add_options({"mot": {"help": "un mot"}, "--port": {"type": int, "help": "un port"}})
    return parser


def test_the_help_has_two_groups() -> None:
    text = make_parser().format_help()
    assert "à écrire\N{NBSP}:\n  mot" in text
    assert "montre cette aide" in text
    assert text.startswith("Usage : programme")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "il manque : mot"),
        (["a", "--port"], "« --port » attend une valeur"),
        (["a", "--port", "b"], "« --port » : "),
    ],
)
def test_mistakes_are_said_with_an_example(
    typed: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args(typed)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith(said)
    assert "Par exemple : programme --port 8000\nPour voir l'aide : programme --help" in told
