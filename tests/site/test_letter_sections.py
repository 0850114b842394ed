from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from maille import kinds
from maille.content.documents import SourceFile
from maille.content.parse import parse
from maille.kinds.newsletter import Newsletter
from maille.kinds.projet import Projet
from maille.problems import Problem
from maille.schema.kind import Entry
from maille.schema.validate import validate
from maille.site.letter_sections import (
    HeadingNames,
    check_name_clashes,
    group_threads,
    read_sections,
)
from maille.site.model import Section
from maille.text.names import normalise_name
from tests.doses import SITES

KINDS = kinds.load(("projet", "newsletter"))
USUAL = ("Plus généralement", "Agenda")


def read(files: dict[str, str]) -> tuple[Entry, ...]:
    documents, problems = parse(SourceFile(path, t.encode()) for path, t in files.items())
    validated = validate(documents, KINDS)
    assert (*problems, *validated.problems) == ()
    return validated.entries


def project(slug: str, name: str, *former: str) -> Projet:
    names = ", ".join(f'{{nom: "{one}"}}' for one in former)
    text = f'---\nnom: "{name}"\nresume: r\nsources: [{{titre: S}}]\nanciens_noms: [{names}]\n---\n'
    (entry,) = read({f"content/projets/{slug}.md": text})
    assert isinstance(entry, Projet)
    return entry


def letter(month: str, body: str, *others: str) -> Newsletter:
    lines = f"mois: {month}\ntitre: T\nrubriques: [{', '.join(others)}]"
    (entry,) = read({f"newsletters/{month}.md": f"---\n{lines}\n---\n{body}"})
    assert isinstance(entry, Newsletter)
    return entry


RECYCL = project("recycl-aide80", "Recycl'Aide80")
QG = project("qg", "Le QG d'Henriette", "Tiers-lieu inclusif", "Le tiers-lieu")
PROJECTS = (RECYCL, QG)


def sections(body: str, *others: str) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    return read_sections(letter("2024-05", body, *others), HeadingNames.collect(PROJECTS, USUAL))


def told(body: str, *others: str) -> list[tuple[int, str, str]]:
    """Return line in the body, cause and what to type of each problem of a letter."""
    return [(one.line - 5, one.message, one.hint) for one in sections(body, *others)[1]]


def test_a_heading_that_names_a_project_is_its_news() -> None:
    body = "avant\n\n## Recycl'Aide80\n\na\n\n### Sous-titre\n\n## Plus généralement…\n\nb"
    found, problems = sections(body)
    assert problems == ()
    assert [(one.title, one.project) for one in found] == [
        ("", None),
        ("Recycl'Aide80", RECYCL),
        ("Plus généralement…", None),
    ]
    assert [one.html for one in found] == [
        "<p>avant</p>",
        '<p>a</p>\n<h3 id="sous-titre">Sous-titre</h3>',
        "<p>b</p>",
    ]
    assert found[1].anchor == "recycl-aide80"


def test_a_letter_may_be_without_heading() -> None:
    found, problems = sections("a")
    assert (len(found), problems) == (1, ())
    assert sections("") == ((), ())


def test_apostrophes_spaces_and_former_names_are_the_same_project() -> None:
    for heading in ("Recycl’Aide80", "Recycl'Aide80 :", "**Recycl'Aide80**"):
        assert sections(f"## {heading}\n\na")[0][0].project == RECYCL
    for heading in ("Le QG\u00a0d’Henriette", "Tiers-lieu inclusif", "Le tiers-lieu"):
        (found,), problems = sections(f"## {heading}\n\na")
        assert (found.project, problems) == (QG, ())
        assert normalise_name(found.title) == normalise_name(heading)
        assert found.title in QG.names


def test_an_unknown_heading_brings_the_nearest_project() -> None:
    ((line, message, hint),) = told("a\n\n## Recycl'aide 80\n\nb")
    assert line == 3
    assert message == "« Recycl'aide 80 » n'est le nom d'aucun projet"
    assert hint.startswith("écrivez « Recycl'Aide80 » ; sinon, ajoutez-le aux « rubriques »")


def test_near_a_former_name_it_is_todays_name_that_is_proposed() -> None:
    ((_, _, hint),) = told("## Tiers-lieu inclusifs\n\na")
    assert "écrivez « Le QG d'Henriette » ;" in hint


def test_near_a_usual_heading_it_is_the_usual_one_that_is_proposed() -> None:
    ((_, _, hint),) = told("## Plus generalement\n\na")
    assert "écrivez « Plus généralement »" in hint
    ((_, _, hint),) = told("## Divers et varies\n\na", "Divers et variés")
    assert "écrivez « Divers et variés »" in hint


def test_a_heading_like_nothing_known() -> None:
    ((_, _, hint),) = told("## Zzzz\n\na")
    assert hint.startswith("ajoutez-le aux « rubriques »")
    assert told("## Zzzz\n\na", "Zzzz") == []
    assert told("## Zz'zz…\n\na\n\n## Ab\n\nb", "Zz’zz…", "Ab") == []


def test_the_same_project_twice_in_a_letter() -> None:
    ((line, message, hint),) = told("## Tiers-lieu inclusif\n\na\n\n## Le QG d'Henriette\n\nb")
    assert line == 5
    assert "a déjà une partie dans cette lettre, à la ligne 6" in message
    assert hint.startswith("effacez cette ligne :")


def test_of_a_project_told_twice_the_text_moves_if_others_stand_between() -> None:
    body = "## Recycl'Aide80\n\na\n\n## Agenda\n\nb\n\n## Recycl’Aide80\n\nc"
    ((line, _, hint),) = told(body)
    assert line == 9
    assert hint.startswith("déplacez son texte à la fin de la partie de la ligne 6,")
    ((line, _, hint),) = told(body.replace("## Agenda", "### Agenda"))
    assert (line, hint[:19]) == (9, "effacez cette ligne")


