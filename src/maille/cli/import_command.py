"""The command `importer`: a file of the office becomes records, or says what is to correct."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from maille.cli.arguments import CONTENT, GOOD, USAGE, Arguments
from maille.cli.trial import copy_site
from maille.problems import ContentError

if TYPE_CHECKING:
    from maille.imports.importing import Office
    from maille.imports.plan import ImportPlan
    from maille.pipeline import Options, Report
    from maille.site.model import Site

NOTHING = "Rien n'a été écrit."
FOLDER = ".imports"  # what holds cells; ignored by git
KIND = "catalyser"


def import_file(
    arguments: Arguments, site: Site, options: Options, build: Callable[[Options], Report]
) -> int:
    """Read the file, say what it becomes, and write its records; return the exit code.

    Nothing is written while a row is to be corrected, unless `--seulement-les-bonnes`; with
    `--essai`, nothing at all. On a terminal, the command asks before it writes.
    """
    from maille.imports.importing import Office, list_titles, prepare
    from maille.imports.mapping import read_settings
    from maille.imports.refusals import SIZE_LIMIT

    path = Path(arguments.table)
    if not path.is_file():
        print(f"« {arguments.table} » n'est pas un fichier : donnez le tableau.", file=sys.stderr)
        return USAGE
    with path.open("rb") as opened:
        file = Office(path.name, opened.read(SIZE_LIMIT + 1))
    kind = site.kind(KIND)
    try:
        settings = read_settings(
            file.settings_path, _read_text(options.root / file.settings_path), [*list_titles(kind)]
        )
        plan = prepare(file, kind, site, settings, lambda name: (options.root / name).read_bytes())
    except ContentError as error:
        _print([f"{path.name} : {error.message}", f"    → {error.hint}", NOTHING], sys.stderr)
        return CONTENT
    _check(plan, site, options, build)
    from maille.cli import import_report

    _print(import_report.describe(plan, path.name))
    return _finish(arguments, plan, file, options.root)


def _read_text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _print(lines: Iterable[str], stream: TextIO | None = None) -> None:
    from maille.cli.report import escape_unseen

    for line in lines:
        print(escape_unseen(line), file=stream or sys.stdout)


def _check(
    plan: ImportPlan, site: Site, options: Options, build: Callable[[Options], Report]
) -> None:
    """Build the site on a copy with the new records; give its problems to the rows."""
    from maille.imports.plan import apply_problems, list_files

    rows = [row for row in plan.rows if not row.is_repeated]
    with copy_site(site, options.root) as copy:
        _write(copy, list_files(plan, rows, checked=False))
        here = dataclasses.replace(options, root=copy, output=copy / "output")
        tried = build(dataclasses.replace(here, published=None, publish=False))
    apply_problems(plan, tried.problems)


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def _finish(arguments: Arguments, plan: ImportPlan, file: Office, root: Path) -> int:
    """Write what may be written; return the exit code."""
    from maille.cli import import_report
    from maille.imports.plan import list_files

    blocked = bool(plan.problems) or (bool(plan.told) and not arguments.only_good)
    if arguments.trial:
        print(f"Essai : {NOTHING[0].lower()}{NOTHING[1:]}")
        return CONTENT if plan.problems or plan.told else GOOD
    kept = _keep(plan, file, root)
    if blocked or not plan.good:
        _print(import_report.explain_blocked(plan, kept), sys.stderr)
        return CONTENT
    files = list_files(plan, plan.good, checked=True)
    if sys.stdin.isatty() and not arguments.yes and not _agree(len(plan.good)):
        print(NOTHING, file=sys.stderr)
        return USAGE
    _write_all(root, files)
    (root / kept / "fiches.txt").write_text("".join(f"{one}\n" for one in files), encoding="utf-8")
    _print(import_report.explain_written(plan, kept))
    return GOOD


def _agree(count: int) -> bool:
    from maille.cli.trial import ask

    return ask(f"Écrire ces {count} fiches ?")


def _keep(plan: ImportPlan, file: Office, root: Path) -> str:
    """Write the reports, the original and a new mapping; return the folder of the reports."""
    from maille.imports import reports

    folder = f"{FOLDER}/{file.stem}"
    files = {
        f"{FOLDER}/.gitignore": b"*\n",
        f"{folder}/{file.name}": file.data,
        f"{folder}/rapport.html": reports.write_page(plan, file.name),
        f"{folder}/rapport.csv": reports.write_csv_report(plan),
    }
    if plan.told:
        files[f"{folder}/a-corriger.csv"] = reports.write_rows_to_correct(plan)
    if plan.settings.is_new:
        files[plan.settings.path] = reports.write_mapping(plan, file.name).encode()
    _write(root, files)
    return folder


def _write_all(root: Path, files: Mapping[str, bytes]) -> None:
    """Write all the files or, if one cannot be written, none."""
    before = {name: (root / name).read_bytes() for name in files if (root / name).is_file()}
    try:
        _write(root, files)
    except BaseException:
        for name in files:
            with contextlib.suppress(OSError):
                if name in before:
                    (root / name).write_bytes(before[name])
                else:
                    (root / name).unlink(missing_ok=True)
        raise
