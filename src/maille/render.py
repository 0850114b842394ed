"""Step 7: from plans to bytes, through the templates. To them content is data, never code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from maille.dates import french
from maille.kind import Entry
from maille.kinds.catalyser import Catalyser
from maille.model import Artefact, Body
from maille.policy import content_security_policy
from maille.site import FilePlan, Plan, Section, Site
from maille.typography import french as french_text
from maille.typography import french_html
from maille.urls import absolute, base_path, file_of

WORDS_A_MINUTE = 200


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
    whole = base_url if "://" in base_url else site.config.address
    environment.filters.update(
        typo=lambda text: escape(french_text(str(text))),
        prose=lambda body: _prose(body.html if isinstance(body, Body) else body, base),
        section_html=lambda section: _prose(section.html, base),
        date=french,
        iso=str,
    )
    environment.globals.update(
        site=site,
        config=site.config,
        today=site.today,
        url=lambda address: _url(address, base),
        asset=lambda path: _asset(path, asset_addresses, base),
        relation_sentence=lambda entry: relation_sentence(entry, site),
        correction_url=lambda entry: correction_url(entry, site),
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


def relation_sentence(entry: Catalyser, site: Site) -> str:
    """Return what the site says of the tie between a catalyser and the network."""
    term = site.term("relations", entry.relation)
    sentence = (term.sentence or term.name) if term else ""
    return sentence.replace("{source}", f"« {entry.sources[0].title} »")


def correction_url(entry: Entry, site: Site) -> str:
    """Return the `mailto:` (RFC 6068) that proposes a correction, told so that one can act."""
    subject = f"Correction : {entry.heading}"
    lines = (
        f"Page : {absolute(site.address(entry), site.config.address)}",
        f"Fichier : {entry.path}",
        "",
        "Ce qui est à corriger :",
        "",
        "Ce qu'il faudrait écrire :",
        "",
        "D'où vient l'information :",
    )
    body = quote("\r\n".join(lines), safe="")
    return f"mailto:{site.config.contact or ''}?subject={quote(subject, safe='')}&body={body}"


def gap(before: Section, after: Section) -> str:
    """Return how long a project was silent, in words: « un an plus tard »."""
    first, second = before.letter.month, after.letter.month
    months = (second.year - first.year) * 12 + (second.month or 1) - (first.month or 1)
    if months <= 1:
        return "le mois suivant"
    if months < 12:
        return f"{months} mois plus tard"
    years = round(months / 12)
    about = "" if months % 12 == 0 else "environ "
    return f"{about}{'un an' if years == 1 else f'{years} ans'} plus tard"


def minutes(entry: Entry) -> int:
    """Return how long the text of an entry takes to read, in minutes, at least one."""
    return max(1, round(len(entry.body.text.split()) / WORDS_A_MINUTE))
