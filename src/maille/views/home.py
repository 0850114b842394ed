"""The home page: a search by place, a map as a picture, the latest letter, the next events."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from maille.kinds.catalyser import Catalyser
from maille.kinds.newsletter import Newsletter
from maille.site.model import Site
from maille.views.agenda import list_events, list_upcoming
from maille.views.drawings.country_map import draw_country
from maille.views.json_ld import describe_site
from maille.views.plans import PagePlan


def plan(site: Site) -> Iterator[PagePlan]:
    """Yield the home page."""
    yield PagePlan(
        "/",
        "home.html",
        site.config.tagline,
        description=site.config.description,
        context=functools.partial(_make_context, site),
        source="la page d'accueil",
        scripts=("js/home.js",) if site.list_entries(Catalyser) else (),
        structured=describe_site(site),
    )


def _make_context(site: Site) -> Mapping[str, Any]:
    real = site.list_real(Catalyser)
    letter = max(site.list_entries(Newsletter), key=lambda one: one.month.sort_key, default=None)
    sections = site.sections_of(letter) if letter else ()
    return {
        "letter": letter,
        "sections": [section for section in sections if section.project],
        "practices": [
            (term, sum(term.key in entry.practices for entry in real))
            for term in site.vocabulary("pratiques")
        ],
        "count": len(real),
        "examples": len(site.list_examples(Catalyser)),
        "upcoming": list_upcoming(site)[:3],
        "agenda": bool(list_events(site)),
        "figure": draw_country(site),
    }
