"""A site on the real gazetteer, with records that the test invents, located as a build does."""

from __future__ import annotations

import dataclasses
from typing import Any

from maille.gazetteer import Gazetteer, Territory
from maille.kinds.catalyser import Catalyser
from maille.pipeline import load_gazetteer
from maille.site.model import Site
from maille.site.place_hints import find_territory_or_hint
from maille.site.places import locate
from tests.views.drawings.test_country_map import network, record


def make_record(slug: str, commune: str = "", department: str = "", **keys: Any) -> Catalyser:
    """Return a record that stands in a commune, or in a département, or nowhere."""
    place = {"commune": commune or None, "departement": department or None}
    return record(slug, slug.title(), **{**place, **keys})


def _find_area(code: str) -> Territory:
    found = find_territory_or_hint(code, load_gazetteer())
    assert isinstance(found, Territory), found
    return found


def make_site(*entries: Catalyser) -> Site:
    """Return the site of those records: real ones before examples, as `assemble` has them."""
    known: Gazetteer = load_gazetteer()
    ordered = sorted(entries, key=lambda entry: entry.is_example)
    areas = {entry.key: tuple(_find_area(code) for code in entry.territories) for entry in ordered}
    return dataclasses.replace(
        network(*((entry, locate(entry, known)[0]) for entry in ordered)),
        gazetteer=known,
        areas=areas,
    )
