"""Write the same entries as Atom (RFC 4287) and as JSON Feed 1.1 (decision 0016).

Nothing here reads the clock. Ids are made from the site's namespace and the entry's name, and
dates come from content, so a rebuild never shows subscribers an old entry as new (decision 0008).
"""

from __future__ import annotations

import datetime
import functools
import json
import re
import uuid
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from maille.text.html_addresses import rewrite_addresses
from maille.text.time_zones import load_zone
from maille.text.typography import typeset, typeset_html
from maille.text.urls import make_absolute

# How many converted texts are cached: each goes into two formats, and may be in several feeds
# (site, project, territories).
TEXTS_KEPT = 1_000

# Feed readers fetch the whole file each time, so a file has at most this many bytes.
MOST_BYTES = 150_000

ATOM_TYPE = "application/atom+xml"
ATOM_FILE, JSON_FILE = "flux.xml", "flux.json"
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# Characters that XML 1.0 forbids (even as entities) or discourages, and « \r », which parsers turn
# into « \n ».
_NOT_XML = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")


@dataclass(frozen=True, slots=True)
class Publisher:
    """The publisher of the feeds: name, absolute URL, language, namespace of ids, time zone.

    `latest` is the day of the latest dated entry of the site. An Atom feed without entries has this
    day, since Atom requires one.
    """

    name: str
    address: str
    language: str
    namespace: uuid.UUID
    time_zone: str
    latest: datetime.date

    def make_urn(self, name: str) -> str:
        """Return the id of a feed or an entry, which depends only on `namespace` and `name`."""
        return f"urn:uuid:{uuid.uuid5(self.namespace, name)}"

    def format_day(self, day: datetime.date) -> str:
        """Return the start of a day in the site's time zone (RFC 3339)."""
        zone = load_zone(self.time_zone)
        return datetime.datetime.combine(day, datetime.time(), zone).isoformat()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed; its id is made from `name`.

    `address` starts with « / », the root of the site; so do the addresses of the site in `html`,
    except `#anchors`. `via` holds the URLs of the texts that the item reports on. An item with
    neither `published` nor `updated` is in JSON Feed only: Atom requires a day. An item whose
    `html` is "" has only its title and its summary.
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

    @property
    def latest(self) -> datetime.date | None:
        """Return the later of `published` and `updated`, or None if there is neither."""
        return max((day for day in (self.published, self.updated) if day), default=None)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; its id is made from `name`.

    `page` is the address of its page, which ends with « / ». The two files of the feed go there.
    """

    name: str
    title: str
    subtitle: str
    page: str
    items: tuple[Item, ...]


def sort_newest_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items by `published`, newest first and None last; items of one day by name."""
    by_name = sorted(items, key=lambda item: item.name)
    return tuple(
        sorted(by_name, key=lambda item: item.published or datetime.date.min, reverse=True)
    )


def write_atom(feed: Feed, publisher: Publisher) -> bytes:
    """Return the Atom document of a feed, without the items that have no day.

    It has at most `MOST_BYTES`: see `_fit`.
    """
    dated = tuple(item for item in feed.items if item.latest)
    return _fit(dated, lambda items: _encode_atom(feed, items, publisher))


def write_json_feed(feed: Feed, publisher: Publisher) -> bytes:
    """Return the JSON Feed document of a feed, of at most `MOST_BYTES`: see `_fit`."""
    return _fit(feed.items, lambda items: _encode_json_feed(feed, items, publisher))


def _fit(items: tuple[Item, ...], encode: Callable[[tuple[Item, ...]], bytes]) -> bytes:
    """Return the result of `encode` for the items, cut to at most `MOST_BYTES`.

    If the result is too long, the last items keep only their summary. If it would still be too long
    with summaries alone, the last items are left out.
    """
    data = encode(items)
    if len(data) <= MOST_BYTES:
        return data
    brief = tuple(replace(item, html="") for item in items)
    counts = range(1, len(items) + 1)
    whole = bisect_right(
        counts, MOST_BYTES, key=lambda count: len(encode(items[:count] + brief[count:]))
    )
    if whole or len(encode(brief)) <= MOST_BYTES:
        return encode(items[:whole] + brief[whole:])
    return encode(brief[: bisect_right(counts, MOST_BYTES, key=lambda n: len(encode(brief[:n])))])


