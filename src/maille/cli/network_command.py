"""`verifier --reseau`: request the links to other sites, and report the lines of broken ones."""

from __future__ import annotations

import datetime
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import maille
from maille.cli.arguments import CONTENT, GOOD
from maille.cli.link_answers import Answer, Verdict, ask_all
from maille.cli.progress import Progress
from maille.cli.report import format_problems
from maille.content.documents import Document, Position, list_texts
from maille.problems import Level, Problem, sort_problems
from maille.schema.kind import Entry
from maille.site.examples import is_made
from maille.site.model import Site
from maille.text.urls import list_web_addresses

CACHE = ".maille/liens.json"
# An address that answered well is not requested again for a month; after any other answer, for a
# day. An address that did not answer is requested each time, since this machine may have been
# offline.
FRESH = {Verdict.GOOD: datetime.timedelta(days=30)}
STALE = datetime.timedelta(days=1)
BUDGET = 300  # at most this many addresses are requested in one run

Places = Mapping[str, tuple[tuple[Document, Position], ...]]
Ask = Callable[[Iterable[str], str], Iterator[tuple[str, Answer]]]
Known = dict[str, tuple[datetime.date, Answer]]


def check_links(root: Path, site: Site, ask_links: Ask = ask_all) -> int:
    """Request the links to other sites, in texts and front matter; print the problems.

    Return the exit code: `CONTENT` if an address is gone, else `GOOD`. A run requests at most
    `BUDGET` addresses and stores the answers in `CACHE`; the next run requests other addresses.
    Raises OSError if the cache cannot be written.
    """
    places = list_places(site)
    known = _read_cache(root / CACHE, site.today)
    asked = [address for address in places if address not in known]
    now = asked[:BUDGET]
    agent = f"Maille/{maille.__version__} (liens de {site.published_at})"
    try:
        bar = Progress(len(now), "liens demandés")
        with bar.watch(sys.stderr):
            for address, answer in bar.count(ask_links(now, agent)):
                known[address] = (site.today, answer)
    finally:
        _write_cache(root / CACHE, known)
    found = {address: known[address][1] for address in places if address in known}
    verdicts = {answer.verdict for answer in found.values()}
    if verdicts == {Verdict.UNREACHABLE}:
        print(f"\nAucune des {len(found)} adresses ne répond : cette machine est-elle reliée ?")
        return GOOD
    problems = sort_problems(_list_problems(places, found))
    print("\n".join(("", *format_problems(problems), *_summarize(found, len(asked) - len(now)))))
    return CONTENT if Verdict.GONE in verdicts else GOOD


def list_places(site: Site) -> Places:
    """Return the places of each link to another site, by address without its anchor."""
    found: dict[str, list[tuple[Document, Position]]] = defaultdict(list)
    for entry in site.list_examined():
        for address, position in () if is_made(entry) else _list_addresses(entry):
            bare = address.partition("#")[0]
            if not f"{bare}/".startswith(site.published_at):
                found[bare].append((entry.document, position))
    return {address: tuple(found[address]) for address in sorted(found)}


def _list_addresses(entry: Entry) -> Iterator[tuple[str, Position]]:
    document = entry.document
    for path, text in list_texts(document.front_matter):
        for _, address in list_web_addresses(text):
            yield address, document.find_position(path)
    for link in document.body.links:
        if link.target.startswith(("http://", "https://")):
            yield link.target, Position(link.line, link.column)


def _list_problems(places: Places, found: Mapping[str, Answer]) -> Iterator[Problem]:
    for address, answer in found.items():
        if answer.verdict is not Verdict.GOOD:
            level = Level.ERROR if answer.verdict is Verdict.GONE else Level.WARNING
            for document, position in places[address]:
                words = _explain(address, answer)
                yield document.make_body_problem(position, *words, level)


def _explain(address: str, answer: Answer) -> tuple[str, str]:
    """Return the cause and the remedy, in French, for an address with a bad answer."""
    match answer.verdict:
        case Verdict.MOVED:
            return f"{address} a changé d'adresse pour de bon", f"écrivez {answer.moved_to}"
        case Verdict.GONE:
            hint = "cherchez où elle est maintenant, ou gardez le texte sans l'adresse"
            return f"{address} n'est plus là ({answer.cause})", hint
        case Verdict.REFUSED:
            hint = "ouvrez-la dans un navigateur"
            return f"{address} ne répond pas aux programmes ({answer.cause})", hint
    hint = "ouvrez-la dans un navigateur ; elle sera redemandée la prochaine fois"
    return f"{address} n'a pas répondu : {answer.cause}", hint


def _summarize(found: Mapping[str, Answer], left: int) -> Iterator[str]:
    counts = {one: sum(a.verdict is one for a in found.values()) for one in Verdict}
    told = ", ".join(f"{one} : {count}" for one, count in counts.items() if count)
    yield f"{len(found)} adresses d'autres sites{f' ({told})' if told else ''}."
    if left:
        yield f"{left} restent à demander : relancez la commande."


def _read_cache(path: Path, today: datetime.date) -> Known:
    """Return the cached answers that are recent enough; none if the cache cannot be read."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        every = {
            address: (datetime.date.fromisoformat(day), Answer(Verdict(verdict), *more))
            for address, (day, verdict, *more) in rows.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return {
        address: (day, answer)
        for address, (day, answer) in every.items()
        if datetime.timedelta() <= today - day < FRESH.get(answer.verdict, STALE)
    }


def _write_cache(path: Path, known: Known) -> None:
    rows = {
        address: (str(day), answer.verdict, answer.moved_to, answer.cause)
        for address, (day, answer) in sorted(known.items())
        if answer.verdict is not Verdict.UNREACHABLE
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
