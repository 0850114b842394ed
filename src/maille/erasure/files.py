"""Black out a name in the bytes of one file, whatever its format."""

from __future__ import annotations

import base64
import contextlib
import email
import email.generator
import email.message
import email.policy
import io
import json
import re
import zipfile
from collections.abc import Callable
from email.header import decode_header, make_header
from email.utils import getaddresses
from typing import Any

import yaml

from maille.erasure.words import Eraser, quote_around
from maille.formats.email_message import (
    Mailbox,
    encode_quoted_printable,
    format_mailbox,
    format_unstructured,
)
from maille.formats.icalendar import fold_line
from maille.site.sealed_letters import RECORD, format_record

_HEADER = re.compile(r"(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?$)", re.DOTALL | re.MULTILINE)
_MAILBOXES = {"from", "to", "cc", "bcc", "reply-to", "sender"}
_HTML = (".html", ".htm", ".svg", ".xml")
_POLICY = email.policy.compat32.clone(linesep="\r\n", max_line_length=None)


def erase_file(path: str, data: bytes, eraser: Eraser) -> bytes:
    """Return the content of a file with the name blacked out; only texts and mails change."""
    if path.endswith(".eml"):
        return _erase_mail(data, eraser)
    if not (decoded := _decode(data)):
        return data
    text, encoding = decoded
    done = _choose(path, eraser)(text)
    return data if done == text else done.encode(encoding)


def count_in_file(path: str, data: bytes, eraser: Eraser) -> int:
    """Return how many times the name is in a file; mails and archives are decoded first."""
    if is_text(path, data):
        return sum(map(eraser.count, list_texts(path, data)))
    texts = [data.decode(encoding, "ignore") for encoding in ("latin-1", "utf-8", "utf-16")]
    return max(map(eraser.count, texts)) + _count_in_archive(data, eraser)


def quote_in_file(path: str, data: bytes, eraser: Eraser) -> list[str]:
    """Return each occurrence of the name in a text file or a mail, with the text around it."""
    return [
        quote_around(text, *span) for text in list_texts(path, data) for span in eraser.find(text)
    ]


def is_text(path: str, data: bytes) -> bool:
    """Return whether a file is text, or a mail."""
    return path.endswith(".eml") or _decode(data) is not None


def list_texts(path: str, data: bytes) -> list[str]:
    """Return the decoded texts of a file: several in a mail, one in a text file, none elsewhere."""
    if path.endswith(".eml"):
        return _list_mail_texts(email.message_from_bytes(data))
    if not (decoded := _decode(data)):
        return []
    return [unfold(decoded[0]) if path.endswith(".ics") else decoded[0]]


def _count_in_archive(data: bytes, eraser: Eraser) -> int:
    """Return how many times the name is in the files of an archive, such as a spreadsheet.

    Files of 50 MB or more are skipped. Return 0 if `data` is not a ZIP archive.
    """
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        small = (one for one in archive.infolist() if one.file_size < 50_000_000)
        return sum(eraser.count(archive.read(one).decode("utf-8", "ignore")) for one in small)


def _decode(data: bytes) -> tuple[str, str] | None:
    """Return the text of a file and its encoding, or None if it is not text."""
    if b"\0" in data or data.startswith(b"%PDF"):
        return None
    for encoding in ("utf-8", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding), encoding
    return None


def _choose(path: str, eraser: Eraser) -> Callable[[str], str]:
    """Return the function that erases the name from the text of a file with this path."""
    if path.endswith(".md"):
        return lambda text: _erase_document(text, eraser)
    if path.endswith((".yaml", ".yml")):
        return lambda text: _erase_yaml(text, eraser)
    if path.endswith(".ics"):
        return lambda text: _erase_calendar(text, eraser)
    if path.rpartition("/")[2] == RECORD:
        return lambda text: _erase_record(text, eraser)
    return eraser.erase_html if path.endswith(_HTML) else eraser.erase_plain


def _erase_document(text: str, eraser: Eraser) -> str:
    found = _HEADER.match(text)
    if not found:
        return eraser.erase_markdown(text)
    body = eraser.erase_markdown(text[found.end() :])
    return f"{found[1]}{_erase_yaml(found[2], eraser)}{found[3]}{body}"


