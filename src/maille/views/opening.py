"""What the owner of a site must give before it opens to the public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from maille.content.discover import CONFIG_FILE
from maille.kinds.catalyser import Catalyser
from maille.problems import Problem
from maille.schema.kind import Entry
from maille.site.config import Config
from maille.site.examples import is_made
from maille.site.model import Site
from maille.text.dates import format_date
from maille.text.patterns import compile_late
from maille.views.contacts import list_contacts

_SHOWN = 5  # this many files are named for each thing to do

# Patterns of the sentences that the owner still has to complete. A public site may not have the
# sentences of the first pattern; it may have those of the second.
_UNFINISHED = {
    True: compile_late(
        r"[^.\n]*(?:compl[ée]t[ée]e?s? par le propri[ée]taire|compl[ée]t[ée]e?s au m[êe]me moment"
        r"|\bsite est une d[ée]monstration)[^.\n]*",
        re.IGNORECASE,
    ),
    False: compile_late(r"[^.\n]*licence à confirmer[^.\n]*", re.IGNORECASE),
}
# Placeholders for the true values, as in our examples and hints.
_HELD_PLACE = compile_late(
    r"le nom et l['’]adresse\b.*|.*(?:à compléter|à préciser|\bxxx+|@exemple\.|\.example\b).*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Need:
    """A thing that the owner must give: its file, its key or place there, and what to type.

    If it is `required`, its absence is an error on a site with `etat = "public"`. `line` is 0 if
    the file has no line for it yet.
    """

    path: str
    key: str
    message: str
    hint: str
    required: bool = False
    line: int = 0


def list_needs(site: Site) -> Iterator[Need]:
    """Yield what is still missing before the site opens, required things first."""
    yield from _list_required(site)
    yield from _list_wanted(site)
    yield from _list_unfinished_pages(site, required=False)


def check_opening(site: Site) -> Iterator[Problem]:
    """Yield an error for each required thing that is missing from a public site."""
    if site.config.is_demonstration:
        return
    for need in _list_required(site):
        if need.line:
            message = f"ce site est public, et cette page a {need.message}"
            yield Problem(need.path, message, need.hint, line=need.line, column=1)
        else:
            message = f"ce site est public, et il manque : {need.message}"
            yield site.config.make_problem(("etat",), message, need.hint)


def _list_required(site: Site) -> Iterator[Need]:
    yield from _list_owner(site.config)
    yield from _check_agreement(site)
    if _is_reserved(urlsplit(site.published_at).hostname or ""):
        message = f"l'adresse définitive du site ({site.published_at} n'en est pas une)"
        hint = 'écrivez adresse = "https://…/", avec la vraie adresse'
        yield Need(CONFIG_FILE, "adresse", message, hint, required=True)
    if examples := [one for one in site.list_examples(Entry) if not is_made(one)]:
        folders = sorted({entry.path.rpartition("/")[0] for entry in examples})
        message = f"des fiches vraies seules ({len(examples)} sont des exemples)"
        hint = f"effacez les fiches d'exemple de {', '.join(f'{one}/' for one in folders)}"
        yield Need(folders[0], "exemple", message, hint, required=True)
    yield from _list_unfinished_pages(site, required=True)


def _list_owner(config: Config) -> Iterator[Need]:
    """Yield a need if the publisher, the host or the contact is missing or is a placeholder."""
    for value, key, message, meant in (
        (config.publisher, "editeur", "qui publie le site", "le nom et l'adresse de qui publie"),
        (config.hosting, "hebergeur", "qui l'héberge", "le nom et l'adresse de l'hébergeur"),
        (config.contact, "contact", "une adresse électronique où écrire", "cette adresse"),
    ):
        if not value:
            hint = f'ajoutez à {CONFIG_FILE} la ligne {key} = "…", avec {meant}'
            yield Need(CONFIG_FILE, key, message, hint, required=True)
        elif _HELD_PLACE.fullmatch(value):
            why = f"« {value} » tient la place de la vraie valeur"
            hint = f'écrivez {key} = "…", avec {meant}'
            yield Need(CONFIG_FILE, key, f"{message} ({why})", hint, required=True)


def _check_agreement(site: Site) -> Iterator[Need]:
    """Yield a need if the day of the network's agreement to lend its name is missing or to come."""
    day = site.config.agreed_on
    if day and day <= site.today:
        return
    message = "le jour où le réseau a donné son accord à l'usage de son nom"
    verb = f"ajoutez à {CONFIG_FILE} la ligne"
    if day:
        message = f"{message} ({format_date(day)} n'est pas encore venu)"
        verb = "écrivez"
    hint = f"{verb} accord_du_reseau = AAAA-MM-JJ, avec le jour de l'accord"
    yield Need(CONFIG_FILE, "accord_du_reseau", message, hint, required=True)


def _is_reserved(host: str) -> bool:
    """Return whether no site can be at this host: its last part is for examples and tests."""
    return host.rpartition(".")[2] in {"example", "invalid", "test", "localhost"}


def _list_wanted(site: Site) -> Iterator[Need]:
    config = site.config
    if config.examples:
        message = f"exemples = {config.examples} : un site public ne montre aucune fiche d'exemple"
        yield Need(CONFIG_FILE, "exemples", message, "effacez cette ligne")
    if not config.data_licence:
        hint = 'ajoutez licence_des_donnees = "Licence Ouverte 2.0 (Etalab)", ou celle du réseau'
        yield Need(CONFIG_FILE, "licence_des_donnees", "la licence des données", hint)
    waiting = [one.path for one in site.list_real(Catalyser) if not one.verified_on]
    if waiting:
        shown = f"{', '.join(waiting[:_SHOWN])}{', …' if len(waiting) > _SHOWN else ''}"
        message = f"{len(waiting)} fiches que leur structure n'a pas confirmées : {shown}"
        hint = "demandez à chacune de relire sa page, puis ajoutez verifie_le: AAAA-MM-JJ"
        yield Need(waiting[0], "verifie_le", message, hint)

    yield from _list_unreachable(site)


def _list_unreachable(site: Site) -> Iterator[Need]:
    """Yield a need for each record without site, e-mail or telephone.

    The message gives the day on which a contact was last sought, if any.
    """
    for one in site.list_real(Catalyser):
        if not list_contacts(one):
            day = one.contact_sought_on
            sought = f"contact cherché le {format_date(day)}, non trouvé" if day else "sans contact"
            hint = "demandez à la structure, puis ajoutez site:, courriel: ou telephone:"
            yield Need(one.path, "site", f"{one.name} : {sought}", hint)


def _list_unfinished_pages(site: Site, *, required: bool) -> Iterator[Need]:
    """Yield a need for each sentence of a page that is still to be completed.

    If `required`, these are the sentences that a public site may not have, else the sentences that
    it may have.
    """
    for entry in site.list_entries(Entry):
        if entry.kind_name != "page":
            continue
        for number, line in enumerate(entry.body.text.split("\n"), entry.body.first_line):
            for found in _UNFINISHED[required].finditer(line):
                words = found[0].strip()
                message = f"une phrase à remplacer : {words[:120]}{'…' if len(words) > 120 else ''}"
                hint = "remplacez-la par ce qui est su"
                yield Need(entry.path, f"ligne {number}", message, hint, required, number)
