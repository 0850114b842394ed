"""`verifier --promesses`: what projects and letters announced, and a later letter to look into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maille.kinds.newsletter import Newsletter
from maille.kinds.projet import Projet
from maille.site.model import Section, Site
from maille.text.announcements import list_promises
from maille.text.dates import PartialDate, Period, format_date

_HEADINGS = ("Pour quand", "Reparlé en", "Où", "Quoi")


@dataclass(frozen=True, slots=True)
class Pending:
    """Something announced whose outcome no file gives: its file and line, its words and its date.

    `later` is the latest update of the same project if it is more recent, otherwise None. An editor
    has to check whether it says what happened.
    """

    path: str
    line: int
    words: str
    date: PartialDate | None
    later: Section | None


def list_pending(site: Site) -> Iterator[Pending]:
    """Yield the announcements of real projects without `suite`, then the promises of letters."""
    for project in site.list_real(Projet):
        for number, one in enumerate(project.announcements):
            if one.follow_up is None:
                line = project.document.find_position(("annonces", number, "texte")).line
                later = _find_later(site, project, one.date) if one.date else None
                words = f"{project.name} : {one.text}"
                yield Pending(project.path, line, words, one.date, later)
    for letter in site.list_entries(Newsletter):
        yield from _list_in_letter(site, letter)


def _list_in_letter(site: Site, letter: Newsletter) -> Iterator[Pending]:
    parts = {part.anchor: part for part in site.sections_of(letter)}
    day = letter.published_on or letter.period.first_day
    for promise in list_promises(letter.body.text, day):
        line = letter.body.first_line + letter.body.text.count("\n", 0, promise.start)
        above = [one.anchor for one in letter.body.headings if one.line <= line]
        part = parts.get(next((anchor for anchor in reversed(above) if anchor in parts), ""))
        project = part.project if part else None
        later = _find_later(site, project, letter.period) if isinstance(project, Projet) else None
        words = f"{part.title} : {promise.words}" if part and part.title else promise.words
        yield Pending(letter.path, line, words, promise.date, later)


def _find_later(site: Site, project: Projet, date: Period) -> Section | None:
    """Return the latest update of a project, if the period of its letter begins after `date`."""
    thread = site.thread(project)
    return thread[-1] if thread and thread[-1].letter.period.first_day > date.last_day else None


def format_promises(site: Site) -> Iterator[str]:
    """Yield the lines of a table of what was announced without a known outcome, oldest first."""
    pending = sorted(list_pending(site), key=lambda one: str(one.date or "9999"))
    if not pending:
        yield "Tout ce qui a été annoncé a une suite connue."
        return
    count = "une annonce" if len(pending) == 1 else f"{len(pending)} annonces"
    yield f"{count[:1].upper()}{count[1:]} sans suite connue, au {format_date(site.today)}."
    yield "Ce qu'il en est advenu s'écrit dans la fiche du projet, sous l'annonce : suite: …"
    yield ""
    rows = [_HEADINGS, *map(_make_row, pending)]
    widths = [max(len(row[number]) for row in rows) for number in range(3)]
    for row in rows:
        yield "  ".join((*(cell.ljust(n) for cell, n in zip(row, widths, strict=False)), row[3]))


def _make_row(one: Pending) -> tuple[str, str, str, str]:
    later = format_date(one.later.letter.period) if one.later else "—"
    date = format_date(one.date) if one.date else "—"
    return date, later, f"{one.path}:{one.line}", one.words
