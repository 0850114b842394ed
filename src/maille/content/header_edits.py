"""Change keys of a front matter, and leave every other byte of the file as it was.

No YAML library writes back exactly what it read: comments, quotes and line ends would change. So
the text is spliced at the positions that libyaml gives: a value is replaced in place, a list or a
group of keys is changed item by item, and the result is read back to be checked.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from maille.content.front_matter import read_front_matter
from maille.content.header_rules import find_header
from maille.content.yaml_writing import Value, write_key_lines, write_value
from maille.problems import ContentError, select_errors

__all__ = ["Value", "edit_header", "edit_yaml"]

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FIRST = "corrigez d'abord ce que dit : python build.py verifier"


def edit_header(
    data: bytes, changes: Mapping[str, Value | None], order: Sequence[str] = ()
) -> bytes:
    """Return the bytes of a Markdown file with other values for these keys; None removes a key.

    `order` is the usual order of keys: a new key is placed after the last key that precedes it in
    that order. Raises ContentError if the front matter has an error, or cannot be changed in place.
    """
    text = data.decode("utf-8")
    header = find_header(_normalise(text.lstrip("\ufeff")))
    if header.problems:
        raise ContentError(header.problems[0].message, _FIRST)
    lines = [line[0] for line in _LINE.finditer(text)]
    first, last = header.first_line - 1, header.first_line - 1 + header.text.count("\n")
    before, inside, after = (
        "".join(part) for part in (lines[:first], lines[first:last], lines[last:])
    )
    return (before + _edit(inside, changes, order, text) + after).encode()


def edit_yaml(text: str, changes: Mapping[str, Value | None], order: Sequence[str] = ()) -> str:
    """Return YAML text with other values for these keys, as `edit_header` does for a file."""
    return _edit(text, changes, order, text)


def _edit(text: str, changes: Mapping[str, Value | None], order: Sequence[str], whole: str) -> str:
    """Return the edited text; new lines get the line end used in `whole`, the text of the file."""
    wanted = {**_read(text)}
    for key, value in changes.items():
        if value is None:
            wanted.pop(key, None)
        else:
            wanted[key] = value
    known = {name: rank for rank, name in enumerate(order)}
    edited = _Editor(text, known, _find_newline(whole)).edit(wanted)
    if _read(edited) != wanted:
        raise ContentError("cet en-tête ne se change pas sans le récrire", "changez-le à la main")
    return edited


def _normalise(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _find_newline(text: str) -> str:
    found = re.search(r"\r\n|\r|\n", text)
    return found[0] if found else "\n"


def _read(text: str) -> Mapping[str, Any]:
    """Return the keys and values of YAML text. Raises ContentError if it has an error."""
    found = read_front_matter(_normalise(text), "")
    if errors := select_errors(found.problems):
        raise ContentError(errors[0].message, _FIRST, line=errors[0].line)
    return found.data


def _is_null(node: Any) -> bool:
    """Return whether `front_matter` reads a node as a null, which lists leave out."""
    is_text = isinstance(node, yaml.ScalarNode)
    return is_text and not node.style and node.value in {"null", "Null", "NULL", "~"}


def _read_node(node: Any) -> Any:
    """Return the value of a node of libyaml, as `front_matter` would read it."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _read_node(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_read_node(item) for item in node.value if not _is_null(item)]
    return "" if _is_null(node) else node.value


def _compare(old: list[Any], new: list[Any]) -> Iterator[tuple[int, int, int, int]]:
    """Yield (start, end, new start, new end) for each run of items that differs.

    The first two are indexes of `old`, the others of `new`; an end is the index after the run.
    """
    before, after = ([json.dumps(one, sort_keys=True) for one in items] for items in (old, new))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, *span in matcher.get_opcodes():
        if tag != "equal":
            yield span[0], span[1], span[2], span[3]


