"""Find, once for all pages, which catalysers are in each territory or act there from elsewhere."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from maille.gazetteer import Territory, group_values
from maille.kinds.catalyser import Catalyser
from maille.schema.kind import Entry
from maille.schema.located import Located
from maille.site.model import Site, keep_real
from maille.text.names import make_slug, sort_key

PAGE = "/territoires/"
COLLECTIVITIES = "Collectivités d'outre-mer"  # the title of their group, after the régions


@functools.lru_cache(2_000)
def make_address(territory: Territory) -> str:
    """Return the address of a territory's page; for the whole country, that of the list."""
    if territory.kind == "national":
        return PAGE
    name = "" if territory.kind == "region" else territory.name
    return f"{PAGE}{make_slug(f'{territory.code} {name}')}/"


def find_page(site: Site, code: str) -> str:
    """Return the address of a territory's page, relative to `PAGE`, without its final slash."""
    return make_address(require_territory(site, code)).removeprefix(PAGE).rstrip("/")


def list_pages(site: Site) -> Mapping[str, str]:
    """Return the addresses of the pages of territories, by code."""
    codes = (*site.gazetteer.regions, *site.gazetteer.departments, "national")
    found = (*(require_territory(site, code) for code in codes), *list_bodies(site))
    return {territory.code: make_address(territory) for territory in found}


def require_territory(site: Site, code: str) -> Territory:
    """Return the territory with this code; there must be one."""
    found = site.gazetteer.find_territory(code)
    assert isinstance(found, Territory), code
    return found


@dataclass(frozen=True, slots=True)
class Acting:
    """A catalyser that acts in a territory but is elsewhere.

    `areas` are its areas of action that reach the territory.
    """

    entry: Catalyser
    areas: tuple[Territory, ...]


@dataclass(frozen=True, slots=True)
class Presences:
    """The catalysers that are in each territory, or that act there from elsewhere.

    Keys are codes of territories. Numbers are positions in `actors`.

    - `bodies` are the intercommunalités that have a page.
    - `standing` has the catalysers that are in each territory.
    - `national` are the catalysers that act in the whole country.
    - `actors` are all catalysers in the order of the site; `areas` has the areas of action of each.
    - `naming` has, for each area of action, the numbers of the catalysers that name it.
    - `reaching` has the areas, except the whole country, that reach each territory.
    - `here` has the numbers of the catalysers that are in each territory.
    - `real` are the numbers of the catalysers that are not examples.

    The catalysers that act in a territory are only computed on request: with 5,000 catalysers,
    there are 600,000 pairs of a territory and a catalyser that acts in it.
    """

    bodies: tuple[Territory, ...]
    standing: Mapping[str, tuple[Catalyser, ...]]
    national: tuple[Catalyser, ...]
    actors: tuple[Catalyser, ...]
    areas: tuple[tuple[Territory, ...], ...]
    naming: Mapping[str, frozenset[int]]
    reaching: Mapping[str, tuple[Territory, ...]]
    here: Mapping[str, frozenset[int]]
    real: frozenset[int]

    def list_catalysers(self, code: str) -> tuple[Catalyser, ...]:
        """Return the catalysers that are in a territory, the real ones first."""
        return self.standing.get(code, ())

    def list_real(self, code: str) -> tuple[Catalyser, ...]:
        """Return the real catalysers that are in a territory."""
        return keep_real(self.list_catalysers(code))

    def number_acting(self, code: str) -> frozenset[int]:
        """Return the numbers of the catalysers that act in a territory but are elsewhere."""
        named = (self.naming[area.code] for area in self.reaching.get(code, ()))
        return frozenset().union(*named) - self.here.get(code, frozenset())

    def number_wide(self, territory: Territory) -> frozenset[int]:
        """Return the numbers of the catalysers that act in a territory only through its région.

        There are none if the territory is a région.
        """
        if territory.kind == "region":
            return frozenset()
        reaching = self.reaching.get(territory.code, ())
        near = (self.naming[area.code] for area in reaching if area.kind != "region")
        return self.number_acting(territory.code).difference(*near)

    def list_acting(self, code: str, numbers: Iterable[int] | None = None) -> tuple[Acting, ...]:
        """Return the catalysers that act in a territory from elsewhere: all, or only `numbers`."""
        codes = {area.code for area in self.reaching.get(code, ())}
        some = self.number_acting(code) if numbers is None else numbers
        return tuple(
            Acting(self.actors[n], tuple(area for area in self.areas[n] if area.code in codes))
            for n in sorted(some)
        )


