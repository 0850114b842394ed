"""The home page: a search by place, a map as a picture, the latest letter, the next events."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maille.kinds.catalyser import Catalyser
from maille.kinds.newsletter import Newsletter
from maille.kinds.projet import Projet
from maille.kinds.webinaire import Webinaire
from maille.schema.event import Occasion
from maille.site.model import Section, Site
from maille.text.dates import Period
from maille.views.agenda import list_events, list_upcoming
from maille.views.drawings.country_map import draw_country
from maille.views.json_ld import describe_site
from maille.views.plans import PagePlan

# The home page shows at most this many paragraphs of the record that `find_case` returns.
CASE_PARAGRAPHS = 2


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


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to a project: an update in a letter, or an event."""

    date: Period
    section: Section | None = None
    event: Occasion | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A project with what happened to it, from the first news to the last."""

    project: Projet
    steps: tuple[Step, ...]


def _make_context(site: Site) -> Mapping[str, Any]:
    real = site.list_real(Catalyser)
    letter = max(site.list_entries(Newsletter), key=lambda one: one.period.sort_key, default=None)
    sections = site.sections_of(letter) if letter else ()
    upcoming = list_upcoming(site)[:3]
    places = [site.place(entry) for entry in real]
    case = find_case(site)
    return {
        "letter": letter,
        "sections": [section for section in sections if section.project],
        "practices": [
            (term, sum(term.key in entry.practices for entry in real))
            for term in site.vocabulary("pratiques")
        ],
        "count": len(real),
        "placed": sum(place.is_placed for place in places),
        "tinted": sum(bool(place.department) and not place.is_placed for place in places),
        "examples": len(site.list_examples(Catalyser)),
        "case": case,
        "case_text": _open_text(case) if case else "",
        "upcoming": upcoming,
        "agenda": bool(list_events(site)),
        "story": None if upcoming else find_story(site),
        "reread": None if upcoming else find_webinar_to_read(site),
        "figure": draw_country(site, with_examples=True),
    }


def find_case(site: Site) -> Catalyser | None:
    """Return the record that `site.toml` chooses to illustrate what the network does, or None."""
    introduction = site.config.introduction
    wanted = site.addresses.follow(introduction.case or "") if introduction else ""
    records = site.list_real(Catalyser)
    return next((entry for entry in records if site.address(entry) == wanted), None)


def _open_text(entry: Catalyser) -> str:
    """Return the first paragraphs of a record as HTML, or its summary if it has none."""
    found = re.findall(r"<p>.*?</p>", entry.body.html, re.DOTALL)
    return "".join(found[:CASE_PARAGRAPHS]) or f"<p>{html.escape(entry.summary)}</p>"


def find_story(site: Site) -> Story | None:
    """Return the story of the project with the most updates; None if no project has two updates.

    Of several such projects, choose the one with the latest update.
    """
    threads = [(site.thread(project), project) for project in site.list_entries(Projet)]
    told = [(thread, project) for thread, project in threads if len(thread) > 1]
    if not told:
        return None
    thread, project = max(told, key=lambda one: (len(one[0]), one[0][-1].letter.period.sort_key))
    events = [one for one in site.mentions_of(project) if isinstance(one, Occasion)]
    steps = [
        *(Step(section.letter.period, section=section) for section in thread),
        *(Step(one.date, event=one) for one in events if one.is_past(site.today)),
    ]
    return Story(project, tuple(sorted(steps, key=lambda step: step.date.sort_key)))


def find_webinar_to_read(site: Site) -> Webinaire | None:
    """Return the latest webinar that is known to have taken place, or None."""
    past = (
        one
        for one in site.list_entries(Webinaire)
        if one.is_past(site.today) and not one.status and not one.is_only_announced(site.today)
    )
    return max(past, key=lambda one: one.order, default=None)
