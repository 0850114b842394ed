"""Addresses: what a page is called in a link, and where its file lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the address that it leads to (from the site's root, without the base path)."""

    title: str
    address: str


_FILE_OF_TEXT = re.compile(r"(?!//|www\.)[^\s:?#]+\.md(?:#.*)?", re.IGNORECASE)


def names_a_file(target: str) -> bool:
    """Return whether a link is made to a Markdown file, as in « ../projets/un-projet.md#suite »."""
    return bool(_FILE_OF_TEXT.fullmatch(target))


def file_of(address: str) -> str:
    """Return the file that serves an address: `/carte/` is served by `carte/index.html`."""
    path = address.lstrip("/")
    return f"{path}index.html" if address.endswith("/") else path


def base_path(base_url: str) -> str:
    """Return the path of a base address: `https://x.fr/reseau` gives `/reseau/`."""
    path = urlsplit(base_url).path
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def whole_address(base_url: str, site_address: str) -> str:
    """Return where the site is published: `base_url`, on the site's host if it names none."""
    if "://" in base_url:
        return base_url
    parts = urlsplit(site_address)
    path = parts.path if base_path(base_url) == "/" else base_path(base_url)
    return parts._replace(path=path).geturl()


def in_ascii(mailbox: str) -> str:
    """Return the address of a mailbox with its host in ASCII (RFC 3490), as headers hold it."""
    name, _, host = mailbox.partition("@")
    return f"{name}@{host.encode('idna').decode()}"


def absolute(address: str, site_address: str) -> str:
    """Return the whole address of a page, for feeds, sitemaps and mails."""
    return site_address.rstrip("/") + address
