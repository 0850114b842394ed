"""Hours of events are those of their place; where it is not known, a doubt is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.problems import Level, Problem
from maille.schema.event import Occasion
from tests.building import build
from tests.small_site import write_small_site

HEAD = "---\ntitre: Rencontre\ndate: 2026-12-12\nheure: 18h\ntype: rencontre-annuelle\nresume: r"
SOURCES = "sources:\n  - {titre: Un document d'essai}\n---\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_site(tmp_path_factory.mktemp("site"), templates=False)


def write_event(root: Path, *lines: str) -> Path:
    path = root / "content/evenements/essai.md"
    path.write_text("\n".join((HEAD, *lines, SOURCES)), encoding="utf-8")
    return path


def look(root: Path) -> tuple[str, list[Problem]]:
    """Return the time zone of the event, and what is told of it."""
    report = build(root, root / "output", views=(), publish=False)
    assert report.site
    entry = report.site.find("evenement", "essai")
    assert isinstance(entry, Occasion)
    told = [problem for problem in report.problems if "essai.md" in problem.path]
    return report.site.zone_of(entry), told


def tell(root: Path) -> list[Problem]:
    report = build(root, root / "output", views=(), publish=False)
    return [problem for problem in report.problems if "essai.md" in problem.path]


@pytest.mark.parametrize(
    ("lines", "zone"),
    [
        (['departement: "974"'], "Indian/Reunion"),
        (['departement: "971"'], "America/Guadeloupe"),
        (['departement: "972"'], "America/Martinique"),
        (['departement: "973"'], "America/Cayenne"),
        (['departement: "976"'], "Indian/Mayotte"),
        (["commune: Fort-de-France"], "America/Martinique"),
        (["code_insee: 97411"], "Indian/Reunion"),
        (['departement: "80"'], "Europe/Paris"),
        (["lieu: En ligne"], "Europe/Paris"),
        (['departement: "974"', "fuseau: Europe/Paris"], "Europe/Paris"),
        (["fuseau: La Réunion"], "Indian/Reunion"),
    ],
)
def test_an_event_is_at_the_hour_of_its_place(root: Path, lines: list[str], zone: str) -> None:
    write_event(root, *lines)
    assert look(root) == (zone, [])


@pytest.mark.parametrize(
    ("lines", "zone"),
    [
        (["catalyseurs: [second]"], "Indian/Reunion"),
        (["lieu: Mairie de Cayenne"], "America/Cayenne"),
        (["lieu: Espace culturel, La Réunion"], "Indian/Reunion"),
        (["lieu: Nouméa"], "Pacific/Noumea"),
    ],
)
def test_a_doubt_on_the_zone_is_told_with_the_line_that_ends_it(
    root: Path, lines: list[str], zone: str
) -> None:
    path = write_event(root, *lines)
    (problem,) = tell(root)
    assert (problem.level, problem.line, problem.key) == (Level.WARNING, 4, "heure")
    assert problem.hint.startswith(f"ajoutez fuseau: {zone}")
    path.write_text(path.read_text().replace("heure: 18h", f"heure: 18h\nfuseau: {zone}"))
    assert look(root) == (zone, [])


@pytest.mark.parametrize(
    "lines",
    [
        ["lieu: Salle de réunion"],
        ["lieu: La réunion se tient en ligne"],
        ["catalyseurs: [premier]"],  # in Dijon
        ["catalyseurs: [premier, second]"],  # one is in Dijon
        ["catalyseurs: [second]", 'departement: "21"'],
        ["lieu: Boulevard de la Guyane", 'departement: "75"'],
    ],
)
def test_nothing_is_told_without_a_reason_to_doubt(root: Path, lines: list[str]) -> None:
    write_event(root, *lines)
    assert tell(root) == []


def test_an_hour_that_the_clocks_of_the_place_skip_is_told(root: Path) -> None:
    path = write_event(root, 'departement: "974"')
    text = path.read_text().replace("2026-12-12", "2026-03-29").replace("18h", "2h30")
    path.write_text(text)
    assert tell(root) == []  # La Réunion never changes its clocks
    path.write_text(text.replace("974", "21"))
    assert [problem.line for problem in tell(root)] == [4]


@pytest.mark.parametrize(
    ("day", "hour", "zone", "count"),
    [
        ("2026-10-25", "2:30", "", 1),
        ("2026-10-25", "3:00", "", 0),
        ("2026-10-25", "1:59", "", 0),
        ("2026-10-25", "2:30", "fuseau: America/Cayenne", 0),
        ("2026-11-01", "1:15", "fuseau: America/Miquelon", 1),
        ("2026-10-24", "2:30", "", 0),
    ],
)
def test_an_hour_that_comes_twice_is_told(
    root: Path, day: str, hour: str, zone: str, count: int
) -> None:
    path = write_event(root, zone)
    text = path.read_text("utf-8").replace("2026-12-12", day).replace("18h", f'"{hour}"')
    path.write_text(text, "utf-8")
    problems = tell(root)
    assert [(one.level, one.key) for one in problems] == [(Level.WARNING, "heure")] * count
    assert all("il est deux fois" in one.message for one in problems)


@pytest.mark.parametrize(
    ("last", "hint"),
    [
        ("2028-01-16", "écrivez jusqu_au: 2027-01-16"),
        ("2028-12-14", "écrivez jusqu_au: 2026-12-14"),
        ("2029-03", "écrivez jusqu_au: 2027-03"),
        ("2028-02-29", "écrivez jusqu_au: …"),
        ("2027-12-12", ""),
        ("2026-12-14", ""),
        ("2028", ""),
    ],
)
def test_an_event_of_more_than_a_year_is_told(root: Path, last: str, hint: str) -> None:
    write_event(root, f"jusqu_au: {last}")
    problems = tell(root)
    assert [one.hint.partition(" ;")[0] for one in problems] == ([hint] if hint else [])
    assert all((one.key, one.level) == ("jusqu_au", Level.WARNING) for one in problems)


def test_the_days_of_a_long_event_are_counted(root: Path) -> None:
    write_event(root, "jusqu_au: 2028-01-15")
    (problem,) = tell(root)
    assert problem.message == (
        "ce rendez-vous dure 400 jours, du 12 décembre 2026 au 15 janvier 2028"
    )
