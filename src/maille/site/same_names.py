"""Find the entries of one kind that have the same name, and may be the same thing twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from maille.problems import Level, Problem
from maille.schema.kind import Entry, Key
from maille.schema.letter import Letter, Topic
from maille.schema.located import Located
from maille.site.place import Place
from maille.text.names import fold_name, strip_accents

_IDENTIFIER = "identifiant"  # the key with the identifier in the editors' spreadsheet
_TWICE = "gardez une seule des deux fiches ; si elles diffèrent, précisez leurs noms"


def check_same_names(entries: Iterable[Entry], places: Mapping[Key, Place]) -> Iterator[Problem]:
    """Yield a problem for each entry that may be the same thing as an earlier entry of its kind.

    The two have the same name, apart from case, accents and apostrophes, and neither commune,
    département nor date tells them apart. It is an error if they are certainly the same
    (`_is_same`), else a warning. Letters are left out, since they have no name of their own, and so
    are topics, whose names `letter_sections` checks. An entry with an invalid date or commune is
    left out too. Published entries come first in `entries`: if only one of the two waits, the
    problem is reported on the one that waits.
    """
    named: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if isinstance(entry, Letter | Topic) or not entry.heading:
            continue
        if _lost_mark(entry, places):
            continue
        name = strip_accents(fold_name(entry.heading))
        earlier = named.setdefault((entry.kind_name, name), [])
        others = (one for one in earlier if one.key != entry.key)  # same key: reported elsewhere
        alike = [one for one in others if _may_be_same(one, entry, places)]
        if alike:
            sure = next((one for one in alike if _is_same(one, entry, places)), None)
            yield _report(entry, sure or alike[0], places, sure=bool(sure))
        earlier.append(entry)


def check_same_identifiers(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield an error for each entry with the identifier of an earlier entry of its kind."""
    earlier: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        identifier = entry.document.front_matter.get(_IDENTIFIER)
        if not isinstance(identifier, str) or not identifier:
            continue
        first = earlier.setdefault((entry.kind_name, identifier), entry)
        if first.key != entry.key:  # same key: reported elsewhere
            message = f"« {identifier} » est déjà l'identifiant de {first.path}"
            hint = "effacez cette ligne, ou donnez à chacune son identifiant"
            yield entry.document.make_problem((_IDENTIFIER,), message, hint)


def _list_marks(entry: Entry, places: Mapping[Key, Place]) -> tuple[object, ...]:
    """Return the commune, département and date of an entry; each is None if unknown."""
    place = places.get(entry.key)
    commune = (place.commune, place.department) if place and place.commune else None
    return (commune, (place and place.department) or None, entry.own_date)


def _lost_mark(entry: Entry, places: Mapping[Key, Place]) -> bool:
    """Return whether a date or a commune was typed for the entry but is not valid."""
    typed = {key for key, value in entry.document.front_matter.items() if value}
    commune, _, date = _list_marks(entry, places)
    by_place = isinstance(entry, Located) and not commune
    return (not date and "date" in typed) or (by_place and bool(typed & {"commune", "code_insee"}))


def _may_be_same(one: Entry, other: Entry, places: Mapping[Key, Place]) -> bool:
    pairs = zip(_list_marks(one, places), _list_marks(other, places), strict=True)
    return all(a == b or a is None or b is None for a, b in pairs)


def _is_same(one: Entry, other: Entry, places: Mapping[Key, Place]) -> bool:
    """Return whether two entries that may be the same are certainly the same.

    They are if commune, département and date are the same, and a commune or a date is known; for a
    kind without places, none of the three need be known.
    """
    marks = _list_marks(one, places)
    known = marks[0] is not None or marks[2] is not None or not isinstance(one, Located)
    return known and marks == _list_marks(other, places)


def _report(entry: Entry, other: Entry, places: Mapping[Key, Place], *, sure: bool) -> Problem:
    place = places.get(entry.key)
    where = f"à {place.commune}, " if sure and place and place.commune else ""
    message = f"{where}« {entry.heading} » a déjà une fiche : {other.path}"
    hint = _TWICE
    if not sure:
        missing = "la commune" if isinstance(entry, Located) else "la date"
        hint = f"ajoutez {missing} de chacune ; si c'est la même chose, effacez une des deux fiches"
    key = next((key for key in ("nom", "titre") if key in entry.document.front_matter), "nom")
    level = Level.ERROR if sure else Level.WARNING
    return entry.document.make_problem((key,), message, hint, level)
