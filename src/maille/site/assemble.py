"""The step from separate entries to the linked site: places, threads, backlinks."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from maille.content.documents import list_texts
from maille.content.downloads import Downloads
from maille.content.folders import find_owner
from maille.content.images import Album
from maille.gazetteer import Gazetteer, Territory
from maille.problems import Problem, soften
from maille.schema.error_messages import describe_path
from maille.schema.fields import TerritoryCode
from maille.schema.kind import Entry, Key, Kind, Validated, list_references
from maille.schema.letter import Letter, Topic
from maille.schema.located import Located
from maille.site.addresses import Addresses, index_departed, index_moved
from maille.site.coherence import check_coherence
from maille.site.config import Config
from maille.site.config_checks import check_config
from maille.site.examples import Wanted, make_examples
from maille.site.hours import check_hours
from maille.site.letter_lists import assign_lists, read_lists
from maille.site.letter_sections import (
    HeadingNames,
    check_name_clashes,
    group_threads,
    make_sealed_sections,
    read_sections,
)
from maille.site.model import Held, Section, Site
from maille.site.place import Place, Precision
from maille.site.place_hints import find_territory_or_hint
from maille.site.places import locate, locate_parts
from maille.site.references import Targets, check_references, find_backlinks
from maille.site.same_items import check_same_items
from maille.site.same_names import check_same_identifiers, check_same_names
from maille.site.sealed_letters import Seal, update_seals
from maille.site.spellings import check_spellings
from maille.site.term_keys import check_term_keys
from maille.site.waiting import check_past_events, find_departed_since, report_departed
from maille.text.dates import format_date
from maille.text.names import sort_key
from maille.workers import begin


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """The inputs of `assemble`, apart from the entries.

    With several `processes`, another one makes some of the checks.
    """

    config: Config
    kinds: tuple[Kind, ...]
    gazetteer: Gazetteer
    today: datetime.date
    with_drafts: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)
    base_url: str = "/"
    album: Album = field(default_factory=Album)
    seals: Mapping[str, Seal] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=Addresses)
    examples: Wanted = field(default_factory=Wanted)
    downloads: Downloads = field(default_factory=Downloads)
    processes: int = 1


def assemble(
    validated: Validated, unread: Iterable[str], inputs: BuildInputs
) -> tuple[Site, tuple[Problem, ...]]:
    """Return the site made of the entries, and the problems found in the entries and `site.toml`.

    Invalid entries and entries that wait (drafts, even invalid; entries to be published later) are
    checked with the others but are not part of the site. With `inputs.with_drafts`, only incomplete
    drafts and the entries of `_find_kept_back` wait. Problems in waiting entries are only warnings.
    `unread` are the paths of the files that cannot be read.
    """
    validated, list_problems = assign_lists(validated, inputs.config)
    seals = update_seals(inputs.seals, inputs.addresses, inputs.config.address)
    kept_back = _find_kept_back(validated.entries, inputs)
    drafts, partial = _separate_drafts(validated.partial, inputs)
    reasons = _explain_every_waiting((*validated.entries, *drafts), inputs, kept_back)
    shown, waiting = _separate_waiting((*validated.entries, *drafts), reasons)
    faulty = _list_lost_keys(unread, inputs.kinds).union(one.key for one in partial)
    shown = _add_examples(shown, (*waiting, *partial), faulty, inputs)
    targets = _make_targets(shown, faulty, waiting, inputs)
    examined = (*shown, *waiting, *partial)
    places, place_problems = _locate_entries(examined, inputs.gazetteer)
    areas, area_problems = _find_areas(examined, inputs.gazetteer)
    finish = begin(lambda: [*_check_between(examined, places, areas, inputs)], inputs.processes)
    around, around_problems = locate_parts(examined, inputs.gazetteer)
    names = _collect_names(shown, waiting, partial, unread, inputs)
    sections, letter_problems = _read_letters(examined, names, seals)
    problems = (
        *check_references(examined, targets),
        *finish(),
        *kept_back.values(),
        *(*list_problems, *place_problems, *area_problems, *around_problems, *letter_problems),
    )
    published = {key: parts for key, parts in sections.items() if key in targets.published}
    site = Site(
        inputs.config,
        inputs.today,
        inputs.kinds,
        {kind.name: tuple(e for e in shown if e.kind_name == kind.name) for kind in inputs.kinds},
        inputs.gazetteer,
        held=tuple(Held(entry.path, reasons[entry.key]) for entry in waiting),
        places=_mark_national(places, areas),
        areas=areas,
        named_places=around,
        mentions=find_backlinks(shown, inputs.kinds, targets),
        sections=published,
        threads=group_threads(published.values()),
        files=inputs.files,
        base_url=inputs.base_url,
        faulty=faulty,
        aside=(*waiting, *partial),
        album=inputs.album,
        seals=seals,
        addresses=inputs.addresses,
        downloads=inputs.downloads,
        lists=read_lists(validated.entries),
    )
    return site, soften(problems, {entry.path for entry in waiting})


def _make_targets(
    shown: Iterable[Entry],
    faulty: frozenset[Key],
    waiting: Iterable[Entry],
    inputs: BuildInputs,
) -> Targets:
    """Return the possible targets of references; an entry that moved has its former key as well."""
    published = {entry.key: entry for entry in shown}
    for former, present in index_moved(inputs.addresses, inputs.kinds).items():
        if present in published:
            published.setdefault(former, published[present])
    return Targets(
        published,
        faulty,
        {entry.key: None if entry.draft else entry.held_until for entry in waiting},
        inputs.addresses,
        index_departed(inputs.addresses, inputs.kinds),
        {kind.name: kind.prefix for kind in inputs.kinds if kind.prefix and _is_plain(kind)},
    )


def _is_plain(kind: Kind) -> bool:
    """Return whether the address of an entry is the prefix of its kind, then its slug."""
    return kind.model.address_slug is Entry.address_slug


def _check_between(
    entries: Iterable[Entry],
    places: Mapping[Key, Place],
    areas: Mapping[Key, tuple[Territory, ...]],
    inputs: BuildInputs,
) -> Iterator[Problem]:
    """Yield the problems of `site.toml` and of entries.

    Those of references, places, lists and letters are found elsewhere.
    """
    every = tuple(entries)
    yield from check_config(inputs.config, inputs.kinds, inputs.gazetteer, every)
    yield from _check_slugs(every, inputs.kinds)
    yield from check_same_names(every, places)
    yield from check_same_identifiers(every)
    yield from check_same_items(every)
    yield from check_term_keys(every)
    yield from _check_days_done(every, inputs.today)
    yield from check_past_events(every, {entry.key: entry for entry in every})
    yield from check_hours(every, places, inputs.config.time_zone)
    yield from check_coherence(every, areas, inputs.today)
    yield from check_spellings(every, inputs.gazetteer.communes.by_name)


def _find_kept_back(entries: Iterable[Entry], inputs: BuildInputs) -> Mapping[Key, Problem]:
    """Return, by key, a warning for each entry held back because a page that it names has departed.

    Sealed letters are never held back.
    """
    departed = index_departed(inputs.addresses, inputs.kinds)
    found = (
        (entry, find_departed_since(entry, departed, inputs.addresses))
        for entry in entries
        if not (isinstance(entry, Letter) and entry.slug in inputs.seals)
    )
    return {
        entry.key: report_departed(entry, *place, inputs.addresses)
        for entry, place in found
        if place
    }


def _explain_every_waiting(
    entries: Iterable[Entry], inputs: BuildInputs, kept_back: Container[Key]
) -> Mapping[Key, str]:
    every = ((entry.key, _explain_waiting(entry, inputs, kept_back)) for entry in entries)
    return {key: reason for key, reason in every if reason}


def _explain_waiting(entry: Entry, inputs: BuildInputs, kept_back: Container[Key]) -> str:
    """Return why an entry is not published today, in French; "" if it is published."""
    if entry.draft and (not inputs.with_drafts or entry.is_incomplete):
        return "brouillon"
    if entry.held_until and entry.held_until > inputs.today and not inputs.with_drafts:
        return f"à paraître le {format_date(entry.held_until)}"
    return "nomme ce qui est parti avant son jour" if entry.key in kept_back else ""


def _separate_drafts(
    partial: Iterable[Entry], inputs: BuildInputs
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the invalid entries in two groups: the drafts that wait, and the others."""
    every = tuple((entry, not inputs.with_drafts and _is_surely_draft(entry)) for entry in partial)
    return (
        tuple(entry for entry, waits in every if waits),
        tuple(entry for entry, waits in every if not waits),
    )


