from __future__ import annotations

import pytest

from maille import kinds
from maille.content.documents import SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.problems import Level, Problem
from maille.schema.kind import Entry
from maille.schema.validate import validate, validate_one
from maille.text.names import make_slug

KINDS = {kind.name: kind for kind in kinds.load(("catalyser", "projet", "page"))}
NEEDED = {"nom": "X", "relation": "cite", "resume": "Une phrase.", "sources": "[{titre: S}]"}


def read(
    changes: dict[str, str | None], path: str = "catalysers/x.md"
) -> tuple[Entry | None, tuple[Problem, ...]]:
    """Validate a catalyser whose header has these lines, on top of those that it needs."""
    lines = [f"{key}: {value}" for key, value in {**NEEDED, **changes}.items() if value is not None]
    text = "\n".join(["---", *lines, "---", ""])
    document, problems = parse_one(SourceFile(path, text.encode()), Converter())
    assert document
    assert problems == ()
    entry, problems = validate_one(document, KINDS["catalyser"])
    return (None if problems else entry), problems


def told(changes: dict[str, str | None]) -> list[tuple[int, int, str, str]]:
    entry, problems = read(changes)
    assert (entry is None) == bool(problems)
    return [(one.line, one.column, one.message, one.hint) for one in problems]


def test_a_record_with_what_it_needs_is_an_entry() -> None:
    entry, problems = read({"departement": "01", "telephone": "0612345670", "nom": "NO"})
    assert problems == ()
    assert entry
    assert (entry.heading, entry.slug, entry.path) == ("NO", "x", "catalysers/x.md")
    assert entry.model_dump()["phone"] == "0612345670"
    assert entry.model_dump()["department"] == "01"


def test_a_blank_key_is_as_if_absent() -> None:
    entry, problems = read({"verifie_le": "", "pratiques": "", "site": "''"})
    assert problems == ()
    bare, _ = read({})
    assert entry
    assert bare
    assert entry.model_dump() == bare.model_dump()


