"""Write calendars (iCalendar, RFC 5545): plain data in, bytes out (decision 0016).

Nothing here reads the clock: the same events and time-zone data give the same bytes.
"""

from __future__ import annotations

import datetime
import functools
import re
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maille.text.time_zones import load_zone

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
    """An event of a calendar.

    If `start` is a day, `end` is the last day. `end` is None if the end is not known. `stamp` is
    the day of this version of the event; `sequence` must grow from one version to the next.
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


def write_calendar(name: str, events: Iterable[Event], description: str = "") -> bytes:
    """Return a calendar file: the time zones of the events, then the events in the order given."""
    every = tuple(events)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape_text(name)}",
        *([f"X-WR-CALDESC:{escape_text(description)}"] if description else []),
        *_write_zones(every),
        *(line for event in every for line in _write_event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{fold_line(line)}\r\n" for line in lines).encode()


def escape_text(text: str) -> str:
    """Return `text` as a TEXT value (RFC 5545, 3.3.11).

    Special characters and line ends are escaped. A line end that ends the text is removed, and so
    are control characters except tabs.
    """
    for special in ("\\", ";", ","):
        text = text.replace(special, f"\\{special}")
    return _CONTROLS.sub("", "\\n".join(text.splitlines()))


def fold_line(line: str) -> str:
    """Return `line` folded into lines of at most 75 bytes, never cut inside a character."""
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


def _write_event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_format_day(event.stamp)}T000000Z"
    yield f"SEQUENCE:{event.sequence}"
    yield _write_moment("DTSTART", event.start)
    if event.end:
        # DTEND is exclusive: for whole days, it is the day after the last one.
        timed = isinstance(event.end, datetime.datetime)
        yield _write_moment("DTEND", event.end if timed else event.end + _DAY)
    yield f"SUMMARY:{escape_text(event.title)}"
    if event.description:
        yield f"DESCRIPTION:{escape_text(event.description)}"
    if event.location:
        yield f"LOCATION:{escape_text(event.location)}"
    if event.url:
        yield f"URL:{''.join(event.url.split())}"  # a URI must have no escapes, no spaces
    if event.categories:
        yield f"CATEGORIES:{','.join(escape_text(one) for one in event.categories)}"
    if event.cancelled or event.tentative:
        yield f"STATUS:{'CANCELLED' if event.cancelled else 'TENTATIVE'}"
    yield "END:VEVENT"


def _write_moment(name: str, when: When) -> str:
    if isinstance(when, datetime.datetime):
        return f"{name};TZID={_get_zone(when).key}:{_format_local(when)}"
    return f"{name};VALUE=DATE:{_format_day(when)}"


def _format_day(day: datetime.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _format_local(when: datetime.datetime) -> str:
    return f"{_format_day(when)}T{when.hour:02}{when.minute:02}{when.second:02}"


def _get_zone(when: datetime.datetime) -> zoneinfo.ZoneInfo:
    assert isinstance(when.tzinfo, zoneinfo.ZoneInfo)  # all callers give such times
    return when.tzinfo


def _write_zones(events: Iterable[Event]) -> Iterator[str]:
    """Yield the lines that define each time zone of the events, for the years of these events."""
    years: dict[str, set[int]] = {}
    for event in events:
        for when in (event.start, event.end):
            if isinstance(when, datetime.datetime):
                years.setdefault(_get_zone(when).key, set()).add(when.year)
    for key in sorted(years):
        yield from _write_zone(key, min(years[key]), max(years[key]))


@functools.cache
def _write_zone(key: str, first: int, last: int) -> tuple[str, ...]:
    zone = load_zone(key)
    start = datetime.datetime(first, 1, 1, tzinfo=zone)
    periods = [_write_period(start, start.astimezone(_UTC), zone)]
    periods += [_write_period(start, change, zone) for change in _find_changes(zone, first, last)]
    inside = (line for period in periods for line in period)
    return ("BEGIN:VTIMEZONE", f"TZID:{key}", *inside, "END:VTIMEZONE")


def _write_period(
    start: datetime.datetime, change: datetime.datetime, zone: zoneinfo.ZoneInfo
) -> tuple[str, ...]:
    """Return the lines that define the offset of a zone from the moment `change` on.

    `start` is the first moment for which the zone is defined. If it is `change`, the offset before
    it is taken to be the same as after it.
    """
    before = change if change == start else change - _SECOND
    offset = before.astimezone(zone).utcoffset() or datetime.timedelta()
    after = change.astimezone(zone)
    name = "DAYLIGHT" if after.dst() else "STANDARD"
    return (
        f"BEGIN:{name}",
        f"DTSTART:{_format_local(change + offset)}",
        f"TZOFFSETFROM:{_format_offset(offset)}",
        f"TZOFFSETTO:{_format_offset(after.utcoffset() or datetime.timedelta())}",
        f"TZNAME:{escape_text(after.tzname() or zone.key)}",
        f"END:{name}",
    )


def _format_offset(offset: datetime.timedelta) -> str:
    seconds = round(abs(offset).total_seconds())
    sign = "-" if offset < datetime.timedelta() else "+"
    last = f"{seconds % 60:02}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}{last}"


def _find_changes(zone: zoneinfo.ZoneInfo, first: int, last: int) -> Iterator[datetime.datetime]:
    """Yield the instants (UTC) at which a zone changes its clock, from year `first` to `last`."""
    day = datetime.datetime(first, 1, 1, tzinfo=zone).astimezone(_UTC)
    end = datetime.datetime(last, 12, 31, tzinfo=zone).astimezone(_UTC) + _DAY
    while day < end:
        if _read_clock(day, zone) != _read_clock(day + _DAY, zone):
            yield _find_change(day, day + _DAY, zone)
        day += _DAY


def _find_change(
    low: datetime.datetime, high: datetime.datetime, zone: zoneinfo.ZoneInfo
) -> datetime.datetime:
    """Return the first second after `low` at which the clock has changed, found by bisection."""
    while high - low > _SECOND:
        middle = low + (high - low) // _SECOND // 2 * _SECOND
        low, high = (
            (middle, high) if _read_clock(middle, zone) == _read_clock(low, zone) else (low, middle)
        )
    return high


def _read_clock(
    instant: datetime.datetime, zone: zoneinfo.ZoneInfo
) -> tuple[object, object, object]:
    local = instant.astimezone(zone)
    return (local.utcoffset(), local.dst(), local.tzname())
