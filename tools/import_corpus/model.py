"""What the corpus is made of: cells, rows, kinds of fault, and what is right for each cell."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

SEED = 350
LAYOUTS = ("csv", "xlsx", "ods", "geojson", "gogocarto", "umap")
TABLES = ("csv", "xlsx", "ods")  # the layouts that are rows and columns
MAPS = ("geojson", "umap")  # the layouts whose points are numbers

# What is right for a cell. A row's fate is the worst of its cells': told, then draft, then in.
READ = "read"  # goes in as `right`, and is no repair
REPAIRED = "repaired"  # goes in as `right`, and is listed before/after
TOLD = "told"  # told with sheet, row and column; never changed by guess
ERROR = "error"  # as told, and nothing of the cell can be used
DRAFT = "draft"  # the row goes in as a draft, with its reason
PERSONAL = "left out (personal)"
NO_FIELD = "left out (no field)"
SKIPPED = "skipped"  # an empty row: no row of the file

Facts = Mapping[str, str]  # by field, what the organisation's record must say in the end


@dataclass(frozen=True)
class Cell:
    """What is in a cell: the text that a CSV holds, and what a workbook holds instead of it."""

    text: str
    number: float | None = None
    number_format: str = ""
    day: datetime.date | None = None
    formula: str = ""  # `text` is then the cached value
    error: bool = False  # an error value of the workbook, and no text


@dataclass(frozen=True)
class Place:
    """A commune of `communes.tsv`."""

    insee: str
    name: str
    department: str
    department_name: str
    region: str
    region_slug: str
    latitude: float
    longitude: float
    siren: str
    postcodes: tuple[str, ...]
    former: str
    homonyms: int


@dataclass
class Row:
    """One row of the office's file: cells as typed, and the facts that are true, by field."""

    key: int
    place: Place
    stem: str  # the invented word of its name
    cells: dict[str, Cell]
    facts: dict[str, str]


@dataclass(frozen=True)
class Spoiled:
    """What a fault makes of a row: the cells that it changes, and what is right.

    `right` is the value in the end (None: the facts of the row); `also` are the outcomes that are
    as good as `outcome`.
    """

    cells: Mapping[str, Cell]
    outcome: str
    right: str | None = None
    also: tuple[str, ...] = ()
    needle: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of fault: its name, the field that it is told at, how many rows bear it, and how."""

    name: str
    field: str
    count: int
    spoil: Callable[[Row, int], Spoiled]  # the row, and the turn of this kind: 0, 1…
    place: str = "any"
    layouts: tuple[str, ...] = LAYOUTS


@dataclass(frozen=True)
class Fault:
    """A fault in its row: what is wrong there, whose cells are `spoiled.cells`."""

    kind: str
    field: str
    row: int  # the row's key
    spoiled: Spoiled


@dataclass
class Table:
    """The file of one layout, before it is written: rows, faults, and where blank rows stand."""

    layout: str
    rows: list[Row]
    faults: list[Fault] = field(default_factory=list)
    blanks: tuple[int, ...] = ()  # a blank row stands before the row at these indexes
