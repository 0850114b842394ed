"""Addresses: what a page is called in a link, and where its file lies."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the address that it leads to (from the site's root, without the base path)."""

    title: str
    address: str


def file_of(address: str) -> str:
    """Return the file that serves an address: `/carte/` is served by `carte/index.html`."""
    path = address.lstrip("/")
    return f"{path}index.html" if address.endswith("/") else path


def base_path(base_url: str) -> str:
    """Return the path of a base address: `https://x.fr/reseau` gives `/reseau/`."""
    path = urlsplit(base_url).path
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def absolute(address: str, site_address: str) -> str:
    """Return the whole address of a page, for feeds, sitemaps and mails."""
    return site_address.rstrip("/") + address
