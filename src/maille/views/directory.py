"""The directory: every catalyser, by région and département."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maille.kinds.catalyser import Catalyser
from maille.site import PagePlan, Site
from maille.text import sort_key


@dataclass(frozen=True, slots=True)
class DepartmentGroup:
    """The catalysers of a département, in the order of the site."""

    code: str
    name: str
    entries: tuple[Catalyser, ...]


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """The départements of a région that have catalysers."""

    region: str
    slug: str
    departments: tuple[DepartmentGroup, ...]


def plan(site: Site) -> Iterator[PagePlan]:
    """Yield the page of the directory."""
    kind = site.kind(Catalyser.kind_name)
    every = site.all(Catalyser)
    real = [entry for entry in every if not entry.example]
    yield PagePlan(
        kind.prefix,
        "catalysers.html",
        kind.title,
        description=f"Les {kind.plural}, par région et par département.",
        context={
            "groups": by_region(real, site),
            "nowhere": [entry for entry in real if not site.place(entry).department],
            "examples": [entry for entry in every if entry.example],
            "count": len(real),
            "practices": site.vocabulary("pratiques"),
            "profiles": site.vocabulary("profils"),
            "departments": departments(site),
        },
        source="la page de l'annuaire",
        scripts=("js/annuaire.js",) if every else (),
    )


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


def departments(site: Site) -> tuple[tuple[str, str], ...]:
    """Return the code and the name of every département, overseas included, by code."""
    return tuple((code, found.name) for code, found in sorted(site.gazetteer.departments.items()))
