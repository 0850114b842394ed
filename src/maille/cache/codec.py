"""Write values of a given type as JSON, and read them back.

The type may be a dataclass or a named tuple. The format follows from the types alone, so a new
field needs no code here. The JSON that is read may come from anybody, so each value is checked
against its type, and only data can result.
"""

from __future__ import annotations

import dataclasses
import enum
import json
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar, Union, cast

T = TypeVar("T")

# How deeply lists and mappings may be nested in a value of type `Any`: more could exhaust the
# stack.
DEPTH = 50

# The function that turns a value into JSON data, and the one that turns JSON data into a value.
_Pair = tuple[Callable[[Any], Any], Callable[[Any], Any]]

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
# The JSON escape of half a character (a surrogate): `encode` never writes it.
_HALF = re.compile(r"(?<!\\)(?:\\\\)*\\ud", re.IGNORECASE)


class Codec(Generic[T]):
    """Writes values of one type as bytes, and reads them back."""

    def __init__(self, kind: Any) -> None:
        """Prepare for values of type `kind`. Raises TypeError if that type is not supported."""
        self._encode, self._decode = _make_pair(kind)

    def encode(self, value: T) -> bytes:
        """Return `value`, which must be of the type, as JSON.

        Raises ValueError if a text in it has half a character.
        """
        return _JSON.encode(self._encode(value)).encode()

    def decode(self, data: bytes) -> T:
        """Return the value written as `data`. Raises ValueError if it is not of the type."""
        try:
            text = data.decode()
            if ("\\ud" in text or "\\uD" in text) and _HALF.search(text):
                raise ValueError("half a character")
            return cast("T", self._decode(json.loads(text)))
        except RecursionError as error:
            raise ValueError("nested too deep") from error


def _make_pair(kind: Any) -> _Pair:
    """Return the functions that write and read values of type `kind`.

    Raises TypeError if the type is not supported.
    """
    if scalars := _list_scalars(kind):
        return (check := _make_check(scalars)), check
    if kind is Any:
        return _check_plain, _check_plain
    if found := _make_generic(typing.get_origin(kind), typing.get_args(kind)):
        return found
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return (lambda value: value.value), kind
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return _make_record(kind, kind._fields, lambda items: kind(*items))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        names = [one.name for one in dataclasses.fields(kind)]
        return _make_record(kind, names, lambda items: kind(**dict(zip(names, items, strict=True))))
    raise TypeError(f"values of the type {kind} cannot be kept")


def _make_generic(origin: Any, arguments: tuple[Any, ...]) -> _Pair | None:
    """Return the pair for `origin[arguments]`, such as `tuple[int, ...]`; None if not supported.

    Raises TypeError if `origin` is supported, but not one of the arguments.
    """
    if origin in (Union, types.UnionType):
        return _make_optional(arguments)
    if origin is tuple:
        return _make_tuple(arguments)
    if origin is frozenset:
        encode, decode = _make_tuple((arguments[0], ...))
        return (lambda value: sorted(encode(value))), (lambda value: frozenset(decode(value)))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _make_mapping(*map(_make_pair, arguments))
    return None


def _list_scalars(kind: Any) -> frozenset[type]:
    """Return the types that `kind` allows if they are `str`, `int` or both; else an empty set."""
    kinds = frozenset(typing.get_args(kind) or (kind,))
    is_plain = typing.get_origin(kind) in (None, Union, types.UnionType)
    return kinds if is_plain and kinds <= {str, int} else frozenset()


def _make_check(kinds: frozenset[type]) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) not in kinds:
            raise ValueError(f"not of {kinds}")
        return value

    return check


