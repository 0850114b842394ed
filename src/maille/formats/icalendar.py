"""Calendars that agendas read (iCalendar, RFC 5545), from plain data to bytes.

Nothing here reads the clock: the same events give the same bytes, whatever the day.
"""

from __future__ import annotations

import datetime
import functools
import re
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PRODUCT = "-//Maille//Agenda//FR"
LINE_OCTETS = 75
_UTC = datetime.UTC
_DAY = datetime.timedelta(days=1)
_SECOND = datetime.timedelta(seconds=1)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")

# A whole day, or an instant in its time zone.
When = datetime.date | datetime.datetime


@dataclass(frozen=True, slots=True)
class Event:
    """What an agenda is told of an event.

    `end` is the last day when `start` is a day, and None when it is not known. `sequence` may
    only grow from one edition of the event to the next; `stamp` is the day of this edition.
    """

    uid: str
    stamp: datetime.date
    sequence: int
    title: str
    start: When
    end: When | None = None
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    tentative: bool = False
    cancelled: bool = False


def calendar(name: str, events: Iterable[Event], description: str = "") -> bytes:
    """Return the file of a calendar: its zones, then its events in the order given."""
    every = tuple(events)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        *([f"X-WR-CALDESC:{escaped(description)}"] if description else []),
        *_zones(every),
        *(line for event in every for line in _event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def escaped(text: str) -> str:
    """Return `text` as a TEXT value: each end of line escaped, control characters left out."""
    for special in ("\\", ";", ","):
        text = text.replace(special, f"\\{special}")
    return _CONTROLS.sub("", "\\n".join(text.splitlines()))


def folded(line: str) -> str:
    """Return `line` cut into lines of 75 octets at most, never inside a character."""
    if len(line) <= LINE_OCTETS and line.isascii():
        return line
    pieces: list[str] = []
    used = 0
    for character in line:
        width = len(character.encode())
        if used + width > LINE_OCTETS:
            pieces.append("\r\n ")
            used = 1
        pieces.append(character)
        used += width
    return "".join(pieces)


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_day(event.stamp)}T000000Z"
    yield f"SEQUENCE:{event.sequence}"
    yield _moment("DTSTART", event.start)
    if event.end:
        # The end of whole days is the day after the last one.
        timed = isinstance(event.end, datetime.datetime)
        yield _moment("DTEND", event.end if timed else event.end + _DAY)
    yield f"SUMMARY:{escaped(event.title)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    if event.location:
        yield f"LOCATION:{escaped(event.location)}"
    if event.url:
        yield f"URL:{''.join(event.url.split())}"  # a URI is not escaped, and has no space
    if event.categories:
        yield f"CATEGORIES:{','.join(escaped(one) for one in event.categories)}"
    if event.cancelled or event.tentative:
        yield f"STATUS:{'CANCELLED' if event.cancelled else 'TENTATIVE'}"
    yield "END:VEVENT"


def _moment(name: str, when: When) -> str:
    if isinstance(when, datetime.datetime):
        return f"{name};TZID={_zone(when).key}:{_local(when)}"
    return f"{name};VALUE=DATE:{_day(when)}"


def _day(day: datetime.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _local(when: datetime.datetime) -> str:
    return f"{_day(when)}T{when.hour:02}{when.minute:02}{when.second:02}"


def _zone(when: datetime.datetime) -> zoneinfo.ZoneInfo:
    assert isinstance(when.tzinfo, zoneinfo.ZoneInfo)  # an hour without its zone says nothing
    return when.tzinfo


def _zones(events: Iterable[Event]) -> Iterator[str]:
    """Yield the definition of each time zone, for the years in which events need it."""
    years: dict[str, set[int]] = {}
    for event in events:
        for when in (event.start, event.end):
            if isinstance(when, datetime.datetime):
                years.setdefault(_zone(when).key, set()).add(when.year)
    for key in sorted(years):
        yield from _zone_lines(key, min(years[key]), max(years[key]))


@functools.cache
def _zone_lines(key: str, first: int, last: int) -> tuple[str, ...]:
    """Return a zone from the first day of a year to the last day of another."""
    zone = zoneinfo.ZoneInfo(key)
    start = datetime.datetime(first, 1, 1, tzinfo=zone)
    periods = [_period(start, start.astimezone(_UTC), zone)]
    periods += [_period(start, change, zone) for change in _changes(zone, first, last)]
    inside = (line for period in periods for line in period)
    return ("BEGIN:VTIMEZONE", f"TZID:{key}", *inside, "END:VTIMEZONE")


def _period(
    start: datetime.datetime, change: datetime.datetime, zone: zoneinfo.ZoneInfo
) -> tuple[str, ...]:
    """Return what the clocks of a zone show from `change` on."""
    before = change if change == start else change - _SECOND
    offset = before.astimezone(zone).utcoffset() or datetime.timedelta()
    after = change.astimezone(zone)
    name = "DAYLIGHT" if after.dst() else "STANDARD"
    return (
        f"BEGIN:{name}",
        f"DTSTART:{_local(change + offset)}",
        f"TZOFFSETFROM:{_offset(offset)}",
        f"TZOFFSETTO:{_offset(after.utcoffset() or datetime.timedelta())}",
        f"TZNAME:{escaped(after.tzname() or zone.key)}",
        f"END:{name}",
    )


def _offset(offset: datetime.timedelta) -> str:
    seconds = round(abs(offset).total_seconds())
    sign = "-" if offset < datetime.timedelta() else "+"
    last = f"{seconds % 60:02}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}{last}"


def _changes(zone: zoneinfo.ZoneInfo, first: int, last: int) -> Iterator[datetime.datetime]:
    """Yield the instants (UTC) at which the clocks of a zone change, in those years."""
    day = datetime.datetime(first, 1, 1, tzinfo=zone).astimezone(_UTC)
    end = datetime.datetime(last, 12, 31, tzinfo=zone).astimezone(_UTC) + _DAY
    while day < end:
        if _clock(day, zone) != _clock(day + _DAY, zone):
            yield _change(day, day + _DAY, zone)
        day += _DAY


def _change(
    low: datetime.datetime, high: datetime.datetime, zone: zoneinfo.ZoneInfo
) -> datetime.datetime:
    """Return the first second at which the clocks differ from what they are at `low`."""
    while high - low > _SECOND:
        middle = low + (high - low) // _SECOND // 2 * _SECOND
        low, high = (middle, high) if _clock(middle, zone) == _clock(low, zone) else (low, middle)
    return high


def _clock(instant: datetime.datetime, zone: zoneinfo.ZoneInfo) -> tuple[object, object, object]:
    local = instant.astimezone(zone)
    return (local.utcoffset(), local.dst(), local.tzname())
