"""Explain the errors of pydantic in French: the cause, and what to type."""

from __future__ import annotations

import re
import types
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from maille.content.documents import Document, KeyPath
from maille.content.yaml_errors import format_value
from maille.problems import ContentError
from maille.schema.contact_checks import KEY
from maille.schema.fields import Part, describe_value
from maille.schema.foreign_keys import find_meant_keys, join_broken_value, suggest_key
from maille.schema.kind import Fault, list_parts, map_keys
from maille.schema.list_hints import explain_missing_dashes, explain_one_line, suggest_without_blank
from maille.text.names import make_slug
from maille.text.placeholders import means_nothing
from maille.text.suggestions import find_nearest, quote_choices

# The maximum number of characters of a value that a message quotes.
LONGEST_QUOTE = 200


def explain_error(
    details: ErrorDetails,
    model: type[Part],
    labels: Mapping[str, str] = types.MappingProxyType({}),
    document: Document | None = None,
) -> Fault:
    """Return one pydantic error about `model` as a fault, in French.

    `labels` maps the key of each term that the invalid list accepts to its label, and may be empty.
    If `document` is given, the hint takes account of the lines around the value.
    """
    if details["type"] == "tuple_type":
        beside = document is not None and document.has_value_beside_key(details["loc"])
        message, hint = _explain_missing_list(details, model, labels, beside=beside)
    else:
        message, hint = _choose_sentences(details, model)
    if _is_left_out(details, model):
        hint = f"laissez vide : écrivez « {_find_last_key(details['loc'])}: », sans rien derrière"
    if document:
        hint = _suit_document(details, hint, document)
    on_key = details["type"] in {"extra_forbidden", "stray_key"}
    for typed in (details["input"], *details["loc"]):
        message, hint = _shorten(message, typed), _shorten(hint, typed)
    return Fault(details["loc"], message, hint, on_key)


def _is_left_out(details: ErrorDetails, model: type[Part]) -> bool:
    """Return whether the invalid value of an optional key only means "none", such as « n/a »."""
    *above, key = details["loc"]
    if details["type"] not in {"value_error", "enum", "literal_error"} or not isinstance(key, str):
        return False
    info = map_keys(_find_model(tuple(above), model)).get(key)
    typed = details["input"]
    optional = info is not None and not info.is_required()
    return optional and isinstance(typed, str) and means_nothing(typed)


def _suit_document(details: ErrorDetails, hint: str, document: Document) -> str:
    """Return a hint, adapted to the lines around the error in the document.

    For example, the hint says to erase the key, not the line, if the line has other keys. If an
    unknown key probably means a key that the group already has, the hint says to erase the unknown
    key.
    """
    *above, last = details["loc"]
    group = document.find_value(tuple(above))
    if "et mise_a_jour: …" in hint and document.find_value(("mise_a_jour",)):
        return hint.replace("écrivez deux lignes : ", "écrivez ").removesuffix(" et mise_a_jour: …")
    if details["type"] == "string_too_short" and isinstance(group, list):
        key = str(next(step for step in reversed(above) if isinstance(step, str)))
        beside = document.has_value_beside_key((*above, last))
        return suggest_without_blank(key, group, beside=beside)
    if details["type"] == "extra_forbidden" and isinstance(group, Mapping):
        given = [key for key in group if key != last and f"« {key} »" in hint]
        given += [key for key in group if hint.startswith(f"écrivez {key}: ")]
        if given and hint.startswith(("vouliez-vous dire", "écrivez ")):
            return f"effacez « {last} » : « {given[0]} » est déjà donné"
        if hint.startswith("effacez cette ligne ;") and not above:
            hint = join_broken_value(group, str(last)) or hint
        if document.shares_line(details["loc"]):
            return hint.replace("effacez cette ligne", f"effacez « {last} »")
    return hint


