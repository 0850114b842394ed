"""Find the items of a list that add nothing to another item of the same list."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

from maille.content.documents import Document
from maille.problems import Level, Problem
from maille.schema.kind import Entry

MAX_REMARKS = 20  # per list


def check_same_items(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield a warning for each mapping in a list that adds nothing to another mapping of the list.

    A mapping adds nothing if the other has all its keys, with the same values; of two equal
    mappings, the second adds nothing. There are at most `MAX_REMARKS` warnings for a list. The
    lists `termes` and `ecosysteme` are left out, since they have checks of their own.
    """
    for entry in entries:
        for key, items in entry.document.front_matter.items():
            if isinstance(items, list) and key not in {"termes", "ecosysteme"}:
                found = _check_items(entry.document, key, items)
                yield from itertools.islice(found, MAX_REMARKS)


def _check_items(document: Document, key: str, items: list[object]) -> Iterator[Problem]:
    groups = [frozenset(_list_pairs(item)) for item in items]
    bearers: dict[tuple[str, str], list[int]] = {}  # key and value → indexes of their groups
    for number, group in enumerate(groups):
        for pair in group:
            bearers.setdefault(pair, []).append(number)
    for number, group in enumerate(groups):
        fewest = min((bearers[pair] for pair in group), key=len, default=[])
        wider = (
            other
            for other in fewest
            if group < groups[other] or (group == groups[other] and other < number)
        )
        if (other := next(wider, None)) is not None:
            line = document.find_position((key, other)).line
            message = f"ce qui est dit ici dans « {key} » l'est aussi à la ligne {line}"
            hint = _suggest(document, key, number, line)
            yield document.make_problem((key, number), message, hint, Level.WARNING)


def _list_pairs(item: object) -> Iterator[tuple[str, str]]:
    """Yield the keys and values of an item; nothing unless it is a mapping of texts."""
    if isinstance(item, Mapping) and all(isinstance(value, str) for value in item.values()):
        yield from ((key, value) for key, value in item.items() if value)


def _suggest(document: Document, key: str, number: int, other_line: int) -> str:
    """Return the hint: erase the lines of item `number`, or one of the two items on the same line.

    `other_line` is the line of the other item.
    """
    first, last = document.find_span((key, number))
    if other_line == first or document.find_position((key,), key=True).line == first:
        return "effacez l'un des deux"
    return "effacez cette ligne" if first == last else f"effacez les lignes {first} à {last}"