def _encode_atom(feed: Feed, items: Iterable[Item], publisher: Publisher) -> bytes:
    dated = [(item, item.latest) for item in items if item.latest]
    root = Element("feed", {"xmlns": _ATOM, _LANGUAGE: publisher.language})
    _add(root, "id", publisher.make_urn(feed.name))
    _add(root, "title", typeset(feed.title))
    _add(root, "subtitle", typeset(feed.subtitle))
    latest = max((day for _, day in dated), default=publisher.latest)
    _add(root, "updated", publisher.format_day(latest))
    _add_link(root, "self", make_absolute(f"{feed.page}{ATOM_FILE}", publisher.address), ATOM_TYPE)
    _add_link(root, "alternate", make_absolute(feed.page, publisher.address), "text/html")
    author = SubElement(root, "author")
    _add(author, "name", publisher.name)
    _add(author, "uri", make_absolute("/", publisher.address))
    for item, day in dated:
        _add_entry(SubElement(root, "entry"), item, day, publisher)
    indent(root, "")
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _encode_json_feed(feed: Feed, items: Iterable[Item], publisher: Publisher) -> bytes:
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": typeset(feed.title),
        "home_page_url": make_absolute(feed.page, publisher.address),
        "feed_url": make_absolute(f"{feed.page}{JSON_FILE}", publisher.address),
        "description": typeset(feed.subtitle),
        "language": publisher.language,
        "authors": [{"name": publisher.name, "url": make_absolute("/", publisher.address)}],
        "items": [_make_json_item(item, publisher) for item in items],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


@functools.lru_cache(TEXTS_KEPT)
def make_links_absolute(html: str, page: str, site_address: str) -> str:
    """Return HTML in French typography, with the absolute addresses that feed readers need.

    `page` is the address of the page that contains the HTML: links to `#anchors` are resolved
    against it.
    """

    def rewrite(address: str) -> str:
        if address.startswith("#"):
            return make_absolute(f"{page.partition('#')[0]}{address}", site_address)
        return make_absolute(address, site_address) if re.match("/(?!/)", address) else address

    return typeset_html(rewrite_addresses(html, rewrite))


def _add_entry(entry: Element, item: Item, latest: datetime.date, publisher: Publisher) -> None:
    _add(entry, "id", publisher.make_urn(item.name))
    _add(entry, "title", typeset(item.title))
    _add_link(entry, "alternate", make_absolute(item.address, publisher.address), "text/html")
    for source in item.via:
        _add_link(entry, "via", source)
    if item.published:
        _add(entry, "published", publisher.format_day(item.published))
    _add(entry, "updated", publisher.format_day(latest))
    if item.category:
        SubElement(entry, "category", {"term": _keep_xml_characters(item.category)})
    if item.summary:
        _add(entry, "summary", typeset(item.summary))
    if item.html:
        content = make_links_absolute(item.html, item.address, publisher.address)
        _add(entry, "content", content).set("type", "html")


def _make_json_item(item: Item, publisher: Publisher) -> dict[str, Any]:
    html = make_links_absolute(item.html, item.address, publisher.address)
    # JSON Feed 1.1 requires content, as HTML or as text.
    data = {
        "id": publisher.make_urn(item.name),
        "url": make_absolute(item.address, publisher.address),
        "external_url": item.via[0] if item.via else None,
        "title": typeset(item.title),
        "content_html": html or None,
        "content_text": None if html else typeset(item.summary or item.title),
        "summary": typeset(item.summary) or None,
        "date_published": publisher.format_day(item.published) if item.published else None,
        "date_modified": publisher.format_day(item.latest) if item.latest else None,
        "tags": [item.category] if item.category else None,
    }
    return {key: value for key, value in data.items() if value is not None}


def _add(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = _keep_xml_characters(text)
    return element


def _add_link(parent: Element, relation: str, address: str, media: str = "") -> None:
    known = {"rel": relation, "href": _keep_xml_characters(address), "type": media}
    SubElement(parent, "link", {name: value for name, value in known.items() if value})


def _keep_xml_characters(text: str) -> str:
    return _NOT_XML.sub("", text)
