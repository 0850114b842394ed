"""Two records of one name: what tells them apart, and what is said when nothing does."""

from __future__ import annotations

import datetime

import pytest

from maille import kinds
from maille.content.documents import SourceFile
from maille.content.parse import parse
from maille.problems import Level, Problem
from maille.schema.validate import validate
from maille.site.assemble import BuildInputs, assemble
from tests.site.test_assemble import FRAME, RELATIONS, catalyser, letter, project

KINDS = kinds.load(
    (
        "vocabulaire",
        "catalyser",
        "projet",
        "actualite",
        "evenement",
        "page",
        "newsletter",
        "territoire",
    )
)
LISTS = {
    **RELATIONS,
    "content/vocabulaires/acteurs.yaml": "nom: A\ntermes: [{cle: a, nom: A}]\n",
    "content/vocabulaires/types-d-evenement.yaml": "nom: T\ntermes: [{cle: t, nom: T}]\n",
}
AMIENS = "commune: Amiens\ndepartement: '80'"
LILLE = "commune: Lille\ndepartement: '59'"


def told(files: dict[str, str], *, right: bool = True) -> list[Problem]:
    sources = [SourceFile(path, text.encode()) for path, text in (LISTS | files).items()]
    documents, early = parse(sources)
    validated = validate(documents, KINDS)
    assert not right or not (*early, *validated.problems)
    frame = BuildInputs(FRAME.config, KINDS, FRAME.gazetteer, datetime.date(2026, 11, 21))
    _, problems = assemble(validated, (), frame)
    return [one for one in problems if one.path != "site.toml"]


def news(title: str, *lines: str) -> str:
    needed = ("titre: " + title, "resume: r", "acteur: a", "sources: [{titre: S}]")
    return "\n".join(["---", *needed, *lines, "---", "a"])


def event(title: str, *lines: str) -> str:
    needed = ("titre: " + title, "resume: r", "type: t", "sources: [{titre: S}]")
    return "\n".join(["---", *needed, *lines, "---", "a"])


def page(title: str) -> str:
    return f"---\ntitre: {title}\nresume: r\n---\na"


def pair(folder: str, one: str, other: str) -> dict[str, str]:
    return {f"{folder}/a.md": one, f"{folder}/b.md": other}


def test_two_records_have_two_identifiers() -> None:
    one, other = (catalyser(name, "identifiant: A-12") for name in ("Un", "Vingt"))
    [problem] = told(pair("catalysers", one, other))
    assert (problem.path, problem.key, problem.level) == (
        *("catalysers/b.md", "identifiant"),
        Level.ERROR,
    )
    assert "catalysers/a.md" in problem.message


C, A, E, P = "catalysers", "content/actualites", "content/evenements", "content/pages"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            pair(C, catalyser("L'Été", AMIENS), catalyser("l’ete", AMIENS)),
            "à Amiens, « l’ete » a déjà une fiche : catalysers/a.md",
        ),
        (
            pair(A, news("Du neuf", "date: 2024-05-02"), news("Du neuf", "date: 2024-05-02")),
            "« Du neuf » a déjà une fiche : content/actualites/a.md",
        ),
        (
            pair(A, news("Du neuf"), news("du\u00a0neuf")),
            "« du\u00a0neuf » a déjà une fiche : content/actualites/a.md",
        ),
        (
            pair(E, event("Fête", "date: 2024-05-02"), event("Fête", "date: 2024-05-02")),
            "« Fête » a déjà une fiche : content/evenements/a.md",
        ),
        (
            pair(E, event("Fête", "date: 2024", AMIENS), event("Fête", "date: 2024", AMIENS)),
            "à Amiens, « Fête » a déjà une fiche : content/evenements/a.md",
        ),
        (
            pair(P, page("Qui sommes-nous"), page("Qui sommes-nous")),
            "« Qui sommes-nous » a déjà une fiche : content/pages/a.md",
        ),
    ],
)
def test_one_name_twice_is_an_error(files: dict[str, str], message: str) -> None:
    (problem,) = told(files)
    assert problem.path.endswith("/b.md")
    assert (problem.level, problem.line, problem.message) == (Level.ERROR, 2, message)
    assert problem.key in {"nom", "titre"}


@pytest.mark.parametrize(
    ("files", "hint"),
    [
        (pair(C, catalyser("Essai"), catalyser("Essai")), "ajoutez la commune"),
        (pair(C, catalyser("Essai", AMIENS), catalyser("Essai")), "ajoutez la commune"),
        (pair(C, catalyser("Essai", AMIENS), catalyser("Essai", "departement: '80'")), "commune"),
        (pair(A, news("Neuf", "date: 2024-05-02"), news("Neuf")), "ajoutez la date"),
        (
            pair(E, event("Fête", "date: 2024-05-02"), event("Fête", "date: 2024-05-02", AMIENS)),
            "ajoutez la commune",
        ),
    ],
)  # fmt: skip
def test_what_may_be_two_things_is_a_warning(files: dict[str, str], hint: str) -> None:
    (problem,) = told(files)
    assert problem.level is Level.WARNING
    assert hint in problem.hint


@pytest.mark.parametrize(
    "files",
    [
        pair(C, catalyser("Essai", AMIENS), catalyser("Essai", LILLE)),
        pair(C, catalyser("Essai", AMIENS), catalyser("Essai", "departement: '59'")),
        pair(A, news("Bilan", "date: 2024"), news("Bilan", "date: 2025")),
        pair(E, event("Fête", "date: 2024-05-02"), event("Fête", "date: 2025-05-02")),
        pair(E, event("Fête", "date: 2024", AMIENS), event("Fête", "date: 2024", LILLE)),
        {f"newsletters/{month}.md": letter(month) for month in ("2024-05", "2024-06")},
        {f"{C}/a.md": catalyser("Essai"), f"{P}/a.md": page("Essai")},
    ],
)  # fmt: skip
def test_homonyms_that_are_told_apart_are_right(files: dict[str, str]) -> None:
    assert told(files) == []


@pytest.mark.parametrize(
    "files",
    [
        pair(A, news("Bilan", "date: 2024-05-01 12:00"), news("Bilan", "date: 2025-05-01 9:00")),
        pair(A, news("Bilan", "date: 2024-05-01"), news("Bilan", "date: hier")),
        pair(E, event("Fête", "date: 2024-02-30"), event("Fête", "date: 2025-02-30")),
        pair(C, catalyser("Essai", "commune: Amienz\ndepartement: '80'"), catalyser("Essai")),
        pair(C, catalyser("Essai", AMIENS), catalyser("Essai", "code_insee: '99999'")),
    ],
)  # fmt: skip
def test_what_a_refused_date_or_commune_may_tell_apart_is_not_told(files: dict[str, str]) -> None:
    assert not [one for one in told(files, right=False) if "déjà une fiche" in one.message]


def test_names_of_projects_are_checked_with_their_past() -> None:
    former = "anciens_noms: [{nom: Essai}]"
    (problem,) = told(pair("content/projets", project("Essai"), project("Autre", former)))
    assert "est aussi un nom du projet de content/projets/b.md" in problem.message


def test_each_file_is_told_once() -> None:
    files = {f"{C}/{name}.md": catalyser("Essai", AMIENS) for name in "abc"}
    problems = told(files | {f"{C}/d.md": catalyser("Essai", LILLE)})
    assert [one.path for one in problems] == [f"{C}/b.md", f"{C}/c.md"]
