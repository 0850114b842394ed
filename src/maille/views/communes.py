"""Small JSON files of communes. With them, scripts complete a name or find a point's commune.

A search by name loads `index.json`, then one or more volumes. A volume is a file of names that
follow each other in the alphabet. The file of a département describes its communes. French
typography is already applied to the names, so scripts (`js/communes.js`) show them unchanged.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import groupby, pairwise, repeat
from operator import itemgetter
from typing import Any

from maille.formats.compact_json import encode_compact
from maille.gazetteer import Gazetteer
from maille.site.model import Site
from maille.text.names import fold
from maille.text.typography import typeset
from maille.views.plans import LatePlan

ADDRESS = "/lieux/"
SOURCE = "la recherche d'un lieu"

# The least number of names in a volume, except the last one.
VOLUME = 750
# Names are sorted without their article: « Le Havre » is under H.
_ARTICLE = re.compile(r"^(?:les?|la|los|l) (?=.)", re.MULTILINE)
# The kinds of intercommunalités that are urban (see `_list_towns`).
_URBAN = {"CA", "CU", "METRO", "MET69"}

# Plain lists and tuples, for speed: each build makes tens of thousands.
CommuneRow = list[str]  # a line of `communes.tsv`: code, name, department, latitude, longitude…
# (folded name without its article; today's name if the last item is a former one, else ""; code;
# name)
FiledName = tuple[str, str, str, str]


def plan(site: Site) -> Iterable[LatePlan]:
    """Return `index.json`, the volumes of names, and one file per département."""
    return _plan_files(site.gazetteer)


# They are the same for every site, and for each day that texts wait for: a process plans them, and
# makes each, once.
@lru_cache(maxsize=1)
def _plan_files(gazetteer: Gazetteer) -> tuple[LatePlan, ...]:
    return tuple(_list_files(gazetteer))


def _list_files(gazetteer: Gazetteer) -> Iterator[LatePlan]:
    rows = [line.split("\t") for line in gazetteer.communes.lines.values()]
    keys = _list_keys(gazetteer)
    volumes = _cut_into_volumes(sorted((*_list_names(rows, keys), *_list_former_names(rows))))
    yield _plan_file("index", _make_index, gazetteer, rows, keys, tuple(volumes))
    for letters, names in volumes.items():
        yield _plan_file(f"noms-{letters.replace(' ', '-')}", _make_volume, names)
    territorial = _list_territorial_bodies(gazetteer)
    for code, communes in groupby(rows, itemgetter(2)):
        yield _plan_file(code.lower(), _make_department, gazetteer, tuple(communes), territorial)


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


def _list_names(rows: Sequence[CommuneRow], keys: Sequence[str]) -> Iterable[FiledName]:
    codes, names = map(itemgetter(0), rows), map(itemgetter(1), rows)
    return zip(keys, repeat(""), codes, names, strict=False)


def _list_former_names(rows: Iterable[CommuneRow]) -> Iterable[FiledName]:
    """Return the names of former communes, with the communes into which they were merged."""
    pairs = [(name, row) for row in rows if row[7] for name in row[7].split("|")]
    keys = _strip_articles(fold("\n".join(name for name, _ in pairs)))
    return ((key, row[1], row[0], name) for key, (name, row) in zip(keys, pairs, strict=True))


def _cut_into_volumes(names: Sequence[FiledName]) -> dict[str, Sequence[FiledName]]:
    """Cut sorted names into volumes, and map the first letters of each volume to its names.

    These letters sort after all keys of the previous volume: comparing a key with them is enough
    to find its volume.
    """
    starts = [0]
    for at in range(1, len(names)):
        if at - starts[-1] >= VOLUME and names[at][0] != names[at - 1][0]:
            starts.append(at)
    return {
        _find_first_letters(names[start - 1][0] if start else "", names[start][0]): names[start:end]
        for start, end in pairwise((*starts, len(names)))
    }


def _find_first_letters(before: str, key: str) -> str:
    """Return the shortest prefix of `key` that sorts after `before`, with no space at the end."""
    beginnings = (key[: at + 1] for at, letter in enumerate(key) if letter != " ")
    return next(letters for letters in beginnings if letters > before)


def _make_volume(names: Iterable[FiledName]) -> dict[str, Any]:
    """Return a volume as columns. `anciens` maps the index of a former name to today's name."""
    _, present, codes, labels = zip(*names, strict=True)
    return {
        "noms": _apply_typography(labels),
        "codes": codes,
        "anciens": {at: name for at, name in enumerate(_apply_typography(present)) if name},
    }


