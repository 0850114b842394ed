"""After an edit the key has the value that was asked for, and nothing else has moved by a byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from maille.content.documents import SourceFile
from maille.content.front_matter import read_front_matter
from maille.content.header_edits import edit_header, edit_yaml
from maille.content.parse import parse
from maille.content.yaml_writing import Value, write_value
from maille.problems import ContentError, select_errors

HARD = [
    *("NO", "01000", "0612345670", "18:30", "oui", "null", "~", "", " ", "12", "1e3", "2024-07-08"),
    *(
        "a: b",
        "a #b",
        "#a",
        "a, b",
        "[a",
        "{a}",
        "a:",
        "- a",
        "---",
        "'a'",
        '"a" b',
        "d'Albi",
        "=x",
    ),
    *(
        "« Lien »",
        "deux\nlignes",
        "tab\tici",
        "\\n",
        "🧶 é",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "?",
    ),
    *(
        "\u2028",
        "\x85",
        "fin ",
        "|",
        "> a",
        "<<",
        "x" * 200,
        "https://exemple.fr/a?b=c#d",
        "a\r\nb",
    ),
]
TEXTS = st.sampled_from(HARD) | st.text(st.characters(codec="utf-8"), max_size=12)
# What a file holds as it is; the rest is between double quotes.
GROUPS = st.dictionaries(st.sampled_from(["titre", "date", "url"]), TEXTS, min_size=1)
VALUES: st.SearchStrategy[Value] = st.one_of(
    TEXTS, st.lists(TEXTS, max_size=4), st.lists(GROUPS, max_size=3)
)
NAMES = ["nom", "site", "resume", "pratiques", "sources", "chiffres", "verifie_le"]


def quote(text: str) -> str:
    return write_value(text, like='"')


def write_list(draw: Any, key: str, items: list[Any]) -> str:
    """Return a list as an editor may write it, with comments."""
    form = draw(st.sampled_from(["line", "lines", "dashes", "groups"]))
    if form == "line" or not items:
        return f"{key}: {write_value(items)}  # [a, b]"
    if form == "lines":
        inside = ",  # - ici, là\n  ".join(write_value(one, inside=True) for one in items)
        return f"{key}: [\n  {inside}\n  ]"
    lines = [f"{key}:  # - des mots"]
    for item in items:
        if form == "groups" and isinstance(item, dict):
            pairs = [f"{name}: {write_value(one)}  # dit" for name, one in item.items()]
            lines += [f"  - {pairs[0]}", "    # sous", *(f"    {pair}" for pair in pairs[1:])]
        else:
            lines += ["  # - avant", f"  - {write_value(item)}"]
    return "\n".join(lines)


@st.composite
def chunks(draw: Any) -> dict[str, str]:
    """Return the lines of each key of a header, as an editor may write them."""
    made = {}
    for key in draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=6)):
        value = draw(VALUES)
        if isinstance(value, list):
            text = write_list(draw, key, value)
        else:
            text = draw(
                st.sampled_from(
                    [
                        f"{key}: {write_value(value)}  # une: note",
                        f"{key}:   {quote(value)}",
                        f"{key}:",
                        f"{key}:     # pas encore",
                        f"{key}: du texte\n  sur deux lignes # fin",
                        f"{key}: >\n  plié\n  en deux\n\n",
                        f"{key}: |\n  une\n  deux",
                        f"{key}:\n  plus bas",
                        f"{key}: 'd''ici'",
                    ]
                )
            )
        made[key] = draw(st.sampled_from(["", "# dessus : « là »\n", "\n"])) + text + "\n"
    return made


def read(text: str) -> Mapping[str, Any]:
    found = read_front_matter(text.replace("\r\n", "\n"), "f.md")
    assert not select_errors(found.problems), (text, found.problems)
    return found.data


def strip_key(text: str) -> str:
    """Return the comments and blank lines above the key of a chunk."""
    found = re.match(r"(?:#.*\n|\n)*", text)
    assert found
    return found[0]


@given(chunks(), st.sampled_from(NAMES), st.none() | VALUES, st.booleans(), st.booleans())
@example({"nom": "nom: |+\n  a\n\n"}, "site", "x", False, False)
@example({"sources": "sources: [~, a, null]\n"}, "nom", "x", False, False)
@example({"sources": "sources:\n  - ~\n  - a\n"}, "sources", ["a", "b"], False, False)
def test_only_the_key_changes(
    made: dict[str, str], key: str, value: Value | None, crlf: bool, bom: bool
) -> None:
    text = "".join(made.values())
    before = dict(read(text))
    whole = f"---\n{text}---\n\nLe corps : # rien\n- un  \n"
    if crlf:
        whole = whole.replace("\n", "\r\n")
    data = ("\ufeff" * bom + whole).encode()
    edited = edit_header(data, {key: value}, NAMES).decode()
    found, problems = parse([SourceFile("f.md", edited.encode())])
    assert not select_errors(problems)
    wanted = {**before, **({key: value} if value is not None else {})}
    if value is None:
        wanted.pop(key, None)
    assert found[0].front_matter == wanted
    # The rest is as it was, in its order: other chunks, rules, body and BOM.
    at = 0
    for name, chunk in made.items():
        same = strip_key(chunk) if name == key else chunk
        same = same.replace("\n", "\r\n") if crlf else same
        at = edited.index(same, at) + len(same)
    assert edited.endswith(whole[whole.rindex("---") :])
    assert edited.startswith("\ufeff---" if bom else "---")
    assert ("\r" in edited.replace("\r\n", "")) is False
    assert ("\n" in edited.replace("\r\n", "")) is not crlf


@given(chunks(), st.sampled_from(NAMES))
def test_an_edit_to_what_is_there_changes_nothing(made: dict[str, str], key: str) -> None:
    text = "".join(made.values())
    values = dict(read(text))
    assert edit_yaml(text, {key: values.get(key)}) == text


@given(st.lists(GROUPS, min_size=1, max_size=4), st.lists(GROUPS, max_size=4), st.data())
def test_items_that_stay_keep_their_lines_and_comments(
    old: list[Any], new: list[Any], data: Any
) -> None:
    text = write_list(data.draw, "sources", [*old]) + "\nnom: x\n"
    edited = edit_yaml(text, {"sources": [*old, *new]})
    assert read(edited) == {"sources": [*old, *new], "nom": "x"}
    assert [line for line in text.split("\n") if line not in edited.split("\n")] in (
        [],
        [text.split("\n")[0]],  # on one line
    ) or "[\n" in text


CASES: list[tuple[str, Mapping[str, Value | None], str]] = [
    ('departement: "63"  # code\n', {"departement": "01"}, 'departement: "01"  # code\n'),
    ("nom: A\n", {"nom": "NO"}, 'nom: "NO"\n'),
    ("nom: 'A'\n", {"nom": "L'un"}, "nom: 'L''un'\n"),
    ("resume: A\n", {"resume": "Un, deux"}, "resume: Un, deux\n"),
    (
        "verifie_le:    # quand\n",
        {"verifie_le": "2026-11-30"},
        "verifie_le: 2026-11-30    # quand\n",
    ),
    ("p: [a, b, c] # mots\n", {"p": ["a", "c"]}, "p: [a, c] # mots\n"),
    ("p: [a, b, c]\n", {"p": ["a"]}, "p: [a]\n"),
    ("p: [b]\n", {"p": ["a", "b", "c, d"]}, 'p: [a, b, "c, d"]\n'),
    (
        "p: [\n  a, # un\n  b, # deux\n  c # trois\n  ]\n",
        {"p": ["a", "b"]},
        "p: [\n  a, # un\n  b, # deux\n   # trois\n  ]\n",
    ),
    (
        "p: [\n  a, # un\n  b, # deux\n  c\n  ]\n",
        {"p": ["b", "c"]},
        "p: [\n   # un\n  b, # deux\n  c\n  ]\n",
    ),
    ("p: []\n", {"p": ["a"]}, "p: [a]\n"),
    ("p:\n  - a # un\n  - b\nq: c\n", {"p": ["a", "d"]}, "p:\n  - a # un\n  - d\nq: c\n"),
    ("p:\n- a\n- b\n", {"p": ["b", "c"]}, "p:\n- b\n- c\n"),
    ("p:\n  - a\n  - b\n", {"p": []}, "p: []\n"),
    ("p:\n  - a\n", {"p": "x"}, "p: x\n"),
    ("s:\n  - {t: A}\n", {"s": [{"t": "A"}, {"t": "B"}]}, "s:\n  - {t: A}\n  - {t: B}\n"),
    (
        "s:\n  - t: A  # un\n    u: https://a.fr/\n",
        {"s": [{"t": "A", "u": "https://b.fr/"}, {"t": "B", "u": "c"}]},
        "s:\n  - t: A  # un\n    u: https://b.fr/\n  - t: B\n    u: c\n",
    ),
    ("s:\n  - t: A\n    # note\n    u: b\n", {"s": [{"u": "b"}]}, "s:\n  - # note\n    u: b\n"),
    ("s:\n  - {t: A, u: b}\n", {"s": [{"u": "b", "v": "1"}]}, 's:\n  - {u: b, v: "1"}\n'),
    ("nom: A\nsite: b", {"resume": "c"}, "nom: A\nsite: b\nresume: c"),
    ("nom: A\nsite: b\n", {"nom": None}, "site: b\n"),
    ("# rien\n", {"nom": "A", "p": ["a"]}, "# rien\nnom: A\np: [a]\n"),
    ("nom: A\n", {"s": [{"t": "A", "u": "b"}]}, "nom: A\ns:\n  - {t: A, u: b}\n"),
    ("{nom: A, site: b}\n", {"nom": None, "resume": "c"}, "{site: b, resume: c}\n"),
    ("p: [[a], [b]]\n", {"p": [["a"], ["c"]]}, "p: [[a], [c]]\n"),
    ("p:\n  - - a\n    - b\n", {"p": [["a"], ["c"]]}, "p:\n  - [a]\n  - [c]\n"),
]


@pytest.mark.parametrize(("before", "changes", "after"), CASES)
def test_what_an_editor_would_have_typed(
    before: str, changes: Mapping[str, Value | None], after: str
) -> None:
    assert edit_yaml(before, changes, ["nom", "site", "resume"]) == after


def test_a_new_key_goes_where_it_usually_stands() -> None:
    before = "nom: A\n# du site\nsite: b\nsources: [c]\n"
    after = "nom: A\nprofil: x\n# du site\nsite: b\nsources: [c]\n"
    assert edit_yaml(before, {"profil": "x"}, ["nom", "profil", "site", "sources"]) == after
    both = edit_yaml("nom: A\n", {"site": "b", "profil": "x"}, ["nom", "profil", "site"])
    assert both == "nom: A\nprofil: x\nsite: b\n"
    first = edit_yaml("site: b\n", {"nom": "A"}, ["nom", "site"])
    assert first == "nom: A\nsite: b\n"


BROKEN = [
    b"nom: A\n",
    b"---\nnom: [A\n---\n",
    b"---\nnom: &a A\n---\n",
    b"---\nnom: A\nnom: B\n---\n",
    b"",
]


@pytest.mark.parametrize("data", BROKEN)
def test_a_header_with_an_error_is_refused(data: bytes) -> None:
    with pytest.raises(ContentError):
        edit_header(data, {"site": "b"})
