"""Atom (RFC 4287) and JSON Feed 1.1: the same entries, written twice.

Nothing here knows today's date. Ids come from the namespace of the site and the name of the entry,
dates from its content, so that a rebuild never makes an old entry new to those who follow it.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
import uuid
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from maille.text.typography import french, french_html
from maille.text.urls import absolute

# A text is told in both formats, by the feeds of the site, of a project, of territories.
TEXTS_KEPT = 1_000

ATOM_TYPE, JSON_TYPE = "application/atom+xml", "application/feed+json"
ATOM_FILE, JSON_FILE = "flux.xml", "flux.json"
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# Atom wants a date of update: what has none in its content says this one, which nobody takes for
# the day of a piece of news. JSON Feed says nothing.
UNKNOWN_DAY = datetime.date(1970, 1, 1)

# What XML 1.0 cannot hold, not even as an entity, and « \r », which readers turn into « \n ».
_NOT_XML = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")
_TAG = re.compile(r"<[a-z][^>]*>")
_TARGET = re.compile(r'(?<=\s)(href|src|srcset)="([^"]*)"')
_CANDIDATE = re.compile(r"(^|,\s*)/(?!/)")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the feeds, where, and what their ids and hours are made from."""

    name: str
    address: str
    language: str
    namespace: uuid.UUID
    time_zone: str

    def urn(self, name: str) -> str:
        """Return the id of what bears this name, whatever the date and the address of the site."""
        return f"urn:uuid:{uuid.uuid5(self.namespace, name)}"

    def moment(self, day: datetime.date) -> str:
        """Return the start of a day where the site is (RFC 3339)."""
        zone = zoneinfo.ZoneInfo(self.time_zone)
        return datetime.datetime.combine(day, datetime.time(), zone).isoformat()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed. Its addresses are from the site's root; `name` makes its id.

    `published` orders the feed; without it an item comes last. `via` are the addresses of the
    texts that it retells.
    """

    name: str
    title: str
    address: str
    html: str
    summary: str = ""
    category: str = ""
    published: datetime.date | None = None
    updated: datetime.date | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What one may follow: `page` is its page, in whose folder its two files lie."""

    name: str
    title: str
    subtitle: str
    page: str
    items: tuple[Item, ...]


def newest_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items by day of publication, the newest first, those without a day last."""
    by_name = sorted(items, key=lambda item: item.name)
    return tuple(
        sorted(by_name, key=lambda item: item.published or datetime.date.min, reverse=True)
    )


def atom(feed: Feed, publisher: Publisher) -> bytes:
    """Return the Atom document of a feed."""
    root = Element("feed", {"xmlns": _ATOM, _LANGUAGE: publisher.language})
    _add(root, "id", publisher.urn(feed.name))
    _add(root, "title", french(feed.title))
    _add(root, "subtitle", french(feed.subtitle))
    _add(root, "updated", publisher.moment(max(map(_updated, feed.items), default=UNKNOWN_DAY)))
    _link(root, "self", absolute(f"{feed.page}{ATOM_FILE}", publisher.address), ATOM_TYPE)
    _link(root, "alternate", absolute(feed.page, publisher.address), "text/html")
    author = SubElement(root, "author")
    _add(author, "name", publisher.name)
    _add(author, "uri", absolute("/", publisher.address))
    for item in feed.items:
        _entry(SubElement(root, "entry"), item, publisher)
    indent(root, "")
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def json_feed(feed: Feed, publisher: Publisher) -> bytes:
    """Return the JSON Feed document of a feed."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": french(feed.title),
        "home_page_url": absolute(feed.page, publisher.address),
        "feed_url": absolute(f"{feed.page}{JSON_FILE}", publisher.address),
        "description": french(feed.subtitle),
        "language": publisher.language,
        "authors": [{"name": publisher.name, "url": absolute("/", publisher.address)}],
        "items": [_json_item(item, publisher) for item in feed.items],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


@functools.lru_cache(TEXTS_KEPT)
def whole_html(html: str, page: str, site_address: str) -> str:
    """Return HTML as feed readers need it: whole addresses, French typography.

    `page` is the address of the page that the HTML stands on, for its links to `#anchors`.
    """

    def target(found: re.Match[str]) -> str:
        name, value = found.groups()
        if name == "srcset":
            value = _CANDIDATE.sub(lambda m: f"{m[1]}{absolute('/', site_address)}", value)
        elif value.startswith("#"):
            value = absolute(f"{page.partition('#')[0]}{value}", site_address)
        elif re.match("/(?!/)", value):
            value = absolute(value, site_address)
        return f'{name}="{value}"'

    return french_html(_TAG.sub(lambda tag: _TARGET.sub(target, tag[0]), html))


def _entry(entry: Element, item: Item, publisher: Publisher) -> None:
    _add(entry, "id", publisher.urn(item.name))
    _add(entry, "title", french(item.title))
    _link(entry, "alternate", absolute(item.address, publisher.address), "text/html")
    for source in item.via:
        _link(entry, "via", source)
    if item.published:
        _add(entry, "published", publisher.moment(item.published))
    _add(entry, "updated", publisher.moment(_updated(item)))
    if item.category:
        SubElement(entry, "category", {"term": _xml(item.category)})
    if item.summary:
        _add(entry, "summary", french(item.summary))
    content = whole_html(item.html, item.address, publisher.address)
    _add(entry, "content", content).set("type", "html")


def _json_item(item: Item, publisher: Publisher) -> dict[str, Any]:
    updated = None if _updated(item) == UNKNOWN_DAY else publisher.moment(_updated(item))
    data = {
        "id": publisher.urn(item.name),
        "url": absolute(item.address, publisher.address),
        "external_url": item.via[0] if item.via else None,
        "title": french(item.title),
        "content_html": whole_html(item.html, item.address, publisher.address),
        "summary": french(item.summary) or None,
        "date_published": publisher.moment(item.published) if item.published else None,
        "date_modified": updated,
        "tags": [item.category] if item.category else None,
    }
    return {key: value for key, value in data.items() if value is not None}


def _updated(item: Item) -> datetime.date:
    """Return the latest day that content gives of an item."""
    known = [day for day in (item.published, item.updated) if day]
    return max(known, default=UNKNOWN_DAY)


def _add(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = _xml(text)
    return element


def _link(parent: Element, relation: str, address: str, media: str = "") -> None:
    known = {"rel": relation, "href": _xml(address), "type": media}
    SubElement(parent, "link", {name: value for name, value in known.items() if value})


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
