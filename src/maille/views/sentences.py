"""Sentences about entries and dates, URLs of messages, and reading times."""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass

from maille.kinds.catalyser import Catalyser
from maille.kinds.newsletter import Newsletter
from maille.schema.event import Format, Occasion
from maille.schema.kind import Entry
from maille.schema.letter import find_rhythm
from maille.schema.vocabulary import Rhythm
from maille.site.model import Section, Site
from maille.site.writing import find_recipient
from maille.text.dates import (
    PartialDate,
    Period,
    Week,
    count_months_between,
    describe_period,
    format_date,
)
from maille.text.time_zones import describe_zone

WORDS_PER_MINUTE = 200


def list_retold(site: Site) -> list[str]:
    """Return the names of the publishers of the news that letters retell."""
    letters = site.list_entries(Newsletter)
    return sorted({letter.origin.publisher for letter in letters if letter.origin})


def describe_relation(entry: Catalyser, site: Site) -> str:
    """Return the sentence on a catalyser's relation to the network.

    It is "" if the relation is unknown or the record has no source.
    """
    term = site.term("relations", entry.relation)
    if not term or not entry.sources:
        return ""
    sentence = term.sentence or term.name
    return sentence.replace("{source}", f"« {entry.sources[0].title} »")


@dataclass(frozen=True, slots=True)
class RecordWords:
    """The words for the records of the site, as used with a count."""

    singular: str
    plural: str
    feminine: bool = False


# Organisations that are only named in a document may not belong to the network.
_NEUTRAL = RecordWords("acteur", "acteurs")


@functools.lru_cache(maxsize=1)
def name_records(site: Site) -> RecordWords:
    """Return the words for records: the kind's words, or neutral words until a record is known.

    A record is known if it has a date of verification, or if its organisation is a member. Neutral
    words are used neither if `site.toml` gives its own words, nor if there are no records.
    """
    kind = site.kind(Catalyser.kind_name)
    records = site.list_real(Catalyser)
    if kind.name in site.config.words or any(map(_is_known, records)) or not records:
        return RecordWords(kind.singular, kind.plural, kind.feminine)
    return _NEUTRAL


def _is_known(entry: Catalyser) -> bool:
    return entry.verified_on is not None or entry.relation == "membre"


def describe_records(site: Site) -> str:
    """Return a phrase that says how many records the directory has, and how many are confirmed.

    A record is confirmed if it has a date of verification. If none is, only `describe_state` says
    so.
    """
    records = site.list_real(Catalyser)
    known, number = sum(one.verified_on is not None for one in records), len(records)
    words = name_records(site)
    e, s = ("e" if words.feminine else ""), ("s" if number > 1 else "")
    noun = f"{number} {words.plural if s else words.singular}"
    if known == number:
        return f"{noun} confirmé{e}{s} par le réseau"
    if known:
        return f"{noun}, dont {known} confirmé{e}{'s' if known > 1 else ''} par le réseau"
    if words is _NEUTRAL and s:
        noun = f"{number} acteurs et démarches"
    return f"{noun} cité{e}{s} par les sources"


def describe_state(site: Site) -> str:
    """Return a sentence on all records: that none is confirmed, and when a source was last read.

    Either part is left out if it does not apply; without both, the sentence is "".
    """
    records = site.list_real(Catalyser)
    said = []
    if records and not any(one.verified_on for one in records):
        e = "e" if name_records(site).feminine else ""
        alone = "elle n'est pas" if e else "il n'est pas"
        subject = f"aucun{e} n'est" if len(records) > 1 else alone
        said.append(f"{subject} encore confirmé{e} par le réseau")
    read = [source.read_on for one in records for source in one.sources or () if source.read_on]
    if read:
        said.append(f"sources lues {say_until(max(read))}")
    return capitalise(f"{' ; '.join(said)}.") if said else ""


def make_message_url(site: Site, subject: str, body: str = "") -> str:
    """Return the URL that opens a new message to the network; "" if nobody receives messages."""
    recipient = find_recipient(site.config)
    return recipient.make_url(subject, body) if recipient else ""


