"""What is remembered of an import: digests that say whether a value changed, and no value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from maille.imports.memory import EMPTY, Line, Memory, name_memory, read_memory, write_memory
from maille.problems import ContentError

PATH = "catalysers/a.md"
VALUES = {"nom": "Le Relais", "telephone": "03 80 00 00 00", "site": ""}


def remember(salt: bytes = b"sel") -> Memory:
    memory = Memory(salt)
    digests = {key: memory.digest("a", key, value) for key, value in VALUES.items()}
    memory.lines[PATH] = Line("a", PATH, digests, ("telephone",))
    return memory


def forget(_: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    return {}


def test_a_memory_is_read_back_and_says_what_changed() -> None:
    data = write_memory(remember())
    assert b"Relais" not in data
    assert b"03 80" not in data
    memory = read_memory("a.json", data, b"sel", forget)
    assert memory == remember()
    assert memory.was(PATH, "nom", "Le Relais") is True
    assert memory.was(PATH, "nom", "Autre") is False
    assert memory.was(PATH, "site", "") is True
    assert memory.was(PATH, "courriel", "") is None
    assert memory.was("catalysers/b.md", "nom", "") is None


def test_one_value_has_another_digest_in_another_key_record_or_salt() -> None:
    one = Memory(b"1")
    digests = {
        *(one.digest("a", "nom", "x"), one.digest("a", "site", "x"), one.digest("b", "nom", "x")),
        Memory(b"2").digest("a", "nom", "x"),
    }
    assert len(digests) == 4
    assert one.digest("a", "nom", "") == one.digest("b", "nom", []) == EMPTY


def test_with_another_salt_the_values_are_those_that_were_committed() -> None:
    def read_past(paths: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        assert [*paths] == [PATH]
        return {PATH: VALUES}

    memory = read_memory("a.json", write_memory(remember()), b"autre", read_past)
    assert memory.was(PATH, "nom", "Le Relais") is True
    assert memory.was(PATH, "nom", "Autre") is False
    # The record had another value than the sheet: what the sheet said is not known any more.
    assert memory.was(PATH, "telephone", "03 80 00 00 00") is None
    lost = read_memory("a.json", write_memory(remember()), b"autre", forget)
    assert lost.was(PATH, "nom", "Le Relais") is None


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"sel": "a", "fiches": [{}]}', b"\xff"])
def test_a_broken_memory_is_told(data: bytes) -> None:
    with pytest.raises(ContentError, match="abîmé") as told:
        read_memory("a.json", data, b"", forget)
    assert "git restore a.json" in told.value.hint


def test_a_file_that_was_never_imported_has_none() -> None:
    assert read_memory("a.json", None, b"", forget).lines == {}
    assert name_memory("a") == "content/imports/a.json"
