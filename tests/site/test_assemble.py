from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maille import kinds
from maille.content.documents import SourceFile
from maille.content.folders import find_owner
from maille.content.parse import parse
from maille.pipeline import load_gazetteer
from maille.problems import Level, Problem, select_errors, sort_problems
from maille.schema.validate import validate
from maille.site.assemble import BuildInputs, assemble
from maille.site.config import read_config
from maille.site.model import Site
from maille.site.place import Precision
from tests.building import SITE
from tests.doses import SITES

KINDS = kinds.load(("vocabulaire", "catalyser", "projet", "newsletter", "page"))
TODAY = datetime.date(2026, 11, 21)
RELATIONS = {"content/vocabulaires/relations.yaml": "nom: R\ntermes: [{cle: cite, nom: C}]\n"}
GAZETTEER = load_gazetteer()
CONFIG, _ = read_config(SourceFile("site.toml", (SITE / "site.toml").read_bytes()))
assert CONFIG
FRAME = BuildInputs(CONFIG, KINDS, GAZETTEER, TODAY)


def build(files: dict[str, str], *, drafts: bool = False) -> tuple[Site, tuple[Problem, ...]]:
    """Assemble the files, with a list of relations; the problems are those of every step."""
    sources = [SourceFile(path, text.encode()) for path, text in (RELATIONS | files).items()]
    documents, early = parse(sources)
    validated = validate(documents, KINDS)
    unread = {source.path for source in sources} - {document.path for document in documents}
    frame = BuildInputs(FRAME.config, KINDS, GAZETTEER, TODAY, with_drafts=drafts)
    site, late = assemble(validated, unread, frame)
    return site, sort_problems((*early, *validated.problems, *late))


def catalyser(name: str, *lines: str, body: str = "") -> str:
    needed = (f"nom: {name}", "relation: cite", "resume: r", "sources: [{titre: S}]")
    return "\n".join(["---", *needed, *lines, "---", body])


def project(name: str, *lines: str) -> str:
    return "\n".join(["---", f'nom: "{name}"', "resume: r", "sources: [{titre: S}]", *lines, "---"])


def letter(month: str, *headings: str, extra: str = "") -> str:
    body = "\n\n".join(f"## {heading}\n\na" for heading in headings)
    return f"---\nmois: {month}\ntitre: T\n{extra}\n---\n{body}"


def slugs(site: Site, kind: str) -> list[str]:
    return [entry.slug for entry in site.entries[kind]]


# --- What is shown -------------------------------------------------------------------------------


def test_drafts_and_letters_to_come_are_held_with_the_reason() -> None:
    files = {
        "catalysers/a.md": catalyser("A", "brouillon: oui"),
        "catalysers/b.md": catalyser("B", "brouillon: non"),
        "newsletters/2026-11.md": letter("2026-11", extra="publie_le: 2026-11-21"),
        "newsletters/2026-12.md": letter("2026-12", extra="publie_le: 2026-12-01"),
    }
    site, problems = build(files)
    assert problems == ()
    assert {(one.path, one.reason) for one in site.held} == {
        ("catalysers/a.md", "brouillon"),
        ("newsletters/2026-12.md", "à paraître le 1er décembre 2026"),
    }
    assert (slugs(site, "catalyser"), slugs(site, "newsletter")) == (["b"], ["2026-11"])
    with_all, _ = build(files, drafts=True)
    assert with_all.held == ()
    assert slugs(with_all, "catalyser") == ["a", "b"]


def test_a_draft_without_its_summary_waits_even_where_drafts_are_shown() -> None:
    text = catalyser("A", "brouillon: oui").replace("resume", "# resume")
    for drafts in (False, True):
        site, problems = build({"catalysers/a.md": text}, drafts=drafts)
        assert [(one.path, one.reason) for one in site.held] == [("catalysers/a.md", "brouillon")]
        assert slugs(site, "catalyser") == []
        assert site.faulty == frozenset()
        assert select_errors(problems) == ()


