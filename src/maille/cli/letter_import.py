"""The option `--depuis` of `nouveau lettre`: a draft made from the letter of another tool."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from maille.cli.arguments import GOOD, USAGE, Arguments

if TYPE_CHECKING:
    from maille.imports.letter_draft import LetterImport
    from maille.site.model import Site

INSTALL = 'Reprendre une lettre demande un lecteur de HTML : pip install "maille[tableur]"'
SHOWN = 60  # a removed text is shown up to this many characters


def import_letter(arguments: Arguments, site: Site) -> int:
    """Write the draft of a letter made from `arguments.source`, and print what is to be checked.

    Return the exit code. Raises ContentError when the name or the source cannot be used, and
    FileExistsError when the letter exists: it is left as it is.
    """
    if not find_spec("markdownify"):
        print(INSTALL, file=sys.stderr)
        return USAGE
    from maille.imports import letter_draft
    from maille.kinds.projet import Projet
    from maille.letters.draft import list_first_keys, write_letter
    from maille.site.letter_lists import choose_list
    from maille.text.letter_names import read_letter_name

    source, named = Path(arguments.source), read_letter_name(arguments.letter)
    if not source.is_file():
        print(f"« {source} » n'est pas un fichier : donnez la lettre.", file=sys.stderr)
        return USAGE
    projects = site.list_real(Projet)
    names = {name: project.name for project in reversed(projects) for name in project.names}
    header = list_first_keys(named.period, choose_list(site.lists, named))
    usual = site.config.usual_headings
    made = letter_draft.import_letter(source.name, source.read_bytes(), header, names, usual)
    path = write_letter(arguments.root, site, named, made.text)
    print("\n".join(describe_import(made, path, arguments.letter)))
    return GOOD


def describe_import(made: LetterImport, path: str, letter: str) -> Iterator[str]:
    """Yield the lines of the report: what was recognised, what was not, what is to be checked."""
    yield f"{path} est écrite, en brouillon."
    if made.projects:
        yield f"Projets reconnus ({len(made.projects)}) : {', '.join(made.projects)}."
    for title, name in made.renamed.items():
        yield f"  « {title} » s'écrit {name}"
    if made.others:
        yield f"Titres sans projet ({len(made.others)}), mis sous « rubriques » :"
        for title, near in made.others.items():
            yield f"  « {title} »{f' : est-ce {near} ? Écrivez alors ## {near}' if near else ''}"
    yield from _list_items("Titres sans texte, laissés de côté", made.empty)
    yield from _list_items("Textes de l'outil d'envoi, laissés de côté", made.removed)
    words = "Liens dont l'adresse n'est pas entière, dont il ne reste que le texte"
    yield from _list_items(words, made.unlinked)
    if made.pixels:
        yield f"Images invisibles, laissées de côté : {made.pixels}."
    if made.cleaned:
        yield f"Liens débarrassés de ce qui suit les lecteurs : {made.cleaned}."
    if made.to_check:
        yield f"À regarder ({len(made.to_check)}) :"
        for line, what in made.to_check:
            yield f"  {path}:{line} : {what}"
    yield "Une lettre d'abord publiée par d'autres dit son « origine » (newsletters/README.md)."
    yield f"Relisez-la : python build.py relire {letter}"


def _list_items(words: str, items: Iterable[str]) -> Iterator[str]:
    every = [one if len(one) <= SHOWN else f"{one[:SHOWN]}…" for one in items]
    if every:
        yield f"{words} ({len(every)}) :"
        yield from (f"  {one}" for one in every)
