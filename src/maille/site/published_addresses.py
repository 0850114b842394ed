"""`/adresses.txt`: the addresses of the site, which the next build compares with its own.

One line per entry: its address, a tab, its file. Then one line, without a file, per page that the
engine generates below another page: territories, terms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from maille.content.documents import SourceFile
from maille.problems import Problem
from maille.schema.kind import Entry
from maille.site.addresses import FILE, find_key
from maille.site.model import Site
from maille.text.dates import format_date
from maille.text.patterns import compile_late

LIST = "/adresses.txt"
_LINE = compile_late(r"(/(?:[^\s/]+/)+)(?:\t(\S.*))?")


def read_list(source: SourceFile | None) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Return the file of each address of a published list, "" for a page without a file.

    There are no addresses if `source` is None. If a line has another form, the whole list is
    ignored, and one problem is returned.
    """
    lines = source.data.decode("utf-8", "replace").splitlines() if source else []
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        read = _LINE.fullmatch(line.rstrip())
        if read:
            found[read[1]] = read[2] or ""
        elif line.strip() and source:
            message = "cette ligne n'est pas celle d'une liste d'adresses publiée par ce site"
            hint = f"donnez à --publie le fichier {LIST[1:]} du site en ligne, ou effacez celui-ci"
            return {}, (Problem(source.path, message, hint, line=number),)
    return found, ()


def format_list(addresses: Mapping[str, str]) -> bytes:
    """Return the bytes of a list: addresses with a file, then addresses without, both sorted."""
    ranked = sorted(addresses.items(), key=lambda pair: (not pair[1], pair[0]))
    return "".join(f"{address}\t{path}".rstrip() + "\n" for address, path in ranked).encode()


def list_entry_addresses(site: Site) -> Mapping[str, str]:
    """Return the file of each published entry whose address must not be lost, by address.

    Examples are left out, since they may disappear; so are entries that only `--brouillons` shows.
    """
    return {
        site.address(entry): entry.path
        for entry in site.list_real(Entry)
        if site.kind(entry.kind_name).prefix
        and not entry.shared_page
        and not _is_hidden(site, entry)
    }


def list_addresses(site: Site, pages: Collection[str]) -> Mapping[str, str]:
    """Return the file of each address in the list of this site, "" for a page without a file.

    `pages` are the addresses of its pages. The addresses of the last list that are redirected
    automatically (`find_moved`) stay in the list, since they must work for ever.
    """
    entries = list_entry_addresses(site)
    every = {site.address(one) for one in site.list_entries(Entry)} | site.addresses.lines.keys()
    above = {one: find_parent(one, pages) for one in pages if one not in every}
    derived = [one for one, parent in above.items() if parent not in {"", "/"}]
    kept = {old: site.addresses.published[old] for old in find_moved(site, pages)}
    return {**kept, **dict.fromkeys(derived, ""), **entries}


def find_moved(site: Site, pages: Collection[str]) -> Mapping[str, str]:
    """Return, by lost address, the redirects that need no line in `content/adresses.toml`.

    The target is the present address of the same file: for example, the year of a webinar was
    corrected. For a page without a file, the target is the nearest page above.
    """
    present = {path: address for address, path in list_entry_addresses(site).items()}
    lost = {one: path for one, path in site.addresses.published.items() if one not in pages}
    targets = {
        one: present.get(path, "") if path else find_parent(one, pages)
        for one, path in lost.items()
        if one not in site.addresses.lines
    }
    return {old: new for old, new in targets.items() if new}


def find_parent(address: str, pages: Collection[str]) -> str:
    """Return the nearest of `pages` above an address, or "" if there is none."""
    while address.count("/") > 1:
        address = f"{address.rstrip('/').rpartition('/')[0]}/"
        if address in pages:
            return address
    return ""


def find_lost(site: Site, pages: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each published address that has neither a page nor a redirect now.

    Only pages with a file are reported. The page of an invalid file is not, since the file has
    problems of its own.
    """
    entries = list_entry_addresses(site)
    held = {one.path for one in site.held}
    waiting = {
        site.address(one): one
        for one in site.list_examined()
        if one.path in held or _is_hidden(site, one)
    }
    moved = find_moved(site, pages)
    for address, path in site.addresses.published.items():
        answers = address in entries or (address in pages and address not in waiting)
        told = address in site.addresses.lines or find_key(address, site.kinds) in site.faulty
        if not path or answers or told or address in moved:
            continue
        if entry := waiting.get(address):
            yield _explain_waiting(site, entry, address)
        else:
            message = f"{path} n'est plus là, et sa page {address} a été publiée"
            yield Problem(FILE, message, key=address, target=address)


def _is_hidden(site: Site, entry: Entry) -> bool:
    """Return whether only `--brouillons` shows an entry."""
    return entry.draft or (entry.held_until is not None and entry.held_until > site.today)


def _explain_waiting(site: Site, entry: Entry, address: str) -> Problem:
    """Return the problem of a published page whose file now waits."""
    line = f'{FILE} la ligne "{address}" = {{parti_le = {site.today}}}'
    if entry.draft:
        message = f"{entry.path} est un brouillon, et sa page {address} a été publiée"
        hint = f"effacez sa ligne brouillon: oui ; pour retirer la page, ajoutez à {line}"
    elif entry.held_until and entry.held_until > site.today:
        day = format_date(entry.held_until)
        message = f"{entry.path} ne paraît que le {day}, et sa page {address} a été publiée"
        hint = "remettez son publie_le d'avant"
    else:
        reasons = {one.path: one.reason for one in site.held}
        message = f"{entry.path} attend ({reasons[entry.path]}), et sa page {address} a été publiée"
        hint = f"relisez son texte et ses clés ; pour retirer la page, ajoutez à {line}"
    return Problem(FILE, message, hint, key=address)
