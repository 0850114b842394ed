"""The front matter of a file: YAML read as text, with the position of every key and value.

Types are not guessed: `departement: 01` is "01", `nom: NO` is "NO", `18:30` is "18:30". Only
`null`, `Null`, `NULL` and `~`, unquoted and alone, are read as an empty value; lists leave them
out. The tree is built here, from libyaml's events, down to `DEPTH_LIMIT`: 30,000 nested brackets
would crash the composer of the C loader. Anchors, aliases, tags and merge keys are refused, so that
the site holds exactly what an editor reads in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from maille.content.documents import Body, Document, KeyPath, Position
from maille.content.yaml_errors import (
    SECOND,
    SIGNS,
    explain_cut_value,
    explain_doubtful_comment,
    explain_lost_comment,
    explain_yaml_error,
)
from maille.problems import MAX_PROBLEMS, TOO_MANY, ContentError, Level, Problem
from maille.text.names import strip_accents

DEPTH_LIMIT = 16

# CBaseLoader is missing if PyYAML was built without libyaml; BaseLoader gives the same events.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys and values of a file, their positions, and the mistakes of syntax.

    `whole` is False if a part could not be read.
    """

    data: Mapping[str, Any]
    key_positions: Mapping[KeyPath, Position] = field(default_factory=dict)
    value_positions: Mapping[KeyPath, Position] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    whole: bool = True

    def make_document(self, path: str, body: Body) -> Document:
        """Return the document made of this front matter and `body`."""
        return Document(path, self.data, self.key_positions, self.value_positions, body)


def read_front_matter(text: str, path: str, first_line: int = 1) -> FrontMatter:
    """Return the front matter in `text`, which starts at `first_line` of the file `path`."""
    reader = _FrontMatterReader(text, path, first_line)
    try:
        data = reader.read_all()
    except yaml.MarkedYAMLError as error:
        data = reader.give_up(explain_yaml_error(error, text))
    except ContentError as error:
        data = reader.give_up(error)
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        message = "un caractère interdit s'est glissé dans l'en-tête"
        hint = "effacez cette ligne et tapez-la de nouveau, sans copier-coller"
        data = reader.give_up(
            ContentError(message, hint, line=before.count("\n") + 1, column=1),
        )
    problems = tuple(reader.problems)
    return FrontMatter(data, reader.key_positions, reader.value_positions, problems, reader.whole)


def _make_error(mark: Any, message: str, hint: str) -> ContentError:
    """Return an error at a mark of libyaml. Marks count lines and columns from 0."""
    return ContentError(message, hint, line=mark.line + 1, column=mark.column + 1)


def _is_null(event: Any) -> bool:
    """Return whether an event is a null of YAML, unquoted and alone: web editors write them."""
    return (
        isinstance(event, yaml.ScalarEvent)
        and not event.style
        and event.value in {"null", "Null", "NULL", "~"}
    )


