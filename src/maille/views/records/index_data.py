"""The records of the directory as columns, for the scripts of the list and of the map.

`index.json` has the data for filters, counts and markers. Summaries and other names are in
`textes-<n>.json`, which scripts load to search for words or to show rows
(docs/decisions/0012-one-directory-two-views.md). French typography is already applied to the
texts that scripts show.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from maille.formats.compact_json import encode_members
from maille.gazetteer import Gazetteer, Intercommunalite, Region
from maille.geometry import find_hull
from maille.kinds.catalyser import FACETS, Catalyser
from maille.schema.facets import Facet
from maille.schema.vocabulary import Term, select_terms
from maille.site.model import Site, keep_real
from maille.site.place import Place, Precision
from maille.text.names import fold, sort_key
from maille.text.typography import typeset
from maille.views.contacts import Door, find_reach
from maille.views.plans import FilePlan
from maille.views.territory.figure import make_atlas
from maille.views.territory.presences import (
    COLLECTIVITIES,
    find_page,
    list_bodies,
    make_body_finder,
)

INDEX = "index.json"
# How many records share a file of texts.
TEXTS = 500
# How many decimals of a degree a point has: 4 (ten metres), and 3 for examples (a hundred metres).
DECIMALS = 4
COARSE = 3
# The facets whose terms scripts show beside each record.
_DRAWN = ("pratique", "profil")
SOURCE = "les données de l'annuaire"
# A word that starts in lower case, or the code of a département: « 21 », « 974 », « 2a ».
_WORD = re.compile(r"(?<![\w-])(?:[^\W\d_A-ZÀ-Þ][^\W\d_]*|\d[\dab]\d?)(?![\w'’-])")


def sort_records(site: Site) -> tuple[Catalyser, ...]:
    """Return all records in the order of the list and the map: real ones first, then examples.

    Both are sorted by name of région, then by code of département; then come the records of the
    overseas collectivités, and the records without a département. Within a département, records
    keep the order of the site.
    """
    codes = [code for region in sort_regions(site.gazetteer) for code in sorted(region.departments)]
    codes += [one.code for one in site.gazetteer.list_collectivities()]
    rank = {code: number for number, code in enumerate(codes)}

    def rank_entry(entry: Catalyser) -> tuple[bool, int]:
        return entry.is_example, rank.get(site.place(entry).department, len(codes))

    return tuple(sorted(site.list_entries(Catalyser), key=rank_entry))


def find_folder(site: Site) -> str:
    """Return the address of the folder of `index.json` and `textes-<n>.json`.

    It is that of the page which lists all records: /catalyseurs/.
    """
    return site.kind(Catalyser.kind_name).prefix


@functools.lru_cache(maxsize=1)
def list_facets(site: Site) -> tuple[Facet, ...]:
    """Return the facets of the directory in which at least one record has a term."""
    entries = site.list_entries(Catalyser)
    return tuple(facet for facet in FACETS if any(map(facet.list_keys, entries)))


def _list_columns(site: Site) -> tuple[Facet, ...]:
    """Return the facets of `index.json`: those of the directory, and those that scripts draw."""
    shown = list_facets(site)
    return tuple(facet for facet in FACETS if facet in shown or facet.key in _DRAWN)


def plan(site: Site) -> Iterator[FilePlan]:
    """Yield `index.json`, then `textes-0.json` and so on, each with up to `TEXTS` records."""
    entries = sort_records(site)
    folder = find_folder(site)
    yield FilePlan(f"{folder}{INDEX}", encode_members(make_columns(site, entries)), SOURCE)
    for number, start in enumerate(range(0, len(entries), TEXTS)):
        texts = _make_text_columns(site, entries[start : start + TEXTS])
        yield FilePlan(f"{folder}textes-{number}.json", encode_members(texts), SOURCE)


def make_columns(site: Site, entries: Sequence[Catalyser]) -> dict[str, Any]:
    """Return the content of `index.json`: counts, tables, then the columns of the records.

    Columns refer to the rows of tables by number; `territoires` has codes.
    """
    departments = sorted(site.gazetteer.departments)
    number = {code: index for index, code in enumerate(departments)}
    around = [*map(make_body_finder(site), entries)]
    named = {t.code for e in entries for t in site.areas_of(e) if t.kind == "intercommunalite"}
    # The form has the intercommunalités that an entry names, that have a page (it links to the
    # directory), or that have a real record.
    paged = {body.code for body in list_bodies(site)}
    real = (codes for entry, codes in zip(entries, around, strict=True) if not entry.is_example)
    bodies = sorted(named.union(paged, *real))
    siren = {code: index for index, code in enumerate(bodies)}
    return {
        "reelles": len(keep_real(entries)),
        "textes": TEXTS,
        "proche": site.config.near_distance,
        "mots": _list_place_words(site, entries),
        **_make_term_tables(site),
        # The row without a slug is for the overseas collectivités, which have no région: scripts
        # group territories by région.
        "regions": [
            *([r.slug, typeset(r.name), typeset(r.locative)] for r in sort_regions(site.gazetteer)),
            ["", typeset(COLLECTIVITIES), ""],
        ],
        "departements": _list_departments(site, departments, _list_coarse(site, entries)),
        "intercommunalites": [
            [
                *(b.siren, typeset(b.name), [number[code] for code in b.departments]),
                *([_find_box(site, b), find_page(site, b.siren)] if b.siren in paged else []),
            ]
            for b in (site.gazetteer.intercommunalites[code] for code in bodies)
        ],
        "fiches": {
            "slug": [entry.slug for entry in entries],
            "nom": [typeset(entry.heading) for entry in entries],
            **_make_place_columns([site.place(entry) for entry in entries], departments),
            "point": [
                _encode_point(site.place(e), COARSE if e.is_example else DECIMALS) for e in entries
            ],
            "intercommunalite": [[siren[c] for c in codes if c in siren] for codes in around],
            **{facet.key: _number_terms(site, facet, entries) for facet in _list_columns(site)},
            "verifie": [str(e.verified_on) if e.verified_on else "" for e in entries],
            "territoires": [[t.code for t in site.areas_of(entry)] for entry in entries],
        },
    }


def _make_term_tables(site: Site) -> dict[str, Any]:
    """Return the table of the terms of each facet: facets of terms first, then of sub-terms."""
    facets = _list_columns(site)
    terms = {
        facet.key: [_encode_term(term) for term in site.vocabulary(facet.vocabulary)]
        for facet in facets
        if not facet.part
    }
    below = {
        facet.key: _list_sub_terms(site.vocabulary(facet.vocabulary))
        for facet in facets
        if facet.part
    }
    return {**terms, **below}


def _list_place_words(site: Site, entries: Iterable[Catalyser]) -> list[str]:
    """Return, folded, the words of summaries and terms that are place names too: « bio », « 21 ».

    A search for « cantine bio » then looks for both words, not for « cantine » near Bio (Lot). A
    place name that no summary or term has in lower case is not listed: nobody uses it as a word.
    """
    texts = [entry.summary for entry in entries]
    texts += [term.name for f in list_facets(site) for term in site.vocabulary(f.vocabulary)]
    typed = {word for text in texts for word in _WORD.findall(text)}
    words = fold("\n".join(typed)).split("\n")  # one call: far faster than one per word
    places = site.gazetteer
    named = (places.communes.by_name, places.departments, _fold_territories(places))

    def is_place(word: str) -> bool:
        names = [f"{article}{word}" for article in ("", "l ", "la ", "le ", "les ")]
        return any(name in known for known in named for name in names)

    return sorted(filter(is_place, {*words}))


@functools.lru_cache(maxsize=1)
def _fold_territories(gazetteer: Gazetteer) -> frozenset[str]:
    """Return the names of départements and régions, as `fold` returns them."""
    tables = (gazetteer.departments, gazetteer.regions)
    return frozenset(fold(one.name) for table in tables for one in table.values())


def _make_place_columns(
    places: Sequence[Place], departments: Sequence[str]
) -> dict[str, list[Any]]:
    number = {code: index for index, code in enumerate(departments)}
    return {
        "commune": [typeset(place.commune) for place in places],
        "departement": [number.get(place.department, -1) for place in places],
        "precision": [str(place.precision) for place in places],
    }


def _encode_term(term: Term) -> list[str]:
    return [term.key, typeset(term.name), *([str(term.marker)] if term.marker else [])]


def _list_sub_terms(terms: Iterable[Term]) -> list[list[Any]]:
    """Return [key, name, index of its term in `terms`] for each sub-term."""
    return [
        [one.key, typeset(one.name), number]
        for number, term in enumerate(terms)
        for one in term.activities
    ]


@functools.lru_cache(maxsize=1)
def sort_regions(gazetteer: Gazetteer) -> tuple[Region, ...]:
    """Return the régions by name."""
    return tuple(sorted(gazetteer.regions.values(), key=lambda region: sort_key(region.name)))


def _list_coarse(site: Site, entries: Iterable[Catalyser]) -> set[str]:
    """Return the codes of the départements with a real record whose commune is not known."""
    places = (site.place(entry) for entry in entries if not entry.is_example)
    return {place.department for place in places if place.precision == Precision.DEPARTMENT}


def _list_departments(site: Site, codes: Sequence[str], coarse: Collection[str]) -> list[list[Any]]:
    """Return [code, name, number of région, name with preposition, page] of each département.

    The page is given by its address, relative to that of the list of territories. A département in
    `coarse` has two more values: the numbers of the départements that touch it, and a ring around
    it.
    """
    number = {code: index for index, code in enumerate(codes)}
    touching = make_atlas(site.gazetteer).neighbours if coarse else {}
    regions = {region.slug: index for index, region in enumerate(sort_regions(site.gazetteer))}
    regions[""] = len(regions)  # the overseas collectivités
    names = _name_departments(site.gazetteer)
    return [
        [
            code,
            names[code][0],
            regions[site.gazetteer.departments[code].region],
            names[code][1],
            find_page(site, code),
            *(
                [[number[near] for near in touching.get(code, ())], _find_ring(site, code)]
                if code in coarse
                else []
            ),
        ]
        for code in codes
    ]


@functools.lru_cache(maxsize=1)
def _name_departments(gazetteer: Gazetteer) -> Mapping[str, tuple[str, str]]:
    """Return the name of each département, without and with its preposition, by code."""
    every = gazetteer.departments.values()
    return {one.code: (typeset(one.name), typeset(one.locative)) for one in every}


def _find_ring(site: Site, department: str) -> list[list[float]]:
    """Return the convex hull of a département, a closed ring of [longitude, latitude], in degrees.

    One decimal is enough to tell whether a place may be near (`near_distance` of `site.toml`).
    """
    rings = site.gazetteer.outlines.get(department, ())
    hull = find_hull((round(x, 1), round(y, 1)) for ring in rings for x, y in ring)
    return [[*point] for point in hull]


def _find_box(site: Site, body: Intercommunalite) -> list[float]:
    """Return the bounding box of the points of a body's communes: [south, west, north, east].

    The numbers are degrees, with two decimals. Return [] if no commune has a point.
    """
    communes = (site.gazetteer.communes[code] for code in body.members)
    points = [(c.latitude, c.longitude) for c in communes if c.latitude and c.longitude]
    latitudes, longitudes = [round(y, 2) for y, _ in points], [round(x, 2) for _, x in points]
    if not points:
        return []
    return [min(latitudes), min(longitudes), max(latitudes), max(longitudes)]


def _encode_point(place: Place, decimals: int) -> list[float] | None:
    """Return [latitude, longitude] in degrees, rounded, or None if a place has no point."""
    if place.latitude is None or place.longitude is None:
        return None
    return [round(place.latitude, decimals), round(place.longitude, decimals)]


def _number_terms(site: Site, facet: Facet, entries: Iterable[Catalyser]) -> list[list[int]]:
    """Return, for each record, the indexes of its terms among those of the facet.

    Keys without a term are left out.
    """
    terms = select_terms(site.vocabulary(facet.vocabulary), facet.part)
    known = {term.key: number for number, term in enumerate(terms)}
    return [[known[key] for key in facet.list_keys(entry) if key in known] for entry in entries]


def _make_text_columns(site: Site, entries: Iterable[Catalyser]) -> dict[str, list[Any]]:
    """Return summaries, other names, and how to reach each record.

    `portes` has the door of each record: [] for a record that has a contact (see `_encode_door`).
    """
    those = tuple(entries)
    root = "../" * (find_folder(site).count("/") - 1)
    reach = [find_reach(site, entry) for entry in those]
    return {
        "resume": [typeset(entry.summary) for entry in those],
        "autres": [list(entry.other_names) for entry in those],
        "contacts": [[[way.url, way.shown] for way in one.contacts] for one in reach],
        "adresses": [typeset(one.address) for one in reach],
        "portes": [_encode_door(one.door, root) for one in reach],
    }


def _encode_door(door: Door | None, root: str) -> list[str]:
    """Return a door as [words before, title, URL, words after], or [] if there is none.

    `root` is the relative path from the directory's page to the root of the site.
    """
    if not door:
        return []
    address = door.link.address
    url = address if "://" in address else f"{root}{address.removeprefix('/')}"
    return [typeset(door.before), typeset(door.link.title), url, typeset(door.after)]
