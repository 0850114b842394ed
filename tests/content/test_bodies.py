"""The text below a header is read and replaced; every other byte stays."""

from __future__ import annotations

import pytest

from maille.content.bodies import read_body, read_keys, replace_body

HEADER = b"---\nnom: A  # ici\n---\n"


@pytest.mark.parametrize(
    ("data", "body", "after"),
    [
        (HEADER + b"\nUn.\n\nDeux.\n", "Trois.", HEADER + b"\nTrois.\n"),
        (HEADER + b"Un.", "Trois.", HEADER + b"Trois."),
        (HEADER, "Trois.", HEADER + b"\nTrois.\n"),
        (HEADER.rstrip(), "Trois.", HEADER + b"\nTrois.\n"),
        (HEADER + b"\nUn.\n", "", HEADER),
        (HEADER + b"\nUn.\n", "Un.", HEADER + b"\nUn.\n"),
    ],
)
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_text_is_replaced(
    data: bytes, body: str, after: bytes, newline: bytes, mark: bytes
) -> None:
    before = mark + data.replace(b"\n", newline)
    found = replace_body(before, body)
    is_one_line = newline == b"\r\n" and b"\n" not in data
    assert found == mark + after.replace(b"\n", b"\n" if is_one_line else newline)
    assert read_body(found) == body
    assert read_keys(found) == {"nom": "A"}


def test_a_text_is_read_with_plain_line_ends() -> None:
    assert read_body(HEADER.replace(b"\n", b"\r\n") + b"\r\nUn.\r\n\r\nDeux.\r\n") == "Un.\n\nDeux."
