"""The title, the breadcrumbs and the surroundings of a territory, for its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from maille.gazetteer import Territory
from maille.site.model import Site
from maille.text.names import sort_key
from maille.text.urls import Link
from maille.views.territory.presences import PAGE, Presences, make_address, require_territory

LISTS = "Territoires"


@dataclass(frozen=True, slots=True)
class Near:
    """A link to a territory, and the number of its real records."""

    link: Link
    count: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The territories in a territory (`inner`), touching it (`beside`), containing it (`above`).

    For an intercommunalité, only `above` (its départements) and `members` (the names of its
    communes) are filled; other kinds have no `members`.
    """

    inner: tuple[Near, ...]
    beside: tuple[Near, ...]
    above: tuple[Near, ...]
    members: tuple[str, ...]


def find_surroundings(
    site: Site, who: Presences, touching: Mapping[str, tuple[str, ...]], territory: Territory
) -> Surroundings:
    """Return the surroundings of a territory; `touching` gives the neighbours of départements."""
    inner, beside, above = (
        tuple(make_near(site, who, require_territory(site, code)) for code in codes)
        for codes in _find_codes(site, who, touching, territory)
    )
    return Surroundings(inner, beside, above, _list_communes(site, territory))


def _find_codes(
    site: Site, who: Presences, touching: Mapping[str, tuple[str, ...]], territory: Territory
) -> tuple[Iterable[str], Iterable[str], Iterable[str]]:
    departments, regions = site.gazetteer.departments, site.gazetteer.regions
    code = territory.code
    match territory.kind:
        case "region":
            edges = chain.from_iterable(touching.get(one, ()) for one in territory.departments)
            others = {departments[one].region for one in edges} - {code}
            beside = sorted(others, key=lambda slug: sort_key(regions[slug].name))
            return sorted(territory.departments), beside, ()
        case "departement":
            bodies = [body.code for body in who.bodies if code in body.departments]
            return bodies, touching.get(code, ()), [departments[code].region]
        case "collectivite":
            return (), (), ()
    return (), (), territory.departments


def make_near(site: Site, who: Presences, territory: Territory) -> Near:
    """Return the link to the page of a territory, with the number of its real records."""
    return Near(
        Link(make_title(site, territory), make_address(territory)),
        len(who.list_real(territory.code)),
    )


def _list_communes(site: Site, territory: Territory) -> tuple[str, ...]:
    """Return the names of the communes of an intercommunalité; () for other kinds."""
    if territory.kind != "intercommunalite":
        return ()
    codes = site.gazetteer.intercommunalites[territory.code].members
    return tuple(sorted((site.gazetteer.communes[code].name for code in codes), key=sort_key))


def make_title(site: Site, territory: Territory) -> str:
    """Return the title of a territory's page: « Puy-de-Dôme (63) », « La Réunion (région) ».

    Only a région with the name of one of its départements is marked as a région.
    """
    if territory.kind in {"departement", "collectivite"}:
        return f"{territory.name} ({territory.code})"
    same = territory.kind == "region" and any(
        site.gazetteer.departments[code].name == territory.name for code in territory.departments
    )
    return f"{territory.name} (région)" if same else territory.name


def make_breadcrumbs(site: Site, territory: Territory) -> tuple[Link, ...]:
    """Return the breadcrumbs of the page of a territory, without the territory itself.

    The first is the list. For a département, its région follows; for an intercommunalité, its
    région and its département; for a région or a collectivité, nothing. An intercommunalité in
    several départements has only the région of the first.
    """
    above: list[str] = []
    if territory.kind not in {"region", "collectivite"}:
        only = territory.kind == "intercommunalite" and len(territory.departments) == 1
        region = site.gazetteer.departments[territory.departments[0]].region
        above = [region, *(territory.departments if only else ())]
    found = (require_territory(site, code) for code in above)
    return (Link(LISTS, PAGE), *(Link(make_title(site, one), make_address(one)) for one in found))
