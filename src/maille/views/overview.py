"""Pages and files about the whole site: search, site map, sitemap, 404, robots.txt, page names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maille.formats.compact_json import encode_compact
from maille.kinds.catalyser import Catalyser
from maille.kinds.vocabulaire import Vocabulaire
from maille.site.model import Site
from maille.text.typography import typeset
from maille.text.urls import Link
from maille.views import contact, site_search
from maille.views.plans import FilePlan, PagePlan, Plan
from maille.views.territory.presences import PAGE

LOST = "/404.html"
NAMES = "/noms.json"
SITE_MAP = "/plan-du-site/"
HOME = "Accueil"
PRESS = "Presse"


def plan(
    site: Site, plans: Iterable[Plan], searched: site_search.Content | None = None
) -> Iterator[Plan]:
    """Yield the search, the site map, the 404 page, `sitemap.xml`, `robots.txt`, `noms.json`.

    `plans` are the plans of all views. `noms.json` has the names of pages (see `list_names`).
    """
    pages = [item for item in plans if isinstance(item, PagePlan)]
    search = tuple(site_search.plan(site, [page for page in pages if page.listed], searched))
    pages += [item for item in search if isinstance(item, PagePlan)]
    yield from search
    site_map = _plan_site_map(site, pages)
    yield site_map
    yield PagePlan(LOST, "404.html", "Page introuvable", source="la page 404", listed=False)
    listed = [page for page in (*pages, site_map) if page.listed]
    yield PagePlan("/sitemap.xml", "sitemap.xml", "", context={"pages": listed}, source="sitemap")
    yield PagePlan("/robots.txt", "robots.txt", "", source="robots")
    rows = [[typeset(title), address] for title, address in list_names(site, listed)]
    yield FilePlan(NAMES, encode_compact(rows).encode(), "les noms des pages")


def list_names(site: Site, pages: Iterable[PagePlan]) -> list[tuple[str, str]]:
    """Return (name, address) of all that can be searched, except records and territories.

    An activity has the address of its term. An actor without a page has the address of the record
    that names it among its ties. The press has the address of its part of the contact page.
    """
    searched = (*_list_prefixes(site), PAGE)
    found = [(page.title, page.address) for page in pages if not page.address.startswith(searched)]
    found += [(PRESS, f"{address}#_presse") for _, address in found if address == contact.ADDRESS]
    for vocabulary in site.list_entries(Vocabulaire):
        for term in vocabulary.terms if vocabulary.prefix else ():
            address = f"{vocabulary.prefix}{term.key}/"
            found.extend((activity.name, address) for activity in term.activities)
    for entry in site.list_real(Catalyser):
        named = (part.name for part in entry.ecosystem if part.name)
        found.extend((name, site.address(entry)) for name in named)
    return list(dict.fromkeys(found))


def _list_prefixes(site: Site) -> tuple[str, ...]:
    return tuple(kind.prefix for kind in site.kinds if kind.name == Catalyser.kind_name)


def _plan_site_map(site: Site, pages: Iterable[PagePlan]) -> PagePlan:
    """Return the page with links to the `listed` pages, grouped by first folder."""
    groups: dict[str, list[Link]] = {}
    for page in (page for page in pages if page.listed):
        first = page.address.split("/")[1]
        folder = f"/{first}/" if page.address.count("/") > 2 else "/"
        title = HOME if page.address == "/" else page.title
        groups.setdefault(folder, []).append(Link(title, page.address))
    titles = {page.address: page.title for page in pages}
    return PagePlan(
        SITE_MAP,
        "plan-du-site.html",
        "Plan du site",
        description=f"Toutes les pages du site {site.config.name}.",
        context={
            "groups": [
                ("Pages principales" if folder == "/" else titles.get(folder, folder), links)
                for folder, links in sorted(groups.items())
            ]
        },
        source="le plan du site",
    )
