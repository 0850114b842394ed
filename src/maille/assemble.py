"""Step 4: from entries one by one to the whole site: places, threads, links both ways."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from maille.config import Config
from maille.dates import french
from maille.fields import TerritoryCode
from maille.geo import Gazetteer, Territory
from maille.kind import Entry, Key, Kind, Located, owner, roles
from maille.kinds.newsletter import Newsletter
from maille.kinds.projet import Projet
from maille.model import Document, Place, Precision
from maille.places import locate, territory
from maille.problems import Problem
from maille.references import Targets, check_references, mentions
from maille.site import Held, Section, Site
from maille.text import sort_key
from maille.threads import Names, name_clashes, read_sections, threads


@dataclass(frozen=True, slots=True)
class Frame:
    """What the site is made with, beside its entries."""

    config: Config
    kinds: tuple[Kind, ...]
    gazetteer: Gazetteer
    today: datetime.date
    with_drafts: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)


def assemble(
    entries: Iterable[Entry], faulty: Mapping[str, Document | None], frame: Frame
) -> tuple[Site, tuple[Problem, ...]]:
    """Return the site that the entries make, and what is wrong between them.

    `faulty` are the files that did not give an entry: by path, what could be read of them.
    """
    every = tuple(entries)
    held = {entry.key: reason for entry in every if (reason := _held(entry, frame))}
    shown = _in_order(entry for entry in every if entry.key not in held)
    targets = Targets(
        {entry.key: entry for entry in shown}, _keys(faulty, frame.kinds), frozenset(held)
    )
    problems = [*_same_slug(every, frame.kinds), *check_references(every, targets)]
    places, place_problems = _places(shown, frame.gazetteer)
    areas, area_problems = _areas(shown, frame.gazetteer)
    waiting = [entry for entry in every if entry.key in held]
    names = _names(shown, waiting, faulty, frame)
    sections, letter_problems = _letters(shown, names)
    site = Site(
        frame.config,
        frame.today,
        frame.kinds,
        {kind.name: tuple(e for e in shown if e.kind_name == kind.name) for kind in frame.kinds},
        frame.gazetteer,
        tuple(Held(entry.path, held[entry.key]) for entry in every if entry.key in held),
        _with_national(places, areas),
        areas,
        mentions(shown, frame.kinds, targets),
        sections,
        threads(sections.values()),
        frame.files,
        targets.faulty,
    )
    return site, (*problems, *place_problems, *area_problems, *letter_problems)


def _held(entry: Entry, frame: Frame) -> str:
    """Return why an entry is not published today, or ""."""
    if entry.draft and not frame.with_drafts:
        return "brouillon"
    if entry.held_until and entry.held_until > frame.today and not frame.with_drafts:
        return f"à paraître le {french(entry.held_until)}"
    return ""


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries as lists show them: real before examples, then by name; letters by month."""
    return tuple(
        sorted(
            entries,
            key=lambda entry: (
                entry.is_example,
                entry.month.sort_key if isinstance(entry, Newsletter) else (),
                sort_key(entry.heading),
                entry.slug,
            ),
        )
    )


def _keys(paths: Iterable[str], kinds: Iterable[Kind]) -> frozenset[Key]:
    """Return the keys that files without an entry would have had."""
    every = tuple(kinds)
    return frozenset(
        (kind.name, _slug(path, kind)) for path in paths if (kind := owner(path, every))
    )


def _slug(path: str, kind: Kind) -> str:
    return path.rpartition("/")[2].removesuffix(kind.suffix)


def _same_slug(entries: Iterable[Entry], kinds: Iterable[Kind]) -> Iterator[Problem]:
    """Yield the files that ask for the address of another, from another folder."""
    first: dict[Key, Entry] = {}
    prefixes = {kind.name: kind.prefix for kind in kinds}
    for entry in sorted(entries, key=lambda entry: entry.path):
        other = first.setdefault(entry.key, entry)
        if other is not entry:
            message = f"{other.path} a déjà l'adresse {prefixes[entry.kind_name]}{entry.slug}/"
            hint = "renommez l'un des deux fichiers"
            yield Problem(entry.path, 0, 0, "", message, hint)


def _places(
    entries: Iterable[Entry], gazetteer: Gazetteer
) -> tuple[Mapping[Key, Place], tuple[Problem, ...]]:
    places: dict[Key, Place] = {}
    problems: list[Problem] = []
    for entry in entries:
        if isinstance(entry, Located):
            places[entry.key], found = locate(entry, gazetteer)
            problems += found
    return places, tuple(problems)


def _areas(
    entries: Iterable[Entry], gazetteer: Gazetteer
) -> tuple[Mapping[Key, tuple[Territory, ...]], tuple[Problem, ...]]:
    areas: dict[Key, tuple[Territory, ...]] = {}
    problems: list[Problem] = []
    for entry in entries:
        for path, role, code in roles(entry):
            if not isinstance(role, TerritoryCode):
                continue
            found = territory(code, gazetteer)
            if isinstance(found, Territory):
                areas[entry.key] = (*areas.get(entry.key, ()), found)
                continue
            at = entry.document.mark(path)
            message = f"« {code} » n'est le code d'aucun territoire"
            problems.append(Problem(entry.path, at.line, at.column, str(path[0]), message, found))
    return areas, tuple(problems)


def _with_national(
    places: Mapping[Key, Place], areas: Mapping[Key, tuple[Territory, ...]]
) -> Mapping[Key, Place]:
    """Return the places, national for those that stand nowhere and act everywhere."""
    national = {key for key, found in areas.items() if any(t.kind == "national" for t in found)}
    return {
        key: replace(place, precision=Precision.NATIONAL)
        if place.precision is Precision.UNKNOWN and key in national
        else place
        for key, place in places.items()
    }


def _names(
    shown: Iterable[Entry],
    waiting: Iterable[Entry],
    faulty: Mapping[str, Document | None],
    frame: Frame,
) -> Names:
    """Return what headings of letters may be called."""
    return Names.of(
        (entry for entry in shown if isinstance(entry, Projet)),
        frame.config.usual_headings,
        (entry for entry in waiting if isinstance(entry, Projet)),
        (
            name
            for path, document in faulty.items()
            if (kind := owner(path, frame.kinds)) and kind.model is Projet
            for name in (_raw_names(document.header) if document else [_slug(path, kind)])
        ),
    )


def _raw_names(header: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names in the header of a project that could not be validated."""
    former = header.get("anciens_noms")
    for part in (header, *(former if isinstance(former, list) else ())):
        if isinstance(part, Mapping) and isinstance(part.get("nom"), str):
            yield part["nom"]


def _letters(
    shown: Iterable[Entry], names: Names
) -> tuple[Mapping[Key, tuple[Section, ...]], tuple[Problem, ...]]:
    sections: dict[Key, tuple[Section, ...]] = {}
    every = tuple(shown)
    problems = list(name_clashes(entry for entry in every if isinstance(entry, Projet)))
    for letter in every:
        if isinstance(letter, Newsletter):
            sections[letter.key], found = read_sections(letter, names)
            problems += found
    return sections, tuple(problems)
