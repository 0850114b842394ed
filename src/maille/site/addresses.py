"""`content/adresses.toml`: the addresses of pages that left the site, or that moved.

One line per address:

    "/catalyseurs/le-chene/" = {parti_le = 2026-11-30, nom = "Le Chêne"}
    "/projets/ancien/" = {vers = "/projets/nouveau/"}
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import Field, ValidationError

from maille.content.documents import Document, SourceFile
from maille.problems import ContentError, Level, Problem
from maille.schema.error_messages import explain_error, find_causes
from maille.schema.fields import Day, Part, Text
from maille.schema.kind import Key, Kind
from maille.site.config_recovery import read_toml
from maille.text.html_addresses import unlink
from maille.text.names import make_slug
from maille.text.suggestions import find_nearest, quote_choices
from maille.text.urls import find_own_path

FILE = "content/adresses.toml"
NEVER = datetime.date.max  # the day of a line at fault, which is never published
_ADDRESS = re.compile(r"/(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+")


class AddressLine(Part):
    """What a line says of its address: the page left on that day, or moved to another address."""

    left_on: Day | None = Field(None, alias="parti_le")
    name: Text | None = Field(None, alias="nom")
    former_names: tuple[Text, ...] = Field((), alias="anciens_noms")
    target: Text | None = Field(None, alias="vers")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of what left, the last one first."""
        return (*filter(None, (self.name,)), *self.former_names)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The valid lines of `content/adresses.toml` by address, and the text of the file."""

    lines: Mapping[str, AddressLine] = field(default_factory=dict)
    text: str = ""

    @property
    def departed(self) -> Mapping[str, AddressLine]:
        """Return the lines of the pages that left, by address."""
        return {address: line for address, line in self.lines.items() if line.left_on}

    @property
    def moved(self) -> Mapping[str, str]:
        """Return the last address of each page that moved, by former address; no loops."""
        every = ((address, self.follow(address)) for address in self.lines)
        return {address: last for address, last in every if last and last != address}

    def follow(self, address: str) -> str:
        """Return where the moves that begin at an address end, or "" for a loop."""
        seen = {address}
        while (line := self.lines.get(address)) and line.target:
            address = line.target
            if address in seen:
                return ""
            seen.add(address)
        return address

    def make_problem(self, address: str, message: str, hint: str) -> Problem:
        """Return an error at the line of an address."""
        return _make_problem(address, self.text, message, hint)


def _make_problem(address: str, text: str, message: str, hint: str) -> Problem:
    found = re.search(rf"^[ \t]*[\[\"']*{re.escape(address)}", text, re.MULTILINE)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    return Problem(FILE, message, hint, line=line, column=1, key=address)


def write_line(address: str, day: datetime.date, name: str) -> str:
    """Return the line of `content/adresses.toml` for a page that left on a day."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{address}" = {{parti_le = {day}, nom = "{quoted}"}}'


# --- Reading the file ----------------------------------------------------------------------------


def read_addresses(source: SourceFile | None) -> tuple[Addresses, tuple[Problem, ...]]:
    """Return the valid lines of the file, and a problem for each of the others.

    Without a file there is no line.
    """
    if source is None:
        return Addresses(), ()
    text = source.data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    found = read_toml(text)
    typed = text.split("\n")
    problems = [_explain_mistake(one, typed) for one in found.mistakes]
    lines = dict(_list_stand_ins(found.doubtful.values()))
    for address, value in found.data.items():
        try:
            lines[address] = _read_line(address, value)
        except ContentError as error:
            problems.append(_make_problem(address, text, error.message, error.hint))
            lines |= _list_stand_ins([address])
    return Addresses(lines, text), tuple(problems)


def _explain_mistake(mistake: ContentError, typed: Sequence[str]) -> Problem:
    """Return the problem of a line that TOML cannot read, with the line that it probably is."""
    line = typed[mistake.line - 1] if mistake.line <= len(typed) else ""
    meant = "" if "effacez" in mistake.hint else _guess_line(line)
    hint = f"écrivez {meant}" if meant else mistake.hint
    return replace(mistake.make_problem(FILE), hint=hint)


def _guess_line(line: str) -> str:
    """Return the right form of a line with an address and a day, or two addresses; else ""."""
    addresses = re.findall(r"/[a-z0-9][a-z0-9/-]*", line)
    day = re.search(r"\d{4}-\d\d-\d\d", line)
    name = re.search(r"\bnom\s*[=:]\s*[\"'“«\s]*([^\"'”»},]+)", line)
    if not addresses:
        return ""
    address = f"{addresses[0].rstrip('/')}/"
    if "vers" in line and len(addresses) > 1:
        return f'"{address}" = {{vers = "{addresses[1].rstrip("/")}/"}}'
    if not day:
        return ""
    named = f', nom = "{name[1].strip()}"' if name else ""
    return f'"{address}" = {{parti_le = {day[0]}{named}}}'


def _list_stand_ins(typed: Iterable[str]) -> Iterator[tuple[str, AddressLine]]:
    """Yield, for each address in lines at fault, a line: what names it is not told besides."""
    for line in typed:
        if found := re.search(r"/[a-z0-9][a-z0-9/-]*", line):
            address = f"{found[0].rstrip('/')}/"
            yield address, AddressLine.model_construct(left_on=NEVER, name=address)


