"""Who stands in which territory, and who acts there from elsewhere: found once for all pages."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from maille.gazetteer import Territory, group_values
from maille.kinds.catalyser import Catalyser
from maille.schema.kind import Entry, Located
from maille.site.model import Site, keep_real
from maille.text.names import make_slug, sort_key

PAGE = "/territoires/"


@functools.lru_cache(2_000)
def address_of(territory: Territory) -> str:
    """Return the address of the page of a territory; that of their list for the whole country."""
    if territory.kind == "national":
        return PAGE
    name = "" if territory.kind == "region" else territory.name
    return f"{PAGE}{make_slug(f'{territory.code} {name}')}/"


def pages_of(site: Site) -> Mapping[str, str]:
    """Return the addresses of the territories that have a page, by code."""
    codes = (*site.gazetteer.regions, *site.gazetteer.departments, "national")
    found = (*(territory_of(site, code) for code in codes), *bodies_of(site))
    return {territory.code: address_of(territory) for territory in found}


def territory_of(site: Site, code: str) -> Territory:
    """Return the territory of a code that is known to exist."""
    found = site.gazetteer.find_territory(code)
    assert isinstance(found, Territory), code
    return found


@dataclass(frozen=True, slots=True)
class Acting:
    """A catalyser that stands elsewhere, or nowhere, and the areas through which it acts here."""

    entry: Catalyser
    areas: tuple[Territory, ...]


@dataclass(frozen=True, slots=True)
class Presences:
    """What is where. Keys are codes of territories; entries keep the order of the site.

    `bodies` are the intercommunalités that have a page; `national` the catalysers that act in the
    whole country.
    """

    bodies: tuple[Territory, ...]
    standing: Mapping[str, tuple[Located, ...]]
    acting: Mapping[str, tuple[Acting, ...]]
    national: tuple[Catalyser, ...]

    def catalysers(self, code: str) -> tuple[Catalyser, ...]:
        """Return the catalysers that stand in a territory, the real ones first."""
        return tuple(one for one in self.standing.get(code, ()) if isinstance(one, Catalyser))

    def real(self, code: str) -> tuple[Catalyser, ...]:
        """Return the real catalysers that stand in a territory."""
        return keep_real(self.catalysers(code))


def presences(site: Site) -> Presences:
    """Return who stands and who acts in each territory."""
    bodies = bodies_of(site)
    paged, bodies_at = {body.code for body in bodies}, standing_bodies(site)
    actors = site.list_entries(Catalyser)
    # Wherever one acts: an intercommunalité without a page reaches its départements all the same.
    named = {area for one in actors for area in site.areas_of(one) if _is_body(area)}
    reach = {**_reach(site, bodies), **{body.code: _around(site, body) for body in named}}
    every = site.list_entries(Located)
    homes = {
        entry.key: (*_homes(site, entry), *(code for code in bodies_at(entry) if code in paged))
        for entry in every
    }
    return Presences(
        bodies,
        group_values((code, entry) for entry in every for code in homes[entry.key]),
        group_values(
            (code, Acting(entry, areas))
            for entry in actors
            for code, areas in _reached(site.areas_of(entry), reach).items()
            if code not in homes[entry.key]
        ),
        tuple(e for e in actors if any(area.kind == "national" for area in site.areas_of(e))),
    )


def bodies_of(site: Site) -> tuple[Territory, ...]:
    """Return the intercommunalités that have a page, by name: those that a real entry names."""
    areas = (area for entry in site.list_real(Entry) for area in site.areas_of(entry))
    named = {area.code: area for area in areas if _is_body(area)}
    return tuple(sorted(named.values(), key=lambda body: (sort_key(body.name), body.code)))


def _is_body(area: Territory) -> bool:
    return area.kind == "intercommunalite"


def _homes(site: Site, entry: Located) -> tuple[str, ...]:
    """Return the codes of the département and of the région in which an entry stands."""
    place = site.place(entry)
    return tuple(code for code in (place.department, place.region) if code)


def standing_bodies(site: Site) -> Callable[[Located], tuple[str, ...]]:
    """Return what gives the codes of the intercommunalités in which an entry stands.

    Those of its commune: in Grand Paris there are two, its own and the Métropole. A record that is
    known to its département only is of the intercommunalité that it names there, since nothing
    says that it is elsewhere. Pages, directory and map all count by this rule.
    """
    known = site.gazetteer
    inner = {
        code: body.siren
        for body in known.intercommunalites.values()
        if body.kind == "EPT"
        for code in body.members
    }

    def bodies(entry: Located) -> tuple[str, ...]:
        place = site.place(entry)
        if code := place.insee_code:
            found = (inner.get(code, ""), known.communes[code].intercommunalite)
            return tuple(filter(None, found))
        named = (area for area in site.areas_of(entry) if _is_body(area))
        return tuple(area.code for area in named if place.department in area.departments)

    return bodies


def _reach(site: Site, bodies: Iterable[Territory]) -> dict[str, tuple[str, ...]]:
    """Return the codes of what each région and département covers, wholly or in part."""
    held = group_values(
        (department, body.code) for body in bodies for department in body.departments
    )
    departments = site.gazetteer.departments
    found = {code: (code, one.region, *held.get(code, ())) for code, one in departments.items()}
    for region in site.gazetteer.regions.values():
        inner = (code for department in region.departments for code in found[department])
        found[region.slug] = tuple(dict.fromkeys((region.slug, *inner)))
    return found


def _around(site: Site, body: Territory) -> tuple[str, ...]:
    """Return an intercommunalité with the départements and the régions that it lies in."""
    regions = (site.gazetteer.departments[code].region for code in body.departments)
    return tuple(dict.fromkeys((body.code, *body.departments, *regions)))


def _reached(
    areas: Iterable[Territory], reach: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[Territory, ...]]:
    """Return the areas by the codes that they reach; the whole country is no place of its own."""
    local = tuple(area for area in areas if area.kind != "national")
    if len(local) == 1:  # as most are; a région reaches a hundred codes
        return dict.fromkeys(reach.get(local[0].code, ()), local)
    return group_values((code, area) for area in local for code in reach.get(area.code, ()))
