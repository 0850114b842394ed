"""Group the real records of a territory, as the directory groups the records near a place.

`templates/assets/js/result-groups.js` makes the same groups for the scripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maille.gazetteer import Gazetteer, Territory
from maille.kinds.catalyser import Catalyser
from maille.schema.kind import Key
from maille.site.model import Site
from maille.text.names import join_names
from maille.views.territory.presences import Acting, Presences

# If more real catalysers than this act in a territory only because they act in its whole région,
# only the page of the région lists them. If more than this act in the whole country, only the list
# of territories shows them.
WIDE = 12

TITLES = {
    "tout": "Interviennent dans tout le territoire",
    "sur-place": "Sur place",
    "partie": "Interviennent dans une partie du territoire",
    "partout": "Partout en France",
}


@dataclass(frozen=True, slots=True)
class GroupedRecord:
    """A record, and its number on the page and on the picture.

    `why` says where the record acts, if it is based outside the territory.
    """

    number: int
    entry: Catalyser
    why: str = ""


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """The records that have the same relation to a territory; `key` is a key of `TITLES`."""

    key: str
    records: tuple[GroupedRecord, ...]

    @property
    def title(self) -> str:
        """Return the heading of the group."""
        return TITLES[self.key]


@dataclass(frozen=True, slots=True)
class TerritoryRecords:
    """The groups of a territory that are not empty, and the records that other pages list instead.

    `wide` is how many records only the page of the région lists, `national` how many records only
    the list of territories shows.
    """

    groups: tuple[RecordGroup, ...]
    wide: int
    national: int

    @property
    def numbers(self) -> Mapping[Key, int]:
        """Return the number of each record, by key; the mapping is made at each call."""
        return {one.entry.key: one.number for group in self.groups for one in group.records}


def group_records(
    site: Site, who: Presences, territory: Territory, rank: Mapping[Key, int]
) -> TerritoryRecords:
    """Return the real records of a territory in groups, in the order that `rank` gives."""
    here = who.list_real(territory.code)
    acting = who.number_acting(territory.code) & who.real
    wide = who.number_wide(territory) & who.real
    hidden = wide if len(wide) > WIDE else frozenset()
    listed = who.list_acting(territory.code, acting - hidden)
    why = {one.entry.key: explain_presence(one, territory) for one in listed}
    reach = {
        entry.key: covers(site.areas_of(entry), territory, site.gazetteer)
        for entry in (*here, *(one.entry for one in listed))
    }
    groups: dict[str, list[Catalyser]] = {key: [] for key in TITLES}
    for entry in here:
        groups["tout" if reach[entry.key] else "sur-place"].append(entry)
    for one in listed:
        groups["tout" if reach[one.entry.key] else "partie"].append(one.entry)
    local = acting | who.here.get(territory.code, frozenset())
    national = (who.naming.get("national", frozenset()) & who.real) - local
    if len(national) <= WIDE:
        groups["partout"] = [who.actors[number] for number in sorted(national)]
    return TerritoryRecords(
        tuple(_number(groups, why, rank)),
        len(hidden),
        len(national) - len(groups["partout"]),
    )


def _number(
    groups: Mapping[str, Iterable[Catalyser]], why: Mapping[Key, str], rank: Mapping[Key, int]
) -> Iterable[RecordGroup]:
    number = 0
    for key, entries in groups.items():
        rows = []
        for entry in sorted(entries, key=lambda entry: rank[entry.key]):
            number += 1
            rows.append(GroupedRecord(number, entry, why.get(entry.key, "")))
        if rows:
            yield RecordGroup(key, tuple(rows))


def covers(areas: Iterable[Territory], here: Territory, gazetteer: Gazetteer) -> bool:
    """Return whether `areas` cover the territory `here`.

    They do if they include it or if, for each of its départements, they include that département or
    its région. Naming an intercommunalité covers its communes alone, never its départements.
    """
    named = {area.code for area in areas}
    departments = gazetteer.departments
    return here.code in named or all(
        code in named or departments[code].region in named for code in here.departments
    )


def explain_presence(one: Acting, here: Territory) -> str:
    """Return where a catalyser acts, on the page of `here`: « intervient dans le Puy-de-Dôme »."""
    whole = [area for area in one.areas if set(here.departments) <= set(area.departments)]
    # An intercommunalité does not cover its départements: it covers `here` only if it is `here`.
    sure = [area for area in whole if area.kind != "intercommunalite" or area.code == here.code]
    places = [_explain_area(area, here) for area in sure[:1] or one.areas]
    return f"intervient {join_names(places)}"


def _explain_area(area: Territory, here: Territory) -> str:
    if area.kind == "region":
        same = area.code == here.code
        return "dans toute la région" if same else f"dans toute la région {area.name}"
    if area.code == here.code and area.kind == "intercommunalite":
        return "dans toute l'intercommunalité"
    return say_where(area)


def say_where(territory: Territory) -> str:
    """Return the name of a territory with its preposition: « dans le Puy-de-Dôme »."""
    if territory.name.startswith("Communauté"):
        return f"dans la c{territory.name[1:]}"
    return territory.locative or f"dans l'intercommunalité {territory.name}"
