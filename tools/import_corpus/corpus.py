"""The rows of the file with their faults, for each layout, and the same after one correction."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import random
from collections.abc import Iterator, Sequence

from tools.import_corpus import contacts, personal, places, points, texts, vocabulary
from tools.import_corpus.model import (
    DRAFT,
    ERROR,
    PERSONAL,
    SEED,
    TABLES,
    TOLD,
    Cell,
    Fault,
    Kind,
    Row,
    Spoiled,
    Table,
)
from tools.import_corpus.office import make_rows, type_fact

ROWS = 350
TWINS = 6  # rows of the 350 that repeat another one
KINDS = (*places.KINDS, *points.KINDS, *contacts.KINDS, *texts.KINDS, *vocabulary.KINDS)
# Values that the author of the file does not know either: these rows are not corrected.
UNANSWERED = {
    ("resume-manquant", 0),
    ("resume-manquant", 1),
    ("courriel-en-cours", 0),
    ("courriel-en-cours", 1),
}
# Empty rows of the sheets: two together, and one that holds spaces.
BLANKS = (40, 41, 201)
SPACES = 201
FIELDS_OF_PEOPLE = {
    "telephone",
    "courriel",
    "adresse",
}  # where people stand in a column of the structure
EVERYDAY = next(kind for kind in contacts.PHONES if kind.name == "telephone-autre-forme")
EVERYDAY_FORMS = 30

Plan = Sequence[tuple[int, Kind, int]]  # index of a row, a kind, the turn of this kind


@functools.cache
def plan_faults() -> Plan:
    """Return which row has which fault, by the index of the row before twins are added.

    Each kind has rows of its own; its other turns stand on rows that bear another fault, as people
    and everyday forms of phones do: in real files, few rows have one fault.
    """
    chance = random.Random(SEED)
    turns = [(kind, turn) for kind in KINDS for turn in range(kind.count)]
    alone = [(kind, turn) for kind, turn in turns if stands_alone(kind, turn)]
    order = chance.sample(range(ROWS - TWINS), ROWS - TWINS)
    plan = [(order[index], kind, turn) for index, (kind, turn) in enumerate(alone)]
    clean = order[len(alone) :]
    for kind in personal.KINDS:
        if kind.field in FIELDS_OF_PEOPLE:
            plan += [(clean.pop(), kind, turn) for turn in range(kind.count)]
    seconds = [(kind, turn) for kind, turn in turns if not stands_alone(kind, turn)]
    seconds += [(EVERYDAY, EVERYDAY.count + turn) for turn in range(EVERYDAY_FORMS)]
    for kind in personal.KINDS:
        if kind.field not in FIELDS_OF_PEOPLE:
            seconds += [(kind, turn) for turn in range(kind.count)]
    return (*plan, *add_seconds(plan, seconds))


def stands_alone(kind: Kind, turn: int) -> bool:
    """Return whether this turn of `kind` has a row of its own, whose commune it may choose."""
    return turn == 0 or kind.place != "any" or kind.name == "mot-inconnu"


def add_seconds(plan: Plan, seconds: Sequence[tuple[Kind, int]]) -> Plan:
    """Return a row for each of `seconds`: the least faulty one whose faults touch other fields."""
    groups: dict[int, list[str]] = {}
    for index, kind, _ in plan:
        groups.setdefault(index, []).append(group_field(kind.field))
    added = []
    for kind, turn in seconds:
        group = group_field(kind.field)
        free = (index for index, touched in groups.items() if group not in touched)
        index = min(free, key=lambda index: len(groups[index]))
        groups[index].append(group)
        added.append((index, kind, turn))
    return added


def group_field(name: str) -> str:
    """Return the fields that a fault of the field `name` may touch, as one word."""
    places = {
        "code_postal",
        "commune",
        "departement",
        "code_insee",
        "territoires",
        "latitude",
        "longitude",
    }
    if name in places:
        return "place"
    return "pratiques" if name == "activites" else name


def build_table(layout: str, encoding: str = "utf-8") -> Table:
    """Return the file in `layout`, with the faults that the layout and `encoding` can hold."""
    plan = plan_faults()
    wishes = ["any"] * (ROWS - TWINS)
    for index, kind, _ in plan:
        if kind.place != "any":
            wishes[index] = kind.place
    rows = make_rows(tuple(wishes))
    table = Table(layout, rows, blanks=BLANKS if layout in TABLES else ())
    for index, kind, turn in plan:
        fault = apply_fault(rows[index], kind, turn, layout, encoding)
        if fault:
            table.faults.append(fault)
    add_twins(table, clean={row.key for row in rows} - {index + 1 for index, *_ in plan})
    return table


def apply_fault(row: Row, kind: Kind, turn: int, layout: str, encoding: str) -> Fault | None:
    """Spoil `row` in place and return the fault, or return None where the file cannot hold it."""
    if layout not in kind.layouts:
        return None
    attempt = copy_row(row)
    spoiled = kind.spoil(attempt, turn)
    if not can_encode(spoiled, encoding):
        return None
    row.facts, row.cells = attempt.facts, attempt.cells | dict(spoiled.cells)
    return Fault(kind.name, kind.field, row.key, spoiled)


def copy_row(row: Row) -> Row:
    """Return a copy of `row` that can be changed independently."""
    return dataclasses.replace(row, cells=dict(row.cells), facts=dict(row.facts))


def can_encode(spoiled: Spoiled, encoding: str) -> bool:
    """Return whether `encoding` has all letters of the spoiled cells."""
    try:
        for cell in spoiled.cells.values():
            cell.text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def add_twins(table: Table, clean: set[int]) -> None:
    """Repeat six rows some rows below: three unchanged, three in capitals and without a site."""
    by_key = {row.key: row for row in table.rows}
    for turn, key in enumerate(sorted(clean)[:TWINS]):
        twin = copy_row(by_key[key])
        twin.key = ROWS - TWINS + 1 + turn
        if turn % 2:
            twin.cells |= {"nom": Cell(twin.facts["nom"].upper()), "site": Cell("")}
        index = table.rows.index(by_key[key]) + 7
        table.rows.insert(min(index, len(table.rows)), twin)
        name = "ligne-en-double" if turn % 2 == 0 else "ligne-presque-en-double"
        spoiled = Spoiled({"nom": twin.cells["nom"]}, TOLD, twin.facts["nom"])
        table.faults.append(Fault(name, "nom", twin.key, spoiled))


def correct_table(table: Table) -> Table:
    """Return `table` as its author sends it back after one reading of the report.

    What was told is typed again, rows that say another one again are gone, empty rows too; what is
    repaired with certainty stays as it was. Words of no list stay: their answers are a line of the
    mapping (`vocabulary.ANSWERS`). Four rows stay at fault (`UNANSWERED`).
    """
    corrected = Table(table.layout, [copy_row(row) for row in table.rows])
    by_key = {row.key: row for row in corrected.rows}
    turns: dict[str, Iterator[int]] = {}
    for fault in table.faults:
        turn = next(turns.setdefault(fault.kind, itertools.count()))
        if fault.kind.startswith("ligne-"):
            corrected.rows.remove(by_key[fault.row])
        elif must_be_typed(fault) and (fault.kind, turn) not in UNANSWERED:
            row = by_key[fault.row]
            row.cells |= {name: type_fact(name, row.facts[name]) for name in fault.spoiled.cells}
        else:
            corrected.faults.append(fault)
    return corrected


def must_be_typed(fault: Fault) -> bool:
    """Return whether the author has to correct the cell, or may have been asked to."""
    outcome, also = fault.spoiled.outcome, fault.spoiled.also
    if fault.kind == "mot-inconnu" or outcome == PERSONAL:
        return False
    return bool({TOLD, ERROR, DRAFT} & {outcome, *also})


def list_fates(table: Table, *, answered: bool = False) -> dict[int, set[str]]:
    """Return the possible fates of each row, by its key: "in", "draft", "told".

    Rows in, drafts and rows told add up to the rows of the file. `answered` says that the words of
    no list have their answers in the mapping.
    """
    fates = {row.key: [{"in"}] for row in table.rows}
    for fault in table.faults:
        if answered and fault.kind == "mot-inconnu":
            continue
        fates[fault.row].append(
            {name_fate(outcome) for outcome in (fault.spoiled.outcome, *fault.spoiled.also)}
        )
    return {key: set(combine(choices)) for key, choices in fates.items()}


def combine(choices: Sequence[set[str]]) -> Iterator[str]:
    """Yield the worst fate of each combination of `choices`, one for each fault of a row."""
    order = ("in", "draft", "told")
    for combination in itertools.product(*choices):
        yield max(combination, key=order.index)


def name_fate(outcome: str) -> str:
    """Return the fate that the outcome of a cell gives to its row."""
    return {TOLD: "told", ERROR: "told", DRAFT: "draft"}.get(outcome, "in")
