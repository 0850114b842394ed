from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.content.documents import Document, SourceFile
from maille.content.markdown import Converter
from maille.content.parse import KnownFiles, digest_source, parse, parse_one
from maille.problems import Problem

CONVERTER = Converter()
HEADER = "---\nnom: Été\n---\n"


def read(data: str | bytes, path: str = "f.md") -> tuple[Document | None, tuple[Problem, ...]]:
    return parse_one(SourceFile(path, data.encode() if isinstance(data, str) else data), CONVERTER)


def told(data: str | bytes) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.message) for one in read(data)[1]]


def one(data: str | bytes) -> Problem:
    (problem,) = read(data)[1]
    return problem


def in_body(text: str) -> list[tuple[int, int, str]]:
    """Return the problems of a body, with lines counted from its own first line."""
    return [(line - 3, column, message) for line, column, message in told(HEADER + text)]


# --- Finding the header --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "---\nnom: X\n---\ncorps",
        "\n\n---\nnom: X\n---\ncorps",
        "-----\nnom: X\n----\ncorps",
        "---  \nnom: X\n--- \t\n\n\ncorps",
        "\ufeff---\nnom: X\n---\ncorps",
        "---\nnom: X\n---\ncorps\n\n",
    ],
)
def test_a_header_is_found(text: str) -> None:
    document, _ = read(text)
    assert document
    assert (document.front_matter, document.body.html) == ({"nom": "X"}, "<p>corps</p>")


def test_a_rule_of_the_body_stays_in_the_body() -> None:
    document, problems = read("---\nnom: X\n---\n---\n\na\n\n---\n\nb")
    assert document
    assert problems == ()
    assert document.body.html == "<hr>\n<p>a</p>\n<hr>\n<p>b</p>"


def test_a_file_may_have_no_body() -> None:
    # The converter has just met a body with a heading: nothing of it may stay.
    read(HEADER + "## Titre\n\n[a](/x/)")
    document, problems = read("---\nnom: X\n---")
    assert document
    assert problems == ()
    assert document.body.html == ""
    assert not (document.body.headings or document.body.links)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "vide")]),
        (" \n\n \t\n", [(1, "vide")]),
        ("nom: X\n", [(1, "l'en-tête manque")]),
        ("nom: X\n---\ncorps\n", [(1, "l'en-tête manque")]),
        ("\n\nTitre\n", [(3, "l'en-tête manque")]),
        ("---\nnom: X\n\ncorps", [(1, "pas fermé")]),
        ("\n---\nnom: X\n", [(2, "pas fermé")]),
        (" ---\nnom: X\n---\n", [(1, "au lieu de ---")]),
        ("--\nnom: X\n--\n", [(1, "« -- » au lieu de ---"), (3, "« -- » au lieu de ---")]),
        ("—\nnom: X\n—\n", [(1, "« — » au lieu de ---"), (3, "« — » au lieu de ---")]),
        ("---\nnom: X\n—\ncorps", [(3, "« — » au lieu de ---")]),
        ("---\nnom: X\n–––\n\na\n\n---\n\nb", [(3, "« ––– » au lieu de ---")]),
        ("---\nnom: X\n--\ncorps", [(3, "« -- » au lieu de ---")]),
        ("---\nnom: X\n -–-\ncorps", [(3, "«  -–- » au lieu de ---")]),
        ("---\nnom: X\n___\ncorps", [(3, "« ___ » au lieu de ---")]),
        ("```\n---\nnom: X\n---\n```\n", [(1, "```")]),
        ("---\nnom: X\n---\nville: Y\n---\ncorps", [(3, "d'autres clés le suivent")]),
        ("---\nnom: X\n---\nsources:\n  - titre: Y\n---\nc", [(3, "d'autres clés le suivent")]),
    ],
)
def test_what_is_wrong_with_the_rules_of_a_header(
    text: str, expected: list[tuple[int, str]]
) -> None:
    document, problems = read(text)
    assert [(one.line, one.column) for one in problems] == [(line, 1) for line, _ in expected]
    for problem, (_, words) in zip(problems, expected, strict=True):
        assert words in problem.message
        assert problem.hint
    assert (document is not None) == ("nom: X" in text)


@pytest.mark.parametrize(
    "body", ["Note: a\n\n---\n\nsuite", "lieu: Paris\nautre chose\n---\n", "a:"]
)
def test_prose_that_looks_like_a_key_is_prose(body: str) -> None:
    assert read("---\nnom: X\n---\n" + body)[1] == ()


def test_a_header_at_fault_keeps_the_problems_of_the_body() -> None:
    lines = [line for line, _, _ in told("---\nnom: a : b\n---\n\n<b>x\n")]
    assert lines == [2, 5]