def _is_surely_draft(entry: Entry) -> bool:
    """Return whether an entry is a draft, and its line « brouillon » was read as typed."""
    document = entry.document
    return entry.draft and document.find_position(("brouillon",)).line not in document.doubtful


def _separate_waiting(
    entries: Iterable[Entry], held: Mapping[Key, str]
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    every = tuple(entries)
    waiting = tuple(entry for entry in every if entry.key in held)
    return tuple(entry for entry in every if entry.key not in held), waiting


def _add_examples(
    shown: tuple[Entry, ...],
    aside: Iterable[Entry],
    faulty: frozenset[Key],
    inputs: BuildInputs,
) -> tuple[Entry, ...]:
    """Return the entries to publish (`shown`) and the examples, sorted.

    No example gets a key of `shown`, `aside` or `faulty`.
    """
    taken = faulty.union(one.key for one in (*shown, *aside))
    made = make_examples(inputs.examples, inputs.kinds, inputs.gazetteer, shown, taken)
    return _sort_entries((*shown, *made))


def _sort_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries sorted as in lists: examples last, letters by period, others by name."""
    return tuple(
        sorted(
            entries,
            key=lambda entry: (
                entry.is_example,
                entry.period.sort_key if isinstance(entry, Letter) else (),
                sort_key(entry.heading),
                entry.slug,
            ),
        )
    )


def _list_lost_keys(paths: Iterable[str], kinds: Iterable[Kind]) -> frozenset[Key]:
    """Return the keys that the entries in these unreadable files would have."""
    every = tuple(kinds)
    return frozenset(
        (kind.name, _extract_slug(path, kind))
        for path in paths
        if (kind := find_owner(path, every))
    )


def _extract_slug(path: str, kind: Kind) -> str:
    return path.rpartition("/")[2].removesuffix(kind.suffix)


def _check_slugs(entries: Iterable[Entry], kinds: Iterable[Kind]) -> Iterator[Problem]:
    """Yield a problem for each repeated slug in a kind without pages.

    For kinds with pages, `verify` reports that two files have one address.
    """
    pages = {kind.name for kind in kinds if kind.prefix}
    first: dict[Key, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.path):
        other = first.setdefault(entry.key, entry)
        if other is not entry and entry.kind_name not in pages:
            message = f"{other.path} porte déjà le nom « {entry.slug} »"
            yield Problem(entry.path, message, "renommez l'un des deux fichiers")


def _check_days_done(entries: Iterable[Entry], today: datetime.date) -> Iterator[Problem]:
    """Yield a problem for each date that must be past, but is in the future."""
    for entry in entries:
        for key, day in entry.list_days_done():
            if day > today:
                path = (key,) if isinstance(key, str) else key
                message = f"{describe_path(path)} est un jour à venir : {format_date(day)}"
                hint = "écrivez le jour où c'est arrivé ; pour attendre ce jour, brouillon: oui"
                if key == "date" and not entry.held_until:
                    hint = f"ajoutez publie_le: {day} pour attendre ce jour, ou corrigez la date"
                if key == "mois":
                    if isinstance(entry, Letter) and not entry.month:
                        message = f"cette lettre est d'un jour à venir : {format_date(day)}"
                    hint = "ajoutez publie_le: … (le jour où la lettre part), ou brouillon: oui"
                yield entry.document.make_problem(path, message, hint)


def _locate_entries(
    entries: Iterable[Entry], gazetteer: Gazetteer
) -> tuple[Mapping[Key, Place], tuple[Problem, ...]]:
    places: dict[Key, Place] = {}
    problems: list[Problem] = []
    for entry in entries:
        if isinstance(entry, Located):
            places[entry.key], found = locate(entry, gazetteer)
            problems += found
    return places, tuple(problems)


def _find_areas(
    entries: Iterable[Entry], gazetteer: Gazetteer
) -> tuple[Mapping[Key, tuple[Territory, ...]], tuple[Problem, ...]]:
    areas: dict[Key, tuple[Territory, ...]] = {}
    problems: list[Problem] = []
    for entry in entries:
        for path, role, code in list_references(entry):
            if not isinstance(role, TerritoryCode):
                continue
            found = find_territory_or_hint(code, gazetteer)
            if isinstance(found, Territory):
                areas[entry.key] = (*areas.get(entry.key, ()), found)
                continue
            message = f"« {code} » n'est le code d'aucun territoire"
            problems.append(entry.document.make_problem(path, message, found))
    return areas, tuple(problems)


def _mark_national(
    places: Mapping[Key, Place], areas: Mapping[Key, tuple[Territory, ...]]
) -> Mapping[Key, Place]:
    """Return the places; an unknown one becomes national if its entry acts in all of France."""
    national = {key for key, found in areas.items() if any(t.kind == "national" for t in found)}
    return {
        key: replace(place, precision=Precision.NATIONAL)
        if place.precision is Precision.UNKNOWN and key in national
        else place
        for key, place in places.items()
    }


def _collect_names(
    shown: Iterable[Entry],
    waiting: Iterable[Entry],
    partial: Iterable[Entry],
    unread: Iterable[str],
    inputs: BuildInputs,
) -> HeadingNames:
    """Return the headings that letters may use, with the names of waiting or invalid projects."""
    topics = [kind for kind in inputs.kinds if issubclass(kind.model, Topic)]
    invalid = [entry for entry in partial if isinstance(entry, Topic)]
    faulty = [text for one in invalid for _, text in list_texts(one.document.front_matter)]
    faulty += [entry.slug for entry in invalid]
    unsure = [line for entry in invalid for line in entry.document.doubtful.values()]
    lost = [slug for _, slug in _list_lost_keys(unread, topics)]
    departed = index_departed(inputs.addresses, topics).values()
    left = [name for address in departed for name in inputs.addresses.lines[address].names]
    return HeadingNames.collect(
        (entry for entry in shown if isinstance(entry, Topic)),
        (*inputs.config.usual_headings, *left),
        (entry for entry in waiting if isinstance(entry, Topic)),
        faulty=(name for name in (*faulty, *lost) if name),
        unsure=unsure,
        prefix=next((kind.prefix for kind in topics), ""),
    )


def _read_letters(
    shown: Iterable[Entry], names: HeadingNames, seals: Mapping[str, Seal]
) -> tuple[Mapping[Key, tuple[Section, ...]], tuple[Problem, ...]]:
    sections: dict[Key, tuple[Section, ...]] = {}
    every = tuple(shown)
    named = (entry for entry in every if isinstance(entry, Topic) and entry.heading)
    problems = list(check_name_clashes(named))
    for letter in every:
        if isinstance(letter, Letter):
            parts, found = read_sections(letter, names)
            seal = seals.get(letter.slug)
            sections[letter.key] = make_sealed_sections(letter, seal, names) if seal else parts
            problems += found
    return sections, tuple(problems)