@pytest.mark.parametrize("wrong", ["zzz: a", "profil: {", "commune"])
def test_a_draft_with_a_wrong_header_waits_like_any_draft(wrong: str) -> None:
    files = {
        "catalysers/a.md": catalyser("A", "brouillon: oui", wrong),
        "catalysers/b.md": catalyser("B", "liens: [{nature: n, catalyseur: a}]"),
    }
    site, problems = build(files)
    assert [(one.path, one.reason) for one in site.held] == [("catalysers/a.md", "brouillon")]
    assert site.faulty == frozenset()
    [named] = [one for one in problems if one.path == "catalysers/b.md"]
    assert "« a » est un brouillon" in named.message
    asked, _ = build(files, drafts=True)
    assert asked.held == ()
    assert asked.faulty == frozenset({("catalyser", "a")})


@pytest.mark.parametrize("line", ["brouillon oui", "brouillon: oui}"])
def test_a_line_that_only_seems_to_say_draft_makes_no_draft(line: str) -> None:
    site, problems = build({"catalysers/a.md": catalyser("A", line)})
    assert site.held == ()
    assert site.faulty == frozenset({("catalyser", "a")})
    assert select_errors(problems)


def test_a_draft_project_without_a_name_hides_no_letter() -> None:
    files = {
        "content/projets/p.md": "---\nbrouillon: oui\nanciens_noms: [{nom: }]\n---\n",
        "newsletters/2024-05.md": letter("2024-05", "P"),
    }
    _, problems = build(files)
    assert "newsletters/2024-05.md" in {one.path for one in select_errors(problems)}


def test_real_records_come_before_examples_then_by_name() -> None:
    site, _ = build(
        {
            "catalysers/1.md": catalyser("Zoé"),
            "catalysers/2.md": catalyser("École"),
            "catalysers/exemples/3.md": catalyser("Abc", "exemple: oui"),
            "catalysers/4.md": catalyser("ecole"),
            "catalysers/5.md": catalyser("Eau"),
        }
    )
    assert [entry.heading for entry in site.entries["catalyser"]] == [
        "Eau", "ecole", "École", "Zoé", "Abc",
    ]  # fmt: skip


def test_letters_come_by_month() -> None:
    months = ["2024-05", "2023-12", "2025-01", "2024-11"]
    site, _ = build({f"newsletters/{month}.md": letter(month) for month in months})
    assert slugs(site, "newsletter") == sorted(months)


def test_the_order_of_the_files_changes_nothing() -> None:
    files = {
        f"catalysers/{n}.md": catalyser(f"Même nom {n % 2}", f"departement: '1{n}'")
        for n in range(6)
    }
    files |= {f"newsletters/2024-0{n}.md": letter(f"2024-0{n}", "P") for n in (1, 2, 3)}
    files["content/projets/p.md"] = project("P")
    site, problems = build(files)
    other, other_problems = build(dict(reversed(files.items())))
    assert problems == other_problems == ()
    assert {kind: slugs(site, kind) for kind in site.entries} == {
        kind: slugs(other, kind) for kind in other.entries
    }
    (project_entry,) = site.entries["projet"]
    assert [s.letter.slug for s in site.thread(project_entry)] == [
        s.letter.slug for s in other.thread(project_entry)
    ]


# --- What clashes, what dangles ------------------------------------------------------------------


def test_two_files_of_one_name_in_two_folders() -> None:
    # Of pages, which have an address, `verify` tells.
    terms = "nom: S\ntermes: [{cle: cite, nom: C}]\n"
    folder = "content/vocabulaires"
    _, (problem,) = build({f"{folder}/a.yaml": terms, f"{folder}/sous/a.yaml": terms})
    assert problem.path == f"{folder}/sous/a.yaml"
    assert problem.message == f"{folder}/a.yaml porte déjà le nom « a »"


