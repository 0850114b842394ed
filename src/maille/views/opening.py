"""What the owner of a site must give before it opens to the public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from maille.content.discover import CONFIG_FILE
from maille.kinds.catalyser import Catalyser
from maille.problems import Problem
from maille.schema.kind import Entry
from maille.site.model import Site
from maille.text.dates import format_date
from maille.views.contacts import list_contacts

_SHOWN = 5  # files named for each thing to do
# Words of a page that its owner has still to complete.
_UNFINISHED = re.compile(
    r"[^.\n]*(?:compl[ée]t[ée]e?s? par le propri[ée]taire|compl[ée]t[ée]s au m[êe]me moment"
    r"|est une d[ée]monstration|licence à confirmer)[^.\n]*"
)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to give: the file, the key or place in it, what it is and what to type.

    Without a `required` one, a site with `etat = "public"` is an error.
    """

    path: str
    key: str
    message: str
    hint: str
    required: bool = False


def list_needs(site: Site) -> Iterator[Need]:
    """Yield what is still missing before the site opens, required things first."""
    yield from _list_required(site)
    yield from _list_wanted(site)
    yield from _list_unfinished_pages(site)


def check_opening(site: Site) -> Iterator[Problem]:
    """Yield an error for each required thing that is missing from a public site."""
    if site.config.is_demonstration:
        return
    for need in _list_required(site):
        message = f"ce site est public, et il manque : {need.message}"
        yield site.config.make_problem(("etat",), message, need.hint)


def _list_required(site: Site) -> Iterator[Need]:
    config = site.config
    for value, key, message, example in (
        (config.publisher, "editeur", "qui publie le site", "le nom et l'adresse de qui publie"),
        (config.hosting, "hebergeur", "qui l'héberge", "le nom et l'adresse de l'hébergeur"),
        (config.contact, "contact", "une adresse électronique où écrire", "contact@exemple.fr"),
    ):
        if not value:
            hint = f'ajoutez à {CONFIG_FILE} la ligne {key} = "{example}"'
            yield Need(CONFIG_FILE, key, message, hint, required=True)
    if not config.agreed_on:
        message = "le jour où le réseau a donné son accord à l'usage de son nom"
        hint = f"ajoutez à {CONFIG_FILE} la ligne accord_du_reseau = {site.today}"
        yield Need(CONFIG_FILE, "accord_du_reseau", message, hint, required=True)
    if examples := site.list_examples(Entry):
        folders = sorted({entry.path.rpartition("/")[0] for entry in examples})
        message = f"des fiches vraies seules ({len(examples)} sont des exemples)"
        hint = f"effacez les fiches d'exemple de {', '.join(f'{one}/' for one in folders)}"
        yield Need(folders[0], "exemple", message, hint, required=True)


def _list_wanted(site: Site) -> Iterator[Need]:
    config = site.config
    if config.host.endswith(".example"):
        message, hint = "l'adresse définitive du site", 'écrivez adresse = "https://…/"'
        yield Need(CONFIG_FILE, "adresse", message, hint)
    if not config.data_licence:
        hint = 'ajoutez licence_des_donnees = "Licence Ouverte 2.0 (Etalab)", ou celle du réseau'
        yield Need(CONFIG_FILE, "licence_des_donnees", "la licence des données", hint)
    waiting = [one.path for one in site.list_real(Catalyser) if not one.verified_on]
    if waiting:
        shown = f"{', '.join(waiting[:_SHOWN])}{', …' if len(waiting) > _SHOWN else ''}"
        message = f"{len(waiting)} fiches que leur structure n'a pas confirmées : {shown}"
        hint = f"demandez à chacune de relire sa page, puis ajoutez verifie_le: {site.today}"
        yield Need(waiting[0], "verifie_le", message, hint)

    yield from _list_unreachable(site)


def _list_unreachable(site: Site) -> Iterator[Need]:
    """Yield the records without site, e-mail or telephone, with the day when one was looked for."""
    for one in site.list_real(Catalyser):
        if not list_contacts(one):
            day = one.contact_sought_on
            sought = (
                f"contact cherché le {format_date(day)}, non trouvé" if day else "aucun contact"
            )
            hint = "demandez à la structure, puis ajoutez site:, courriel: ou telephone:"
            yield Need(one.path, "site", f"{one.name} : contact {sought}", hint)


def _list_unfinished_pages(site: Site) -> Iterator[Need]:
    """Yield the sentences of pages which say that something is still to be completed."""
    for entry in site.list_entries(Entry):
        if entry.kind_name != "page":
            continue
        for number, line in enumerate(entry.body.text.split("\n"), entry.body.first_line):
            for found in _UNFINISHED.finditer(line):
                words = found[0].strip()
                message = f"une phrase à remplacer : {words[:120]}{'…' if len(words) > 120 else ''}"
                yield Need(entry.path, f"ligne {number}", message, "remplacez-la par ce qui est su")
