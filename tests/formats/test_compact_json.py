"""Compact JSON stays JSON, whatever the items, and puts one item on a line."""

from __future__ import annotations

import json

from maille.formats.compact_json import encode_compact, encode_items, encode_members


def test_a_value_has_neither_spaces_nor_escaped_accents() -> None:
    assert encode_compact({"é": [1, None, "a b"]}) == '{"é":[1,null,"a b"]}'


def test_an_object_has_one_member_per_line() -> None:
    made = encode_members({"noms": ["Été", "a\nb"], "codes": [1, 2]})
    assert made.decode() == '{"noms":["Été","a\\nb"],\n"codes":[1,2]}\n'
    assert json.loads(encode_members({})) == {}


def test_a_list_has_one_item_per_line() -> None:
    made = encode_items('{"total":2,"fiches":[', ['{"a":1}', '{"a":2}'])
    assert made.decode() == '{"total":2,"fiches":[\n{"a":1},\n{"a":2}\n]}\n'
    assert json.loads(encode_items('{"fiches":[', [])) == {"fiches": []}


def test_half_a_character_does_not_stop_a_build() -> None:
    assert json.loads(encode_members({"nom": "a\ud800"})) == {"nom": "a?"}
    assert json.loads(encode_items('{"noms":[', ['"\ud800"'])) == {"noms": ["?"]}
