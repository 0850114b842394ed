"""Write a mail as an RFC 5322 message, from plain data.

The standard library's `EmailPolicy` loses spaces in French subjects and encodes the addresses of
List-Unsubscribe, so headers are written here, and encoded by the older `Header`. Nothing depends on
the clock or on random numbers: the same mail gives the same bytes.
"""

from __future__ import annotations

import binascii
import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import Header, decode_header, make_header
from email.utils import format_datetime
from itertools import groupby

# RFC 5322, 2.1.1: a line has at most 998 octets, and should have at most 78. RFC 2047, 2: an
# encoded word has at most 75.
LINE_OCTETS, USUAL_OCTETS, WORD_OCTETS = 998, 78, 75

# Text that needs no encoding: printable ASCII, single spaces, nothing like an encoded word.
_PLAIN = re.compile(r"(?!.*=\?)[!-~]+(?: [!-~]+)*")
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_URI = re.compile(r"[!-;=?-~]+")  # ASCII without spaces or angle brackets


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A display name, which may be "", and an address in ASCII."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to write.

    `list_id` is the List-Id (RFC 2919): its address has no « @ », as in `lettre.reseau.example`.
    `date` has a time zone; `message_id` has no angle brackets. `archive` is the URL of the archive
    of the list, or "". `unsubscribe` are the addresses of List-Unsubscribe (`https:`,
    `mailto:`); `one_click` says whether a single POST to the `https:` one unsubscribes (RFC 8058).
    """

    subject: str
    sender: Mailbox
    date: datetime.datetime
    message_id: str
    text: str
    html: str
    to: Mailbox | None = None
    reply_to: Mailbox | None = None
    list_id: Mailbox | None = None
    archive: str = ""
    unsubscribe: tuple[str, ...] = ()
    one_click: bool = False
    language: str = "fr"


def write_message(mail: Mail) -> bytes:
    """Return the message: plain text and HTML as alternatives, with CRLF line ends.

    Raises ValueError when a header cannot hold its value: a control character, or an address that
    is not ASCII, has spaces or angle brackets, or is too long for one line.
    """
    text, html = (encode_quoted_printable(part) for part in (mail.text, mail.html))
    # Quoted-printable never contains « =_ », so no part contains the boundary (RFC 2045, 6.7).
    boundary = f"=_{hashlib.sha256(text + html).hexdigest()[:24]}"
    lines = [
        *_write_headers(mail),
        "MIME-Version: 1.0",
        f"Content-Language: {mail.language}",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
        "",
        "",
    ]
    head = "\r\n".join(lines).encode("ascii")
    parts = (_write_part("plain", text), _write_part("html", html))
    mark = f"--{boundary}".encode()
    return head + b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def read_subject(message: bytes) -> str:
    """Return the subject of a message that `write_message` made."""
    found = message_from_bytes(message)["Subject"]
    return str(make_header(decode_header(found.replace("\r\n", ""))))


def mark_as_draft(message: bytes) -> bytes:
    """Return a message that mail programs open as a draft to send, not as a received message."""
    return b"X-Unsent: 1\r\n" + message


def _write_headers(mail: Mail) -> Iterator[str]:
    yield f"Date: {format_datetime(mail.date)}"
    yield f"From: {format_mailbox('From', mail.sender)}"
    if mail.reply_to:
        yield f"Reply-To: {format_mailbox('Reply-To', mail.reply_to)}"
    if mail.to:
        yield f"To: {format_mailbox('To', mail.to)}"
    yield f"Subject: {format_unstructured('Subject', mail.subject)}"
    yield f"Message-ID: <{_check_uri(mail.message_id)}>"
    if mail.list_id:
        yield f"List-Id: {format_mailbox('List-Id', mail.list_id)}"
    if mail.archive:
        yield f"List-Archive: <{_check_uri(mail.archive)}>"
    if mail.unsubscribe:
        # If this were encoded or folded, mail clients would show no button (RFC 2369, 8058).
        yield f"List-Unsubscribe: {', '.join(f'<{_check_uri(uri)}>' for uri in mail.unsubscribe)}"
        if mail.one_click:
            yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"


def format_unstructured(name: str, text: str) -> str:
    """Return the value of an unstructured header, such as `Subject` (RFC 5322, 2.2.1).

    Text that is not plain ASCII, or does not fit on the line, becomes encoded words in UTF-8, one
    per line (RFC 2047).
    Raises ValueError on a control character.
    """
    if _CONTROLS.search(text):
        raise ValueError(f"a header cannot hold this: {text!r}")
    if _PLAIN.fullmatch(text) and len(name) + 2 + len(text) <= USUAL_OCTETS:
        return text
    return _encode_words(name, text)


def format_mailbox(name: str, box: Mailbox) -> str:
    """Return the value of a header such as `From`: a name and an address (RFC 5322, 3.4).

    Runs of spaces in the name become one space. Only the words of the name that need it are
    encoded, so that few names need two encoded words in a row: some mail clients show a space
    between two encoded words, even inside a word of the name.
    Raises ValueError on a control character in the name, or an address that `write_message` would
    refuse.
    """
    if _CONTROLS.search(box.name):
        raise ValueError(f"a header cannot hold this: {box.name!r}")
    lines = [f"{name}:"]
    for piece in (*_format_phrase(name, box.name.split()), f"<{_check_uri(box.address)}>"):
        if len(lines[-1]) + 1 + len(piece) > USUAL_OCTETS:
            lines.append("")
        lines[-1] += f" {piece}"
    return "\r\n".join(lines).removeprefix(f"{name}: ")


def _format_phrase(name: str, words: list[str]) -> Iterator[str]:
    """Yield the parts of a phrase, to be separated by spaces: atoms and encoded words."""
    for plain, run in groupby(words, lambda word: bool(_ATOM.fullmatch(word)) and "=?" not in word):
        if plain:
            yield from run
            name = ""  # only the first part needs room for the header's name
            continue
        kept = ""
        for word in run:
            # Spaces between two encoded words are dropped, so the space is encoded too.
            longer = f"{kept} {word}" if kept else word
            if kept and "\n" in _encode_words(name, longer):
                yield from _encode_words(name, kept).split("\r\n ")
                longer, name = f" {word}", ""
            kept = longer
        yield from _encode_words(name, kept).split("\r\n ")
        name = ""


def _encode_words(name: str, text: str) -> str:
    made = Header(text, "utf-8", header_name=name or None)
    return made.encode(maxlinelen=WORD_OCTETS, linesep="\r\n")


def _check_uri(uri: str) -> str:
    if not _URI.fullmatch(uri) or len(uri) > LINE_OCTETS - USUAL_OCTETS:
        raise ValueError(f"a header cannot hold this address: {uri!r}")
    return uri


def _write_part(subtype: str, body: bytes) -> bytes:
    head = (
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + body


def encode_quoted_printable(text: str) -> bytes:
    """Return a text as quoted-printable (RFC 2045, 6.7), with CRLF line ends.

    « From » at the start of a line is encoded, because the mbox format would put « > » before it.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = binascii.b2a_qp(plain.encode(), istext=True)
    return re.sub(rb"(?m)^From ", b"=46rom ", lines).replace(b"\n", b"\r\n")