def test_a_name_may_serve_in_two_kinds() -> None:
    files = {"catalysers/a.md": catalyser("A"), "content/projets/a.md": project("A")}
    assert build(files)[1] == ()


def test_one_mistake_gives_one_message() -> None:
    # The record named everywhere has no name of its own: that is the only thing to mend.
    _, problems = build(
        {
            "catalysers/b.md": catalyser(""),
            "catalysers/a.md": catalyser("A", "liens: [{nature: n, catalyseur: b}]"),
            "content/projets/recycl-herbe80.md": project("Recycl'Herbe80", "zzz: 1"),
            "content/projets/p.md": project("P", "catalyseurs: [a, b]"),
            "newsletters/2024-05.md": letter("2024-05", "Recycl'Herbe80", "P"),
        }
    )
    assert [(one.path, one.line) for one in problems] == [
        ("catalysers/b.md", 2),
        ("content/projets/recycl-herbe80.md", 5),
    ]


def test_every_step_tells_its_mistakes_in_one_go() -> None:
    _, problems = build(
        {
            "catalysers/a.md": catalyser("A : B"),
            "catalysers/b.md": catalyser("B", "zzz: 1", "verifie_le: 2026-02-30"),
            "catalysers/c.md": catalyser("C", "commune: Clermont-Ferand", "profil: x"),
            "catalysers/d.md": catalyser("D", "territoires: [Somme]", body="<b>"),
            "content/projets/p.md": project("P", "catalyseurs: [z]"),
            "content/projets/q.md": project("P"),
            "newsletters/2024-05.md": letter("2024-06", "Q"),
            "newsletters/2024-07.md": letter("2024-07", "P", "P", "Zzz"),
        }
    )
    expected = """
        a.md:2 b.md:6 b.md:7 c.md:6 d.md:6 d.md:8 p.md:5 q.md:2 profils.yaml:0
        2024-05.md:2 2024-05.md:6 2024-07.md:10 2024-07.md:14
    """
    told = [f"{one.path.rpartition('/')[2]}:{one.line}" for one in problems]
    assert told == expected.split()


# --- Places --------------------------------------------------------------------------------------


def test_who_acts_everywhere_and_stands_nowhere_is_national() -> None:
    site, problems = build(
        {
            "catalysers/a.md": catalyser("A", "territoires: [national]"),
            "catalysers/b.md": catalyser("B", "territoires: [national]", "commune: Amiens"),
            "catalysers/c.md": catalyser("C", 'territoires: ["63", bretagne]'),
        }
    )
    assert problems == ()
    a, b, c = site.entries["catalyser"]
    assert [site.place(one).precision for one in (a, b, c)] == [
        Precision.NATIONAL, Precision.COMMUNE, Precision.UNKNOWN,
    ]  # fmt: skip
    assert [area.code for area in site.areas_of(c)] == ["63", "bretagne"]


def test_an_unknown_territory_is_told_at_its_place() -> None:
    _, (problem,) = build({"catalysers/a.md": catalyser("A", 'territoires: ["63", Somme]')})
    assert (problem.line, problem.column) == (6, 21)
    assert "« Somme » n'est le code d'aucun territoire" in problem.message
    assert "écrivez « 80 » (Somme)" in problem.hint


# --- Threads -------------------------------------------------------------------------------------


def test_the_thread_of_the_miniature_goes_from_may_to_may() -> None:
    folders = ("catalysers", "newsletters", "content")
    paths = [path for folder in folders for path in (SITE / folder).rglob("*.*")]
    files = {p.relative_to(SITE).as_posix(): p.read_text("utf-8") for p in paths}
    aside = ("README.md", "_modele.md", "_modele.yaml")
    kept = {p: t for p, t in files.items() if find_owner(p, KINDS) and not p.endswith(aside)}
    site, problems = build(kept)
    assert select_errors(problems) == ()
    project_entry = site.find("projet", "recycl-herbe80")
    assert project_entry
    assert {"2024-05", "2025-05"} <= {s.letter.slug for s in site.thread(project_entry)}


