"""Calendars: read back by icalendar, folded as RFC 5545 says, each hour in its own zone."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.formats.icalendar import Event, escape_text, fold_line, write_calendar

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
DAY = datetime.date(2026, 6, 5)
OVERSEAS = (
    "America/Cayenne",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Miquelon",
    "America/St_Barthelemy",
    "Indian/Mayotte",
    "Indian/Reunion",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
)
# What copy and paste, and people of ill will, put into a title.
HOSTILE = (
    "a\r\nATTENDEE:mailto:x@exemple.fr",
    "a\nEND:VEVENT\nEND:VCALENDAR",
    "a\rX-INJECTED:1",
    "a\x0bX-INJECTED:1",
    "a\x0cX-INJECTED:1",
    "a\x85X-INJECTED:1",
    "a\u2028X-INJECTED:1",
    "a\u2029X-INJECTED:1",
    "a\x1cX-INJECTED:1",
    "a\x1dX-INJECTED:1",
    "a\x1eX-INJECTED:1",
    "\nBEGIN:VALARM\nACTION:PROCEDURE\nEND:VALARM",
    "\r\n DTSTART:20200101",
    "\\n",
    "\\N",
    "\\",
    "\\\\",
    "\\;",
    "\\,",
    "\\\\n",
    ";",
    ",",
    "a;b",
    "a,b",
    "a;VALUE=URI:http://exemple.fr",
    ":",
    "::",
    "a:b",
    '"',
    "'",
    '";X="',
    "^n^'^^",
    "=",
    "a\tb",
    "\t",
    " ",
    "  deux  espaces  ",
    " début",
    "\u00a0",
    "\u202f;",
    "\u200b",
    "\ufeffa",
    "\u0301",
    "e\u0301" * 60,
    "é" * 200,
    "€" * 100,
    "𝄞" * 50,
    "👩\u200d👧" * 30,
    "a" * 74 + "é",
    "a" * 75,
    "a" * 76,
    "\u202efdp.exe",
    "\x00",
    "\x07\x1b[31m",
    "\x7f",
    "\x80\x9f",
    "<script>alert(1)</script>",
    "${alert(1)}",
    "{{ 7 * 7 }}",
    "%0D%0AX-INJECTED:1",
    "&#13;&#10;X:1",
    "=1+1",
    "TZID=America/New_York:20260101T000000",
    "العربية",
)


def event(**keys: Any) -> Event:
    known: dict[str, Any] = {
        "uid": "u",
        "stamp": DAY,
        "sequence": 0,
        "title": "Titre",
        "start": datetime.datetime(2026, 6, 5, 13, 0, tzinfo=PARIS),
    }
    return Event(**{**known, **keys})


def read(*events: Event) -> Any:
    return icalendar.Calendar.from_ical(write_calendar("Agenda", events))


def only(data: Any) -> Any:
    (found,) = data.walk("VEVENT")
    return found


def expected(text: str) -> str:
    """What must come back: line ends as one, no control character but the tab."""
    kept = "\n".join(text.splitlines())
    return "".join(c for c in kept if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160))


def test_there_are_sixty_hostile_strings() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_comes_back_as_it_is_and_adds_nothing(text: str) -> None:
    data = read(
        event(title=text, description=text, location=text, categories=(text, "Autre")),
        event(uid="v"),
    )
    assert len(data.subcomponents) == 3  # the zone and the two events
    found = data.walk("VEVENT")[0]
    names = ("SUMMARY", "DESCRIPTION", "LOCATION")
    assert [str(found[name]) for name in names] == [expected(text)] * 3
    assert [str(one) for one in found["CATEGORIES"].cats] == [expected(text), "Autre"]
    assert set(found) == {"UID", "DTSTAMP", "SEQUENCE", "DTSTART", *names, "CATEGORIES"}
    # icalendar leaves the value of an X- property as it is written.
    named = icalendar.Calendar.from_ical(write_calendar(text, [event()], text))
    assert (named["X-WR-CALNAME"], named["X-WR-CALDESC"]) == (escape_text(text), escape_text(text))
    assert len(named.subcomponents) == 2


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_is_undone_by_unfolding_and_cuts_no_character(text: str) -> None:
    line = f"SUMMARY:{escape_text(text)}"
    cut = fold_line(line)
    assert cut.replace("\r\n ", "") == line
    pieces = cut.encode().split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.decode() is not None for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_stays_in_its_value(text: str) -> None:
    found = only(read(event(title=text)))
    assert str(found["SUMMARY"]) == expected(text)
    assert "DESCRIPTION" not in found


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_file_has_only_crlf_and_no_control(text: str) -> None:
    data = write_calendar("Agenda", [event(title=text, description=text, location=text)])
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_a_url_is_not_escaped_and_cannot_end_its_line() -> None:
    found = only(read(event(url="https://exemple.fr/a,b;c?d=é\r\nX-INJECTED:1")))
    assert str(found["URL"]) == "https://exemple.fr/a,b;c?d=éX-INJECTED:1"
    assert "X-INJECTED" not in found


def test_an_hour_is_written_in_its_zone_with_the_rules_of_that_zone() -> None:
    end = datetime.datetime(2026, 6, 5, 14, 30, tzinfo=PARIS)
    data = write_calendar("Agenda", [event(end=end)]).decode()
    assert "DTSTART;TZID=Europe/Paris:20260605T130000\r\n" in data
    assert "DTEND;TZID=Europe/Paris:20260605T143000\r\n" in data
    assert data.count("BEGIN:VTIMEZONE") == 1
    found = only(read(event(end=end)))
    assert found.decoded("DTSTART").isoformat() == "2026-06-05T13:00:00+02:00"
    assert found.decoded("DTEND").isoformat() == "2026-06-05T14:30:00+02:00"


def test_the_rules_of_paris_are_those_that_everybody_knows() -> None:
    data = write_calendar("Agenda", [event()]).decode()
    start, end = data.index("BEGIN:VTIMEZONE"), data.index("END:VTIMEZONE")
    assert data[start:end].split("\r\n")[:-1] == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Paris",
        "BEGIN:STANDARD",
        "DTSTART:20260101T000000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20261025T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "END:STANDARD",
    ]


@pytest.mark.parametrize("key", OVERSEAS)
def test_ten_in_the_morning_overseas_is_ten_there(key: str) -> None:
    zone = zoneinfo.ZoneInfo(key)
    start = datetime.datetime(2026, 12, 17, 10, 0, tzinfo=zone)
    data = write_calendar("Agenda", [event(start=start)])
    assert f"DTSTART;TZID={key}:20261217T100000".encode() in data
    found = only(icalendar.Calendar.from_ical(data)).decoded("DTSTART")
    assert (found.hour, found.utcoffset()) == (10, start.utcoffset())
    assert told(data.decode(), key, start) == start.utcoffset()


ZONES = ("Europe/Paris", *OVERSEAS, "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu")


@given(
    st.sampled_from(ZONES),
    st.integers(1995, 2037),
    st.integers(0, 3),
    st.integers(0, 366 * 24 * 60),
)
def test_the_rules_give_the_offset_of_every_instant(
    key: str, first: int, more: int, minute: int
) -> None:
    zone = zoneinfo.ZoneInfo(key)
    instant = datetime.datetime(first, 1, 2, tzinfo=datetime.UTC)
    instant += datetime.timedelta(minutes=minute)
    last = max(first + more, instant.astimezone(zone).year)
    ends = (datetime.datetime(year, 6, 1, 12, tzinfo=zone) for year in (first, last))
    data = write_calendar("Agenda", [event(uid=f"{n}", start=day) for n, day in enumerate(ends)])
    assert told(data.decode(), key, instant) == instant.astimezone(zone).utcoffset()


def told(data: str, key: str, instant: datetime.datetime) -> datetime.timedelta:
    """Return the offset that the file's own rules give for an instant, as RFC 5545 §3.6.5 says."""
    block = data[data.index(f"TZID:{key}\r\n") :]
    block = block[: block.index("END:VTIMEZONE")]
    pattern = r"DTSTART:(\d{8}T\d{6})\r\nTZOFFSETFROM:([+-]\d+)\r\nTZOFFSETTO:([+-]\d+)"
    periods = []
    for start, before, after in re.findall(pattern, block):
        local = datetime.datetime.strptime(start, "%Y%m%dT%H%M%S").replace(tzinfo=datetime.UTC)
        periods.append((local - offset(before), offset(after)))
    return max(period for period in periods if period[0] <= instant)[1]


