"""The pages that replace departed or moved pages, at the addresses of `content/adresses.toml`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping

from maille.problems import Problem
from maille.site.addresses import FILE, check_departures, find_key
from maille.site.model import Site
from maille.site.published_addresses import (
    LIST,
    find_lost,
    find_moved,
    format_list,
    list_addresses,
)
from maille.text.urls import Link, extract_base_path
from maille.views.plans import FilePlan, PagePlan, Plan

TEMPLATE = "depart.html"
REDIRECTS = "/_redirects"
HTACCESS = ".htaccess"


def plan(site: Site, plans: Iterable[Plan]) -> Iterator[Plan]:
    """Yield a page at each former address, `_redirects` if pages moved, and the list of addresses.

    `plans` are the plans of all views: an address that they already have gets no page here.
    """
    every = tuple(plans)
    taken = {one.address: getattr(one, "title", "") for one in every}
    moves = list_moves(site, every)
    for address, line in site.addresses.departed.items():
        if address not in taken:
            yield _plan_page(site, address, day=line.left_on)
    for address, target in moves.items():
        if target in site.addresses.departed:
            day = site.addresses.departed[target].left_on
            yield _plan_page(site, address, day=day)
        else:
            yield _plan_page(site, address, target=Link(taken.get(target, target), target))
    if moves:
        rules = "".join(
            f"{old} {new} {_find_status(site, old)}\n" for old, new in sorted(moves.items())
        )
        yield FilePlan(REDIRECTS, rules.encode(), FILE)
    pages = _list_pages(every)
    yield FilePlan(LIST, format_list(list_addresses(site, pages)), "la liste des adresses")


def list_moves(site: Site, plans: Iterable[Plan]) -> Mapping[str, str]:
    """Map each address that moved to its new address, found by the build or given by an editor.

    An address given by an editor wins.
    """
    every = tuple(plans)
    taken = {one.address for one in every if getattr(one, "template", "") != TEMPLATE}
    moved = {old: new for old, new in site.addresses.moved.items() if old not in taken}
    return {**find_moved(site, _list_pages(every)), **moved}


def complete_files(site: Site, plans: Iterable[Plan]) -> Mapping[str, str]:
    """Return the files of `[fichiers]` by name.

    If one of them is `.htaccess`, redirects are added at its end: Apache, which reads that file,
    does not read `_redirects`.
    """
    files = site.config.files
    if HTACCESS not in files:
        return files
    base = extract_base_path(site.base_url).rstrip("/")
    rules = [
        f'RedirectMatch {_find_status(site, old)} "^{re.escape(base + old)}$" "{base}{new}"'
        for old, new in sorted(list_moves(site, plans).items())
    ]
    text = "".join(f"{line}\n" for line in (*files[HTACCESS].splitlines(), *rules))
    return {**files, HTACCESS: text}


def _find_status(site: Site, address: str) -> int:
    """Return the HTTP status of a redirect: 302 (temporary) if no file made the page, else 301."""
    return 301 if site.addresses.published.get(address, FILE) else 302


def _list_pages(plans: Iterable[Plan]) -> Mapping[str, str]:
    """Map the address of each page to its source; the pages of this view are left out."""
    return {
        one.address: one.source
        for one in plans
        if isinstance(one, PagePlan) and one.template != TEMPLATE and one.address.endswith("/")
    }


def _plan_page(
    site: Site, address: str, *, day: datetime.date | None = None, target: Link | None = None
) -> PagePlan:
    """Return the page at a former address; it has neither the name nor the text of the former page.

    `day` is when the former page departed, if that is known; `target` is where it moved, if it did.
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
    """Yield the problems of `content/adresses.toml`: wrong lines, and lines that are missing."""
    pages = _list_pages(plans)
    yield from check_departures(site.addresses, pages, site.today)
    yield from find_lost(site, pages)
