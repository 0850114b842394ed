"""Turn rows into files: name them, compose them, and attach the problems of a check to rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from maille.content.header_edits import Value, edit_header, edit_yaml
from maille.imports.columns import Column, Table
from maille.imports.headings import BODY
from maille.imports.mapping import ADD, Settings
from maille.imports.memory import write_memory
from maille.imports.merging import DRAFT, Merger
from maille.imports.prose import write_prose
from maille.imports.records import Note, Row
from maille.problems import ContentError, Level, Problem
from maille.schema.kind import Kind
from maille.text.names import find_free_name, make_slug

_EMPTY = b"---\n---\n"


@dataclass(slots=True)
class ImportPlan:
    """Everything that an import of one file would do, and the problems that prevent it.

    `problems` concern no single row: they are in the mapping, in the keys of all records, or in
    other files that the import would make wrong.
    `absent` are the paths of records that were in the file at its last import, and no longer are.
    """

    settings: Settings
    kind: Kind
    tables: tuple[Table, ...]
    rows: list[Row]
    common: dict[str, Any]
    merger: Merger
    terms: dict[str, bytes] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    growing: frozenset[str] = frozenset()  # the keys whose vocabulary takes new words

    @property
    def refused(self) -> list[Row]:
        """Return the rows that an editor must correct, or decide on, before their import."""
        return [row for row in self.rows if row.is_refused]

    @property
    def good(self) -> list[Row]:
        """Return the rows that are not refused: they add or change a record, or change nothing."""
        return [row for row in self.rows if not row.is_refused]

    @property
    def new(self) -> list[Row]:
        """Return the rows that become new records, drafts included."""
        return [row for row in self.good if not row.record]

    @property
    def drafts(self) -> list[Row]:
        """Return the rows that become drafts."""
        return [row for row in self.new if row.doubts]

    @property
    def changed(self) -> list[Row]:
        """Return the rows that change a record."""
        return [row for row in self.good if row.record and row.data]

    @property
    def conflicts(self) -> list[Row]:
        """Return the rows with a key that both the sheet and the record have changed."""
        return [row for row in self.rows if row.merge and row.merge.conflicts]

    @property
    def lacks_identifiers(self) -> bool:
        """Return whether some rows of the file have no identifier."""
        return any(not row.get_identifier() for row in self.rows)

    def count_unknown(self) -> Counter[tuple[str, str]]:
        """Return, by (key, word), the number of rows with this unknown word.

        A word is unknown if it matches no term of the vocabulary of its key.
        """
        return Counter(one for row in self.rows for one in dict.fromkeys(row.unknown))

    def list_left(self) -> Iterator[tuple[Column, str, int]]:
        """Yield each column with cells left out, with the reason and the number of rows."""
        counts: Counter[tuple[Column, str]] = Counter(
            (note.column, note.message) for row in self.rows for note in row.left if note.column
        )
        yield from ((column, why, count) for (column, why), count in counts.items())


def name_files(rows: Iterable[Row], kind: Kind, taken: Iterable[str]) -> None:
    """Set the path of each row: that of its record or, for a new record, one made from its name.

    The commune or a number is added to a name if the path is taken: `taken` are the paths of the
    site's files. An identifier of a row that is only the name of its file is removed.
    """
    paths = {*taken}
    for row in rows:
        if row.record:
            row.path = row.record.path
            continue
        stem = make_slug(row.name) or f"ligne-{row.number}"
        path = f"{kind.folder}/{stem}{kind.suffix}"
        if path in paths and row.values.get("commune"):
            stem = make_slug(f"{stem} {row.values['commune']}")
        row.path = f"{kind.folder}/{find_free_name(path, stem, paths)}"
        paths.add(row.path)
        if row.values.get("identifiant") == row.path.rpartition("/")[2].removesuffix(kind.suffix):
            del row.values["identifiant"]  # the file name already gives it


def write_record(row: Row, common: Mapping[str, Any], kind: Kind, *, draft: bool) -> bytes:
    """Return the file of a new record, made from `row`; in a draft, a comment gives the reasons."""
    values = {"nom": f"Ligne {row.number}", **common, **row.values}  # a row may have no name
    ordered = {key: values[key] for key in kind.file_order if key in values}
    text = edit_header(_EMPTY, ordered, kind.file_order).decode()
    if draft:
        why = dict.fromkeys(note.message for note in row.doubts)
        text = text.replace("---\n", f"---\n{DRAFT}: oui  # {' ; '.join(why)}\n", 1)
    if row.body:
        text += f"\n{write_prose(row.body)}\n"
    return text.encode()


def apply_problems(plan: ImportPlan, problems: Iterable[Problem]) -> None:
    """Attach each problem in the file of a row to this row, and to the cell that it comes from.

    An error that the import causes in another record, in a vocabulary that it adds to, or in a
    value for all rows goes to `plan.problems`. These are ignored: all other problems of other
    files, warnings about keys that the sheet does not change (unless the record is still a draft
    of an import), and problems of a body that the sheet does not change (this check makes no
    pages, so every link looks broken).
    """
    rows = {row.path: row for row in plan.rows if row.path}
    for problem in problems:
        row = rows.get(problem.path)
        if row is None:
            if problem.level is Level.ERROR and _is_ours(plan, problem):
                plan.problems.append((f"{problem.path} : {problem.message}", problem.hint))
            continue
        _apply_problem(plan, row, problem)


def _is_ours(plan: ImportPlan, problem: Problem) -> bool:
    """Return whether the import causes an error that belongs to no row.

    It does if the error is in a vocabulary that gets new terms, or in another record at a key that
    has a column. Errors of links do not count: the check is made without pages.
    """
    given = {column.key for table in plan.tables for column in table.columns if column.key}
    is_record = problem.path.startswith(f"{plan.kind.folder}/") and problem.key in given
    return is_record or problem.path in plan.terms


def _apply_problem(plan: ImportPlan, row: Row, problem: Problem) -> None:
    key = re.split(r"[\[.]", problem.key)[0]
    column = row.find_column(key or BODY)
    hint = name_columns(problem.hint, row)
    if row.merge and row.merge.body is None and not problem.key:
        return
    if row.merge and not row.merge.was_drafted and problem.level is Level.WARNING:
        if key in row.merge.changes:
            row.remarks.append(Note(column, "", problem.message, hint))
    elif key == "resume" and key not in row.values:
        row.doubts.append(Note(column, "", "résumé à écrire"))
    elif problem.level is Level.WARNING and key in ("", "nom", "resume"):
        # a warning about the text alone makes no draft
        row.remarks.append(Note(column, "", problem.message, hint))
    elif problem.level is Level.WARNING:
        row.doubts.append(Note(column, row.get(column) if column else "", problem.message, hint))
    elif key in plan.common:
        fault = (f"[pour_toutes] {problem.key} : {problem.message}", problem.hint)
        if fault not in plan.problems:
            plan.problems.append(fault)
    else:
        row.add_fault(column, problem.message, hint)


def name_columns(hint: str, row: Row) -> str:
    """Return a hint that names columns of the sheet instead of keys of a record.

    For a key without a column, the hint is to add a column, or to give the key to an existing one.
    """

    def find(key: str) -> str:
        column = row.find_column(key)
        return f"dans la colonne {column.letter} ({column.heading})" if column else ""

    def name_quoted(found: re.Match[str]) -> str:
        where = find(found[1])
        return f"« {found[2]} » {where}" if where else found[0]

    def name_added(found: re.Match[str]) -> str:
        if find(found[1]):
            return found[0]
        return (
            f"ajoutez au tableau une colonne « {found[1]} » : {found[2]} ; ou, si une colonne le "
            f'dit déjà, donnez-lui cette clé sous [colonnes] : "son en-tête" = "{found[1]}"'
        )

    def name_key(found: re.Match[str]) -> str:
        where = find(found[1])
        return f"{where}, " if where else found[0]

    hint = re.sub(r"« ([a-z_]+): ([^»]*?) »", name_quoted, hint)
    hint = re.sub(r"^ajoutez ([a-z_]+): (.+)", name_added, hint)
    hint = re.sub(r"\b([a-z_]+): (?=\S)", name_key, hint)
    return hint.replace("écrivez dans", "écrivez, dans")


def add_terms(
    plan: ImportPlan,
    vocabularies: Mapping[str, tuple[str, Mapping[str, Any]]],
    read: Callable[[str], bytes],
) -> None:
    """Plan the new terms that the mapping adds to vocabularies.

    `vocabularies` maps each key of records to the path and the front matter of its vocabulary;
    `read` returns the bytes of the file at a path.
    """
    plan.growing = frozenset(vocabularies)
    wanted: dict[str, list[dict[str, Value]]] = {}
    for key, words in plan.settings.words.items():
        for word, term in words.items():
            if not term.startswith(ADD):
                continue
            if key not in vocabularies:
                where = f"[mots.{key}] {word}"
                plan.problems.append(
                    (
                        f"{where} : cette liste ne s'allonge pas ici",
                        "écrivez la clé d'un de ses termes, ou rien",
                    )
                )
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
    """Return the files to write for some rows, by path.

    Before the check of the rows (`checked` is false), no row is made a draft: the check would only
    warn about the problems of a draft. A record that does not change is left out.
    """
    files = dict(plan.terms)
    for row in rows:
        if row.merge:
            if row.data:
                files[row.path] = _publish(row, plan.kind, checked=checked)
            continue
        if not row.data:  # slow to make, so made once
            row.data = write_record(row, plan.common, plan.kind, draft=False)
        is_draft = checked and row.doubts
        files[row.path] = (
            write_record(row, plan.common, plan.kind, draft=True) if is_draft else row.data
        )
    return files


def _publish(row: Row, kind: Kind, *, checked: bool) -> bytes:
    """Return the new bytes of a record; a draft that the sheet has completed is published."""
    if not row.merge or not row.merge.was_drafted or (checked and row.doubts):
        return row.data
    return edit_header(row.data, {DRAFT: None}, kind.file_order)


def drop_columns(common: Mapping[str, Any], tables: Iterable[Table]) -> dict[str, Any]:
    """Return `common` without the keys that a column gives."""
    given = {column.key for table in tables for column in table.columns}
    return {key: value for key, value in common.items() if key not in given}


def remember(plan: ImportPlan, written: Iterable[Row], retired: Iterable[str]) -> bytes | None:
    """Return the memory of the file after an import, or None if it has not changed.

    `written` are the rows that were written or changed nothing, `retired` the paths of the records
    that were removed. The lines of other rows, of absent records, and of deleted files that a row
    still names, are kept.
    """
    memory = plan.merger.memory
    named = {row.path for row in plan.rows} | {*plan.absent}
    gone = {*retired}
    lines = {path: line for path, line in memory.lines.items() if path in named - gone}
    lines |= {row.path: plan.merger.make_line(row, plan.common) for row in written}
    if lines == memory.lines:
        return None
    return write_memory(replace(memory, lines=lines))
