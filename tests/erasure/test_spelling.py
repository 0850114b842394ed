"""The pattern of words: joined, in one order or the other, with a word before or after."""

from __future__ import annotations

import re

import pytest

from maille.erasure.spelling import compile_longer, compile_turned, compile_words, split_words


def test_the_words_of_a_name_are_bare() -> None:
    assert split_words("Jean-Paul d'Été") == ["jean", "paul", "d", "ete"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("Léa Noir", True), ("lea_noir", True), ("L&eacute;a&nbsp;Noir", True), ("leanoirs", False)],
)
def test_words_are_found_however_they_are_spelt(text: str, found: bool) -> None:
    assert bool(re.search(compile_words(["lea", "noir"]), text, re.IGNORECASE)) is found


@pytest.mark.parametrize(
    "text", ["Anne-Léa Noir", "anne-lea-noir", "annelea.noir", "Anne Léa Noir"]
)
def test_a_longer_name_is_found_however_it_is_joined(text: str) -> None:
    pattern = compile_longer("Anne", ["lea", "noir"], "")
    assert re.fullmatch(pattern, text, re.IGNORECASE)
    assert not re.search(pattern, "Anne, Léa Noir", re.IGNORECASE)


@pytest.mark.parametrize(
    ("words", "text", "parts"),
    [
        (["lea", "noir"], "NOIR Léa", ["NOIR", " ", "Léa"]),
        (["marie", "le", "goff"], "Le Goff Marie", ["Le Goff", " ", "Marie"]),
        (["jean", "paul", "noir"], "noir-jean-paul", ["noir", "-", "jean-paul"]),
        (["noir"], "Noir", None),
        (["lea", "noir"], "Noir\nLéa", None),
    ],
)
def test_the_surname_may_come_first(words: list[str], text: str, parts: list[str] | None) -> None:
    found = re.search(compile_turned(words), text, re.IGNORECASE)
    assert (found and [one for one in found.groups() if one is not None]) == parts