@settings(max_examples=SITES)
@given(
    st.dictionaries(
        st.integers(0, 40), st.dictionaries(st.integers(0, 2), st.booleans()), max_size=8
    )
)
def test_before_and_after_are_right_and_symmetric(letters: dict[int, dict[int, bool]]) -> None:
    files = {
        f"content/projets/p{n}.md": project(f"P{n}", f'anciens_noms: [{{nom: "L\'ancien {n}"}}]')
        for n in range(3)
    }
    for number, news in letters.items():
        month = f"{2020 + number // 12}-{number % 12 + 1:02}"
        headings = [f"L’ancien {n}" if former else f"P{n}" for n, former in news.items()]
        files[f"newsletters/{month}.md"] = letter(month, *headings)
    site, problems = build(files)
    assert problems == ()
    seen = 0
    for parts in site.sections.values():
        for section in parts:
            seen += 1
            before, after = site.neighbours(section).before, site.neighbours(section).after
            assert section.project
            months = sorted(
                f"{2020 + number // 12}-{number % 12 + 1:02}"
                for number, news in letters.items()
                if int(section.project.slug[1:]) in news
            )
            here = months.index(section.letter.slug)
            assert (before.letter.slug if before else None) == (months[here - 1] if here else None)
            assert (after.letter.slug if after else None) == (
                months[here + 1] if here + 1 < len(months) else None
            )
            assert before is None or site.neighbours(before).after is section
            assert after is None or site.neighbours(after).before is section
    assert seen == sum(map(len, letters.values()))


@pytest.mark.parametrize("heading", ["Agenda", "Éditorial", "Plus généralement…"])
def test_the_usual_headings_of_the_site_are_known(heading: str) -> None:
    assert build({"newsletters/2024-05.md": letter("2024-05", heading)})[1] == ()


# --- Homonyms ------------------------------------------------------------------------------------


def test_a_draft_is_told_of_the_page_that_bears_its_name() -> None:
    amiens = "commune: Amiens\ndepartement: '80'"
    _, [problem] = build(
        {
            "catalysers/a.md": catalyser("Essai", amiens, "brouillon: oui"),
            "catalysers/b.md": catalyser("Essai", amiens),
        }
    )
    assert (problem.path, problem.level) == ("catalysers/a.md", Level.WARNING)


NEWS = "---\ntitre: T\nresume: r\nacteur: a\n{}\nsources:\n  - titre: S\n    date: {}\n---\n"


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        (NEWS.format("date: 2062-01-02", "2024"), 5, "date"),
        (NEWS.format("", "2026-12"), 8, "sources[1].date"),
        (NEWS.format("date: 2062-01-02\npublie_le: 2026-11-01", "2024"), 5, "date"),
        (NEWS.format("date: 2026-12-01\npublie_le: 2026-12-01", "2024"), 0, ""),
    ],
)
def test_nothing_is_dated_to_come(text: str, line: int, key: str) -> None:
    news = kinds.load(("actualite",))
    documents, _ = parse([SourceFile("content/actualites/a.md", text.encode())])
    validated = validate(documents, news)
    _, problems = assemble(validated, set(), BuildInputs(FRAME.config, news, GAZETTEER, TODAY))
    found = [(one.line, one.key) for one in problems if "jour à venir" in one.message]
    assert found == ([(line, key)] if line else [])


def test_a_letter_of_a_month_to_come_says_its_day() -> None:
    _, problems = build({"newsletters/2026-12.md": letter("2026-12", extra="rubriques: []")})
    assert [one.key for one in problems] == ["mois"]
    dated = letter("2026-12", extra="publie_le: 2026-11-20")
    assert build({"newsletters/2026-12.md": dated})[1] == ()
