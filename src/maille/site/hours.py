"""Check the hours of events: hours that do not exist or come twice, uncertain time zones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from maille.problems import Level, Problem
from maille.schema.event import Occasion
from maille.schema.fields import Reference
from maille.schema.kind import Entry, Key, list_references
from maille.site.place import Place
from maille.text.dates import PartialDate, format_date
from maille.text.names import strip_accents
from maille.text.time_zones import describe_zone

# Names in `lieu` that give the time zone of an event without commune and département. Names that
# are frequent in mainland France too (Saint-Martin) are left out.
_VENUES = {
    "America/Cayenne": "Guyane|Cayenne|Kourou",
    "America/Guadeloupe": "Guadeloupe|Pointe-a-Pitre|Basse-Terre",
    "America/Martinique": "Martinique|Fort-de-France",
    "America/Miquelon": "Miquelon",
    "Indian/Mayotte": "Mayotte|Mamoudzou",
    "Indian/Reunion": "La Reunion",
    "Pacific/Noumea": "Nouvelle-Caledonie|Noumea",
    "Pacific/Tahiti": "Polynesie francaise|Tahiti|Papeete",
    "Pacific/Wallis": "Wallis-et-Futuna|Mata-Utu",
}


def check_hours(
    entries: Iterable[Entry], places: Mapping[Key, Place], site_zone: str
) -> Iterator[Problem]:
    """Yield a problem for each hour of an event that does not exist, comes twice, or is uncertain.

    An hour does not exist if the clocks go forward over it, and comes twice if they go back. It is
    uncertain if neither the time zone nor the place of the event is known, and if its venue, or
    else all the entries that it names, have one time zone that is not the site's. An event of more
    than a year is reported too.
    """
    for entry in entries:
        place = places.get(entry.key)
        zone = (place.time_zone if place else "") or site_zone
        for fault in entry.check_hours(zone):
            yield fault.make_problem(entry.document)
        if isinstance(entry, Occasion):
            yield from _check_repeated_hours(entry, zone)
            yield from _check_length(entry)
            is_sure = entry.time_zone or (place and place.department)
            elsewhere = "" if is_sure else _find_other_zone(entry, places, site_zone)
            if entry.starts_at and elsewhere:
                yield _report_uncertain_zone(entry, site_zone, elsewhere)


def _check_repeated_hours(entry: Occasion, zone: str) -> Iterator[Problem]:
    """Yield a warning if the event starts or ends at an hour that clocks show twice.

    That is an hour of the night when they go back.
    """
    for key, moment in (("heure", entry.starts(zone)), ("heure_fin", entry.ends(zone))):
        offsets = [moment.replace(fold=fold).utcoffset() for fold in (0, 1)] if moment else []
        if not (moment and offsets[0] and offsets[1] and offsets[0] > offsets[1]):
            continue
        message = (
            f"le {format_date(moment.date())}, il est deux fois {moment:%H:%M} "
            f"({describe_zone(entry.time_zone or zone)}) : cette nuit-là, les horloges reculent"
        )
        hint = f"écrivez {key}: … avec une heure qui ne vient qu'une fois"
        yield entry.document.make_problem((key,), message, hint, Level.WARNING)


def _check_length(entry: Occasion) -> Iterator[Problem]:
    """Yield a warning for an event that lasts more than a year, if its months are known."""
    first, last = entry.date, entry.last_day
    if not (first and last and first.month and last.month):  # a partial entry may have no date
        return
    count = (last.last_day - first.first_day).days + 1
    if count <= 366:
        return
    years = (PartialDate(year, last.month, last.day) for year in (first.year, first.year + 1))
    near = next((one for one in years if _is_within_a_year(first, one)), None)
    message = f"ce rendez-vous dure {count} jours, du {format_date(first)} au {format_date(last)}"
    hint = f"écrivez jusqu_au: {near or '…'} ; si ces jours sont justes, laissez"
    yield entry.document.make_problem(("jusqu_au",), message, hint, Level.WARNING)


def _is_within_a_year(first: PartialDate, last: PartialDate) -> bool:
    """Return whether `last` exists, and ends at most a year after the start of `first`."""
    try:
        return 0 <= (last.last_day - first.first_day).days < 366
    except ValueError:  # `last` is 29 February of a year that has none
        return False


def _find_other_zone(entry: Occasion, places: Mapping[Key, Place], site_zone: str) -> str:
    """Return the time zone of the venue of an event, or else of the entries that the event names.

    Return "" if there is no such zone, if there are several, or if it is the zone of the site.
    """
    venue = strip_accents(entry.venue or "")
    zones = {zone for zone, names in _VENUES.items() if re.search(rf"\b(?:{names})\b", venue)}
    if not zones:
        keys = [(r.target, v) for _, r, v in list_references(entry) if isinstance(r, Reference)]
        named = (places[key] for key in keys if key in places)
        zones = {place.time_zone or site_zone for place in named}
    return zones.pop() if len(zones) == 1 and site_zone not in zones else ""


def _report_uncertain_zone(entry: Occasion, site_zone: str, elsewhere: str) -> Problem:
    said, meant = describe_zone(site_zone), describe_zone(elsewhere)
    return entry.document.make_problem(
        ("heure",),
        f"sans commune ni département, cette heure est lue comme l'{said} ; "
        f"or ce rendez-vous semble à l'{meant}",
        f"ajoutez fuseau: {elsewhere}, ou fuseau: {site_zone} si c'est bien l'{said}",
        Level.WARNING,
    )
