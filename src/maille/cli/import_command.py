"""The command `importer`: turn an editor's table or map into records, or list what to correct."""

from __future__ import annotations

import dataclasses
import functools
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from maille.cli.arguments import CONTENT, GOOD, USAGE, Arguments
from maille.cli.import_state import (
    FOLDER,
    describe_exposed,
    list_stems,
    read_past,
    read_salt,
    take_turn,
)
from maille.cli.rename_command import make_reader
from maille.cli.rename_plan import plan_removals
from maille.cli.trial import ask, copy_site
from maille.content.file_changes import FileChange, apply_changes, write_changes
from maille.problems import ContentError
from maille.text.counted import say_count

if TYPE_CHECKING:
    from maille.imports.importing import Before, ImportFile
    from maille.imports.plan import ImportPlan
    from maille.pipeline import Options
    from maille.publish.report import Report
    from maille.site.model import Site

NOTHING = "Rien n'a été écrit."
INSTALL = 'Installez une fois ce qu\'il lui faut : pip install "maille[tableur]"'
KIND = "catalyser"


def import_file(
    arguments: Arguments, site: Site, options: Options, build: Callable[[Options], Report]
) -> int:
    """Read the file, print the plan of its import, and write the records; return the exit code.

    No record is written if a row needs correcting, unless `--seulement-les-bonnes` is given. The
    reports are written in any case, except with `--essai`, which writes nothing. On a terminal, the
    command asks before it writes records, unless `--oui` is given. Two imports of one site run one
    after the other, and the second one reads what the first has written.
    """
    if not find_spec("rapidfuzz"):
        print(f"L'import ne trouve pas les fiches presque pareilles. {INSTALL}", file=sys.stderr)
        return USAGE
    if not Path(arguments.table).is_file():
        print(f"« {arguments.table} » n'est pas un fichier : donnez le tableau.", file=sys.stderr)
        return USAGE
    code = _import_in_turn(arguments, site, options, build)
    _print(describe_exposed(options.root, Path(arguments.table)), sys.stderr)
    return code


def _import_in_turn(
    arguments: Arguments, site: Site, options: Options, build: Callable[[Options], Report]
) -> int:
    if arguments.trial:
        return _import(arguments, site, options, build)
    start = options.now.timestamp() if options.now else 0.0
    with take_turn(options.root, start) as changed:
        # Another import has ended since `site` was read: read the site again. The problems of this
        # build are ignored, since that import has checked what it wrote.
        today = build(options).site if changed else site
        return _import(arguments, today or site, options, build)


def _import(
    arguments: Arguments, site: Site, options: Options, build: Callable[[Options], Report]
) -> int:
    from maille.imports.headings import list_titles
    from maille.imports.importing import ImportFile, prepare
    from maille.imports.mapping import read_settings
    from maille.imports.refusals import SIZE_LIMIT

    path = Path(arguments.table)
    with path.open("rb") as opened:
        file = ImportFile(path.name, opened.read(SIZE_LIMIT + 1), list_stems(options.root))
    kind = site.kind(KIND)
    try:
        settings = read_settings(
            file.settings_path, _read_text(options.root / file.settings_path), [*list_titles(kind)]
        )
        plan = prepare(file, kind, site, settings, _look_back(arguments, file, options.root))
    except ContentError as error:
        first, *others = error.message.split("\n")  # a mapping may have several mistakes
        said = [f"{path.name} : {first}", *others, f"    → {error.hint}", NOTHING]
        _print(said, sys.stderr)
        return CONTENT
    _check(plan, site, options, build, plan.absent if arguments.retire else [])
    from maille.cli import import_report

    _print(import_report.describe(plan, path.name, retire=arguments.retire))
    return _finish(arguments, plan, file, site, options.root)


def _look_back(arguments: Arguments, file: ImportFile, root: Path) -> Before:
    """Return what `prepare` needs of the past: how to read the site's files and the last import.

    Also store a salt if there is none, unless this is a trial.
    """
    from maille.imports.importing import Before
    from maille.imports.memory import name_memory
    from maille.imports.merging import Side

    def read(name: str) -> bytes:
        return (root / name).read_bytes() if (root / name).is_file() else b""

    past = functools.partial(read_past, root, name_memory(file.stem))
    salt = read_salt(root, keep=not arguments.trial)
    return Before(read, past, salt, Side(arguments.side))


