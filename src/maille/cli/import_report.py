"""What the command `importer` prints: columns, cells left out, repairs, what needs correcting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maille.cli.arguments import PROGRAM
from maille.imports.headings import BODY
from maille.imports.merging import SETTLE, SETTLE_WITHOUT_MEMORY
from maille.imports.plan import ImportPlan
from maille.imports.records import Note, Row
from maille.imports.reports import sum_up
from maille.text.counted import list_ranges, say_count

# Names of the files, in the folder of the reports, that list the paths of new and changed records.
NEW_FILES, CHANGED_FILES = "fiches.txt", "changees.txt"


def describe(plan: ImportPlan, file: str, *, retire: bool = False) -> Iterator[str]:
    """Yield the lines about a plan, from what was read to what needs correcting.

    `retire` is whether records that are no longer in the file are removed from the site.
    """
    yield f"{file} : {sum_up(plan)}"
    yield from (f"  {note}" for note in plan.notes)
    yield from _describe_columns(plan)
    yield from _describe_common(plan)
    yield from _describe_left(plan)
    repairs = [(row, *one) for row in plan.rows for one in row.repairs]
    if repairs:
        yield f"Réparé ({say_count(len(repairs), 'cellule')}) :"
    for row, note, after in repairs:
        yield f"  {_place(row, note)} : « {note.value} » → « {after} » ({note.message})"
    yield from _describe_changes(plan)
    yield from _describe_absent(plan, retire=retire)
    if plan.drafts:
        yield f"En brouillon, à relire ({len(plan.drafts)}) :"
    yield from _list_notes((row, note) for row in plan.drafts for note in row.doubts)
    remarks = [(row, note) for row in plan.good for note in row.remarks]
    if remarks:
        yield f"Publié tel quel, à relire ({len(remarks)}) :"
    yield from _list_notes(remarks)
    yield from _describe_refused(plan)


def _describe_changes(plan: ImportPlan) -> Iterator[str]:
    if plan.changed:
        yield f"Fiches changées ({len(plan.changed)}) :"
    for row in plan.changed:
        yield f"  {row.path}"
        for key, before, after in row.merge.shown if row.merge else ():
            name = "le texte" if key == BODY else key
            old, new = (f"« {one} »" if one else "rien" for one in (before, after))
            yield f"    {name} : {old} → {new}"


def _describe_absent(plan: ImportPlan, *, retire: bool) -> Iterator[str]:
    if plan.absent:
        what = "retirées" if retire else "gardées"
        yield f"Fiches qui ne sont plus dans le fichier, {what} ({len(plan.absent)}) :"
    yield from (f"  {path}" for path in plan.absent)
    if plan.absent and not retire:
        yield "  Pour les retirer du site, avec leur date de départ : ajoutez --retirer."


def _list_notes(notes: Iterable[tuple[Row, Note]]) -> Iterator[str]:
    """Yield each note with its place and what to do; rows with the same note share a line."""
    groups: dict[tuple[str, Note], list[Row]] = {}
    for row, note in notes:
        groups.setdefault((row.table.sheet.name, note), []).append(row)
    for (_, note), rows in groups.items():
        value = f" « {note.value} »" if note.value else ""
        yield f"  {_place_all(rows, note)}{value} : {note.message}"
        if note.hint:
            yield f"    → {note.hint}"


def _place(row: Row, note: Note) -> str:
    """Return where a cell is: sheet, row, letter and heading of its column."""
    return _place_all([row], note)


def _place_all(rows: Sequence[Row], note: Note) -> str:
    """Return where the cells of a note are: « Feuille 1, lignes 3 à 5 et 9, colonne B (Ville) »."""
    sheet = f"{name}, " if (name := rows[0].table.sheet.name) else ""
    column = f", colonne {note.column.letter} ({note.column.heading})" if note.column else ""
    numbers = list_ranges(row.number for row in rows)
    return f"{sheet}{'lignes' if len(rows) > 1 else 'ligne'} {numbers}{column}"


def _describe_columns(plan: ImportPlan) -> Iterator[str]:
    for table in plan.tables:
        where = f" de « {table.sheet.name} »" if len(plan.tables) > 1 else ""
        yield f"Colonnes{where} :"
        for column in table.columns:
            key = "le texte de la fiche" if column.key == BODY else column.key
            said = f"{key} ({column.reason})" if key else str(column.reason)
            rows = "" if key or not column.filled else f" ({say_count(column.filled, 'ligne')})"
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
        yield f"  colonne {column.letter} ({column.heading}) : {say_count(count, 'ligne')}, {why}"
    if left:
        yield f"  Pour les publier : une ligne sous [personnes], dans {plan.settings.path}."
        yield "  Si ce n'est pas une personne : le courriel ou les mots de l'adresse, entiers ou en"
        yield '    partie, sous [fichier], dans ce même fichier : pas_des_personnes = ["…"]'


def _describe_refused(plan: ImportPlan) -> Iterator[str]:
    for message, hint in plan.problems:
        yield f"À corriger dans {plan.settings.path} : {message}"
        yield f"    → {hint}"
    unknown = plan.count_unknown()
    if unknown:
        waiting = sum(bool(row.unknown and not row.faults) for row in plan.rows)
        rows = say_count(waiting, "ligne")
        yield f"Mots que les vocabulaires n'ont pas ({rows} à corriger pour cela seul) :"
    for key in sorted({key for key, _ in unknown}):
        yield f"  {key}, sous [mots.{key}], dans {plan.settings.path}"
        words = {word: count for (one, word), count in unknown.items() if one == key}
        for word, count in sorted(words.items()):
            wrong = plan.settings.words.get(key, {}).get(word)
            why = f" : « {wrong} » n'est la clé d'aucun terme" if wrong else ""
            yield f'    → "{word}" = "…"  ({say_count(count, "ligne")}{why})'
        add = '"+" pour ajouter ce mot au vocabulaire, ' if key in plan.growing else ""
        yield f"    à la place de … : {add}rien pour le laisser de côté, ou la clé d'un terme :"
        yield f"    {', '.join(plan.merger.reader.list_terms(key))}"
    yield from _describe_conflicts(plan)
    faulty = [row for row in plan.rows if row.faults]
    if faulty:
        yield f"À corriger dans le tableau ({say_count(len(faulty), 'ligne')}) :"
    yield from _list_notes((row, note) for row in faulty for note in row.faults)


def _describe_conflicts(plan: ImportPlan) -> Iterator[str]:
    if plan.conflicts:
        yield f"Désaccords entre le tableau et les fiches ({len(plan.conflicts)}) :"
    for row in plan.conflicts:
        for note in row.merge.conflicts if row.merge else ():
            yield f"  {_place(row, note)}, {row.path}"
            yield f"    {note.message}"
    if plan.conflicts and plan.merger.memory.is_lost:
        yield f"    → {SETTLE_WITHOUT_MEMORY}"
    elif plan.conflicts:
        yield f"    → {SETTLE}"


def explain_blocked(plan: ImportPlan, folder: str) -> Iterator[str]:
    """Yield what to do when nothing was written."""
    yield f"Aucune fiche n'a été écrite. À corriger : {say_count(len(plan.refused), 'ligne')}."
    yield f"Le rapport : {folder}/rapport.html ; la correspondance : {plan.settings.path}"
    yield "Corrigez le tableau, enregistrez-le, et recommencez. Pour écrire sans attendre ce qui"
    yield f"  est bon ({say_count(len(plan.good), 'ligne')}) : ajoutez --seulement-les-bonnes."


def explain_written(
    plan: ImportPlan, folder: str, gone: int, lists: Sequence[str], *, has_examples: bool
) -> Iterator[str]:
    """Yield what was written, what remains, and how to undo.

    `gone` is the number of removed records; `lists` are the names of the files in `folder` that
    list the written paths.
    """
    if plan.new or plan.changed or gone:
        counts = [say_count(len(plan.new), "nouvelle fiche")] if plan.new else []
        counts += [say_count(len(plan.changed), "fiche changée")] if plan.changed else []
        counts += [say_count(gone, "fiche retirée")] if gone else []
        yield f"C'est écrit dans {plan.kind.folder}/ : {', '.join(counts)}."
    else:
        yield "Le tableau ne dit rien de nouveau : aucune fiche n'a changé."
    if plan.refused:
        yield f"Les lignes à corriger : {folder}/a-corriger.csv"
    yield f"Le rapport, à ne pas publier : {folder}/rapport.html"
    if plan.lacks_identifiers:
        yield "Pour que chaque ligne retrouve sa fiche même si son nom change, copiez dans votre"
        yield f"  tableau la colonne « identifiant » de {folder}/identifiants.csv"
    if plan.new and has_examples:
        yield "Les vraies fiches sont là ; pour ne plus montrer d'exemples : exemples = 0, dans"
        yield "  site.toml"
    if lists:
        yield f"Relisez (git diff, {PROGRAM} servir), puis publiez. Pour tout annuler avant cela :"
    if NEW_FILES in lists:
        yield f"  effacez les fichiers que nomme {folder}/{NEW_FILES}"
    if CHANGED_FILES in lists:
        yield f"  tapez : git restore --pathspec-from-file={folder}/{CHANGED_FILES}"
