"""The reports of an import, for the editor: a page, a table, and the rows to correct."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Iterator

from maille.imports.mapping import write_settings
from maille.imports.plan import ImportPlan
from maille.imports.records import Merge, Note, Row
from maille.text.counted import say_count
from maille.text.people import find_person

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.3rem .5rem;"
    "text-align:left;vertical-align:top}th{background:#eee}"
)
_HEADINGS = (
    "Ce qui arrive",
    "Feuille",
    "Ligne",
    "Colonne",
    "Valeur",
    "Pourquoi",
    "À faire",
    "Fiche",
)
CREATED, CHANGED, KEPT, DRAFTED, CONFLICT, ABSENT, REFUSED, REPAIRED, LEFT = (
    "fiche créée",
    "fiche changée",
    "fiche inchangée",
    "brouillon",
    "désaccord",
    "plus dans le fichier",
    "à corriger",
    "réparé",
    "laissé de côté",
)


def list_lines(plan: ImportPlan) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the report, each with one cell per heading of `_HEADINGS`."""
    for row in plan.rows:
        yield from _list_cells(row)
        if row.merge:
            yield from _list_merged(row)
        elif not row.is_refused:
            for note in row.doubts:
                yield (DRAFTED, *_place(row, note), note.message, note.hint, row.path)
            if not row.doubts:
                yield (CREATED, *_place(row, Note(None, row.name, "")), "", "", row.path)
    for path in plan.absent:
        yield (ABSENT, "", "", "", "", "", "--retirer, si elle a quitté le réseau", path)


def _list_cells(row: Row) -> Iterator[tuple[str, ...]]:
    """Yield the report lines of a row's cells: refused, repaired, or left out."""
    for note in row.faults:
        yield (REFUSED, *_place(row, note), note.message, note.hint, "")
    for key, word in dict.fromkeys(row.unknown):
        message = "ce mot n'est pas dans le vocabulaire"
        note = Note(row.find_column(key), word, message)
        yield (REFUSED, *_place(row, note), message, f"[mots.{key}] dans la correspondance", "")
    for note, after in row.repairs:
        yield (REPAIRED, *_place(row, note), note.message, f"lu : {after}", row.path)
    for note in row.left:
        yield (LEFT, *_place(row, note), note.message, note.hint, row.path)


def _list_merged(row: Row) -> Iterator[tuple[str, ...]]:
    merge = row.merge or Merge()
    for note in merge.conflicts:
        yield (CONFLICT, *_place(row, note), note.message, note.hint, row.path)
    if row.is_refused:
        return
    for key, before, after in merge.shown:
        note = Note(row.find_column(key), after, f"avant : {before or 'rien'}")
        yield (CHANGED, *_place(row, note), note.message, "", row.path)
    if not row.data:
        yield (KEPT, *_place(row, Note(None, row.name, "")), "", "", row.path)


def _place(row: Row, note: Note) -> tuple[str, str, str, str]:
    column = f"{note.column.letter} ({note.column.heading})" if note.column else ""
    return row.table.sheet.name, str(row.number), column, note.value


def write_csv_report(plan: ImportPlan) -> bytes:
    """Return the report as a CSV whose accents spreadsheets read correctly."""
    return _write_csv([_HEADINGS, *list_lines(plan)])


def write_rows_to_correct(plan: ImportPlan) -> bytes:
    """Return a CSV of the rows to correct, as read, with their faults in a first column."""
    lines: list[Iterable[str]] = []
    for table in plan.tables:
        rows = [row for row in plan.refused if row.table is table]
        if not rows:
            continue
        headings = table.sheet.rows[table.start - 1]
        lines.append(("À corriger", *headings))
        for row in rows:
            said = [
                f"{note.column.heading if note.column else 'ligne'} : {note.message}"
                for note in row.faults
            ]
            said += [note.message for note in (row.merge.conflicts if row.merge else ())]
            said += [f"mot inconnu : {word}" for _, word in dict.fromkeys(row.unknown)]
            lines.append((" / ".join(said), *row.cells))
    return _write_csv(lines)


def _write_csv(lines: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([_guard(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _guard(cell: str) -> str:
    """Return a cell; put an apostrophe before « = » or « @ », which would begin a formula."""
    return f"'{cell}" if cell[:1] in ("=", "@") else cell


def write_mapping(plan: ImportPlan, file: str) -> str:
    """Return the text of a new mapping, with the keys that the import guessed.

    Headings that name people are left out.
    """
    columns = {
        column.heading: column.key
        for table in plan.tables
        for column in table.columns
        if column.heading and not find_person(column.heading)
    }
    name = "ce tableau" if find_person(file) else file
    bare = file.rpartition(".")[0]  # the only sheet of a CSV has the file's name
    sheets = [one.sheet.name for one in plan.tables if one.sheet.name != bare]
    return write_settings(columns, plan.common, name, sheets)


def write_page(plan: ImportPlan, file: str) -> bytes:
    """Return the report as a page."""
    lines = [*list_lines(plan)]
    head = "".join(f"<th>{html.escape(name)}</th>" for name in _HEADINGS)
    parts = [
        "<!doctype html>",
        f'<html lang="fr"><meta charset="utf-8"><title>Import de {html.escape(file)}</title>',
        f"<style>{_STYLE}</style><h1>Import de {html.escape(file)}</h1>",
        f"<p>{html.escape(sum_up(plan))}</p>",
    ]
    for title in (REFUSED, CONFLICT, CREATED, CHANGED, DRAFTED, ABSENT, REPAIRED, LEFT, KEPT):
        some = [line for line in lines if line[0] == title]
        if some:
            parts.append(f"<h2>{title[:1].upper()}{title[1:]} ({len(some)})</h2>")
            parts.append(f"<table><tr>{head}</tr>")
            parts += [
                f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in line)}</tr>"
                for line in some
            ]
            parts.append("</table>")
    return "\n".join((*parts, "</html>", "")).encode()


def sum_up(plan: ImportPlan) -> str:
    """Return the sentence with the number of rows for each outcome."""
    drafts, refused, changed = len(plan.drafts), len(plan.refused), len(plan.changed)
    created = len(plan.new) - drafts
    kept = len(plan.good) - len(plan.new) - changed
    known = (
        f"{say_count(changed, 'changée')}, {say_count(kept, 'inchangée')}, "
        if changed or kept
        else ""
    )
    conflicts = f" dont {len(plan.conflicts)} en désaccord" if plan.conflicts else ""
    gone = say_count(len(plan.absent), "fiche")
    absent = f" Plus dans le fichier : {gone}." if plan.absent else ""
    return (
        f"{say_count(len(plan.rows), 'ligne')} : {say_count(created, 'fiche')}, {known}"
        f"{say_count(drafts, 'brouillon')}, "
        f"{refused} à corriger{conflicts}.{absent}"
    )


def write_identifiers(plan: ImportPlan) -> bytes:
    """Return a CSV with, for each row, the identifier to copy into the sheet.

    It is empty for a row that is refused and has no record.
    """
    lines: list[Iterable[str]] = [("Feuille", "Ligne", "Nom", "identifiant")]
    for row in plan.rows:
        slug = row.path.rpartition("/")[2].removesuffix(plan.kind.suffix)
        known = row.get_identifier() or (row.record.reference if row.record else slug)
        said = "" if row.is_refused and not row.record else known
        lines.append((row.table.sheet.name, str(row.number), row.name, said))
    return _write_csv(lines)
