"""A line that is missing above the items of a list is told with what to type, and where."""

from __future__ import annotations

import pytest

from maille import kinds
from maille.content.documents import SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.schema.validate import explain_lost_signs, validate_one

KINDS = {kind.name: kind for kind in kinds.load(("catalyser", "projet", "vocabulaire"))}
HEADERS = {
    "catalyser": "nom: X\nrelation: cite\nresume: Une phrase.\n",
    "projet": "nom: X\nresume: Une phrase.\n",
    "vocabulaire": "nom: X\n",
}
END = "sources: [{titre: C}]\n"
FOLDERS = {
    "catalyser": "catalysers/x.md",
    "projet": "content/projets/x.md",
    "vocabulaire": "content/vocabulaires/x.yaml",
}


def told(kind: str, lines: str) -> list[tuple[int, str]]:
    """Return the line and the remedy of each mistake of keys in a header that ends so."""
    path = FOLDERS[kind]
    rule = "---\n" if path.endswith(".md") else ""
    text = f"{rule}{HEADERS[kind]}{lines}{rule}"
    document, _ = parse_one(SourceFile(path, text.encode()), Converter())
    assert document
    _, problems = validate_one(document, KINDS[kind])
    return [(one.line, one.hint) for one in problems]


@pytest.mark.parametrize(
    ("kind", "lines", "line", "hint"),
    [
        # The line of the key is missing, and YAML reads the items as it can.
        ("catalyser", "  - titre: A\n", 1, "au-dessus de la ligne 5, écrivez « sources: »"),
        ("projet", "  - {titre: A}\n", 1, "au-dessus de la ligne 4, écrivez « sources: »"),
        (
            "projet",
            "porteurs: [A]\n  - titre: A\n    date: 2024\n",
            1,
            "au-dessus de la ligne 5, écrivez « sources: »",
        ),
        # Its items follow those of another list.
        (
            "projet",
            "annonces:\n  - texte: A\n  - titre: B\n    date: 2024\n",
            6,
            "au-dessus de cette ligne, écrivez « sources: »",
        ),
        (
            "vocabulaire",
            "termes:\n  - {cle: a, nom: A}\n  - titre: B\n    date: 2024\n  - titre: C\n",
            4,
            "au-dessus de cette ligne, écrivez « sources: »",
        ),
        (
            "catalyser",
            "liens:\n  - {nature: aide, catalyseur: y}\n  - titre: B\n    url: https://exemple.fr/\n",
            7,
            "au-dessus de cette ligne, écrivez « sources: »",
        ),
        (
            "projet",
            "annonces:\n  - texte: Un essai.\n  - titre: B\n",
            6,
            "au-dessus de cette ligne, écrivez « sources: »",
        ),
        # The first line of an item is missing.
        (
            "projet",
            "sources:\n    url: https://exemple.fr/\n",
            5,
            "au-dessus de cette ligne, écrivez « - titre: … »",
        ),
        (
            "projet",
            "sources: [{titre: A}]\nannonces:\n    date: 2024\n",
            6,
            "au-dessus de cette ligne, écrivez « - texte: … »",
        ),
        # Only its dash is.
        ("projet", "sources:\n  titre: A\n", 5, "écrivez « - titre: A », au bord gauche"),
        (
            "projet",
            "sources:\n    titre: A\n    date: 2024\n",
            5,
            "écrivez 2 espaces, puis « - titre: A »",
        ),
    ],
)
def test_the_line_that_is_missing_is_told(kind: str, lines: str, line: int, hint: str) -> None:
    assert told(kind, lines) == [(line, hint)]


def test_an_item_with_one_key_of_its_list_is_an_item_of_it() -> None:
    hints = [hint for _, hint in told("vocabulaire", "termes:\n  - {cle: a, titre: B}\n")]
    assert not any("au-dessus" in hint for hint in hints)
    assert len(hints) == 2


def test_a_group_on_the_line_of_its_key_keeps_its_own_advice() -> None:
    [(_, hint)] = told("projet", "sources: {titre: A}\n")
    assert hint == "à la ligne sous « sources: », écrivez - {titre: …}"


