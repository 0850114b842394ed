"""Match rows with records: for certain, or as a likely pair that an editor confirms or refuses."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from maille.imports.known_records import Record
from maille.imports.likeness import NEAR, Identity, Likeness, compare, identify
from maille.imports.mapping import ADD, Settings
from maille.imports.records import Row
from maille.text.names import fold

# Two records that share no contact are compared only if they are in one commune, and their names
# score at least this, out of 100.
_SAME_WORDS = 80
_COMMON = 50  # a contact shared by more records than this is not compared
_TOTAL = re.compile(r"(?:sous )?tota(?:l|ux)(?: general)?(?: \d+)?|somme")
_SHOWN = ("nom", "adresse", "commune", "site", "courriel", "telephone")


class Directory:
    """The records that rows may match, indexed by everything that identifies them.

    `find` returns the current slug of the record that has, or had, a given slug.
    """

    def __init__(self, records: Iterable[Record], find: Callable[[str], str]) -> None:
        self.records = [*records]
        self.by_slug = {one.slug: one for one in self.records}
        self.by_identifier = {one.identifier: one for one in self.records if one.identifier}
        self.by_name = _group(self.records, lambda one: [fold(str(one.typed.get("nom") or ""))])
        self.by_contact = _group(self.records, lambda one: one.identity.contacts)
        self.by_commune = _group(self.records, lambda one: [one.identity.place])
        self.names = {
            place: {one.path: one.identity.name for one in some}
            for place, some in self.by_commune.items()
        }
        self.by_path = {one.path: one for one in self.records}
        self._find = find

    def find_reference(self, reference: str) -> Record | None:
        """Return the record with this identifier, file name or former file name, or None."""
        known = self.by_identifier.get(reference) or self.by_slug.get(reference)
        return known or self.by_slug.get(self._find(reference))

    def list_sure(self, name: str, one: Identity) -> list[Record]:
        """Return the records with this name (folded), and with the place or a contact of `one`."""
        if not name:
            return []
        return [
            record
            for record in self.by_name.get(name, ())
            if (one.place and record.identity.place == one.place)
            or {*record.identity.contacts} & {*one.contacts}
        ]

    def list_near(self, one: Identity) -> list[tuple[Likeness, Record]]:
        """Return (likeness, record) for each record that is like `one`, the likeliest first.

        Their score is at least `NEAR`.
        """
        found = {record.path: record for record in self._list_candidates(one)}
        scored = [(compare(one, record.identity), record) for record in found.values()]
        near = [pair for pair in scored if pair[0].score >= NEAR]
        return sorted(near, key=lambda pair: (-pair[0].score, pair[1].path))

    def _list_candidates(self, one: Identity) -> Iterator[Record]:
        for contact in one.contacts:
            some = self.by_contact.get(contact, ())
            yield from some if len(some) <= _COMMON else ()
        names = self.names.get(one.place, {}) if one.place else {}
        for words in (one.name, *map(" ".join, one.aliases)):
            alike = process.extract(
                words, names, scorer=fuzz.token_set_ratio, score_cutoff=_SAME_WORDS, limit=None
            )
            yield from (self.by_path[path] for _, _, path in alike)


def _group(
    records: Iterable[Record], list_keys: Callable[[Record], Iterable[str]]
) -> Mapping[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        for key in filter(None, list_keys(record)):
            found[key].append(record)
    return found


def match_rows(rows: Iterable[Row], directory: Directory, settings: Settings) -> None:
    """Set the record of each row that certainly has one.

    Add a fault to each row whose record is uncertain, that is a total, or that repeats another row.
    """
    every = [row for row in rows if row.name]
    names = Counter(row.name for row in every)
    taken: dict[str, Row] = {}
    seen: dict[tuple[str, str], Row] = {}
    for row in every:
        _Matcher(row, _label(row, names), directory, settings).match()
        if row.record is None:
            before = seen.setdefault((fold(row.name), identify(row.values).place), row)
        else:
            before = taken.setdefault(row.record.path, row)
        if before is not row:
            _report_repeated(row, before)
    _report_twins([row for row in every if not (row.record or row.is_repeated)], names, settings)


def _label(row: Row, names: Mapping[str, int]) -> str:
    """Return a row's label in the mapping: its name, with its commune if other rows share the name.

    `names` counts the rows with each name.
    """
    return row.name if names[row.name] == 1 else f"{row.name}, {row.values.get('commune', '')}"


class _Matcher:
    """Finds the record of one row; `label` is the name of the row in the mapping."""

    def __init__(self, row: Row, label: str, directory: Directory, settings: Settings) -> None:
        self.row, self.label = row, label
        self.directory, self.settings = directory, settings
        self.identity = identify(row.values)
        self.reference = str(row.values.get("identifiant", ""))

    def match(self) -> None:
        """Find the record of the row: by the mapping, its identifier, or its name and contacts."""
        records = self.settings.records
        settled = records.get(self.label, records.get(self.row.name))
        known = self.directory.find_reference(self.reference) if self.reference else None
        if settled is not None:
            self.follow(settled)
        elif self.is_total():
            self.refuse_total()
        elif known and (self.row.is_exported or compare(self.identity, known.identity).reasons):
            self.row.record = known
        elif known:
            message = f"l'identifiant « {self.reference} » est celui de {known.path}"
            self.ask(f"{message}, qui n'a rien d'autre de cette ligne", [known])
        else:
            self.search()

    def is_total(self) -> bool:
        """Return whether the row is a total or a number of the sheet, and not a record.

        Its name is a word such as « Total »; or it is a number, and the row has no place, address
        or contact.
        """
        name, one = fold(self.row.name), self.identity
        is_nowhere = not (one.place or one.address or one.contacts)
        return bool(_TOTAL.fullmatch(name)) or (is_nowhere and name.replace(" ", "").isdecimal())

    def refuse_total(self) -> None:
        self.row.add_fault(
            self.row.find_column("nom"),
            "cette ligne est un total ou un numéro, et non une fiche",
            "supprimez-la ; si c'est bien un nom, écrivez sous [fiches], dans "
            f'{self.settings.path} : "{self.label}" = "{ADD}"',
        )
        self.row.is_repeated = True

    def follow(self, settled: str) -> None:
        """Set the record that the mapping gives to the row; add a fault if it does not exist."""
        self.row.is_settled = True
        if settled == ADD:
            return
        self.row.record = self.directory.find_reference(settled)
        if self.row.record is None:
            self.row.add_fault(
                self.row.find_column("nom"),
                f"« {settled} », sous [fiches] dans {self.settings.path}, n'est pas une fiche",
                f'écrivez le nom de son fichier, sans .md, ou "{ADD}" pour une nouvelle fiche',
            )

    def search(self) -> None:
        """Find the record by its name, place and contacts; ask the editor if it is uncertain."""
        found = self.keep_possible(self.directory.list_sure(fold(self.row.name), self.identity))
        if len(found) == 1:
            self.row.record = found[0]
            return
        if found:
            self.ask("cette ligne peut être plusieurs fiches", found)
            return
        near = self.directory.list_near(self.identity)
        possible = self.keep_possible(record for _, record in near)
        if possible:
            likeness = next(one for one, record in near if record is possible[0])
            why = f"{likeness.score} sur 100 : {', '.join(likeness.reasons)}"
            self.ask(f"cette ligne ressemble à {possible[0].path} ({why})", possible[:3])

    def keep_possible(self, records: Iterable[Record]) -> list[Record]:
        """Return `records`; if the row has an identifier, leave out those that have another one."""
        return [record for record in records if not (self.reference and record.identifier)]

    def ask(self, message: str, records: Iterable[Record]) -> None:
        """Add a fault that shows the row and the records that it may be, and how to choose."""
        some = [*records]
        sides = [f"la ligne : {_show(self.row.values)}"]
        sides += [f"{one.path} : {_show(one.typed)}" for one in some]
        self.row.add_fault(
            self.row.find_column("nom"),
            f"{message}. {' / '.join(sides)}",
            f'sous [fiches], dans {self.settings.path} : "{self.label}" = "{some[0].slug}" si '
            f"c'est la même, \"{ADD}\" si c'en est une autre",
        )
        self.row.is_repeated = True


def _show(values: Mapping[str, Any]) -> str:
    return ", ".join(str(values[key]) for key in _SHOWN if values.get(key))


def _report_repeated(row: Row, before: Row) -> None:
    same = f"la même fiche, {row.record.path}" if row.record else "même nom et même lieu"
    row.add_fault(
        row.find_column("nom"),
        f"cette ligne répète {_place(before)} : {same}",
        "supprimez l'une des deux",
    )
    row.is_repeated = True


def _report_twins(rows: Sequence[Row], names: Mapping[str, int], settings: Settings) -> None:
    """Report new rows that may be the same record as an earlier row, unless the mapping decides.

    Two rows that both have an identifier are not reported.
    """
    records = [
        Record(str(number), "", row.get_identifier(), row.values, identify(row.values))
        for number, row in enumerate(rows)
    ]
    directory = Directory(records, lambda _: "")
    for number, row in enumerate(rows):
        if row.is_settled:
            continue
        for likeness, record in directory.list_near(records[number].identity):
            before = rows[int(record.path)]
            if int(record.path) < number and not (row.get_identifier() and record.identifier):
                why = f"{likeness.score} sur 100 : {', '.join(likeness.reasons)}"
                row.add_fault(
                    row.find_column("nom"),
                    f"cette ligne ressemble à {_place(before)} ({why}). "
                    f"{_show(before.values)} / {_show(row.values)}",
                    "si c'est la même, supprimez l'une des deux ; sinon, sous [fiches], dans "
                    f'{settings.path} : "{_label(row, names)}" = "{ADD}"',
                )
                row.is_repeated = True
                break


def _place(row: Row) -> str:
    sheet = row.table.sheet.name
    return f"la ligne {row.number}" + (f" de « {sheet} »" if sheet else "")
