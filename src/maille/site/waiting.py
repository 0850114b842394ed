"""Entries that wait for their day (`publie_le`), and the problems that will arise that day."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping

from maille.content.documents import KeyPath
from maille.problems import Level, Problem
from maille.schema.event import Occasion
from maille.schema.fields import Reference
from maille.schema.kind import Entry, Key, list_references
from maille.schema.letter import Letter
from maille.site.addresses import Addresses
from maille.site.model import Site
from maille.text.dates import format_date

_LONGEST = 366  # days; a text that waits longer gets a warning


def find_days(site: Site) -> Mapping[str, datetime.date]:
    """Return the publication day of each valid entry that waits only for this day, by path."""
    return {
        entry.path: entry.held_until
        for entry in site.aside
        if entry.held_until
        and entry.held_until > site.today
        and not entry.draft
        and entry.key not in site.faulty
    }


def check_ahead(
    site: Site,
    problems: Iterable[Problem],
    check_on: Callable[[datetime.date], Iterable[Problem]],
) -> Iterator[Problem]:
    """Yield the problems of today, and of each day on which waiting entries will be published.

    `check_on` returns all the problems of the site as of a day. An entry that waits for its day is
    checked as of that day, not of today. Errors that would appear in other files on that day, or in
    this entry on a later day, are yielded too.
    """
    days = find_days(site)
    known = {problem for problem in problems if problem.path not in days}
    yield from known
    yield from _check_days(site, days)
    for day in sorted(set(days.values())):
        for problem in check_on(day):
            published = days.get(problem.path, day)
            new = problem.level is Level.ERROR and problem not in known and published < day
            elsewhere = problem.path not in days and problem.level is Level.ERROR
            if problem.path in days and published == day:
                yield problem
            elif new or (elsewhere and problem not in known):
                known.add(problem)
                yield problem


def _check_days(site: Site, days: Mapping[str, datetime.date]) -> Iterator[Problem]:
    """Yield a warning for each entry whose day seems wrong: after its event, or very far off.

    Checks of the site as of a later day cannot report this: on its day, an entry no longer waits.
    """
    for entry in site.aside:
        day = days.get(entry.path)
        if day and isinstance(entry, Occasion) and entry.date and entry.ends_on < day:
            ended = format_date(entry.ends_on)
            message = f"publie_le est le {format_date(day)}, après le rendez-vous ({ended})"
            hint = f"écrivez un jour d'avant le {ended}, ou effacez publie_le"
        elif day and (day - site.today).days > _LONGEST:
            message = f"ce texte attend le {format_date(day)}, dans plus d'un an"
            right = _guess_year(day, site.today)
            hint = f"écrivez publie_le: {right} si l'année est fausse ; sinon, laissez"
        else:
            continue
        yield entry.document.make_problem(("publie_le",), message, hint, Level.WARNING)


def _guess_year(day: datetime.date, today: datetime.date) -> datetime.date:
    """Return the next date, from `today` on, with the day and month of `day`."""
    for year in (today.year, today.year + 1):
        with contextlib.suppress(ValueError):  # 29 February
            if (near := day.replace(year=year)) >= today:
                return near
    return today


def find_departed_since(
    entry: Entry, departed: Mapping[Key, str], addresses: Addresses
) -> tuple[KeyPath, str] | None:
    """Return where an entry refers to a page that departed before the entry's own day, or None.

    The result is the key path of the reference and the address of the page. Only entries with a day
    (`publie_le`) are held back for this; other entries are published, and show the page's name.
    """
    day = entry.held_until
    if not day:
        return None
    for path, role, value in list_references(entry):
        address = departed.get((role.target, value)) if isinstance(role, Reference) else None
        left_on = addresses.lines[address].left_on if address else None
        if address and left_on and left_on < day:
            return path, address
    return None


def report_departed(entry: Entry, path: KeyPath, address: str, addresses: Addresses) -> Problem:
    """Return the warning about an entry that is held back because a page it refers to departed."""
    line = addresses.lines[address]
    assert line.left_on
    message = (
        f"« {line.name or address} » est parti le {format_date(line.left_on)}, avant que ce texte "
        "ne paraisse : il attend"
    )
    hint = "effacez ce renvoi, après avoir relu le texte"
    return entry.document.make_problem(path, message, hint, Level.WARNING)


def check_past_events(
    entries: Iterable[Entry], published: Mapping[Key, Entry]
) -> Iterator[Problem]:
    """Yield a warning for each event that a letter announces and that ends before the letter.

    The day of a letter is `publie_le`, or the first day of its period.
    """
    for letter in entries:
        if not isinstance(letter, Letter) or not (letter.file_name or letter.month):
            continue
        day = letter.held_until or letter.period.first_day
        for path, role, value in list_references(letter):
            found = published.get((role.target, value)) if isinstance(role, Reference) else None
            # `found` may be a partial entry, without a date.
            if isinstance(found, Occasion) and found.date and found.ends_on < day:
                message = (
                    f"« {found.heading} » finit le {format_date(found.ends_on)}, avant la lettre "
                    f"({format_date(day)})"
                )
                hint = "effacez-le de cette liste, ou corrigez sa date dans son fichier"
                yield letter.document.make_problem(path, message, hint, Level.WARNING)
