"""What the day, or another file, contradicts: each is told where it is, and a doubt once said."""

from __future__ import annotations

import pytest

from maille.problems import Level, Problem
from tests.site.test_assemble import catalyser, project
from tests.site.test_same_names import event, news, page, told

WHERE = 'territoires: ["200070969"]'
ORGANISED = "organisateurs: [Les Semeurs]"
WORK = (
    "---\ntitre: T\nterritoire: '200070969'\nsources: [{titre: S}]\n---\n"
    "Un mot.\n\nLes Semeurs et la communauté y travaillent ensemble depuis la mi-2024.\n"
)
EVENT, TEXT = "content/evenements/a.md", "content/territoires/a.md"
PROJECT = "content/projets/p.md"


def only(files: dict[str, str]) -> Problem:
    (problem,) = told(files)
    assert problem.level is Level.WARNING
    return problem


def test_an_event_before_the_work_that_it_belongs_to() -> None:
    lines = (ORGANISED, WHERE, "departement: '80'")
    problem = only({EVENT: event("S", *lines, "date: 2024-06-05"), TEXT: WORK})
    assert (problem.path, problem.key) == (EVENT, "date")
    assert "« depuis la mi-2024 » (content/territoires/a.md, ligne 8)" in problem.message
    assert "date_a_verifier" in problem.hint
    said = event("S", *lines, "date: 2024-06-05", "date_a_verifier: La source le dit.")
    for right in (
        event("S", *lines, "date: 2024-09-05"),
        said,
        event("S", WHERE, "departement: '80'", "organisateurs: [Un autre]", "date: 2024-06-05"),
    ):
        assert told({EVENT: right, TEXT: WORK}) == []


def test_an_event_before_the_project_that_it_names() -> None:
    begun = project("P").replace("resume: r", "resume: Un lieu ouvert en 2022.")
    problem = only({PROJECT: begun, EVENT: event("S", "date: 2021", "projets: [p]")})
    assert "« ouvert en 2022 » (content/projets/p.md)" in problem.message
    assert told({PROJECT: begun, EVENT: event("S", "date: 2022", "projets: [p]")}) == []


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        (("2023-11-20", "2021", "2021"), "3 chiffres datent de plus de trois ans (2021)"),
        (("2023-10",), "ce chiffre date de plus de trois ans (octobre 2023)"),
        (("2023-11-22", "2023", "2023-11"), ""),
    ],
)
def test_figures_age(dates: tuple[str, ...], message: str) -> None:
    items = [
        f'  - {{valeur: "{n}", libelle: l, date: {d}, source: S}}' for n, d in enumerate(dates)
    ]
    problems = told({"catalysers/a.md": catalyser("A", "chiffres:", *items)})
    assert [one.message for one in problems] == [message] * bool(message)
    if problems:
        assert problems[0].line == 7 + dates.index(min(dates, key=lambda one: one[:4]))


def test_a_lasting_text_is_read_today_and_an_article_on_its_day() -> None:
    body = "Un.\n\nLa prochaine réunion est le 17 juin 2024."
    lasting = page("A").removesuffix("a") + body
    problem = only({"content/pages/a.md": lasting})
    assert (problem.line, problem.column) == (7, 4)
    article = news("A", "date: 2024-05-02").removesuffix("a") + body
    assert told({"content/actualites/a.md": article}) == []


def test_a_key_may_announce_what_is_past() -> None:
    step = "annonces: [{texte: Le prochain comité est le 17 juin 2024.}]"
    problem = only({PROJECT: project("P", step)})
    assert (problem.key, problem.line) == ("annonces[1].texte", 5)
    problem = only({EVENT: event("Prochaine rencontre", "date: 2024-05-02")})
    assert (problem.key, problem.line) == ("titre", 2)
    assert told({EVENT: event("Prochaine rencontre", "date: 2027-05-02")}) == []


def test_next_month_in_a_past_event_is_past() -> None:
    text = event("S", "date: 2024-05-02").removesuffix("a") + "La suite vient le mois prochain."
    assert "dans un texte du 2 mai 2024" in only({EVENT: text}).message
