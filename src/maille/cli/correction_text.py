"""Read a correction or a new record from a message that a correction page of the site wrote.

    Bonjour, … (for people: what changes, with the labels of the page)

    Pour le programme du site, à laisser tel quel :
    Fiche : /catalyseurs/exemple/
    resume avant : "Une phrase."
    resume apres : "Une autre phrase."
    pratiques ajoute : "animation"
    source : "https://exemple.fr/"
    auteur : "la structure elle-même"
    Fin de la correction

`templates/assets/js/proposal-text.js` writes such messages. Mail programs quote them (« > »), wrap
their lines and add a signature at the end; people write above the message and answer below it. A
value in quotation marks is read up to the closing mark, whatever its lines begin with; a value that
an editor types needs no quotation marks.
"""

from __future__ import annotations

import email
import email.policy
import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from maille.problems import ContentError

_SPACES = r"[ \t\u00a0\u202f]*"
_LETTER_END = re.compile("Pour le programme du site")
_START = re.compile(rf"(?P<new>Nouvelle fiche|Fiche){_SPACES}:{_SPACES}(?P<path>[\w./-]*/[\w./-]*)")
_END = re.compile("Fin de la correction")
_MARK = re.compile(
    rf"(?:(?P<key>\w+)[ \t\u00a0\u202f]+(?P<sense>avant|apr[eè]s|retir[eé]|ajout[eé])"
    rf"|(?P<said>autre|source|auteur)){_SPACES}:{_SPACES}"
)
_QUOTING = re.compile(r"[\s>|]*")
_VALUE = re.compile(r'"((?:[^"\\]|\\.)*)"\s*')
# A value in curly quotation marks: a program has replaced the straight ones that were typed.
_CURLY = re.compile(r"“(.*)”\s*")
# The most characters between quotation marks (the fields of the form accept 2,000), and the most
# lines of a correction.
_LONGEST = 10_000
_MOST_LINES = 5_000
_MAIL_HEADER = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.ASCII)
# Traces of quoted-printable, in a text copied from the source of a mail.
_ENCODED = re.compile(rb"=C3=[89AB][0-9A-F]|o=F9 vient")
_ITSELF = "la structure"
# Characters: a URL that ends a shorter line is whole; the end of a longer line may cut it.
_WRAPPED = 60


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a message proposes for one record.

    - `path` is the address of its page, or the path of its file.
    - `changes` maps each key to the values to remove and the values to add.
    - `source` is where the information comes from.
    - `remark` is a request that concerns no key.
    - `by_structure` is whether the organisation wrote the message.
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
        if re.search(rf"(?m)^{_QUOTING.pattern}{_START.pattern}", plain):
            return plain
        return "\n".join(_strip_tags(text) for kind, text in parts if kind == "text/html") or plain
    if data.isascii() and _ENCODED.search(re.sub(rb"=\r?\n", b"", data)):
        data = quopri.decodestring(data)
    for encoding in ("utf-16", "utf-8-sig", "cp1252"):
        if encoding == "utf-16" and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _list_parts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the content type and the text of each text part of a mail."""
    for part in email.message_from_bytes(data, policy=email.policy.default).walk():
        if part.get_content_maintype() == "text":
            raw = part.get_payload(decode=True)
            charset = part.get_content_charset("utf-8")
            if isinstance(raw, bytes):
                try:
                    text = raw.decode(charset, "replace")
                except LookupError:
                    text = raw.decode("utf-8", "replace")
                if part.get_param("format") == "flowed":
                    text = _join_flowed(text, deletes=part.get_param("delsp") == "yes")
                yield part.get_content_type(), text


def _join_flowed(text: str, *, deletes: bool) -> str:
    """Return a text with each line that ends with a space joined to the next one (RFC 3676).

    If `deletes`, that space is removed (`DelSp=yes`).
    """
    lines: list[str] = []
    before = None  # the quote depth of the previous line, if that line continues
    for line in text.splitlines():
        body = line.lstrip(">")
        depth = len(line) - len(body)
        body = body.removeprefix(" ")
        goes_on = body.endswith(" ") and body != "-- "
        kept = body[:-1] if goes_on and deletes else body
        if before == depth:
            lines[-1] += kept
        else:
            lines.append(f"{'>' * depth} {kept}" if depth else kept)
        before = depth if goes_on else None
    return "\n".join(lines)


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

    Raises ContentError if there is none, if there are several that differ, or if a part is missing
    or is not understood.
    """
    lines = text.splitlines()
    found: list[Proposal] = []
    read = 0
    for start in _list_starts(lines):
        if start < read:  # inside a value of the previous block
            continue
        proposal, length = _read_block(_strip_quoting(lines[start : start + _MOST_LINES]))
        read = start + length
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