def _read_line(address: str, value: Any) -> AddressLine:
    """Return a line, or raise ContentError."""
    if not _ADDRESS.fullmatch(address):
        raise ContentError(
            f"« {address} » n'est pas l'adresse d'une page de ce site",
            f"écrivez par exemple {_propose_address(address)}, entre guillemets droits",
        )
    if not isinstance(value, Mapping):
        meant = _guess_line(f"{address} {value}") or f'"{address}" = {{parti_le = 2026-11-30}}'
        message = f"« {address} » ne dit pas ce que la page est devenue"
        raise ContentError(message, f"écrivez {meant}")
    typed = {
        key: tuple(item) if isinstance(item, list) else _write_day(item)
        for key, item in value.items()
    }
    try:
        line = AddressLine.model_validate(typed)
    except ValidationError as error:
        details = find_causes(error.errors(include_url=False), AddressLine)[0]
        fault = explain_error(details, AddressLine)
        raise ContentError(f"{address} : {fault.message}", fault.hint) from None
    _check_line(address, line)
    return line


def _write_day(value: Any) -> Any:
    """Return a value of TOML as field types expect it: a date or a time becomes text."""
    return str(value) if isinstance(value, datetime.date | datetime.time) else value


def _propose_address(typed: str) -> str:
    steps = [step for step in re.sub(r"[^a-z0-9/-]+", "-", typed.lower()).split("/") if step]
    return f'"/{"/".join(steps)}/"' if steps else '"/catalyseurs/nom/"'


def _check_line(address: str, line: AddressLine) -> None:
    """Raise ContentError unless the line says either that the page left, or where it moved."""
    if line.left_on and line.target:
        message = f"{address} : « parti_le » et « vers » se contredisent"
        raise ContentError(message, "effacez « vers » si la page a disparu, sinon « parti_le »")
    if not line.left_on and not line.target:
        message = f"{address} : cette ligne ne dit ni quand la page est partie, ni où elle est"
        raise ContentError(message, "ajoutez parti_le = 2026-11-30 (le jour de son départ)")
    if line.target and not _ADDRESS.fullmatch(line.target):
        message = f"« {line.target} » n'est pas l'adresse d'une page de ce site"
        raise ContentError(message, f"écrivez vers = {_propose_address(line.target)}")
    if line.target and line.names:
        message = f"{address} : une page qui a changé d'adresse a encore son nom"
        raise ContentError(message, "effacez « nom » et « anciens_noms » de cette ligne")


# --- What follows from it ------------------------------------------------------------------------


def find_key(address: str, kinds: Iterable[Kind]) -> Key | None:
    """Return the key that the entry at an address has or had, or None."""
    owners = [kind for kind in kinds if kind.prefix and address.startswith(kind.prefix)]
    owner = max(owners, key=lambda kind: len(kind.prefix), default=None)
    slug = address.rstrip("/").rpartition("/")[2]
    return (owner.name, slug) if owner and slug else None


def index_departed(addresses: Addresses, kinds: Iterable[Kind]) -> Mapping[Key, str]:
    """Return the addresses of the entries that left, by key of entry."""
    every = tuple(kinds)
    found = ((find_key(address, every), address) for address in addresses.departed)
    return {key: address for key, address in found if key}


def index_moved(addresses: Addresses, kinds: Iterable[Kind]) -> Mapping[Key, Key]:
    """Return the present key of each entry that moved, by former key."""
    every = tuple(kinds)
    pairs = ((find_key(a, every), find_key(b, every)) for a, b in addresses.moved.items())
    return {former: present for former, present in pairs if former and present}


def update_links(html: str, addresses: Addresses, site_address: str = "") -> str:
    """Return HTML with its links to moved pages updated.

    A link to a page that left becomes its text. `site_address` is the URL of this site, or "".
    """
    if not addresses.lines:
        return html
    return unlink(html, lambda target: _update_target(target, addresses, site_address))


def _update_target(target: str, addresses: Addresses, site_address: str) -> str:
    """Return the present target of a link, or "" if its page left."""
    inside = (site_address and find_own_path(target, site_address)) or target
    address = re.split("[#?]", inside, maxsplit=1)[0]
    rest = inside[len(address) :]
    last = addresses.follow(address)
    if last in addresses.departed:
        return ""
    return f"{last}{rest}" if last and last != address else target


def update_documents(
    documents: Iterable[Document], addresses: Addresses, site_address: str = ""
) -> tuple[Document, ...]:
    """Return the documents with the links of their bodies updated, as `update_links` does."""
    every = tuple(documents)
    if not addresses.lines:
        return every
    return tuple(_update_document(one, addresses, site_address) for one in every)


def _update_document(document: Document, addresses: Addresses, site_address: str) -> Document:
    body = document.body
    links = [
        link._replace(target=target)
        for link in body.links
        if (target := _update_target(link.target, addresses, site_address))
    ]
    if [*body.links] == links:
        return document
    html = update_links(body.html, addresses, site_address)
    return replace(document, body=replace(body, html=html, links=tuple(links)))