def _shorten(words: str, typed: object) -> str:
    """Return the sentence `words`, with the text `typed` in it cut short if it is very long."""
    if not isinstance(typed, str) or len(typed) <= LONGEST_QUOTE:
        return words
    return words.replace(typed, f"{typed[:LONGEST_QUOTE]}…")


def find_causes(
    errors: Iterable[ErrorDetails], model: type[Part], blank: Container[KeyPath] = ()
) -> list[ErrorDetails]:
    """Return the errors, except those that only follow from another error.

    A list may be too short because an item is invalid; a key may be missing because its name is
    misspelt, or because its value was typed in its place.

    Two types of error may be replaced. An unknown key that looks like the value of a missing key
    becomes a "stray_key". A missing key that was typed without a value (its path is in `blank`)
    becomes "too_short".
    """
    given = [*errors]
    found = [_mark_stray(details, given, model) for details in given]
    strays = [details["loc"][:-1] for details in found if details["type"] == "stray_key"]
    paths = [details["loc"] for details in found]
    unknown = [details["loc"] for details in found if details["type"] == "extra_forbidden"]

    def is_consequence(details: ErrorDetails) -> bool:
        *parent, key = location = details["loc"]
        if details["type"] == "too_short":
            return any(path[: len(location)] == location != path for path in paths)
        beside = [str(path[-1]) for path in unknown if [*path[:-1]] == parent]
        misspelt = any(find_meant_keys(typed, [str(key)]) for typed in beside)
        return details["type"] == "missing" and (misspelt or tuple(parent) in strays)

    return [_mark_blank(details, blank) for details in found if not is_consequence(details)]


def _mark_blank(details: ErrorDetails, blank: Container[KeyPath]) -> ErrorDetails:
    is_blank = details["type"] == "missing" and details["loc"] in blank
    return {**details, "type": "too_short"} if is_blank else details


def describe_path(location: KeyPath) -> str:
    """Return a key path in French: « titre » du 2e élément de « sources »."""
    *above, step = location
    own = f"« {step} »" if isinstance(step, str) else f"{_format_ordinal(step + 1)} élément"
    if above:
        own += f" {'de' if isinstance(above[-1], str) else 'du'} {_describe_without_article(above)}"
    return own if isinstance(step, str) else f"le {own}"


def _describe_without_article(location: Sequence[str | int]) -> str:
    return describe_path(tuple(location)).removeprefix("le ")


def _format_ordinal(number: int) -> str:
    return "1er" if number == 1 else f"{number}e"


def _mark_stray(
    details: ErrorDetails, found: list[ErrorDetails], model: type[Part]
) -> ErrorDetails:
    """Return the error unchanged, or as a "stray_key".

    It is a "stray_key" if the unknown key looks like a value whose own key was left out. The
    context of the error then lists the other keys typed in the group, for the hint.
    """
    if details["type"] != "extra_forbidden":
        return details
    *parent, key = details["loc"]
    group = _find_model(tuple(parent), model)
    first, *then = group.implied_keys or ("",)
    lack = next((d for d in found if (d["loc"], d["type"]) == ((*parent, first), "missing")), None)
    if (
        not lack
        or find_meant_keys(str(key), map_keys(group))
        or any(other in lack["input"] for other in then)
    ):
        return details
    beside = [other for other in lack["input"] if other != key]
    return {**details, "type": "stray_key", "ctx": {"beside": beside}}


