"""Turn the bytes of a file into the plan of its import; nothing is written here."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from maille.content.bodies import read_body, read_keys
from maille.imports.columns import Table, find_table
from maille.imports.headings import BODY, VERSION, list_titles
from maille.imports.known_records import list_records
from maille.imports.mapping import ADD, FOLDER, Settings
from maille.imports.matching import Directory, match_rows
from maille.imports.memory import Line, Memory, Past, name_memory, read_memory
from maille.imports.merging import Merger, Side
from maille.imports.office_table import list_exported
from maille.imports.plan import (
    ImportPlan,
    add_terms,
    drop_columns,
    name_files,
)
from maille.imports.reading import read_sheets
from maille.imports.records import Reader, Row
from maille.imports.returned_rows import recognise
from maille.imports.sheets import Sheet
from maille.problems import ContentError
from maille.schema.fields import Reference, TerritoryCode
from maille.schema.kind import (
    Entry,
    Kind,
    is_list,
    list_reference_keys,
    map_keys,
)
from maille.schema.term_words import index_words
from maille.site.addresses import FILE as ADDRESSES_FILE
from maille.site.model import Site
from maille.text.counted import say_count
from maille.text.names import make_slug
from maille.text.people import find_person

_VERSION = re.compile(r"v?\d+|vf|copie|copy|de|du|au|final|finale|definitif|definitive")
# Headings that only the files of /donnees/ have together. These files are not imported: the
# coordinates of a row may be those of its commune, not of the record.
_PUBLISHED = {"departement_nom", "precision"}
# Key → the value that a new record gets until an editor corrects it.
_UNSURE = {"relation": "a-confirmer"}


@dataclass(frozen=True, slots=True)
class ImportFile:
    """The file to import: its name, its bytes, and the names of the mappings that the site has."""

    name: str
    data: bytes
    known: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """Return the name of the mapping of this file, without folder or ending.

        A new version of a file has the mapping of the former one, if exactly one mapping may be it:
        « annuaire-2026 » for « annuaire-2027 ». A file that is named after a person has the mapping
        « import ».
        """
        bare = self.name.rpartition(".")[0] or self.name
        own = "import" if find_person(bare) else make_slug(bare) or "import"
        same = [one for one in self.known if _drop_version(one) == _drop_version(own)]
        return same[0] if own not in self.known and len(same) == 1 else own

    @property
    def settings_path(self) -> str:
        """Return the path of the mapping of this file."""
        return f"{FOLDER}/{self.stem}.toml"


def _drop_version(stem: str) -> str:
    """Return the name of a file without the words of a version, such as a year or « v2 »."""
    kept = [word for word in stem.split("-") if not _VERSION.fullmatch(word)]
    return "-".join(kept) or stem


def make_common(file: ImportFile, kind: Kind, site: Site, settings: Settings) -> dict[str, Any]:
    """Return the keys and values of every new record: a source, defaults, those of the mapping."""
    title = "le fichier du réseau" if file.stem == "import" else f"le fichier {file.name}"
    source = {"titre": title[:1].upper() + title[1:], "consulte_le": site.today.isoformat()}
    terms = {term.key for term in site.vocabulary("relations")}
    common = {key: word for key, word in _UNSURE.items() if key in kind.keys and word in terms}
    sources = {"sources": [source]} if "sources" in kind.keys else {}
    return {**common, **sources, **settings.common}


@dataclass(frozen=True, slots=True)
class Before:
    """The state before an import: the files of the site, and the last import of this file.

    `read` returns the bytes of a file, b"" if it does not exist; `read_past` returns records, by
    path, as they were in the commit of the last import. `salt` is the salt of the digests. `side`
    decides which value is kept where the sheet and the record have both changed.
    """

    read: Callable[[str], bytes]
    read_past: Callable[[Sequence[str]], Mapping[str, bytes]] = lambda _: {}
    salt: bytes = b""
    side: Side = Side.ASK


def prepare(
    file: ImportFile, kind: Kind, site: Site, settings: Settings, before: Before
) -> ImportPlan:
    """Return the plan to import `file`; its records are not checked yet.

    Raises ContentError if the file cannot be read as a table of records.
    """
    sheets = read_sheets(file.name, file.data, settings.encoding)
    references = {key: role for _, key, role in list_reference_keys(kind.model)}
    reader = _make_reader(kind, site, settings, references)
    directory = Directory(list_records(site, kind), functools.partial(_find_slug, site, kind))
    memory = _recall(file, before, reader, directory)
    tables = _find_tables(sheets, kind, settings, reader.words)
    rows = [reader.read(table, *one) for table in tables for one in table.list_rows()]
    common = drop_columns(make_common(file, kind, site, settings), tables)
    merger = Merger(
        reader,
        directory,
        memory,
        drop_columns(settings.common, tables),
        frozenset(key for key, info in map_keys(kind.model).items() if info.is_required()),
        kind.file_order,
        before.read,
        before.side,
    )
    plan = ImportPlan(settings, kind, tables, rows, common, merger)
    if any(column.key == VERSION for table in tables for column in table.columns):
        recognise(rows, directory.find_reference, list_exported(site, kind))
    match_rows(rows, directory, settings)
    name_files(rows, kind, (entry.path for entry in site.list_examined()))
    _tell_departed(rows, kind, site, memory)
    for row in rows:
        if row.record:
            row.merge = merger.merge(row, row.record)
    met = {row.path for row in rows}
    plan.absent = [path for path in memory.lines if path in directory.by_path and path not in met]
    add_terms(plan, _list_vocabularies(references, site), before.read)
    if memory.is_lost:
        plan.notes.append(_describe_loss(name_memory(file.stem)))
    plan.notes += _describe_sheets(sheets, tables, settings.sheets)
    return plan


def _find_slug(site: Site, kind: Kind, slug: str) -> str:
    """Return the current slug of the record that has, or had, `slug`; "" if there is none."""
    entry = site.find(kind.name, slug)
    return entry.slug if entry else ""


def _recall(file: ImportFile, before: Before, reader: Reader, directory: Directory) -> Memory:
    """Return the memory of the last import of `file`, with the current paths of records."""

    def read_past(paths: Sequence[str]) -> Past:
        found = before.read_past(paths)
        return {
            path: {**reader.normalise(read_keys(data)), BODY: read_body(data)}
            for path, data in found.items()
        }

    path = name_memory(file.stem)
    memory = read_memory(path, before.read(path) or None, before.salt, read_past)
    lines: dict[str, Line] = {}
    for line in memory.lines.values():
        slug = line.path.rpartition("/")[2].rpartition(".")[0]
        known = directory.by_path.get(line.path) or directory.find_reference(slug)
        path = known.path if known else line.path
        lines[path] = replace(line, path=path)
    memory.lines = lines
    return memory


def _describe_loss(path: str) -> str:
    return (
        f"ATTENTION : {path} ne se lit pas ici, car il manque à ce dossier .imports/sel (sur "
        "l'ordinateur du dernier import) et l'historique de git (absent d'un dossier téléchargé en "
        "ZIP). Rien ne dit donc ce qui a changé depuis : toute différence est un désaccord, et ce "
        "que le tableau a perdu, personnes comprises, reste dans les fiches. Copiez ici "
        ".imports/sel, ou travaillez dans un dossier fait par « git clone », et recommencez"
    )


def _tell_departed(rows: Iterable[Row], kind: Kind, site: Site, memory: Memory) -> None:
    """Add a fault to each row whose record has left the site, or whose file was deleted.

    A deleted file is one that the last import wrote and that is gone; if the mapping says what to
    do with the row, it is no fault. Rows without a name, and repeated rows, are skipped.
    """
    for row in rows:
        slug = row.path.rpartition("/")[2].removesuffix(kind.suffix)
        if row.record or not row.name or row.is_repeated:
            continue
        column = row.find_column("nom")
        line = site.addresses.lines.get(kind.make_address(slug))
        if line:
            day = f" le {line.left_on}" if line.left_on else ""
            hint = f"effacez la ligne du tableau ou, si elle revient, celle de {ADDRESSES_FILE}"
            row.add_fault(column, f"cette fiche a quitté le site{day}", hint)
        elif row.path in memory.lines and not row.is_settled:
            row.add_fault(
                column,
                f"{row.path}, que cette ligne avait faite, a été effacé",
                f'effacez la ligne ou, pour refaire la fiche, écrivez sous [fiches] : "{row.name}" '
                f'= "{ADD}"',
            )


def _make_reader(
    kind: Kind, site: Site, settings: Settings, references: Mapping[str, Any]
) -> Reader:
    fields = map_keys(kind.model)
    words = {
        key: index_words(site.vocabulary(role.target.partition(":")[2]), role.part)
        for key, role in references.items()
        if isinstance(role, Reference) and role.target.startswith("vocabulaire:")
    }
    return Reader(
        settings,
        site.gazetteer,
        frozenset(key for key, info in fields.items() if is_list(info)),
        words,
        frozenset(key for key, role in references.items() if isinstance(role, TerritoryCode)),
    )


def _find_tables(
    sheets: Sequence[Sheet], kind: Kind, settings: Settings, words: Mapping[str, Mapping[str, str]]
) -> tuple[Table, ...]:
    """Return the tables of the sheets that the mapping names, or else of all visible sheets.

    If the file has none of the named sheets, and only one visible sheet, that one is read: the
    sheet of a CSV has the name of the file. Raises ContentError for a file of /donnees/, or if no
    sheet has a column of names.
    """
    tests = {key: functools.partial(_is_word, some) for key, some in words.items()}
    titles = list_titles(kind)
    shown = [one for one in sheets if not one.hidden]
    named = [one for one in sheets if one.name in settings.sheets]
    wanted = shown if not settings.sheets or (len(shown) == 1 and not named) else named
    found = [find_table(one, titles, settings, tests) for one in wanted]
    tables = tuple(table for table in found if table)
    if any({column.heading for column in table.columns} >= _PUBLISHED for table in tables):
        raise ContentError(
            "ce fichier est celui de /donnees/ : il est fait pour être lu, et non pour revenir",
            "écrivez le tableau qui se corrige : python build.py exporter annuaire.xlsx",
        )
    if not tables:
        raise ContentError(
            "aucune colonne de ce fichier n'est le nom des fiches" + _name_first_cells(wanted),
            f"écrivez « Nom » en tête de la colonne des noms ; ou, dans {settings.path} (à créer "
            'si ce fichier n\'existe pas), les deux lignes [colonnes] et "…" = "nom" (à la place '
            "de …, son en-tête)",
        )
    return tables


def _name_first_cells(sheets: Iterable[Sheet]) -> str:
    """Return the end of an error message: the cells of the first filled row, perhaps headings."""
    rows = (row for sheet in sheets for row in sheet.rows)
    first = next((row for row in rows if any(cell.strip() for cell in row)), [])
    cells = [f"« {cell.strip()[:40]} »" for cell in first if cell.strip()]
    return f" ; la première ligne dit : {', '.join(cells[:20])}" if cells else ""


def _is_word(words: Mapping[str, str], text: str) -> bool:
    return make_slug(text) in words


def _list_vocabularies(
    references: Mapping[str, Any], site: Site
) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Return (path, front matter) of each vocabulary that may get new terms, by key of records."""
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    kinds = [kind for kind in site.kinds if kind.is_vocabulary]
    for key, role in references.items():
        if not isinstance(role, Reference) or role.part or ":" not in role.target:
            continue
        slug = role.target.partition(":")[2]
        entry = next((one for kind in kinds if (one := site.find(kind.name, slug))), None)
        if isinstance(entry, Entry):
            found[key] = (entry.path, entry.document.front_matter)
    return found


def _describe_sheets(
    sheets: Iterable[Sheet], tables: Iterable[Table], wanted: Sequence[str]
) -> Iterable[str]:
    read = [table.sheet.name for table in tables]
    for sheet in sheets:
        if sheet.name not in read:
            why = "elle est masquée" if sheet.hidden else "aucune de ses colonnes n'est un nom"
            if wanted and sheet.name not in wanted:
                why = "feuilles, sous [fichier], ne la nomme pas"
            yield f"feuille « {sheet.name} » laissée de côté : {why}"
        for note in sheet.notes:
            yield f"{sheet.name} : {note}"
    for table in tables:
        if above := table.start - 1:
            left = say_count(above, "ligne laissée")
            yield f"{table.sheet.name} : {left} de côté, au-dessus des en-têtes"
