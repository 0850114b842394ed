"""Small JSON files about places, with which scripts complete a name or find a point's commune.

A search by name loads `index.json`, then one or more volumes. A volume is a file of names that
follow one another in alphabetical order: current and former names of communes, and names of
territories. The file of a département describes its communes. French typography is already applied
to the names, so scripts (`js/communes.js`) show them unchanged.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache, partial
from heapq import nsmallest
from itertools import groupby, pairwise, repeat
from operator import itemgetter, neg
from typing import Any, TypeVar

from maille.formats.compact_json import encode_compact
from maille.gazetteer import Gazetteer
from maille.site.model import Site
from maille.text.names import fold
from maille.text.typed_places import FORMER_REGIONS, PLACES_ABROAD
from maille.text.typography import typeset
from maille.views.plans import LatePlan
from maille.views.territory.presences import list_bodies

ADDRESS = "/lieux/"
SOURCE = "la recherche d'un lieu"

# The least number of names in a volume; the last volume may have fewer.
VOLUME = 600
# Names are sorted without their article: « Le Havre » is under H.
_ARTICLE = re.compile(r"^(?:les?|la|los|l) (?=.)", re.MULTILINE)
# Intercommunalités are filed without their type: « Communauté de communes du Pays des Achards » is
# under P.
_BODY = re.compile(
    r"^(?:communaute (?:de communes|d agglomeration|urbaine) |metropole )"
    r"(?:(?:du|de la|de l|des|de|d|le|la|les) )?",
    re.MULTILINE,
)
# How many communes `index.json` has: the largest ones, which scripts propose before all others.
TOWNS = 300

Columns = Sequence[list[str]]  # of `communes.tsv`: codes, names, departments, latitudes…

# A name of a commune, as a plain tuple for speed, since each build makes tens of thousands: (folded
# name without its article; current name if `name` is a former one, else ""; code; name; rounded
# population of the commune).
FiledName = tuple[str, str, str, str, int]
# A name of a territory: (folded name without its article; name; code and name of the territory
# whose page is shown for it).
FiledTerritory = tuple[str, str, str, str]
Filed = TypeVar("Filed", FiledName, FiledTerritory)


def plan(site: Site) -> Iterable[LatePlan]:
    """Return `index.json`, `ailleurs.json`, the volumes of names, and one file per département."""
    return _plan_files(site.gazetteer, frozenset(body.code for body in list_bodies(site)))


# Cached, because the site is planned again for each future day on which a text will appear: these
# files do not change then, unless an intercommunalité gets a page.
@lru_cache(maxsize=1)
def _plan_files(gazetteer: Gazetteer, paged: frozenset[str]) -> tuple[LatePlan, ...]:
    """Return the plans; `paged` are the SIREN of the intercommunalités that have a page.

    The files depend on nothing else, since the gazetteer is part of the engine: builds keep them.
    """
    made_of = hashlib.blake2b(" ".join(sorted(paged)).encode(), digest_size=20).digest()
    return tuple(
        replace(one, key=one.address.encode() + made_of) for one in _list_files(gazetteer, paged)
    )


def _list_files(gazetteer: Gazetteer, paged: Collection[str]) -> Iterator[LatePlan]:
    # Columns take ten times the memory of their lines: they are made here, dropped, and made again
    # later.
    lines = tuple(gazetteer.communes.lines.values())
    columns = _split_lines(lines)
    names = sorted((*_list_names(columns, _list_keys(gazetteer)), *_list_former_names(columns)))
    territories = sorted(_list_territories(gazetteer, paged))
    starts = _cut_into_volumes(sorted(map(itemgetter(0), (*names, *territories))))
    yield _plan_file("index", _make_index, gazetteer, lines, starts)
    yield _plan_file("ailleurs", _make_abroad)
    for start, end in pairwise((*starts, "~")):  # « ~ » sorts after all letters
        within = (_pick(names, start, end), _pick(territories, start, end))
        yield _plan_file(f"noms-{start.replace(' ', '-')}", _make_volume, *within)
    for code, communes in groupby(zip(columns[2], lines, strict=True), itemgetter(0)):
        inside = tuple(line for _, line in communes)
        yield _plan_file(code.lower(), _make_department, gazetteer, inside)


def _split_lines(lines: Sequence[str]) -> Columns:
    """Return the columns of lines; splitting all lines at once is far faster than one by one."""
    cells = "\t".join(lines).split("\t")
    width = lines[0].count("\t") + 1
    return [cells[at::width] for at in range(width)]


def _plan_file(name: str, content: Callable[..., Mapping[str, Any]], *arguments: Any) -> LatePlan:
    return LatePlan(f"{ADDRESS}{name}.json", cache(partial(_encode, content, *arguments)), SOURCE)


def _encode(content: Callable[..., Mapping[str, Any]], *arguments: Any) -> bytes:
    return encode_compact(content(*arguments)).encode()


# --- Names ---------------------------------------------------------------------------------------


def _list_keys(gazetteer: Gazetteer) -> list[str]:
    """Return the folded names of the communes, without articles, in the order of the gazetteer."""
    folded = {code: key for key, codes in gazetteer.communes.by_name.items() for code in codes}
    return _strip_articles("\n".join(map(folded.__getitem__, gazetteer.communes)))


def _strip_articles(folded: str) -> list[str]:
    """Split a text of folded names, one per line, and remove the articles of the names."""
    return _ARTICLE.sub("", folded).split("\n")


def _list_names(columns: Columns, keys: Sequence[str]) -> Iterable[FiledName]:
    codes, names, *_, people = columns
    return zip(keys, repeat(""), codes, names, map(_round_population, people), strict=False)


def _list_former_names(columns: Columns) -> Iterable[FiledName]:
    """Return the names of former communes, with the communes into which they were merged."""
    codes, present, *_, former, _, people = columns
    rows = [
        (now, code, name, _round_population(typed))
        for code, now, names, typed in zip(codes, present, former, people, strict=True)
        if names
        for name in names.split("|")
    ]
    keys = _strip_articles(fold("\n".join([name for _, _, name, _ in rows])))
    return ((key, *row) for key, row in zip(keys, rows, strict=True))


def _cut_into_volumes(keys: Sequence[str]) -> tuple[str, ...]:
    """Cut sorted keys into volumes, and return the first letters of each volume.

    These letters sort after all keys of the previous volume: comparing a key with them is enough
    to find its volume.
    """
    starts = [0]
    for at in range(1, len(keys)):
        if at - starts[-1] >= VOLUME and keys[at] != keys[at - 1]:
            starts.append(at)
    return tuple(_find_first_letters(keys[at - 1] if at else "", keys[at]) for at in starts)


def _pick(filed: Sequence[Filed], start: str, end: str) -> Sequence[Filed]:
    """Return the rows of the volume that begins at `start`; the next volume begins at `end`."""
    first, after = (bisect_left(filed, letters, key=itemgetter(0)) for letters in (start, end))
    return filed[first:after]


def _find_first_letters(before: str, key: str) -> str:
    """Return the shortest prefix of `key` that sorts after `before`, with no space at the end."""
    beginnings = (key[: at + 1] for at, letter in enumerate(key) if letter != " ")
    return next(letters for letters in beginnings if letters > before)


def _make_volume(
    names: Iterable[FiledName], territories: Sequence[FiledTerritory]
) -> dict[str, Any]:
    """Return a volume as columns: `habitants` has the population of each commune, rounded.

    `anciens` maps the index of a former name to the current name. `territoires` has one row per
    name of a territory: folded name, name, code of the territory whose page is shown for it, and
    the name of that other territory if it differs: Grand Est for Alsace; the first département for
    an intercommunalité without a page.
    """
    _, present, codes, labels, people = zip(*names, strict=True)
    return {
        "noms": _apply_typography(labels),
        "codes": codes,
        "habitants": people,
        "anciens": {at: name for at, name in enumerate(_apply_typography(present)) if name},
        "territoires": _make_territory_rows(territories),
    }


def _make_territory_rows(territories: Sequence[FiledTerritory]) -> list[list[str]]:
    names, wholes = (_apply_typography([one[at] for one in territories]) for at in (1, 3))
    return [
        [one[0], name, one[2], *([whole] if whole != name else [])]
        for one, name, whole in zip(territories, names, wholes, strict=True)
    ]


@cache  # many communes have the same population
def _round_population(typed: str) -> int:
    """Return a population rounded to one significant digit: enough to sort, and a smaller file."""
    return round(int(typed), 1 - len(typed))


def _apply_typography(names: Iterable[str]) -> list[str]:
    """Apply French typography to names, in one call: one call per name is far slower."""
    text = "\n".join(names)
    return typeset(text).split("\n") if text else []


# --- Names of territories ------------------------------------------------------------------------


def _list_territories(gazetteer: Gazetteer, paged: Collection[str]) -> Iterator[FiledTerritory]:
    """Return the names of régions (former ones too), départements and intercommunalités.

    Collectivités count as départements. An intercommunalité whose SIREN is not in `paged` has no
    page: the page of its first département is shown for it.
    """
    departments, regions = gazetteer.departments, gazetteer.regions
    rows = [(one.name, one.slug, one.name) for one in regions.values()]
    rows += [(one.name, one.code, one.name) for one in departments.values()]
    for body in gazetteer.intercommunalites.values():
        first = departments[body.departments[0]]
        answers = (body.siren, body.name) if body.siren in paged else (first.code, first.name)
        rows.append((body.name, *answers))
    # « Réunion » is left out: « La Réunion », without its article, is the same.
    rows += [(n, slug, regions[slug].name) for n, slug in FORMER_REGIONS.items() if n != "Réunion"]
    keys = make_territory_keys("\n".join([name for name, _, _ in rows])).split("\n")
    return ((key, *row) for key, row in zip(keys, rows, strict=True))


def make_territory_keys(names: str) -> str:
    """Return the names under which territories are filed: folded, and without article.

    « Communauté de communes » and the like are removed too. `names` and the result have one name
    per line: one call for all is far faster than one per name.
    """
    return _ARTICLE.sub("", _BODY.sub("", fold(names)))


# --- The index -----------------------------------------------------------------------------------


def _make_abroad() -> dict[str, Any]:
    """Return the content of `ailleurs.json`: the folded names of places abroad."""
    return {"noms": _strip_articles(fold("\n".join(PLACES_ABROAD.split())))}


def _make_index(
    gazetteer: Gazetteer, lines: Sequence[str], volumes: tuple[str, ...]
) -> dict[str, Any]:
    """Return the content of `index.json`. For `postes`, see `_find_crossings`.

    `villes` has the largest communes, the largest first: they are proposed before other communes
    whose names start with the same letters.
    """
    codes, names, departments, *_, postcodes, _, _, people = _split_lines(lines)
    towns = nsmallest(TOWNS, zip(map(neg, map(int, people)), codes, names, strict=True))
    return {
        "volumes": volumes,
        "departements": {
            d.code: [typeset(d.name), d.region] for d in gazetteer.departments.values()
        },
        "postes": _find_crossings({*zip(departments, postcodes, strict=True)}),
        "villes": {
            "noms": _apply_typography(name for _, _, name in towns),
            "codes": [code for _, code, _ in towns],
        },
    }


def get_start(code: str) -> str:
    """Return the first digits of a postcode or an INSEE code: two, or three overseas.

    For an INSEE code, they are the code of the département.
    """
    return code[: 3 if code.startswith(("97", "98")) else 2]


def _find_crossings(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Map the first digits of postcodes to the codes of départements that use the postcodes.

    A pair is the code of a département and the postcodes of one of its communes. Only postcodes
    that do not start with the code of the département count. For example, 20 gives 2A and 2B
    (Corsica), 05 gives 04 (some communes of the Alpes-de-Haute-Provence), and 971 gives 977 and 978
    (Saint-Barthélemy and Saint-Martin).
    """
    found = defaultdict(set)
    for department, postcodes in pairs:
        for postcode in postcodes.split():
            if not postcode.startswith(department):
                found[get_start(postcode)].add(department)
    return {start: sorted(codes) for start, codes in sorted(found.items())}


