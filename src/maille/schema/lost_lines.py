"""Detect a missing line above the items of a list, and a missing colon after a key."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from maille.content.documents import Document
from maille.content.yaml_errors import cut_at_end, format_value, start_line
from maille.problems import Problem
from maille.schema.fields import Part
from maille.schema.kind import is_list, list_parts, map_keys
from maille.text.patterns import compile_late

# The start of a value that follows its key without a colon: characters that no key has.
_GLUED = compile_late(r"[^\Wa-zà-ÿ_]|[\"'«\[]|https?:")


def mark_lost_keys(
    errors: Iterable[ErrorDetails], model: type[Part], typed: Mapping[str, Any]
) -> list[ErrorDetails]:
    """Return the errors of a front matter `typed` for `model`, with "lost_key" for some of them.

    If the line « sources: » is missing, its items are read as more items of the list above, where
    their keys are unknown. The errors of these items are then replaced by one error of type
    "lost_key" at the first item; its context names the list that has their keys and was not typed.
    That list is then not reported as missing.
    """
    given = [*errors]
    lists = _map_groups(model)
    lost: dict[str, int] = {}  # list → its first item that belongs to another list
    found = []
    for details in given:
        key, number, *_ = (*details["loc"], None, None)
        items = typed.get(key) if isinstance(key, str) else None
        if not (isinstance(number, int) and key in lists and isinstance(items, tuple)):
            found.append(details)
        elif key in lost and number >= lost[key]:
            continue
        elif meant := _find_other_list(items[number], key, lists, typed) if number else "":
            lost[key] = number
            context = {"key": meant}
            found.append({**details, "type": "lost_key", "loc": (key, number), "ctx": context})
        else:
            found.append(details)
    meant_keys = {one["ctx"]["key"] for one in found if one["type"] == "lost_key"}
    return [d for d in found if d["type"] != "missing" or d["loc"][0] not in meant_keys]


def _find_other_list(
    item: object, key: str, lists: Mapping[str, frozenset[str]], typed: Mapping[str, Any]
) -> str:
    """Return the key of the list that an item was meant for, if it is not the list `key`, else "".

    The item must have a key that is unknown in the list `key`. The other list was not typed, and
    has all the keys of the item.
    """
    keys = item.keys() if isinstance(item, Mapping) else frozenset[str]()
    if not keys - lists[key]:
        return ""
    return next((one for one, own in lists.items() if one not in typed and keys <= own), "")


def find_lost_lists(document: Document, model: type[Part]) -> Iterator[tuple[range, str]]:
    """Yield (lines, key) for each run of items above which the editor forgot the key of the list.

    `lines` are the lines of the items: they are doubtful, being indented below a key that already
    has a value. `key` is the first list of groups that the front matter lacks and that accepts all
    the keys of these items; if no list does, nothing is yielded for them.
    """
    lists = {
        key: keys for key, keys in _map_groups(model).items() if key not in document.front_matter
    }
    for first, text in document.doubtful.items():
        begins = first - 1 not in document.doubtful and re.match(r" +- +(?:\{ *)?\w+:", text)
        if not begins or not _has_value_above(document, first):
            continue
        depth = len(text) - len(text.lstrip())
        stop = first
        while re.match(rf" {{{depth}}}(?:- | )", document.doubtful.get(stop, "")):
            stop += 1
        below = "\n".join(document.doubtful[line] for line in range(first, stop))
        keys = frozenset(re.findall(r"(?m)(?:^[ -]*|[{,] *)(\w+):(?= |$)", below))
        if meant := next((key for key, own in lists.items() if keys <= own), ""):
            yield range(first, stop), meant


def suggest_colon(problem: Problem, document: Document, model: type[Part]) -> str:
    """Return what to type if a problem is a key without its colon, or "".

    In braces, a word is such a key if one kind of group has both this key and the other keys of the
    group: « {nom: A, fonction B} ». A key may also touch its value: « nomRecyclerie ».
    """
    line = document.doubtful.get(problem.line, "")
    if glued := _split_glued(problem, line, document, model):
        return glued
    found = re.match(r"(\w+) +([^,{}\[\]]+?) *(?=,|\})", line[max(problem.column - 1, 0) :])
    if not found or not line[: problem.column - 1].rstrip().endswith((",", "{")):
        return ""
    beside = frozenset(re.findall(r"[{,] *(\w+):(?= )", line))
    groups = _map_groups(model).values()
    if found[1] in beside or not any({found[1], *beside} <= keys for keys in groups):
        return ""
    return f"écrivez « {found[1]}: {found[2]} »"


def _split_glued(problem: Problem, line: str, document: Document, model: type[Part]) -> str:
    """Return what to type if a line without a colon begins with a key that touches its value."""
    text = line[max(problem.column - 1, 0) :].lstrip(" -{")
    alone = not line[:1].isspace() and problem.column < 2
    groups = _map_groups(model).values()
    inside = {key for group in groups for key in group}
    keys = map_keys(model).keys() - document.front_matter.keys() if alone else inside
    begun = (key for key in keys if _GLUED.match(text.removeprefix(key)) and text.startswith(key))
    key = max(begun, key=len, default="")
    if not key or "deux-points" not in problem.message:
        return ""
    value = text.removeprefix(key)
    value = value.strip() if alone else cut_at_end(value)
    written = value if value[0] in "\"'[" else format_value(value)
    return f"écrivez « {key}: {written} »"


def _has_value_above(document: Document, line: int) -> bool:
    """Return whether the last top-level key above a line has its value on the line of the key."""
    keys = {
        at.line: path
        for path, at in document.key_positions.items()
        if len(path) == 1 and at.line < line
    }
    path = keys[max(keys)] if keys else ()
    return bool(document.find_value(path)) and document.has_value_beside_key(path)


def suggest_line_above(details: ErrorDetails, model: type[Part], document: Document) -> str:
    """Return a hint that gives the line to insert above an error, or "" if none is missing.

    That line is the key of a required list whose items have no key above them, or the first line of
    an item. If an item lacks only its dash, the hint gives its first line with the dash instead.
    """
    location = details["loc"]
    part = next((one for key, one in _list_groups(model) if (key,) == location), None)
    if part is None:
        return ""
    keys = {key: info.is_required() for key, info in map_keys(part).items()}
    if details["type"] == "missing":
        items = (
            line
            for line, text in document.doubtful.items()
            if (found := re.match(r"\s*- +(?:\{ *)?(\w+):", text)) and found[1] in keys
        )
        line = next(items, None)
        return f"au-dessus de la ligne {line}, écrivez « {location[0]}: »" if line else ""
    typed, at = details["input"], document.find_position(location)
    if details["type"] != "tuple_type" or not isinstance(typed, Mapping) or not typed:
        return ""
    if at.line == document.find_position(location, key=True).line or at.column < 3:
        return ""
    if missing := [key for key, needed in keys.items() if needed and key not in typed]:
        return f"au-dessus de cette ligne, écrivez « - {missing[0]}: … »"
    first, value = next(iter(typed.items()))
    if not isinstance(value, str):
        return ""
    return f"écrivez {start_line(at.column - 3, f'- {first}: {format_value(value)}')}"


@functools.cache
def _list_groups(model: type[Part]) -> tuple[tuple[str, type[Part]], ...]:
    """Return (key, model of its items) for each list of groups of keys."""
    return tuple(
        (key, one)
        for key, info in map_keys(model).items()
        if is_list(info)
        for one in list_parts(info.annotation)
    )


@functools.cache
def _map_groups(model: type[Part]) -> Mapping[str, frozenset[str]]:
    """Map the key of each list of groups to the keys that its items may have."""
    return {key: frozenset(map_keys(part)) for key, part in _list_groups(model)}
