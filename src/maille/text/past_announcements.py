"""Find what a lasting text still calls « prochain » or « à venir » after its date.

Pages, projects and records are read as of today. Letters are read as of their own day, in
`announcements`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from maille.text.dates import MONTHS, PartialDate, find_month, format_date
from maille.text.patterns import compile_late
from maille.text.prose_dates import MONTH_AND_YEAR, exists, list_dates

_SENTENCE = compile_late(
    r"[^.!?…\n]+(?:[.](?=\S)[^.!?…\n]*|\n(?!\s*\n|[-*#>+|]|\d+[.)])[^.!?…\n]*)*"
)
_NEXT = compile_late(r"\bprochaine?s?\b", re.IGNORECASE)
_TO_COME = compile_late(r"\bà venir\b[ ,:(]{0,3}(?:le |en |du |dès |à partir du )?$", re.IGNORECASE)
# Words that show that a sentence tells of the past: « annonçait », « a été ».
_PAST = compile_late(
    r"\b(?!(?:par|re|dé|satis)?fait\b|trait|extrait|attrait|retrait|portrait|souhait|lait\b)"
    r"\w{2,}(?:ait|aient)\b|\b(?:alors|depuis|avait|fut|furent)\b"
    r"|\b(?:a|ont|s['’]est|se sont"
    r"|(?:est|sont)(?! (?:pr[ée]vu|fix|programm|annonc|attendu|organis)))"
    r" (?:été |eu |bien |déjà |donc |ainsi )*\w+(?:é|i|u|is|it|ert)e?s?\b",
    re.IGNORECASE,
)
_QUOTED = compile_late(r"«[^»]*»|“[^”]*”|\"[^\"\n]*\"")
_YEAR = compile_late(r"\b(?:19|20)\d\d\b")
_TITLE = compile_late(
    r"(?:(?:nos|notre|les?|la|l['’]) ?)?prochaine?s? "
    r"|.*\b(?:rendez-vous|événements?|rencontres?|webinaires?|ateliers?|réunions?|sessions?"
    r"|formations?|conférences?|assemblées?) à venir\b",
    re.IGNORECASE,
)
_RELATIVE = compile_late(
    rf"\b(?:la |le |l['’]|en )(?P<unit>semaine|mois|an|année|{'|'.join(MONTHS)}) prochaine?\b",
    re.IGNORECASE,
)
_HINT = "dites ce qui a eu lieu, ou donnez la date suivante"


def find_past_next(text: str, day: datetime.date) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each « prochain » or « à venir » with a date before `day`.

    The date follows in the same sentence, with its year. Quotations, sentences about the past, and
    sentences with several dates or years are left alone.
    """
    if "rochain" not in text and "venir" not in text:
        return
    bare = _QUOTED.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), text)
    for sentence in _SENTENCE.finditer(bare):
        if found := _find_in_sentence(sentence[0], day):
            start, words = sentence.start() + found[0], found[1]
            typed = text[start : start + len(words)]  # `words` has NULs for quotations
            shown = " ".join(re.sub("[*_]", "", typed).split())
            yield start, f"« {shown} » : cette date est passée", _HINT


def find_past_relative(
    text: str, written: datetime.date, day: datetime.date
) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each « le mois prochain » that ended before `day`.

    The same goes for weeks, for years and for months by name. The text was written on the day
    `written`.
    """
    if "rochain" not in text:
        return
    bare = _QUOTED.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), text)
    for found in _RELATIVE.finditer(bare):
        if _find_end(found["unit"].lower(), written) < day:
            shown, when = " ".join(found[0].split()), format_date(written)
            message = f"« {shown} », dans un texte du {when} : ce temps est passé"
            yield found.start(), message, _HINT


def _find_end(unit: str, written: datetime.date) -> datetime.date:
    """Return the last day of the next `unit` after the day `written`.

    A unit is « semaine », « mois », « an », « année » or the name of a month.
    """
    if unit == "semaine":
        return written + datetime.timedelta(days=13 - written.weekday())
    if unit in {"an", "année"}:
        return datetime.date(written.year + 1, 12, 31)
    number = written.month % 12 + 1 if unit == "mois" else find_month(unit)
    year = written.year + (number <= written.month)
    return PartialDate(year, number).last_day


def announces(title: str) -> bool:
    """Return whether a title or a summary presents its own event as the next one to come."""
    return bool(_TITLE.match(title))


def _find_in_sentence(sentence: str, day: datetime.date) -> tuple[int, str] | None:
    """Return the offset and the words of a past date that a sentence announces, or None.

    The words begin with « prochain » or « à venir » and end with the date.
    """
    if "rochain" not in sentence and "venir" not in sentence:
        return None
    dates = [*_list_dates(sentence)]
    years = {int(found[0]) for found in _YEAR.finditer(sentence)}
    if len(dates) != 1 or len(years) != 1 or _PAST.search(sentence):
        return None
    offset, words, date = dates[0]
    if date.last_day >= day:
        return None
    before = sentence[:offset]
    named = [*_NEXT.finditer(before)]
    start = named[-1] if named else _TO_COME.search(before)
    if not start or offset - start.start() > 90:
        return None
    return start.start(), sentence[start.start() : offset] + words


def _list_dates(text: str) -> Iterator[tuple[int, str, PartialDate]]:
    """Yield offset, words and date for each day or month of a text that has its year."""
    known: set[int] = set()
    for one in list_dates(text):
        if one.year and exists(one):
            known.add(one.start + len(one.text))
            yield one.start, one.text, PartialDate(one.year, one.month, one.day or None)
    for found in MONTH_AND_YEAR.finditer(text):
        if found.end() not in known:
            date = PartialDate(int(found["year"]), find_month(found["month"]))
            yield found.start(), found[0], date