def _list_starts(lines: Sequence[str]) -> list[int]:
    """Return the indexes of the lines where a block starts.

    If a line announces the part for the program (`_LETTER_END`), only a block right below such a
    line counts, since a value in the letter above may look like a block.
    """
    bare = [_QUOTING.sub("", line, count=1) for line in lines]
    starts = [number for number, line in enumerate(bare) if _START.match(line)]
    filled = [number for number, line in enumerate(bare) if line and not line.startswith("```")]
    before = dict(zip(filled[1:], filled, strict=False))
    named = [n for n in starts if n in before and _ends_letter(bare, before[n])]
    return named or starts


def _ends_letter(lines: Sequence[str], number: int) -> bool:
    """Return whether a line announces the part for the program, or ends a wrapped announcement."""
    return any(_LETTER_END.match(line) for line in lines[max(0, number - 1) : number + 1])


def _strip_quoting(lines: Sequence[str]) -> list[str]:
    """Remove the quote marks (« > ») of each line, but no more of them than the first line has.

    The spaces around the text of each line are removed too.
    """
    before = lines[0].removesuffix(_QUOTING.sub("", lines[0], count=1))
    depth = before.count(">") + before.count("|")
    quoting = re.compile(rf"(?:\s*[>|]){{0,{depth}}}\s*")
    return [quoting.sub("", line, count=1).rstrip() for line in lines]


def _read_block(lines: Sequence[str]) -> tuple[Proposal, int]:
    """Return the proposal in the block that starts at the first line, and the length of the block.

    Raises ContentError if the block has no end, or a line that is not understood.
    """
    head = _START.match(lines[0])
    assert head is not None
    removed: dict[str, list[str]] = {}
    added: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    at = 1
    while at < len(lines) and not _END.match(lines[at]) and not _START.match(lines[at]):
        mark = _MARK.match(lines[at])
        if not mark:
            if lines[at] and not lines[at].startswith("```"):
                raise ContentError(
                    f"« {lines[at]} » n'est pas compris", "effacez cette ligne du message"
                )
            at += 1
            continue
        value, at = _read_value(lines, at, mark)
        if mark["said"]:
            said[mark["said"]] = value
        elif value:
            side = removed if mark["sense"] in ("avant", "retire", "retiré") else added
            side.setdefault(mark["key"], []).append(value)
    if at >= len(lines) or not _END.match(lines[at]):
        raise ContentError(
            "ce message est coupé : la ligne « Fin de la correction » manque",
            "demandez-le de nouveau, ou ajoutez cette ligne s'il est entier",
        )
    changes = {
        key: (tuple(removed.get(key, ())), tuple(added.get(key, ())))
        for key in dict.fromkeys([*removed, *added])
    }
    proposal = Proposal(
        head["path"],
        head["new"] != "Fiche",
        changes,
        source=said.get("source", ""),
        remark=said.get("autre", ""),
        by_structure=said.get("auteur", "").startswith(_ITSELF),
    )
    return proposal, at + 1


def _read_value(lines: Sequence[str], at: int, mark: re.Match[str]) -> tuple[str, int]:
    """Return the value after `mark` in the line `at`, and the index of the line after the value.

    A value may be wrapped over several lines. Without quotation marks, it ends at the next mark.
    Raises ContentError if its quotation marks are not closed within `_LONGEST` characters.
    """
    parts = [lines[at][mark.end() :]]
    closed = {'"': _VALUE, "“": _CURLY}.get(parts[0][:1])
    for number in range(at + 1, len(lines) + 1):
        line = lines[number] if number < len(lines) else "Fin de la correction"
        if closed:
            found = closed.fullmatch(_join(parts))
            if found:
                return re.sub(r"\\(.)", r"\1", found[1]), number
            if sum(map(len, parts)) > _LONGEST:
                break
        elif _MARK.match(line) or _END.match(line) or _START.match(line):
            return _join(parts), number
        if line:
            parts.append(line)
    raise ContentError(
        f"« {mark[0].strip()} » n'a pas de guillemet à la fin de sa valeur",
        'ajoutez " à la fin de cette valeur, ou demandez de nouveau le message entier',
    )


def _join(parts: Sequence[str]) -> str:
    """Join the lines of a wrapped value; remove the copies and brackets that mail adds to URLs."""
    value = ""
    for number, part in enumerate(parts):
        address = re.search(r"https?://\S*\Z", value)
        cut = number and address and len(parts[number - 1]) >= _WRAPPED and " " not in part
        value += part if cut else f" {part}"
    value = re.sub(r"(\S+)\s?<(?:mailto:)?\1/?>", r"\1", value)
    value = re.sub(r"<((?:https?://|mailto:)[^<>\s]+)>", r"\1", value)
    return " ".join(value.split())
