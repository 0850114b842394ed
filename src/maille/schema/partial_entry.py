"""As much of a header at fault as is right: one mistake must not hide what the others would say.

What is saved is for the checks of the same run alone, and is never published. Lists keep the ranks
of their items, by which messages find their lines: an item at fault leaves a hole.
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
from maille.schema.error_messages import meant
from maille.schema.fields import Part, Reference
from maille.schema.kind import Entry, inside, named_keys
from maille.schema.list_hints import items_of

# The labels of the terms that a key may take, by key, for each list of them.
Terms = Mapping[Reference, Mapping[str, str]]


def salvage(model: type[Entry], keys: Mapping[str, Any], document: Document, terms: Terms) -> Entry:
    """Return the entry that the right keys of a header make; the others are as if not typed."""
    return model.partial(_values(model, keys, terms), document)


def labels_of(model: type[Part], location: KeyPath, terms: Terms) -> Mapping[str, str]:
    """Return the terms that the key at `location` may take, label by key, if it takes terms."""
    role = next((role for _, key, role in named_keys(model) if (key,) == location), None)
    return terms.get(role, {}) if isinstance(role, Reference) else {}


def _values(model: type[Part], keys: Mapping[str, Any], terms: Terms) -> dict[str, Any]:
    """Return a value for each key of a group; that of no key where it is wrong, or leans on one."""
    values: dict[str, Any] = {}
    blank = {
        info.alias or name: None if info.is_required() else info.get_default()
        for name, info in model.model_fields.items()
    }
    # A key that an unknown one may stand for is at fault; no more unknown keys are told anyway.
    unknown = itertools.islice((typed for typed in keys if typed not in blank), MAX_PROBLEMS)
    wrong = {key for typed in unknown for key in meant(typed, blank)}
    for name, info in model.model_fields.items():
        key = info.alias or name
        values[key] = blank[key]
        if key in keys:
            try:
                values[key] = _adapter(model, name).validate_python(keys[key])
            except ValidationError:
                wrong.add(key)
                labels = labels_of(model, (key,), terms)
                values[key] = _rest(info.annotation, keys[key], labels, blank[key])
        elif info.is_required():
            wrong.add(key)
    return {
        key: blank[key] if wrong.intersection(model.leaning.get(key, ())) else value
        for key, value in values.items()
    }


def _rest(annotation: Any, typed: Any, labels: Mapping[str, str], blank: Any) -> Any:
    """Return what is right in the value of a key at fault: parts of its groups, items of lists."""
    part = next(_parts(annotation), None)
    item = next(_items(annotation), None)
    if item is None:
        return _part(part, typed) if part and isinstance(typed, Mapping) else blank
    if part:
        return tuple(_part(part, one) for one in (typed if isinstance(typed, tuple) else (typed,)))
    if isinstance(typed, str):
        return items_of(typed, labels)
    return tuple(_text(item, one) for one in typed) if isinstance(typed, tuple) else blank


def _part(part: type[Part], typed: Any) -> Part:
    """Return the group of keys that are right; all are blank where no group is typed."""
    return part.model_construct(**_values(part, typed if isinstance(typed, Mapping) else {}, {}))


def _text(item: Any, typed: Any) -> Any:
    with contextlib.suppress(ValidationError):
        return TypeAdapter(item).validate_python(typed)
    return ""


def _parts(annotation: Any) -> Iterator[type[Part]]:
    return (one for one in inside(annotation) if isinstance(one, type) and issubclass(one, Part))


def _items(annotation: Any) -> Iterator[Any]:
    """Yield what the items are, for the annotation of a list: `tuple[X, ...]`, or none at all."""
    for one in (annotation, *typing.get_args(annotation)):
        if typing.get_origin(one) is tuple:
            yield typing.get_args(one)[0]


@functools.cache
def _adapter(model: type[Part], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    annotation: Any = info.annotation
    for metadata in info.metadata:
        annotation = Annotated[annotation, metadata]
    return TypeAdapter(annotation)
