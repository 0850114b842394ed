"""Find the promises of a text, and the dates that it announces but that are past on its day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from maille.text.dates import PartialDate, find_month
from maille.text.prose_dates import MONTH_AND_YEAR, Written, exists, list_dates

# The end of a sentence, of its part before a semicolon, of a paragraph, or of a line before a list
# item, a heading or a quotation.
_END = re.compile(r"[.!?…;](?=\s|$)|\n\s*\n|\n(?=[-*#>+]|\d+[.)])")
# Words that announce the date right after them.
_BEFORE = re.compile(
    r"(?:jusqu['’](?:au|à|en)|avant(?: le| la fin de| fin)?|d['’]ici(?: au| à| le| la fin de| fin)?"
    r"|au plus tard(?: le| en| fin)?|dernier délai|date limite(?: \w+){0,3}|rendez-vous(?: le| en)?"
    r"|à vos agendas|prochaine? [\w ]{1,30}(?: le| en|,| :))[\s:,(]*(?:le )?$",
    re.IGNORECASE,
)
# A verb in the future.
_FUTURE = (
    r"\b(?!extra\b|ultra\b|environs\b)[a-zéèêçûôîï]*(?:(?:er|ir|dr|vr|rr|aur|tr|ur)(?:a|ont)"
    r"|(?:er|ir|dr|aur|pourr|devr|verr)(?:ons|ez))\b"
)
_VERB_BEFORE = re.compile(rf"{_FUTURE}(?P<between>.{{0,80}}?)$", re.DOTALL)
_VERB_AFTER = re.compile(rf"[\s,:]*(?:[\w'’]+[ \n]){{0,4}}?{_FUTURE}")
# Words required right before a date for the verb to announce it, unless the date has a weekday.
_LINK = re.compile(r"(?:\b(?:le|les|en|au|aux|à|dès|vers|début|mi-?|fin|courant|ce)|,|\()\s*$")
# A first day, and the word between it and a last one: « du 3 au ».
_FIRST_DAY = re.compile(r"\b(?:du |les? )?\d{1,2}(?:er)?(?: \w+)? (?:au|et|ou) (?:le )?$")
# Words or digits that, between the verb and the date, show that the date belongs to something else:
# « parlera du livre paru en ».
_ELSEWHERE = re.compile(
    r"\b(?:depuis|(?:né|paru|publié|sorti|créé|fondé|lancé|signé|daté)(?:e|s|es)?)\b|\d"
)
# Words that show that a sentence is about the past, whatever else it says.
_PAST = re.compile(
    r"\b\w+aient\b|\b(?:ét|av|dev|pouv|fall|prévoy|rest|cour|dur|all|ten)ait\b|\bdepuis\b"
    r"|\b(?:a|ont|avons|s['’]est|se sont)(?: été| eu| \w+ment| déjà| bien)*"
    r" \w*(?:[éiu]e?s?|[rnd]t|lieu)\b",
    re.IGNORECASE,
)

# Words by which a text promises news.
_PROMISE = re.compile(
    r"\b(?:prochaines? étapes?|à suivre|(?:suite|étape)s?(?: est| sont)? à venir|promis(?:es?)?"
    r"|promet\w*|donn\w+ des nouvelles|en reparl\w+|au courant|tien\w+ informé\w*)\b",
    re.IGNORECASE,
)
_LINK_TEXT = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence that promises something: its offset, its words, and its date, if it has one."""

    start: int
    words: str
    date: PartialDate | None


def list_promises(text: str, day: datetime.date) -> Iterator[Promise]:
    """Yield the sentences of a Markdown text that promise news, or announce a date.

    The date of a promise is the first one that the sentence announces, or else its first date. A
    date without a year is the one nearest to `day`. A heading counts only if it announces a date.
    """
    announced = {written.start for written in _list_announced(text)}
    written = (one for one in (*list_dates(text), *_list_months(text)) if exists(one))
    dates = {one.start: complete(one, day) for one in written}
    start = 0
    for end in (*(found.end() for found in _END.finditer(text)), len(text)):
        sentence = text[start:end]
        words = " ".join(_LINK_TEXT.sub(r"\1", sentence).replace("*", "").split())
        inside = sorted(at for at in dates if start <= at < end)
        first = next((at for at in inside if at in announced), None)
        if first is not None or (_PROMISE.search(words) and not words.startswith("#")):
            date = dates.get(first if first is not None else next(iter(inside), -1))
            yield Promise(start + len(sentence) - len(sentence.lstrip()), words, date)
        start = end


def find_late_announcements(text: str, day: datetime.date) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each date before `day` that a text announces.

    A date is announced by words before it (« jusqu'au », « rendez-vous le ») or by a verb in the
    future. Any other date may be one of the past, and is left alone. A date without a year is the
    one nearest to `day`.
    """
    for written in _list_announced(text):
        date = complete(written, day)
        if date.last_day < day:
            shown = " ".join(written.text.split())
            message = f"« {shown} » est annoncé, et déjà passé quand la lettre paraît"
            yield written.start, message, "corrigez la date, ou dites ce qui a eu lieu"


def complete(written: Written, day: datetime.date) -> PartialDate:
    """Return the date `written`; if it has no year, with the year that puts it nearest to `day`."""
    years = (written.year,) if written.year else (day.year - 1, day.year, day.year + 1)
    dates = (PartialDate(year, written.month, written.day or None) for year in years)
    return min(dates, key=lambda date: abs((date.first_day - day).days))


def _list_announced(text: str) -> Iterator[Written]:
    """Yield the dates that a text announces, including months with a year."""
    known: set[int] = set()
    for written in (*list_dates(text), *_list_months(text)):
        end = written.start + len(written.text)
        if end not in known and exists(written) and _is_announced(text, written, end):
            yield written
        known.add(end)


def _list_months(text: str) -> Iterator[Written]:
    for found in MONTH_AND_YEAR.finditer(text):
        month, year = find_month(found["month"]), int(found["year"])
        yield Written(found.start(), found[0], None, 0, month, year)


def _is_announced(text: str, written: Written, end: int) -> bool:
    """Return whether the sentence around the date `written` presents that date as future.

    `end` is the offset of the end of the date in `text`.
    """
    before = _END.split(text[max(0, written.start - 300) : written.start])[-1]
    before = re.sub("[*_]", "", before)  # emphasis
    after = _END.split(text[end : end + 300])[0]
    if _PAST.search(f"{before} {after}"):
        return False
    if _BEFORE.search(before):
        return True
    verb = _VERB_BEFORE.search(before)
    if verb and (written.weekday is not None or _LINK.search(before)):
        return not _ELSEWHERE.search(_FIRST_DAY.sub("", verb["between"]))
    opens = re.fullmatch(r"\s*(?:(?:le|en|dès|ce)\s*)?", before, re.IGNORECASE)
    return bool(opens and _VERB_AFTER.match(after))
