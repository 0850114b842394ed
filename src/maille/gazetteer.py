"""The gazetteer: communes, départements, régions and intercommunalités of France, offline.

The overseas collectivités that have communes (Nouvelle-Calédonie, Saint-Martin…) are among the
départements: they have a code, a name and communes, but no région
(docs/decisions/0024-collectivites.md).

`tools/derive_geography.py` makes the files that `Gazetteer.read` takes (see `LICENCE-DONNEES`).
Codes are those of INSEE; for intercommunalités, SIREN numbers. Points are WGS 84, in degrees.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from itertools import chain
from typing import Any, Literal, TypeVar

from maille.geometry import is_inside_or_near
from maille.outlines import LEVELS, OutlineFile
from maille.text.names import fold

T = TypeVar("T")
TerritoryKind = Literal["national", "region", "departement", "collectivite", "intercommunalite"]
SUGGESTIONS = 3
# The minimum number of letters for a name to be recognised by its first words.
SHORTEST_BEGINNING = 4
# The minimum likeness of a suggested name to the typed one: for a commune of all France; for one of
# a given département, or for a territory.
LIKENESS, LIKENESS_NEARBY = 0.8, 0.7
# How far outside the coarsest outline of a département a point may be, in degrees: about twice the
# error of these outlines. The outline of Polynésie lacks some atolls (`TOLERANCES`, by code).
TOLERANCE = 0.04
TOLERANCES = {"987": 0.3}


@dataclass(frozen=True, slots=True)
class Commune:
    """An existing commune; its point is usually its town hall. 29 communes have no point."""

    code: str
    name: str
    department: str
    latitude: float | None
    longitude: float | None
    intercommunalite: str  # SIREN; "" for four islands, and in the overseas collectivités
    postcodes: tuple[str, ...]
    population: int


@dataclass(frozen=True, slots=True)
class Departement:
    """A département or an overseas collectivité.

    `locative` and `genitive` are its name in a sentence: « en Dordogne », « de la Dordogne ».
    """

    code: str
    name: str
    region: str  # slug; "" for a collectivité
    locative: str
    genitive: str
    population: int

    @property
    def is_collectivity(self) -> bool:
        """Return whether this is an overseas collectivité, not a département."""
        return not self.region


@dataclass(frozen=True, slots=True)
class Region:
    """A région; `locative` and `genitive` are its name in a sentence, as for a département."""

    code: str
    name: str
    slug: str
    locative: str
    genitive: str
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intercommunalite:
    """An EPCI, or an EPT: the communes of an EPT are also in the Métropole du Grand Paris."""

    siren: str
    name: str
    kind: str  # CC, CA, CU, METRO, MET69 (Lyon) or EPT
    departments: tuple[str, ...]  # of its member communes
    members: tuple[str, ...]  # INSEE codes of communes


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several communes have this name; giving the département usually leaves only one."""

    candidates: tuple[Commune, ...]


@dataclass(frozen=True, slots=True)
class Former:
    """A former commune: `name`, as INSEE spells it, was merged into the commune `current`."""

    name: str
    current: Commune


