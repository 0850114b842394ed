"""Which lines an editor has marked « vu », and what the mark hides."""

from __future__ import annotations

import pytest

from maille.content.documents import SourceFile
from maille.content.parse import parse
from maille.content.seen_marks import find_seen_lines, split_seen
from maille.problems import Level, Problem


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        ("nom: A\ndate: 2021  # vu", {3}),
        ("date: 2021 # vu : le dernier connu", {2}),
        ("# vu\ndate: 2021", {3}),
        ("  #vu: juste\nnom: A", {3}),
        ("nom: A # vue de loin", set()),
        ("# Vu que la source se tait\nnom: A", set()),
        ("nom: vu", set()),
        ("nom: C#vu", set()),
    ],
)
def test_a_comment_marks_its_line_or_the_next(header: str, lines: set[int]) -> None:
    assert find_seen_lines(header, 2) == lines


def test_a_note_marks_the_paragraph_below_it() -> None:
    body = "Un.\n\n<!-- vu : exact -->\n\nDeux\nlignes.\n\nTrois.\n<!-- vue -->\nQuatre."
    assert find_seen_lines("", 1, body, 10) == {14, 15}
    assert find_seen_lines("", 1, "# vu\n\nUn titre.") == frozenset()


def test_warnings_on_marked_lines_are_set_apart_and_errors_are_not() -> None:
    text = "---\ntitre: A # vu\nresume: b\n---\n<!-- vu -->\n\nUn mot.\n\nUn autre.\n"
    documents, _ = parse([SourceFile("a.md", text.encode())])
    warnings = [Problem("a.md", "m", line=n, level=Level.WARNING) for n in (2, 3, 7, 9)]
    others = [Problem("a.md", "m", line=2), Problem("b.md", "m", line=2, level=Level.WARNING)]
    told, seen = split_seen([*warnings, *others], documents)
    assert [one.line for one in seen] == [2, 7]
    assert [*told] == [warnings[1], warnings[3], *others]


def test_a_list_of_terms_may_have_marks() -> None:
    (document,), _ = parse([SourceFile("a.yaml", b"nom: A\n# vu\nadresse: /a/\n")])
    assert document.seen == {3}
