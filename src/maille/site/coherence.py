"""Find dates, announcements and figures that are out of date, or that other entries contradict."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping

from maille.content.documents import Position, list_texts
from maille.gazetteer import Territory
from maille.problems import Level, Problem
from maille.schema.event import Occasion
from maille.schema.fields import Reference
from maille.schema.kind import Entry, Key, list_references
from maille.text.beginnings import Beginning, find_beginnings
from maille.text.dates import PartialDate, format_date
from maille.text.past_announcements import announces, find_past_next, find_past_relative

_YEARS = 3  # an older figure should be updated
_SENTENCE = re.compile(r"[^.!?…\n]+")


def check_coherence(
    entries: Iterable[Entry], areas: Mapping[Key, tuple[Territory, ...]], today: datetime.date
) -> Iterator[Problem]:
    """Yield a warning for each contradicted date, past announcement and group of old figures.

    Examples are left out, and so are announcements in letters and articles, which stay as they were
    on their day. `areas` are the territories of entries, by key.
    """
    every = [entry for entry in entries if not entry.is_example]
    yield from _check_beginnings(every, areas)
    for entry in every:
        yield from _check_figures(entry, today)
        if not entry.is_of_its_day:
            yield from _check_announced(entry, today)


# --- An event before the beginning of what it is part of ---


def _check_beginnings(
    entries: Iterable[Entry], areas: Mapping[Key, tuple[Territory, ...]]
) -> Iterator[Problem]:
    """Yield a warning for each event that ends before the beginning of what it is part of.

    Beginnings, such as « depuis 2021 », are read in the summaries of the entries that the event
    names, and in the sentences about its organisers in texts about its territories. An event with
    `date_a_verifier` is left out: its page already shows the doubt.
    """
    by_key = {entry.key: entry for entry in entries}
    by_area = _index_by_area(by_key.values(), areas)
    for event in by_key.values():
        if not isinstance(event, Occasion) or event.date_doubt or not event.date:
            continue
        texts = [*_list_named(event, by_key)]
        if event.organisers:
            codes = [territory.code for territory in areas.get(event.key, ())]
            about = {other.key: other for code in codes for other in by_area.get(code, ())}
            texts += _list_work(event, about.values())
        begun = next((one for one in texts if event.ends_on < one[1].day), None)
        if begun:
            where, beginning = begun
            message = (
                f"ce rendez-vous finit le {format_date(event.ends_on)}, et ce dont il fait partie "
                f"existe « {beginning.words} » ({where})"
            )
            hint = "corrigez la date ; si la source l'imprime ainsi, ajoutez date_a_verifier: …"
            yield event.document.make_problem(("date",), message, hint, Level.WARNING)


def _index_by_area(
    entries: Iterable[Entry], areas: Mapping[Key, tuple[Territory, ...]]
) -> Mapping[str, list[Entry]]:
    """Return, by code of territory, the entries about this territory alone.

    Entries without « depuis » in their text are left out, and so are events.
    """
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        named = areas.get(entry.key, ())
        if len(named) == 1 and "depuis" in entry.body.text and not isinstance(entry, Occasion):
            found.setdefault(named[0].code, []).append(entry)
    return found


def _list_named(event: Occasion, entries: Mapping[Key, Entry]) -> Iterator[tuple[str, Beginning]]:
    """Yield (file, beginning) for each beginning in the summary of an entry that `event` names."""
    for _, role, value in list_references(event):
        named = entries.get((role.target, value)) if isinstance(role, Reference) else None
        if named:
            yield from ((named.path, one) for one in find_beginnings(named.abstract or ""))


def _list_work(event: Occasion, texts: Iterable[Entry]) -> Iterator[tuple[str, Beginning]]:
    """Yield (file and line, beginning) for each beginning in a sentence that names an organiser."""
    for entry in texts:
        for sentence in _SENTENCE.finditer(entry.body.text):
            if any(name in sentence[0] for name in event.organisers):
                line = _locate(entry, sentence.start()).line
                for one in find_beginnings(sentence[0]):
                    yield f"{entry.path}, ligne {line}", one


# --- Figures that age ---


def _check_figures(entry: Entry, today: datetime.date) -> Iterator[Problem]:
    """Yield one warning if some figures of an entry are more than three years old.

    The warning is at the oldest figure: at the first one, if several are as old.
    """
    old = [
        (date.sort_key, path, date)
        for path, date in entry.list_figures()
        if date and _add_years(date, _YEARS) < today
    ]
    if old:
        _, path, date = min(old, key=lambda one: one[0])
        count = "ce chiffre date" if len(old) == 1 else f"{len(old)} chiffres datent"
        message = f"{count} de plus de trois ans ({format_date(date)})"
        hint = "cherchez-en de plus récents ; si c'est le dernier connu, ajoutez # vu à cette ligne"
        yield entry.document.make_problem(path, message, hint, Level.WARNING)


def _add_years(date: PartialDate, years: int) -> datetime.date:
    return PartialDate(date.year + years, date.month, date.day and min(date.day, 28)).last_day


# --- Announcements of what is past ---


def _check_announced(entry: Entry, today: datetime.date) -> Iterator[Problem]:
    """Yield a warning for each « prochain » or « à venir » whose date is past.

    The title or summary of a past event that presents it as still to come gets a warning too.
    """
    document = entry.document
    if "rochain" in entry.body.text or "venir" in entry.body.text:
        for offset, message, hint in _find_announced(entry, entry.body.text, today):
            at = _locate(entry, offset)
            yield Problem(entry.path, message, hint, Level.WARNING, line=at.line, column=at.column)
    for path, text in list_texts(document.front_matter):
        if "rochain" in text or "venir" in text:
            for _, message, hint in _find_announced(entry, text, today):
                yield document.make_problem(path, message, hint, Level.WARNING)
    if isinstance(entry, Occasion) and entry.date and entry.is_past(today):
        for key, text in (("titre", entry.heading), ("resume", entry.abstract)):
            if text and announces(text):
                message = f"« {text} » : ce rendez-vous est passé"
                hint = f"écrivez {key}: … sans « prochain » ni « à venir »"
                yield document.make_problem((key,), message, hint, Level.WARNING)


def _find_announced(
    entry: Entry, text: str, today: datetime.date
) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each announcement, in a text, of a date that is past."""
    yield from find_past_next(text, today)
    written = entry.updated
    if not written and isinstance(entry, Occasion) and entry.date and entry.date.month:
        written = entry.date.first_day
    if written:
        yield from find_past_relative(text, written, today)


def _locate(entry: Entry, offset: int) -> Position:
    """Return the position in its file of an offset in the body of an entry."""
    text = entry.body.text
    line = entry.body.first_line + text.count("\n", 0, offset)
    return Position(line, offset - text.rfind("\n", 0, offset))
