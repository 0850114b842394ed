"""The directory: every record, by région and département, and the form that the map shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maille.geo import Departement, Intercommunalite, Region
from maille.kinds.catalyser import Catalyser
from maille.site import PagePlan, Plan, Site
from maille.text import sort_key
from maille.views import exports, records
from maille.views.figure import Box

# Past as many records, the page gives the régions and départements with their counts: their
# pages have the records, and the page of the directory stays light.
EVERY = 150


@dataclass(frozen=True, slots=True)
class DepartmentGroup:
    """The records of a département, in the order of the site."""

    code: str
    name: str
    entries: tuple[Catalyser, ...]


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """The départements of a région that have records."""

    region: str
    slug: str
    departments: tuple[DepartmentGroup, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What one may ask of a région: itself, its départements, the bodies that content names."""

    region: Region
    departments: tuple[Departement, ...]
    bodies: tuple[Intercommunalite, ...]


def plan(site: Site) -> Iterator[Plan]:
    """Yield the page of the directory, and the data that its scripts read."""
    kind = site.kind(Catalyser.kind_name)
    every = records.ordered(site)
    real = [entry for entry in every if not entry.example]
    yield PagePlan(
        kind.prefix,
        "catalysers.html",
        kind.title,
        description=f"Les {kind.plural}, par région et par département.",
        context={
            "groups": by_region(real, site),
            "nowhere": [entry for entry in real if not site.place(entry).department],
            "examples": len(every) - len(real),
            "count": len(real),
            "is_whole": len(real) <= EVERY,
            "after": exports.after(site),
            **form(site),
        },
        source="la page de l'annuaire",
        scripts=("js/annuaire.js", "js/telecharger.js", "js/imprimer.js") if every else (),
        styles=("css/suites.css",) if every else (),
    )
    yield from records.plan(site)


def form(site: Site) -> Mapping[str, Any]:
    """Return what the template of the form needs: the terms and the territories of its choices."""
    every = site.all(Catalyser)
    named = {
        territory.code
        for entry in every
        for territory in site.areas_of(entry)
        if territory.kind == "intercommunalite"
    }
    return {
        "lists": records.FACETS,
        "facets": {name: site.vocabulary(slug) for name, slug in records.FACETS.items()},
        "territories": tuple(_choices(site, named)),
        "middles": {code: _middle(site, code) for code in site.gazetteer.departments},
        "with_examples": any(entry.is_example for entry in every),
    }


def _choices(site: Site, named: Iterable[str]) -> Iterator[Choices]:
    known = site.gazetteer
    bodies = sorted((known.intercommunalites[code] for code in named), key=lambda b: b.name)
    for region in sorted(known.regions.values(), key=lambda region: sort_key(region.name)):
        codes = sorted(region.departments)
        yield Choices(
            region,
            tuple(known.departments[code] for code in codes),
            tuple(body for body in bodies if body.departments[0] in codes),
        )


def _middle(site: Site, code: str) -> tuple[float, float] | None:
    """Return the latitude and longitude from which to look around a département."""
    if not (rings := site.gazetteer.outlines.get(code)):
        return None
    box = Box.around(point for ring in rings for point in ring)
    return round((box.south + box.north) / 2, 2), round((box.west + box.east) / 2, 2)


def by_region(entries: Iterable[Catalyser], site: Site) -> tuple[RegionGroup, ...]:
    """Return the entries that have a département, grouped; regions by name, others by code."""
    found: dict[str, list[Catalyser]] = {}
    for entry in entries:
        if code := site.place(entry).department:
            found.setdefault(code, []).append(entry)
    regions = sorted(site.gazetteer.regions.values(), key=lambda region: sort_key(region.name))
    groups = (
        RegionGroup(
            region.name,
            region.slug,
            tuple(
                DepartmentGroup(code, site.gazetteer.departments[code].name, tuple(found[code]))
                for code in sorted(region.departments)
                if code in found
            ),
        )
        for region in regions
    )
    return tuple(group for group in groups if group.departments)
