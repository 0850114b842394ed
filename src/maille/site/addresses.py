"""`content/adresses.toml`: the addresses of pages that departed or moved.

One line per address:

    "/catalyseurs/le-chene/" = {parti_le = 2026-11-30, nom = "Le Chêne"}
    "/projets/ancien/" = {vers = "/projets/nouveau/"}
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import Field, ValidationError

from maille.content.documents import Document, SourceFile
from maille.content.folders import strip_marks
from maille.problems import ContentError, Problem
from maille.schema.error_messages import explain_error, find_causes
from maille.schema.fields import Day, Part, Text
from maille.schema.kind import Key, Kind
from maille.site.config_recovery import read_toml
from maille.text.html_addresses import unlink
from maille.text.names import make_slug
from maille.text.patterns import compile_late
from maille.text.suggestions import find_nearest, quote_choices
from maille.text.typed_dates import guess_date
from maille.text.urls import find_own_path

FILE = "content/adresses.toml"
NEVER = datetime.date.max  # the departure day in the stand-ins for faulty lines
_ADDRESS = compile_late(r"/(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+")


class AddressLine(Part):
    """The value of a line: the day when the page departed, or the address that it moved to."""

    left_on: Day | None = Field(None, alias="parti_le")
    name: Text | None = Field(None, alias="nom")
    former_names: tuple[Text, ...] = Field((), alias="anciens_noms")
    target: Text | None = Field(None, alias="vers")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the most recent name of the departed page, then its former names."""
        return (*filter(None, (self.name,)), *self.former_names)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The valid lines of `content/adresses.toml` by address, and the text of the file.

    `published` maps each address in the last published list to its file
    (`site.published_addresses`).
    """

    lines: Mapping[str, AddressLine] = field(default_factory=dict)
    text: str = ""
    published: Mapping[str, str] = field(default_factory=dict)

    @property
    def departed(self) -> Mapping[str, AddressLine]:
        """Return the lines of the departed pages, by address."""
        return {address: line for address, line in self.lines.items() if line.left_on}

    @property
    def moved(self) -> Mapping[str, str]:
        """Return the present address of each page that moved, by former address; skip loops."""
        every = ((address, self.follow(address)) for address in self.lines)
        return {address: last for address, last in every if last and last != address}

    def follow(self, address: str) -> str:
        """Return the present address of the page that was at `address`; "" if moves form a loop."""
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


def write_line(address: str, day: datetime.date, *names: str) -> str:
    """Return the line of `content/adresses.toml` for a page that departed on `day`.

    `names` are the name of the page, then its former names. They are needed only if a key or a
    heading of another file still refers to the page by name.
    """
    first, *former = (json.dumps(name, ensure_ascii=False) for name in names or ("",))
    named = f", nom = {first}" if any(names) else ""
    known = f", anciens_noms = [{', '.join(former)}]" if former else ""
    return f'"{address}" = {{parti_le = {day}{named}{known}}}'


def write_move(address: str, target: str) -> str:
    """Return the line of `content/adresses.toml` for a page that moved to `target`."""
    return f'"{address}" = {{vers = "{target}"}}'


# --- Reading the file ----------------------------------------------------------------------------


def read_addresses(
    source: SourceFile | None, kinds: Iterable[Kind] = ()
) -> tuple[Addresses, tuple[Problem, ...]]:
    """Return the valid lines of the file, and a problem for each faulty line.

    There are no lines if `source` is None. `kinds` are only used in hints: if a file's path was
    typed instead of an address, its folder gives the address to type.
    """
    if source is None:
        return Addresses(), ()
    text = source.data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    found = read_toml(text)
    typed = text.split("\n")
    problems = [_explain_mistake(one, typed) for one in found.mistakes]
    lines = dict(_list_stand_ins(found.doubtful.values()))
    prefixes = {kind.folder: kind.prefix for kind in kinds if kind.prefix}
    for address, value in found.data.items():
        try:
            lines[address] = _read_line(address, value, prefixes)
        except ContentError as error:
            problems.append(_make_problem(address, text, error.message, error.hint))
            lines |= _list_stand_ins([address])
    return Addresses(lines, text), tuple(problems)


def _explain_mistake(mistake: ContentError, typed: Sequence[str]) -> Problem:
    """Return the problem of a line that is not TOML; the hint gives the line probably meant."""
    line = typed[mistake.line - 1] if mistake.line <= len(typed) else ""
    meant = "" if "effacez" in mistake.hint else _guess_line(line)
    hint = f"écrivez {meant}" if meant else mistake.hint
    return replace(mistake.make_problem(FILE), hint=hint)


def _guess_line(line: str) -> str:
    """Return a faulty line rewritten, if it has an address and a day, or two addresses; else ""."""
    if whole := _write_typed_day(line):
        return whole
    addresses = re.findall(r"/[a-z0-9][a-z0-9/-]*", line)
    day = re.search(r"\d{4}-\d\d-\d\d", line)
    name = _find_typed_name(line)
    if not addresses:
        return ""
    address = f"{addresses[0].rstrip('/')}/"
    if "vers" in line and len(addresses) > 1:
        return f'"{address}" = {{vers = "{addresses[1].rstrip("/")}/"}}'
    if not day:
        return ""
    named = f', nom = "{name}"' if name else ""
    return f'"{address}" = {{parti_le = {day[0]}{named}}}'


def _find_typed_name(line: str) -> str:
    """Return the value of `nom` in a line that may not be valid TOML, or ""."""
    found = re.search(r"\bnom\s*[=:]\s*(?:\"([^\"]+)\"|[\"'“«\s]*([^\"'”»},]+))", line)
    return (found[1] or found[2]).strip() if found else ""


def _write_typed_day(line: str) -> str:
    """Return the line with its day rewritten as TOML, if that makes the line valid; else ""."""
    found = re.search(r"(\bparti_le\s*=\s*)([^\"',}]+?)(\s*[,}])", line)
    day = guess_date(found[2]) if found else None
    if not found or not day or not day.day:
        return ""
    right = f"{line[: found.start()]}{found[1]}{day}{line[found.start(3) :]}".strip()
    with contextlib.suppress(tomllib.TOMLDecodeError):
        tomllib.loads(right)
        return right
    return ""


def _list_stand_ins(typed: Iterable[str]) -> Iterator[tuple[str, AddressLine]]:
    """Yield (address, stand-in) for each faulty line with an address.

    With a stand-in, the references to its address are not reported as further problems.
    """
    for line in typed:
        if found := re.search(r"/[a-z0-9][a-z0-9/-]*", line):
            address = f"{found[0].rstrip('/')}/"
            name = _find_typed_name(line) or address
            yield address, AddressLine.model_construct(left_on=NEVER, name=name)


def _read_line(address: str, value: Any, prefixes: Mapping[str, str]) -> AddressLine:
    """Return the validated line of an address. Raises ContentError if it is not valid.

    `value` is its TOML value; `prefixes` maps folders to prefixes of addresses, for the hints.
    """
    if not _ADDRESS.fullmatch(address):
        right = _propose_address(address, prefixes) or "/catalyseurs/nom/"
        message = f"« {address} » n'est pas l'adresse d'une page de ce site"
        raise ContentError(message, f'écrivez "{right}", entre guillemets droits')
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
    _check_line(address, line, prefixes)
    return line


def _write_day(value: Any) -> Any:
    """Return a value of TOML as field types expect it: a date or a time becomes text."""
    return str(value) if isinstance(value, datetime.date | datetime.time) else value


def _propose_address(typed: str, prefixes: Mapping[str, str], beside: str = "") -> str:
    """Return the address of the page that was meant, or "".

    `typed` may be a URL, or the path of a file, whose folder gives the prefix of the address. A
    name alone means a page in the same folder as the address `beside`.
    """
    path = re.sub(r"^https?://[^/]*|[?#].*", "", typed.strip().replace("\\", "/"))
    folder, _, name = path.rpartition("/")
    stem = strip_marks(name)
    owner = next((one for one in prefixes if f"/{one}/" in f"/{folder}/"), "")
    if stem == name and "/" in path:
        return _join_steps(path.split("/"))
    prefix = prefixes[owner] if owner else f"{beside.rstrip('/').rpartition('/')[0]}/"
    return _join_steps([*prefix.split("/"), stem])


def _join_steps(typed: Iterable[str]) -> str:
    steps = [slug for step in typed if (slug := make_slug(step))]
    return f"/{'/'.join(steps)}/" if steps else ""


def _check_line(address: str, line: AddressLine, prefixes: Mapping[str, str]) -> None:
    """Raise ContentError unless the line says either that the page departed, or where it moved.

    A line of a page that moved must have the form of an address as target, and no names.
    """
    if line.left_on and line.target:
        message = f"{address} : « parti_le » et « vers » se contredisent"
        raise ContentError(message, "effacez « vers » si la page a disparu, sinon « parti_le »")
    if not line.left_on and not line.target:
        message = f"{address} : cette ligne ne dit ni quand la page est partie, ni où elle est"
        raise ContentError(message, "ajoutez parti_le = 2026-11-30 (le jour de son départ)")
    if line.target and not _ADDRESS.fullmatch(line.target):
        message = f"« {line.target} » n'est pas l'adresse d'une page de ce site"
        right = _propose_address(line.target, prefixes, address)
        raise ContentError(message, f'écrivez vers = "{right}"')
    if line.target and line.names:
        message = f"{address} : une page qui a changé d'adresse a encore son nom"
        raise ContentError(message, "effacez « nom » et « anciens_noms » de cette ligne")


# --- Using the addresses -------------------------------------------------------------------------


def find_key(address: str, kinds: Iterable[Kind]) -> Key | None:
    """Return the key (kind, slug) of the entry that is or was at an address, or None."""
    owners = [kind for kind in kinds if kind.prefix and address.startswith(kind.prefix)]
    owner = max(owners, key=lambda kind: len(kind.prefix), default=None)
    slug = address.rstrip("/").rpartition("/")[2]
    return (owner.name, slug) if owner and slug else None


def index_departed(addresses: Addresses, kinds: Iterable[Kind]) -> Mapping[Key, str]:
    """Return the addresses of the departed entries, by key of entry."""
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

    A link to a departed page is replaced by its text. `site_address` is the URL of this site, or
    "".
    """
    if not addresses.lines:
        return html
    return unlink(html, lambda target: _update_target(target, addresses, site_address))


def _update_target(target: str, addresses: Addresses, site_address: str) -> str:
    """Return the present target of a link, or "" if its page departed."""
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
    """Yield the problems of the lines of `content/adresses.toml`.

    A line is wrong if its page still exists, if its day is in the future, or if its « vers » leads
    back to it, or to an address that neither is nor was a page of the site.

    `pages` maps the address of each page to its source; pages made from these lines are left out.
    """
    for address, line in addresses.lines.items():
        if line.left_on == NEVER:
            continue  # reported already
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
