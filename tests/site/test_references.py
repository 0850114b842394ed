from __future__ import annotations

import pytest

from maille import kinds
from maille.content.documents import SourceFile
from maille.content.parse import parse
from maille.problems import Problem
from maille.schema.kind import Entry
from maille.schema.validate import validate
from maille.site.references import Targets, check_references, find_backlinks

KINDS = kinds.load(("vocabulaire", "catalyser", "projet", "page", "actualite"))
TERMS = {
    "profils": "[{cle: association, nom: A}, {cle: entreprise, nom: Sociétés}]",
    "relations": "[{cle: cite, nom: C}]",
    "pratiques": "[{cle: accompagnements, nom: A, activites: [{cle: incubation, nom: I}]}]",
}
VOCABULARIES = {
    f"content/vocabulaires/{name}.yaml": f"nom: N\ntermes: {terms}\n"
    for name, terms in TERMS.items()
}


def read(files: dict[str, str]) -> tuple[Entry, ...]:
    sources = [SourceFile(path, text.encode()) for path, text in files.items()]
    documents, problems = parse(sources)
    validated = validate(documents, KINDS)
    assert (*problems, *validated.problems) == ()
    return validated.entries


def catalyser(*lines: str, body: str = "") -> str:
    needed = ("nom: X", "relation: cite", "resume: r", "sources: [{titre: S}]")
    return "\n".join(["---", *needed, *lines, "---", body])


def told(
    files: dict[str, str],
    faulty: tuple[tuple[str, str], ...] = (),
    drafts: tuple[tuple[str, str], ...] = (),
) -> list[Problem]:
    entries = read(VOCABULARIES | files)
    published = {entry.key: entry for entry in entries if entry.key not in {*drafts, *faulty}}
    return list(
        check_references(entries, Targets(published, frozenset(faulty), dict.fromkeys(drafts)))
    )


def test_what_is_named_and_exists_is_fine() -> None:
    lines = ["profil: association", "pratiques: [accompagnements]", "activites: [incubation]"]
    files = {
        "catalysers/a.md": catalyser(*lines, "liens: [{nature: n, catalyseur: b}]"),
        "catalysers/b.md": catalyser(),
        "content/pages/p.md": "---\ntitre: T\nresume: r\naffiche: pratiques\n---\n",
    }
    assert told(files) == []


@pytest.mark.parametrize(
    ("line", "column", "message", "hint"),
    [
        ("profil: asociation", 9, "« asociation » n'est pas dans la liste « profils »",
         "écrivez « association »"),
        ("profil: zzz", 9, "« zzz » n'est pas dans la liste « profils »",
         "parmi « association » ou « entreprise » ; ou laissez vide ; ou ajoutez le mot à"),
        ("pratiques: [accompagnements, accompagnement]", 30,
         "« accompagnement » n'est pas dans la liste « pratiques »", "« accompagnements »"),
        ("profil: Société", 9, "« Société » n'est pas", "écrivez « entreprise »"),
        ("pratiques: [accompagnements, accompagnements]", 30,
         "« accompagnements » est déjà dans cette liste", "effacez l'un des deux"),
        ("territoires: ['63', '03', '63']", 27, "« 63 » est déjà dans cette liste", "effacez"),
        ("activites: [incubations]", 13, "« incubations » n'est pas dans la liste « pratiques »",
         "écrivez « incubation »"),
        ("activites: [accompagnements]", 13, "n'est pas dans la liste",
         "écrivez un mot de cette liste : « incubation » ; ou effacez « accompagnements »"),
        ("profil: assocation", 9, "« assocation » n'est pas dans la liste",
         "écrivez « association » ; ou ajoutez le mot à content/vocabulaires/profils.yaml"),
        ("liens: [{nature: n, catalyseur: y}]", 33, "aucune fiche ne s'appelle « y »", "fichier"),
        ("liens: [{nature: n, catalyseur: autres}]", 33, "aucune fiche ne s'appelle « autres »",
         "vouliez-vous dire « autre » ?"),
        ("activites: [incubation]", 13, "« incubation » fait partie de « accompagnements »",
         "ajoutez « accompagnements » à « pratiques », ou effacez « incubation »"),
    ],
)  # fmt: skip
def test_a_name_that_nothing_bears(line: str, column: int, message: str, hint: str) -> None:
    files = {"catalysers/x.md": catalyser(line), "catalysers/autre.md": catalyser()}
    (problem,) = told(files)
    assert (problem.path, problem.line, problem.column) == ("catalysers/x.md", 6, column)
    assert message in problem.message
    assert hint in problem.hint