@pytest.mark.parametrize(
    ("changes", "line", "column", "cause", "to_type"),
    [
        ({"nom": ""}, 2, 5, "la clé « nom » est vide", "écrivez « nom: … »"),
        ({"nom": '" "'}, 2, 6, "la clé « nom » est vide", "écrivez « nom: … »"),
        ({"nom": None}, 1, 1, "il manque la clé « nom »", "ajoutez « nom: … »"),
        ({"nom": "[a]"}, 2, 6, "« nom » attend un texte simple, et non une liste", "sans crochets"),
        ({"nom": "{a: b}"}, 2, 6, "et non un groupe de clés", "entre guillemets"),
        ({"sources": "[]"}, 5, 10, "la clé « sources » est vide", "- {titre: …}"),
        ({"sources": ""}, 5, 9, "la clé « sources » est vide", "- {titre: …}"),
        ({"sources": "S"}, 5, 10, "« sources » attend une liste, et « S »", "- {titre: S}"),
        ({"sources": "{titre: S}"}, 5, 10, "et un groupe de clés n'en est pas une", "- {titre: …}"),
        ({"sources": "[S]"}, 5, 11, "le 1er élément de « sources » attend", "{titre: S}"),
        ({"sources": "[[S]]"}, 5, 11, "et non une liste", "{titre: …}"),
        ({"sources": "['']"}, 5, 11, "et non rien", "{titre: …}"),
        ({"sources": "[{titre: }]"}, 5, 19, "la clé « titre » est vide", "écrivez « titre: … »"),
        ({"sources": "[{}]"}, 5, 11, "dans le 1er élément de « sources »", "« titre: … »"),
        (
            {"sources": "[{titre: a},{titre: b, titer: c}]"},
            5, 33, "la clé « titer » n'existe pas ici", "effacez « titer » :",
        ),
        ({"sources": "[{titer: a}]"}, 5, 12, "« titer » n'existe pas", "dire « titre » ?"),
        ({"sources": "[{titre: a, date: 2026-02-30}]"}, 5, 28, "a 28 jours", "2024-07-08"),
        ({"pratiques": "ab"}, 6, 12, "attend une liste, et « ab »", "pratiques: [ab]"),
        ({"pratiques": "a, b"}, 6, 12, "attend une liste", "pratiques: [a, b]"),
        ({"pratiques": "• ab"}, 6, 12, "« • ab » n'en est pas une", "pratiques: [ab]"),
        ({"liens": "• ab"}, 6, 8, "commencent par « • »", "« - {nature: …, catalyseur: …} »"),
        ({"liens": "{-nature: a}"}, 6, 8, "ne sont pas suivis d'une espace", "« - nature: … »"),
        ({"pratiques": "{a: b}"}, 6, 12, "attend une liste, et un groupe", "[mot, autre-mot]"),
        ({"pratiques": "[a, '']"}, 6, 16, "le 2e élément de « pratiques »", "pratiques: [a]"),
        ({"pratiques": "[[a]]"}, 6, 13, "le 1er élément de « pratiques » attend", "sans crochets"),
        ({"personnes": "Jean"}, 6, 12, "attend une liste", "- {nom: …, fonction: …, date: …}"),
        ({"personnes": "[Jean]"}, 6, 13, "plusieurs clés", "{nom: …, fonction: …, date: …}"),
        ({"liens": "[{nature: a}]"}, 6, 9, "« catalyseur » dans le 1er", "catalyseur: …"),
        ({"liens": "[{porte: l'Arche}]"}, 6, 10, "« porte » n'existe pas",
         "si c'est la valeur de « nature », écrivez - {nature: porte, catalyseur: l'Arche}"),
        ({"adrese": "x"}, 6, 1, "la clé « adrese » n'existe pas ici", "« adresse »"),
        ({"Code postal": "21000"}, 6, 1, "« Code postal » n'existe pas", "« code_postal »"),
        ({"zzz": "x"}, 6, 1, "« zzz » n'existe pas ici", "les clés connues sont : activites, adr"),
        ({"verifie_le": "2026-02-30"}, 6, 13, "février 2026 a 28 jours", "2024-07-08"),
        ({"verifie_le": "20925"}, 6, 13, "l'année 20925 n'est pas vraisemblable", "2024-07-08"),
        ({"verifie_le": "[2026]"}, 6, 13, "une liste n'est pas une date", "2024-07-08"),
        ({"brouillon": "peut-être"}, 6, 12, "ni « oui » ni « non »", "écrivez oui ou non"),
        ({"latitude": "45"}, 6, 11, "« latitude » est donnée sans", "ajoutez longitude: …"),
        ({"longitude": "3"}, 6, 12, "« longitude » est donnée sans", "ajoutez latitude: …"),
        ({"commune": "Amiens", "code_insee": "80021"}, 7, 13, "deux fois", "« code_insee »"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_is_with_what_to_type(
    changes: dict[str, str | None], line: int, column: int, cause: str, to_type: str
) -> None:
    ((found_line, found_column, message, hint),) = told(changes)
    assert (found_line, found_column) == (line, column)
    assert cause in message
    assert to_type in hint


def test_a_misspelt_key_is_told_once() -> None:
    ((line, _, message, hint),) = told({"nom": None, "Nom": "X"})
    assert line == 5
    assert "« Nom » n'existe pas" in message
    assert "« nom »" in hint


def test_a_key_that_is_missing_beside_another_unknown_one_is_told() -> None:
    causes = [message for _, _, message, _ in told({"nom": None, "zzz": "X"})]
    assert causes == ["il manque la clé « nom »", "la clé « zzz » n'existe pas ici"]


def test_every_mistake_is_told_in_one_go() -> None:
    found = told(
        {
            "nom": "",
            "pratiques": "a",
            "site": "x",
            "verifie_le": "hier",
            "zzz": "a",
            "sources": "[{titre: a, date: b}, {titer: c}]",
        }
    )
    assert sorted(line for line, *_ in found) == [2, 5, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("name", "words", "better"),
    [
        ("École", "« École », ne peut pas servir d'adresse", "ecole.md"),
        ("ECOLE", "« ECOLE », ne peut pas", "ecole.md"),
        ("a b", "« a b », ne peut pas", "a-b.md"),
        ("a_b", "« a_b », ne peut pas", "a-b.md"),
        ("l’été", "« l’été », ne peut pas", "l-ete.md"),
        ("-a-", "« -a- », ne peut pas", "renommez-le a.md"),
        ("a--b", "ne peut pas", "a-b.md"),
        ("ns.md", "« ns.md », ne peut pas", "renommez-le ns.md "),
        ("L’été.docx", "ne peut pas", "renommez-le l-ete.md "),
        ("a - Copie", "ne peut pas", "renommez-le a.md "),
        ("Copie de a b", "ne peut pas", "renommez-le a-b.md "),
        ("École (1)", "ne peut pas", "renommez-le ecole.md "),
        ("日本", "ne peut pas", "par-exemple-son-nom.md"),
        ("", "ne peut pas", ".md"),
        ("x" * 100, "a 100 caractères, plus que 80", f" {'x' * 80}.md"),
        ("con", "Windows n'admet aucun fichier nommé « con »", "la-con.md"),
    ],
)
def test_a_name_that_cannot_be_an_address(name: str, words: str, better: str) -> None:
    entry, (problem,) = read({}, f"catalysers/{name}.md")
    assert entry is None
    assert (problem.line, problem.column) == (0, 0)
    assert words in problem.message
    assert better in problem.hint


@pytest.mark.parametrize("name", ["École", "ECOLE", "l’école", "École 1"])
def test_a_name_that_another_file_has_is_not_proposed(name: str) -> None:
    slug = make_slug(name)
    paths = [f"catalysers/{one}.md" for one in (name, slug, f"{slug}-2")]
    text = "\n".join(["---", *(f"{key}: {value}" for key, value in NEEDED.items()), "---", ""])
    made = [parse_one(SourceFile(path, text.encode()), Converter())[0] for path in paths]
    [problem] = validate([one for one in made if one], KINDS.values()).problems
    assert problem.path == paths[0]
    assert problem.hint.startswith(f"renommez-le {slug}-3.md")


@pytest.mark.parametrize("name", ["a", "a-b", "630-est", "x" * 80, "index", "console"])
def test_a_name_that_can_be_an_address(name: str) -> None:
    assert read({}, f"catalysers/{name}.md")[1] == ()


def test_a_bad_name_does_not_hide_a_bad_key() -> None:
    entry, problems = read({"nom": ""}, "catalysers/É.md")
    assert entry is None
    assert len(problems) == 2


def test_each_file_goes_to_the_kind_of_its_folder() -> None:
    texts = {
        "catalysers/exemples/a.md": "nom: A\nrelation: cite\nresume: r\nsources: [{titre: S}]",
        "content/pages/b.md": "titre: B\nresume: r",
        "content/projets/c.md": "titre: C",
    }
    converter = Converter()
    documents = [
        parse_one(SourceFile(path, f"---\n{text}\n---\n".encode()), converter)[0]
        for path, text in texts.items()
    ]
    validated = validate([one for one in documents if one], KINDS.values())
    entries, problems = validated.entries, validated.problems
    assert [(entry.kind_name, entry.slug) for entry in entries] == [
        ("catalyser", "a"),
        ("page", "b"),
    ]
    assert {problem.path for problem in problems} == {"content/projets/c.md"}


@pytest.mark.parametrize(
    "body", ["\nLe texte, en Markdown.\n", "\nLe texte, en Markdown.\n\nLe mien.\n"]
)
def test_the_words_of_the_form_are_not_published(body: str) -> None:
    text = f"---\ntitre: B\nresume: r\n---\n{body}"
    document, _ = parse_one(SourceFile("content/pages/b.md", text.encode()), Converter())
    assert document
    _, [problem] = validate_one(document, KINDS["page"])
    assert (problem.line, problem.hint) == (6, "effacez cette ligne")


def test_a_draft_may_wait_for_its_summary_alone() -> None:
    draft = {"brouillon": "oui", "resume": None}
    assert [problem.level for problem in read(draft)[1]] == [Level.WARNING]
    assert [problem.level for problem in read({"resume": None})[1]] == [Level.ERROR]
    problems = read({**draft, "nom": None})[1]
    assert {problem.key: problem.level for problem in problems} == {
        "nom": Level.ERROR,
        "resume": Level.WARNING,
    }
