"""The command `effacer`: black out a person's name in every file, at that person's request."""

from __future__ import annotations

import dataclasses
import itertools
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from maille.cli.arguments import CONTENT, GOOD, PROGRAM, USAGE, Arguments
from maille.cli.trial import ask, copy_site

if TYPE_CHECKING:
    from maille.erasure.tree import Erasure
    from maille.erasure.words import Eraser
    from maille.pipeline import Options
    from maille.publish.report import Report
    from maille.site.model import Site

SHOWN = 40  # how many places that may name the person are listed; the rest are only counted


def erase(
    arguments: Arguments, site: Site, options: Options, build: Callable[[Options], Report]
) -> int:
    """Black out a name in the files of the site and publish them again; return the exit code.

    The command prints the changes, and asks before writing unless `--oui` is given. Nothing is
    written if the changed site cannot be built.
    """
    from maille.cache.store import open_stores
    from maille.content.file_changes import write_changes
    from maille.erasure.tree import holds_name, plan_erasure
    from maille.erasure.words import LEAST, Eraser

    eraser = Eraser(arguments.name, site.today, site.published_at)
    if sum(map(len, eraser.words)) < LEAST:
        print(f"« {arguments.name} » est trop court : écrivez le nom entier.", file=sys.stderr)
        return USAGE
    if arguments.history:
        return _print_history(options, eraser)
    found = plan_erasure(options.root, options.output, eraser)
    stale = options.output.exists() and holds_name(options.output, found.eraser)
    print("\n".join(_describe(found)))
    if not found.changes and not stale:
        if _is_in_history(options.root, found.eraser):
            print("\n".join(_explain_rest(options.root, found)))
        return _choose_code(found)
    if stale:
        print(f"  {options.output} : le nom y est ; le site y sera reconstruit")
    if not _try_changes(site, options, found, build):
        return CONTENT
    if not arguments.yes and not ask("Écrire ces changements ?"):
        print("Rien n'a été écrit.", file=sys.stderr)
        return USAGE
    write_changes(options.root, found.changes)
    # The stores of earlier builds still have the former texts.
    open_stores(options.cache, options.root / "templates").forget_all()
    if options.output.exists():
        build(dataclasses.replace(options, publish=True))
    print("C'est écrit.")
    if any(one.new_path != one.path and one.path.endswith(".md") for one in found.changes):
        print("Une fiche renommée a changé d'adresse ; l'ancienne ne répond plus. La prochaine")
        print("publication la dira perdue : lancez-la à la main, une fois, sans comparer")
        print("(sans_comparer sur GitHub, SANS_COMPARER=oui sur GitLab).")
    print("\n".join(_explain_rest(options.root, found)))
    return _choose_code(found)


def _choose_code(found: Erasure) -> int:
    return CONTENT if found.left or found.near else GOOD


def _describe(found: Erasure) -> Iterator[str]:
    """Yield the lines that list the changed files, then the files that an editor must open."""
    yield _describe_outcome(found)
    told: set[str] = set()
    for change in found.changes:
        if change.data is None:
            yield f"  {change.path} : retiré (un PDF ne se noircit pas sûrement)"
        elif change.new_path != change.path:
            yield f"  {change.path} : {change.count} fois, et renommé {change.new_path}"
        elif change.count:
            yield f"  {change.path} : {change.count} fois"
        else:
            yield f"  {change.path} : mis d'accord (sceau, ou nom d'un autre fichier)"
        new = [words for words in dict.fromkeys(change.passages) if words not in told]
        told.update(new)
        yield from (f"      {words}" for words in new)
    for path in found.left:
        yield f"  À ôter vous-même : {path} (le nom y est, et ce fichier ne se change pas d'ici)"
    for path in found.unread:
        yield f"  À ouvrir vous-même : {path} (ce que montre ce fichier ne se lit pas d'ici)"
    if found.near:
        yield from _describe_near(found)


def _describe_outcome(found: Erasure) -> str:
    """Return the first line of the report: what replaces the name, or that it was not found."""
    name = f"« {found.eraser.name} »"
    if found.changes:
        return f"À la place de {name} : {found.eraser.marker}"
    if found.left:
        return f"{name} n'est que dans des fichiers qui ne se changent pas d'ici :"
    if found.near:
        return f"{name} n'est écrit en entier nulle part ; la personne est peut-être nommée là :"
    if found.unread:
        return f"{name} n'est écrit dans aucun des fichiers qui se lisent d'ici."
    return f"{name} n'est écrit dans aucun fichier du site."


def _describe_near(found: Erasure) -> Iterator[str]:
    """Yield the lines of places that may name the person, and what to type if they do."""
    yield "  À relire : un nom de famille sans son prénom, un nom plus long, une adresse abrégée."
    yield "  Si c'est une autre personne, laissez : ce sera redit. Si c'est elle, tapez la ligne"
    yield "  qui suit « → » (une lettre scellée ne se corrige pas autrement)."
    told: set[str] = set()
    for one in found.near[:SHOWN]:
        line = f":{one.line} : {one.words}" if one.line else " (le nom du fichier)"
        yield f"  À relire : {one.path}{line}"
        if one.typed not in told:
            yield f"      → {PROGRAM} effacer {_quote(one.typed)}"
            told.add(one.typed)
    if len(found.near) > SHOWN:
        yield f"  À relire : {len(found.near) - SHOWN} autres endroits"


