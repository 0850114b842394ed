"""The command `effacer`: black a name out of every file, at the request of the person."""

from __future__ import annotations

import dataclasses
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from maille.cli.arguments import CONTENT, GOOD, PROGRAM, USAGE, Arguments

if TYPE_CHECKING:
    from maille.erasure.tree import Erasure
    from maille.erasure.words import Eraser
    from maille.pipeline import Options, Report
    from maille.site.model import Site

SHOWN = 40  # places of the last word alone that are printed


def erase(
    arguments: Arguments, site: Site, options: Options, build: Callable[[Options], Report]
) -> int:
    """Black a name out of the files of the site and publish them again; return the exit code.

    It says what changes, and asks unless `--oui` is given. Nothing is written if the site could
    then not be built.
    """
    from maille.erasure.tree import plan_erasure, write_erasure
    from maille.erasure.words import LEAST, Eraser

    eraser = Eraser(arguments.name, site.today, site.published_at)
    if sum(map(len, eraser.words)) < LEAST:
        print(f"« {arguments.name} » est trop court : écrivez le nom entier.", file=sys.stderr)
        return USAGE
    if arguments.history:
        return _print_history(options.root, eraser)
    found = plan_erasure(options.root, options.output, eraser)
    print("\n".join(_describe(found, eraser)))
    if not found.changes:
        return CONTENT if found.left else GOOD
    if not _try_changes(site, options, found, build):
        return CONTENT
    if not arguments.yes and not _ask():
        print("Rien n'a été écrit.", file=sys.stderr)
        return USAGE
    write_erasure(options.root, found)
    if options.output.exists():
        build(dataclasses.replace(options, publish=True))
    print("\n".join(_explain_rest(arguments.name, found)))
    return CONTENT if found.left else GOOD


def _describe(found: Erasure, eraser: Eraser) -> Iterator[str]:
    """Yield the lines that say what changes, and what cannot be changed here."""
    if not found.changes:
        yield f"« {eraser.name} » n'est écrit dans aucun fichier du site."
    else:
        yield f"À la place de « {eraser.name} » : {eraser.marker}"
    for change in found.changes:
        if change.data is None:
            yield f"  {change.path} : retiré (un PDF ne se noircit pas sûrement)"
        elif change.new_path != change.path:
            yield f"  {change.path} : {change.count} fois, et renommé {change.new_path}"
        elif change.count:
            yield f"  {change.path} : {change.count} fois"
        else:
            yield f"  {change.path} : mis d'accord (sceau, ou nom d'un autre fichier)"
    for path in found.left:
        yield f"  À ôter vous-même : {path} (le nom y est, et ce fichier ne se change pas d'ici)"
    for path in found.unread:
        yield f"  À ouvrir vous-même : {path} (le texte d'un PDF ne se lit pas d'ici)"
    for path, line, words in found.near[:SHOWN]:
        yield f"  À relire : {path}:{line} : {words[:100]}"


def _try_changes(
    site: Site, options: Options, found: Erasure, build: Callable[[Options], Report]
) -> bool:
    """Return whether the site can be built once changed; print the problems if it cannot."""
    from maille.cli import report
    from maille.content.folders import list_folders
    from maille.erasure.tree import copy_with_changes
    from maille.problems import select_errors

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        names = ["site.toml", "templates", *list_folders(site.kinds)]
        copy_with_changes(options.root, names, found, copy)
        tried = build(dataclasses.replace(options, root=copy, output=copy / "output"))
    if tried.failed:
        print("\n".join(report.format_problems(select_errors(tried.problems))), file=sys.stderr)
        print(
            "Sans ce nom, le site ne se construirait plus : corrigez d'abord ces endroits. "
            "Rien n'a été écrit.",
            file=sys.stderr,
        )
    return not tried.failed


def _ask() -> bool:
    if not sys.stdin.isatty():
        print("Pour écrire ces changements sans question : ajoutez --oui.", file=sys.stderr)
        return False
    return input("Écrire ces changements ? (oui/non) ").strip().casefold() in {"oui", "o"}


def _explain_rest(name: str, found: Erasure) -> Iterator[str]:
    """Yield the steps that remain: the history of git, and what no command reaches."""
    moved = [(one.path, one.new_path) for one in found.changes if one.path != one.new_path]
    renames = "".join(f" --path-rename {shlex.quote(f'{old}:{new}')}" for old, new in moved)
    yield "C'est écrit."
    if any(new.endswith(".md") for _, new in moved):
        yield "Une fiche renommée a changé d'adresse ; l'ancienne ne répond plus."
    yield "Reste l'historique de git, où l'ancien texte se lit encore :"
    yield "  1. git add -A && git commit -m 'Un passage retiré'"
    yield f'  2. {PROGRAM} effacer "{name}" --historique > ../versions.txt'
    yield "  3. git clone --no-local . ../propre && cd ../propre"
    yield f"  4. git filter-repo --strip-blobs-with-ids ../versions.txt{renames}"
    yield f"  5. git log --all --format=%B | grep -i '{name.rsplit(maxsplit=1)[-1]}'"
    yield "     Si un message nomme la personne : git filter-repo --force --replace-message MOTS,"
    yield "     où MOTS est un fichier hors du dossier, avec la ligne : le nom==>[retiré]"
    yield "  6. git remote add origin ADRESSE && git push --force --all && git push --force --tags"
    yield "  7. effacez ../versions.txt, ce dossier-ci, et les copies que d'autres en ont."
    yield "Ce que cela n'atteint pas : les courriels déjà reçus, les copies (clones, forks) faites"
    yield "par d'autres, les demandes de fusion et les caches de la forge (écrivez à son service"
    yield "d'aide), les moteurs de recherche et les archives du web, et votre envoi de lettres."


def _print_history(root: Path, eraser: Eraser) -> int:
    """Print the identifiers of the former versions of files that hold the name, for git."""
    from maille.erasure.history import find_blobs

    try:
        found = [*find_blobs(root, eraser)]
    except subprocess.CalledProcessError:
        print("Ce dossier n'a pas d'historique git.", file=sys.stderr)
        return USAGE
    print("\n".join(found))
    print(f"{len(found)} anciennes versions de fichiers portent ce nom.", file=sys.stderr)
    return GOOD
