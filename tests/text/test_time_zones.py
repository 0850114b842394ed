"""Time zones: the names that are understood, what French calls them, rules of no machine."""

from __future__ import annotations

import datetime
import re
import zoneinfo

import pytest

from maille.text.time_zones import (
    describe_zone,
    find_time_zone,
    find_zone,
    list_zones,
    load_zone,
    suggest_zone,
)

FRENCH = [
    ("Europe/Paris", "heure de Paris"),
    ("Indian/Reunion", "heure de La Réunion"),
    ("America/Cayenne", "heure de Guyane"),
    ("America/Guadeloupe", "heure de la Guadeloupe"),
    ("Indian/Mayotte", "heure de Mayotte"),
    ("Pacific/Noumea", "heure de Nouvelle-Calédonie"),
    ("Africa/Abidjan", "heure d’Abidjan"),
    ("America/Port-au-Prince", "heure de Port-au-Prince"),
    ("America/New_York", "heure de New York"),
    ("Europe/Brussels", "heure de Bruxelles"),
    ("UTC", "heure universelle (UTC)"),
]


@pytest.mark.parametrize(("zone", "words"), FRENCH)
def test_a_zone_has_a_french_name_that_is_understood(zone: str, words: str) -> None:
    assert describe_zone(zone) == words
    assert find_zone(words) == find_zone(words.replace("’", "'").upper()) == zone


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("La Réunion", "Indian/Reunion"),
        ("reunion", "Indian/Reunion"),
        ("heure de Cayenne", "America/Cayenne"),
        ("Guyane", "America/Cayenne"),
        ("Fuseau de la Martinique", "America/Martinique"),
        ("Papeete", "Pacific/Tahiti"),
        ("Nouméa", "Pacific/Noumea"),
        ("métropole", "Europe/Paris"),
        ("Genève", "Europe/Zurich"),
        ("europe/paris", "Europe/Paris"),  # some machines read it, others do not
        ("Indian/Réunion", "Indian/Reunion"),
        ("utc", "UTC"),
    ],
)
def test_what_editors_type_for_a_zone(typed: str, zone: str) -> None:
    assert find_zone(typed) == zone


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Europe/Pari", "Europe/Paris"),
        ("Indian/Renion", "Indian/Reunion"),
        ("Martnique", "America/Martinique"),
        ("heure de Mayote", "Indian/Mayotte"),
        ("demain", ""),
        ("GMT+4", ""),  # Etc/GMT+4 is 4 hours behind UTC
        ("+04:00", ""),
        ("Etc/GMT+4", ""),
        ("localtime", ""),
        ("posix/Europe/Paris", "Europe/Paris"),
        ("../../etc/passwd", ""),
    ],
)
def test_what_is_no_zone_and_what_it_resembles(typed: str, meant: str) -> None:
    assert find_zone(typed) == ""
    assert suggest_zone(typed) == meant


def test_rules_come_from_the_package_whatever_the_machine_has() -> None:
    here = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=())
    try:
        load_zone.cache_clear()
        zone = load_zone("Indian/Reunion")
    finally:
        zoneinfo.reset_tzpath(to=here)
    assert zone.key == "Indian/Reunion"
    assert datetime.datetime(2026, 12, 12, 18, tzinfo=zone).isoformat()[-6:] == "+04:00"


def test_each_zone_loads_and_has_a_name_in_words() -> None:
    for name in sorted(list_zones()):
        assert load_zone(name).key == name
        assert re.fullmatch(r"heure \S.*[^/_]", describe_zone(name))


@pytest.mark.parametrize("name", ["europe/paris", "CET", "", "/etc/localtime", "Europe"])
def test_what_is_not_listed_is_not_loaded(name: str) -> None:
    with pytest.raises(KeyError):
        load_zone(name)


@pytest.mark.parametrize(
    ("code", "hour"), [("75", 1), ("2A", 1), ("974", 4), ("971", -4), ("973", -3), ("988", 11)]
)
def test_a_department_has_the_hour_of_its_place(code: str, hour: int) -> None:
    noon = datetime.datetime(2026, 12, 12, 12, tzinfo=load_zone(find_time_zone(code)))
    assert noon.utcoffset() == datetime.timedelta(hours=hour)


@pytest.mark.parametrize(
    ("commune", "zone"),
    [
        ("98735", "Pacific/Tahiti"),  # Papeete
        ("98731", "Pacific/Marquesas"),  # Nuku-Hiva
        ("98757", "Pacific/Marquesas"),  # Ua-Pou
        ("98719", "Pacific/Gambier"),
        ("", "Pacific/Tahiti"),
    ],
)
def test_a_commune_of_polynesie_has_the_hour_of_its_archipelago(commune: str, zone: str) -> None:
    assert find_time_zone("987", commune) == zone
    assert find_time_zone("988", "98818") == "Pacific/Noumea"
