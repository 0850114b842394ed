"""The header of a file: YAML read as text, with the line and column of every key and value.

Nothing is guessed: `departement: 01` is "01", `nom: NO` is "NO", `18:30` is "18:30". The tree is
built from libyaml's event stream, which never recurses: 30,000 nested brackets, which crash the
composer of the C loader, stop here at the depth limit. Anchors, aliases, tags and merge keys are
refused, so that what an editor reads in the file is what the site holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from maille.content.documents import KeyPath, Mark
from maille.content.yaml_errors import SECOND, SIGNS, cut_by_comma, cut_short, explain
from maille.problems import TOLD, TOO_MANY, Problem
from maille.text.names import strip_accents

DEPTH_LIMIT = 16

# CBaseLoader is missing where PyYAML was built without libyaml; the pure one gives the same events.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Header:
    """What a header holds, where each thing stands, and what is wrong with its form.

    `whole` is False when a part of it could not be read: what is missing then is not a mistake
    of its own.
    """

    data: Mapping[str, Any]
    key_marks: Mapping[KeyPath, Mark] = field(default_factory=dict)
    value_marks: Mapping[KeyPath, Mark] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    whole: bool = True


def read_header(text: str, path: str, first_line: int = 1) -> Header:
    """Return the header that the YAML `text` holds, which starts at `first_line` of `path`."""
    reader = _Reader(text, path, first_line)
    try:
        data = reader.read()
    except yaml.MarkedYAMLError as error:
        data = reader.give_up(*explain(error, text))
    except _TooMuchError as error:
        data = reader.give_up(error.mark.line, error.mark.column, *error.told)
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        data = reader.give_up(
            before.count("\n"),
            0,
            "un caractère interdit s'est glissé dans l'en-tête",
            "effacez cette ligne et tapez-la de nouveau, sans copier-coller",
        )
    problems = tuple(reader.problems)
    return Header(data, reader.key_marks, reader.value_marks, problems, reader.whole)


class _TooMuchError(Exception):
    def __init__(self, mark: Any, *told: str) -> None:
        super().__init__()
        self.mark, self.told = mark, told


class _Reader:
    """Builds one header; lives as long as one call of `read_header`."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.text = text
        self.lines = text.split("\n") if " #" in text else []
        self.path = path
        self.first_line = first_line
        self.key_marks: dict[KeyPath, Mark] = {}
        self.value_marks: dict[KeyPath, Mark] = {}
        self.problems: list[Problem] = []
        self.whole = True

    def read(self) -> Mapping[str, Any]:
        events: Iterator[Any] = iter(yaml.parse(self.text, Loader=_Loader))
        roots: list[tuple[Any, Any]] = [
            (event.start_mark, self.node(event, events, ()))
            for event in events
            if isinstance(event, yaml.NodeEvent)
        ]
        for number, (mark, root) in enumerate(roots):
            if number or not isinstance(root, dict):
                self.give_up(mark.line, mark.column, *(SECOND if number else _NOT_KEYS))
        return roots[0][1] if roots and isinstance(roots[0][1], dict) else {}

    def node(self, event: Any, events: Iterator[Any], path: KeyPath, depth: int = 0) -> Any:
        self.value_marks[path] = self.mark(event.start_mark)
        self.refuse_references(event)
        if isinstance(event, yaml.ScalarEvent):
            self.refuse_cut(event, path)
            return event.value
        if depth > DEPTH_LIMIT:
            raise _TooMuchError(event.start_mark, *_TOO_DEEP)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path, depth)
        return ""

    def mapping(self, events: Iterator[Any], path: KeyPath, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        written: dict[str, tuple[str, Mark]] = {}
        last, cut = None, False
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.key(event, events, path, depth)
            here = self.mark(event.start_mark)
            first, mark = written.setdefault(strip_accents(key).casefold(), (key, here))
            value = next(events)
            if value.start_mark.index == event.end_mark.index and not cut:
                cut = self.refuse_comma(event, last)
            last = last if cut else event
            if mark is here:
                self.key_marks[*path, key] = here
                values[key] = self.node(value, events, (*path, key), depth + 1)
                continue
            # Read all the same, under a path that no key can have.
            self.node(value, events, (*path, key, "bis"), depth + 1)
            if key.startswith(("-", *SIGNS)):  # told as what it is: a list without its dashes
                continue
            spelt = "" if key == first else f", sous la forme « {first} »"
            self.tell(
                event.start_mark,
                f"la clé « {key} » est déjà écrite à la ligne {mark.line}{spelt}",
                "gardez une seule des deux lignes",
                key,
            )
        return values

    def key(self, event: Any, events: Iterator[Any], path: KeyPath, depth: int) -> str:
        self.refuse_references(event)
        if not isinstance(event, yaml.ScalarEvent):
            self.node(event, events, (*path, "?"), depth + 1)
            message = "une clé est un simple mot suivi de deux-points"
            self.tell(event.start_mark, message, "écrivez « clé: valeur »")
            self.whole = False
            return "?"
        if event.value == "<<" and not event.style:
            message = "la clé « << » (fusion YAML) n'est pas admise"
            self.tell(event.start_mark, message, "recopiez les lignes voulues")
            self.whole = False
        return str(event.value)

    def sequence(self, events: Iterator[Any], path: KeyPath, depth: int) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            values.append(self.node(event, events, (*path, len(values)), depth + 1))
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
        self.tell(event.start_mark, refused, hint)

    def refuse_cut(self, event: Any, path: KeyPath) -> None:
        """Tell of « titre: Le lot #3 », of which YAML keeps « Le lot »."""
        if self.lines and not event.style and (told := cut_short(self.lines, event)):
            key = next((step for step in reversed(path) if isinstance(step, str)), "")
            self.tell(event.end_mark, *told, key)

    def refuse_comma(self, event: Any, last: Any) -> bool:
        """Tell of the key without a colon that a comma makes of words: « {note: Ici, là} »."""
        if not isinstance(event, yaml.ScalarEvent) or not event.value:
            return False
        told = (f"« {event.value} » n'a pas de deux-points", f"écrivez « {event.value}: … »")
        if last:
            told = cut_by_comma(self.text, last.start_mark, event.value)
        self.tell(event.start_mark, *told)
        return True

    def mark(self, mark: Any) -> Mark:
        return Mark(self.first_line + mark.line, mark.column + 1)

    def tell(self, mark: Any, message: str, hint: str, key: str = "") -> None:
        if len(self.problems) == TOLD:
            raise _TooMuchError(mark, *TOO_MANY)
        where = self.mark(mark)
        self.problems.append(Problem(self.path, where.line, where.column, key, message, hint))

    def give_up(self, line: int, column: int, message: str, hint: str) -> Mapping[str, Any]:
        self.whole = False
        where = Mark(self.first_line + line, column + 1)
        self.problems.append(Problem(self.path, where.line, where.column, "", message, hint))
        return {}


_TOO_DEEP = (
    f"plus de {DEPTH_LIMIT} niveaux imbriqués dans l'en-tête",
    "il y a sans doute un crochet, une accolade ou un tiret de trop sur cette ligne",
)
_NOT_KEYS = (
    "l'en-tête n'est pas une suite de lignes « clé: valeur »",
    "écrivez par exemple « nom: Exemple », avec une espace après les deux-points",
)
