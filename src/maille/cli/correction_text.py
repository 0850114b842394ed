"""Read a correction or a new record in the text of a message, as the pages of corrections write it.

    Fiche : /catalyseurs/exemple/
    resume [Résumé] avant : Une phrase.
    resume [Résumé] après : Une autre phrase.
    pratiques [Pratiques] ajouté : animation
    D'où vient l'information : https://exemple.fr/
    Qui écrit : la structure elle-même
    Fin de la correction

`templates/assets/js/correction-text.js` writes it. Mail programs quote it (« > »), wrap its lines
and put a signature below it; people write above it and answer below it.
"""

from __future__ import annotations

import email
import email.policy
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from maille.problems import ContentError

_SPACES = r"[ \t\u00a0\u202f]*"
_START = re.compile(rf"(?P<new>Nouvelle fiche|Fiche){_SPACES}:{_SPACES}(?P<path>[\w./-]*/[\w./-]*)")
_END = re.compile("Fin de la correction")
_CHANGE = re.compile(
    rf"(?P<key>\w+){_SPACES}\[[^\[\]]*\]{_SPACES}(?P<sense>avant|après|retiré|ajouté){_SPACES}:"
)
_SAID = re.compile(rf"(?P<said>Autre chose|D['’]où vient l['’]information|Qui écrit){_SPACES}:")
_MAIL_HEADER = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.ASCII)
_ITSELF = "la structure"
_WRAPPED = 60  # a line shorter than this was not wrapped in the middle of an address


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a message proposes for one record: the address of its page, or the path of its file.

    `changes` has, for each key, the values that go and those that come. `source` says where the
    information comes from, `remark` what has no key; `by_structure` that the structure itself
    writes.
    """

    path: str
    is_new: bool
    changes: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    source: str = ""
    remark: str = ""
    by_structure: bool = False


def read_message(data: bytes) -> str:
    """Return the text of a message: a text file, or a mail (.eml), in plain text or in HTML."""
    if _MAIL_HEADER.match(data.lstrip(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")):
        parts = [*_list_parts(data)]
        plain = "\n".join(text for kind, text in parts if kind == "text/plain")
        if _START.search(plain):
            return plain
        return "\n".join(_strip_tags(text) for kind, text in parts if kind == "text/html") or plain
    for encoding in ("utf-16", "utf-8-sig", "cp1252"):
        if encoding == "utf-16" and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _list_parts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the type and the text of each part of a mail that is text."""
    for part in email.message_from_bytes(data, policy=email.policy.default).walk():
        if part.get_content_maintype() == "text":
            raw = part.get_payload(decode=True)
            charset = part.get_content_charset("utf-8")
            if isinstance(raw, bytes):
                try:
                    yield part.get_content_type(), raw.decode(charset, "replace")
                except LookupError:
                    yield part.get_content_type(), raw.decode("utf-8", "replace")


class _Text(HTMLParser):
    """Collects the text of HTML, with a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - inherited
        if tag in {"br", "p", "div", "li", "tr", "pre", "blockquote"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _strip_tags(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    return "".join(reader.parts)


def read_proposal(text: str) -> Proposal:
    """Return the proposal in the text of a message.

    Raises ContentError if there is none, or if there are several that differ.
    """
    lines = [re.sub(r"\A[\s>|]+", "", line).rstrip() for line in text.splitlines()]
    starts = [number for number, line in enumerate(lines) if _START.match(line)]
    found: list[Proposal] = []
    for start, following in itertools.pairwise([*starts, len(lines)]):
        proposal = _read_block(lines[start:following])
        if proposal not in found:  # an answer repeats the block that it quotes
            found.append(proposal)
    if not found:
        raise ContentError(
            "aucune correction dans ce texte : la ligne « Fiche : … » manque",
            "copiez tout le message, de « Fiche : » à « Fin de la correction »",
        )
    if len(found) > 1:
        raise ContentError(
            f"ce texte contient {len(found)} corrections",
            "gardez-en une, et recommencez avec les autres",
        )
    return found[0]


def _read_block(lines: list[str]) -> Proposal:
    """Return the proposal in these lines, of which the first names the file."""
    head = _START.match(lines[0])
    assert head is not None
    end = next((n for n, line in enumerate(lines) if _END.match(line)), None)
    removed: dict[str, list[str]] = {}
    added: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for mark, value in _list_values(lines[1:end], ends_at_blank=end is None):
        if mark.re is _SAID:
            said[mark["said"][0]] = value
        elif value:
            side = removed if mark["sense"] in ("avant", "retiré") else added
            side.setdefault(mark["key"], []).append(value)
    changes = {
        key: (tuple(removed.get(key, ())), tuple(added.get(key, ())))
        for key in dict.fromkeys([*removed, *added])
    }
    return Proposal(
        head["path"],
        head["new"] != "Fiche",
        changes,
        source=said.get("D", ""),
        remark=said.get("A", ""),
        by_structure=said.get("Q", "").startswith(_ITSELF),
    )


def _list_values(
    lines: Iterable[str], *, ends_at_blank: bool
) -> Iterator[tuple[re.Match[str], str]]:
    """Yield (mark, value) for each mark; the lines that follow it are a value that was wrapped.

    Without a line that ends the block, a blank line ends a value, so that no signature joins it.
    """
    mark, parts = None, list[str]()
    for line in (*lines, "Qui écrit :"):
        found = _CHANGE.match(line) or _SAID.match(line)
        if found:
            if mark:
                yield mark, _join(parts)
            mark, parts = found, [line[found.end() :].strip()]
        elif line and not line.startswith("```") and mark:
            parts.append(line)
        elif not line and ends_at_blank and mark and any(parts):
            yield mark, _join(parts)
            mark = None


def _join(parts: list[str]) -> str:
    """Return a value that mail programs cut into lines, and whose addresses they wrote twice."""
    value = ""
    for number, part in enumerate(parts):
        address = re.search(r"https?://\S*\Z", value)
        cut = number and address and len(parts[number - 1]) >= _WRAPPED and " " not in part
        value += part if cut else f" {part}"
    value = re.sub(r"(\S+)\s?<(?:mailto:)?\1/?>", r"\1", value)
    value = re.sub(r"<((?:https?://|mailto:)[^<>\s]+)>", r"\1", value)
    return " ".join(value.split())
