"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import maille
from maille.text.patterns import compile_late


def test_a_late_pattern_answers_as_a_compiled_one() -> None:
    late = compile_late(r"(b)+", re.IGNORECASE)
    assert late.pattern == r"(b)+"
    for _ in range(2):
        assert late.sub("x", "aBbc") == "axc"
        assert [found[0] for found in late.finditer("b aB")] == ["b", "B"]
        assert late.search("abc", 2) is None
        assert late.fullmatch("bB")
        assert late.split("abc") == ["a", "b", "c"]


def test_a_wrong_pattern_is_an_error_when_it_is_used() -> None:
    late = compile_late("(")
    with pytest.raises(re.error):
        late.search("")


def test_every_late_pattern_of_the_engine_compiles() -> None:
    late = type(compile_late(""))
    found = 0
    for module in pkgutil.walk_packages(maille.__path__, "maille."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, late):
                re.compile(value.pattern, value.flags)
                found += 1
    assert found > 100