def _apply_typography(names: Iterable[str]) -> list[str]:
    """Apply French typography to names, in one call: one call per name is far slower."""
    return typeset("\n".join(names)).split("\n")


# --- The index -----------------------------------------------------------------------------------


def _make_index(
    gazetteer: Gazetteer, rows: Sequence[CommuneRow], keys: Sequence[str], volumes: tuple[str, ...]
) -> dict[str, Any]:
    """Return the content of `index.json`. For `postes`, see `_find_crossings`."""
    towns = _list_towns(gazetteer, rows, keys)
    return {
        "volumes": volumes,
        "departements": {
            d.code: [typeset(d.name), d.region] for d in gazetteer.departments.values()
        },
        "postes": _find_crossings(rows),
        "villes": {
            "noms": _apply_typography(row[1] for row in towns),
            "codes": [row[0] for row in towns],
        },
    }


def _list_towns(
    gazetteer: Gazetteer, rows: Sequence[CommuneRow], keys: Iterable[str]
) -> list[CommuneRow]:
    """Return the towns, sorted by name without article.

    Towns are proposed before other communes whose names start with the same letters: Toulouse
    before Touget. The gazetteer has no populations. So a commune counts as a town if it has a
    postcode of its own that ends with 00, or if it belongs to an urban intercommunalité whose
    name contains the name of the commune.
    """
    shared = Counter(" ".join([row[6] for row in rows]).split())
    own = {postcode for postcode, n in shared.items() if n == 1 and postcode.endswith("00")}
    bodies = gazetteer.intercommunalites.values()
    urban = {body.siren: f" {fold(body.name)} " for body in bodies if body.kind in _URBAN}
    towns = [
        (key, row[0], row)
        for key, row in zip(keys, rows, strict=True)
        if (row[5] in urban and f" {key} " in urban[row[5]]) or not own.isdisjoint(row[6].split())
    ]
    return [row for *_, row in sorted(towns)]


def _find_crossings(rows: Iterable[CommuneRow]) -> dict[str, list[str]]:
    """Map the first two digits of postcodes to the codes of départements that use the postcodes.

    Only postcodes that do not start with the code of the département count. For example, 20 leads
    to 2A and 2B (Corsica), and 05 to 04 (some communes of the Alpes-de-Haute-Provence).
    """
    found = defaultdict(set)
    for row in rows:
        for postcode in row[6].split():
            if not postcode.startswith(row[2]):
                found[postcode[:2]].add(row[2])
    return {start: sorted(codes) for start, codes in sorted(found.items())}


# --- A département -------------------------------------------------------------------------------


def _list_territorial_bodies(gazetteer: Gazetteer) -> dict[str, str]:
    """Map the code of each commune that is in an EPT (in Grand Paris) to the SIREN of the EPT."""
    bodies = (body for body in gazetteer.intercommunalites.values() if body.kind == "EPT")
    return {code: body.siren for body in bodies for code in body.members}


def _make_department(
    gazetteer: Gazetteer, rows: Iterable[CommuneRow], territorial: Mapping[str, str]
) -> dict[str, Any]:
    """Return the communes of a département as columns, and `siren`.

    `siren` maps the SIREN of each intercommunalité of these communes to its name. The column `ept`
    is present only if one of the communes is in an EPT. Where a commune has no point, its latitude
    and longitude are null.
    """
    codes, names, _, latitudes, longitudes, bodies, postcodes, *_ = zip(*rows, strict=True)
    second = [territorial.get(code, "") for code in codes]
    sirens = sorted({*bodies, *second} - {""})
    return {
        "codes": codes,
        "noms": _apply_typography(names),
        "latitudes": [float(degrees) if degrees else None for degrees in latitudes],
        "longitudes": [float(degrees) if degrees else None for degrees in longitudes],
        "intercommunalites": bodies,
        **({"ept": second} if any(second) else {}),
        "postes": postcodes,
        "siren": {s: typeset(gazetteer.intercommunalites[s].name) for s in sirens},
    }
