"""The people of a record, when its sheet is imported again: each one is merged by itself.

A person that the sheet gave and gives no more leaves the record: whoever is erased from the sheet
is erased from the site. People whom an editor added stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from maille.imports.memory import PEOPLE, Line, Memory

Person = Mapping[str, Any]


def merge_people(
    known: Sequence[Any], said: Sequence[Person], memory: Memory, line: Line | None
) -> tuple[list[Any], list[Any]]:
    """Return the people of a record as the sheet has them, and as the record has them.

    The two lists are one, unless nobody can decide: an editor changed somebody whom the sheet
    changed too, or gave to another one the role of somebody new in the sheet. `known` are the
    people of the record, `said` those of the sheet, and `line` is what is remembered of the record.
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
    """Return the part of the digest of a person that stands for the name alone."""
    return digest.partition(":")[2]


def _get_role(person: Any) -> str:
    return str(person.get("fonction", "")) if isinstance(person, Mapping) else ""