NAMES = {"catalysers/a.md": catalyser("liens: [{nature: n, catalyseur: b}]")}
A, B = ("catalyser", "a"), ("catalyser", "b")


def test_a_record_at_fault_still_exists() -> None:
    assert told(NAMES, faulty=(B,)) == []
    assert len(told(NAMES)) == 1


def test_a_vocabulary_at_fault_is_not_told_again() -> None:
    files = {"catalysers/x.md": catalyser("profil: zzz")}
    assert told(files, faulty=(("vocabulaire", "profils"),)) == []


def test_a_vocabulary_that_does_not_exist_is_told_with_its_file() -> None:
    (entry,) = read({"catalysers/x.md": catalyser()})
    (problem,) = check_references([entry], Targets({}, frozenset(), {}))
    assert "« relations »" in problem.message
    assert problem.path == "content/vocabulaires/relations.yaml"


def test_a_draft_that_is_named_by_a_published_page_is_told() -> None:
    (problem,) = told(NAMES | {"catalysers/b.md": catalyser("brouillon: oui")}, drafts=(B,))
    assert "« b » est un brouillon" in problem.message
    assert problem.line == 6
    assert problem.hint.startswith("effacez la ligne brouillon: oui du fichier b.md")


def test_a_draft_in_a_list_may_be_erased_from_it() -> None:
    needed = "sources: [{titre: S}]\n"
    news = f"titre: T\nresume: r\ndate: 2026-01-02\nacteur: a\nprojets: [b]\n{needed}"
    files = {
        "content/projets/b.md": f"---\nnom: B\nresume: r\nbrouillon: oui\n{needed}---\n",
        "content/actualites/n.md": f"---\n{news}---\n",
        "content/vocabulaires/acteurs.yaml": "nom: N\ntermes: [{cle: a, nom: A}]\n",
    }
    (problem,) = told(files, drafts=(("projet", "b"),))
    assert problem.hint == "effacez « b », ou la ligne brouillon: oui du fichier b.md"


def test_two_drafts_may_name_each_other() -> None:
    assert told(NAMES | {"catalysers/b.md": catalyser("brouillon: oui")}, drafts=(A, B)) == []


def test_mentions_come_from_keys_and_from_links_once_each() -> None:
    link = "[b](/catalyseurs/b/#titre) [encore](/catalyseurs/b/#a) [c](/catalyseurs/c/) [x](/x/)"
    entries = read(
        {
            "catalysers/a.md": catalyser("liens: [{nature: n, catalyseur: b}]", body=link),
            "catalysers/b.md": catalyser(),
            "catalysers/c.md": catalyser(body=link),
        }
    )
    targets = Targets({entry.key: entry for entry in entries}, frozenset(), {})
    found = find_backlinks(entries, KINDS, targets)
    assert {key: [one.slug for one in others] for key, others in found.items()} == {
        ("catalyser", "b"): ["a", "c"],
        ("catalyser", "c"): ["a"],
    }


def test_an_example_mentions_no_real_entry() -> None:
    link = "[a](/catalyseurs/a/) [e](/catalyseurs/e/)"
    entries = read(
        {
            "catalysers/a.md": catalyser(body=link),
            "catalysers/d.md": catalyser("exemple: oui", body=link),
            "catalysers/e.md": catalyser("exemple: oui"),
        }
    )
    targets = Targets({entry.key: entry for entry in entries}, frozenset(), {})
    found = find_backlinks(entries, KINDS, targets)
    assert {key: [one.slug for one in others] for key, others in found.items()} == {
        ("catalyser", "e"): ["a", "d"],
    }
