"""Step 7: from plans to bytes, through the templates. To them content is data, never code."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from maille.dates import french
from maille.model import Artefact, Body
from maille.policy import content_security_policy
from maille.site import FilePlan, Plan, Site
from maille.typography import french as french_text
from maille.typography import french_html
from maille.urls import absolute, base_path, file_of
from maille.wording import correction_url, gap, minutes, opening, relation_sentence, until, when

# Names, summaries and the words around them come back on many pages.
TEXTS_KEPT = 20_000


def render(
    plans: Iterable[Plan],
    site: Site,
    templates: Path,
    base_url: str,
    asset_addresses: Mapping[str, str],
) -> tuple[Artefact, ...]:
    """Return the files of the site. A template that fails is a bug, and raises."""
    environment = _environment(templates)
    base = base_path(base_url)
    whole = site.published_at

    @functools.lru_cache(TEXTS_KEPT, typed=True)
    def typo(text: object) -> Markup:
        return escape(french_text(str(text)))

    environment.filters.update(
        typo=typo,
        prose=lambda body: _prose(body.html if isinstance(body, Body) else body, base),
        section_html=lambda section: _prose(section.html, base),
        date=french,
        when=when,
        until=until,
        opening=opening,
        iso=str,
    )
    environment.globals.update(
        site=site,
        config=site.config,
        today=site.today,
        url=lambda address: _url(address, base),
        asset=lambda path: _asset(path, asset_addresses, base),
        relation_sentence=lambda entry: relation_sentence(entry, site),
        correction_url=lambda entry: correction_url(entry, site, whole),
        gap=gap,
        minutes=minutes,
    )
    return tuple(_artefact(plan, environment, whole) for plan in plans)


def _environment(templates: Path) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _artefact(plan: Plan, environment: jinja2.Environment, whole: str) -> Artefact:
    if isinstance(plan, FilePlan):
        return Artefact(file_of(plan.address), plan.data)
    text = environment.get_template(plan.template).render(
        **plan.context,
        page=plan,
        policy=content_security_policy(plan.policy),
        canonical=absolute(plan.address, whole),
        absolute=lambda address: absolute(address, whole),
    )
    return Artefact(file_of(plan.address), text.encode())


def _url(address: str, base: str) -> str:
    """Return an address of the site with its base path; other addresses as they are."""
    return base + address[1:] if address.startswith("/") else address


def _asset(path: str, known: Mapping[str, str], base: str) -> str:
    """Return the address of an asset, by its path in templates/assets or by its address."""
    return _url(path if path.startswith("/") else known[path], base)


def _prose(html: str, base: str) -> Markup:
    """Return the HTML of a body, with French typography and the base path in its links."""
    linked = re.sub(r'(<a href=")/', rf"\g<1>{base}", html)
    return Markup(french_html(linked))  # noqa: S704 - made by our converter, which lets no tag pass