@pytest.mark.parametrize(
    ("kind", "lines", "line", "key"),
    [
        ("projet", f"porteurs: [A]\n  - texte: B\n    date: 2024\n{END}", 5, "annonces"),
        ("projet", f"commune: Dijon\n  - texte: B\n  - texte: C\n{END}", 5, "annonces"),
        ("projet", f"porteurs: [A]\n  - {{nom: B, jusqu_en: 2024}}\n{END}", 5, "anciens_noms"),
        ("catalyser", "commune: Dijon\n  - titre: A\n    url: https://a.fr\n", 6, "sources"),
    ],
)
def test_a_list_without_its_key_has_one_problem(kind: str, lines: str, line: int, key: str) -> None:
    path = FOLDERS[kind]
    text = f"---\n{HEADERS[kind]}{lines}---\n"
    document, problems = parse_one(SourceFile(path, text.encode()), Converter())
    assert document
    (found,) = explain_lost_signs(problems, [document], [KINDS[kind]])
    assert found.line == line
    assert found.hint == f"au-dessus de cette ligne, écrivez « {key}: »"


@pytest.mark.parametrize(
    "items",
    [
        "  - titre: A\n    - titre: B\n",
        "  - titre:: A\n    date: 2024\n",
        '  - titre:\u202f"A"\n    date: 2024\n',
        " - date: 2024\n  - titre: A\n",
    ],
)
def test_an_item_of_a_list_that_was_typed_keeps_its_own_advice(items: str) -> None:
    text = f"---\n{HEADERS['projet']}sources:\n{items}---\n"
    document, problems = parse_one(SourceFile(FOLDERS["projet"], text.encode()), Converter())
    assert document
    assert (*explain_lost_signs(problems, [document], [KINDS["projet"]]),) == problems


@pytest.mark.parametrize(
    ("kind", "lines", "hint"),
    [
        ("projet", "anciens_noms:\n  - {nom: A, jusqu_en 2024}\n", "écrivez « jusqu_en: 2024 »"),
        ("catalyser", "personnes:\n  - {nom: A, fonction vice-présidente, date: 2024}\n",
         "écrivez « fonction: vice-présidente »"),
        ("projet", "sources:\n  - {titre: Ici, url là}\n", "écrivez « url: là »"),
        # A text with a comma.
        ("projet", "sources:\n  - {titre: Ici, puis là}\n", "mettez toute la valeur entre"),
        ("projet", "sources:\n  - {titre: Ici, titre là}\n", "mettez toute la valeur entre"),
    ],
)  # fmt: skip
def test_a_key_without_its_colon_in_braces_is_told(kind: str, lines: str, hint: str) -> None:
    text = f"---\n{HEADERS[kind]}{lines}---\n"
    document, problems = parse_one(SourceFile(FOLDERS[kind], text.encode()), Converter())
    assert document
    (found,) = explain_lost_signs(problems, [document], [KINDS[kind]])
    assert found.hint.startswith(hint)


@pytest.mark.parametrize(
    ("kind", "lines", "hint"),
    [
        ("projet", "communeAmiens\n", "commune: Amiens"),
        ("projet", 'departement"63"\n', 'departement: "63"'),
        ("projet", "departement63\n", "departement: 63"),
        ("projet", "sitehttps://exemple.fr/\n", "site: https://exemple.fr/"),
        ("projet", "promotionPrintemps, été\n", 'promotion: "Printemps, été"'),
        ("projet", 'sources:\n  - titre"A"\n    date: 2024\n', 'titre: "A"'),
        ("projet", "sources:\n  - titre: A\n    date2024\n", "date: 2024"),
        ("projet", "anciens_noms:\n  - {nomLa Serre, jusqu_en: 2024}\n", "nom: La Serre"),
    ],
)
def test_a_key_that_touches_its_value_is_parted_from_it(kind: str, lines: str, hint: str) -> None:
    text = f"---\n{HEADERS[kind]}{lines}---\n"
    document, problems = parse_one(SourceFile(FOLDERS[kind], text.encode()), Converter())
    assert document
    (found,) = explain_lost_signs(problems, [document], [KINDS[kind]])
    assert found.hint == f"écrivez « {hint} »"


@pytest.mark.parametrize("line", ["nomade: x : y", "Une phrase", "nomX"])
def test_other_lines_without_a_colon_keep_their_own_advice(line: str) -> None:
    text = f"---\n{HEADERS['projet']}{line}\n---\n"
    document, problems = parse_one(SourceFile(FOLDERS["projet"], text.encode()), Converter())
    assert document
    assert [*explain_lost_signs(problems, [document], [KINDS["projet"]])] == [*problems]


def test_a_key_that_touches_its_value_is_not_told_as_missing() -> None:
    path = FOLDERS["projet"]
    text = f"---\nnomUne réflexion sur un sujet\nresume: Une phrase.\n{END}---\n"
    document, _ = parse_one(SourceFile(path, text.encode()), Converter())
    assert document
    assert validate_one(document, KINDS["projet"])[1] == ()
