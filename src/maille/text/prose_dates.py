"""Find impossible dates in prose: a 31st of November, a weekday that does not match its date."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maille.text.dates import MONTHS, WEEKDAYS, find_month, format_date
from maille.text.patterns import compile_late
from maille.text.suggestions import quote_choices

# Between two words of a date: spaces, at most one end of line, marks of emphasis.
_GAP = r"(?:(?:[^\S\n]|[*_]){0,4}(?:[^\S\n]|[*_]|\n(?![\n#>*+-]))(?:[^\S\n]|[*_]){0,4})"
_WEEKDAY = (
    r"(?P<weekday>lun(?:di|\.)|mar(?:di|\.)|(?<!la )(?<!en )mer(?:credi|\.)|jeu(?:di|\.)"
    r"|ven(?:dredi|\.)|sam(?:edi|\.)|dim(?:anche|\.))"
)
_MONTH = (
    r"(?P<month>janv(?:ier|\.)|f[ée]v(?:rier|r\.|\.)|mars|avr(?:il|\.)|mai|juin|juil(?:let|l\.|\.)"
    r"|ao[uû]t|sept(?:embre|\.)|oct(?:obre|\.)|nov(?:embre|\.)|d[ée]c(?:embre|\.))"
)
_DAY = r"(?P<day>\d{1,2})(?:(?<=1)er)?"
_YEAR = r"(?P<year>\d{4})(?![\d/.-]\d|\d)"
# For speed, these two patterns begin with the first digit of a date, so that letters are skipped at
# once. A lookbehind after this digit checks the text before it.
_IN_WORDS = compile_late(
    rf"(?P<day>\d(?<![\w:,./°-]\d)\d?)(?:(?<=1)er)?{_GAP}{_MONTH}(?!\w)(?:{_GAP}{_YEAR})?",
    re.IGNORECASE,
)
_IN_FIGURES = compile_late(
    r"(?P<day>\d(?<![\w:,./-]\d)\d?)"
    r"(?:(?P<sign>[/.-])(?P<month>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d|\d\d)"
    r"|(?:(?<=\ble [0-3]\d)|(?<=\bau [0-3]\d)|(?<=\bdu [0-3]\d))/(?P<short>[01]\d)"
    r"|(?:(?<=19)|(?<=20))(?P<iso>\d\d-\d\d-\d\d))(?![\w/-]|\.\d)",
    re.IGNORECASE,
)
_LEAD = rf"\b{_WEEKDAY},?{_GAP}(?:le{_GAP})?"
_AFTER_WEEKDAY = compile_late(_LEAD, re.IGNORECASE)
_WEEKDAY_BEFORE = compile_late(rf"{_LEAD}\Z", re.IGNORECASE)
# « vendredi 13 et », before « samedi 14 novembre 2026 »: the month and the year come once.
_SAME_MONTH = compile_late(
    rf"\b{_WEEKDAY},?{_GAP}{_DAY}{_GAP}?(?:,|-|–|et|ou|au|puis){_GAP}?(?:le{_GAP})?$",
    re.IGNORECASE,
)
# Words before a number that is not a day, even if a month follows: « n° 31 mars 2026 », « page 45
# mars 2026 ».
_NUMBER = compile_late(
    r"(?:n[°o]s?|num[ée]ros?|pages?|p\.|lettres?|tomes?|vol\.)[\s\u00a0]*$", re.IGNORECASE
)
# Web addresses, paths and targets of links. Each alternative begins with a literal, for speed.
_ADDRESS = compile_late(r"https?://[^\s<>|]*|www\.[^\s<>|]*|/(?<!\w/)[^\s<>|]*|\]\([^)\s]*")
MONTH_AND_YEAR = compile_late(rf"\b{_MONTH}{_GAP}{_YEAR}", re.IGNORECASE)
_HINT = "corrigez le jour ou le mois"


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written in a text; `year` is 0 if it is not given.

    `weekday` is 0 for Monday, or None if it is not given. `day` is 0 if only a month is given.
    """

    start: int
    text: str
    weekday: int | None
    day: int
    month: int
    year: int


