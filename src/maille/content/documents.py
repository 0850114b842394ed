"""A content file as read: its front matter with positions, and its body."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import ItemsView, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

from maille.problems import Level, Problem

# The path of a value in the front matter: ("sources", 0, "titre").
KeyPath = tuple[str | int, ...]


def format_key_path(location: KeyPath) -> str:
    """Return a key path as `sources[1].titre`; items count from 1."""
    name = ""
    for step in location:
        if isinstance(step, int):
            name += f"[{step + 1}]"
        else:
            name += f".{step}" if name else step
    return name


def list_texts(value: Any, path: KeyPath = ()) -> list[tuple[KeyPath, str]]:
    """Return (key path, text) for each text in front matter, at any depth."""
    if isinstance(value, str):
        return [(path, value)]
    texts: list[tuple[KeyPath, str]] = []
    items: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, item in items:
        if isinstance(item, str):
            texts.append(((*path, key), item))
        else:
            texts += list_texts(item, (*path, key))
    return texts


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file: its path relative to the root, with `/` between folders, and its bytes."""

    path: str
    data: bytes


class HasPosition(Protocol):
    """Anything with a line and a column in a file, such as a heading or a link."""

    @property
    def line(self) -> int: ...  # noqa: D102 - said above
    @property
    def column(self) -> int: ...  # noqa: D102 - said above


class Position(NamedTuple):
    """A position in a file; both numbers count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Positions(Mapping[KeyPath, Position]):
    """The positions of keys or of values, by key path, in a tenth of the memory of a dict.

    Documents share their `paths`; `numbers` has the line and the column of each path in turn.
    Positions are looked up for messages alone, so a search through the paths is fast enough. To
    look up many of one document, take its `items`.
    """

    paths: tuple[KeyPath, ...] = ()
    numbers: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Share the key paths with other documents."""
        object.__setattr__(self, "paths", tuple(map(_share, self.paths)))

    @staticmethod
    def pack(found: Mapping[KeyPath, Position]) -> Positions:
        """Return the positions of a mapping."""
        return Positions(tuple(found), tuple(itertools.chain.from_iterable(found.values())))

    def __getitem__(self, path: KeyPath) -> Position:
        """Return the position at a key path. Raises KeyError."""
        try:
            at = 2 * self.paths.index(path)
        except ValueError:
            raise KeyError(path) from None
        return Position(*self.numbers[at : at + 2])

    def items(self) -> ItemsView[KeyPath, Position]:
        """Return each key path with its position, without a search for each."""
        found = map(Position, self.numbers[::2], self.numbers[1::2])
        return dict(zip(self.paths, found, strict=True)).items()

    def __iter__(self) -> Iterator[KeyPath]:
        """Return an iterator over the key paths."""
        return iter(self.paths)

    def __len__(self) -> int:
        """Return the number of positions."""
        return len(self.paths)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to make a copy: in another process too, paths are shared."""
        return Positions, (self.paths, self.numbers)


@functools.lru_cache(10_000)
def _share(path: KeyPath) -> KeyPath:
    """Return a key path: the same object for equal paths."""
    return path


class Heading(NamedTuple):
    """A heading of a body: its level (1 to 6), its text, its `id`, its position."""

    level: int
    text: str
    anchor: str
    line: int
    column: int = 1


class BodyLink(NamedTuple):
    """A link of a body: its target, the position of the target, and its text.

    In that text, an image is replaced by its alt text.
    """

    target: str
    line: int
    column: int
    text: str = ""


class BodyImage(NamedTuple):
    """An image of a body: its address, its alt text, and the position of the address."""

    target: str
    alt: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown below the front matter, its HTML, and its headings, links and images.

    `first_line` is the line of the file on which the text starts. `notes` are the lines on which
    the editor's own notes start; these notes are not part of the text. `problems` report raw HTML,
    and markup that Markdown does not render.
    """

    text: str
    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[BodyLink, ...] = ()
    images: tuple[BodyImage, ...] = ()
    problems: tuple[Problem, ...] = ()
    first_line: int = 1
    notes: tuple[int, ...] = ()