def _erase_yaml(text: str, eraser: Eraser) -> str:
    """Return YAML with the name blacked out.

    A value that changes is double-quoted, unless it is a slug or a block (« | » or « > »).
    """
    if not eraser.count(text):
        return text
    try:
        scalars = [one for one in yaml.scan(text) if isinstance(one, yaml.ScalarToken)]
    except yaml.YAMLError:
        scalars = []
    for one in reversed(scalars):
        new = eraser.erase_value(one.value)
        if new != one.value and one.style not in {"|", ">"}:
            plain = re.fullmatch(r"[a-z0-9-]+", new)
            written = new if plain else json.dumps(new, ensure_ascii=False)
            text = text[: one.start_mark.index] + written + text[one.end_mark.index :]
    return eraser.erase_markdown(text)


def _erase_record(text: str, eraser: Eraser) -> str:
    def erase(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {erase(name): erase(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [erase(item, key) for item in value]
        if not isinstance(value, str):
            return value
        if key == "html":
            return eraser.erase_html(value)
        plain = re.fullmatch(r"[a-z0-9-]+|/\S*", value)
        return eraser.erase_name(value) if plain else eraser.erase_plain(value)

    return format_record(erase(json.loads(text))).decode()


def unfold(text: str) -> str:
    """Return a calendar with each property on one line (RFC 5545, 3.1)."""
    return re.sub(r"\r?\n[ \t]", "", text)


def _erase_calendar(text: str, eraser: Eraser) -> str:
    whole = unfold(text)
    done = eraser.erase_plain(whole)
    if done == whole:
        return text
    return "".join(f"{fold_line(line)}\r\n" for line in re.split(r"\r?\n", done.rstrip()))


# --- Mails ---------------------------------------------------------------------------------------


def _list_mail_texts(message: email.message.Message) -> list[str]:
    found: list[str] = []
    for part in message.walk():
        found += [_decode_header(value) for value in part.values()]
        if part.get_content_maintype() == "text":
            text = _decode_part(part)
            found.append(unfold(text) if part.get_content_subtype() == "calendar" else text)
    return found


def _decode_header(value: object) -> str:
    return str(make_header(decode_header(re.sub(r"\r?\n[ \t]", " ", str(value)))))


def _decode_part(part: email.message.Message) -> str:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    return data.decode(part.get_content_charset() or "utf-8", "replace").replace("\r\n", "\n")


def _erase_mail(data: bytes, eraser: Eraser) -> bytes:
    message = email.message_from_bytes(data, policy=_POLICY)
    if not any(map(eraser.count, _list_mail_texts(message))):
        return data
    for part in message.walk():
        _erase_headers(part, eraser)
        if part.get_content_maintype() == "text":
            _erase_part(part, eraser)
    written = io.BytesIO()
    email.generator.BytesGenerator(written, mangle_from_=False, policy=_POLICY).flatten(message)
    return written.getvalue()


def _erase_headers(part: email.message.Message, eraser: Eraser) -> None:
    for name, value in part.items():
        text = _decode_header(value)
        if not eraser.count(text):
            continue
        if name.lower() in _MAILBOXES:
            boxes = [
                Mailbox(
                    eraser.erase_plain(words) if eraser.count(words) else words,
                    "retire@retire.invalid" if eraser.count(address) else address,
                )
                for words, address in getaddresses([text])
            ]
            part.replace_header(name, ", ".join(format_mailbox(name, box) for box in boxes))
        elif name.lower() in {"subject", "comments", "keywords"}:
            part.replace_header(name, format_unstructured(name, eraser.erase_plain(text)))
        else:
            part.replace_header(name, eraser.erase_name(text))


def _erase_part(part: email.message.Message, eraser: Eraser) -> None:
    text = _decode_part(part)
    suffix = {"html": ".html", "calendar": ".ics"}.get(part.get_content_subtype(), "")
    done = _choose(suffix, eraser)(text)
    if done == text:
        return
    part.set_param("charset", "utf-8")
    if str(part.get("Content-Transfer-Encoding", "")).lower() == "base64":
        part.set_payload(base64.encodebytes(done.encode()).decode("ascii"))
    else:
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = "quoted-printable"
        part.set_payload(encode_quoted_printable(done).decode("ascii"))
