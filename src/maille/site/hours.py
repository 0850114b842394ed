"""The hours of events: in which time zone they are, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from maille.problems import Level, Problem
from maille.schema.event import Occasion
from maille.schema.fields import Reference
from maille.schema.kind import Entry, Key, list_references
from maille.site.place import Place
from maille.text.names import strip_accents
from maille.text.time_zones import describe_zone

# Names in `lieu` that tell the time zone of an event without commune and département. Names that
# streets of mainland France often bear (Saint-Martin) are left out.
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
    """Yield the problems of hours: those that do not exist, those in an uncertain time zone.

    An hour does not exist if the clocks go forward over it. The time zone is uncertain if the place
    of the event is unknown and everything else that its keys say is in one other zone.
    """
    for entry in entries:
        place = places.get(entry.key)
        zone = (place.time_zone if place else "") or site_zone
        for fault in entry.check_hours(zone):
            yield fault.make_problem(entry.document)
        if isinstance(entry, Occasion) and entry.starts_at and not entry.time_zone:
            if place and place.department:
                continue
            elsewhere = _find_other_zone(entry, places, site_zone)
            if elsewhere:
                yield _report_uncertain_zone(entry, site_zone, elsewhere)


def _find_other_zone(entry: Occasion, places: Mapping[Key, Place], site_zone: str) -> str:
    """Return the only zone of the venue and of the entries that `entry` names, if not the site's.

    Return "" if there are several zones, or none that is known.
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
    problem = entry.document.make_problem(
        ("heure",),
        f"sans commune ni département, cette heure est lue comme l'{said} ; "
        f"or ce rendez-vous semble à l'{meant}",
        f"ajoutez fuseau: {elsewhere}, ou fuseau: {site_zone} si c'est bien l'{said}",
    )
    return replace(problem, level=Level.WARNING)
