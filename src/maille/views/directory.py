"""The page of the directory: the records by région and département, and the search form."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site, keep_real
from maille.views import exports, map_parts
from maille.views.plans import PagePlan, Plan
from maille.views.records import index_data
from maille.views.territory.presences import COLLECTIVITIES

# With more real records than this, the page stays light: instead of the records of départements,
# it shows how many there are in each, and links to the page of the département.
EVERY = 150
# The longer side of the still picture beside the list, in units of the drawing.
STILL = 280


@dataclass(frozen=True, slots=True)
class DepartmentGroup:
    """The records of a département, or of an overseas collectivité."""

    code: str
    name: str
    entries: tuple[Catalyser, ...]


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """The départements of a région that have records.

    A group without a slug has the overseas collectivités.
    """

    region: str
    slug: str
    departments: tuple[DepartmentGroup, ...]


def plan(site: Site) -> Iterator[Plan]:
    """Yield the page of the directory, and the data that its scripts read."""
    kind = site.kind(Catalyser.kind_name)
    any_record = bool(site.list_entries(Catalyser))
    yield PagePlan(
        kind.prefix,
        "catalysers.html",
        kind.title,
        description=f"Les {kind.plural}, par région et par département.",
        context=functools.partial(_make_context, site),
        source="la page de l'annuaire",
        csp=map_parts.make_csp(site),
        scripts=("js/list.js",) if any_record else (),
        styles=("css/annuaire.css", "css/suites.css") if any_record else (),
    )
    yield from index_data.plan(site)


def _make_context(site: Site) -> Mapping[str, Any]:
    every = index_data.sort_records(site)
    real = keep_real(every)
    return {
        **map_parts.make_context(site, STILL),
        "map_styles": (*map_parts.list_styles(site), "css/carte.css"),
        "map_scripts": map_parts.list_scripts(site),
        "groups": group_by_region(real, site),
        "nowhere": [entry for entry in real if not site.place(entry).department],
        "examples": len(every) - len(real),
        "count": len(real),
        "is_whole": len(real) <= EVERY,
        "after": exports.make_download_context(site),
        **make_form_context(site),
    }


def make_form_context(site: Site) -> Mapping[str, Any]:
    """Return the context of the search form, which the page of the map has too."""
    return {
        "facets": index_data.list_facets(site),
        "with_examples": bool(site.list_examples(Catalyser)),
    }


def group_by_region(entries: Iterable[Catalyser], site: Site) -> tuple[RegionGroup, ...]:
    """Group the entries that have a département; sort régions by name, départements by code.

    The overseas collectivités are one group, after the régions.
    """
    found: dict[str, list[Catalyser]] = {}
    for entry in entries:
        if code := site.place(entry).department:
            found.setdefault(code, []).append(entry)
    overseas = tuple(one.code for one in site.gazetteer.list_collectivities())
    groups = (
        RegionGroup(
            name,
            slug,
            tuple(
                DepartmentGroup(code, site.gazetteer.departments[code].name, tuple(found[code]))
                for code in sorted(codes)
                if code in found
            ),
        )
        for name, slug, codes in (
            *(
                (region.name, region.slug, region.departments)
                for region in index_data.sort_regions(site.gazetteer)
            ),
            (COLLECTIVITIES, "", overseas),
        )
    )
    return tuple(group for group in groups if group.departments)