def _read_text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _print(lines: Iterable[str], stream: TextIO | None = None) -> None:
    from maille.cli.report import escape_unseen

    for line in lines:
        print(escape_unseen(line), file=stream or sys.stdout)


def _check(
    plan: ImportPlan,
    site: Site,
    options: Options,
    build: Callable[[Options], Report],
    gone: Sequence[str],
) -> None:
    """Build a copy of the site, with the rows and without the records `gone`.

    Attach the problems of that build to the rows.
    """
    from maille.imports.plan import apply_problems, list_files

    rows = [row for row in plan.rows if not row.is_repeated]
    files = list_files(plan, rows, checked=False)
    if not files and not gone:
        return
    with copy_site(site, options.root) as copy:
        _write(copy, files)
        apply_changes(copy, plan_removals(site, gone, make_reader(options.root)))
        here = dataclasses.replace(options, root=copy, output=copy / "output")
        tried = build(dataclasses.replace(here, published=None, publish=False))
    apply_problems(plan, tried.problems)


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def _finish(
    arguments: Arguments, plan: ImportPlan, file: ImportFile, site: Site, root: Path
) -> int:
    """Write the reports and, if nothing prevents it, the records; return the exit code.

    With `--essai`, write neither.
    """
    from maille.cli import import_report

    if arguments.trial:
        print(f"Essai : {NOTHING[0].lower()}{NOTHING[1:]}")
        return CONTENT if plan.problems or plan.refused else GOOD
    kept = _keep(plan, file, root)
    if plan.problems or (plan.refused and not arguments.only_good):
        _print(import_report.explain_blocked(plan, kept), sys.stderr)
        return CONTENT
    if arguments.retire and plan.refused:
        print("--retirer attend que toutes les lignes soient bonnes.", file=sys.stderr)
        return CONTENT
    gone = plan.absent if arguments.retire else []
    changes = [*_list_changes(plan, gone, site, root)]
    records = len(plan.new) + len(plan.changed) + len(gone)
    asks = records and sys.stdin.isatty() and not arguments.yes
    if asks and not ask(f"Écrire {say_count(records, 'fiche')} ?"):
        print(NOTHING, file=sys.stderr)
        return USAGE
    new = [change.path for change in changes if not (root / change.path).exists()]
    write_changes(root, changes)
    others = [change.path for change in changes if change.path not in new]
    lists = {import_report.NEW_FILES: new, import_report.CHANGED_FILES: others}
    written = {name: "".join(f"{one}\n" for one in paths) for name, paths in lists.items()}
    _write(root, {f"{kept}/{name}": text.encode() for name, text in written.items()})
    has_examples = any(entry.is_example for entry in site.list_examined())
    named = [name for name, paths in lists.items() if paths]
    _print(import_report.explain_written(plan, kept, len(gone), named, has_examples=has_examples))
    return GOOD


def _list_changes(
    plan: ImportPlan, gone: Sequence[str], site: Site, root: Path
) -> Iterator[FileChange]:
    """Yield the changes of an import: records, vocabularies, departures, then the memory file."""
    from maille.imports.memory import name_memory
    from maille.imports.plan import list_files, remember

    for path, data in list_files(plan, plan.good, checked=True).items():
        yield FileChange(path, path, data)
    yield from plan_removals(site, gone, make_reader(root))
    memory = remember(plan, plan.good, gone)
    if memory is not None:
        name = name_memory(Path(plan.settings.path).stem)
        yield FileChange(name, name, memory)


def _keep(plan: ImportPlan, file: ImportFile, root: Path) -> str:
    """Write the reports, the imported file, and its mapping if it is new; return their folder."""
    from maille.imports import reports

    folder = f"{FOLDER}/{file.stem}"
    files = {
        f"{folder}/{file.name}": file.data,
        f"{folder}/rapport.html": reports.write_page(plan, file.name),
        f"{folder}/rapport.csv": reports.write_csv_report(plan),
    }
    if plan.refused:
        files[f"{folder}/a-corriger.csv"] = reports.write_rows_to_correct(plan)
    if plan.lacks_identifiers:
        files[f"{folder}/identifiants.csv"] = reports.write_identifiers(plan)
    if plan.settings.is_new:
        files[plan.settings.path] = reports.write_mapping(plan, file.name).encode()
    _write(root, files)
    return folder
