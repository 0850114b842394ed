"""The JSON-LD of pages (schema.org). Facts about an entry must also be shown on its page.

Doubtful dates of events and the relation of catalysers to the network are left out: a machine
would keep the fact and lose the doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maille.kinds.actualite import Actualite
from maille.kinds.catalyser import Catalyser
from maille.kinds.newsletter import Newsletter
from maille.schema.event import Format, Occasion, Status
from maille.schema.kind import Entry
from maille.schema.located import Located
from maille.site.model import Site
from maille.text.dates import format_iso

Thing = Mapping[str, Any]

_MODES = {
    Format.ON_SITE: "OfflineEventAttendanceMode",
    Format.ONLINE: "OnlineEventAttendanceMode",
    Format.BOTH: "MixedEventAttendanceMode",
}

_STATUSES = {
    None: "EventScheduled",
    Status.CANCELLED: "EventCancelled",
    Status.POSTPONED: "EventPostponed",
}


def describe_site(site: Site) -> Thing:
    """Return the JSON-LD of the home page: the website of the network."""
    config = site.config
    return _make_thing(
        "WebSite",
        {"@context": "https://schema.org"},
        name=config.name,
        alternateName=config.short_name,
        description=config.description,
        url=site.make_absolute("/"),
        inLanguage=config.language,
        publisher=_describe_publisher(site),
    )


def describe_entry(site: Site, entry: Entry) -> Thing | None:
    """Return the JSON-LD of a catalyser, event, news item or letter.

    Return None for examples and for other kinds.
    """
    if entry.is_example:
        return None
    match entry:
        case Catalyser():
            return _describe_organization(site, entry)
        case Occasion():
            return _describe_event(site, entry)
        case Actualite():
            return _describe_article(site, entry)
        case Newsletter():
            return _describe_letter(site, entry)
    return None


def _describe_organization(site: Site, entry: Catalyser) -> Thing:
    return _make_thing(
        "Organization",
        _describe_page(site, entry),
        name=entry.name,
        alternateName=list(entry.other_names),
        description=entry.summary,
        url=entry.website,
        email=entry.email,
        telephone=entry.phone,
        address=_describe_address(site, entry),
        areaServed=[area.name for area in site.areas_of(entry)],
    )


def _describe_event(site: Site, entry: Occasion) -> Thing:
    zone = site.zone_of(entry)
    starts, ends, sure = entry.starts(zone), entry.ends(zone), not entry.date_doubt
    way = entry.way
    return _make_thing(
        "Event",
        _describe_page(site, entry),
        name=entry.title,
        description=entry.summary,
        url=site.make_absolute(site.address(entry)),
        startDate=(starts.isoformat() if starts else str(entry.date)) if sure else None,
        endDate=(ends.isoformat() if ends else _convert_to_text(entry.last_day)) if sure else None,
        eventStatus=f"https://schema.org/{_STATUSES[entry.status]}",
        eventAttendanceMode=f"https://schema.org/{_MODES[way]}" if way else None,
        location=_list_locations(site, entry, way),
        organizer=[_make_thing("Organization", name=name) for name in entry.organisers],
    )


def _describe_article(site: Site, entry: Actualite) -> Thing:
    sources = [
        _make_thing(
            "CreativeWork", name=one.title, url=one.url, datePublished=_convert_to_text(one.date)
        )
        for one in entry.sources
    ]
    # The date of retold news is the date of its source, not of this page.
    own = entry.date if site.is_network(entry.actor) else None
    return _describe_news(site, entry, own or entry.published_on, sources)


def _describe_letter(site: Site, entry: Newsletter) -> Thing:
    origin = entry.origin
    original = origin and _make_thing(
        "CreativeWork",
        name=entry.title,
        url=origin.url,
        publisher=_make_thing("Organization", name=origin.publisher),
    )
    return _describe_news(site, entry, format_iso(entry.published_on or entry.period), original)


def _describe_news(site: Site, entry: Entry, published: object, based_on: object) -> Thing:
    return _make_thing(
        "NewsArticle",
        _describe_page(site, entry),
        headline=entry.heading,
        description=entry.abstract,
        datePublished=_convert_to_text(published),
        dateModified=_convert_to_text(entry.updated),
        inLanguage=site.config.language,
        publisher=_describe_publisher(site),
        isBasedOn=based_on,
    )


def _list_locations(site: Site, entry: Occasion, way: Format | None) -> list[Thing]:
    found = []
    address = _describe_address(site, entry)
    if entry.venue or address:
        name = entry.venue or site.place(entry).label
        found.append(_make_thing("Place", name=name, address=address))
    if way in {Format.ONLINE, Format.BOTH}:
        page = entry.registration if not (entry.registration or "").startswith("mailto:") else None
        url = page or entry.replay or site.make_absolute(site.address(entry))
        found.append(_make_thing("VirtualLocation", url=url))
    return found


def _describe_address(site: Site, entry: Located) -> Thing | None:
    place = site.place(entry)
    if not place.department:
        return None
    return _make_thing(
        "PostalAddress",
        streetAddress=entry.address,
        postalCode=entry.postcode,
        addressLocality=place.commune,
        addressRegion=place.department_name,
        addressCountry="FR",
    )


def _describe_publisher(site: Site) -> Thing:
    return _make_thing("Organization", name=site.config.name, url=site.make_absolute("/"))


def _describe_page(site: Site, entry: Entry) -> Thing:
    page = site.make_absolute(site.address(entry))
    return {"@context": "https://schema.org", "@id": f"{page}#objet", "mainEntityOfPage": page}


def _make_thing(kind: str, known: Thing | None = None, /, **facts: Any) -> Thing:
    """Return a schema.org object of type `kind`, without its empty facts.

    `known` has the keys to put first. A list of one item is replaced by the item.
    """
    filled = {name: _unwrap_single(value) for name, value in facts.items() if value}
    return {**(known or {}), "@type": kind, **filled}


def _unwrap_single(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _convert_to_text(value: object) -> str | None:
    return str(value) if value else None
