"""What the command `importer` prints: columns, cells left out, repairs, what is to correct."""

from __future__ import annotations

from collections.abc import Iterator

from maille.cli.arguments import PROGRAM
from maille.imports.headings import BODY
from maille.imports.plan import ImportPlan
from maille.imports.records import Note, Row
from maille.imports.reports import sum_up


def describe(plan: ImportPlan, file: str) -> Iterator[str]:
    """Yield the lines about a plan, from what is read to what is to correct."""
    yield f"{file} : {sum_up(plan)}"
    yield from (f"  {note}" for note in plan.notes)
    yield from _describe_columns(plan)
    yield from _describe_common(plan)
    yield from _describe_left(plan)
    repairs = [(row, *one) for row in plan.rows for one in row.repairs]
    if repairs:
        yield f"Réparé ({len(repairs)} cellules) :"
    for row, note, after in repairs:
        yield f"  {_place(row, note)} : « {note.value} » → « {after} » ({note.message})"
    if plan.drafts:
        yield f"En brouillon, à relire ({len(plan.drafts)}) :"
    for row in plan.drafts:
        for note in row.doubts:
            yield f"  {_place(row, note)} : {note.message}"
    remarks = [(row, note) for row in plan.good for note in row.remarks]
    if remarks:
        yield f"Publié tel quel, à relire ({len(remarks)}) :"
    for row, note in remarks:
        yield f"  {_place(row, note)} : {note.message}"
    yield from _describe_told(plan)


def _place(row: Row, note: Note) -> str:
    """Return where a cell is: sheet, row, letter and heading of its column."""
    sheet = f"{row.table.sheet.name}, " if len(row.table.sheet.name) else ""
    column = f", colonne {note.column.letter} ({note.column.heading})" if note.column else ""
    return f"{sheet}ligne {row.number}{column}"


def _describe_columns(plan: ImportPlan) -> Iterator[str]:
    for table in plan.tables:
        where = f" de « {table.sheet.name} »" if len(plan.tables) > 1 else ""
        yield f"Colonnes{where} :"
        for column in table.columns:
            key = "le texte de la fiche" if column.key == BODY else column.key
            said = f"{key} ({column.reason})" if key else str(column.reason)
            rows = "" if key or not column.filled else f" ({column.filled} lignes)"
            yield f"  {column.letter} {column.heading} → {said}{rows}"


def _describe_common(plan: ImportPlan) -> Iterator[str]:
    if plan.common:
        yield f"Pour toutes les fiches ({plan.settings.path}) :"
    for key, value in plan.common.items():
        yield f"  {key} : {_show(value)}"


def _show(value: object) -> str:
    if isinstance(value, list):
        return " ; ".join(map(_show, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_show(one)}" for key, one in value.items())
    return str(value)


def _describe_left(plan: ImportPlan) -> Iterator[str]:
    left = [*plan.list_left()]
    if left:
        yield "Cellules laissées de côté, qui restent hors de git :"
    for column, why, count in left:
        yield f"  colonne {column.letter} ({column.heading}) : {count} lignes, {why}"
    if left:
        yield f"  Pour les publier : une ligne sous [personnes], dans {plan.settings.path}."


def _describe_told(plan: ImportPlan) -> Iterator[str]:
    for message, hint in plan.problems:
        yield f"À corriger dans {plan.settings.path} : {message}"
        yield f"    → {hint}"
    unknown = plan.count_unknown()
    if unknown:
        yield "Mots que les vocabulaires n'ont pas :"
    for (key, word), count in sorted(unknown.items()):
        lines = "1 ligne" if count == 1 else f"{count} lignes"
        yield f"  {key} : « {word} » ({lines})"
        yield f'    → sous [mots.{key}], dans {plan.settings.path} : "{word}" = "…" (la clé du'
        yield '      terme qui convient, "+" pour ajouter ce mot, "" pour le laisser de côté)'
    faulty = [row for row in plan.rows if row.faults]
    if faulty:
        yield f"À corriger dans le tableau ({len(faulty)} lignes) :"
    for row in faulty:
        for note in row.faults:
            value = f" « {note.value} »" if note.value else ""
            yield f"  {_place(row, note)}{value} : {note.message}"
            if note.hint:
                yield f"    → {note.hint}"


def explain_blocked(plan: ImportPlan, folder: str) -> Iterator[str]:
    """Yield what to do when nothing was written."""
    yield f"Aucune fiche n'a été écrite : {len(plan.told)} lignes sont à corriger."
    yield f"Le rapport : {folder}/rapport.html ; la correspondance : {plan.settings.path}"
    yield "Corrigez le tableau, enregistrez-le, et recommencez. Pour écrire sans attendre les"
    yield f"  {len(plan.good)} autres lignes : ajoutez --seulement-les-bonnes."


def explain_written(plan: ImportPlan, folder: str) -> Iterator[str]:
    """Yield what was written, what remains, and how to undo."""
    yield f"C'est écrit : {len(plan.good)} fiches dans {plan.kind.folder}/."
    if plan.told:
        yield f"Les lignes à corriger : {folder}/a-corriger.csv"
    yield f"Le rapport, à ne pas publier : {folder}/rapport.html"
    yield f"Relisez (git diff, {PROGRAM} servir), puis publiez. Pour tout annuler avant cela :"
    yield f"  effacez les fichiers que nomme {folder}/fiches.txt"
    if plan.terms:
        yield f"  et rétablissez : git restore {' '.join(plan.terms)}"