def _quote(words: str) -> str:
    """Return words in double quotes.

    If a character keeps its meaning between double quotes, quote them for a Unix shell instead.
    """
    return f'"{words}"' if not re.search(r'["$`\\!%]', words) else shlex.quote(words)


def _try_changes(
    site: Site, options: Options, found: Erasure, build: Callable[[Options], Report]
) -> bool:
    """Return whether the site can be built once changed; print the problems if it cannot."""
    from maille.cli import report
    from maille.content.file_changes import apply_changes
    from maille.problems import select_errors

    with copy_site(site, options.root) as copy:
        apply_changes(copy, found.changes)
        tried = build(dataclasses.replace(options, root=copy, output=copy / "output"))
    if tried.failed:
        print("\n".join(report.format_problems(select_errors(tried.problems))), file=sys.stderr)
        print(
            "Sans ce nom, le site ne se construirait plus : corrigez d'abord ces endroits. "
            "Rien n'a été écrit.",
            file=sys.stderr,
        )
    return not tried.failed


def _is_in_history(root: Path, eraser: Eraser) -> bool:
    """Return whether the name is in git's history: a former file, a path or a commit message."""
    from maille.erasure.history import find_blobs, find_messages, find_paths

    try:
        return any(
            itertools.chain(
                find_messages(root, eraser),
                find_paths(root, eraser),
                find_blobs(root, eraser),
            )
        )
    except (OSError, subprocess.CalledProcessError):
        return False


def _list_renames(root: Path, found: Erasure) -> dict[str, str] | None:
    """Return the new path of each path that has the name, now or in git's history.

    Return None without git.
    """
    from maille.erasure.history import find_paths

    today = {one.path: one.new_path for one in found.changes if one.path != one.new_path}
    try:
        return find_paths(root, found.eraser, today)
    except (OSError, subprocess.CalledProcessError):
        return None


def _explain_rest(root: Path, found: Erasure) -> Iterator[str]:
    """Yield the steps that remain: the history of git, and the copies that no command can reach."""
    moved = _list_renames(root, found)
    if moved is None:
        yield "Ce dossier n'a pas d'historique git : rien d'autre à y ôter."
    else:
        yield from _explain_history(found.eraser.name, moved)
    yield "Ce que cela n'atteint pas : les courriels déjà reçus, les copies (clones, forks) faites"
    yield "par d'autres, les demandes de fusion et les caches de la forge (écrivez à son service"
    yield "d'aide), les moteurs de recherche et les archives du web, et votre envoi de lettres."


def _explain_history(name: str, moved: dict[str, str]) -> Iterator[str]:
    renames = "".join(f" --path-rename {shlex.quote(f'{old}:{new}')}" for old, new in moved.items())
    command = f'{PROGRAM} effacer "{name}" --historique'
    yield "Reste l'historique de git, où l'ancien texte se lit encore :"
    yield "  1. git add -A && git commit -m 'Un passage retiré'"
    yield f"  2. {command} > ../versions.txt"
    yield "  3. git clone --no-local . ../propre && cd ../propre"
    yield f"  4. git filter-repo --strip-blobs-with-ids ../versions.txt{renames}"
    yield f"  5. {command} > ../reste.txt : si un message nomme encore la personne,"
    yield "     git filter-repo --force --replace-message MOTS, où MOTS est un fichier hors du"
    yield "     dossier, avec les lignes que la commande donne"
    yield "  6. git remote add origin ADRESSE && git push --force --all && git push --force --tags"
    yield "  7. effacez ../versions.txt, ../reste.txt, MOTS, ce dossier-ci, et les copies que"
    yield "     d'autres en ont."


def _print_history(options: Options, eraser: Eraser) -> int:
    """Print the identifiers, in git, of the former versions of files that contain the name.

    Print on standard error the former paths with the name, the commits whose messages contain it,
    and the lines with which git filter-repo replaces it in messages.
    """
    from maille.erasure.history import find_blobs, find_messages, find_paths
    from maille.erasure.tree import know_others

    eraser = know_others(options.root, options.output, eraser)
    try:
        found = [*find_blobs(options.root, eraser)]
        paths = find_paths(options.root, eraser)
        messages = find_messages(options.root, eraser)
    except subprocess.CalledProcessError:
        print("Ce dossier n'a pas d'historique git.", file=sys.stderr)
        return USAGE
    print("\n".join(found))
    lines = [f"{len(found)} anciennes versions de fichiers portent ce nom."]
    lines += [f"Un ancien fichier porte ce nom : {path}" for path in paths]
    lines += [f"Le message {commit} porte ce nom." for commit in messages]
    lines += [
        _format_replacement(words) for words in sorted({*itertools.chain(*messages.values())})
    ]
    print("\n".join(lines), file=sys.stderr)
    return GOOD


def _format_replacement(words: str) -> str:
    """Return the line that makes git filter-repo replace these words in messages."""
    if "\n" not in words:
        return f"{words}==>[retiré]"
    pattern = r"\s+".join(map(re.escape, words.split()))
    return f"regex:{pattern}==>[retiré]"