def check_departures(
    addresses: Addresses, pages: Mapping[str, str], today: datetime.date
) -> Iterator[Problem]:
    """Yield problems: a page that is still there, a day to come, a loop, an unknown target.

    `pages` maps the address of each other page of the site to what it is made from.
    """
    for address, line in addresses.lines.items():
        if line.left_on == NEVER:
            continue  # told already
        if line.left_on and line.left_on > today:
            message = f"{address} : le départ est un jour à venir"
            yield addresses.make_problem(address, message, f"écrivez parti_le = {today}")
        if address in pages:
            message = f"la page {address} existe encore ({pages[address]})"
            hint = "effacez cette ligne, ou le fichier de la page si elle est partie"
            yield addresses.make_problem(address, message, hint)
        last = addresses.follow(address)
        if not last:
            message = f"{address} : de « vers » en « vers », cette adresse mène à elle-même"
            hint = "remplacez l'un des « vers » par l'adresse d'une page du site"
            yield addresses.make_problem(address, message, hint)
        elif line.target and last not in pages and last not in addresses.departed:
            yield addresses.make_problem(address, *_explain_lost_target(line.target, pages))


def _explain_lost_target(target: str, pages: Iterable[str]) -> tuple[str, str]:
    close = find_nearest(target, pages)
    hint = "écrivez l'adresse d'une page du site : ouvrez-la, et recopiez la fin de son adresse"
    return (
        f"« vers » mène à {target}, qui n'est pas une page du site",
        f"écrivez {quote_choices(close)}" if close else hint,
    )


# --- What still names an entry without a file ----------------------------------------------------


def gather_lost(
    problems: Iterable[Problem],
    sealed: Iterable[str],
    documents: Iterable[Document],
    today: datetime.date,
) -> Iterator[Problem]:
    """Yield the problems; those of several files with the same lost target become one.

    That one says which places name the target, and which line to add to `content/adresses.toml`.
    One place is enough in a sealed letter: what it named existed when it was sealed. `sealed` are
    the paths of sealed letters; names are looked for in the headings and links of `documents`.
    """
    every, texts, letters = tuple(problems), tuple(documents), frozenset(sealed)
    told: dict[Problem, Problem | None] = {}
    for target, group in _group_by_target(every).items():
        certain = [one for one in group if not one.target.endswith("#")]
        paths = {one.path for one in certain}
        if len(paths) < 2 and not paths & letters:
            continue
        name = _find_name(target, texts)
        guessed = f"{target.rstrip('/').rpartition('/')[0]}/{make_slug(name)}/#"
        group += [one for one in every if one.target == guessed and one not in group]
        told |= dict.fromkeys(group)
        told[group[0]] = _explain_lost(target, group, name, today)
    for problem in every:
        instead = told.get(problem, problem)
        if instead and instead.target.endswith("#") and instead.path in letters:
            yield _explain_sent_heading(instead, today)
        elif instead:
            yield instead


def _explain_sent_heading(problem: Problem, today: datetime.date) -> Problem:
    """Return the problem of a heading of a sealed letter, with the line for a project that left."""
    name = re.search("« (.*?) »", problem.message)
    line = write_line(problem.target.rstrip("#"), today, name[1] if name else "")
    return replace(
        problem, hint=f"{problem.hint} ; un projet parti a sa ligne dans {FILE} : {line}"
    )


def _group_by_target(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.target:
            groups.setdefault(problem.target.rstrip("#"), []).append(problem)
    return groups


def _find_name(target: str, documents: Iterable[Document]) -> str:
    """Return the name of the page that was at a target: a heading, or the text of a link to it.

    Without one, return the words of its slug.
    """
    slug = target.rstrip("/").rpartition("/")[2]
    link = re.compile(rf"\[([^][]+)\]\([^)\s]*{re.escape(target)}(?:#[^)\s]*)?\)")
    words = slug.replace("-", " ").capitalize()
    for document in documents:
        texts = [heading.text for heading in document.body.headings]
        texts += [" ".join(found.split()) for found in link.findall(document.body.text)]
        if same := next((text for text in texts if make_slug(text) == slug), ""):
            return same
        named = (text for text in texts[len(document.body.headings) :] if text[:1].isupper())
        words = next(named, words)
    return words


def _explain_lost(
    target: str, group: Iterable[Problem], name: str, today: datetime.date
) -> Problem:
    every = sorted(group, key=lambda one: (one.level is not Level.ERROR, one.sort_key))
    places = [*dict.fromkeys(f"{one.path}:{one.line}" for one in every)]
    shown = f"{', '.join(places[:12])}{', …' if len(places) > 12 else ''}"
    slug = target.rstrip("/").rpartition("/")[2]
    count = f"{len(places)} endroits le nomment" if len(places) > 1 else "un endroit le nomme"
    return replace(
        every[0],
        message=f"« {slug} » n'a plus de fiche, et {count} encore : {shown}",
        hint=f"ajoutez à {FILE} la ligne {write_line(target, today, name)} ; ou remettez sa fiche",
    )
