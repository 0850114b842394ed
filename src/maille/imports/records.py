"""Turn a row into the values of a record: each cell is read, repaired, left out, or reported."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from maille.gazetteer import Gazetteer
from maille.imports.columns import Column, Reason, Table
from maille.imports.headings import BODY
from maille.imports.known_records import Record
from maille.imports.mapping import ADD, Settings
from maille.imports.places import locate_row, read_department, read_territory
from maille.imports.repairs import READERS, Repair, check_line, clean_cell, is_nothing, is_waiting
from maille.problems import ContentError
from maille.text.names import make_slug
from maille.text.people import (
    ROLES,
    find_person,
    find_person_in_address,
    is_mobile,
    is_personal_mailbox,
    is_personal_page,
)

_PROSE = (BODY, "resume")
_CONTACTS = ("telephone", "courriel", "site", "adresse")
_SUMMARY = 300  # the sentences beyond this length move from the summary to the body


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a cell: its column (None for the whole row), its value, message and hint."""

    column: Column | None
    value: str
    message: str
    hint: str = ""


@dataclass(slots=True)
class Merge:
    """What a row changes in its record: keys (None removes a key), the body, and the conflicts.

    `shown` has each change as (key, before, after); `differing` the keys whose value in the record
    stays different from the sheet. `was_drafted` says that the record is still the draft that the
    last import made.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    body: str | None = None
    shown: list[tuple[str, str, str]] = field(default_factory=list)
    conflicts: list[Note] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    was_drafted: bool = False


@dataclass(slots=True)
class Row:
    """A row of a table, the values read from it, and the results of its import.

    - `faults` prevent its import; `doubts` make it a draft; `remarks` do neither.
    - `repairs` are pairs: a note, which has the value before, and the value after.
    - `left` are notes on the cells left out because they name people.
    - `unknown` has (key, word) for each word that is in no vocabulary.
    - `path` and `data` are the path and the bytes of its file.
    - `is_repeated` is true if it repeats another row, is a total, or has an uncertain record.
    - `is_settled` is true if the mapping decides its record.
    - `record` is the record that it certainly matches, if any; `merge` has its changes.
    - `is_exported` is true if its record has not changed since the row was exported.
    - `untouched` are the keys whose cells have not changed since that export.
    """

    table: Table
    place: int
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    faults: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)
    remarks: list[Note] = field(default_factory=list)
    repairs: list[tuple[Note, str]] = field(default_factory=list)
    left: list[Note] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    path: str = ""
    data: bytes = b""
    is_repeated: bool = False
    is_settled: bool = False
    record: Record | None = None
    merge: Merge | None = None
    is_exported: bool = False
    untouched: frozenset[str] = frozenset()

    @property
    def is_refused(self) -> bool:
        """Return whether an editor must correct the row, or decide on it, before it is imported."""
        return bool(self.faults or self.unknown or (self.merge and self.merge.conflicts))

    @property
    def number(self) -> int:
        """Return the number that a spreadsheet shows beside the row."""
        return self.table.number(self.place)

    @property
    def name(self) -> str:
        """Return the name of the record, or ""."""
        return str(self.values.get("nom", ""))

    def find_column(self, key: str) -> Column | None:
        """Return the column with this key, or None."""
        return next((one for one in self.table.columns if one.key == key), None)

    def get(self, column: Column) -> str:
        """Return the cell of a column as it was read."""
        return self.cells[column.place] if column.place < len(self.cells) else ""

    def get_identifier(self) -> str:
        """Return the identifier that the row gives, or ""."""
        column = self.find_column("identifiant")
        return self.get(column).strip() if column else ""

    def add_fault(self, column: Column | None, message: str, hint: str) -> None:
        """Add a fault, unless the row has it already."""
        note = Note(column, self.get(column) if column else "", message, hint)
        if note not in self.faults:
            self.faults.append(note)

    def leave(self, column: Column, why: str) -> None:
        """Note that a cell is left out because it names a person, or is a person's contact."""
        hint = ""
        if column.key in ("courriel", "adresse"):
            hint = 'si ce n\'est pas une personne : pas_des_personnes = ["…"], sous [fichier]'
        self.left.append(Note(column, "", why, hint))


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows, given the keys and vocabularies of their kind, and the places of France.

    `lists` are the keys whose values are lists, and `territories` the keys whose values are codes
    of territories. `words` has a mapping for each key with a vocabulary: from the words that an
    editor may type, as slugs, to the terms that they mean (`schema.term_words.index_words`).
    """

    settings: Settings
    gazetteer: Gazetteer
    lists: frozenset[str]
    words: Mapping[str, Mapping[str, str]]
    territories: frozenset[str]
    # Cache of `normalise_value`: the same value is often in both the sheet and the record.
    _normal: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, table: Table, place: int, cells: list[str]) -> Row:
        """Return the row at index `place` of its sheet, with the values read from its cells."""
        row = Row(table, place, cells)
        self._tell_sheet_faults(row)
        for column in table.columns:
            if column.key and row.get(column).strip():
                try:
                    self._read_cell(row, column)
                except ContentError as error:
                    row.add_fault(column, error.message, error.hint)
            if column.heading in self.settings.people and not column.key:
                self._publish_person(row, column)
        self._locate(row)
        self._keep_people_out(row)
        named = row.find_column("nom")
        if "nom" not in row.values and all(note.column != named for note in row.faults):
            row.add_fault(
                named, "cette ligne n'a pas de nom", "écrivez le nom, ou supprimez la ligne"
            )
        self._split_description(row)
        return row

    def normalise(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the keys of a record with their values as an import would read them from cells."""
        found = {key: self.normalise_value(key, value) for key, value in values.items()}
        with contextlib.suppress(ContentError):
            place = {key: value for key, value in found.items() if isinstance(value, str)}
            found |= {key: one.value for key, one in locate_row(place, self.gazetteer).items()}
        return {key: value for key, value in found.items() if value}

    def normalise_value(self, key: str, value: Any) -> Any:
        """Return a value of a record as an import would read it from a cell."""
        if key in self.lists:
            items = [value] if isinstance(value, str) and value else value or []
            return [self._normalise_text(key, item) for item in items]
        return self._normalise_text(key, value)

    def _normalise_text(self, key: str, value: Any) -> Any:
        if not isinstance(value, str) or key == BODY:
            return value
        if (key, value) not in self._normal:
            self._normal[key, value] = self._find_normal(key, value)
        return self._normal[key, value]

    def _find_normal(self, key: str, value: str) -> str:
        with contextlib.suppress(ContentError):
            value = clean_cell(value).value
            if key in self.words:
                return self._find_word(key, value) or value
            if key in self.territories:
                return read_territory(value, self.gazetteer).value
            value = self._read_value(key, value).value
        if key in ("latitude", "longitude"):
            with contextlib.suppress(ValueError):
                return f"{float(value):.6f}"
        return value.rstrip("/") if key == "site" else value

    def _tell_sheet_faults(self, row: Row) -> None:
        by_place = {column.place: column for column in row.table.columns}
        for (place, column), fault in row.table.sheet.faults.items():
            if place == row.place and (column not in by_place or by_place[column].key):
                row.add_fault(by_place.get(column), *fault)
        extra = [
            cell for cell in row.cells[len(row.table.sheet.rows[row.table.start - 1]) :] if cell
        ]
        if extra:
            row.add_fault(
                None,
                "cette ligne a plus de cellules que les en-têtes",
                "mettez entre guillemets la valeur qui contient le séparateur, ou donnez le XLSX",
            )

    def _read_cell(self, row: Row, column: Column) -> None:
        typed, key = row.get(column), column.key
        cleaned = clean_cell(typed)
        if not cleaned.value:
            return
        if is_nothing(cleaned.value):
            row.repairs.append((Note(column, typed, "un tiret pour dire rien"), ""))
            return
        if is_waiting(cleaned.value) and key not in self.words:
            self._tell_waiting(row, column)
            return
        if key not in _PROSE and key not in self.lists:
            check_line(typed.strip())
        if key in self.lists:
            row.values[key] = self._read_list(row, column, cleaned.value)
            return
        if key in self.words:
            if term := self._read_word(row, key, cleaned.value):
                row.values[key] = term
            return
        found = self._read_value(key, cleaned.value)
        why = " ; ".join(one for one in (cleaned.why, found.why) if one)
        if found.value != typed and why:
            row.repairs.append((Note(column, typed, why), found.value))
        if key == BODY:
            row.body = found.value
        else:
            row.values[key] = found.value

    def _tell_waiting(self, row: Row, column: Column) -> None:
        message = "cette cellule attend encore sa valeur"
        if column.key in _PROSE:
            row.doubts.append(Note(column, row.get(column), message))
        else:
            row.add_fault(column, message, "écrivez-la, ou videz la cellule")

    def _read_value(self, key: str, text: str) -> Repair:
        if key == "departement":
            return read_department(text, self.gazetteer)
        return READERS[key](text) if key in READERS else Repair(text)

    def _read_list(self, row: Row, column: Column, text: str) -> list[str]:
        key, found = column.key, []
        for part in self._split(key, text):
            if key in self.territories:
                repair = read_territory(part, self.gazetteer)
                if repair.why:
                    row.repairs.append((Note(column, part, repair.why), repair.value))
                found.append(repair.value)
            elif key in self.words:
                found.append(self._read_word(row, key, part))
            else:
                found.append(part)
        return [*dict.fromkeys(one for one in found if one)]

    def _split(self, key: str, text: str) -> list[str]:
        """Return the items in the text of a cell; a word of the vocabulary may contain a comma."""
        found = []
        for part in re.split(r"\s*[;|\n]\s*", text):
            is_word = key in self.words and self._find_word(key, part) is not None
            closed = key in self.words or key in self.territories
            parts = [part] if is_word or not closed else re.split(r"\s*,\s*", part)
            found += [one.strip(" -•") for one in parts]
        return [one for one in found if one]

    def _find_word(self, key: str, text: str) -> str | None:
        """Return the term for `text`, "" if the mapping leaves it out, None if it is unknown."""
        slug = make_slug(text)
        for word, term in self.settings.words.get(key, {}).items():
            if make_slug(word) == slug:
                added = term.removeprefix(ADD).strip() or make_slug(word)
                if term.startswith(ADD):
                    return added
                return term if not term or term in self.list_terms(key) else None
        return self.words[key].get(slug)

    def list_terms(self, key: str) -> list[str]:
        """Return the terms that `key` may have as values, in the order of their vocabulary."""
        return [*dict.fromkeys(self.words.get(key, {}).values())]

    def _read_word(self, row: Row, key: str, text: str) -> str:
        found = self._find_word(key, text)
        if found is None:
            row.unknown.append((key, text))
            return ""
        return found

    def _publish_person(self, row: Row, column: Column) -> None:
        name = clean_cell(row.get(column)).value
        if name:
            role = self.settings.people[column.heading]
            row.values.setdefault("personnes", []).append({"nom": name, **role})

    def _locate(self, row: Row) -> None:
        try:
            changes = locate_row(row.values, self.gazetteer)
        except ContentError as error:
            row.add_fault(row.find_column("code_insee"), error.message, error.hint)
            del row.values["code_insee"]
            return
        for key, repair in changes.items():
            column = row.find_column(key)
            if repair.why and column and row.get(column).strip():
                row.repairs = [one for one in row.repairs if one[0].column != column]
                row.repairs.append((Note(column, row.get(column), repair.why), repair.value))
            if repair.value:
                row.values[key] = repair.value
            else:
                row.values.pop(key, None)

    def _keep_people_out(self, row: Row) -> None:
        values, allowed = row.values, self.settings.people
        columns = {one.key: one for one in row.table.columns if one.key}
        for key in _CONTACTS:
            column = columns.get(key)
            text = str(values.get(key, ""))
            if column and column.heading not in allowed and self.is_personal(row, key, text):
                row.leave(column, "semble être d'une personne")
                del values[key]
                row.repairs = [one for one in row.repairs if one[0].column != column]
        for key in ("nom", "autres_noms", *_PROSE):
            text = row.body if key == BODY else values.get(key, "")
            for part in text if isinstance(text, list) else [text]:
                person = self._find_person(part)
                if person and (column := columns.get(key)):
                    self._tell_person(row, column, person)

    def is_personal(self, row: Row, key: str, text: str) -> bool:
        """Return whether a value of a row, or of its record, is the personal contact of someone."""
        if key == "courriel" and any(
            one and one.lower() in text.lower() for one in self.settings.known
        ):
            return False
        own = " ".join(str(row.values.get(one, "")) for one in ("nom", "commune"))
        tests: dict[str, Callable[[str], bool]] = {
            "telephone": is_mobile,
            "courriel": lambda text: is_personal_mailbox(text, own) or self._names(row, text),
            "site": is_personal_page,
            "adresse": lambda text: bool(self._find_person(text, address=True)),
        }
        return key in tests and tests[key](text)

    def _names(self, row: Row, address: str) -> bool:
        """Return whether an e-mail address contains a name from the row's columns of people."""
        name = make_slug(address.partition("@")[0])
        people = (row.get(one) for one in row.table.columns if one.reason is Reason.PEOPLE)
        words = {word for cell in people for word in make_slug(cell).split("-") if len(word) > 3}
        return any(word in name for word in words - {*make_slug(row.name).split("-")} - ROLES)

    def _tell_person(self, row: Row, column: Column, person: str) -> None:
        row.add_fault(
            column,
            f"« {person} » semble nommer ou joindre une personne",
            "retirez-le de la cellule ; si ce n'est pas une personne, ajoutez-le à "
            f"pas_des_personnes, dans {self.settings.path}",
        )

    def _find_person(self, text: str, *, address: bool = False) -> str:
        for word in self.settings.known:
            text = text.replace(word, "")
        return find_person_in_address(text) if address else find_person(text)

    def _split_description(self, row: Row) -> None:
        """Keep the first sentences of a long summary; move the rest, or all of it, to the body."""
        text = row.values.get("resume", "")
        if row.find_column(BODY) or (len(text) <= _SUMMARY and "\n" not in text):
            return
        if found := re.match(rf".{{30,{_SUMMARY}}}[.!?…](?=\s|\Z)", text):
            row.values["resume"], row.body = found[0], text[found.end() :].strip()
        else:
            del row.values["resume"]
            row.body = text
