"""From the bytes of a file to the plan of its import; nothing is written here."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maille.imports.columns import Table, find_table
from maille.imports.headings import BODY
from maille.imports.mapping import FOLDER, Settings
from maille.imports.plan import (
    ImportPlan,
    Known,
    add_terms,
    drop_columns,
    identify,
    index_known,
    name_files,
    refuse_repeated,
)
from maille.imports.reading import read_sheets
from maille.imports.records import Reader
from maille.imports.sheets import Sheet
from maille.problems import ContentError
from maille.schema.fields import Reference, TerritoryCode
from maille.schema.kind import (
    Entry,
    Kind,
    Located,
    is_list,
    list_parts,
    list_reference_keys,
    map_keys,
)
from maille.schema.term_words import index_words
from maille.site.model import Site
from maille.text.names import make_slug
from maille.text.people import find_person

# Keys that say what becomes of a record in this site, which no sheet of an office knows.
_OURS = ("brouillon", "exemple", "contact_cherche_le")
# What a new record says of itself until an editor knows better.
_UNSURE = {"relation": "a-confirmer"}


@dataclass(frozen=True, slots=True)
class Office:
    """The file of the office: its name, its bytes, and the day when it is read."""

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """Return the name of its mapping, without its folder and its ending."""
        bare = self.name.rpartition(".")[0] or self.name
        return "import" if find_person(bare) else make_slug(bare) or "import"

    @property
    def settings_path(self) -> str:
        """Return the path of its mapping."""
        return f"{FOLDER}/{self.stem}.toml"


def list_titles(kind: Kind) -> dict[str, str]:
    """Return the keys that a column may have, each with its title."""
    fields = map_keys(kind.model)
    return {
        key: info.title or key
        for key, info in fields.items()
        if key not in _OURS and not any(list_parts(info.annotation))
    } | {BODY: "Texte"}


def make_common(file: Office, kind: Kind, site: Site, settings: Settings) -> dict[str, Any]:
    """Return the keys of all records: what is sure of any file, and those of the mapping."""
    title = "le fichier du réseau" if file.stem == "import" else f"le fichier {file.name}"
    source = {"titre": title[:1].upper() + title[1:], "consulte_le": site.today.isoformat()}
    terms = {term.key for term in site.vocabulary("relations")}
    common = {key: word for key, word in _UNSURE.items() if key in kind.keys and word in terms}
    sources = {"sources": [source]} if "sources" in kind.keys else {}
    return {**common, **sources, **settings.common}


def prepare(
    file: Office, kind: Kind, site: Site, settings: Settings, read: Callable[[str], bytes]
) -> ImportPlan:
    """Return the plan of an import, before the checks of the site.

    `read` returns the bytes of a file of the site. Raises ContentError if the file cannot be read
    as a table of records.
    """
    sheets = read_sheets(file.name, file.data, settings.encoding)
    references = {key: role for _, key, role in list_reference_keys(kind.model)}
    reader = _make_reader(kind, site, settings, references)
    tables = _find_tables(sheets, kind, settings, reader.words)
    rows = [reader.read(table, *one) for table in tables for one in table.list_rows()]
    common = drop_columns(make_common(file, kind, site, settings), tables)
    plan = ImportPlan(settings, kind, tables, rows, common)
    refuse_repeated(rows, index_known(list_known(site, kind)))
    name_files(rows, kind, (entry.path for entry in site.list_examined()))
    add_terms(plan, _list_vocabularies(references, site), read)
    plan.notes += _describe_sheets(sheets, tables)
    return plan


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
    sheets: Iterable[Sheet], kind: Kind, settings: Settings, words: Mapping[str, Mapping[str, str]]
) -> tuple[Table, ...]:
    """Return the tables of the sheets that are wanted: by default, those that are not hidden."""
    tests = {key: functools.partial(_is_word, some) for key, some in words.items()}
    titles = list_titles(kind)
    wanted = [
        one
        for one in sheets
        if (one.name in settings.sheets if settings.sheets else not one.hidden)
    ]
    found = [find_table(one, titles, settings, tests) for one in wanted]
    tables = tuple(table for table in found if table)
    if not tables:
        raise ContentError(
            "aucune colonne de ce fichier n'est le nom des fiches",
            "écrivez « Nom » en tête de la colonne des noms ; ou, sous [colonnes] dans "
            f'{settings.path} : "…" = "nom" (à la place de …, son en-tête)',
        )
    return tables


def _is_word(words: Mapping[str, str], text: str) -> bool:
    return make_slug(text) in words


def list_known(site: Site, kind: Kind) -> Iterable[Known]:
    """Yield what the records of the site are recognised by; examples are none."""
    for entry in site.list_examined():
        if entry.kind_name != kind.name or entry.is_example or not isinstance(entry, Located):
            continue
        place = site.place(entry)
        values = {"nom": entry.heading, "site": getattr(entry, "website", None)}
        values["commune"] = place.commune or entry.commune
        values["departement"] = entry.department
        one = identify(values)
        yield Known(entry.path, one.name, one.place, one.site)


def _list_vocabularies(
    references: Mapping[str, Any], site: Site
) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Return, for each key whose vocabulary may grow, its path and its front matter."""
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


def _describe_sheets(sheets: Iterable[Any], tables: Iterable[Table]) -> Iterable[str]:
    read = [table.sheet.name for table in tables]
    for sheet in sheets:
        if sheet.name not in read:
            why = "elle est masquée" if sheet.hidden else "aucune de ses colonnes n'est un nom"
            yield f"feuille « {sheet.name} » laissée de côté : {why}"
        for note in sheet.notes:
            yield f"{sheet.name} : {note}"
    for table in tables:
        if above := table.start - 1:
            yield f"{table.sheet.name} : {above} lignes au-dessus des en-têtes, laissées de côté"
