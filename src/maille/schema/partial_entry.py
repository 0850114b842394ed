"""Make partial entries from invalid front matter, so that one mistake does not hide the others.

A partial entry is checked in the same run as the others, and never published. An invalid item of
a list leaves a blank, so that the other items keep their positions.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import typing
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from maille.content.documents import Document, KeyPath
from maille.problems import MAX_PROBLEMS
from maille.schema.fields import Part, Reference
from maille.schema.foreign_keys import find_meant_keys
from maille.schema.kind import Entry, list_parts, list_reference_keys, map_keys
from maille.schema.list_hints import split_items

# For each vocabulary, and for the list of its sub-terms: the label of each term, by key.
Terms = Mapping[Reference, Mapping[str, str]]


def make_partial_entry(
    model: type[Entry], keys: Mapping[str, Any], document: Document, terms: Terms
) -> Entry:
    """Return the entry made from the valid values in `keys`; invalid values become blank."""
    return model.make_partial(_collect_valid(model, keys, terms), document)


def find_labels(model: type[Part], location: KeyPath, terms: Terms) -> Mapping[str, str]:
    """Return the labels of the terms that may be typed at `location`, by key of the term.

    Return no labels if `location` has more than one step, if no term is expected there, or if
    `terms` does not have the vocabulary.
    """
    role = next((role for _, key, role in list_reference_keys(model) if (key,) == location), None)
    return terms.get(role, {}) if isinstance(role, Reference) else {}


def _collect_valid(model: type[Part], keys: Mapping[str, Any], terms: Terms) -> dict[str, Any]:
    """Return a value for each key of `model`; an invalid value becomes blank.

    Groups and lists keep their valid parts (see `_keep_valid`). A value is also blank if a key that
    it depends on is invalid, or required but missing.
    """
    values: dict[str, Any] = {}
    blank = {
        key: None if info.is_required() else info.get_default()
        for key, info in map_keys(model).items()
    }
    # A known key counts as invalid if a likely misspelling of it was typed. Unknown keys beyond
    # `MAX_PROBLEMS` are not reported.
    unknown = itertools.islice((typed for typed in keys if typed not in blank), MAX_PROBLEMS)
    wrong = {key for typed in unknown for key in find_meant_keys(typed, blank)}
    for name, info in model.model_fields.items():
        key = info.alias or name
        values[key] = blank[key]
        if key in keys:
            try:
                values[key] = _make_adapter(model, name).validate_python(keys[key])
            except ValidationError:
                wrong.add(key)
                labels = find_labels(model, (key,), terms)
                values[key] = _keep_valid(info.annotation, keys[key], labels, blank[key])
        elif info.is_required():
            wrong.add(key)
    return {
        key: blank[key] if wrong.intersection(model.depends_on.get(key, ())) else value
        for key, value in values.items()
    }


def _keep_valid(annotation: Any, typed: Any, labels: Mapping[str, str], blank: Any) -> Any:
    """Return a group with its valid keys, or a list with its valid items; else `blank`.

    In a list of groups, each group keeps its valid keys. In any other list, "" replaces an invalid
    item. A list of texts that was typed as one text is split, and its items are not checked.
    """
    part = next(iter(list_parts(annotation)), None)
    item = next(_list_item_types(annotation), None)
    if item is None:
        return _make_part(part, typed) if part and isinstance(typed, Mapping) else blank
    if part:
        groups = typed if isinstance(typed, tuple) else (typed,)
        return tuple(_make_part(part, group) for group in groups)
    if isinstance(typed, str):
        return split_items(typed, labels)
    return tuple(_read_item(item, value) for value in typed) if isinstance(typed, tuple) else blank


def _make_part(part: type[Part], typed: Any) -> Part:
    """Return a group with its valid keys; all are blank if `typed` is not a group."""
    return part.model_construct(
        **_collect_valid(part, typed if isinstance(typed, Mapping) else {}, {})
    )


def _read_item(item: Any, typed: Any) -> Any:
    """Return `typed` as a value of the type `item`, or "" if it is invalid."""
    with contextlib.suppress(ValidationError):
        return TypeAdapter(item).validate_python(typed)
    return ""


def _list_item_types(annotation: Any) -> Iterator[Any]:
    """Yield X if the annotation is `tuple[X, ...]`, or a union that has it."""
    for inner in (annotation, *typing.get_args(annotation)):
        if typing.get_origin(inner) is tuple:
            yield typing.get_args(inner)[0]


@functools.cache
def _make_adapter(model: type[Part], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    annotation: Any = info.annotation
    for metadata in info.metadata:
        annotation = Annotated[annotation, metadata]
    return TypeAdapter(annotation)
