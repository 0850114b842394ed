"""The command `exporter`: write the directory as a table or a map, depending on the suffix."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from maille.cli.arguments import CONTENT, GOOD, USAGE, Arguments
from maille.cli.import_state import describe_exposed, list_stems
from maille.cli.report import escape_unseen
from maille.problems import ContentError
from maille.text.counted import say_count

if TYPE_CHECKING:
    from maille.imports.completing import Completion
    from maille.imports.plan import ImportPlan
    from maille.site.model import Site

KIND = "catalyser"


def export(arguments: Arguments, site: Site) -> int:
    """Write the directory to a new file or, with `--dans`, write a completed copy of a workbook.

    Return the exit code. An existing file is never overwritten.
    """
    code = _export(arguments, site)
    if code == GOOD:
        for given in filter(None, (arguments.export, arguments.within)):
            for line in describe_exposed(arguments.root, Path(given)):
                print(escape_unseen(line), file=sys.stderr)
    return code


def _export(arguments: Arguments, site: Site) -> int:
    path = Path(arguments.export)
    make = _MAKERS.get(path.suffix.lower())
    if make is None:
        endings = ", ".join(_MAKERS)
        return _refuse(f"« {path.name} » : donnez un nom qui finit par {endings}.")
    if path.exists():
        return _refuse(f"« {path} » existe déjà : donnez un autre nom, ou effacez-le d'abord.")
    try:
        if arguments.within:
            return _complete(arguments, site, path)
        data, count = make(arguments, site)
    except ContentError as error:
        print(f"{error.message}\n    → {error.hint}", file=sys.stderr)
        return CONTENT
    path.write_bytes(data)
    print(f"{say_count(count, 'fiche')} dans {path}.")
    if path.suffix.lower() == ".geojson":
        print("Un GeoJSON n'a que les fiches qui ont un point : les autres sont dans un .xlsx.")
    return GOOD


def _complete(arguments: Arguments, site: Site, path: Path) -> int:
    """Write a completed copy of the workbook `--dans`, print the changes, return the exit code."""
    from maille.imports.completing import complete
    from maille.imports.refusals import INSTALL, SIZE_LIMIT

    given = Path(arguments.within)
    if not given.is_file():
        return _refuse(f"« {given} » n'est pas un fichier : donnez le classeur à compléter.")
    if path.suffix.lower() != ".xlsx":
        return _refuse(f"« {path.name} » : la copie d'un classeur finit par .xlsx.")
    with given.open("rb") as opened:
        data = opened.read(SIZE_LIMIT + 1)
    try:
        done = complete(_plan(given.name, data, arguments.root, site), site, data)
    except ImportError:
        raise ContentError("un classeur ne peut pas encore être écrit ici", INSTALL) from None
    path.write_bytes(done.data)
    for line in _describe(done, given.name, path):
        print(escape_unseen(line))
    return GOOD


def _plan(name: str, data: bytes, root: Path, site: Site) -> ImportPlan:
    """Return the plan to import the workbook `data`, with the mapping of `name` if there is one."""
    from maille.imports.headings import list_titles
    from maille.imports.importing import Before, ImportFile, prepare
    from maille.imports.mapping import read_settings

    kind, file = site.kind(KIND), ImportFile(name, data, list_stems(root))
    mapping = root / file.settings_path
    text = mapping.read_text("utf-8") if mapping.is_file() else None
    settings = read_settings(file.settings_path, text, [*list_titles(kind)])

    def read(path: str) -> bytes:
        return (root / path).read_bytes() if (root / path).is_file() else b""

    return prepare(file, kind, site, settings, Before(read))


def _describe(done: Completion, name: str, path: Path) -> Iterator[str]:
    """Yield the cells that a completed copy adds to the workbook, and warnings about the copy."""
    for one in done.written:
        where = f"{one.sheet}, {one.letter}{one.row} ({one.heading})"
        yield f"  {where} : {f'« {one.before} »' if one.before else 'rien'} → « {one.after} »"
    yield f"{len(done.written)} cellules écrites dans {path}, copie de {name}."
    if done.unknown:
        rows = ", ".join(f"{row.number} ({row.name})" for row in done.unknown)
        yield f"Lignes qui ne sont sûrement aucune fiche, laissées telles quelles : {rows}"
    if done.absent:
        yield f"Fiches qui ne sont dans aucune ligne : {', '.join(done.absent)}"
    if done.formulas:
        cells = ", ".join(done.formulas)
        yield f"Formules ou cellules fusionnées, laissées telles quelles : {cells}"
    if done.lost:
        yield f"La copie n'a plus ses {', '.join(done.lost)} : reprenez-les de {name}."


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return USAGE


def _make_table(arguments: Arguments, site: Site) -> tuple[bytes, int]:
    from maille.imports import table_writers
    from maille.imports.office_table import make_table
    from maille.imports.refusals import INSTALL

    table = make_table(site, site.kind(KIND), drafts=arguments.drafts)
    if arguments.export.lower().endswith(".csv"):
        return table_writers.write_csv(table), len(table.rows)
    try:
        return table_writers.write_xlsx(table), len(table.rows)
    except ImportError:
        raise ContentError("un classeur ne peut pas encore être écrit ici", INSTALL) from None


def _make_map(_: Arguments, site: Site) -> tuple[bytes, int]:
    from maille.views.exports import encode_geojson

    return encode_geojson(site)


# For each ending of a file name, the function that returns the bytes of the file and the number of
# its records.
_MAKERS: Mapping[str, Callable[[Arguments, Site], tuple[bytes, int]]] = {
    ".xlsx": _make_table,
    ".csv": _make_table,
    ".geojson": _make_map,
}