@dataclass(frozen=True, slots=True)
class Unknown:
    """No commune has this name, or none in the given département.

    `nearest` are the most likely communes. The first of them are `elsewhere`: the communes with
    this name in other départements. Each field has at most `SUGGESTIONS` communes.
    """

    nearest: tuple[Commune, ...]
    elsewhere: tuple[Commune, ...] = ()


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory, which content refers to by its code."""

    code: str
    kind: TerritoryKind
    name: str
    departments: tuple[str, ...]  # covered wholly or partly
    locative: str = ""  # « dans le Grand Est »; "" for an intercommunalité


@dataclass(frozen=True, slots=True)
class UnknownTerritory:
    """No territory has this code; `nearest` are the most likely ones, best first."""

    nearest: tuple[Territory, ...]


@dataclass(frozen=True, eq=False)
class Communes(Mapping[str, Commune]):
    """Communes by INSEE code; each is created on access, since a build needs few of them."""

    lines: Mapping[str, str]  # lines of `communes.tsv`, by INSEE code

    def __getitem__(self, code: str) -> Commune:
        """Return the commune. Raises KeyError if no existing commune has this code."""
        _, name, department, latitude, longitude, *rest = self.lines[code].split("\t")
        y, x = (float(latitude), float(longitude)) if latitude else (None, None)
        postcodes, population = tuple(rest[1].split()), int(rest[4])
        return Commune(code, name, department, y, x, rest[0], postcodes, population)

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def list_members(self) -> Mapping[str, tuple[str, ...]]:
        """Return the codes of the communes of each EPCI, by SIREN; "" has the communes of none."""
        return group_values((line.split("\t", 6)[5], code) for code, line in self.lines.items())

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Codes of communes by folded name; names are folded in one call, which is far faster."""
        names = fold("\n".join([line.split("\t", 2)[1] for line in self.lines.values()]))
        found: dict[str, tuple[str, ...]] = {}
        for name, code in zip(names.split("\n") if names else (), self.lines, strict=True):
            found[name] = (*found.get(name, ()), code)  # most have one code: faster without lists
        return found

    @cached_property
    def by_postcode(self) -> Mapping[str, tuple[str, ...]]:
        """Codes of communes by postcode."""
        rows = ((line.split("\t", 7)[6], code) for code, line in self.lines.items())
        return group_values((postcode, code) for some, code in rows for postcode in some.split())

    @cached_property
    def by_former_code(self) -> Mapping[str, str]:
        """Codes of communes by the code of each former commune, and of each arrondissement."""
        rows = ((code, line.split("\t")[8]) for code, line in self.lines.items())
        return {before: code for code, some in rows for before in some.split()}

    @cached_property
    def by_former_name(self) -> Mapping[str, tuple[Former, ...]]:
        """Former communes by folded name."""
        rows = ((code, line.split("\t")[7]) for code, line in self.lines.items())
        pairs = ((name, code) for code, names in rows if names for name in names.split("|"))
        return group_values((fold(name), Former(name, self[code])) for name, code in pairs)


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The places of France: communes, départements, régions and intercommunalités."""

    departments: Mapping[str, Departement]  # by INSEE code, with the overseas collectivités
    regions: Mapping[str, Region]  # by slug: auvergne-rhone-alpes
    intercommunalites: Mapping[str, Intercommunalite]  # by SIREN
    communes: Communes  # by INSEE code
    outlines: OutlineFile  # the coarsest, by code of département
    finer: Mapping[str, OutlineFile] = field(default_factory=dict)  # by level

    @classmethod
    def read(cls, communes: bytes, territories: bytes, *outlines: bytes) -> Gazetteer:
        """Return the gazetteer, read from the bytes of its files.

        They are `communes.tsv.xz`, `territoires.json` and `maille.outlines.OUTLINE_FILES`. Raises
        LZMAError or ValueError if one of the first two cannot be decoded.
        """
        lines = lzma.decompress(communes).decode().splitlines()
        rows = Communes({line[:5]: line for line in lines})
        tables, members = json.loads(territories, object_hook=_freeze), rows.list_members()
        bodies = ({"members": members.get(b["siren"])} | b for b in tables["intercommunalites"])
        return cls(
            {row["code"]: Departement(**row) for row in tables["departments"]},
            {row["slug"]: Region(**row) for row in tables["regions"]},
            {row["siren"]: Intercommunalite(**row) for row in bodies},
            rows,
            *_read_levels(outlines),
        )

    def find(
        self, name: str, department: str | None = None
    ) -> Commune | Former | Ambiguous | Unknown:
        """Return the commune named `name`, in the département of code `department` if given.

        Returns `Former` if only a former commune has this name, `Ambiguous` if several communes
        are possible, `Unknown` if none is. Names are compared in the form that `fold` returns.
        """
        key = fold(name)
        found = self._find_named(key, department) or self._find_formerly_named(key, department)
        today = dict.fromkeys(one.current if isinstance(one, Former) else one for one in found)
        if not found:
            return self._suggest(key, department)
        return found[0] if len(today) == 1 else Ambiguous(tuple(today))

    def has_homonym(self, commune: Commune) -> bool:
        """Return whether another commune has the same name, in the form that `fold` returns."""
        return len(self.communes.by_name.get(fold(commune.name), ())) > 1

    def _find_named(self, key: str, department: str | None) -> tuple[Commune, ...]:
        found = (self.communes[code] for code in self.communes.by_name.get(key, ()))
        return tuple(commune for commune in found if department in (None, commune.department))

    def _find_formerly_named(self, key: str, department: str | None) -> tuple[Former, ...]:
        found = self.communes.by_former_name.get(key, ())
        return tuple(one for one in found if department in (None, one.current.department))

    def _suggest(self, key: str, department: str | None) -> Unknown:
        """Return the communes of this name elsewhere, then the communes with a similar name.

        If `department` exists, similar names are only looked for in that département.
        """
        names, code = self.communes.by_name, department if department in self.departments else None
        if code:  # the code of a commune starts with its département's
            pool = [name for name in names if any(c.startswith(code) for c in names[name])]
        else:  # comparing all names takes seconds; a typing error rarely affects both ends
            pool = [name for name in names if name.startswith(key[:3]) or name.endswith(key[-3:])]
        elsewhere = self._find_named(key, None)[:SUGGESTIONS]
        likeness = LIKENESS_NEARBY if code else LIKENESS
        close = (
            c for name in _find_closest(key, pool, likeness) for c in self._find_named(name, code)
        )
        return Unknown(tuple(dict.fromkeys(chain(elsewhere, close)))[:SUGGESTIONS], elsewhere)

    def find_by_first_words(self, name: str, department: str | None) -> tuple[Commune, ...]:
        """Return, in a tuple, the only commune whose name starts with the words of `name`.

        Otherwise, take the longest name of a commune of France with which `name` starts, and return
        the only commune that has it. Communes outside `department`, if it is given, are left out.
        Return () if no commune is left, or several, or if `name` is short or has « et » or « ou ».
        Whole words are compared, folded, without « le », « la », « les », « l' » at the start.
        """
        key = _drop_article(fold(name))
        if len(key) < SHORTEST_BEGINNING or re.search(" (?:et|ou) ", key):
            return ()
        key += " "
        longer = [one for one, words in self._words_of_names if words.startswith(key)]
        shorter = [
            one
            for one, words in self._words_of_names
            if len(one) >= SHORTEST_BEGINNING and key.startswith(words)
        ]
        for some in (longer, sorted(shorter, key=len)[-1:]):
            found = tuple(c for one in some for c in self._find_named(one, department))
            if len(found) == 1:
                return found
        return ()

    @cached_property
    def _words_of_names(self) -> tuple[tuple[str, str], ...]:
        """Each folded name of communes, and this name without its article, with a final space."""
        return tuple((one, f"{_drop_article(one)} ") for one in self.communes.by_name)

    def find_by_former_code(self, code: str) -> Commune | None:
        """Return the commune of the former commune or arrondissement with this code, or None."""
        found = self.communes.by_former_code.get(code)
        return self.communes[found] if found else None

    def find_communes_of_postcode(self, postcode: str) -> tuple[Commune, ...]:
        """Return the communes that have this postcode; none for a CEDEX."""
        return tuple(self.communes[code] for code in self.communes.by_postcode.get(postcode, ()))

    def list_postcodes(self, department: str) -> frozenset[str]:
        """Return the postcodes of the communes of a département, given its code."""
        every = self.communes.by_postcode.items()
        return frozenset(p for p, codes in every if any(c.startswith(department) for c in codes))

    def find_territory(self, code: str) -> Territory | UnknownTerritory:
        """Return the territory with this code, or the most likely ones if there is none.

        `code` is the code of a département, the slug of a région, a SIREN or "national".
        """
        if found := self._territories.get(code):
            return found
        # A name instead of a code, "1" for "01", "2a" for "2A": suggest what was meant.
        every = self._territories.values()
        labels = group_values((fold(name), t) for t in every for name in (t.code, t.name))
        close = (
            t
            for label in _find_closest(fold(code).zfill(2), labels, LIKENESS_NEARBY)
            for t in labels[label]
        )
        return UnknownTerritory(tuple(dict.fromkeys(close))[:SUGGESTIONS])

    def list_collectivities(self) -> tuple[Departement, ...]:
        """Return the overseas collectivités, by code; they are among the départements."""
        return tuple(one for one in self.departments.values() if one.is_collectivity)

    @cached_property
    def ept_by_commune(self) -> Mapping[str, str]:
        """The SIREN of the EPT (in Grand Paris) of each commune that is in one, by INSEE code."""
        bodies = (body for body in self.intercommunalites.values() if body.kind == "EPT")
        return {code: body.siren for body in bodies for code in body.members}

    @cached_property
    def _territories(self) -> Mapping[str, Territory]:
        """Every territory by its code: country, régions, départements, intercommunalités."""
        france = Territory("national", "national", "France", tuple(self.departments), "en France")
        found = {france.code: france}
        for r in self.regions.values():
            found[r.slug] = Territory(r.slug, "region", r.name, r.departments, r.locative)
        for d in self.departments.values():
            kind: TerritoryKind = "collectivite" if d.is_collectivity else "departement"
            found[d.code] = Territory(d.code, kind, d.name, (d.code,), d.locative)
        for i in self.intercommunalites.values():
            found[i.siren] = Territory(i.siren, "intercommunalite", i.name, i.departments)
        return found

    def get_outlines(self, level: str) -> OutlineFile:
        """Return the outlines of a level of `maille.outlines`; the coarsest if it was not read."""
        return self.finer.get(level, self.outlines)

    def has_point_in_department(self, code: str, latitude: float, longitude: float) -> bool:
        """Return whether a point is in a département, or near its outline (see `TOLERANCES`).

        Raises KeyError if the code has no outline.
        """
        tolerance = TOLERANCES.get(code, TOLERANCE)
        return is_inside_or_near(self.outlines[code], (longitude, latitude), tolerance)


def group_values(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    """Return the values of each key, in the order of the pairs."""
    found = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _find_closest(folded: str, pool: Collection[str], likeness: float) -> Iterable[str]:
    """Return the names of the pool that look like `folded`, then those that contain `folded`.

    A `folded` of three characters or fewer is not searched for inside names.
    """
    within = (name for name in pool if len(folded) > 3 and folded in name)
    return chain(get_close_matches(folded, pool, SUGGESTIONS, cutoff=likeness), within)


def _drop_article(folded: str) -> str:
    for article in ("le ", "la ", "les ", "l "):
        if folded.startswith(article):
            return folded.removeprefix(article)
    return folded


def _freeze(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _read_levels(files: Sequence[bytes]) -> tuple[OutlineFile, dict[str, OutlineFile]]:
    """Return the outlines of the coarsest level, then the outlines of each finer level."""
    coarsest, *finer = files  # the coarsest is used again and again: its rings are kept
    levels = zip([*LEVELS][1:], map(OutlineFile, finer), strict=True)
    return OutlineFile(coarsest, keep=True), dict(levels)