@pytest.mark.parametrize(
    "wrong",
    ["Un \ufeffmot.", "Un\0 mot.", "<<<<<<< a\nUn mot.\n=======\nDeux mots.\n>>>>>>> b"],
)
@pytest.mark.parametrize("at", [2, 6])
def test_a_sign_that_is_removed_hides_nothing(wrong: str, at: int) -> None:
    lines = ["---", "nom: a : b", "---", "# Titre", "[a](rien)", "<b>x</b>"]
    size = wrong.count("\n") + 1
    found = [line for line, _, _ in told("\n".join([*lines[:at], wrong, *lines[at:]]))]
    at_all = {line if line <= at else line + size for line in (2, 4, 5, 6)}
    assert {at + 1, *at_all} <= {*found}


def test_a_duplicate_key_does_not_hide_the_rest() -> None:
    document, problems = read("---\nnom: A\nnom: B\n---\n")
    assert document
    assert document.front_matter == {"nom": "A"}
    assert [problem.line for problem in problems] == [3]


def test_a_file_of_data_is_all_header() -> None:
    document, problems = read("nom: X\ntermes: [a]\n", "content/vocabulaires/v.yaml")
    assert document
    assert problems == ()
    assert document.front_matter == {"nom": "X", "termes": ["a"]}


def test_parse_reads_every_file_whatever_the_others_hold() -> None:
    files = [SourceFile("a.md", b"\xff"), SourceFile("b.md", HEADER.encode())]
    documents, problems = parse(files)
    assert [document.path for document in documents] == ["b.md"]
    assert [problem.path for problem in problems] == ["a.md"]


# --- Bodies --------------------------------------------------------------------------------------


@given(st.text("#-=*_`[]()<>!\\|:/. \n\tab1&;\"'~", max_size=80))
def test_no_body_makes_the_parser_fail(text: str) -> None:
    for problem in read(HEADER + text)[1]:
        assert 1 <= problem.line <= 4 + text.count("\n")
        assert problem.column >= 1
        assert "\x02" not in problem.message


# --- Images and headings -------------------------------------------------------------------------


def test_what_an_editor_notes_on_lines_of_its_own_is_on_no_page() -> None:
    document, problems = read(HEADER + "a\n\n<!-- un mot\n\n## pour plus tard -->\n\n[b](c)\n")
    assert document
    assert "plus tard" not in document.body.html + document.body.text
    assert document.body.headings == ()
    first = document.body.first_line
    assert document.body.notes == (first + 2,)
    assert [problem.line for problem in problems] == [first + 6]  # lines below are where they were


@pytest.mark.parametrize(
    ("text", "lines", "kept"),
    [
        ("<!-- a -->\n\nb\n\n<!-- c\nd --> \ne", [1, 5], "\n\nb\n\n\n\ne"),
        ("<!-- a\n<!-- b -->\nc", [1], "\n\nc"),
        ("<!-- a --> b\n\n<!-- c -->", [3], "<!-- a --> b\n\n"),
        ("x <!-- a -->\n <!-- b -->", [], "x <!-- a -->\n <!-- b -->"),
        ("<!-->\na -->", [1], "\n"),
    ],
)
def test_notes_alone_on_their_lines_are_taken_out(text: str, lines: list[int], kept: str) -> None:
    document, _ = read(HEADER + text)
    assert document
    assert document.body.notes == tuple(line + 3 for line in lines)
    assert document.body.text == kept


# --- Files already read --------------------------------------------------------------------------


def test_what_is_known_is_not_read_again() -> None:
    files = [SourceFile(f"{name}.md", f"{HEADER}{name}".encode()) for name in "abc"]
    wrong = SourceFile("d.md", b"\xff")
    known: KnownFiles = {}
    first = parse((*files, wrong), known=known)
    assert first == parse((*files, wrong))
    assert [*known] == [digest_source(one) for one in (*files, wrong)]
    again, problems = parse((*files, wrong), known=known)
    assert problems == first[1]
    assert [id(one) for one in again] == [id(one) for one in first[0]]


def test_only_the_files_that_changed_are_read_and_what_went_is_forgotten() -> None:
    one, other = (SourceFile(f"{name}.md", HEADER.encode()) for name in "ab")
    known: KnownFiles = {}
    [kept, left], _ = parse((one, other), known=known)
    changed = SourceFile("b.md", f"{HEADER}Autre".encode())
    [same, new], _ = parse((one, changed), known=known)
    assert same is kept
    assert new.body.html != left.body.html
    assert [*known] == [digest_source(one), digest_source(changed)]


def test_the_path_of_a_file_counts_as_much_as_its_bytes() -> None:
    assert (
        len({digest_source(SourceFile(*one)) for one in (("a", b"b"), ("ab", b""), ("", b"ab"))})
        == 3
    )
