"""The lists of letters: `content/vocabulaires/listes.yaml`, or one monthly list without that file.

The file name of a letter begins with the key of its list; without a key, the letter is of the first
list (decision 0038).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from maille.problems import ContentError, Problem
from maille.schema.kind import Entry, Validated
from maille.schema.letter import Letter, MailingList, find_rhythm
from maille.schema.vocabulary import Rhythm, Term
from maille.site.config import Config
from maille.text.dates import PartialDate, Period, Week, say_of
from maille.text.letter_names import LetterName, looks_like_letter
from maille.text.suggestions import find_nearest, quote_choices

LISTS_FILE = "content/vocabulaires/listes.yaml"
_OF_RHYTHM = {Rhythm.DAY: "un jour", Rhythm.WEEK: "une semaine", Rhythm.MONTH: "un mois"}
_RENAME = "renommez le fichier en "
_NAMED = {Rhythm.DAY: "son jour", Rhythm.WEEK: "sa semaine"}


def assign_lists(validated: Validated, config: Config) -> tuple[Validated, tuple[Problem, ...]]:
    """Return the entries, in which each letter has its list, and the problems.

    These are the problems of the lists, and of the file names of letters that do not fit them. A
    letter whose list is unknown gets the first list.
    """
    problems = tuple(_check_lists(validated, config))
    lists = read_lists(validated.entries)
    if lists == (MailingList(),):  # the default, which letters have already
        return validated, problems
    assigned = replace(
        validated,
        entries=tuple(_assign_list(one, lists) for one in validated.entries),
        partial=tuple(_assign_list(one, lists) for one in validated.partial),
    )
    return assigned, problems


def _assign_list(entry: Entry, lists: tuple[MailingList, ...]) -> Entry:
    if not isinstance(entry, Letter):
        return entry
    key = entry.file_name.list_key if entry.file_name else ""
    return entry.with_list(_find_list(key, lists) or lists[0])


def _find_list(key: str, lists: Iterable[MailingList]) -> MailingList | None:
    """Return the list with this key, the first list if the key is "", or None."""
    return next((one for one in lists if not key or one.key == key), None)


def read_lists(entries: Iterable[Entry]) -> tuple[MailingList, ...]:
    """Return the lists, in the order of `listes.yaml`; without any list in it, one monthly list."""
    terms = tuple(term for one in entries if _is_file(one) for term in one.list_terms())
    found = tuple(_make_list(term, is_only=len(terms) == 1) for term in terms)
    return found or (MailingList(),)


def choose_list(lists: tuple[MailingList, ...], named: LetterName) -> MailingList:
    """Return the list of the letter to write, whose name is `named`.

    Raises ContentError if the name begins with an unknown list, or if its period does not fit the
    rhythm of its list.
    """
    found = _find_list(named.list_key, lists)
    if found is None:
        raise ContentError(*_explain_unknown(named, lists, "écrivez "))
    if find_rhythm(named.period) is not found.rhythm:
        raise ContentError(*_explain_rhythm(named, found, "écrivez "))
    return found


def opens_month(letters: Iterable[Letter], mailing_list: MailingList, period: Period) -> bool:
    """Return whether no earlier letter of the list is of the month of `period`.

    A monthly letter always opens its month; the first letter of a month does, in other lists.
    """
    month = (period.year, period.month)
    own = (one.period for one in letters if one.mailing_list == mailing_list)
    return not any((p.year, p.month) == month and p.sort_key < period.sort_key for p in own)


def _is_file(entry: Entry) -> bool:
    return entry.path == LISTS_FILE


def _make_list(term: Term, *, is_only: bool) -> MailingList:
    return MailingList(
        term.key,
        term.name,
        term.rhythm or Rhythm.MONTH,
        term.audience or "",
        term.summary or "",
        term.form_value or "",
        is_only,
    )


def _check_lists(validated: Validated, config: Config) -> Iterator[Problem]:
    """Yield the problems of the lists, and of the letters whose names do not fit their lists.

    Nothing is checked while the file of the lists is invalid.
    """
    letters = sorted(
        (one for one in (*validated.entries, *validated.partial) if isinstance(one, Letter)),
        key=lambda one: one.path,
    )
    if any(_is_file(one) for one in validated.partial):
        return
    for file in (one for one in validated.entries if _is_file(one)):
        yield from _check_file(file, config)
    lists = read_lists(validated.entries)
    first: dict[tuple[str, str], Letter] = {}
    for letter in letters:
        if letter.file_name is None:  # reported by its kind
            continue
        found = _find_list(letter.file_name.list_key, lists)
        if found is None:
            why = _explain_unknown(letter.file_name, lists, _RENAME, ".md")
            yield Problem(letter.path, *why)
            continue
        yield from _check_folder(letter, letter.file_name, lists)
        if find_rhythm(letter.period) is not found.rhythm:
            why = _explain_rhythm(letter.file_name, found, _RENAME, ".md")
            yield Problem(letter.path, *why)
        other = first.setdefault((found.key, str(letter.period)), letter)
        if other.slug != letter.slug:  # `verify` reports two files with one name
            yield _report_twice(letter, other, found)


def _check_file(file: Entry, config: Config) -> Iterator[Problem]:
    """Yield a problem for each list without a rhythm, or whose key is unfit for its letters.

    Such a key cannot begin a file name, or is that of an edition.
    """
    editions = {edition.audience for edition in config.editions}
    for number, term in enumerate(file.list_terms()):
        path = ("termes", number)
        if term.rhythm is None:
            message = f"rien ne dit à quel rythme vient la lettre « {term.name} »"
            hint = "ajoutez rythme: jour, rythme: semaine ou rythme: mois"
            yield file.document.make_problem((*path, "cle"), message, hint, on_key=True)
        if not looks_like_letter(f"{term.key}-2026-01") or looks_like_letter(term.key):
            message = f"« {term.key} » ne peut pas commencer le nom d'un fichier de lettre"
            hint = "écrivez une clé qui commence par une lettre et n'est pas une date, comme elus"
            yield file.document.make_problem((*path, "cle"), message, hint)
        if term.key in editions:
            message = f"« {term.key} » est aussi une édition de site.toml : même adresse"
            hint = f"écrivez une autre clé, comme lettre-{term.key}"
            yield file.document.make_problem((*path, "cle"), message, hint)


def _explain_unknown(
    named: LetterName, lists: tuple[MailingList, ...], order: str, suffix: str = ""
) -> tuple[str, str]:
    """Return cause and remedy for a letter name that begins with an unknown list.

    If the remedy gives a name, that name ends with `suffix`; `order`, such as « écrivez », comes
    before it. If there are several lists, and none looks like it, the remedy gives their keys.
    """
    keys = [one.key for one in lists if one.key]
    message = f"« {named.list_key} », au début du nom du fichier, n'est pas une liste de lettres"
    near = find_nearest(named.list_key, {key: key for key in keys}, most=1)
    if near:
        hint = f"{order}{near[0]}-{named.period}{suffix}"
    elif len(keys) > 1:
        hint = f"commencez-le par {quote_choices(keys)}, ou ajoutez la liste à {LISTS_FILE}"
    else:
        hint = f"{order}{named.period}{suffix}, ou ajoutez la liste à {LISTS_FILE}"
    return message, hint


def _check_folder(
    letter: Letter, named: LetterName, lists: tuple[MailingList, ...]
) -> Iterator[Problem]:
    """Yield a problem if the letter is in a folder named after another list than its own."""
    folder = letter.path.split("/")[-2]
    inner = next((one for one in lists if one.key and one.key == folder), None)
    if inner and inner is not _find_list(named.list_key, lists):
        message = f"le dossier « {folder} » ne dit pas la liste : c'est le nom du fichier"
        yield Problem(letter.path, message, f"renommez le fichier en {folder}-{named.period}.md")


def _explain_rhythm(
    named: LetterName, found: MailingList, order: str, suffix: str = ""
) -> tuple[str, str]:
    """Return cause and remedy for a letter name whose period does not fit the rhythm of its list.

    The remedy gives a name that ends with `suffix`. `order`, such as « écrivez », comes before it,
    unless the name is only an example: a month does not tell which of its weeks was meant.
    """
    rhythm = find_rhythm(named.period)
    message = (
        f"{named.period} est {_OF_RHYTHM[rhythm]}, et cette liste paraît chaque {found.rhythm} "
        f"({found.name})"
    )
    if not found.name:
        message = f"{named.period} est {_OF_RHYTHM[rhythm]}, et la lettre est mensuelle"
    where = f"écrivez rythme: {rhythm} à cette liste de {LISTS_FILE}"
    if not found.key:
        where = f"déclarez la liste dans {LISTS_FILE}, avec rythme: {rhythm}"
    right = f"{replace(named, period=_move(named.period, found.rhythm))}{suffix}"
    if found.rhythm is Rhythm.MONTH or rhythm is Rhythm.DAY:
        return message, f"{order}{right}, ou {where}"
    return message, f"nommez-la d'après {_NAMED[found.rhythm]}, comme {right}, ou {where}"


def _move(period: Period, rhythm: Rhythm) -> Period:
    """Return the month of `period`, or the week or day of its first day, as `rhythm` requires."""
    if rhythm is Rhythm.MONTH:
        return PartialDate(period.year, period.month)
    first = period.first_day
    if rhythm is Rhythm.WEEK:
        return Week(*first.isocalendar()[:2])
    return PartialDate(first.year, first.month, first.day)


def _report_twice(letter: Letter, other: Letter, found: MailingList) -> Problem:
    name = f" dans la liste « {found.name} »" if found.name else ""
    message = f"deux lettres {say_of(letter.period)}{name} : {other.path} et {letter.path}"
    hint = "gardez le bon texte dans l'un des deux fichiers, puis effacez l'autre"
    return Problem(letter.path, message, hint)
