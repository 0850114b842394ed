"""The agenda: upcoming and past events, as a page and as iCalendar files."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator

from maille.formats.icalendar import Event, When, write_calendar
from maille.kinds.evenement import Evenement
from maille.schema.event import Occasion
from maille.site.model import Site
from maille.text.dates import format_hour
from maille.text.time_zones import describe_zone
from maille.text.typography import typeset
from maille.views.drawings.years import draw_years
from maille.views.feeds import find_last_day
from maille.views.plans import FilePlan, PagePlan, Plan
from maille.views.sentences import capitalise, describe_place, describe_when, name_zone

ADDRESS = "/agenda/"
CALENDAR = "/agenda.ics"
CALENDAR_OF_ONE = "evenement.ics"
SHOWN_PAST = 6
# The iCalendar SEQUENCE of an event is the number of days from this date to `mise_a_jour` (0
# without it), so that a later update has a higher number.
EPOCH = datetime.date(2000, 1, 1)


def plan(site: Site) -> Iterator[Plan]:
    """Yield the agenda page, a calendar of all events with a known day, and a calendar of each."""
    every = list_events(site)
    dated = [entry for entry in every if entry.date.day]
    yield PagePlan(
        ADDRESS,
        "agenda.html",
        "Agenda",
        description=f"Les rendez-vous à venir et passés : {site.config.name}.",
        context={
            "coming": list_upcoming(site),
            "past": [entry for entry in reversed(every) if entry.is_past(site.today)][:SHOWN_PAST],
            "dated": len(dated),
            "years": draw_years(every, site.today),
            "calendar": CALENDAR,
            "kinds": [kind for kind in site.kinds if issubclass(kind.model, Occasion)],
        },
        source="l'agenda",
    )
    name = f"Agenda · {site.config.name}"
    yield FilePlan(CALENDAR, _encode_calendar(site, name, dated), "l'agenda")
    for entry in dated:
        address = f"{site.address(entry)}{CALENDAR_OF_ONE}"
        yield FilePlan(address, make_calendar(site, entry), entry.path)


def list_events(site: Site) -> list[Occasion]:
    """Return the events of all kinds, in chronological order."""
    return sorted(site.list_entries(Occasion), key=lambda entry: entry.order)


def list_upcoming(site: Site) -> list[Occasion]:
    """Return the events that are not over, in chronological order."""
    return [entry for entry in list_events(site) if not entry.is_past(site.today)]


def make_calendar(site: Site, entry: Occasion) -> bytes:
    """Return the iCalendar file of one event. The day of the event must be known."""
    return _encode_calendar(site, entry.heading, [entry])


def _encode_calendar(site: Site, name: str, entries: list[Occasion]) -> bytes:
    about = "Site de démonstration, non officiel" if site.config.is_demonstration else ""
    return write_calendar(typeset(name), (make_event(site, entry) for entry in entries), about)


def make_event(site: Site, entry: Occasion) -> Event:
    """Return an event as an iCalendar event. Its day must be known."""
    start, end = _find_span(entry, site.zone_of(entry))
    return Event(
        f"{uuid.uuid5(site.config.namespace, f'{entry.kind_name}/{entry.slug}')}",
        _find_stamp(site, entry),
        max(0, (entry.updated - EPOCH).days) if entry.updated else 0,
        typeset(f"{entry.status.french} : {entry.heading}" if entry.status else entry.heading),
        start,
        end,
        typeset(_describe(site, entry, start)),
        typeset(capitalise(describe_place(entry, site, exact=True))),
        site.make_absolute(site.address(entry)),
        (typeset(_find_category(site, entry)),),
        entry.date_doubt is not None,
        entry.status is not None,  # a postponed event is cancelled on its old day
    )


def _find_stamp(site: Site, entry: Occasion) -> datetime.date:
    """Return the day of this version of an event: today at the latest.

    It is the day that `find_last_day` returns. Without any, it is the first day of the event, or
    today if that day is in the future.
    """
    return find_last_day(entry) or min(entry.date.first_day, site.today)


def _find_span(entry: Occasion, zone: str) -> tuple[When, When | None]:
    """Return the start and the end of an event as instants, or as days if there is no start time.

    The end may be None. An event that ends on another known day, at an unknown time, is given as
    days too: as an instant, it would seem to last a few minutes. Its description gives the start
    time.
    """
    first, start, end = entry.date.last_day, entry.starts(zone), entry.ends(zone)
    last = entry.last_day.last_day if entry.last_day and entry.last_day.day else None
    if start and (end or last in (None, first)):
        return start, end
    return first, last


def _describe(site: Site, entry: Occasion, start: When) -> str:
    lines = [entry.summary]
    if entry.date_doubt:
        lines.append(f"Date à vérifier : {entry.date_doubt}")
    if entry.starts_at and not isinstance(start, datetime.datetime):
        zone = describe_zone(site.zone_of(entry))
        lines.append(f"Le premier jour, à {format_hour(entry.starts_at)} ({zone})")
    elif name_zone(entry, site):
        lines.append(capitalise(describe_when(entry, site)))
    if entry.registration:
        lines.append(f"S'inscrire : {entry.registration.removeprefix('mailto:')}")
    # Many calendars show the description, and not the URL of the event.
    lines.append(f"Sa page : {site.make_absolute(site.address(entry))}")
    if site.config.is_demonstration:
        lines.append("Site de démonstration, non officiel.")
    return "\n".join(lines)


def _find_category(site: Site, entry: Occasion) -> str:
    term = site.term("types-d-evenement", entry.sort) if isinstance(entry, Evenement) else None
    return term.name if term else site.kind(entry.kind_name).singular.capitalize()
