from __future__ import annotations

import datetime
import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest

from maille.cache.codec import DEPTH, Codec


class Colour(enum.StrEnum):
    RED = "rouge"
    BLUE = "bleu"


class Point(NamedTuple):
    line: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    text: str
    colour: Colour = Colour.RED
    number: int = field(default=0, kw_only=True)


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...]
    marks: Mapping[tuple[str | int, ...], Point]
    first: Leaf | None
    pair: tuple[int, str, tuple[Point, ...]]
    typed: Mapping[str, Any]
    either: str | int = 0
    lines: frozenset[int] = frozenset()


CODEC = Codec[Tree](Tree)
TREE = Tree(
    (Leaf("a", number=3), Leaf("été \N{NBSP}\\ud800 \x00", Colour.BLUE)),
    {("sources", 0, "titre"): Point(1, "x"), (): Point(2)},
    None,
    (1, "deux", (Point(3),)),
    {"a": ["b", {"c": "d", "e": []}], "f": ""},
    lines=frozenset((3, 1, 2)),
)


def test_a_value_comes_back_as_it_was() -> None:
    back = CODEC.decode(CODEC.encode(TREE))
    assert repr(back) == repr(TREE)
    assert back == TREE
    assert type(back.marks["sources", 0, "titre"]) is Point


@pytest.mark.parametrize(
    "kind",
    [
        *(bytes, float, bool, None, set[str], list[str], datetime.date),
        *(Leaf | Point, str | None | int, tuple[bytes, ...], tuple[str, bytes]),
        *(Mapping[str, bytes], set[int], type[str]),
    ],
)
def test_a_type_that_is_not_known_is_refused_before_any_value(kind: Any) -> None:
    @dataclass
    class Holder:
        value: int

    Holder.__annotations__["value"] = kind
    for one in (kind, Holder):
        with pytest.raises(TypeError):
            Codec(one)


@pytest.mark.parametrize(
    "tree",
    [
        Tree([], {}, None, (1, "", ()), {}, either=1.5),  # type: ignore[arg-type]
        Tree((), {}, "no leaf", (1, "", ()), {}),  # type: ignore[arg-type]
        Tree((), {}, None, (1, "", ()), {"a": 1}),
        Tree((), {}, None, (1, "", ()), {"a": ("b",)}),
        Tree((), {}, None, (1, ""), {}),  # type: ignore[arg-type]
        Tree((), {}, Leaf("\udcff"), (1, "", ()), {}),
        "not a tree",
    ],
)
def test_what_would_not_come_back_is_not_written(tree: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of any sort
        CODEC.encode(tree)


def spoil() -> list[bytes]:
    """Return JSON that is not that of a tree: each part of a right one, replaced."""
    found: list[Any] = []
    for at in range(7):
        wrongs: tuple[Any, ...] = (
            None,
            1,
            "x",
            [],
            {},
            [[]],
            [None],
            True,
            1.5,
            [1, 2],
            [["a", 1]],
        )
        for wrong in wrongs:
            data = json.loads(CODEC.encode(TREE))
            if data[at] != wrong:
                data[at] = wrong
                found.append(data)
    return [json.dumps(one).encode() for one in found]


@pytest.mark.parametrize("data", spoil())
def test_other_data_is_refused_or_is_a_tree(data: bytes) -> None:
    try:
        tree = CODEC.decode(data)
    except ValueError:
        return
    assert CODEC.decode(CODEC.encode(tree)) == tree


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"null", b"[]", b"{", b"\xff", b"[" * 100_000, b'{"a":' * 50_000, b"NaN"),
        CODEC.encode(TREE)[:-1],
        CODEC.encode(TREE).replace(b'"deux"', b'"\\ud800"'),
        CODEC.encode(TREE).replace(b'"deux"', b'"\\\\\\uDC00"'),
        CODEC.encode(TREE).replace(b'"deux"', b"1" * 5_000),
        CODEC.encode(TREE).replace(b'"bleu"', b'"vert"'),
        CODEC.encode(TREE).replace(b'["b"', b"[" * 2_000 + b'"b"'),
    ],
)
def test_hostile_data_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of any sort
        CODEC.decode(data)


def test_plain_values_that_are_deep_are_refused() -> None:
    for levels in (DEPTH - 10, DEPTH + 10, 900):
        deep = b"[" * levels + b"]" * levels
        data = CODEC.encode(TREE).replace(b'{"c":"d","e":[]}', deep)
        assert data != CODEC.encode(TREE)
        if levels < DEPTH:
            CODEC.decode(data)
            continue
        with pytest.raises(ValueError, match="deep"):
            CODEC.decode(data)
