"""Read the header and the body of a Markdown file, given its bytes; replace its body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from maille.content.front_matter import read_front_matter
from maille.content.header_rules import find_header

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def read_keys(data: bytes) -> Mapping[str, Any]:
    """Return the keys of a file's header with their values, as typed."""
    text = data.decode("utf-8").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return read_front_matter(find_header(text).text, "").data


def read_body(data: bytes) -> str:
    """Return the text below the header of a file, with LF line ends and no blanks around it."""
    return _split(data)[1].replace("\r\n", "\n").replace("\r", "\n").strip()


def replace_body(data: bytes, body: str) -> bytes:
    """Return the bytes of a file with `body` below its header; line ends stay as they were."""
    above, below = _split(data)
    text = above + below
    newline = "\r\n" if "\r\n" in text else "\n"
    new = body.strip().replace("\n", newline)
    old = below.strip()
    if old == new:
        return data
    if not old:
        gap = "" if above.endswith(("\r", "\n")) else newline
        return f"{above}{gap}{newline}{new}{newline}".encode()
    if not new:
        return above.encode()
    start = below.index(old)
    return f"{above}{below[:start]}{new}{below[start + len(old) :]}".encode()


def _split(data: bytes) -> tuple[str, str]:
    """Return the header of a file, with its `---` lines, and the text below it."""
    text = data.decode("utf-8")
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line[0] for line in _LINE.finditer(text)]
    header = find_header(plain)
    first = header.first_line + header.text.count("\n")  # the line after the closing `---`
    return "".join(lines[:first]), "".join(lines[first:])
