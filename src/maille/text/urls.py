"""Addresses: paths of pages, paths of their files, absolute URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit


@dataclass(frozen=True, slots=True)
class Link:
    """A text and the address that it links to (from the site's root, without the base path)."""

    title: str
    address: str


_FILE_OF_TEXT = re.compile(r"(?!//|www\.)[^\s:?#]+\.md(?:#.*)?", re.IGNORECASE)


def is_file_target(target: str) -> bool:
    """Return whether `target` is the path of a Markdown file: « ../projets/projet.md#suite »."""
    return bool(_FILE_OF_TEXT.fullmatch(target))


_WEB = re.compile(r"https?://[^\s<>«»\"'`|()\[\]]+")


def list_web_addresses(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, address) for each web address in a text.

    Punctuation and marks of emphasis at the end of an address are left out.
    """
    for found in _WEB.finditer(text) if "://" in text else ():
        yield found.start(), found[0].rstrip(".,;:!?*_")


def find_doubled_bars(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each address of a text with « // » in its path.

    An address that contains another one may have them, as in web archives.
    """
    for offset, typed in list_web_addresses(text):
        scheme, _, rest = typed.partition("://")
        path = re.split(r"[?#]", rest, maxsplit=1)[0]
        if "//" in path and "://" not in rest and "/www." not in path:
            right = f"{scheme}://{re.sub('/+', '/', path)}{rest[len(path) :]}"
            yield offset, f"« {typed} » a deux barres de suite", f"écrivez {right}"


# Addresses of one video, and of one recording: by host, then by path.
_VIDEO = re.compile(
    r"(?:[\w-]+\.)*(?:youtu\.be|youtube\.com|vimeo\.com|dailymotion\.com|dai\.ly|canal-u\.tv)/."
    r"|(?:[\w-]+\.)*coursera\.org/lecture/|peertube\.|[^/]+/(?:.*/)?videos?/."
    r"|.*\.(?:mp4|webm|mov|m4v)$"
)
_SOUND = re.compile(
    r"(?:[\w-]+\.)*(?:soundcloud\.com|ausha\.co|acast\.com|open\.spotify\.com|deezer\.com)/."
    r"|podcasts?\.|[^/]+/(?:.*/)?podcasts?/.|.*\.(?:mp3|ogg|m4a|wav)$"
)


def choose_verb(url: str) -> str:
    """Return what one does with the page at a web address, in French: lire, voir or écouter."""
    parts = urlsplit(url.lower())
    address = f"{_strip_www(parts)}{parts.path}"
    if _VIDEO.match(address):
        return "voir"
    return "écouter" if _SOUND.match(address) else "lire"


def make_file_path(address: str) -> str:
    """Return the path of the file at an address: `carte/index.html` for `/carte/`."""
    path = address.lstrip("/")
    return f"{path}index.html" if address.endswith("/") else path


def extract_base_path(base_url: str) -> str:
    """Return the path of a base URL: `/reseau/` for `https://x.fr/reseau`."""
    path = urlsplit(base_url).path
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def make_site_url(base_url: str, site_address: str) -> str:
    """Return the URL of the site: `base_url` if it has a host.

    Otherwise, return `site_address`, with the path of `base_url` unless that path is "/".
    """
    if "://" in base_url:
        return base_url
    parts = urlsplit(site_address)
    path = parts.path if extract_base_path(base_url) == "/" else extract_base_path(base_url)
    return parts._replace(path=path).geturl()


def find_own_path(url: str, site_address: str) -> str | None:
    """Return the address, from the root of the site, of a URL of this site; None for any other.

    `http` and `https`, with and without « www. », are the same site. `site_address` is the URL of
    the site's home page.
    """
    try:
        parts, own = urlsplit(url), urlsplit(site_address)
        same = (_strip_www(parts), parts.port) == (_strip_www(own), own.port)
    except ValueError:
        return None
    base = own.path.rstrip("/")
    path = parts.path or "/"
    if parts.scheme not in {"http", "https"} or not same or not f"{path}/".startswith(f"{base}/"):
        return None
    return parts._replace(scheme="", netloc="", path=path[len(base) :] or "/").geturl()


def _strip_www(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")


def encode_mailbox(mailbox: str) -> str:
    """Return an e-mail address with its host in ASCII (RFC 3490), for mail headers.

    Raises UnicodeError if the host has no ASCII form.
    """
    name, _, host = mailbox.partition("@")
    return f"{name}@{host.encode('idna').decode()}"


def make_mailto(mailbox: str, subject: str, body: str = "") -> str:
    """Return the `mailto:` URL (RFC 6068) of a mail; lines of `body` end with CRLF."""
    return f"mailto:{encode_mailbox(mailbox)}?{make_query(subject=subject, body=body)}"


def make_query(**values: str) -> str:
    """Return the query of a URL, percent-encoded, without the values that are ""."""
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in values.items() if value)


def encode_url(url: str) -> str:
    """Return a URL with its host, path and query in ASCII (RFC 3986), for mail headers.

    Raises UnicodeError if the host has no ASCII form.
    """
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    host = f"{(parts.hostname or '').encode('idna').decode()}{port}"
    others = {part: quote(getattr(parts, part), "/%;=&?~+,:@!$'()*") for part in ("path", "query")}
    return parts._replace(netloc=host, **others).geturl()


def make_absolute(address: str, site_address: str) -> str:
    """Return the absolute URL of an address that starts with « / », for feeds and mails."""
    return site_address.rstrip("/") + address
