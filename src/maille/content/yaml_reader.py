"""Read YAML as a tree of texts with their positions; report valid YAML that nobody meant.

Types are not guessed: `departement: 01` is "01", `nom: NO` is "NO", `18:30` is "18:30". Only
`null`, `Null`, `NULL` and `~`, unquoted and alone, are read as an empty value; lists leave them
out. The tree is built here, from libyaml's events, down to `DEPTH_LIMIT`: 30,000 nested brackets
would crash the composer of the C loader. Anchors, aliases, tags and merge keys are refused, so that
the site holds exactly what an editor reads in the file.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml

from maille.content.documents import KeyPath, Position
from maille.content.yaml_errors import SECOND, SIGNS
from maille.content.yaml_slips import (
    explain_bullet,
    explain_cut_value,
    explain_doubtful_comment,
    explain_equals,
    explain_hard_space,
    explain_lost_comment,
    explain_stray_quote,
    explain_stuck_key,
    suggest_item,
    suggest_plain_key,
)
from maille.problems import MAX_PROBLEMS, TOO_MANY, ContentError, Level, Problem
from maille.text.names import strip_accents

DEPTH_LIMIT = 16
_NULLS = frozenset(("null", "Null", "NULL", "~"))

# CBaseLoader is missing if PyYAML was built without libyaml; BaseLoader gives the same events.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _make_error(mark: Any, message: str, hint: str) -> ContentError:
    """Return an error at a mark of libyaml. Marks count lines and columns from 0."""
    return ContentError(message, hint, line=mark.line + 1, column=mark.column + 1)


def _find_key(path: KeyPath) -> str:
    """Return the key of the value at `path`, or of the list that has it as an item."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


@functools.lru_cache(1024)  # most files have the same keys
def _fold_key(key: str) -> str:
    return strip_accents(key).casefold()


def _is_null(event: Any) -> bool:
    """Return whether an event is an unquoted null: web editors write one for an empty value."""
    return isinstance(event, yaml.ScalarEvent) and not event.style and event.value in _NULLS


