"""Find the key of each column of a sheet, from the mapping, its heading or its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from maille.imports.headings import BODY, find_keys, holds_people
from maille.imports.mapping import Settings
from maille.imports.sheets import Sheet, name_column
from maille.text.names import make_slug
from maille.text.people import find_person
from maille.text.typed_addresses import is_email, repair_web_address
from maille.text.typed_numbers import repair_phone


class Reason(StrEnum):
    """Why a column has its key, or none."""

    SETTING = "d'après la correspondance"
    HEADING = "par son en-tête"
    CELLS = "par son contenu"
    PEOPLE = "laissée de côté : elle parle de personnes"
    NO_KEY = "laissée de côté : aucune clé ne lui correspond"
    TWICE = "laissée de côté : une autre colonne a déjà cette clé"
    EMPTY = "vide"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its index, heading, key ("" if left out), and number of filled cells.

    `reason` is why the column has this key, or none.
    """

    place: int
    heading: str
    key: str
    reason: Reason
    filled: int

    @property
    def letter(self) -> str:
        """Return the letters of the column in a spreadsheet."""
        return name_column(self.place)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet below its headings; `start` is the index of the first of these rows."""

    sheet: Sheet
    start: int
    columns: tuple[Column, ...]

    def number(self, place: int) -> int:
        """Return the number that a spreadsheet shows beside the row at index `place`."""
        return place + self.sheet.first

    def list_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the index and the cells of each row that is not empty, or that has a fault."""
        for place in range(self.start, len(self.sheet.rows)):
            row = self.sheet.rows[place]
            if any(cell.strip() for cell in row) or self._has_fault(place):
                yield place, row

    def _has_fault(self, place: int) -> bool:
        return any(row == place for row, _ in self.sheet.faults)


# Maps each key to a function that returns whether a cell may be a value of this key.
Tests = Mapping[str, Callable[[str], bool]]
_SHARE = 0.8
_HEADER_ROWS = 30
_PATTERNS: Tests = {
    "courriel": is_email,
    # A number must start with 0 or +33: nine digits alone may be a SIREN.
    "telephone": lambda text: bool(
        re.fullmatch(r"(?:0|\+33|\(0)[\d\s.()-]{9,20}", text) and repair_phone(text)
    ),
    "site": lambda text: bool(re.match(r"(?i)https?://|www\.", text) and repair_web_address(text)),
}


def find_table(
    sheet: Sheet, titles: Mapping[str, str], settings: Settings, words: Tests
) -> Table | None:
    """Return the table of a sheet, or None if it has no headings or no column of names.

    `titles` maps the keys that a column may have to their titles; `words` maps each key that has a
    vocabulary to a test of whether a cell is one of its words.
    """
    headings = _find_headings(sheet, titles, settings)
    if headings is None:
        return None
    below = sheet.rows[headings + 1 :]
    cells = [
        [text for row in below if place < len(row) and (text := row[place].strip())]
        for place in range(max(map(len, sheet.rows)))
    ]
    names = [*sheet.rows[headings], *[""] * len(cells)][: len(cells)]
    columns = _match(names, cells, titles, settings, words)
    if not any(column.key == "nom" for column in columns):
        return None
    return Table(sheet, headings + 1, columns)


def _find_headings(sheet: Sheet, titles: Mapping[str, str], settings: Settings) -> int | None:
    """Return the index of the row with the most known headings; None if no row has enough.

    One heading is enough if it means the name, otherwise two. The first of equal rows is chosen,
    among the first `_HEADER_ROWS`.
    """
    scores: dict[int, int] = {}
    for place, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        cells = [cell.strip() for cell in row if cell.strip()]
        known = sum(
            cell in settings.columns or bool(find_keys(cell, titles)) or holds_people(cell)
            for cell in cells
            if len(cell) < 80
        )
        has_name = any(find_keys(cell, titles)[:1] == ("nom",) for cell in cells)
        if known > 1 or (known and has_name):
            scores[place] = known
    return max(scores, key=lambda place: (scores[place], -place)) if scores else None


def _match(
    names: list[str],
    cells: list[list[str]],
    titles: Mapping[str, str],
    settings: Settings,
    words: Tests,
) -> tuple[Column, ...]:
    keys = _claim(names, titles, settings)
    _prefer_vocabularies(keys, cells, words)
    has_summary = any(key[0] == "resume" for key in keys.values() if key[0])
    taken: set[str] = set()
    found: dict[int, tuple[str, Reason]] = {}
    for place in sorted(keys, key=lambda one: keys[one][1] is not Reason.SETTING):
        key, reason = keys[place]
        if key == BODY and not has_summary and "resume" not in taken:
            key = "resume"
        if key and key in taken:
            key, reason = "", Reason.TWICE
        taken.add(key)
        found[place] = (key, reason)
    for place in range(len(names)):
        if place not in found:
            found[place] = _guess(cells[place], taken)
            taken.add(found[place][0])
    return tuple(
        Column(place, names[place].strip(), *found[place], len(cells[place]))
        for place in sorted(found)
        if names[place].strip() or cells[place]
    )


def _claim(
    names: list[str], titles: Mapping[str, str], settings: Settings
) -> dict[int, tuple[str, Reason]]:
    """Return (key, reason) for each column with a known heading, by index of the column.

    A column about people has no key, but "".
    """
    found: dict[int, tuple[str, Reason]] = {}
    has_first_names = any(make_slug(name).startswith("prenom") for name in names)
    others = [place for place, name in enumerate(names) if find_keys(name, titles)[:1] == ("nom",)]
    for place, name in enumerate(names):
        heading = name.strip()
        if heading in settings.columns:
            found[place] = (settings.columns[heading], Reason.SETTING)
        elif has_first_names and len(others) > 1 and make_slug(heading) == "nom":
            found[place] = ("", Reason.PEOPLE)  # « Prénom, Nom » beside « Structure »
        elif keys := find_keys(heading, titles):
            found[place] = (keys[0], Reason.HEADING)
        elif heading and holds_people(heading):
            found[place] = ("", Reason.PEOPLE)
    return found


def _prefer_vocabularies(
    keys: dict[int, tuple[str, Reason]], cells: list[list[str]], words: Tests
) -> None:
    """Change in `keys` the key of each column whose cells clearly suit another vocabulary better.

    Only keys that headings gave are changed, and no column gets the key of another one. `words` is
    the same as for `find_table`.
    """
    vague = [place for place, (key, why) in keys.items() if key in words and why is Reason.HEADING]
    for place in vague:
        scores = {key: _share(cells[place], test) for key, test in words.items()}
        best = max(scores, key=lambda key: scores[key])
        others = [key for one, (key, _) in keys.items() if one != place]
        if best not in others and scores[best] > scores[keys[place][0]] + 0.3:
            keys[place] = (best, Reason.CELLS)


def _share(cells: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _guess(cells: list[str], taken: set[str]) -> tuple[str, Reason]:
    """Return the key of a column with an unknown heading, guessed from its cells, and why.

    The key is "" if the column is empty, about people, or cannot be guessed.
    """
    if not cells:
        return "", Reason.EMPTY
    if Counter(bool(find_person(cell)) for cell in cells)[True] > len(cells) / 2:
        return "", Reason.PEOPLE
    for key, test in _PATTERNS.items():
        if key not in taken and len(cells) > 1 and _share(cells, test) >= _SHARE:
            return key, Reason.CELLS
    return "", Reason.NO_KEY
