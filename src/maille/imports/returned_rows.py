"""Find the cells that an editor has changed in an export, when it is imported again.

An export gives each record a version. If the record still has that version, its values have not
changed since: a cell that is as exported changes nothing, even if an import would read it
otherwise, and any other cell was changed by an editor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from maille.imports.headings import BODY, VERSION
from maille.imports.known_records import Record
from maille.imports.records import Note, Row


def recognise(
    rows: Iterable[Row],
    find: Callable[[str], Record | None],
    exported: Mapping[str, Mapping[str, str]],
) -> None:
    """Note which cells are as exported, in each row whose record has not changed since its export.

    `find` returns the record of an identifier; `exported` has the cells that an export would give
    now, by path of record and by key. These cells are untouched: their values become those of the
    record, and notes on them are dropped.
    """
    for row in rows:
        version = row.values.pop(VERSION, "")
        record = find(str(row.values.get("identifiant", "")))
        cells = exported.get(record.path, {}) if record else {}
        if not record or not version or version != cells.get(VERSION):
            continue
        row.is_exported = True
        row.untouched = frozenset(
            column.key
            for column in row.table.columns
            if column.key in cells and _is_same(row.get(column), cells[column.key])
        )
        row.values |= {key: record.typed[key] for key in row.untouched if record.typed.get(key)}
        _keep_body(row)
        row.faults = _keep_touched(row, row.faults)
        row.doubts = _keep_touched(row, row.doubts)
        row.left = _keep_touched(row, row.left)
        row.repairs = [one for one in row.repairs if _keep_touched(row, [one[0]])]
        row.unknown = [one for one in row.unknown if one[0] not in row.untouched]


def _keep_body(row: Row) -> None:
    """Undo the split of a long summary: an export has no body, so the record keeps its body."""
    if row.find_column(BODY) is None:
        whole = " ".join(filter(None, (row.values.get("resume"), row.body)))
        row.values |= {"resume": whole} if whole else {}
        row.body = ""
        row.untouched |= {BODY}


def _is_same(cell: str, exported: str) -> bool:
    """Return whether a cell is as exported, up to spaces and the apostrophe before a formula."""
    return cell.split() == exported.split() or cell.split() == f"'{exported}".split()


def _keep_touched(row: Row, notes: Iterable[Note]) -> list[Note]:
    return [note for note in notes if not note.column or note.column.key not in row.untouched]
