"""Time zones by their IANA names: their rules, and their French names.

Names and rules come from the package `tzdata`, never from the machine: the same name is valid
everywhere, and gives the same hours.
"""

from __future__ import annotations

import functools
import importlib.resources
import zoneinfo

from maille.text.names import fold
from maille.text.suggestions import find_nearest

PARIS, UTC = "Europe/Paris", "UTC"

# Département or collectivité → its time zone, if it is not that of Paris.
_OVERSEAS_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
# Commune → its time zone, if the rest of its collectivité has another: archipelagos of Polynésie.
_COMMUNE_ZONES = {
    "98719": "Pacific/Gambier",
    **dict.fromkeys(
        ("98718", "98723", "98731", "98746", "98756", "98757"),  # Fatu-Hiva, Hiva-Oa, Nuku-Hiva…
        "Pacific/Marquesas",
    ),
}
# The words that follow « heure » for zones whose French name is not the last word of the IANA name.
_WORDS = {
    "America/Cayenne": "de Guyane",
    "America/Guadeloupe": "de la Guadeloupe",
    "America/Marigot": "de Saint-Martin",
    "America/Martinique": "de la Martinique",
    "America/Miquelon": "de Saint-Pierre-et-Miquelon",
    "America/Montreal": "de Montréal",
    "America/St_Barthelemy": "de Saint-Barthélemy",
    "Africa/Algiers": "d’Alger",
    "Africa/Cairo": "du Caire",
    "Asia/Beirut": "de Beyrouth",
    "Asia/Ho_Chi_Minh": "du Viêt Nam",
    "Asia/Tokyo": "de Tokyo",
    "Europe/Athens": "d’Athènes",
    "Europe/Brussels": "de Bruxelles",
    "Europe/Bucharest": "de Bucarest",
    "Europe/Lisbon": "de Lisbonne",
    "Europe/London": "de Londres",
    "Europe/Rome": "de Rome",
    "Europe/Warsaw": "de Varsovie",
    "Europe/Zurich": "de Suisse",
    "Indian/Antananarivo": "de Madagascar",
    "Indian/Kerguelen": "des Kerguelen",
    "Indian/Mauritius": "de Maurice",
    "Indian/Reunion": "de La Réunion",
    "Pacific/Gambier": "des Gambier",
    "Pacific/Marquesas": "des Marquises",
    "Pacific/Noumea": "de Nouvelle-Calédonie",
    "Pacific/Tahiti": "de Tahiti",
    "Pacific/Wallis": "de Wallis-et-Futuna",
    UTC: "universelle (UTC)",
}
# Other names that editors may type for a zone, besides its IANA name and its French name.
_OTHER_NAMES = {
    "cayenne": "America/Cayenne",
    "etc utc": UTC,
    "france": PARIS,
    "france metropolitaine": PARIS,
    "geneve": "Europe/Zurich",
    "metropole": PARIS,
    "noumea": "Pacific/Noumea",
    "papeete": "Pacific/Tahiti",
    "polynesie": "Pacific/Tahiti",
    "polynesie francaise": "Pacific/Tahiti",
    "saint denis de la reunion": "Indian/Reunion",
    "utc": UTC,
}
# Words that may come before the name of a place: « heure de la Guadeloupe ».
_BEFORE = ("heure ", "locale ", "fuseau ", "de ", "d ", "du ", "des ", "la ", "le ", "les ")


@functools.cache
def list_zones() -> frozenset[str]:
    """Return the IANA names of the time zones of places, as `tzdata` spells them, and "UTC".

    Names such as "CET" or "Etc/GMT+4" are left out: they are not places, and the sign of the last
    one is misleading (it is 4 hours behind UTC).
    """
    listed = importlib.resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(n for n in listed.split() if "/" in n and not n.startswith("Etc/")) | {UTC}


@functools.cache
def load_zone(name: str) -> zoneinfo.ZoneInfo:
    """Return the time zone with this IANA name. Raises KeyError if there is none."""
    if name not in list_zones():
        raise KeyError(name)
    rules = importlib.resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    with rules.open("rb") as file:
        return zoneinfo.ZoneInfo.from_file(file, key=name)


def find_time_zone(department: str, commune: str = "") -> str:
    """Return the IANA name of the time zone of a département or collectivité, given its INSEE code.

    French Polynesia (987) has three zones: the INSEE code of the commune decides. Without it, the
    result is the zone of Tahiti.
    """
    return _COMMUNE_ZONES.get(commune) or _OVERSEAS_ZONES.get(department, PARIS)


def describe_zone(name: str) -> str:
    """Return the French name of a time zone: « heure de La Réunion », « heure d’Abidjan »."""
    if words := _WORDS.get(name):
        return f"heure {words}"
    place = name.rpartition("/")[2].replace("_", " ")
    return f"heure {'d’' if place[0] in 'AEIOUY' else 'de '}{place}"


def find_zone(typed: str) -> str:
    """Return the IANA name of the time zone that `typed` names, or "" if it names none.

    `typed` may be the IANA name, in any case, or a French name of the place or the zone:
    « La Réunion », « heure de Cayenne ».
    """
    if typed in list_zones():
        return typed
    return _index_names().get(_fold_place(typed), "")


def suggest_zone(typed: str) -> str:
    """Return the IANA name that `typed` resembles most, or "" if it resembles none."""
    known = _index_names()
    return next((known[n] for n in find_nearest(_fold_place(typed), known, 1, likeness=0.75)), "")


@functools.cache
def _index_names() -> dict[str, str]:
    """Map the names that editors may type, folded, to IANA names; French names override cities."""
    names = {_fold_place(name): name for name in sorted(list_zones())}
    places = {_fold_place(name.rpartition("/")[2]): name for name in sorted(list_zones())}
    french = {_fold_place(describe_zone(name)): name for name in _WORDS}
    return {**places, **names, **french, **_OTHER_NAMES}


def _fold_place(typed: str) -> str:
    """Return `typed` in the form of `fold`, without words such as « heure de la » at its start."""
    folded = fold(typed)
    for words in _BEFORE:
        folded = folded.removeprefix(words)
    return folded
