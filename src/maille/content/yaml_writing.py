"""Write values as YAML that `front_matter` reads back as they are: text, lists, groups of keys.

A text is left unquoted if every YAML parser reads it as the same text, or the same day. Any other
text is quoted: `NO`, `01000` and `oui` are quoted, `2024-07-08` is not.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from maille.content.front_matter import read_front_matter

Value = str | list["Value"] | dict[str, "Value"]

_SAME_FOR_ALL = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")
# Characters to escape between double quotes, since YAML refuses or folds them.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# Texts that YAML would not read as plain: punctuation at the start, a colon or a comment inside…
_SIGNS = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`]|\s|.*(?::(?:\s|$)| #|\s$)")
_BRACKETS = re.compile(r"[,\[\]{}]")
_RESOLVER: Any = yaml.resolver.Resolver()


def write_value(value: Value, *, inside: bool = False, like: str | None = "") -> str:
    """Return a value on one line: lists between brackets, groups of keys between braces.

    `inside` says that the value is itself between brackets or braces. `like` is the quote character
    that the text had before, if any; it is kept.
    """
    if isinstance(value, list):
        return f"[{', '.join(write_value(item, inside=True) for item in value)}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(write_pair(*pair, inside=True) for pair in value.items())}}}"
    return _write_text(value, inside=inside, like=like)


def write_pair(key: str, value: Value, *, inside: bool = False) -> str:
    """Return `key: value` on one line; `inside` says that it is between brackets."""
    return f"{write_value(key, inside=True)}: {write_value(value, inside=inside)}"


def write_key_lines(key: str, value: Value, indent: int) -> list[str]:
    """Return the lines of a key and its value, the first without its indentation.

    In a list of groups, each item has a line; any other value is on the line of its key.
    """
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        dash = f"{' ' * (indent + 2)}- "
        return [f"{write_value(key, inside=True)}:", *(dash + write_value(one) for one in value)]
    return [write_pair(key, value)]


def _write_text(text: str, *, inside: bool, like: str | None) -> str:
    if like == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return text if like != '"' and _is_plain(text, inside=inside) else _quote(text)


def _quote(text: str) -> str:
    """Return a text between double quotes, escaped as in JSON, which YAML reads too."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", quoted)


@functools.lru_cache(maxsize=4096)  # an import writes the same keys and communes again and again
def _is_plain(text: str, *, inside: bool) -> bool:
    """Return whether a text needs no quotes; `inside` says that it is between brackets."""
    if not text.isprintable() or _SIGNS.match(text) or (inside and _BRACKETS.search(text)):
        return False
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    if tag not in _SAME_FOR_ALL:
        return False
    read = read_front_matter(f"k: {text}\n", "")
    return read.data == {"k": text} and not read.problems
