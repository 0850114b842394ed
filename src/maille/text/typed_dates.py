"""Guess the day or month that a date means, as people, spreadsheets and web software write it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from maille.text.dates import WEEKDAYS, PartialDate, find_month, read_partial_date
from maille.text.names import fold_accents

ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_WEEKDAYS = (
    *WEEKDAYS,
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_WEEKDAY = re.compile(rf"\b(?:le\s+)?(?:{'|'.join(_WEEKDAYS)})\b[\s,]*|^le\s+")
_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad]")
_LONGEST = 40  # characters of a day or month without its year
# Punctuation and quotation marks around a date, which are not part of it.
_AROUND = " \t\n\u00a0\u202f.,;«»“”„\"‘’'"
_CLOCK = re.compile(r"(?<=\d)(?:[t ]| a )\d\d?[:h]\d\d.*$")
# Midnight in France, as some web software writes it in UTC: the date is that of the day before, and
# perhaps not the one meant.
_EVE = re.compile(r"t2[23]:00(?::00(?:\.0+)?)?z$")
# A spreadsheet stores a day as the number of days since `_EPOCH`. These are the numbers of the
# first day of 2000 and the last of 2049.
_FIRST_SERIAL, _LAST_SERIAL = 36526, 54788
_EPOCH = datetime.date(1899, 12, 30)


def guess_date(text: str) -> PartialDate | None:
    """Return the date that `text` probably means, or None if no date can be guessed.

    For example: « 8/7/2024 », « samedi 12 déc. 2026 », « mai 2024 », « 20260901 », « 202609 »,
    « 2026-09-01T10:00:00Z », « Sept 1, 2026 », « 46266 » (from a spreadsheet). Of two numbers that
    may both be the month, the first is the day, as in French.
    """
    try:
        return read_partial_date(_rewrite(text))
    except ValueError:
        return None


def guess_without_year(text: str) -> PartialDate | None:
    """Return the date in 2024, a leap year, of a day or month typed without its year, or None.

    For example: « le 3 mai », « mardi 3 mai », « mai », « 3/5 ».
    """
    words = text.strip()
    # In « mai 24 », the number may be a year. The patterns are slow on a long text.
    if len(words) > _LONGEST or re.search(r"\d{3}|[^\W\d_]{3}\S*\s+\d+$", words):
        return None
    digits = re.fullmatch(r"\d{1,2}([/.-])\d{1,2}", words)
    named = re.search(r"[^\W\d_]{3}", words)
    found = guess_date(f"{words}{digits[1] if digits else ' '}2024") if digits or named else None
    return found if found and found.month else None


def explain_date(text: str) -> str:
    """Return, in French, why the date that `text` gives is impossible.

    For « 31 novembre 2026 » or « 2026-11-31 », the result is « novembre 2026 a 30 jours ». If the
    date is possible or cannot be read, the result is "".
    """
    try:
        read_partial_date(written := _rewrite(text) or text)
    except ValueError as error:
        _, shown, cause = str(error).partition(f"« {written} » : ")
        return cause if shown else ""
    return ""


def _rewrite(text: str) -> str:
    """Return a date as « 2024-07-08 » or « 2024-07 », even if it does not exist.

    If it cannot be read, return "".
    """
    words = re.sub("-+", "-", _DASHES.sub("-", fold_accents(text))).strip(_AROUND)
    words = _CLOCK.sub("", _WEEKDAY.sub("", " ".join(words.split())))
    if _EVE.search(fold_accents(text).strip()):
        return ""
    parts = _split_words(words) or _split_digits(words)
    if not parts:
        return ""
    year, *rest = parts
    if len(rest) == 2 and int(rest[0]) > 12 >= int(rest[1]):  # the day comes before the month
        rest.reverse()
    return "-".join((year, *(part.zfill(2) for part in rest)))


def guess_period(text: str) -> tuple[PartialDate, PartialDate] | None:
    """Return the first and the last day of the period that `text` means, or None.

    For example: « du 21 au 23 juin 2026 », « 30 juin - 2 juillet 2026 », « 2026-06-21/2026-06-23 ».
    """
    words = " ".join(_DASHES.sub("-", fold_accents(text)).split())
    words = re.sub(r"^(?:du|de|les?)\s+(?=\w)", "", words)
    for found in re.finditer(r"\s+(?:au|et|a|to)\s+|\s*->\s*|\s*\u2192\s*|\s*[-/]\s*", words):
        first, last = words[: found.start()], guess_date(words[found.end() :])
        if not (last and last.day):
            continue
        day = re.fullmatch(rf"(?:(?:{'|'.join(_WEEKDAYS)})\s+)?(\d\d?)(?:er)?", first)
        whole = f"{last.year}-{last.month}-{day[1]}" if day else first
        begins = guess_date(whole) or guess_date(f"{first} {last.year}")
        if begins and begins.day and begins.first_day < last.first_day:
            return begins, last
    return None


def _split_words(words: str) -> list[str]:
    """Return [year, month, day] or [year, month] for a date that names its month, else []."""
    number, year = r"(\d\d?)(?:er|st|nd|rd|th|e)?", r"(\d{4})"
    for pattern, order in (
        (rf"(?:{number}[\s-]+(?:of )?)?([a-z]+)\.?,?[\s-]+{year}", (3, 2, 1)),
        (rf"([a-z]+)\.? {number},? {year}", (3, 1, 2)),
        (rf"{year}[ -]([a-z]+)\.?(?:[ -]{number})?", (1, 2, 3)),
    ):
        if found := re.fullmatch(pattern, words):
            first, month, day = (found[n] for n in order)
            if rank := find_month(month) or find_month(month, ENGLISH_MONTHS):
                return [first, str(rank), *([day] if day else [])]
    return []


def _split_moved(parts: Sequence[str]) -> list[str]:
    """Return [year, month, day] or [year, month] for a date with a misplaced hyphen, else [].

    For example « 2023-0413 », « 2023-041-3 » or « 1304-2023 ». Two years, « 2009-2010 », give [].
    """
    digits = "".join(parts)
    if all(re.fullmatch(r"(?:19|20)\d\d", part) for part in parts):
        return []
    if found := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)?", digits):
        return [part for part in found.groups() if part]
    found = re.fullmatch(r"(\d\d)(\d\d)((?:19|20)\d\d)", digits)
    return [*found.groups()][::-1] if found else []


def _split_digits(words: str) -> list[str]:
    """Return [year, month, day] or [year, month] for a date made of digits, else []."""
    if re.fullmatch(r"\d{5}", words) and _FIRST_SERIAL <= int(words) <= _LAST_SERIAL:
        day = _EPOCH + datetime.timedelta(days=int(words))
        return [f"{day.year}", f"{day.month}", f"{day.day}"]
    if found := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)?", words):
        return [part for part in found.groups() if part]
    if found := re.fullmatch(r"(\d\d)(\d\d)((?:19|20)\d\d)", words):
        return [*found.groups()][::-1]
    parts = re.split(r" ?[-/. ] ?", words)
    if not all(map(str.isdecimal, parts)) or len(parts) not in {2, 3}:
        return []
    if sorted(map(len, parts))[-2] > 2 or max(map(len, parts)) > 4:
        return _split_moved(parts)
    if len(parts[0]) == 4:
        return parts
    if len(parts) == 3 and len(parts[2]) == 2 and re.search("[/.]", words):
        parts[2] = f"20{parts[2]}"
    return parts[::-1] if len(parts[-1]) == 4 else []
