"""The types that pass from one step of the build to the next, free of any step's logic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

# Where a value stands in a header: ("sources", 0, "titre").
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as found: its path relative to the root, with `/`, and its bytes."""

    path: str
    data: bytes


class Mark(NamedTuple):
    """A position in a file; both numbers count from 1."""

    line: int
    column: int


class Heading(NamedTuple):
    """A heading of a body: its level (1 to 6), its text, the `id` it gets, where it starts."""

    level: int
    text: str
    anchor: str
    line: int
    column: int = 1


class Link(NamedTuple):
    """A link of a body: where it points to, and where that is typed."""

    target: str
    line: int
    column: int


class Shown(NamedTuple):
    """An image that a body shows: which, the words that stand for it, where its name is typed."""

    target: str
    alternative: str
    line: int
    column: int


class RawHtml(NamedTuple):
    """A piece of HTML typed in a body, which is refused."""

    tag: str
    mark: Mark


class Inert(NamedTuple):
    """Something typed in a body that Markdown does not understand: why, and what to type."""

    message: str
    hint: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown below a header, as typed and as HTML, and what was met in it.

    `first_line` is the line of the file on which the text starts; `notes` are the lines on which
    editors note something for themselves, which is not in the text.
    """

    text: str
    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Shown, ...] = ()
    raw_html: tuple[RawHtml, ...] = ()
    inert: tuple[Inert, ...] = ()
    first_line: int = 1
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file once read: its header as text with the place of each key and value, its body.

    `header` holds only strings, lists and mappings, as typed; a key left blank has the value "".
    """

    path: str
    header: Mapping[str, Any]
    key_marks: Mapping[KeyPath, Mark]
    value_marks: Mapping[KeyPath, Mark]
    body: Body

    @property
    def slug(self) -> str:
        """Return the file's name without its ending: the last part of its address."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[0] or name

    def mark(self, path: KeyPath, *, key: bool = False) -> Mark:
        """Return where the value (or the key) at `path` stands, or the nearest thing around it."""
        marks = self.key_marks if key else self.value_marks
        while path:
            if found := marks.get(path) or self.key_marks.get(path):
                return found
            path = path[:-1]
        return Mark(1, 1)

    def below(self, path: KeyPath) -> Document:
        """Return the same file as if the group of keys at `path` were its header."""
        depth = len(path)
        keys, values = (
            {place[depth:]: mark for place, mark in marks.items() if place[:depth] == path}
            for marks in (self.key_marks, self.value_marks)
        )
        return replace(self, header={}, key_marks=keys, value_marks=values)