def _find_signs(value: Any) -> str:
    """Return the quotation marks around a value of one word, such as « and », or "".

    Hints quote what to type in the same marks: « 60 ».
    """
    found = re.fullmatch(r"([«“‘])\s*[^\s«»“”‘’]+\s*([»”’])", value) if type(value) is str else None
    return f"{found[1]} et {found[2]}" if found else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its front matter, with the position of each key and value, and its body.

    `front_matter` holds only strings, lists and mappings, as typed; a key without a value has "".
    `doubtful` maps the number of each line that could not be read as typed to its text: the values
    of these lines are a guess, and their mistakes are already reported. `seen` are the lines whose
    warnings an editor has marked as read (`seen_marks`).
    """

    path: str
    front_matter: Mapping[str, Any]
    key_positions: Positions
    value_positions: Positions
    body: Body
    doubtful: Mapping[int, str] = field(default_factory=dict)
    seen: frozenset[int] = frozenset()

    @property
    def slug(self) -> str:
        """Return the file name without its suffix: the end of the page's address, if any."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[0] or name

    def find_position(self, path: KeyPath, *, key: bool = False) -> Position:
        """Return the position of the value at `path`, or of its key if `key` is true.

        If that position is unknown, return the position of the key, else of the nearest enclosing
        group, else line 1, column 1.
        """
        marks = self.key_positions if key else self.value_positions
        while path:
            if found := marks.get(path) or self.key_positions.get(path):
                return found
            path = path[:-1]
        return Position(1, 1)

    def find_span(self, path: KeyPath) -> tuple[int, int]:
        """Return the first and last lines where a key or value under `path` begins, or (0, 0)."""
        every = (*self.key_positions.items(), *self.value_positions.items())
        lines = {at.line for known, at in every if known[: len(path)] == path}
        return min(lines, default=0), max(lines, default=0)

    def shares_line(self, path: KeyPath) -> bool:
        """Return whether the line of the key at `path` has another key of its group, or begins it.

        A group begins a line where its first key does: « - titre: … » in a list.
        """
        above = path[:-1]
        known = self.key_positions.items()
        lines = {at.line for other, at in known if other[:-1] == above and other != path}
        if above:
            lines.add(self.find_position(above).line)
        return self.find_position(path, key=True).line in lines

    def find_value(self, path: KeyPath) -> Any:
        """Return the value at `path` as typed, or None if there is none."""
        value: Any = self.front_matter
        for step in path:
            try:
                value = value[step]
            except (IndexError, KeyError, TypeError):
                return None
        return value

    def has_value_beside_key(self, path: KeyPath) -> bool:
        """Return whether the value at `path` is on the same line as the last key in `path`."""
        keys = [path[:end] for end in range(len(path), 0, -1) if isinstance(path[end - 1], str)]
        return bool(keys) and self.find_position(path).line == (
            self.find_position(keys[0], key=True).line
        )

    def make_problem(
        self,
        path: KeyPath,
        message: str,
        hint: str = "",
        level: Level = Level.ERROR,
        *,
        on_key: bool = False,
    ) -> Problem:
        """Return a problem at the position of the value at `path`, or of its key if `on_key`."""
        at = self.find_position(path, key=on_key)
        if level is Level.ERROR and not on_key and (signs := _find_signs(self.find_value(path))):
            hint = f"ôtez les signes {signs} ; {hint}"
        return Problem(
            self.path,
            message,
            hint,
            level,
            line=at.line,
            column=at.column,
            key=format_key_path(path),
        )

    def make_body_problem(
        self, at: HasPosition, message: str, hint: str = "", level: Level = Level.ERROR
    ) -> Problem:
        """Return a problem at the position of `at`, such as a heading or a link of the body."""
        return Problem(self.path, message, hint, level, line=at.line, column=at.column)

    def narrow_to(self, path: KeyPath) -> Document:
        """Return a copy without front matter, with only the positions of the group at `path`.

        Key paths in the copy are relative to that group.
        """
        depth = len(path)
        keys, values = (
            Positions.pack(
                {key[depth:]: at for key, at in positions.items() if key[:depth] == path}
            )
            for positions in (self.key_positions, self.value_positions)
        )
        return replace(self, front_matter={}, key_positions=keys, value_positions=values)


# What parsing a file gives: its document, or None, and its problems.
Parsed = tuple[Document | None, tuple[Problem, ...]]


class HasDoubtfulLines(Protocol):
    """A file of which some lines could not be read as typed: a document, or `site.toml`."""

    @property
    def path(self) -> str: ...  # noqa: D102 - said above
    @property
    def doubtful(self) -> Mapping[int, str]: ...  # noqa: D102 - said above


def drop_doubtful(
    problems: Iterable[Problem], documents: Iterable[HasDoubtfulLines]
) -> tuple[Problem, ...]:
    """Return the problems, except those on the doubtful lines of these files."""
    doubtful = {(document.path, line) for document in documents for line in document.doubtful}
    return tuple(one for one in problems if (one.path, one.line) not in doubtful)
