"""The address under which a site is served, as typed after `--base-url`."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from maille.text.names import make_slug
from maille.text.patterns import compile_late

_SEGMENT = compile_late(r"(?!\.+$)(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+")
_LABEL = compile_late(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?", re.IGNORECASE)
_ANY = "/reseau/ ou https://exemple.fr/reseau/"
_WHOLE = "l'adresse entière, comme https://exemple.fr/reseau/"


def is_base_url(text: str) -> bool:
    """Return whether `text` is a path from the root or an http(s) URL, without query or anchor."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if re.search(r"[\s?#@\\]|^//", text) or (not parts.scheme and not text.startswith("/")):
        return False
    if parts.scheme and (parts.scheme not in {"http", "https"} or not _is_host(host, port)):
        return False
    inner = parts.path.removeprefix("/").removesuffix("/")
    return not inner or all(map(_is_segment, inner.split("/")))


def propose_base_url(text: str) -> str:
    """Return what to type instead of `text`, or an example if it cannot be guessed."""
    if re.match(r"[A-Za-z]:[/\\]", text):  # Git Bash rewrites « /path » to this
        return _WHOLE
    found = re.match(r"([a-z][a-z0-9+.-]*):(?=/)", text.strip(), re.IGNORECASE)
    scheme, rest = (found[1].casefold(), text.strip()[found.end() :]) if found else ("", text)
    rest = re.split(r"[?#]", rest.replace("\\", "/"), maxsplit=1)[0]
    first, *others = [part for part in rest.split("/") if unquote(part).strip(". ")] or [""]
    host = first.rpartition("@")[2].casefold()
    is_host = scheme or (re.search(r"\w[.:]\w", host) and not text.startswith("/"))
    path = [part if _is_segment(part) else make_slug(unquote(part)) for part in others]
    start = (
        f"http{'' if scheme == 'http' else 's'}://{host}"
        if is_host
        else f"/{make_slug(unquote(first))}"
    )
    proposed = "/".join((start, *filter(None, path), ""))
    if not first:
        return _ANY if scheme else "/"
    return proposed if is_base_url(proposed) else _ANY


def _is_segment(typed: str) -> bool:
    """Return whether `typed` is one segment of a path, both as typed and percent-decoded."""
    meant = unquote(typed)
    return (
        _SEGMENT.fullmatch(typed) is not None
        and bool(meant.strip("."))
        and re.search(r"[/\\\x00-\x1f\x7f]", meant) is None
    )


def _is_host(host: str | None, port: int | None) -> bool:
    """Return whether `host` is a host name, in any alphabet, and `port`, if given, is not 0."""
    try:
        name = (host or "").encode("idna").decode()
    except UnicodeError:
        return False
    return port != 0 and all(_LABEL.fullmatch(label) for label in name.split("."))
