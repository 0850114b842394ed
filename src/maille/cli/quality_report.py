"""`verifier --rapport`: what editors still have to do on the records, in French.

The messages to send to organisations go to a table, for a spreadsheet or a mail merge.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from maille.cli.import_state import FOLDER
from maille.formats.csv_cells import encode_lines, escape_formula, format_line
from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.text.counted import say_count
from maille.text.dates import format_date
from maille.text.names import join_names
from maille.views.quality import Gaps, Request, list_gaps, list_requests

REQUESTS_FILE = f"{FOLDER}/relectures.csv"
# A word, a contact or a commune shared by more records than this is no reason to compare them.
COMMON = 50
INSTALL = "pip install maille[tableur]"


@dataclass(frozen=True, slots=True)
class Twins:
    """Two records that may be the same organisation, and the reasons to think so."""

    one: Catalyser
    other: Catalyser
    reasons: tuple[str, ...]


def format_quality(site: Site) -> Iterator[str]:
    """Yield the lines of the report on the records that are published, without the examples."""
    gaps = tuple(list_gaps(site))
    yield f"Rapport du {format_date(site.today)} sur {gaps[0].count} fiches, exemples non compris."
    yield from _format_gaps(gaps[0], by_name=False)
    for one in gaps[1:]:
        yield from _format_gaps(one, by_name=True)
    yield from _format_twins(site)
    yield from _format_requests(site, tuple(list_requests(site)))


def _format_gaps(gaps: Gaps, *, by_name: bool) -> Iterator[str]:
    yield ""
    yield f"{gaps.territory} ({gaps.count} fiche{'s' if gaps.count > 1 else ''})"
    if not gaps.faults:
        yield "  rien ne manque"
    for fault, entries in gaps.faults.items():
        names = ", ".join(entry.slug for entry in entries) if by_name else str(len(entries))
        yield f"  {fault} : {names}"


def list_twins(site: Site) -> Iterator[Twins]:
    """Yield the pairs of real records that may be the same organisation.

    Two records are compared only if they share a word of their names, a contact or a commune, and
    if at most `COMMON` records share it. Raises ModuleNotFoundError without the extra `tableur`.
    """
    from maille.imports.likeness import NEAR, compare, identify

    entries = site.list_real(Catalyser)
    found = []
    shared: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        place = site.place(entry)
        where = {"commune": place.commune, "departement": place.department}
        found.append(identify({**entry.document.front_matter, **where}))
        names = itertools.chain(found[-1].words, *found[-1].aliases)
        for mark in {*names, *found[-1].contacts, found[-1].commune} - {""}:
            shared[mark].append(number)
    rare = (some for some in shared.values() if len(some) <= COMMON)
    pairs = {pair for some in rare for pair in itertools.combinations(some, 2)}
    for one, other in sorted(pairs):
        likeness = compare(found[one], found[other])
        if likeness.score >= NEAR:
            yield Twins(entries[one], entries[other], likeness.reasons)


def _format_twins(site: Site) -> Iterator[str]:
    yield ""
    yield "Peut-être deux fois la même"
    try:
        twins = tuple(list_twins(site))
    except ModuleNotFoundError:
        yield f"  non cherché : installez d'abord ce qu'il faut ({INSTALL})"
        return
    for pair in twins:
        yield f"  {pair.one.path} et {pair.other.path} : {join_names(pair.reasons)}"
    if not twins:
        yield "  aucune"


def _format_requests(site: Site, requests: tuple[Request, ...]) -> Iterator[str]:
    yield ""
    yield "À envoyer aux structures, une fois par an au plus"
    later = len(site.list_real(Catalyser)) - len(requests)
    if later:
        yield f"  {later} ont relu leur page, ou en ont été priées, il y a moins d'un an."
    if site.config.is_demonstration and requests:
        yield "  Ce site est une démonstration : n'envoyez rien avant de l'ouvrir."
    if requests:
        unknown = sum(not one.recipient for one in requests)
        without = f", dont {unknown} sans contact connu" if unknown else ""
        yield f"  {say_count(len(requests), 'message')}{without} : {REQUESTS_FILE}"
        yield (
            f"  Une fois le message parti, ajoutez à la fiche : relecture_demandee_le: {site.today}"
        )


def write_requests(site: Site) -> bytes:
    """Return the requests to send, as a CSV: a line for each organisation to ask for a review."""
    lines = [("Structure", "Fiche", "Contact", "Message")]
    lines += [
        (one.entry.name, one.entry.path, one.recipient, one.words) for one in list_requests(site)
    ]
    return encode_lines(format_line(map(escape_formula, line)) for line in lines)
