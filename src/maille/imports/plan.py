"""From rows to files: their names, what is there already, and what the checks of the site say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from maille.content.header_edits import Value, edit_header, edit_yaml
from maille.imports.columns import Column, Table
from maille.imports.headings import BODY
from maille.imports.mapping import ADD, Settings
from maille.imports.prose import write_prose
from maille.imports.records import Note, Row
from maille.problems import ContentError, Level, Problem
from maille.schema.kind import Kind
from maille.text.names import find_free_name, fold, make_slug

DRAFT = "brouillon"
_EMPTY = b"---\n---\n"


@dataclass(frozen=True, slots=True)
class Known:
    """A record that exists: its path, the folded words of its name and place, and its site."""

    path: str
    name: str
    place: str
    site: str


@dataclass(slots=True)
class ImportPlan:
    """Everything that an import of one file would do, and what stands in the way.

    `problems` are those that concern no row: of the mapping, of what it says for all records.
    """

    settings: Settings
    kind: Kind
    tables: tuple[Table, ...]
    rows: list[Row]
    common: dict[str, Any]
    terms: dict[str, bytes] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def told(self) -> list[Row]:
        """Return the rows that are to be corrected."""
        return [row for row in self.rows if row.faults or row.unknown]

    @property
    def good(self) -> list[Row]:
        """Return the rows that become records, drafts included."""
        return [row for row in self.rows if not row.faults and not row.unknown]

    @property
    def drafts(self) -> list[Row]:
        """Return the rows that become drafts."""
        return [row for row in self.good if row.doubts]

    def count_unknown(self) -> Counter[tuple[str, str]]:
        """Count the rows that bear each word that no vocabulary has, by key and word."""
        return Counter(one for row in self.rows for one in dict.fromkeys(row.unknown))

    def list_left(self) -> Iterator[tuple[Column, str, int]]:
        """Yield the columns with cells that are left out, why, and in how many rows."""
        counts: Counter[tuple[Column, str]] = Counter(
            (note.column, note.message) for row in self.rows for note in row.left if note.column
        )
        yield from ((column, why, count) for (column, why), count in counts.items())


def index_known(records: Iterable[Known]) -> dict[tuple[str, str], str]:
    """Return the path of each record by what no other record shares: name and place, or site."""
    found: dict[tuple[str, str], str] = {}
    for one in records:
        found.setdefault((one.name, one.place), one.path)
        if one.site:
            found.setdefault(("site", one.site), one.path)
    return found


def identify(values: Mapping[str, Any]) -> Known:
    """Return what a record is recognised by."""
    place = values.get("commune") or values.get("departement") or ""
    site = re.sub(r"^https?://(?:www\.)?|/+$", "", str(values.get("site") or "").lower())
    return Known("", fold(str(values.get("nom") or "")), fold(str(place)), site)


def refuse_repeated(rows: Iterable[Row], known: Mapping[tuple[str, str], str]) -> None:
    """Tell the rows that are already records, or that repeat a row above them."""
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        if not row.name:
            continue
        one, column = identify(row.values), row.find_column("nom")
        same = known.get((one.name, one.place)) or (one.site and known.get(("site", one.site)))
        if same:
            row.tell(column, f"cette fiche existe déjà : {same}", "corrigez la fiche elle-même")
        elif before := seen.get((one.name, one.place)):
            sheet = before.table.sheet.name
            where = f"de la ligne {before.number}" + (f" de « {sheet} »" if sheet else "")
            row.tell(column, f"même nom et même lieu que ceux {where}", "supprimez l'une des deux")
        row.is_repeated = bool(same) or (one.name, one.place) in seen
        seen.setdefault((one.name, one.place), row)


def name_files(rows: Iterable[Row], kind: Kind, taken: Iterable[str]) -> None:
    """Give each row the path of its file: its name, then its commune, then a number."""
    paths = {*taken}
    for row in rows:
        stem = make_slug(row.name) or f"ligne-{row.number}"
        path = f"{kind.folder}/{stem}{kind.suffix}"
        if path in paths and row.values.get("commune"):
            stem = make_slug(f"{stem} {row.values['commune']}")
        row.path = f"{kind.folder}/{find_free_name(path, stem, paths)}"
        paths.add(row.path)


def write_record(row: Row, common: Mapping[str, Any], kind: Kind, *, draft: bool) -> bytes:
    """Return the bytes of the file of a row; a draft says why on its line."""
    values = {"nom": f"Ligne {row.number}", **common, **row.values}  # a row without a name is told
    ordered = {key: values[key] for key in kind.file_order if key in values}
    text = edit_header(_EMPTY, ordered, kind.file_order).decode()
    if draft:
        why = dict.fromkeys(note.message for note in row.doubts)
        text = text.replace("---\n", f"---\n{DRAFT}: oui  # {' ; '.join(why)}\n", 1)
    if row.body:
        text += f"\n{write_prose(row.body)}\n"
    return text.encode()


def apply_problems(plan: ImportPlan, problems: Iterable[Problem]) -> None:
    """Give each problem of the new files to the row and the cell that it comes from.

    Those of vocabularies that grow are problems of the mapping; those of other files are ignored.
    """
    rows = {row.path: row for row in plan.rows if row.path}
    for problem in problems:
        row = rows.get(problem.path)
        if row is None:
            if problem.path in plan.terms and problem.level is Level.ERROR:
                plan.problems.append((f"{problem.path} : {problem.message}", problem.hint))
            continue
        key = re.split(r"[\[.]", problem.key)[0]
        column = row.find_column(key or BODY)
        hint = name_columns(problem.hint, row)
        if key == "resume" and key not in row.values:
            row.doubts.append(Note(column, "", "résumé à écrire"))
        elif problem.level is Level.WARNING and key in ("", "nom", "resume"):
            row.remarks.append(Note(column, "", problem.message, hint))  # a cell is only text
        elif problem.level is Level.WARNING:
            row.doubts.append(
                Note(column, row.get(column) if column else "", problem.message, hint)
            )
        elif key in plan.common:
            fault = (f"[pour_toutes] {problem.key} : {problem.message}", problem.hint)
            if fault not in plan.problems:
                plan.problems.append(fault)
        else:
            row.tell(column, problem.message, hint)


def name_columns(hint: str, row: Row) -> str:
    """Return a hint that names columns of the sheet instead of keys of a record."""

    def replace(found: re.Match[str]) -> str:
        column = row.find_column(found[1])
        if column is None:
            return found[0]
        return f"dans la colonne {column.letter} ({column.heading}), "

    return re.sub(r"\b([a-z_]+): (?=\S)", replace, hint).replace("écrivez dans", "écrivez, dans")


def add_terms(
    plan: ImportPlan,
    vocabularies: Mapping[str, tuple[str, Mapping[str, Any]]],
    read: Callable[[str], bytes],
) -> None:
    """Add to vocabularies the words that the mapping adds.

    `vocabularies` maps keys to the path of their vocabulary, its front matter and its text, read
    when it is needed.
    """
    wanted: dict[str, list[dict[str, Value]]] = {}
    for key, words in plan.settings.words.items():
        for word, term in words.items():
            if not term.startswith(ADD):
                continue
            if key not in vocabularies:
                where = f"[mots.{key}] {word}"
                plan.problems.append((f"{where} : cette liste ne s'allonge pas ici", "choisissez"))
                continue
            added: dict[str, Value] = {
                "cle": term.removeprefix(ADD).strip() or make_slug(word),
                "nom": word,
            }
            wanted.setdefault(key, []).append(added)
    for key, terms in wanted.items():
        path, data = vocabularies[key]
        present: list[Value] = [*data.get("termes", [])]
        keys = {one.get("cle") for one in present if isinstance(one, dict)}
        new = [one for one in terms if one["cle"] not in keys]
        try:
            if new:
                plan.terms[path] = edit_yaml(
                    read(path).decode(), {"termes": [*present, *new]}
                ).encode()
        except ContentError as error:
            plan.problems.append((f"{path} : {error.message}", error.hint))


def list_files(plan: ImportPlan, rows: Iterable[Row], *, checked: bool) -> dict[str, bytes]:
    """Return the files to write for some rows; before the checks, none of them is a draft."""
    files = dict(plan.terms)
    for row in rows:
        if not row.data:  # long to make: made once
            row.data = write_record(row, plan.common, plan.kind, draft=False)
        is_draft = checked and row.doubts
        files[row.path] = (
            write_record(row, plan.common, plan.kind, draft=True) if is_draft else row.data
        )
    return files


def drop_columns(common: Mapping[str, Any], tables: Iterable[Table]) -> dict[str, Any]:
    """Return the keys of all records that no column gives."""
    given = {column.key for table in tables for column in table.columns}
    return {key: value for key, value in common.items() if key not in given}
