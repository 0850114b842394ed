"""Find the downloadable documents that entries name, in a key or as the target of a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from maille.content.documents import BodyLink, KeyPath
from maille.content.downloads import ADDRESS, FOLDER, Downloads, suggest_name
from maille.problems import Problem
from maille.schema.fields import DownloadName
from maille.schema.kind import Entry, list_references
from maille.text.suggestions import find_nearest, quote_choices


def list_downloads(entry: Entry) -> Iterator[tuple[KeyPath | BodyLink, str]]:
    """Yield where an entry names a document (the path of a key, or a link) and its address."""
    for path, role, value in list_references(entry):
        if isinstance(role, DownloadName):
            yield path, ADDRESS + value
    for link in entry.body.links:
        address = link.target.partition("#")[0].partition("?")[0]
        if address.startswith(ADDRESS):
            yield link, address


def index_downloads(entries: Iterable[Entry]) -> Mapping[str, frozenset[str]]:
    """Return, by address of document, the paths of the entries that name the document."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        for _, address in list_downloads(entry):
            found.setdefault(address, set()).add(entry.path)
    return {address: frozenset(paths) for address, paths in found.items()}


def check_named_downloads(entries: Iterable[Entry], downloads: Downloads) -> Iterator[Problem]:
    """Yield a problem for each name of a document that is not in the folder of documents.

    Names of refused documents are left out: those files have their own problem.
    """
    accepted = downloads.accepted.keys()
    for entry in entries:
        for where, address in list_downloads(entry):
            if address in accepted or address in downloads.refused:
                continue
            message = f"le document « {address.removeprefix(ADDRESS)} » n'est pas dans {FOLDER}/"
            hint = _suggest(address, accepted, is_link=isinstance(where, BodyLink))
            if isinstance(where, BodyLink):
                yield entry.document.make_body_problem(where, message, hint)
            else:
                yield entry.document.make_problem(where, message, hint)


def _suggest(address: str, known: AbstractSet[str], *, is_link: bool) -> str:
    """Return the hint for a missing document.

    If the right form of the address is `known`, the hint proposes it. Otherwise, it proposes
    similar `known` addresses, if any, and what else to do. `is_link` is whether a link names the
    document, not a key.
    """
    right = ADDRESS + suggest_name(address)
    close = [right] if right in known else find_nearest(address, known)
    gone = "gardez le texte de ce lien sans son adresse" if is_link else "effacez cette ligne"
    otherwise = f"mettez ce fichier dans {FOLDER}/, ou {gone}"
    if not close:
        return otherwise
    words = close if is_link else [one.removeprefix(ADDRESS) for one in close]
    meant = f"vouliez-vous dire {quote_choices(words)} ?"
    return meant if close == [right] else f"{meant} Sinon, {otherwise}"
