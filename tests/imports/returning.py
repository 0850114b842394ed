"""Cells of an export edited at random, brought back, and what has become of the files."""

from __future__ import annotations

import io
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl

from maille.content.bodies import read_body, read_keys
from maille.imports.importing import Before, ImportFile, prepare
from maille.imports.mapping import Settings
from maille.imports.office_table import OfficeTable
from maille.imports.plan import ImportPlan, list_files
from maille.kinds.catalyser import KIND
from maille.site.model import Site

# What a cell may become, by key: its text, and what the record then says.
_TEXTS: Mapping[str, str] = {
    "nom": "L'Essai n° {n}, « rue » & Cie",
    "resume": "Un résumé inventé : le n° {n} ; l'été, 50 % d'à-côtés #{n}.",
    "adresse": "{n} bis, rue de l'Essai",
    "site": "https://essai-{n}.exemple.fr/",
    "courriel": "contact-{n}@exemple.fr",
    "telephone": "04 73 00 {n:02} 00",
    "verifie_le": "2025-01-{day:02}",
    "mise_a_jour": "2025-02-{day:02}",
    "autres_noms": "Autre {n} | L'autre d'essai",
    "territoires": "01 | 974",
}
_REQUIRED = ("nom", "resume", "relation")


@dataclass(frozen=True)
class Edit:
    """A cell that changes: its row and its column from 0, its text, and what the record says."""

    row: int
    column: int
    key: str
    text: str
    value: Any


def draw_edits(table: OfficeTable, count: int, seed: int) -> list[Edit]:
    """Return that many edits of cells, each of another cell; one of five empties it."""
    chance = random.Random(seed)
    found: dict[tuple[int, int], Edit] = {}
    spots = [
        (row, place)
        for row in range(len(table.rows))
        for place, column in enumerate(table.columns)
        if column.key in _TEXTS or column.labels
    ]
    for number, (row, place) in enumerate(chance.sample(spots, len(spots))):
        column, now = table.columns[place], table.rows[row][place]
        if now and column.key not in _REQUIRED and chance.random() < 0.2:
            text, value = "", None
        elif column.labels:
            terms = chance.sample([*column.labels], min(2, len(column.labels)))
            kept = terms if column.is_list else terms[:1]
            text = " | ".join(column.labels[term] for term in kept)
            value = kept if column.is_list else kept[0]
        else:
            text = _TEXTS[column.key].format(n=number % 100, day=number % 28 + 1)
            value = text.split(" | ") if column.is_list else text
        if text != now:
            found[row, place] = Edit(row, place, column.key, text, value)
        if len(found) == count:
            break
    return [*found.values()]


def edit_table(table: OfficeTable, edits: list[Edit]) -> OfficeTable:
    rows = [[*row] for row in table.rows]
    for one in edits:
        rows[one.row][one.column] = one.text
    return replace(table, rows=tuple(map(tuple, rows)))


def edit_book(data: bytes, edits: list[Edit]) -> bytes:
    """Return a workbook with other cells, as openpyxl saves it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for one in edits:
        book.worksheets[0].cell(one.row + 2, one.column + 1).value = one.text or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring_back(site: Site, root: Path, name: str, data: bytes) -> ImportPlan:
    """Return the plan of the import of a file that was exported."""

    def read(path: str) -> bytes:
        return (root / path).read_bytes() if (root / path).is_file() else b""

    settings = Settings("content/imports/export.toml")
    return prepare(ImportFile(name, data), KIND, site, settings, Before(read))


def check_edits(plan: ImportPlan, root: Path, table: OfficeTable, edits: list[Edit]) -> None:
    """Check that the files of an import differ from those of the site by these edits alone."""
    told = [(row.name, row.faults, row.unknown) for row in plan.refused]
    assert not told, told
    assert not plan.new, [row.name for row in plan.new]
    wanted: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    paths = {row.place - row.table.start: row.path for row in plan.rows}
    assert len(paths) == len(table.rows)
    for one in edits:
        wanted[paths[one.row]][one.key] = one.value
    files = list_files(plan, plan.good, checked=True)
    assert {*files} == {*wanted}, {*files} ^ {*wanted}
    for path, changes in wanted.items():
        before, after = (root / path).read_bytes(), files[path]
        expected = {**read_keys(before), **changes}
        said = read_keys(after)
        right = {key: value for key, value in expected.items() if value is not None}
        wrong = [*_list_differing(said, right)]
        assert not wrong, (path, wrong)
        kept = (
            {key: text for key, text in split_keys(data).items() if key not in changes}
            for data in (before, after)
        )
        wrong = [*_list_differing(*kept)]
        assert not wrong, (path, wrong)
        assert read_body(before) == read_body(after)


def _list_differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    for key in {**one, **other}:
        if one.get(key) != other.get(key):
            yield f"{key}: {one.get(key)!r} and not {other.get(key)!r}"


def split_keys(data: bytes) -> dict[str, str]:
    """Return the lines of each key of a header, as they are."""
    header = data.decode("utf-8").replace("\r\n", "\n").split("\n---\n")[0]
    parts = re.split(r"(?m)^(\w+):", header)
    return dict(zip(parts[1::2], (part.rstrip("\n") for part in parts[2::2]), strict=True))
