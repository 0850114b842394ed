"""A sheet imported twice into records held in memory: no site is built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maille.content.bodies import read_keys
from maille.imports.columns import Table, find_table
from maille.imports.headings import BODY, VERSION
from maille.imports.known_records import Record
from maille.imports.likeness import identify
from maille.imports.mapping import Settings
from maille.imports.matching import Directory
from maille.imports.memory import Memory
from maille.imports.merging import Merger, Side
from maille.imports.records import Reader, Row
from maille.imports.sheets import Sheet
from maille.kinds.catalyser import KIND
from maille.pipeline import load_gazetteer

TITLES = {key: key for key in (*KIND.keys, BODY, VERSION)}
WORDS: dict[str, Mapping[str, str]] = {"profil": {"asso": "association", "lieu": "lieu"}}
PATH = "catalysers/le-relais.md"


def make_reader(settings: Settings) -> Reader:
    lists = frozenset({"themes", "territoires", "autres_noms", "pratiques"})
    return Reader(settings, load_gazetteer(), lists, WORDS, frozenset({"territoires"}))


def make_table(rows: list[Mapping[str, str]], settings: Settings) -> Table:
    headings = [*dict.fromkeys(key for row in rows for key in row)]
    cells = [[row.get(key, "") for key in headings] for row in rows]
    table = find_table(Sheet("a", [headings, *cells]), TITLES, settings, {})
    assert table
    return table


def read_rows(rows: list[Mapping[str, str]], settings: Settings | None = None) -> list[Row]:
    settings = settings or Settings("content/imports/a.toml")
    table, reader = make_table(rows, settings), make_reader(settings)
    return [reader.read(table, *one) for one in table.list_rows()]


def make_record(data: bytes, path: str = PATH) -> Record:
    typed = read_keys(data)
    slug = path.rpartition("/")[2].removesuffix(".md")
    return Record(path, slug, str(typed.get("identifiant") or ""), typed, identify(typed))


def make_merger(
    files: Mapping[str, bytes],
    memory: Memory | None = None,
    side: Side = Side.ASK,
    common: Mapping[str, Any] | None = None,
    settings: Settings | None = None,
) -> Merger:
    records = [make_record(data, path) for path, data in files.items()]
    return Merger(
        make_reader(settings or Settings("content/imports/a.toml")),
        Directory(records, lambda _: ""),
        memory or Memory(b"salt"),
        common or {},
        frozenset({"nom", "resume"}),
        KIND.file_order,
        lambda path: files.get(path, b""),
        side,
    )


def merge(
    cells: Mapping[str, str],
    data: bytes,
    memory: Memory | None = None,
    side: Side = Side.ASK,
    **common: Any,
) -> Row:
    """Return the row of a sheet, merged into the record whose file is `data`."""
    [row] = read_rows([cells])
    merger = make_merger({PATH: data}, memory, side, common)
    row.path, row.record = PATH, merger.directory.records[0]
    row.merge = merger.merge(row, row.record)
    return row


def recall(cells: Mapping[str, str], data: bytes, **common: Any) -> Memory:
    """Return what is remembered of a sheet that made the record whose file is `data`."""
    [row] = read_rows([cells])
    merger = make_merger({PATH: data}, common=common)
    row.path = PATH
    row.doubts += [note for note in row.remarks if b"brouillon" in data]
    line = merger.make_line(row, common)
    return Memory(b"salt", {PATH: line})