class YamlReader:
    """Reads one text once, into `data`.

    `problems` are the mistakes that did not stop the reading, and `lost` the numbers, from 0, of
    the lines that they spoil. The caller sets `mistake` to the error that stopped the reading, if
    any; `full` says that it stopped because there are too many problems.
    """

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.path = path
        self.first_line = first_line
        self.key_positions: dict[KeyPath, Position] = {}
        self.value_positions: dict[KeyPath, Position] = {}
        self.problems: list[Problem] = []
        self.data: Mapping[str, Any] = {}
        self.mistake: ContentError | None = None
        self.full = False
        self.lost: set[int] = set()

    def read_all(self) -> Mapping[str, Any]:
        """Return the keys and values of the text.

        Raises ContentError, or an error of libyaml, at a mistake that makes the rest unreadable.
        """
        events: Iterator[Any] = iter(_Loader(self.text).get_event, None)
        roots: list[tuple[Any, Any]] = [
            (event.start_mark, self._read_node(event, events, ()))
            for event in events
            if isinstance(event, yaml.NodeEvent)
        ]
        for number, (mark, root) in enumerate(roots):
            if mistake := isinstance(root, str) and explain_equals(self.lines, mark.line):
                raise mistake
            if number or not isinstance(root, dict):
                self.add_problem(_make_error(mark, *(SECOND if number else _NOT_KEYS)))
                self.lost.update(range(mark.line, self.text.count("\n") + 1))
        return roots[0][1] if roots and isinstance(roots[0][1], dict) else {}

    def _read_node(self, event: Any, events: Iterator[Any], path: KeyPath, depth: int = 0) -> Any:
        self.value_positions[path] = self._convert_mark(event.start_mark)
        self._refuse_references(event)
        if isinstance(event, yaml.ScalarEvent):
            if event.style:
                return event.value
            self._refuse_cut(event, path)
            return "" if event.value in _NULLS else event.value
        if depth > DEPTH_LIMIT:
            raise _make_error(event.start_mark, *_TOO_DEEP)
        if isinstance(event, yaml.MappingStartEvent):
            return self._read_mapping(events, path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._read_sequence(events, path, depth)
        return ""

    def _read_mapping(self, events: Iterator[Any], path: KeyPath, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        written: dict[str, tuple[str, Any]] = {}
        last, cut = None, False
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._read_key(event, events, path, depth)
            here = self._convert_mark(event.start_mark)
            folded = _fold_key(key)
            first, mark = written.setdefault(folded, (key, event.start_mark))
            value = next(events)
            if value.start_mark.index == event.end_mark.index and not cut:
                cut = self._refuse_comma(event, last)
            last = last if cut else event
            better = first != key == folded  # « résumé » first, then « resume »
            if mark is event.start_mark or better:
                self.key_positions[*path, key] = here
                values[key] = self._read_node(value, events, (*path, key), depth + 1)
            elif key == first and values[key] == "" and mark.line != event.start_mark.line:
                values[key] = self._read_node(value, events, (*path, key), depth + 1)
                self._refuse_blank(key, mark, event.start_mark, filled=bool(values[key]))
                self.key_positions[*path, key] = here
                continue
            else:
                # The value of a repeated key is still checked, under a path of its own.
                again = self._read_node(value, events, (*path, key, "bis"), depth + 1)
            if better:
                written[folded] = key, event.start_mark
                values.pop(first, None)
                self._refuse_repeated(first, mark, key, event.start_mark)
            # `schema.list_hints` reports « -nom: ».
            elif mark is not event.start_mark and not key.startswith(("-", *SIGNS)):
                hint = ""
                if key == first and path and isinstance(path[-1], int):
                    head = next(iter(values))
                    at = self.key_positions[*path, head].column
                    hint = suggest_item(head, at, key, values[key], again)
                self._refuse_repeated(key, event.start_mark, first, mark, hint)
        return values

    def _refuse_repeated(
        self, key: str, mark: Any, other: str, other_mark: Any, hint: str = ""
    ) -> None:
        """Report the key at `mark`, which is the same as the `other` one at `other_mark`.

        `hint` says what to do if the two keys are on different lines: by default, to keep one line.
        """
        when = "déjà" if other_mark.index < mark.index else "aussi"
        spelt = "" if key == other else f", sous la forme « {other} »"
        line = self._convert_mark(other_mark).line
        hint = hint or "gardez une seule des deux lignes"
        if other_mark.line == mark.line:
            hint = f"effacez « {key}: … », ici ou {'plus haut' if when == 'déjà' else 'plus bas'}"
        message = f"la clé « {key} » est {when} écrite à la ligne {line}{spelt}"
        self._refuse(mark, message, hint, key)

    def _read_key(self, event: Any, events: Iterator[Any], path: KeyPath, depth: int) -> str:
        self._refuse_references(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._read_node(event, events, (*path, "?"), depth + 1)
            message = "une clé est un simple mot suivi de deux-points"
            self._refuse(event.start_mark, message, suggest_plain_key(self.lines, event))
            self._lose(event)
            return "?"
        if event.value == "<<" and not event.style:
            message = "la clé « << » (fusion YAML) n'est pas admise"
            self._refuse(
                event.start_mark, message, "effacez cette ligne, et recopiez les clés voulues"
            )
            self._lose(event)
        if not event.value.isidentifier():  # an identifier has none of these slips
            for explain in (explain_bullet, explain_hard_space, explain_stuck_key):
                if mistake := explain(self.lines, event):
                    raise mistake
        return str(event.value)

    def _read_sequence(self, events: Iterator[Any], path: KeyPath, depth: int) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            if _is_null(event):
                continue
            values.append(self._read_node(event, events, (*path, len(values)), depth + 1))
        return values

    def _refuse_blank(self, key: str, blank: Any, again: Any, *, filled: bool) -> None:
        """Report a key without a value at the mark `blank`, typed again at the mark `again`.

        `filled` says whether the second one has a value: the first is then the one to erase.
        """
        if not filled:
            self._refuse_repeated(key, again, key, blank)
            return
        line = self._convert_mark(again).line
        message = f"la clé « {key} » est vide ici, et de nouveau écrite à la ligne {line}"
        self._refuse(blank, message, "effacez cette ligne", key)

    def _refuse_references(self, event: Any) -> None:
        if event.anchor is None and event.tag is None:  # an alias has an anchor
            return
        tag = (getattr(event, "tag", None) or "").replace("tag:yaml.org,2002:", "!!")
        if isinstance(event, yaml.AliasEvent):
            self._lose(event)
            refused = f"« *{event.anchor} » est un renvoi YAML, qui n'est pas admis"
        elif event.anchor:
            refused = f"« &{event.anchor} » est une ancre YAML, qui n'est pas admise"
        elif tag:
            refused = f"« {tag} » est une étiquette YAML, qui n'est pas admise"
        else:
            return
        hint = "mettez la valeur entre guillemets si c'est du texte ; sinon, enlevez cette marque"
        if isinstance(event, yaml.AliasEvent):
            hint = "enlevez « * » ; si c'est du texte, mettez la valeur entre guillemets"
        self._refuse(event.start_mark, refused, hint)

    def _refuse_cut(self, event: Any, path: KeyPath) -> None:
        """Report an unquoted value, that of a scalar event, if YAML does not read it as meant.

        « Le lot #3 » is an error: YAML reads « #3 » as a comment. « L'été # suite » is only a
        warning, since its end may be the editor's note. So are quotes that the page would show,
        such as « Le lot" ».
        """
        end = event.end_mark
        commented = end.line < len(self.lines) and self.lines[end.line].find("#", end.column) >= 0
        if commented and (cause := explain_lost_comment(self.lines, event)):
            self._refuse(event.end_mark, *cause, _find_key(path))
            if not event.value:  # the comment made it empty: not reported a second time
                self._lose(event)
        elif commented and (cause := explain_doubtful_comment(self.lines, event)):
            self._refuse(event.end_mark, *cause, _find_key(path), Level.WARNING)
        elif cause := explain_stray_quote(event.value):
            self._refuse(event.start_mark, *cause, _find_key(path), Level.WARNING)

    def _refuse_comma(self, event: Any, last: Any) -> bool:
        """Report a key without a colon: in « {note: Ici, là} », the comma makes a key of « là ».

        `event` is that key (« là »), `last` the key before it, or None. Return whether a problem
        was reported; a key that is empty or is a group is not reported.
        """
        if not isinstance(event, yaml.ScalarEvent) or not event.value:
            return False
        key, _, rest = event.value.partition(" ")
        cause = (f"« {event.value} » n'a pas de deux-points", f"écrivez « {key}: {rest or '…'} »")
        if last:
            cause = explain_cut_value(self.text, last.start_mark, event.value)
        self._refuse(event.start_mark, *cause)
        self._lose(event)
        return True

    def _lose(self, event: Any) -> None:
        """Record the line of an event as one that is not read as typed."""
        self.lost.add(event.start_mark.line)

    def _convert_mark(self, mark: Any) -> Position:
        return Position(self.first_line + mark.line, mark.column + 1)

    def _refuse(
        self, mark: Any, message: str, hint: str, key: str = "", level: Level = Level.ERROR
    ) -> None:
        if len(self.problems) == MAX_PROBLEMS:
            self.full = True
            raise _make_error(mark, *TOO_MANY)
        self.add_problem(_make_error(mark, message, hint), key, level)

    def add_problem(self, error: ContentError, key: str = "", level: Level = Level.ERROR) -> None:
        """Add an error, whose line counts from 1 in the text, to the problems of the file."""
        problem = error.make_problem(self.path)
        line = self.first_line + error.line - 1
        self.problems.append(replace(problem, line=line, key=key, level=level))


_TOO_DEEP = (
    f"plus de {DEPTH_LIMIT} niveaux imbriqués dans l'en-tête",
    "il y a sans doute un crochet, une accolade ou un tiret de trop sur cette ligne",
)
_NOT_KEYS = (
    "l'en-tête n'est pas une suite de lignes « clé: valeur »",
    "écrivez par exemple « nom: Exemple », avec une espace après les deux-points",
)
