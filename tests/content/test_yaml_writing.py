"""What is written is read back as it was, and plain only where all readers agree."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from maille.content.front_matter import read_front_matter
from maille.content.yaml_writing import Value, write_key_lines, write_value

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
VALUES: st.SearchStrategy[Value] = st.recursive(
    TEXTS,
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["titre", "date", "url"]), inside, max_size=3)
    ),
    max_leaves=6,
)


@given(VALUES, st.sampled_from(["", "'", '"', "|", None]))
def test_any_value_is_read_back(value: Value, like: str | None) -> None:
    for line in (
        f"k: {write_value(value, like=like)}\n",
        "\n".join(write_key_lines("k", value, 0)),
    ):
        found = read_front_matter(line, "f.md")
        assert found.data == {"k": value}
        assert not found.problems


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Un mot", "Un mot"),
        ("2024-07-08", "2024-07-08"),
        ("https://exemple.fr/a?b=c", "https://exemple.fr/a?b=c"),
        ("Ici, là", "Ici, là"),
        ("d'ici", "d'ici"),
        ("NO", '"NO"'),
        ("01000", '"01000"'),
        ("null", '"null"'),
        ("18:30", '"18:30"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("", '""'),
        ('"a"', '"\\"a\\""'),
        ("a\nb\u2028", '"a\\nb\\u2028"'),
    ],
)
def test_a_text_is_quoted_where_readers_would_differ(text: str, written: str) -> None:
    assert write_value(text) == written
    assert str(yaml.safe_load(written)) == text  # another reader, which guesses types


def test_between_brackets_a_comma_is_quoted() -> None:
    assert write_value(["Ici, là", "b"]) == '["Ici, là", b]'
    assert write_value({"titre": "A", "date": "2024"}) == '{titre: A, date: "2024"}'
