"""The command `corriger`: turn a message that proposes a correction into an edit of its file."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from maille.cli.arguments import CONTENT, GOOD, PROGRAM, USAGE, Arguments
from maille.cli.trial import ask, copy_site, show_difference
from maille.problems import ContentError, select_errors

if TYPE_CHECKING:
    from maille.cli.correction_plan import CorrectionPlan
    from maille.cli.correction_text import Proposal
    from maille.pipeline import Options
    from maille.publish.report import Report
    from maille.schema.kind import Kind
    from maille.site.model import Site

NOTHING = "Rien n'a été écrit."


def correct(
    arguments: Arguments, site: Site, options: Options, build: Callable[[Options], Report]
) -> int:
    """Apply the correction that a message proposes; return the exit code.

    The changes are shown, tried on a copy and, unless `--oui` is given, confirmed by the editor.
    Nothing is written if the message cannot be applied, or if the changed site has an error.
    """
    from maille.cli.correction_plan import find_kind, locate_file, plan_correction
    from maille.cli.correction_text import read_message, read_proposal

    if arguments.file != "-" and not Path(arguments.file).is_file():
        print(f"« {arguments.file} » n'est pas un fichier : donnez le message.", file=sys.stderr)
        return USAGE
    data = sys.stdin.buffer.read() if arguments.file == "-" else Path(arguments.file).read_bytes()
    entries = {entry.path: entry for entry in site.list_examined()}
    try:
        kinds = [kind for kind in site.kinds if not kind.is_vocabulary]
        pages = {site.address(one): path for path, one in entries.items()}
        proposal = locate_file(read_proposal(read_message(data)), kinds, pages)
        kind = find_kind(proposal, kinds, [path for path in entries if path.endswith(".md")])
    except ContentError as error:
        return _refuse([error])
    path = options.root / proposal.path
    if proposal.is_new and path.exists():
        return _refuse([ContentError(f"« {proposal.path} » existe déjà", "prenez un autre nom")])
    before = b"" if proposal.is_new else path.read_bytes()
    values = {} if proposal.is_new else entries[proposal.path].document.front_matter
    plan = plan_correction(proposal, kind, before, values, site.today)
    if plan.faults:
        return _refuse(plan.faults)
    after = _verify(arguments, plan.data, kind, site)
    _print_lines(_describe(proposal, plan, before, after))
    if after == before:
        _print_lines(_explain_rest(proposal, kind, site, verified=arguments.verified))
        return GOOD
    if not _try(site, options, build, proposal.path, after):
        return CONTENT
    if not arguments.yes and not ask("Écrire cette correction ?"):
        print(NOTHING, file=sys.stderr)
        return USAGE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(after)
    print(f"C'est écrit : {proposal.path}")
    _print_lines(_explain_rest(proposal, kind, site, verified=arguments.verified))
    return GOOD


def _refuse(faults: list[ContentError]) -> int:
    from maille.cli.report import escape_unseen

    for fault in faults:
        print(escape_unseen(f"Dans le message : {fault.message}"), file=sys.stderr)
        if fault.hint:
            print(escape_unseen(f"    → {fault.hint}"), file=sys.stderr)
    print(NOTHING, file=sys.stderr)
    return CONTENT


def _print_lines(lines: Iterator[str]) -> None:
    from maille.cli.report import escape_unseen

    for line in lines:
        print(escape_unseen(line))


def _verify(arguments: Arguments, data: bytes, kind: Kind, site: Site) -> bytes:
    """Return `data`, marked as verified today if `--verifiee` was given.

    Return it unchanged for a kind without the key `verifie_le`.
    """
    from maille.cli.correction_plan import VERIFIED, add_verification

    asked = arguments.verified and VERIFIED in kind.keys
    return add_verification(data, kind, site.today) if asked else data


def _describe(
    proposal: Proposal, plan: CorrectionPlan, before: bytes, after: bytes
) -> Iterator[str]:
    """Yield lines for the editor: what changes in the file, and what the file has already."""
    yield f"{proposal.path}{' (nouvelle fiche)' if proposal.is_new else ''}"
    yield from (f"  {line}" for line in show_difference(before, after))
    yield from (f"  Rien à faire pour {words}." for words in plan.done)
    if before == after:
        yield "Rien ne change dans ce fichier."


def _try(
    site: Site, options: Options, build: Callable[[Options], Report], path: str, after: bytes
) -> bool:
    """Return whether the site has no error if `after` is written to `path`; print the problems."""
    from maille.cli import report

    with copy_site(site, options.root) as copy:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_bytes(after)
        tried = build(dataclasses.replace(options, root=copy, output=copy / "output"))
    errors = select_errors(tried.problems)
    if errors:
        print("Avec cette correction, le site ne se construirait plus :", file=sys.stderr)
        print("\n".join(report.format_problems(errors)), file=sys.stderr)
        print(f"Corrigez ces mots dans le message, et recommencez. {NOTHING}", file=sys.stderr)
        return False
    told = [one for one in tried.problems if one.path == path]
    print(
        "\n".join(
            [
                "Vérifié : avec cette correction, le site se construit.",
                *report.format_problems(told),
            ]
        )
    )
    return True


def _explain_rest(proposal: Proposal, kind: Kind, site: Site, *, verified: bool) -> Iterator[str]:
    """Yield the lines that tell the editor what remains to be done by hand."""
    from maille.cli.correction_plan import VERIFIED

    if proposal.source:
        yield f"D'où vient l'information : {proposal.source}"
        yield "  Lisez cette source avant de publier ; sans elle, annulez la correction."
    if proposal.remark:
        yield f"À faire à la main : {proposal.remark}"
    if proposal.by_structure and VERIFIED in kind.keys and not verified:
        yield "La structure dit écrire elle-même. Si son adresse le montre et qu'elle a relu toute"
        yield f"  la fiche, notez-le : {PROGRAM} corriger … --verifiee ({VERIFIED}: {site.today})"
    yield "Puis publiez, et répondez à la personne (docs/recevoir-une-correction.md)."
