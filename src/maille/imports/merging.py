"""Find what a row changes in its record: compare the sheet, the file, and the last import.

A key that only the sheet has changed since the last import takes the value of the sheet. A key that
only the file has changed keeps its value. A key that both have changed is a conflict. A key without
a column, or whose cell is left out because it names a person, does not change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from maille.content.bodies import read_body, replace_body
from maille.content.header_edits import Value, edit_header
from maille.imports.headings import BODY, VERSION
from maille.imports.known_records import Record
from maille.imports.matching import Directory
from maille.imports.memory import PEOPLE, Line, Memory
from maille.imports.merged_people import merge_people
from maille.imports.prose import write_prose
from maille.imports.records import Merge, Note, Reader, Row
from maille.problems import ContentError
from maille.schema.fields import YES_PATTERN

DRAFT = "brouillon"
_IDENTIFIER = "identifiant"
_PLACE = ("commune", "departement")

# How to settle a conflict. If the memory is lost, `--en-conflit tableau` is not proposed: it would
# undo what editors corrected.
SETTLE = (
    "mettez la même valeur des deux côtés ; ou, pour tous ces désaccords à la fois, ajoutez "
    "--en-conflit tableau (ou --en-conflit fiche)"
)
SETTLE_WITHOUT_MEMORY = (
    "retrouvez d'abord ce que disait le dernier import (plus haut) ; sinon, mettez la même valeur "
    "des deux côtés"
)


class Side(StrEnum):
    """Which value is kept when the sheet and the file of the record have both changed a key."""

    ASK = ""
    SHEET = "tableau"
    FILE = "fiche"


@dataclass(frozen=True, slots=True)
class Merger:
    """Merges rows into their records.

    `memory` is the memory of the last import; `common` has the keys and values that the mapping
    gives to all records. `required` are the keys that every record must have, and `order` is the
    usual order of keys. `read` returns the bytes of a file. `side` decides whose value wins a
    conflict.
    """

    reader: Reader
    directory: Directory
    memory: Memory
    common: Mapping[str, Any]
    required: frozenset[str]
    order: Sequence[str]
    read: Callable[[str], bytes]
    side: Side = Side.ASK

    def merge(self, row: Row, record: Record) -> Merge:
        """Return the changes that a row makes to its record, and the conflicts.

        If the file of the record changes, `row.data` becomes its new bytes.
        """
        made = Merge(was_drafted=self._was_drafted(record))
        known = self.reader.normalise(record.typed)
        for key, new in self._list_said(row, record):
            if key in row.untouched:
                continue
            if key == PEOPLE:
                self._merge_people(made, record, known.get(key) or [], new or [])
                continue
            old = self._read_body(record) if key == BODY else known.get(key) or ""
            compared = self.reader.normalise_value(key, new) if new else ""
            self._merge_key(made, row, record, key, (old, compared, new))
        self._withdraw(made, row, record, known)
        self._move(made, row, record)
        if made.changes or made.body is not None:
            row.data = self._write(row, record, made)
        return made

    def make_line(self, row: Row, common: Mapping[str, Any]) -> Line:
        """Return the line of the memory for a row; add the keys of `common` for a new record."""
        line = self.memory.lines.get(row.path)
        said = dict(self._list_said(row, row.record))
        if row.record is None:
            said = {**common, **said}
        if row.merge:  # withdrawn values are remembered as empty
            left = {note.column.key for note in row.left if note.column}
            said |= {key: "" for key in left if key in row.merge.changes}
        if _is_draft(row):
            said[DRAFT] = "oui"
        slug = row.path.rpartition("/")[2].removesuffix(".md")
        own = row.record.reference if row.record else str(row.values.get(_IDENTIFIER) or slug)
        identifier = line.identifier if line else own
        digests = {
            key: self.memory.digest(
                identifier, key, self.reader.normalise_value(key, value) if value else ""
            )
            for key, value in said.items()
        }
        kept = {key: one for key, one in line.digests.items() if key != DRAFT} if line else {}
        differing = tuple(sorted(row.merge.differing)) if row.merge else ()
        return Line(identifier, row.path, {**kept, **digests}, differing)

    def _was_drafted(self, record: Record) -> bool:
        """Return whether the record is still the draft that the last import made."""
        is_draft = re.fullmatch(YES_PATTERN, str(record.typed.get(DRAFT) or ""))
        return bool(is_draft and self.memory.was(record.path, DRAFT, "oui"))

    def _list_said(self, row: Row, record: Record | None) -> Iterator[tuple[str, Any]]:
        """Yield each key that the sheet has for this row, with its value; "" for a blank cell.

        The keys of `common` that an earlier import gave to the record are among them, unless the
        row has them. Keys are in the usual order of a record, the body last.
        """
        left = {note.column.key for note in row.left if note.column}
        values = {**row.values} | ({BODY: write_prose(row.body)} if row.body else {})
        columns = {column.key for column in row.table.columns if column.key} - left
        if "resume" in columns:
            columns.add(BODY)  # a long summary gives the body too; a short one leaves it blank
        if self._says_people(row):
            columns.add(PEOPLE)
        if record and values.get(_IDENTIFIER) != record.identifier:
            columns.discard(_IDENTIFIER)
            if values.get(_IDENTIFIER) and not self._names_file(record, values[_IDENTIFIER]):
                columns.add(_IDENTIFIER)
            else:
                values.pop(_IDENTIFIER, None)
        if record:
            for key, value in self.common.items():
                if key not in values and self.memory.was(record.path, key, "") is not None:
                    values[key] = value
        for key in (*self.order, BODY):
            if key in values or key in columns - {"code_insee"}:
                yield key, values.get(key, "")

    def _says_people(self, row: Row) -> bool:
        """Return whether the sheet decides the people of a record, even if it names none.

        It decides if its mapping publishes a column of people, or did at an earlier import: when an
        editor removes that line of the mapping, the people are erased. An export has no people, so
        it decides nothing.
        """
        columns = row.table.columns
        taken = self.reader.settings.people
        if any(column.heading in taken and not column.key for column in columns):
            return True
        line = self.memory.lines.get(row.path)
        is_export = any(column.key == VERSION for column in columns)
        return bool(line and line.digests.get(PEOPLE) and not is_export)

    def _merge_people(self, made: Merge, record: Record, old: list[Any], said: list[Any]) -> None:
        line = self.memory.lines.get(record.path)
        by_sheet, by_file = merge_people(old, said, self.memory, line)
        if by_sheet != by_file and self.side is Side.ASK:
            is_new, is_lost = not (line and line.digests), self.memory.is_lost
            made.conflicts.append(
                _explain(None, PEOPLE, old, by_sheet, is_new=is_new, is_lost=is_lost)
            )
            return
        people = by_file if self.side is Side.FILE else by_sheet
        if people != old:
            self._take(made, PEOPLE, old, people)
        if any(one not in said for one in people) or any(one not in people for one in said):
            made.differing.append(PEOPLE)

    def _withdraw(self, made: Merge, row: Row, record: Record, known: Mapping[str, Any]) -> None:
        """Remove the personal contacts that the sheet gave earlier and that are now left out.

        An editor has removed the line of the mapping that published them. If the earlier value of
        such a cell (in `known`) is not personal, it stays and is reported: nothing shows that it is
        wrong.
        """
        for column in filter(None, (note.column for note in row.left)):
            key, old = column.key, known.get(column.key) or ""
            if not old or not self.memory.was(record.path, key, old):
                continue
            if self.reader.is_personal(row, key, str(old)):
                self._take(made, key, old, "")
                continue
            why = (
                f"{key} : le tableau donne maintenant ce qui semble être d'une personne, et "
                f"{record.path} montre encore « {show(old)} »"
            )
            how = "Pour retirer cette valeur : videz la cellule, et importez de nouveau."
            row.remarks.append(Note(column, "", f"{why}. {how}"))

    def _names_file(self, record: Record, identifier: str) -> bool:
        return self.directory.find_reference(identifier) is record

    def _read_body(self, record: Record) -> str:
        return read_body(self.read(record.path))

    def _merge_key(
        self, made: Merge, row: Row, record: Record, key: str, values: tuple[Any, Any, Any]
    ) -> None:
        old, compared, new = values
        if old == compared:
            return
        sheet_is_same = self.memory.was(record.path, key, compared)
        file_is_same = self.memory.was(record.path, key, old)
        is_new = sheet_is_same is None
        column = row.find_column(key)
        if column and row.is_exported:
            sheet_is_same, file_is_same, is_new = False, True, False  # only the sheet has changed
        if sheet_is_same or (is_new and not compared):
            made.differing += [key] if compared else []
            return
        if not compared and key in self.required:
            why = "vidée dans le tableau, mais une fiche en a besoin : elle garde sa valeur"
            row.remarks.append(Note(column, "", why))
            made.differing.append(key)
        elif file_is_same or (is_new and not old) or self.side is Side.SHEET:
            self._take(made, key, old, new)
        elif self.side is Side.FILE:
            made.differing.append(key)
        else:
            is_lost = self.memory.is_lost
            made.conflicts.append(_explain(column, key, old, new, is_new=is_new, is_lost=is_lost))

    def _take(self, made: Merge, key: str, old: Any, new: Any) -> None:
        made.shown.append((key, show(old), show(new)))
        if key == BODY:
            made.body = new
        else:
            made.changes[key] = new or None

    def _move(self, made: Merge, row: Row, record: Record) -> None:
        """Remove the INSEE code of a record whose commune or département changes; write both.

        If the record has no INSEE code, nothing is added to the changes.
        """
        if record.typed.get("code_insee") and any(key in made.changes for key in _PLACE):
            made.changes["code_insee"] = None
            made.changes |= {key: row.values[key] for key in _PLACE if row.values.get(key)}

    def _write(self, row: Row, record: Record, made: Merge) -> bytes:
        try:
            data = edit_header(self.read(record.path), made.changes, self.order)
        except ContentError as error:
            row.add_fault(None, f"{record.path} : {error.message}", error.hint)
            return b""
        return data if made.body is None else replace_body(data, made.body)


def _is_draft(row: Row) -> bool:
    """Return whether the record of a row is a draft after the import."""
    if row.merge is None:
        return bool(row.doubts)
    return row.merge.was_drafted and (bool(row.doubts) or not row.data)


def _explain(column: Any, key: str, old: Value, new: Value, *, is_new: bool, is_lost: bool) -> Note:
    name = "le texte" if key == BODY else key
    sheet = f"« {show(new)} »" if new else "rien"
    why = "" if is_new else ", et les deux ont changé depuis le dernier import"
    return Note(
        column,
        show(new),
        f"{name} : le tableau dit {sheet}, la fiche dit {f'« {show(old)} »' if old else 'rien'}"
        f"{why}",
        SETTLE_WITHOUT_MEMORY if is_lost else SETTLE,
    )


def show(value: Any) -> str:
    """Return a value as one line of text; a long text is cut."""
    if isinstance(value, list):
        return " ; ".join(map(show, value))
    if isinstance(value, Mapping):
        return ", ".join(map(show, value.values()))
    text = " ".join(str(value).split())
    return text if len(text) <= 200 else f"{text[:199]}…"