def _check_plain(value: Any, depth: int = 0) -> Any:
    """Return `value` if it is made of texts, lists and mappings alone, with texts as keys.

    Raises ValueError for anything else, and for a value that is nested too deep.
    """
    kind = type(value)
    if depth > DEPTH:
        raise ValueError("nested too deep")
    if kind is list or kind is dict:
        for item in value.values() if kind is dict else value:
            if type(item) is not str:
                _check_plain(item, depth + 1)
        if kind is dict and not {*map(type, value)} <= {str}:
            raise ValueError("a key is not a text")
    elif kind is not str:
        raise ValueError("not a text, a list or a mapping")
    return value


def _check_list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise ValueError("not a list")
    return value


def _make_optional(kinds: tuple[Any, ...]) -> _Pair:
    """Return the pair for `X | None`. Raises TypeError for any other union."""
    others = [kind for kind in kinds if kind is not type(None)]
    if len(others) != 1:
        raise TypeError(f"values of one of the types {kinds} cannot be kept")
    encode, decode = _make_pair(others[0])
    return (
        lambda value: None if value is None else encode(value),
        lambda value: None if value is None else decode(value),
    )


def _make_tuple(kinds: tuple[Any, ...]) -> _Pair:
    if len(kinds) != 2 or kinds[1] is not ...:
        return _make_fixed(kinds, tuple)
    if scalars := _list_scalars(kinds[0]):

        def check_all(value: Iterable[Any]) -> Iterable[Any]:
            if not {*map(type, value)} <= scalars:
                raise ValueError(f"not all of {scalars}")
            return value

        return (
            lambda value: [*check_all(value)],
            lambda value: tuple(check_all(_check_list(value))),
        )
    encode, decode = _make_pair(kinds[0])
    return (
        lambda value: [encode(item) for item in value],
        lambda value: tuple([decode(item) for item in _check_list(value)]),
    )


def _make_fixed(kinds: Iterable[Any], build: Callable[[list[Any]], Any]) -> _Pair:
    """Return the pair for a sequence of fixed length; `kinds` are the types of its items.

    `build` makes the sequence from the list of its items.
    """
    kinds = [*kinds]
    if {*kinds} <= {str, int}:  # JSON has these types: nothing to convert

        def check_all(value: Any) -> Any:
            if [*map(type, value)] != kinds:
                raise ValueError(f"not {kinds}")
            return value

        return (lambda value: [*check_all(value)]), (
            lambda value: build(check_all(_check_list(value)))
        )
    pairs = [_make_pair(kind) for kind in kinds]
    encoders, decoders = ([pair[way] for pair in pairs] for way in (0, 1))

    def decode_all(value: Any) -> Any:
        return build([decode(item) for decode, item in zip(decoders, value, strict=True)])

    return (
        lambda value: [encode(item) for encode, item in zip(encoders, value, strict=True)],
        lambda value: decode_all(_check_list(value)),
    )


def _make_mapping(keys: _Pair, values: _Pair) -> _Pair:
    """Return the pair for a mapping, written as a flat list: key, value, next key, next value."""
    (encode_key, decode_key), (encode_value, decode_value) = keys, values

    def encode(value: Mapping[Any, Any]) -> list[Any]:
        return [
            part for key, item in value.items() for part in (encode_key(key), encode_value(item))
        ]

    def decode(value: Any) -> dict[Any, Any]:
        parts = iter(_check_list(value))
        return {decode_key(key): decode_value(item) for key, item in zip(parts, parts, strict=True)}

    return encode, decode


def _make_record(kind: type, names: Iterable[str], build: Callable[[list[Any]], Any]) -> _Pair:
    """Return the pair for a dataclass or a named tuple, written as a list of its fields' values.

    `names` are the names of the fields, in order; `build` makes the object from that list.
    """
    hints = typing.get_type_hints(kind)
    encode, decode = _make_fixed([hints[name] for name in names], build)

    def encode_record(value: Any) -> list[Any]:
        if type(value) is not kind:
            raise ValueError(f"not a {kind.__name__}")
        return cast("list[Any]", encode([getattr(value, name) for name in names]))

    return encode_record, decode