# --- A département -------------------------------------------------------------------------------


def _make_department(
    gazetteer: Gazetteer,
    lines: Sequence[str],
) -> dict[str, Any]:
    """Return the communes of a département as columns, and `siren`.

    `habitants` has rounded populations, as in the volumes: they sort the communes proposed for a
    postcode. `siren` maps the SIREN of each intercommunalité of these communes to its name. The
    column `ept` is present only if one of the communes is in an EPT. Where a commune has no point,
    its latitude and longitude are null.
    """
    columns = _split_lines(lines)
    codes, names, _, latitudes, longitudes, bodies, postcodes, *_, people = columns
    second = [*map(gazetteer.ept_by_commune.get, codes, repeat(""))]
    sirens = sorted({*bodies, *second} - {""})
    titles = _apply_typography(gazetteer.intercommunalites[siren].name for siren in sirens)
    return {
        "codes": codes,
        "noms": _apply_typography(names),
        "latitudes": [float(degrees) if degrees else None for degrees in latitudes],
        "longitudes": [float(degrees) if degrees else None for degrees in longitudes],
        "intercommunalites": bodies,
        **({"ept": second} if any(second) else {}),
        "postes": postcodes,
        "habitants": [*map(_round_population, people)],
        "siren": dict(zip(sirens, titles, strict=True)),
    }
