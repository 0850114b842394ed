"""Pages and files about the whole site: site map, sitemap, 404 and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maille.site.model import Site
from maille.text.urls import Link
from maille.views.plans import PagePlan, Plan

LOST = "/404.html"
SITE_MAP = "/plan-du-site/"
HOME = "Accueil"


def plan(site: Site, plans: Iterable[Plan]) -> Iterator[Plan]:
    """Yield the site map, the 404 page, `sitemap.xml` and `robots.txt`.

    `plans` are the plans of all views.
    """
    pages = [item for item in plans if isinstance(item, PagePlan)]
    site_map = _plan_site_map(site, pages)
    yield site_map
    yield PagePlan(LOST, "404.html", "Page introuvable", source="la page 404", listed=False)
    listed = [page for page in (*pages, site_map) if page.listed]
    yield PagePlan("/sitemap.xml", "sitemap.xml", "", context={"pages": listed}, source="sitemap")
    yield PagePlan("/robots.txt", "robots.txt", "", source="robots")


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
