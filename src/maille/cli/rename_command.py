"""The commands `renommer` and `retirer`: give a record another file name, or remove it."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from maille.cli.arguments import CONTENT, GOOD, USAGE, Arguments
from maille.cli.trial import ask, copy_site, show_difference
from maille.problems import ContentError, select_errors

if TYPE_CHECKING:
    from maille.content.file_changes import FileChange
    from maille.pipeline import Options
    from maille.publish.report import Report
    from maille.site.model import Site

NOTHING = "Rien n'a été écrit."


def rename(
    arguments: Arguments, site: Site, options: Options, build: Callable[[Options], Report]
) -> int:
    """Give a record another file name, and update the references to it; return the exit code.

    The changes are shown, tried on a copy and, unless `--oui` is given, confirmed by the editor.
    """
    from maille.cli.rename_plan import find_record, make_new_path, plan_rename

    try:
        entry = find_record(site, arguments.record)
        new_path = make_new_path(site, entry, arguments.new)
        changes = [*plan_rename(site, entry, new_path, make_reader(options.root))]
    except ContentError as error:
        return _refuse(error)
    return _settle(changes, arguments, site, options, build)


def remove(
    arguments: Arguments, site: Site, options: Options, build: Callable[[Options], Report]
) -> int:
    """Remove a record, and list its address as departed; return the exit code.

    The changes are shown, tried on a copy and, unless `--oui` is given, confirmed by the editor.
    """
    from maille.cli.rename_plan import find_record, list_places, plan_removal

    try:
        entry = find_record(site, arguments.record)
        changes = [*plan_removal(site, entry, make_reader(options.root))]
    except ContentError as error:
        return _refuse(error)
    if places := list_places(site, entry):
        print(f"Ces fichiers garderont son nom, sans lien : {', '.join(places)}")
    return _settle(changes, arguments, site, options, build)


def make_reader(root: Path) -> Callable[[str], bytes]:
    """Return a function that returns the bytes of a file of the site, b"" if it does not exist."""

    def read(path: str) -> bytes:
        return (root / path).read_bytes() if (root / path).is_file() else b""

    return read


def _refuse(error: ContentError) -> int:
    from maille.cli.report import escape_unseen

    print(escape_unseen(error.message), file=sys.stderr)
    print(escape_unseen(f"    → {error.hint}"), file=sys.stderr)
    print(NOTHING, file=sys.stderr)
    return USAGE


def _settle(
    changes: Sequence[FileChange],
    arguments: Arguments,
    site: Site,
    options: Options,
    build: Callable[[Options], Report],
) -> int:
    """Show the changes, try them, ask for consent, and write them; return the exit code."""
    from maille.content.file_changes import write_changes

    _show(changes, options.root)
    if not _try(changes, site, options, build):
        return CONTENT
    if not arguments.yes and not ask("Écrire ces changements ?"):
        print(NOTHING, file=sys.stderr)
        return USAGE
    write_changes(options.root, changes)
    print("C'est écrit.")
    return GOOD


def _show(changes: Sequence[FileChange], root: Path) -> None:
    """Print each file that changes: whether it is removed or renamed, and its changed lines."""
    from maille.cli.report import escape_unseen

    for change in changes:
        if change.data is None:
            print(f"{change.path} : retiré")
            continue
        renamed = f" → {change.new_path}" if change.new_path != change.path else ""
        print(f"{change.path}{renamed}")
        path = root / change.path
        before = path.read_bytes() if path.is_file() else b""
        for line in show_difference(before, change.data):
            print(escape_unseen(f"  {line}"))


def _try(
    changes: Sequence[FileChange],
    site: Site,
    options: Options,
    build: Callable[[Options], Report],
) -> bool:
    """Return whether the changed site has no error and loses no address; print what was found."""
    from maille.cli import report
    from maille.content.file_changes import apply_changes
    from maille.site.published_addresses import LIST, format_list, list_entry_addresses

    with copy_site(site, options.root) as copy:
        published = copy / LIST[1:]
        published.write_bytes(format_list(list_entry_addresses(site)))
        apply_changes(copy, changes)
        trial = dataclasses.replace(options, root=copy, output=copy / "output", published=published)
        errors = select_errors(build(trial).problems)
    if errors:
        print("\n".join(report.format_problems(errors)), file=sys.stderr)
        print(f"Ainsi changé, le site ne se construirait plus. {NOTHING}", file=sys.stderr)
        return False
    print("Vérifié : avec ces changements, le site se construit, et toutes ses adresses répondent.")
    return True
