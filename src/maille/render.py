"""Step 7: from plans to bytes, through the templates. To them content is data, never code."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from maille.config import Config
from maille.dates import french
from maille.model import Artefact, Body
from maille.policy import content_security_policy
from maille.site import FilePlan, LatePlan, PagePlan, Plan, Site
from maille.territories import pages_of
from maille.typography import french as french_text
from maille.typography import french_html
from maille.urls import absolute, base_path, file_of
from maille.views.overview import SITE_MAP
from maille.wording import correction_url, gap, minutes, opening, relation_sentence, until, when
from maille.workers import shared_out

# Names, summaries and the words around them come back on many pages.
TEXTS_KEPT = 20_000

_CANDIDATES = re.compile(r'(?<=<source srcset=")[^"]+')  # the files that a browser chooses from


def render(
    plans: Iterable[Plan],
    site: Site,
    templates: Path,
    asset_addresses: Mapping[str, str],
    processes: int = 1,
) -> tuple[Artefact, ...]:
    """Return the files of the site, drawn by as many processes.

    A template that fails is a bug, and raises.
    """
    environment = _environment(templates)
    environment.filters.update(_filters(base_path(site.base_url)))
    environment.globals.update(_globals(site, asset_addresses))
    every = tuple(plans)
    for template in {plan.template for plan in every if isinstance(plan, PagePlan)}:
        environment.get_template(template)  # compiled here, once, for all processes

    def share(some: Iterable[Plan]) -> Iterator[Artefact]:
        return (_artefact(plan, environment, site) for plan in some)

    return tuple(shared_out(share, every, processes))


def _environment(templates: Path) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _filters(base: str) -> Mapping[str, Callable[..., Any]]:
    @functools.lru_cache(TEXTS_KEPT, typed=True)
    def typo(text: object) -> Markup:
        return escape(french_text(str(text)))

    return {
        "typo": typo,
        "prose": lambda body: _prose(body.html if isinstance(body, Body) else body, base),
        "section_html": lambda section: _prose(section.html, base),
        "date": french,
        "when": when,
        "until": until,
        "opening": opening,
        "iso": str,
    }


def _globals(site: Site, asset_addresses: Mapping[str, str]) -> Mapping[str, Any]:
    base, whole = base_path(site.base_url), site.published_at
    fragments: dict[tuple[str, ...], Markup] = {}
    pages = functools.cache(lambda: pages_of(site))

    def kept(name: str, here: Mapping[str, str], caller: Callable[[], Markup]) -> Markup:
        """Return a part of the frame, drawn once for all pages that mark the same items."""
        key = (name, *here.values())
        if key not in fragments:
            fragments[key] = caller()
        return fragments[key]

    return {
        "kept": kept,
        "site": site,
        "config": site.config,
        "today": site.today,
        "url": lambda address: _url(address, base),
        "asset": lambda path: _asset(path, asset_addresses, base),
        "absolute": lambda address: absolute(address, whole),
        "relation_sentence": lambda entry: relation_sentence(entry, site),
        "correction_url": lambda entry: correction_url(entry, site, whole),
        "territory_address": lambda code: pages().get(code, ""),
        "gap": gap,
        "minutes": minutes,
    }


def _artefact(plan: Plan, environment: jinja2.Environment, site: Site) -> Artefact:
    if isinstance(plan, FilePlan):
        return Artefact(file_of(plan.address), plan.data)
    if isinstance(plan, LatePlan):
        return Artefact(file_of(plan.address), plan.make())
    text = environment.get_template(plan.template).render(
        **plan.shown(),
        page=plan,
        here=here_of(plan.address, site.config),
        policy=content_security_policy(plan.policy),
        canonical=site.absolute(plan.address),
    )
    return Artefact(file_of(plan.address), text.encode())


def here_of(address: str, config: Config) -> Mapping[str, str]:
    """Return, by address of the frame's links, what each is to a page, as `aria-current` says it.

    "page" if it leads to it, "true" if it leads to the part of the site that holds it, else "".
    """
    frame = ("/", SITE_MAP, *(item.address for item in (*config.menu, *config.foot)))
    return {
        known: "page" if known == address else "true" if _holds(known, address) else ""
        for known in frame
    }


def _holds(known: str, address: str) -> bool:
    return known != "/" and address.startswith(known)


def _url(address: str, base: str) -> str:
    """Return an address of the site with its base path; other addresses as they are."""
    return base + address[1:] if address.startswith("/") else address


def _asset(path: str, known: Mapping[str, str], base: str) -> str:
    """Return the address of an asset, by its path in templates/assets or by its address."""
    return _url(path if path.startswith("/") else known[path], base)


def _prose(html: str, base: str) -> Markup:
    """Return the HTML of a body, with French typography and the base path in its addresses."""
    linked = re.sub(r'(<(?:a href|img src|source srcset)=")/', rf"\g<1>{base}", html)
    linked = _CANDIDATES.sub(lambda found: found[0].replace(", /", f", {base}"), linked)
    return Markup(french_html(linked))  # noqa: S704 - made by our converter, which lets no tag pass