class _FrontMatterReader:
    """Reads one front matter; each call of `read_front_matter` creates a new reader."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.text = text
        self.lines = text.split("\n") if " #" in text else []
        self.path = path
        self.first_line = first_line
        self.key_positions: dict[KeyPath, Position] = {}
        self.value_positions: dict[KeyPath, Position] = {}
        self.problems: list[Problem] = []
        self.whole = True

    def read_all(self) -> Mapping[str, Any]:
        events: Iterator[Any] = iter(yaml.parse(self.text, Loader=_Loader))
        roots: list[tuple[Any, Any]] = [
            (event.start_mark, self.read_node(event, events, ()))
            for event in events
            if isinstance(event, yaml.NodeEvent)
        ]
        for number, (mark, root) in enumerate(roots):
            if number or not isinstance(root, dict):
                self.give_up(_make_error(mark, *(SECOND if number else _NOT_KEYS)))
        return roots[0][1] if roots and isinstance(roots[0][1], dict) else {}

    def read_node(self, event: Any, events: Iterator[Any], path: KeyPath, depth: int = 0) -> Any:
        self.value_positions[path] = self.convert_mark(event.start_mark)
        self.refuse_references(event)
        if isinstance(event, yaml.ScalarEvent):
            self.refuse_cut(event, path)
            return "" if _is_null(event) else event.value
        if depth > DEPTH_LIMIT:
            raise _make_error(event.start_mark, *_TOO_DEEP)
        if isinstance(event, yaml.MappingStartEvent):
            return self.read_mapping(events, path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.read_sequence(events, path, depth)
        return ""

    def read_mapping(self, events: Iterator[Any], path: KeyPath, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        written: dict[str, tuple[str, Position]] = {}
        last, cut = None, False
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.read_key(event, events, path, depth)
            here = self.convert_mark(event.start_mark)
            first, mark = written.setdefault(strip_accents(key).casefold(), (key, here))
            value = next(events)
            if value.start_mark.index == event.end_mark.index and not cut:
                cut = self.refuse_comma(event, last)
            last = last if cut else event
            if mark is here:
                self.key_positions[*path, key] = here
                values[key] = self.read_node(value, events, (*path, key), depth + 1)
                continue
            # The value of a repeated key is still checked; its position has another path.
            self.read_node(value, events, (*path, key, "bis"), depth + 1)
            if key.startswith(("-", *SIGNS)):  # « -nom: »: `schema.list_hints` reports it
                continue
            spelt = "" if key == first else f", sous la forme « {first} »"
            self.refuse(
                event.start_mark,
                f"la clé « {key} » est déjà écrite à la ligne {mark.line}{spelt}",
                "gardez une seule des deux lignes",
                key,
            )
        return values

    def read_key(self, event: Any, events: Iterator[Any], path: KeyPath, depth: int) -> str:
        self.refuse_references(event)
        if not isinstance(event, yaml.ScalarEvent):
            self.read_node(event, events, (*path, "?"), depth + 1)
            message = "une clé est un simple mot suivi de deux-points"
            self.refuse(event.start_mark, message, "écrivez « clé: valeur »")
            self.whole = False
            return "?"
        if event.value == "<<" and not event.style:
            message = "la clé « << » (fusion YAML) n'est pas admise"
            self.refuse(event.start_mark, message, "recopiez les lignes voulues")
            self.whole = False
        return str(event.value)

    def read_sequence(self, events: Iterator[Any], path: KeyPath, depth: int) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            if _is_null(event):
                continue
            values.append(self.read_node(event, events, (*path, len(values)), depth + 1))
        return values

    def refuse_references(self, event: Any) -> None:
        if event.anchor is None and getattr(event, "tag", None) is None:
            return
        tag = (getattr(event, "tag", None) or "").replace("tag:yaml.org,2002:", "!!")
        if isinstance(event, yaml.AliasEvent):
            self.whole = False
            refused = f"« *{event.anchor} » est un renvoi YAML, qui n'est pas admis"
        elif event.anchor:
            refused = f"« &{event.anchor} » est une ancre YAML, qui n'est pas admise"
        elif tag:
            refused = f"« {tag} » est une étiquette YAML, qui n'est pas admise"
        else:
            return
        hint = "mettez la valeur entre guillemets si c'est du texte ; sinon, enlevez cette marque"
        self.refuse(event.start_mark, refused, hint)

    def refuse_cut(self, event: Any, path: KeyPath) -> None:
        """Report a value such as « Le lot #3 »: YAML reads « #3 » as a comment.

        « L'été # suite » gives a warning: the end may be a note of the editor.
        """
        if not self.lines or event.style:
            return
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        if cause := explain_lost_comment(self.lines, event):
            self.refuse(event.end_mark, *cause, key)
        elif cause := explain_doubtful_comment(self.lines, event):
            self.refuse(event.end_mark, *cause, key, Level.WARNING)

    def refuse_comma(self, event: Any, last: Any) -> bool:
        """Report a key without a colon: in « {note: Ici, là} », the comma makes a key of « là ».

        `event` is that key (« là »), `last` the key before it, or None. Return whether a problem
        was reported; a key that is empty or is a group is not reported.
        """
        if not isinstance(event, yaml.ScalarEvent) or not event.value:
            return False
        cause = (f"« {event.value} » n'a pas de deux-points", f"écrivez « {event.value}: … »")
        if last:
            cause = explain_cut_value(self.text, last.start_mark, event.value)
        self.refuse(event.start_mark, *cause)
        return True

    def convert_mark(self, mark: Any) -> Position:
        return Position(self.first_line + mark.line, mark.column + 1)

    def refuse(
        self, mark: Any, message: str, hint: str, key: str = "", level: Level = Level.ERROR
    ) -> None:
        if len(self.problems) == MAX_PROBLEMS:
            raise _make_error(mark, *TOO_MANY)
        self.add_problem(_make_error(mark, message, hint), key, level)

    def add_problem(self, error: ContentError, key: str = "", level: Level = Level.ERROR) -> None:
        problem = error.make_problem(self.path)
        line = self.first_line + error.line - 1
        self.problems.append(replace(problem, line=line, key=key, level=level))

    def give_up(self, error: ContentError) -> Mapping[str, Any]:
        self.whole = False
        self.add_problem(error)
        return {}


_TOO_DEEP = (
    f"plus de {DEPTH_LIMIT} niveaux imbriqués dans l'en-tête",
    "il y a sans doute un crochet, une accolade ou un tiret de trop sur cette ligne",
)
_NOT_KEYS = (
    "l'en-tête n'est pas une suite de lignes « clé: valeur »",
    "écrivez par exemple « nom: Exemple », avec une espace après les deux-points",
)