def find_presences(site: Site) -> Presences:
    """Return the catalysers that are in each territory, or act there from elsewhere."""
    bodies = list_bodies(site)
    paged, bodies_at = {body.code for body in bodies}, make_body_finder(site)
    actors = tuple(site.list_entries(Catalyser))
    areas = tuple(map(site.areas_of, actors))
    named = {area.code: area for some in areas for area in some if area.kind != "national"}
    # Intercommunalités without a page are in `around` too: they extend to their départements.
    around = {code: _list_around(site, area) for code, area in named.items() if _is_body(area)}
    reach = {**_map_reach(site, bodies), **around}
    homes = [
        (*_list_homes(site, entry), *(code for code in bodies_at(entry) if code in paged))
        for entry in actors
    ]
    return Presences(
        bodies,
        group_values((code, entry) for entry, at in zip(actors, homes, strict=True) for code in at),
        tuple(e for e, some in zip(actors, areas, strict=True) if _has_country(some)),
        actors,
        areas,
        _number((area.code for area in some) for some in areas),
        group_values((code, area) for area in named.values() for code in reach.get(area.code, ())),
        _number(homes),
        frozenset(number for number, entry in enumerate(actors) if not entry.is_example),
    )


def _has_country(areas: Iterable[Territory]) -> bool:
    return any(area.kind == "national" for area in areas)


def _number(codes: Iterable[Iterable[str]]) -> Mapping[str, frozenset[int]]:
    """Return, for each code, the indexes of the lists in `codes` that contain it."""
    pairs = ((code, number) for number, some in enumerate(codes) for code in some)
    found = defaultdict[str, set[int]](set)
    for code, number in pairs:
        found[code].add(number)
    return {code: frozenset(numbers) for code, numbers in found.items()}


def list_bodies(site: Site) -> tuple[Territory, ...]:
    """Return the intercommunalités that have a page (a real entry names them), sorted by name."""
    areas = (area for entry in site.list_real(Entry) for area in site.areas_of(entry))
    named = {area.code: area for area in areas if _is_body(area)}
    return tuple(sorted(named.values(), key=lambda body: (sort_key(body.name), body.code)))


def _is_body(area: Territory) -> bool:
    return area.kind == "intercommunalite"


def _list_homes(site: Site, entry: Located) -> tuple[str, ...]:
    """Return the codes of the département and the région of an entry."""
    place = site.place(entry)
    return tuple(code for code in (place.department, place.region) if code)


def make_body_finder(site: Site) -> Callable[[Located], tuple[str, ...]]:
    """Return the function that gives the codes of the intercommunalités of an entry.

    They are the intercommunalités of its commune: two for a commune of an EPT (the EPT and the
    Métropole du Grand Paris). If the commune is not known, they are the intercommunalités that the
    entry names as areas of action and that have communes in its département.
    """
    known = site.gazetteer

    def find_bodies(entry: Located) -> tuple[str, ...]:
        place = site.place(entry)
        if code := place.insee_code:
            found = (known.ept_by_commune.get(code, ""), known.communes[code].intercommunalite)
            return tuple(filter(None, found))
        named = (area for area in site.areas_of(entry) if _is_body(area))
        return tuple(area.code for area in named if place.department in area.departments)

    return find_bodies


def _map_reach(site: Site, bodies: Iterable[Territory]) -> dict[str, tuple[str, ...]]:
    """Map each région and département to the codes of the territories that it reaches.

    A région reaches itself, its départements and their intercommunalités (`bodies`); a département
    reaches itself, its région, if it has one, and its intercommunalités.
    """
    held = group_values(
        (department, body.code) for body in bodies for department in body.departments
    )
    departments = site.gazetteer.departments
    found = {
        code: tuple(filter(None, (code, one.region, *held.get(code, ()))))
        for code, one in departments.items()
    }
    for region in site.gazetteer.regions.values():
        inner = (code for department in region.departments for code in found[department])
        found[region.slug] = tuple(dict.fromkeys((region.slug, *inner)))
    return found


def _list_around(site: Site, body: Territory) -> tuple[str, ...]:
    """Return the codes of an intercommunalité and of its départements and régions."""
    regions = (site.gazetteer.departments[code].region for code in body.departments)
    return tuple(dict.fromkeys((body.code, *body.departments, *regions)))