def offset(text: str) -> datetime.timedelta:
    sign = -1 if text[0] == "-" else 1
    return sign * datetime.timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))


def test_each_zone_is_defined_once_for_all_the_years_that_need_it() -> None:
    years = (2019, 2026, 2023)
    starts = [datetime.datetime(year, 6, 5, 9, tzinfo=PARIS) for year in years]
    events = [event(uid=f"{n}", start=start) for n, start in enumerate(starts)]
    data = write_calendar("Agenda", events).decode()
    assert data.count("TZID:Europe/Paris") == 1
    assert data.count("BEGIN:DAYLIGHT") == 2026 - 2019 + 1


def test_whole_days_end_on_the_day_after_the_last_one() -> None:
    data = write_calendar("Agenda", [event(start=DAY, end=datetime.date(2026, 6, 7))])
    assert b"DTSTART;VALUE=DATE:20260605\r\nDTEND;VALUE=DATE:20260608\r\n" in data
    assert b"VTIMEZONE" not in data
    found = only(icalendar.Calendar.from_ical(data))
    assert found.decoded("DTSTART") == DAY
    assert found.decoded("DTEND") == datetime.date(2026, 6, 8)


def test_an_end_that_is_not_known_is_not_written() -> None:
    assert b"DTEND" not in write_calendar("Agenda", [event(), event(start=DAY)])
    assert b"DURATION" not in write_calendar("Agenda", [event(), event(start=DAY)])


def test_what_the_file_says_of_itself_and_of_the_doubt() -> None:
    data = write_calendar("Agenda", [event(tentative=True, sequence=12)], "Un essai")
    read_back = icalendar.Calendar.from_ical(data)
    assert (read_back["VERSION"], read_back["CALSCALE"]) == ("2.0", "GREGORIAN")
    assert read_back["X-WR-CALDESC"] == "Un essai"
    found = only(read_back)
    assert (found["STATUS"], found["SEQUENCE"]) == ("TENTATIVE", 12)
    assert found.decoded("DTSTAMP").isoformat() == "2026-06-05T00:00:00+00:00"
    assert b"STATUS" not in write_calendar("Agenda", [event()])


def test_an_empty_calendar_is_a_calendar() -> None:
    assert read().walk("VEVENT") == []
