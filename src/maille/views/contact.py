"""The contact page: who to write to in a territory for a need, and how to write to the network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maille.kinds.catalyser import Catalyser
from maille.kinds.newsletter import Newsletter
from maille.kinds.projet import Projet
from maille.site.model import Site
from maille.site.writing import find_recipient
from maille.text.dates import PartialDate, format_date
from maille.text.urls import Link
from maille.views.plans import PagePlan
from maille.views.sentences import describe_records, list_retold, make_message_url

ADDRESS = "/contact/"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to write to the network: its label, and the start of the message to send."""

    label: str
    subject: str
    body: str = ""


REASONS = (
    Reason(
        "Chercher de l’aide dans un territoire",
        "Une demande",
        "Bonjour,\r\n\r\nNotre territoire : \r\nNotre besoin : \r\nPour me répondre : ",
    ),
    Reason("Rejoindre le réseau", "Rejoindre le réseau", "Bonjour,\r\n\r\nQui nous sommes, où : "),
    Reason("Faire retirer ou corriger ce qui vous concerne", "Une correction", "Page : "),
    Reason("Donner une nouvelle pour la lettre", "Une nouvelle pour la lettre"),
    Reason("Presse", "Presse"),
)


def list_figures(site: Site) -> list[Link]:
    """Return phrases that count what the site has, each with a link to the list that it counts."""
    projects, letters = site.list_real(Projet), site.list_real(Newsletter)
    counted: list[tuple[str, str]] = []
    if site.list_real(Catalyser):
        counted.append((Catalyser.kind_name, describe_records(site)))
    if projects:
        s = "s" if len(projects) > 1 else ""
        counted.append((Projet.kind_name, f"{len(projects)} projet{s}"))
    if letters:
        first = min((one.period for one in letters), key=lambda period: period.sort_key)
        month = format_date(PartialDate(first.year, first.month))
        s = "s" if len(letters) > 1 else ""
        counted.append((Newsletter.kind_name, f"{len(letters)} lettre{s} depuis {month}"))
    return [Link(words, site.kind(kind).prefix) for kind, words in counted]


def plan(site: Site) -> Iterator[PagePlan]:
    """Yield the contact page. If nobody receives messages, the page says so and offers no link."""
    yield PagePlan(
        ADDRESS,
        "contact.html",
        "Contact",
        description="À qui écrire, dans quel territoire et pour quel besoin ; "
        "comment écrire au réseau.",
        context={
            "any": bool(site.list_entries(Catalyser)),
            "recipient": find_recipient(site.config),
            "retold": list_retold(site),
            "figures": list_figures(site),
            "reasons": [
                (reason.label, make_message_url(site, reason.subject, reason.body))
                for reason in REASONS
            ],
            "areas": [
                (region, [site.gazetteer.departments[code] for code in region.departments])
                for region in site.gazetteer.regions.values()
            ],
            "collectivities": site.gazetteer.list_collectivities(),
        },
        source="la page de contact",
    )