class _Editor:
    """Edits the keys of one YAML text: gathers splices, then applies them.

    `order` maps keys to their usual rank; `newline` ends the new lines. Positions count characters
    from 0.
    """

    def __init__(self, text: str, order: Mapping[str, int], newline: str) -> None:
        self.text = text
        self.order = order
        self.newline = newline
        self.splices: list[tuple[int, int, str]] = []

    def edit(self, wanted: Mapping[str, Any]) -> str:
        """Return the text, edited so that its keys and values are `wanted`."""
        root = yaml.compose(self.text, Loader=_Loader)
        if root is None or not root.value:
            self.add_lines(len(self.text), 0, self.sort_keys(wanted))
        else:
            self.change_mapping(root, wanted, top=True)
        parts, at = [], 0
        for start, end, new in sorted(self.splices, key=lambda splice: splice[:2]):
            parts += [self.text[at:start], new]
            at = end
        return "".join((*parts, self.text[at:]))

    def splice(self, start: int, end: int, new: str) -> None:
        self.splices.append((start, end, new))

    # --- Positions

    def find_end(self, node: Any) -> int:
        """Return the position after the last character of a node.

        A list or group without brackets ends where its last value does, before any blank lines and
        comments.
        """
        if not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.find_end(last[1] if isinstance(last, tuple) else last)
        end = int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return node.start_mark.index + len(self.text[node.start_mark.index : end].rstrip())
        return end

    def find_line_start(self, at: int) -> int:
        return max(self.text.rfind(sign, 0, at) for sign in "\r\n") + 1

    def find_next_line(self, at: int) -> int:
        """Return the position after the line end that follows `at`."""
        found = _LINE.match(self.text, at)
        assert found is not None
        return found.end()

    def find_line_after(self, node: Any) -> int:
        """Return the start of the line after a node; a `|` or `>` text includes its blank lines."""
        last = node
        while not isinstance(last, yaml.ScalarNode) and not last.flow_style and last.value:
            last = last.value[-1][1] if isinstance(last.value[-1], tuple) else last.value[-1]
        after = self.find_next_line(self.find_end(node))
        if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
            return max(after, self.find_line_start(last.end_mark.index))
        return after

    def is_first_of_line(self, at: int) -> bool:
        return not self.text[self.find_line_start(at) : at].strip()

    # --- Values

    def change(self, node: Any, value: Any, after: int | None, *, inside: bool = False) -> None:
        """Change a value in place.

        `after` is the position after the colon or dash that introduces it, or None in a list
        between brackets.
        """
        if _read_node(node) == value:
            return
        if value and isinstance(value, dict) and isinstance(node, yaml.MappingNode) and node.value:
            self.change_mapping(node, value)
        elif (
            value and isinstance(value, list) and isinstance(node, yaml.SequenceNode) and node.value
        ):
            self.change_sequence(node, value, after)
        else:
            self.replace(node, value, after, inside=inside)

    def replace(self, node: Any, value: Any, after: int | None, *, inside: bool) -> None:
        """Write a value on the line of the colon or dash that introduces it."""
        style = node.style if isinstance(node, yaml.ScalarNode) else ""
        new = write_value(value, inside=inside, like=style)
        start, end = node.start_mark.index, self.find_end(node)
        if after is not None and (start == after or re.search(r"[\r\n]", self.text[after:start])):
            self.splice(after, end, f" {new}")
        else:
            self.splice(start, end, new)

    def change_mapping(self, node: Any, wanted: Mapping[str, Any], *, top: bool = False) -> None:
        """Change, remove and add keys of a group, so that its values are `wanted`."""
        spans = [(key.start_mark.index, self.find_end(value)) for key, value in node.value]
        removed = [n for n, (key, _) in enumerate(node.value) if key.value not in wanted]
        for key, value in node.value:
            if key.value in wanted:
                colon = self.text.index(":", key.end_mark.index)
                new = wanted[key.value]
                self.change(value, new, colon + 1, inside=node.flow_style)
        added = {key: new for key, new in wanted.items() if key not in _read_node(node)}
        if node.flow_style:
            for start, end in _find_runs(removed):
                self.remove_between_brackets(spans, start, end)
            pairs = [write_value(added)[1:-1]] if added else []
            self.add_between_brackets(spans, len(spans), pairs)
            return
        self.remove_keys(node, removed)
        if top:
            self.add_keys(node, added)
        elif added:
            at = self.find_line_after(node.value[-1][1])
            self.add_lines(at, node.value[0][0].start_mark.column, added)

    def remove_keys(self, node: Any, removed: list[int]) -> None:
        """Remove the lines of some keys.

        If the key beside the dash of an item is one of them, the first key that remains takes its
        place.
        """
        pairs = node.value
        start = pairs[0][0].start_mark.index
        if removed[:1] == [0] and not self.is_first_of_line(start):
            kept = next(n for n in range(len(pairs)) if n not in removed)
            comment = re.search(
                r"(?<=[\r\n])\s*#", self.text[start : pairs[kept][0].start_mark.index]
            )
            end = start + comment.end() - 1 if comment else pairs[kept][0].start_mark.index
            self.splice(start, end, "")
            removed = [n for n in removed if n > kept]
        for number in removed:
            key, value = pairs[number]
            start = self.find_line_start(key.start_mark.index)
            self.splice(start, self.find_next_line(self.find_end(value)), "")

    def add_keys(self, root: Any, added: Mapping[str, Any]) -> None:
        """Add top-level keys, each after the last key that precedes it in the usual order."""
        column, last = root.value[0][0].start_mark.column, len(self.order)
        for key, value in self.sort_keys(added).items():
            rank = self.order.get(key, last)
            ranks = [self.order.get(name.value, last) for name, _ in root.value]
            before = [n for n, other in enumerate(ranks) if other <= rank]
            at = self.find_line_after(root.value[before[-1]][1]) if before else 0
            self.add_lines(at, column, {key: value})

    def sort_keys(self, added: Mapping[str, Any]) -> Mapping[str, Any]:
        last = len(self.order)
        return dict(sorted(added.items(), key=lambda pair: self.order.get(pair[0], last)))

    def add_lines(self, at: int, column: int, pairs: Mapping[str, Any]) -> None:
        for key, value in pairs.items():
            self.add_line(at, column, write_key_lines(key, value, column))

    def add_line(self, at: int, column: int, lines: Sequence[str]) -> None:
        """Insert `lines` at the position `at`, the start of a line.

        Only the first line is indented here, by `column` spaces; the other lines already are.
        """
        new = " " * column + self.newline.join(lines)
        unended = at == len(self.text) and self.text and self.text[-1] not in "\r\n"
        self.splice(at, at, self.newline + new if unended else new + self.newline)

    def change_sequence(self, node: Any, wanted: list[Any], after: int | None) -> None:
        dashes = [] if node.flow_style else [self.find_dash(node, item) for item in node.value]
        if not all(self.is_first_of_line(at) for at in dashes):  # « - - a »
            self.replace(node, wanted, after, inside=False)
            return
        spans = [(item.start_mark.index, self.find_end(item)) for item in node.value]
        old = [None if _is_null(one) else _read_node(one) for one in node.value]
        for start, end, first, last in _compare(old, wanted):
            both = min(end - start, last - first)
            for number in range(both):
                item = node.value[start + number]
                sign = None if node.flow_style else dashes[start + number] + 1
                self.change(item, wanted[first + number], sign, inside=node.flow_style)
            new = wanted[first + both : last]
            if node.flow_style:
                self.remove_between_brackets(spans, start + both, end)
                texts = [write_value(one, inside=True) for one in new]
                self.add_between_brackets(spans, start + both, texts)
            else:
                self.remove_items(node, dashes, start + both, end)
                self.add_items(node, dashes, start + both, new)

    # --- Lists without brackets

    def find_dash(self, node: Any, item: Any) -> int:
        column: int = node.start_mark.column
        at = self.find_line_start(item.start_mark.index)
        while at and self.text[at + column : at + column + 1] != "-":
            at = self.find_line_start(at - (2 if self.text[at - 2 : at] == "\r\n" else 1))
        return at + column

    def remove_items(self, node: Any, dashes: list[int], start: int, end: int) -> None:
        for number in range(start, end):
            last = self.find_next_line(self.find_end(node.value[number]))
            self.splice(self.find_line_start(dashes[number]), last, "")

    def add_items(self, node: Any, dashes: list[int], number: int, new: list[Any]) -> None:
        """Add items before the item `number`, written in the style of the first item."""
        column = node.start_mark.column
        at = (
            self.find_line_after(node.value[number - 1])
            if number
            else self.find_line_start(dashes[0])
        )
        first = node.value[0]
        spread = isinstance(first, yaml.MappingNode) and not first.flow_style
        for item in new:
            lines = [write_value(item)]
            if spread and item and isinstance(item, dict):
                every = [
                    line for pair in item.items() for line in write_key_lines(*pair, column + 2)
                ]
                indent = " " * (column + 2)
                lines = [
                    every[0],
                    *(line if line[0] == " " else indent + line for line in every[1:]),
                ]
            self.add_line(at, column, [f"- {lines[0]}", *lines[1:]])

    # --- Lists and groups between brackets

    def remove_between_brackets(self, spans: list[tuple[int, int]], start: int, end: int) -> None:
        """Remove the items from `start` to before `end`, with the comma that becomes superfluous.

        A comment between these items and the next or previous one stays.
        """
        if start == end:
            return
        first, last = spans[start][0], spans[end - 1][1]
        if end < len(spans):
            gap = self.text[last : spans[end][0]]
            stop = last + gap.index(",") + 1 if "#" in gap else spans[end][0]
            self.splice(first, stop, "")
        elif start and "#" not in self.text[spans[start - 1][1] : first]:
            self.splice(spans[start - 1][1], last, "")
        else:
            self.splice(first, last, "")

    def add_between_brackets(
        self, spans: list[tuple[int, int]], number: int, new: list[str]
    ) -> None:
        """Add the `new` items, already written as YAML, before the existing item `number`.

        `spans` are the offsets of the existing items. If `number` is `len(spans)`, the new items
        come last.
        """
        if new and number:
            at = spans[number - 1][1]
            self.splice(at, at, "".join(f", {item}" for item in new))
        elif new:
            self.splice(spans[0][0], spans[0][0], "".join(f"{item}, " for item in new))


def _find_runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield (first number, last number + 1) for each run of consecutive numbers."""
    for place, number in enumerate(numbers):
        if not place or numbers[place - 1] != number - 1:
            end = place
            while end + 1 < len(numbers) and numbers[end + 1] == numbers[end] + 1:
                end += 1
            yield number, numbers[end] + 1
