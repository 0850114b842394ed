"""The pages at the addresses of `content/adresses.toml`: what was there left, or moved."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from maille.problems import Problem
from maille.site.addresses import FILE, check_departures, find_key
from maille.site.model import Site
from maille.text.urls import Link
from maille.views.plans import FilePlan, PagePlan, Plan

TEMPLATE = "depart.html"
REDIRECTS = "/_redirects"


def plan(site: Site, plans: Iterable[Plan]) -> Iterator[Plan]:
    """Yield a page for each address that left or moved, and `_redirects` if some moved.

    `plans` are those of all views: their addresses get no such page.
    """
    taken = {one.address: getattr(one, "title", "") for one in plans}
    moved = {old: new for old, new in site.addresses.moved.items() if old not in taken}
    for address, line in site.addresses.departed.items():
        if address not in taken:
            yield _plan_page(site, address, day=line.left_on)
    for address, target in moved.items():
        if target in site.addresses.departed:
            day = site.addresses.departed[target].left_on
            yield _plan_page(site, address, day=day)
        else:
            yield _plan_page(site, address, target=Link(taken.get(target, target), target))
    if moved:
        rules = "".join(f"{old} {new} 301\n" for old, new in sorted(moved.items()))
        yield FilePlan(REDIRECTS, rules.encode(), FILE)


def _plan_page(
    site: Site, address: str, *, day: datetime.date | None = None, target: Link | None = None
) -> PagePlan:
    """Return the page at an address; it bears no name and no text of what left.

    `day` is when the page left, or `target` where it moved.
    """
    key = find_key(address, site.kinds)
    kind = site.kind(key[0]) if key else None
    listing = Link(kind.title, kind.prefix) if kind and kind.prefix != "/" else None
    return PagePlan(
        address,
        TEMPLATE,
        "Cette page a changé d’adresse" if target else "Cette page n’est plus là",
        context={
            "day": day,
            "target": target,
            "listing": listing,
            "is_directory": bool(kind and kind.index_title),
        },
        source=FILE,
        trail=(listing,) if listing else (),
        listed=False,
        canonical=target.address if target else "",
    )


def verify_departures(site: Site, plans: Iterable[Plan]) -> Iterator[Problem]:
    """Yield the problems of the lines of `content/adresses.toml` against the pages of the site."""
    pages = {
        one.address: one.source
        for one in plans
        if isinstance(one, PagePlan) and one.template != TEMPLATE
    }
    return check_departures(site.addresses, pages, site.today)
