"""From what pydantic says to what an editor can act on, in French."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from maille.fields import WRONG
from maille.model import KeyPath, Mark
from maille.problems import Problem, enumerate_french, nearest


def problem_of(details: ErrorDetails, model: type[BaseModel], path: str, mark: Mark) -> Problem:
    """Return the problem that one pydantic error tells of a value of `model` read from `path`."""
    location = details["loc"]
    message, hint = _sentences(details, model)
    return Problem(path, mark.line, mark.column, dotted(location), message, hint)


def dotted(location: KeyPath) -> str:
    """Return a key path as an editor reads it: `sources[1].titre`, counted from 1."""
    name = ""
    for step in location:
        if isinstance(step, int):
            name += f"[{step + 1}]"
        else:
            name += f".{step}" if name else step
    return name


def _sentences(  # noqa: PLR0911 - a table of sentences, one line an error
    details: ErrorDetails, model: type[BaseModel]
) -> tuple[str, str]:
    """Return the cause and what to type, for each kind of error that our fields can raise."""
    key = str(details["loc"][-1])
    typed = details["input"]
    context: Mapping[str, Any] = details.get("ctx", {})
    match details["type"]:
        case value if value == WRONG:
            return context["message"], context["hint"]
        case "missing":
            return f"il manque la clé « {key} »", f"ajoutez une ligne « {key}: … »"
        case "extra_forbidden":
            return f"la clé « {key} » n'existe pas ici", _known_keys(key, details["loc"], model)
        case "tuple_type":
            return (
                f"« {key} » attend une liste, et « {typed} » n'en est pas une",
                f"écrivez des crochets : {key}: [{typed}]",
            )
        case "string_type":
            return f"« {key} » attend un texte simple", f"écrivez {key}: votre texte"
        case "model_type" | "model_attributes_type" | "dict_type":
            return (
                f"« {dotted(details['loc'])} » attend plusieurs clés, et « {typed} » n'en a pas",
                "écrivez par exemple {titre: …, date: …}",
            )
        case "enum" | "literal_error":
            expected = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            return f"« {typed} » n'est pas admis pour « {key} »", _choices(typed, expected)
        case "string_too_short" | "too_short":
            return f"la clé « {key} » est vide", f"remplissez-la : {key}: …"
        case "string_pattern_mismatch":
            return (
                f"« {typed} » n'a pas la forme attendue pour « {key} »",
                "n'employez que des lettres minuscules sans accent, des chiffres et des tirets",
            )
    return f"« {typed} » ne convient pas pour « {key} »", details["msg"]


def _choices(typed: object, expected: list[str]) -> str:
    return f"écrivez {enumerate_french(nearest(str(typed), expected) or expected)}"


def _known_keys(key: str, location: KeyPath, model: type[BaseModel]) -> str:
    """Return a hint that names the key which was probably meant."""
    known = [alias for alias, _ in _aliases(_model_at(location[:-1], model))]
    if close := nearest(key, known):
        return f"vouliez-vous dire {enumerate_french(close)} ?"
    return f"les clés connues sont : {', '.join(sorted(known))}"


def _aliases(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    for name, info in model.model_fields.items():
        yield info.alias or name, info.annotation


def _model_at(location: KeyPath, model: type[BaseModel]) -> type[BaseModel]:
    """Return the model whose keys stand at `location`, a path below `model`."""
    for step in location:
        if isinstance(step, str):
            annotation = dict(_aliases(model)).get(step)
            model = next(_models_in(annotation), model)
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models inside an annotation such as `tuple[Source, ...] | None`."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)