def find_wrong_dates(text: str, years: Iterable[int] = ()) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each impossible date in a text.

    These are days and months that do not exist, and weekdays that do not match their date. Without
    a year, February may have 29 days and no weekday is wrong. Addresses are skipped. `years` are
    the years of the file's own dates: if one of them makes a wrong weekday right, the remedy
    proposes it.
    """
    known = [*dict.fromkeys(years)]
    if not re.search(r"\d", text):
        return
    bare = _ADDRESS.sub(lambda found: "\0" * len(found[0]), text)
    for date in list_dates(bare):
        if not (date.day and exists(date)):
            yield date.start, *_explain_impossible(date)
        elif date.weekday is not None and date.year >= 1583:  # Gregorian calendar
            day = datetime.date(date.year, date.month, date.day)
            if day.weekday() != date.weekday:
                yield date.start, *explain_weekday(date, day, known)


def exists(written: Written) -> bool:
    """Return whether a date or a month exists: in its year or, without one, in a leap year."""
    try:
        datetime.date(written.year or 2000, written.month, written.day or 1)
    except ValueError:
        return False
    return True


def is_one_date(text: str) -> bool:
    """Return whether a text is one date and nothing else, whether or not the date exists."""
    bare = text.strip()
    lead = _AFTER_WEEKDAY.match(bare)
    start = lead.end() if lead else 0
    return any(pattern.fullmatch(bare, start) for pattern in (_IN_WORDS, _IN_FIGURES))


def list_dates(text: str) -> Iterator[Written]:
    """Yield the dates of a text, and the days before them that share their month and year."""
    for pattern in (_IN_WORDS, _IN_FIGURES):
        for found in pattern.finditer(text):
            if pattern is _IN_WORDS:
                if _NUMBER.search(text, max(0, found.start() - 12), found.start()):
                    continue
            elif len(found["year"] or "") == 2 and found["sign"] != "/":
                continue  # « 12.30.45 » may be anything
            # The date begins a value: `content.text_checks` separates values like this.
            if text.endswith("\0\n", 0, found.start()):
                yield _read(found, None)
                continue
            date = _read(found, _find_weekday(text, found.start()))
            yield date
            yield from _list_days_before(text, date)


def _list_days_before(text: str, date: Written) -> Iterator[Written]:
    """Yield the days of the same month that precede a date: « le lundi 2 et le mardi 3 mai »."""
    start, day = date.start, date.day
    while _has_month(date) and (found := _SAME_MONTH.search(text, max(0, start - 40), start)):
        before = int(found["day"])
        if before >= day:  # « du vendredi 30 au samedi 1er mai »: another month
            return
        start, day = found.start(), before
        words = f"{found['weekday']} {before} {MONTHS[date.month - 1]} {date.year}"
        yield Written(start, words, _read_weekday(found["weekday"]), before, date.month, date.year)


def _find_weekday(text: str, start: int) -> re.Match[str] | None:
    """Return the match of the weekday before the date at `start`, up to that date, or None."""
    return _WEEKDAY_BEFORE.search(text, max(0, start - 40), start)


def _read(found: re.Match[str], before: re.Match[str] | None) -> Written:
    """Return the date of the match `found`; `before` is the match of its weekday, or None."""
    groups = found.groupdict()
    day, month, year = found["day"], groups["month"] or "", groups["year"] or "0"
    if groups.get("iso"):
        year, month, day = f"{day}{found['iso']}".split("-")
    elif groups.get("short"):
        month = found["short"]
    start = before.start() if before else found.start()
    return Written(
        start,
        found.string[start : found.end()].strip(),
        _read_weekday(before["weekday"]) if before else None,
        int(day),
        int(month) if month.isdigit() else find_month(month),
        int(year) + (2000 if len(year) == 2 else 0),
    )


def _read_weekday(word: str) -> int:
    """Return the number of a weekday, from 0, given its name or the start of its name."""
    start = word.lower().rstrip(".")
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(start))


def _has_month(date: Written) -> bool:
    return 1 <= date.month <= 12


def _explain_impossible(date: Written) -> tuple[str, str]:
    shown = " ".join(date.text.replace("*", "").split())
    if not _has_month(date):
        swapped = f"écrivez « {date.month:02}/{date.day:02}/{date.year} »"
        right = 1 <= date.day <= 12 < date.month <= 31
        return f"« {shown} » : il n'y a pas de mois {date.month}", swapped if right else _HINT
    name, last = MONTHS[date.month - 1], calendar.monthrange(date.year or 2000, date.month)[1]
    when = f"{name} {date.year}" if date.month == 2 and date.year else name
    message = f"« {shown} » : {when} a {last} jours"
    if not last < date.day <= 31:
        return message, _HINT
    digits = re.compile(rf"(?<!\d){date.day:02}(?!\d)|(?<!\d){date.day}(?!\d)")
    *_, place = digits.finditer(shown) if date.text[:4].isdigit() else [*digits.finditer(shown)][:1]
    right_day = f"{shown[: place.start()]}{last}{shown[place.end() :]}"
    return message, f"écrivez « {right_day} » ; ou corrigez le mois"


def explain_weekday(
    date: Written, day: datetime.date, years: Iterable[int] = ()
) -> tuple[str, str]:
    """Return cause and remedy for a date with a wrong weekday; `day` is that date without weekday.

    If the weekday is right in some of the `years`, the date in the first of these comes first in
    the remedy.
    """
    assert date.weekday is not None
    said, true = WEEKDAYS[date.weekday], WEEKDAYS[day.weekday()]
    near = day + datetime.timedelta((date.weekday - day.weekday() + 3) % 7 - 3)
    shown = " ".join(date.text.replace("*", "").split())
    message = f"« {shown} » : ce jour est un {true}"
    choices = [f"{true} {format_date(day)}", f"{said} {format_date(near)}"]
    for year in years:
        if day.day <= calendar.monthrange(year, day.month)[1]:
            other = day.replace(year=year)
            if other.weekday() == date.weekday:
                choices.insert(0, f"{said} {format_date(other)}")
                break
    return message, f"écrivez « {choices[0]} » ; ou {quote_choices(choices[1:])}"