def test_the_name_of_a_project_is_completed_by_its_commune() -> None:
    one, two = project("a", "La Maison"), project("b", "La Maison")
    [problem] = check_name_clashes((one, two))
    assert problem.hint.startswith("écrivez « La Maison (…) », ou")
    [problem] = check_name_clashes((one, two.model_copy(update={"commune": "Amiens"})))
    assert problem.hint.startswith("écrivez « La Maison (Amiens) », ou")


def test_two_projects_of_one_name_are_told_at_the_second() -> None:
    others = (
        project("a", "La Maison"),
        project("b", "Autre", "Lieu", "La\u00a0Maison"),
        project("c", "Recycl’Aide80"),
    )
    found = list(check_name_clashes((*PROJECTS, *others)))
    assert [(one.path, one.line, one.column) for one in found] == [
        ("content/projets/b.md", 5, 37),
        ("content/projets/c.md", 2, 6),
    ]
    assert "content/projets/a.md" in found[0].message
    assert "content/projets/recycl-aide80.md" in found[1].message


def test_a_project_may_bear_one_name_twice() -> None:
    assert list(check_name_clashes([project("a", "A", "A", "B", "A")])) == []


def test_a_thread_goes_from_the_oldest_letter_to_the_newest() -> None:
    months = ["2025-05", "2024-04", "2024-12"]
    parts = [
        read_sections(letter(m, "## Recycl'Aide80\n\na"), HeadingNames.collect(PROJECTS, ()))[0]
        for m in months
    ]
    (thread,) = group_threads(parts).values()
    assert [one.letter.slug for one in thread] == ["2024-04", "2024-12", "2025-05"]


NAMES = ("P{}", "Ancien {}", "L'autre {}")
MONTHS = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in (1, 5, 12)]


@settings(max_examples=SITES)
@given(
    st.dictionaries(
        st.sampled_from(MONTHS),
        st.dictionaries(st.integers(0, 3), st.integers(0, 2), min_size=1),
        min_size=1,
    ),
    st.randoms(),
)
def test_threads_hold_whatever_the_gaps_and_the_names(
    letters: dict[str, dict[int, int]], chance: st.DataObject
) -> None:
    projects = [project(f"p{n}", *(name.format(n) for name in NAMES)) for n in range(4)]
    parts = []
    for month, news in letters.items():
        body = "\n\n".join(f"## {NAMES[name].format(n)}\n\na" for n, name in news.items())
        found, problems = read_sections(letter(month, body), HeadingNames.collect(projects, ()))
        assert problems == ()
        parts.append(found)
    for number, one in enumerate(projects):
        thread = group_threads(parts).get(one.key, ())
        expected = sorted(month for month, news in letters.items() if number in news)
        assert [section.letter.slug for section in thread] == expected
        assert all(section.project == one for section in thread)


def test_a_project_that_waits_is_told_as_a_draft() -> None:
    names = HeadingNames.collect([], (), held=PROJECTS)
    _, [problem] = read_sections(letter("2024-05", "## Recycl'Aide80\n\nUn mot."), names)
    assert "est un brouillon" in problem.message
    assert problem.key == ""


def test_a_project_at_fault_is_not_told_a_second_time() -> None:
    body = "## Ancien nom\n\nUn mot.\n\n## Le Projet\n\nUn mot."
    names = HeadingNames.collect([], (), faulty=["Ancien nom", "le-projet"])
    assert read_sections(letter("2024-05", body), names)[1] == ()
    names = HeadingNames.collect(
        [], (), unsure=["nomLe Projet", "  - {nomAncien nom, jusqu_en: 1}"]
    )
    assert read_sections(letter("2024-05", body), names)[1] == ()
    names = HeadingNames.collect([], (), unsure=["nomUn autre projet"])
    assert len(read_sections(letter("2024-05", body), names)[1]) == 2


def test_an_empty_part_is_told() -> None:
    ((line, message, _),) = told("## Recycl'Aide80\n\n## Le QG d'Henriette\n\nb")
    assert line == 1
    assert "est vide" in message


def test_news_under_a_smaller_heading_or_a_bold_line_would_go_to_the_project_above() -> None:
    for typed in ("### Le QG d'Henriette", "**Le QG d’Henriette**", "__Tiers-lieu inclusif__ :"):
        ((line, message, hint),) = told(f"## Recycl'Aide80\n\na\n\n{typed}\n\nb")
        assert line == 5
        assert "n'ouvre pas une partie" in message
        assert hint.startswith("écrivez ## ")
    assert told("## Recycl'Aide80\n\n**Important** : le QG d'Henriette ouvre.") == []


def test_a_declared_heading_that_the_letter_has_not_is_told() -> None:
    ((_, message, hint),) = told("## Agenda\n\na", "Agendas", "Agenda")
    assert message == "« Agendas » n'est le titre d'aucune partie de cette lettre"
    assert hint == "écrivez « Agenda »"
    ((_, _, hint),) = told("## Recycl'Aide80\n\na", "Recylc'Aide80")
    assert hint == "effacez « Recylc'Aide80 »"


def test_an_unknown_heading_is_told_once_where_it_is_declared_otherwise() -> None:
    ((line, _, hint),) = told("## Nos rendez-vou\n\na", "Nos rendez-vous")
    assert (line, hint.split(" ;")[0]) == (1, "écrivez « Nos rendez-vous »")


def test_a_heading_without_its_space_is_to_be_typed_whole() -> None:
    ((_, _, hint),) = told("##Recycl'Aide8\n\na")
    assert hint.startswith("écrivez ## Recycl'Aide80 ; sinon,")
