"""Step 6: what is wrong between files to come: two for one address, links that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from maille.model import Link
from maille.problems import Problem, enumerate_french, nearest
from maille.site import PagePlan, Plan, Site
from maille.urls import file_of


def verify(plans: Iterable[Plan], site: Site) -> tuple[Problem, ...]:
    """Return the clashes of addresses, and the broken links of the content and of the menus."""
    every = tuple(plans)
    pages = {plan.address: plan for plan in every}
    # The page of a record at fault is missing only until its own mistake is mended.
    to_come = {
        kind.address(s) for kind in site.kinds for name, s in site.faulty if name == kind.name
    }
    pages |= dict.fromkeys(to_come, _TO_COME)
    return (*_clashes(every), *_broken_links(site, pages), *_broken_menus(site, pages))


_LOOK = "ouvrez la page voulue et recopiez la fin de son adresse"
_TO_COME = PagePlan("", "", "")


def _clashes(plans: Iterable[Plan]) -> Iterator[Problem]:
    """Yield each address that two plans want, naming what asks for it on both sides."""
    first: dict[str, Plan] = {}
    for plan in plans:
        other = first.setdefault(file_of(plan.address).casefold(), plan)
        if other is not plan:
            message = f"l'adresse {plan.address} est déjà celle de {other.source}"
            yield Problem(plan.source, 0, 0, "", message, "renommez l'un des deux fichiers")


def _broken_links(site: Site, pages: Mapping[str, Plan]) -> Iterator[Problem]:
    """Yield the links of the bodies that lead to no page, or to no heading of a page."""
    anchors = {
        site.address(entry): {heading.anchor for heading in entry.body.headings}
        for entries in site.entries.values()
        for entry in entries
        if site.kind(entry.kind_name).prefix
    }
    for entries in site.entries.values():
        for entry in entries:
            own = {heading.anchor for heading in entry.body.headings}
            for link in entry.body.links:
                if problem := _broken(link, pages, {**anchors, "": own}):
                    message, hint = problem
                    yield Problem(entry.path, link.line, 1, "", message, hint)


def _broken(
    link: Link, pages: Mapping[str, Plan], anchors: Mapping[str, set[str]]
) -> tuple[str, str] | None:
    """Return what is wrong with one link and what to type; `anchors` of "" are the page's own."""
    if not link.target.startswith(("/", "#")):
        return None
    address, _, anchor = link.target.partition("#")
    address = address.partition("?")[0]
    if address and address not in pages:
        close = nearest(address, pages)
        hint = f"vouliez-vous dire {enumerate_french(close)} ?" if close else _LOOK
        return f"le lien {link.target} ne mène à aucune page du site", hint
    if anchor and anchor not in (known := anchors.get(address, set())):
        close = [f"{address}#{near}" for near in nearest(anchor, known)]
        hint = f"vouliez-vous dire {enumerate_french(close)} ?" if close else _LOOK
        return f"le lien {link.target} vise un titre qui n'existe pas", hint
    return None


def _broken_menus(site: Site, pages: Mapping[str, Plan]) -> Iterator[Problem]:
    for key, items in (("menu", site.config.menu), ("pied", site.config.foot)):
        for item in items:
            plan = pages.get(item.address.partition("#")[0])
            if not isinstance(plan, PagePlan):
                message = f"« {item.title} » mène à {item.address}, qui n'est pas une page du site"
                hint = f"vérifiez l'adresse dans [[{key}]]"
                yield Problem("site.toml", 0, 0, key, message, hint)