def _choose_sentences(  # noqa: PLR0911 - a table of sentences, one case per type
    details: ErrorDetails, model: type[Part]
) -> tuple[str, str]:
    """Return the cause and the remedy of an error of any type except "tuple_type"."""
    location = details["loc"]
    key = _find_last_key(location)
    typed = details["input"]
    context: Mapping[str, Any] = details.get("ctx", {})
    match details["type"]:
        case "value_error" if isinstance(error := context["error"], ContentError):
            return error.message, error.hint.replace(KEY, key)
        case "missing" | "extra_forbidden" | "lost_key" | "stray_key":
            return _explain_key(details, model)
        case "string_type":
            message = (
                f"{describe_path(location)} attend un texte simple, et non {describe_value(typed)}"
            )
            return message, "mettez toute la valeur entre guillemets, sans crochets ni accolades"
        case "model_type" | "model_attributes_type" | "dict_type":
            message = (
                f"{describe_path(location)} attend plusieurs clés, et non {describe_value(typed)}"
            )
            return message, f"écrivez {_format_group(typed, _find_item_model(location, model))}"
        case "enum" | "literal_error":
            expected = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            message = f"{describe_value(typed)} n'est pas admis pour « {key} »"
            return message, _suggest_choices(location, model, typed, expected)
        case "string_too_short" | "too_short" if isinstance(location[-1], int):
            return f"{describe_path(location)} est vide", "remplissez cette ligne, ou effacez-la"
        case "string_too_short" | "too_short":
            return f"la clé « {key} » est vide", _suggest_value(
                key, _find_item_model(location, model)
            )
        case "string_too_long":
            message = f"« {key} » a {len(typed)} caractères, plus que {context['max_length']}"
            return message, (
                f"écrivez « {key} » en {context['max_length']} caractères au plus ; "
                "le reste va dans le texte, sous l'en-tête"
            )
        case "string_pattern_mismatch":
            message = f"« {typed} » n'a pas la forme attendue pour « {key} »"
            return message, _suggest_pattern(context["pattern"], str(typed))
    return (
        f"{describe_value(typed)} ne convient pas pour « {key} »",
        "comparez avec une autre fiche",
    )


def _explain_key(details: ErrorDetails, model: type[Part]) -> tuple[str, str]:
    """Return the cause and the remedy of a key that is missing, lost or unknown."""
    location = details["loc"]
    key = _find_last_key(location)
    if details["type"] == "missing":
        inside = f" dans {describe_path(location[:-1])}" if len(location) > 1 else ""
        return f"il manque la clé « {key} »{inside}", f"ajoutez « {key}: … »"
    if details["type"] == "lost_key":
        message = f"ces lignes sont lues comme une suite de « {key} » : il leur manque leur clé"
        return message, f"au-dessus de cette ligne, écrivez « {details['ctx']['key']}: »"
    suggest = _suggest_group if details["type"] == "stray_key" else _suggest_keys
    return f"la clé « {key} » n'existe pas ici", suggest(details, model)


def _find_last_key(location: KeyPath) -> str:
    """Return the last key of a path (for a list item, the key of the list), or "" if none."""
    return next((step for step in reversed(location) if isinstance(step, str)), "")


def _explain_missing_list(
    details: ErrorDetails, model: type[Part], labels: Mapping[str, str], *, beside: bool
) -> tuple[str, str]:
    """Return cause and remedy of a value that should be a list.

    `beside` says whether the value is on the line of its key.
    """
    key, typed, item = (
        _find_last_key(details["loc"]),
        details["input"],
        _find_item_model(details["loc"], model),
    )
    if isinstance(typed, str) and not item:
        return explain_one_line(key, typed, labels, beside=beside)
    if item and isinstance(typed, str):
        found = explain_missing_dashes(key, typed, f"{{{_format_needed_keys(item)}}}")
    else:
        found = explain_missing_dashes(key, next(iter(typed), ""))
    if found:
        return found
    message = f"« {key} » attend une liste, et {describe_value(typed)} n'en est pas une"
    if item:
        return message, f"à la ligne sous « {key}: », écrivez - {_format_group(typed, item)}"
    return message, f"écrivez des crochets : {key}: [mot, autre-mot]"


