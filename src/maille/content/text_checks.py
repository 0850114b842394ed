"""Find, in bodies and front matter, words and addresses that no reader should see or follow."""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Iterator

from maille.content.documents import Body, Document, KeyPath, Position, list_texts
from maille.content.foreign_forms import find_foreign
from maille.content.markdown_html import TAG
from maille.problems import Level, Problem
from maille.text.doubts import find_doubted_attributions
from maille.text.merge_tags import find_merge_tags
from maille.text.misread_text import find_lost_apostrophes, find_misread, find_unseen
from maille.text.patterns import compile_late
from maille.text.private_addresses import REMEDY, find_private
from maille.text.prose_dates import find_wrong_dates, is_one_date
from maille.text.prose_slips import find_doubled_dots, find_misspelt_months
from maille.text.tracked_addresses import find_tracked
from maille.text.urls import find_doubled_bars

# A finder yields, for each fault of a text, its offset, its cause and its remedy.
Finder = Callable[[str], Iterator[tuple[int, str, str]]]
_FINDERS: tuple[Finder, ...] = (
    find_tracked,
    find_misread,
    find_doubled_bars,
    find_lost_apostrophes,
    find_doubled_dots,
    find_misspelt_months,
    find_doubted_attributions,
)
# Text that other checks refuse as a whole: an HTML tag, a link target that begins with a brace.
_REFUSED = compile_late(rf"(?<!\\)(?:{TAG.pattern})|\]\(\{{[^()\n]*\)")

MAX_REMARKS = 20  # per finder and text
_TICKS = compile_late("`+")
_CODE_LINE = compile_late(r"^(?: {4}|\t).*$", re.MULTILINE)
_DIGITS = compile_late(r"[\d\W]*")
# Dates, numbers, telephone numbers: nothing is searched for in them.
_FIGURES = compile_late(r"[\d\s,./:+-]*")
_DATE = compile_late(r"(?:19|20)\d\d(?:-\d\d){0,2}")
_ONE_ADDRESS = compile_late(r"\S*(?:://|@)\S*")


def _find_tags_in_words(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the merge tags of a text, except those inside the matches of `_REFUSED`."""
    if "<" in text or "]({" in text:  # for speed: else there is nothing to blank out
        text = _REFUSED.sub(lambda found: _blank(found[0]), text)
    return find_merge_tags(text)


# Values are not searched for invisible characters: field types remove them.
_BODY_FINDERS: tuple[Finder, ...] = (_find_tags_in_words, *_FINDERS, find_unseen)
_VALUE_FINDERS: tuple[Finder, ...] = (find_merge_tags, *_FINDERS)


def list_years(texts: Iterable[tuple[KeyPath, str]]) -> list[int]:
    """Return the years of the dates in front matter, those of the keys `date` first."""
    dates = [(path, text) for path, text in texts if text[:1] in "12" and _DATE.fullmatch(text)]
    return [int(text[:4]) for _, text in sorted(dates, key=lambda one: one[0][-1:] != ("date",))]


def check_body_text(path: str, body: Body, years: Collection[int] = ()) -> Iterator[Problem]:
    """Yield the problems in the words and addresses of a body, outside code.

    `years` are the years of the dates in the file's front matter.
    Private addresses that are targets of links are left to `views.verify`, and those of images to
    `body_checks`.
    """
    text = _hide_code(body)
    targets = (*(link.target for link in body.links), *(image.target for image in body.images))
    known = {target.removeprefix("mailto:") for target in targets}

    def locate(offset: int) -> Position:
        line = text.count("\n", 0, offset)
        return Position(body.first_line + line, offset - text.rfind("\n", 0, offset))

    private = (one for one in find_private(text) if one[1] not in known)
    for offset, address, why in itertools.islice(private, MAX_REMARKS):
        yield _make(path, locate(offset), f"l'adresse {address} {why}", REMEDY, Level.ERROR)
    for offset, message, hint, level in _find_faults(text, "body", years):
        yield _make(path, locate(offset), message, hint, level)


def _find_faults(
    text: str, where: str, years: Collection[int]
) -> Iterator[tuple[int, str, str, Level]]:
    """Yield offset, cause, remedy and level for each fault; `where` is "body" or "value".

    Where syntax of other software begins (`find_foreign`), the other checks report nothing.
    """
    foreign = [*find_foreign(text, where)]
    yield from foreign
    told = {offset for offset, *_ in foreign}
    finders = _BODY_FINDERS if where == "body" else _VALUE_FINDERS
    find_dates: Finder = functools.partial(find_wrong_dates, years=years)
    for find in (*finders, find_dates):
        for offset, message, hint in itertools.islice(find(text), MAX_REMARKS):
            if offset not in told:
                yield offset, message, hint, Level.WARNING


def _make(path: str, at: Position, message: str, hint: str, level: Level) -> Problem:
    return Problem(path, message, hint, level, line=at.line, column=at.column)


def _hide_code(body: Body) -> str:
    """Return the text of a body with NUL characters in place of its code."""
    text = body.text
    if "<code" not in body.html:
        return text
    runs = [(run.start(), run.end()) for run in _TICKS.finditer(text)]
    closings: dict[int, list[int]] = {}  # length of a run of backticks → ends of its runs
    for start, end in runs:
        closings.setdefault(end - start, []).append(end)
    pieces, done = [], 0
    for start, end in runs:
        ends = closings[end - start]
        rank = bisect(ends, end)
        if start >= done and rank < len(ends):
            pieces += [text[done:start], _blank(text[start : ends[rank]])]
            done = ends[rank]
    text = "".join((*pieces, text[done:]))
    return _CODE_LINE.sub(lambda line: _blank(line[0]), text) if "<pre" in body.html else text


def _blank(code: str) -> str:
    return re.sub(r"[^\n]", "\0", code)


def check_values(document: Document) -> Iterator[Problem]:
    """Yield the problems in the words and addresses of front matter, each at its value.

    A value that is only a private address, a date or digits is left to the type of its field.
    """
    every = list_texts(document.front_matter)
    values = [(path, value) for path, value in every if not _FIGURES.fullmatch(value)]
    text = "\n\0\n".join(value for _, value in values)
    starts = [0, *itertools.accumulate(len(value) + 3 for _, value in values)]

    def find_value(offset: int) -> tuple[KeyPath, str]:
        return values[bisect(starts, offset) - 1]

    years = list_years(every)
    for offset, address, why in find_private(text):
        path, value = find_value(offset)
        if not _ONE_ADDRESS.fullmatch(value):
            yield document.make_problem(path, f"l'adresse {address} {why}", REMEDY)
    for offset, message, hint, level in _find_faults(text, "value", years):
        path, value = find_value(offset)
        if not (_DIGITS.fullmatch(value) or is_one_date(value)):
            yield document.make_problem(path, message, hint, level)
