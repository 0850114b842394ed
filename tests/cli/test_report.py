"""The report of a build, for a person and for a program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from maille.cli.report import convert_to_data, format_needs, format_problems, format_report
from maille.problems import Level, Problem
from maille.publish.report import Report
from maille.publish.write import Published
from maille.site.model import Held
from maille.views.opening import Need
from tests import command
from tests.small_site import write_small_site

ERROR = Problem("catalysers/a.md", "le nom manque", "écrivez nom: …", line=3, column=7, key="nom")
WARNING = Problem("catalysers/b.md", "rien à dire", level=Level.WARNING)


def told(*problems: Problem, **keys: Any) -> str:
    return format_report(Report(problems, **keys), 1.25, Path("output"))


def test_the_report_says_what_was_done_and_how_to_look(tmp_path: Path) -> None:
    said = command.run(write_small_site(tmp_path / "site")).said
    assert "catalyser : 2" in said
    assert "fichiers écrits" in said
    assert "make serve" in said


def test_a_problem_is_told_at_its_place_with_what_to_type() -> None:
    assert [*format_problems([ERROR, WARNING])] == [
        "catalysers/a.md:3:7  le nom manque",
        "    → écrivez nom: …",
        "catalysers/b.md  Attention : rien à dire",
    ]


@pytest.mark.parametrize(
    ("errors", "words"), [(1, "1 chose est à corriger"), (2, "2 choses sont à corriger")]
)
def test_after_an_error_the_last_line_says_that_nothing_changed(errors: int, words: str) -> None:
    said = told(*[ERROR] * errors, WARNING, counts={"page": 3}, faulty=(ERROR.path,))
    assert said.splitlines()[-1].startswith(f"{words} ; rien n'a été écrit")
    assert "page : 3" not in said


def test_warnings_are_counted_and_those_marked_seen_apart() -> None:
    lines = told(ERROR, WARNING, WARNING).splitlines()
    assert "2 avertissements." in lines
    lines = told(WARNING, seen=(WARNING,)).splitlines()
    assert lines[-3:-1] == ["1 avertissement.", "1 autre est marqué « vu », et pas redit."]
    assert "avertissement" not in told(ERROR).split("fichiers lus")[1]
    assert convert_to_data(Report((), seen=(WARNING,)), 1)["seen"][0]["path"] == WARNING.path


def test_errors_out_of_the_files_counted_are_placed() -> None:
    settings = Problem("site.toml", "une faute")
    template = Problem("templates/a.html", "une faute")
    last = told(settings, counts={"page": 3}).splitlines()[-1]
    assert last.startswith("1 chose est à corriger (dans site.toml) ; rien n'a été écrit")
    last = told(ERROR, settings, template, faulty=(ERROR.path,)).splitlines()[-1]
    assert last.startswith("3 choses sont à corriger (dont site.toml et templates/a.html) ; rien")


def test_a_published_site_is_told_in_numbers() -> None:
    said = told(counts={"projet": 2, "page": 3}, published=Published(4, 5, 6)).splitlines()
    assert "page : 3, projet : 2." in said
    assert not any("exemple" in line for line in said)
    assert "4 fichiers écrits, 5 inchangés, 6 retirés, en 1.2 s, dans output/." in said


@pytest.mark.parametrize(
    ("count", "words"), [(1, "Et 1 fiche d'exemple,"), (322, "Et 322 fiches d'exemple,")]
)
def test_examples_that_no_file_holds_are_counted_apart(count: int, words: str) -> None:
    said = told(counts={"page": 3}, examples=count)
    assert f"page : 3.\n{words} sans fichier (exemples, dans site.toml).\n" in said
    assert convert_to_data(Report((), examples=count), 0)["examples"] == count


def test_a_check_lists_what_is_still_unknown_a_file_a_line() -> None:
    unknowns = (("a.md", "le nom"), ("a.md", "la date"), ("b.md", "le lieu"))
    said = told(unknowns=unknowns)
    assert "  a.md : le nom, la date\n  b.md : le lieu\n" in said
    assert "Tout est en ordre" in said
    assert "À compléter" not in told(unknowns=unknowns, published=Published(1, 0, 0))


def test_every_file_that_was_read_has_its_fate() -> None:
    known = {
        "read": 10,
        "counts": {"page": 4, "projet": 2},
        "held": (Held("c.md", "brouillon"),),
        "ignored": (("d.md", "inconnu"), ("e.md", "inconnu")),
        "faulty": ("a.md",),
    }
    said = told(ERROR, **known)
    assert (
        "10 fichiers lus : 6 retenus pour le site, 1 en attente, 2 laissés de côté, 1 à corriger."
    ) in said
    assert "  en attente : c.md (brouillon)\n" in said
    assert "  laissé de côté : d.md (inconnu)\n" in said
    files = convert_to_data(Report((ERROR,), **known), 0)["files"]  # type: ignore[arg-type]
    assert files.pop("lus") == sum(files.values())


@pytest.mark.parametrize("sign", ["\x1b[2J", "\u202e", "\u2028", "\x07", "\udcff"])
def test_no_file_name_controls_the_terminal(sign: str) -> None:
    said = told(Problem(f"catalysers/{sign}.md", "m", line=1), read=1)
    assert sign[0] not in said
    assert sign[0].encode("unicode_escape").decode() in said


def test_data_survive_json_and_say_what_a_program_acts_on() -> None:
    report = Report((ERROR, WARNING), held=(Held("c.md", "brouillon"),), unknowns=(("a", "b"),))
    data = convert_to_data(report, 1.23456)
    assert json.loads(json.dumps(data)) == data
    assert data["ok"] is False
    assert data["seconds"] == 1.235
    first, second = data["problems"]
    assert (first["path"], first["line"], first["column"]) == ("catalysers/a.md", 3, 7)
    assert (first["level"], second["level"]) == ("erreur", "avertissement")
    assert (data["published"], data["held"][0]["reason"]) == (None, "brouillon")


def test_a_warning_alone_is_good() -> None:
    assert convert_to_data(Report((WARNING,)), 0)["ok"] is True


def test_what_remains_before_opening_is_said_with_what_to_type() -> None:
    need = Need("site.toml", "editeur", "qui publie", 'ajoutez editeur = "…"', required=True)
    wanted = Need("a.md", "verifie_le", "une fiche", "demandez")
    assert list(format_needs([need, wanted])) == [
        "",
        "Pour ouvrir, il faut :",
        "  site.toml (editeur) : qui publie",
        '    → ajoutez editeur = "…"',
        "Et il vaut mieux :",
        "  a.md (verifie_le) : une fiche",
        "    → demandez",
    ]
    assert 'écrivez etat = "public"' in list(format_needs([]))[-1]