def _suggest_group(details: ErrorDetails, model: type[Part]) -> str:
    """Return a hint with the group of keys to type, when a value was typed as a key."""
    *parent, key = details["loc"]
    group = _find_model(tuple(parent), model)
    first, second, *others = group.implied_keys
    typed = details["input"]
    value = format_value(typed) if isinstance(typed, str) and typed else "…"
    rest = "".join(f", {other}: …" for other in details["ctx"]["beside"])
    group_typed = f"- {{{first}: {format_value(str(key))}, {second}: {value}{rest}}}"
    hint = f"si c'est la valeur de « {first} », écrivez {group_typed}"
    if others:
        hint += f", ou {quote_choices(others)} au lieu de « {second} » s'il a sa page ici"
    return hint


def _suggest_value(key: str, item: type[Part] | None) -> str:
    return (
        f"à la ligne sous « {key}: », écrivez - {{{_format_needed_keys(item)}}}"
        if item
        else f"écrivez « {key}: … »"
    )


def _format_needed_keys(model: type[Part] | None) -> str:
    """Return the required keys of a group as editors type them: « cle: …, nom: … »."""
    fields = map_keys(model) if model else {}
    return ", ".join(f"{key}: …" for key, info in fields.items() if info.is_required())


def _format_group(typed: object, item: type[Part] | None) -> str:
    """Return a group of keys to type: the required ones, one of them with the text `typed`.

    That key is the one with which the text begins (« titre:Affiche »), or the only required key. In
    any other case, the values are left for the editor to type: « … ».
    """
    needed = _format_needed_keys(item)
    if not isinstance(typed, str) or not typed:
        return f"{{{needed}}}"
    found = re.fullmatch(r"(\w+)\s*[:=]\s*(?!//)(.+)", typed)
    if found and f"{found[1]}: …" in needed.split(", "):
        return f"{{{needed.replace(f'{found[1]}: …', f'{found[1]}: {format_value(found[2])}')}}}"
    value = format_value(typed) if needed.count("…") == 1 else "…"
    return f"{{{needed.replace('…', value)}}}"


def _suggest_pattern(pattern: str, typed: str) -> str:
    """Return what to type for a value that is not a valid address prefix or key of a term."""
    if "/" in pattern:
        steps = [make_slug(step) for step in typed.split("/")]
        right = "".join(f"{step}/" for step in steps if step)
        return f"écrivez /{right}" if right else "commencez et finissez par /, comme /pratiques/"
    right = make_slug(typed)
    return f"écrivez {right}" if right else "écrivez des lettres sans accent et des tirets"


def _suggest_choices(
    location: KeyPath, model: type[Part], typed: object, expected: list[str]
) -> str:
    """Return a hint with the values that `typed` resembles, or else with all of them.

    In the second case, the hint also says to leave the key blank, unless it is required.
    """
    if close := find_nearest(str(typed), expected):
        return f"écrivez {quote_choices(close)}"
    key = _find_last_key(location)
    info = map_keys(_find_model(location[:-1], model)).get(key)
    blank = "" if info and info.is_required() else ", ou laissez vide"
    return f"écrivez {key}: … parmi {quote_choices(expected)}{blank}"


def _suggest_keys(details: ErrorDetails, model: type[Part]) -> str:
    """Return a hint with the keys that were probably meant, or else with all known keys."""
    key, location = str(details["loc"][-1]), details["loc"]
    known = map_keys(_find_model(location[:-1], model))
    if found := suggest_key(key, details["input"], known):
        return found
    return f"effacez cette ligne ; les clés connues sont : {', '.join(sorted(known))}"


def _find_model(location: KeyPath, model: type[Part]) -> type[Part]:
    """Return the innermost model on the path `location`, which starts in `model`."""
    for step in location:
        if isinstance(step, str) and (info := map_keys(model).get(step)):
            model = next(iter(list_parts(info.annotation)), model)
    return model


def _find_item_model(location: KeyPath, model: type[Part]) -> type[Part] | None:
    """Return the model of the groups expected at `location`, or None if no group is expected."""
    keys = tuple(step for step in location if isinstance(step, str))
    found = _find_model(keys, model)
    return None if found is _find_model(keys[:-1], model) else found
