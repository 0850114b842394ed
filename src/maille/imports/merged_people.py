"""Merge the people of a record, one by one, when its sheet is imported again.

A person who was in the sheet at the last import, and no longer is, is removed from the record:
erasing someone from the sheet erases them from the site. People added by an editor stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from maille.imports.memory import PEOPLE, Line, Memory

Person = Mapping[str, Any]


def merge_people(
    known: Sequence[Any], said: Sequence[Person], memory: Memory, line: Line | None
) -> tuple[list[Any], list[Any]]:
    """Return two lists of merged people: one where the sheet wins, one where the record wins.

    The two lists are equal unless an editor has to choose: the sheet and the record have both
    changed a person, or the record has somebody else in the role of a person new in the sheet.
    `known` are the people of the record, `said` the people of the sheet, and `line` is the line of
    the record in the memory.
    """
    identifier = line.identifier if line else ""

    def mark(person: Any) -> str:
        return memory.digest(identifier, PEOPLE, [person])

    before = {*line.digests.get(PEOPLE, "").split()} if line else set()
    gone_names = {_get_name(one) for one in before - {*map(mark, said)}}
    new = [one for one in said if mark(one) not in before and one not in known]
    new_roles = {one["fonction"] for one in new}
    by_sheet, by_file, asked_roles = [], [], set()
    for person in known:
        if person in said:
            by_sheet.append(person)
        elif mark(person) in before:
            continue
        elif _get_name(mark(person)) not in gone_names and _get_role(person) not in new_roles:
            by_sheet.append(person)
        else:
            asked_roles.add(_get_role(person))
        by_file.append(person)
    by_sheet += new
    by_file += [one for one in new if one["fonction"] not in asked_roles]
    return by_sheet, by_file


def _get_name(digest: str) -> str:
    """Return the part of a person's digest that depends only on the name."""
    return digest.partition(":")[2]


def _get_role(person: Any) -> str:
    return str(person.get("fonction", "")) if isinstance(person, Mapping) else ""
