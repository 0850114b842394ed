"""An entry that waits for its day is checked as of that day; today is 21 November 2026."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from maille.problems import Level
from maille.publish.report import Report
from tests.building import CHECKED, build
from tests.leaving import write_lines
from tests.small_site import write_small_site

NEWS = "content/actualites/a-venir.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_site(tmp_path, templates=False)


def write_news(root: Path, *lines: str, body: str = "", name: str = "a-venir") -> None:
    """Write a piece of news that waits until 1 December 2026, unless `lines` say otherwise."""
    day = () if any(line.startswith("publie_le") for line in lines) else ("publie_le: 2026-12-01",)
    text = "\n".join(
        (
            *("---", f"titre: Nouvelle {name}", "resume: Elle paraîtra.", "acteur: acteur-d-essai"),
            *(*day, *lines),
            "sources: [{titre: Un document d'essai, date: 2023-04-13}]",
            *("---", "Du neuf.", body, ""),
        )
    )
    (root / f"content/actualites/{name}.md").write_text(text, "utf-8")


def check(root: Path, day: str = "2026-11-21") -> Report:
    today = datetime.date.fromisoformat(day)
    return build(root, root / "output", views=CHECKED, publish=False, today=today)


def list_levels(root: Path, day: str = "2026-11-21") -> list[tuple[str, Level]]:
    return [(problem.path, problem.level) for problem in check(root, day).problems]


# --- Right on its day ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["date: 2026-12-01", "date: 2026-11-28", "mise_a_jour: 2026-11-30", "projets: [essai]"],
)
def test_what_will_be_right_that_day_is_right_now(root: Path, line: str) -> None:
    write_news(root, line)
    assert list_levels(root) == []
    assert list_levels(root, "2026-12-01") == []


def test_it_may_name_and_link_to_what_is_published_before_it(root: Path) -> None:
    write_news(root, "publie_le: 2026-11-25", name="avant")
    write_news(root, body="Voir [avant](/actualites/avant/).")
    letter = (
        "---\nmois: 2026-12\ntitre: Lettre\npublie_le: 2026-12-02\nactualites: [avant, a-venir]"
    )
    (root / "newsletters/2026-12.md").write_text(f"{letter}\n---\nUn mot.\n", "utf-8")
    assert list_levels(root) == []
    for day in ("2026-11-25", "2026-12-01", "2026-12-02"):
        assert list_levels(root, day) == [], day


# --- Wrong on its day ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "body", "words"),
    [
        (("projets: [pas-la]",), "", "aucune fiche ne s'appelle"),
        (("catalyseurs: [brouillon]",), "", "est un brouillon"),
        ((), "Voir [là](/projets/pas-la/).", "ne mène à aucune page"),
        ((), "Voir [lui](/catalyseurs/brouillon/).", "qui n'est pas publié"),
        (("mise_a_jour: 2026-12-25",), "", "est un jour à venir"),
        (("date: 2026-12-25",), "", "est un jour à venir"),
        ((), "![Une image](/images/pas-la.png)", "n'est pas dans content/images/"),
    ],
)
def test_what_will_be_an_error_that_day_is_one_now(
    root: Path, lines: tuple[str, ...], body: str, words: str
) -> None:
    write_news(root, *lines, body=body)
    (problem,) = check(root).problems
    assert (problem.path, problem.level) == (NEWS, Level.ERROR)
    assert words in problem.message
    (then,) = check(root, "2026-12-01").problems
    assert (then.line, then.message) == (problem.line, problem.message)


def test_what_appears_later_than_it_is_told_with_its_day(root: Path) -> None:
    write_news(root, "publie_le: 2026-12-05", name="apres")
    letter = "---\nmois: 2026-12\ntitre: Lettre\npublie_le: 2026-12-01\nactualites: [apres]"
    letter += "\n---\nUn mot.\n"
    (root / "newsletters/2026-12.md").write_text(letter, "utf-8")
    (problem,) = check(root).problems
    assert (problem.path, problem.level) == ("newsletters/2026-12.md", Level.ERROR)
    assert problem.message == "« apres » ne paraît que le 5 décembre 2026"
    assert problem.hint == "écrivez ici publie_le: 2026-12-05, ou effacez ce renvoi"
    path = root / "newsletters/2026-12.md"
    path.write_text(letter.replace("publie_le: 2026-12-01", "publie_le: 2026-12-05"), "utf-8")
    assert list_levels(root) == []


def test_an_error_that_it_brings_elsewhere_is_told_now(root: Path) -> None:
    write_lines(root, '"/actualites/a-venir/" = {parti_le = 2026-11-20}\n')
    write_news(root)
    (problem,) = check(root).problems
    assert (problem.path, problem.level) == ("content/adresses.toml", Level.ERROR)
    assert "existe encore" in problem.message


def test_a_draft_has_only_warnings(root: Path) -> None:
    write_news(root, "brouillon: oui", "projets: [pas-la]")
    assert list_levels(root) == [(NEWS, Level.WARNING)]


# --- What left meanwhile -------------------------------------------------------------------------


def test_what_left_before_its_day_keeps_it_back_with_a_warning(root: Path) -> None:
    write_news(root, "catalyseurs: [second]")
    (root / "catalysers/second.md").unlink()
    write_lines(root, '"/catalyseurs/second/" = {parti_le = 2026-11-20, nom = "Second d\'essai"}\n')
    for day in ("2026-11-21", "2026-12-01", "2027-01-01"):
        report = check(root, day)
        (problem,) = report.problems
        assert (problem.place, problem.level) == (f"{NEWS}:6:15", Level.WARNING)
        assert "« Second d'essai » est parti le 20 novembre 2026" in problem.message
        assert problem.hint.startswith("effacez ce renvoi")
        assert NEWS in {held.path for held in report.held}
    text = (root / NEWS).read_text("utf-8").replace("catalyseurs: [second]\n", "")
    (root / NEWS).write_text(text, "utf-8")
    assert list_levels(root, "2026-12-01") == []


def test_what_left_after_its_day_keeps_nothing_back(root: Path) -> None:
    write_news(root, "publie_le: 2026-11-10", "catalyseurs: [second]")
    (root / "catalysers/second.md").unlink()
    write_lines(root, '"/catalyseurs/second/" = {parti_le = 2026-11-20, nom = "Second d\'essai"}\n')
    report = check(root)
    assert (report.problems, NEWS in {held.path for held in report.held}) == ((), False)


# --- Events before the letter --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "day", "told"),
    [
        ("2027-02", "publie_le: 2027-02-01", True),
        ("2027-01", "publie_le: 2027-01-15", True),
        ("2027-02", "brouillon: oui", True),
        ("2027-01", "publie_le: 2027-01-14", False),
        ("2027-01", "publie_le: 2027-01-02", False),
        ("2027-01", "brouillon: oui", False),
    ],
)
def test_an_event_before_the_letter_is_told(root: Path, month: str, day: str, told: bool) -> None:
    text = f"---\nmois: {month}\ntitre: Lettre\n{day}\nevenements: [rencontre]\n---\nUn mot.\n"
    (root / f"newsletters/{month}.md").write_text(text, "utf-8")
    found = [problem for problem in check(root).problems if "avant la lettre" in problem.message]
    assert [problem.place for problem in found] == ([f"newsletters/{month}.md:5:14"] * told)
    assert all(problem.level is Level.WARNING for problem in found)


def test_an_announced_event_without_a_date_that_can_be_read_is_told_once(root: Path) -> None:
    event = root / "content/evenements/rencontre.md"
    text = event.read_text("utf-8")
    event.write_text(re.sub(r"(?m)^date: .*", "date: bientôt", text, count=1), "utf-8")
    letter = (
        "---\nmois: 2027-02\ntitre: Lettre\nbrouillon: oui\nevenements: [rencontre]\n---\nUn mot.\n"
    )
    (root / "newsletters/2027-02.md").write_text(letter, "utf-8")
    assert [one.key for one in check(root).problems] == ["date"]


def test_news_of_a_day_to_come_is_told_how_to_wait(root: Path) -> None:
    write_news(root, "publie_le:", "date: 2026-12-24")
    (problem,) = check(root).problems
    assert problem.hint.startswith("ajoutez publie_le: 2026-12-24 ")
    write_news(root, "publie_le: 2026-12-24", "date: 2026-12-24")
    assert list_levels(root) == []


# --- A day that seems wrong ----------------------------------------------------------------------


def hold_event(root: Path, *lines: str) -> None:
    path = root / "content/evenements/rencontre.md"
    text = re.sub(r"(?m)^(?:date|heure|heure_fin|jusqu_au): .*\n", "", path.read_text("utf-8"))
    path.write_text(text.replace("---\n", "\n".join(("---", *lines, "")), 1), "utf-8")
    for other in root.glob("newsletters/*.md"):
        other.unlink()


def list_warnings(root: Path, day: str = "2026-11-21") -> list[tuple[str, str, str]]:
    problems = check(root, day).problems
    assert {one.level for one in problems} <= {Level.WARNING}
    return [(one.place, one.message, one.hint) for one in problems]


@pytest.mark.parametrize(
    ("lines", "ended"),
    [
        (("publie_le: 2026-12-20", "date: 2026-12-12"), "12 décembre 2026"),
        (("publie_le: 2026-12-13", "date: 2026-12-12"), "12 décembre 2026"),
        (("publie_le: 2026-12-20", "date: 2026-12-12", "jusqu_au: 2026-12-14"), "14 décembre 2026"),
        (("publie_le: 2027-01-01", "date: 2026-12"), "31 décembre 2026"),
    ],
)
def test_an_event_that_waits_until_it_is_over_is_told(
    root: Path, lines: tuple[str, ...], ended: str
) -> None:
    hold_event(root, *lines)
    ((place, message, hint),) = list_warnings(root)
    assert place == "content/evenements/rencontre.md:2:12"
    assert message.endswith(f", après le rendez-vous ({ended})")
    assert hint == f"écrivez un jour d'avant le {ended}, ou effacez publie_le"


@pytest.mark.parametrize(
    "lines",
    [
        ("publie_le: 2026-12-12", "date: 2026-12-12"),
        ("publie_le: 2026-12-13", "date: 2026-12-12", "jusqu_au: 2026-12-14"),
        ("publie_le: 2026-11-01", "date: 2026-10-12"),
        ("publie_le: 2027-11-22", "date: 2027-12"),
    ],
)
def test_an_event_that_is_announced_before_its_end_is_not_told(
    root: Path, lines: tuple[str, ...]
) -> None:
    hold_event(root, *lines)
    assert list_warnings(root) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2062-12-20", "2026-12-20"),
        ("2036-01-05", "2027-01-05"),
        ("2027-11-23", "2026-11-23"),
        ("2028-02-29", "2026-11-21"),
    ],
)
def test_a_wait_of_more_than_a_year_is_told(root: Path, typed: str, meant: str) -> None:
    write_news(root, f"publie_le: {typed}")
    ((place, message, hint),) = list_warnings(root)
    assert place == f"{NEWS}:5:12"
    assert message.endswith(", dans plus d'un an")
    assert hint == f"écrivez publie_le: {meant} si l'année est fausse ; sinon, laissez"