def describe_gap(before: Section, after: Section) -> str:
    """Return the time from `before` to `after`, two updates of a project: « un an plus tard »."""
    one, other = before.letter.period, after.letter.period
    if Rhythm.MONTH not in (find_rhythm(one), find_rhythm(other)):
        days = (other.first_day - one.first_day).days
        if Week in (type(one), type(other)) and one.last_day >= other.first_day:
            return "la même semaine"
        if days < 60:
            return _describe_days(days)
    months = count_months_between(one, other)
    if months <= 1:
        return "le même mois" if not months else "le mois suivant"
    if months < 12:
        return f"{months} mois plus tard"
    years = round(months / 12)
    about = "" if months % 12 == 0 else "environ "
    return f"{about}{'un an' if years == 1 else f'{years} ans'} plus tard"


def _describe_days(days: int) -> str:
    """Return a number of days in words, as the time from one update to a later one."""
    if days <= 1:
        return "le lendemain" if days == 1 else "le même jour"
    if days % 7 or days > 56:
        return f"{days} jours plus tard"
    return "la semaine suivante" if days == 7 else f"{days // 7} semaines plus tard"


def describe_silence(months: int) -> str:
    """Return a number of months in words, as a time in the past: « il y a 19 mois »."""
    if months < 1:
        return "ce mois-ci"
    return "le mois dernier" if months == 1 else f"il y a {months} mois"


def count_minutes(entry: Entry) -> int:
    """Return the reading time of an entry in minutes, at least 1."""
    return count_reading_minutes(entry.body.text)


def count_reading_minutes(text: str) -> int:
    """Return the reading time of a text in minutes, at least 1."""
    return max(1, round(len(text.split()) / WORDS_PER_MINUTE))


def say_when(date: Period | datetime.date) -> str:
    """Return « le 13 avril 2023 », « en avril 2023 », « en 2023 » or « la semaine du … »."""
    if isinstance(date, Week):
        return f"la {format_date(date)}"
    return f"{'le' if date.day else 'en'} {format_date(date)}"


def say_until(date: PartialDate | datetime.date) -> str:
    """Return « jusqu'au 13 avril 2023 », « jusqu'en avril 2023 » or « jusqu'en 2023 »."""
    return f"jusqu’{'au' if date.day else 'en'} {format_date(date)}"


def name_zone(entry: Occasion, site: Site) -> str:
    """Return the time zone of an event with hours, such as « heure de La Réunion », or "".

    Return "" if it is the zone of the site, or if the event has no hours.
    """
    zone = site.zone_of(entry)
    return describe_zone(zone) if entry.starts_at and zone != site.config.time_zone else ""


def describe_when(entry: Occasion, site: Site, *, with_end: bool = True) -> str:
    """Return when an event takes place: « du 16 juin à 9 h au 18 juin 2026 à 17 h ».

    The time zone follows, unless it is the site's. If `with_end` is false, the hour of the end is
    left out for an event of one day.
    """
    ends = entry.ends_at if with_end or entry.lasts_days else None
    words = describe_period(entry.date, entry.last_day, entry.starts_at, ends)
    zone = name_zone(entry, site)
    return f"{words} ({zone})" if zone else words


def describe_appointment(entry: Occasion, site: Site) -> str:
    """Return when and where an event takes place: « 14 janvier 2027 à 18 h 30, Dijon ».

    The text ends with « en ligne », « annulé », « reporté » or « date à vérifier », as needed.
    """
    days = capitalise(describe_when(entry, site, with_end=False))
    doubts = [entry.status.french.lower() if entry.status else ""]
    doubts.append("date à vérifier" if entry.date_doubt else "")
    return ", ".join(filter(None, (days, describe_place(entry, site), *doubts)))


def describe_place(entry: Occasion, site: Site, *, exact: bool = False) -> str:
    """Return where an event takes place: « Salle du port, Dijon, en ligne ».

    If `exact`, the street and the postcode are given. If no place is known, return « en ligne » for
    an event online; « lieu à venir » for any other that is still to take place, unless it is
    cancelled or postponed; else "".
    """
    place = site.place(entry)
    town = place.short_label
    if exact and entry.postcode and (place.commune or not town):
        town = f"{entry.postcode} {town}".strip()
    parts = [*filter(None, (entry.venue, entry.address if exact else "", town))]
    if entry.way in (Format.ONLINE, Format.BOTH):
        parts.append("en ligne")
    elif not (parts or entry.status or entry.is_past(site.today)):
        parts.append("lieu à venir")
    return ", ".join(parts)


def capitalise(text: str) -> str:
    """Return a text with its first character in upper case, the others unchanged."""
    return text[:1].upper() + text[1:]
