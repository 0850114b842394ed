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

from maille.model import KeyPath, Mark
from maille.problems import Problem

DEPTH_LIMIT = 16

# CBaseLoader is missing where PyYAML was built without libyaml; the pure one gives the same events.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Header:
    """What a header holds, where each thing stands, and what is wrong with its form."""

    data: Mapping[str, Any]
    key_marks: Mapping[KeyPath, Mark] = field(default_factory=dict)
    value_marks: Mapping[KeyPath, Mark] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_header(text: str, path: str, first_line: int = 1) -> Header:
    """Return the header that the YAML `text` holds, which starts at `first_line` of `path`."""
    reader = _Reader(path, first_line)
    try:
        data = reader.read(text)
    except yaml.MarkedYAMLError as error:
        reader.syntax(error)
        data = {}
    except _TooDeepError as error:
        reader.tell(
            error.mark,
            f"plus de {DEPTH_LIMIT} niveaux imbriqués dans l'en-tête",
            "il y a sans doute un crochet ou une accolade de trop sur cette ligne",
        )
        data = {}
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        reader.problems.append(
            Problem(
                path,
                first_line + before.count("\n"),
                1,
                "",
                "un caractère interdit s'est glissé dans l'en-tête",
                "effacez cette ligne et tapez-la de nouveau, sans copier-coller",
            )
        )
        data = {}
    return Header(data, reader.key_marks, reader.value_marks, tuple(reader.problems))


class _TooDeepError(Exception):
    def __init__(self, mark: Any) -> None:
        super().__init__()
        self.mark = mark


class _Reader:
    """Builds one header; lives as long as one call of `read_header`."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.key_marks: dict[KeyPath, Mark] = {}
        self.value_marks: dict[KeyPath, Mark] = {}
        self.problems: list[Problem] = []

    def read(self, text: str) -> Mapping[str, Any]:
        events = iter(yaml.parse(text, Loader=_Loader))
        root: Any = {}
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, events, ())
                if not isinstance(root, dict):
                    self.tell(
                        event.start_mark,
                        "l'en-tête n'est pas une suite de lignes « clé: valeur »",
                        "écrivez par exemple « nom: CoCoShaker »",
                    )
                    root = {}
        return root if isinstance(root, dict) else {}

    def node(self, event: Any, events: Iterator[Any], path: KeyPath, depth: int = 0) -> Any:
        if depth > DEPTH_LIMIT:
            raise _TooDeepError(event.start_mark)
        self.value_marks[path] = self.mark(event.start_mark)
        self.refuse_references(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path, depth)
        return event.value if isinstance(event, yaml.ScalarEvent) else ""

    def mapping(self, events: Iterator[Any], path: KeyPath, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.key(event, events, path, depth)
            here = (*path, key)
            first = self.key_marks.get(here)
            if first:
                self.tell(
                    event.start_mark,
                    f"la clé « {key} » est déjà écrite à la ligne {first.line}",
                    "gardez une seule des deux lignes",
                    key,
                )
            self.key_marks.setdefault(here, self.mark(event.start_mark))
            values[key] = self.node(next(events), events, here, depth + 1)
        return values

    def key(self, event: Any, events: Iterator[Any], path: KeyPath, depth: int) -> str:
        self.refuse_references(event)
        if not isinstance(event, yaml.ScalarEvent):
            self.node(event, events, (*path, "?"), depth + 1)
            self.tell(
                event.start_mark,
                "une clé est un simple mot suivi de deux-points",
                "écrivez « clé: valeur »",
            )
            return "?"
        if event.value == "<<" and event.style is None:
            self.tell(
                event.start_mark,
                "la clé « << » (fusion YAML) n'est pas admise",
                "recopiez les lignes voulues",
            )
        return str(event.value)

    def sequence(self, events: Iterator[Any], path: KeyPath, depth: int) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            values.append(self.node(event, events, (*path, len(values)), depth + 1))
        return values

    def refuse_references(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.tell(
                event.start_mark,
                f"« *{event.anchor} » est un renvoi YAML, qui n'est pas admis",
                "recopiez la valeur, ou mettez-la entre guillemets si c'est du texte",
            )
        elif event.anchor:
            self.tell(
                event.start_mark,
                f"« &{event.anchor} » est une ancre YAML, qui n'est pas admise",
                "enlevez-la, ou mettez la valeur entre guillemets si c'est du texte",
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self.tell(
                event.start_mark,
                f"« {tag} » est une étiquette YAML, qui n'est pas admise",
                "enlevez-la, ou mettez la valeur entre guillemets si c'est du texte",
            )

    def mark(self, mark: Any) -> Mark:
        return Mark(self.first_line + mark.line, mark.column + 1)

    def tell(self, mark: Any, message: str, hint: str, key: str = "") -> None:
        where = self.mark(mark)
        self.problems.append(Problem(self.path, where.line, where.column, key, message, hint))

    def syntax(self, error: yaml.MarkedYAMLError) -> None:
        said = f"{error.context or ''} {error.problem or ''}"
        message, hint = next(
            (sentences for words, sentences in _SYNTAX.items() if words in said),
            ("l'en-tête n'est pas lisible à cet endroit", "comparez cette ligne au modèle"),
        )
        # An unclosed quote or bracket is met at the end; the reader needs to see where it opens.
        opens = error.context_mark if "while" in said and "block mapping" not in said else None
        self.tell(opens or error.problem_mark, message, hint)


# libyaml's words → the cause and what to type. The first that fits is told.
_SYNTAX: dict[str, tuple[str, str]] = {
    "cannot start any token": (
        "une tabulation, ou un signe comme @ ou `, commence ce texte",
        "mettez la valeur entre guillemets, et des espaces à la place des tabulations",
    ),
    "mapping values are not allowed": (
        "il y a un deux-points suivi d'une espace au milieu d'une valeur, ou un retrait de trop",
        'mettez toute la valeur entre guillemets : nom: "Titre : sous-titre"',
    ),
    "while scanning a quoted scalar": (
        "un guillemet est ouvert et jamais refermé",
        'fermez-le à la fin de la valeur, comme dans nom: "Valeur"',
    ),
    "found unknown escape character": (
        "une barre oblique inverse (\\) est mal comprise entre ces guillemets",
        "employez des guillemets simples : 'texte'",
    ),
    "while parsing a flow sequence": (
        "un crochet [ est ouvert et jamais refermé, ou une virgule manque",
        "écrivez par exemple [accompagnements, dialogue-territorial]",
    ),
    "while parsing a flow mapping": (
        "une accolade { est ouverte et jamais refermée, ou une virgule manque",
        "écrivez par exemple {titre: Rapport annuel, date: 2024}",
    ),
    "could not find expected ':'": (
        "cette ligne n'a pas de deux-points après la clé",
        "écrivez « clé: valeur », avec une espace après les deux-points",
    ),
    "did not find expected key": (
        (
            "le retrait de cette ligne ne correspond pas à celui des lignes voisines, "
            "ou un guillemet est fermé trop tôt"
        ),
        "alignez la clé sur les autres, et mettez toute la valeur entre guillemets",
    ),
    "did not find expected '-' indicator": (
        "cette ligne devrait commencer par un tiret, comme les autres de la liste",
        "écrivez « - valeur », ou revenez au bord gauche pour une nouvelle clé",
    ),
}
