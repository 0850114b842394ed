"""The commands for one letter: prepare, proofread, make the mail, seal.

Each prints its report and returns the exit code.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from maille.cli.arguments import CONTENT, GOOD, USAGE, Arguments
from maille.cli.letter_import import import_letter

if TYPE_CHECKING:
    from maille.kinds.newsletter import Newsletter
    from maille.letters.outbox import Parcel
    from maille.problems import Problem
    from maille.site.model import Site


def write_new_letter(arguments: Arguments, site: Site) -> int:
    """Write the file of a letter, to fill in or made from a source; return the exit code.

    An existing file is left as it is.
    """
    from maille.kinds.newsletter import Newsletter
    from maille.letters.draft import write_draft
    from maille.problems import ContentError
    from maille.text.letter_names import read_letter_name

    if Newsletter.kind_name not in site.entries:
        _find_letter(arguments.letter, site)  # prints that the site has no letters
        return USAGE
    try:
        if arguments.source:
            return import_letter(arguments, site)
        path = write_draft(arguments.root, site, read_letter_name(arguments.letter))
    except ContentError as error:
        print(f"{error.message} : {error.hint}.", file=sys.stderr)
        return USAGE
    except FileExistsError as error:
        print(f"« {error.filename} » existe déjà : rien n'a été touché.", file=sys.stderr)
        return USAGE
    print(f"{path} est prête à remplir : ouvrez-la, et suivez les notes sous chaque titre.")
    return GOOD


def proofread(arguments: Arguments, site: Site, problems: tuple[Problem, ...]) -> int:
    """Print the problems of one letter, even when other files have errors."""
    from maille.cli import report
    from maille.letters.outbox import compose
    from maille.letters.proofread import proofread_letter
    from maille.problems import select_errors, sort_problems

    name = arguments.letter
    own = tuple(one for one in problems if one.path.endswith(f"/{name}.md"))
    letter = None if own and not site.find("newsletter", name) else _find_letter(name, site)
    if letter is None and not own:
        return USAGE
    found = (*own, *(proofread_letter(site, letter) if letter else ()))
    made = compose(arguments.root, site, letter) if letter and not select_errors(own) else None
    told = (*sort_problems(found), *(made.for_writers if made else ()))
    print("\n".join(report.format_problems(told)) or "Rien à redire.")
    if elsewhere := len(select_errors(problems)) - len(select_errors(own)):
        print(f"Ailleurs, il y a aussi à corriger ({elsewhere}) : python build.py verifier")
    if made:
        _print_sizes(made)
    return GOOD if made and not made.failed else CONTENT


def write_mail(arguments: Arguments, site: Site) -> int:
    """Put the mail of a letter in `envois/`."""
    from maille.letters.outbox import compose_and_write

    letter = _find_letter(arguments.letter, site, " : ajoutez --brouillons pour l'essayer")
    if letter is None:
        return USAGE
    made = compose_and_write(
        arguments.root, site, letter, with_pdf=arguments.pdf, as_draft=arguments.as_draft
    )
    done = f"Le courriel est dans {made.folder}/ ; rien n'a été envoyé."
    return _report_mail(made, done)


def seal(arguments: Arguments, site: Site) -> int:
    """Archive a letter exactly as it is sent."""
    from maille.letters import seal

    letter = _find_letter(arguments.letter, site, " : elle se scelle le jour de publie_le")
    if letter is None:
        return USAGE
    kept = seal.seal(arguments.root, site, letter, with_pdf=arguments.pdf)
    done = (
        f"Lettre scellée : gardez {kept.folder}/ avec vos fichiers (git add, git commit).\n"
        f"Son courriel est aussi dans envois/{letter.slug}/, prêt à partir."
    )
    return _report_mail(kept, done)


def _report_mail(mail: Parcel, done: str) -> int:
    """Print the problems of a mail, and return the exit code.

    Unless the mail failed, also print `done`, the subject of each message, and the sizes of files.
    """
    from maille.cli import report
    from maille.formats.email_message import read_subject

    if mail.problems:
        print("\n".join(report.format_problems(mail.problems)), file=sys.stderr)
    if mail.failed:
        return CONTENT
    print(done)
    for name, data in mail.files.items():
        if name.endswith(".eml"):
            print(f"Objet : {read_subject(data)}")
    _print_sizes(mail)
    return GOOD


def _print_sizes(mail: Parcel) -> None:
    for name, data in mail.files.items():
        print(f"  {name:<28}{len(data) / 1000:>8.1f} ko")


def _find_letter(name: str, site: Site, hint: str = "") -> Newsletter | None:
    """Return the letter of this name. If there is no such letter, print why and return None.

    `hint` is added to the reason when the letter exists but is not published yet.
    """
    from maille.kinds.newsletter import Newsletter

    if Newsletter.kind_name not in site.entries:
        print("Ce site n'a pas de lettres (KINDS, dans build.py).", file=sys.stderr)
        return None
    letter = site.find(Newsletter.kind_name, name)
    if isinstance(letter, Newsletter):
        return letter
    path = f"{site.kind(Newsletter.kind_name).folder}/{name}.md"
    held = next((one for one in site.held if one.path.endswith(f"/{name}.md")), None)
    why = f"{held.path} attend ({held.reason}){hint}." if held else ""
    print(why or f"Il n'y a pas de lettre {path}.", file=sys.stderr)
    return None
