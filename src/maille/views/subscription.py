"""The subscription page of the letter: how to receive it, how to stop, what data is kept."""

from __future__ import annotations

from dataclasses import dataclass

from maille.kinds.newsletter import Newsletter
from maille.schema.letter import MailingList
from maille.schema.vocabulary import Rhythm
from maille.site.letter_config import Edition
from maille.site.model import Site
from maille.site.writing import find_recipient
from maille.text.urls import Link
from maille.views.agenda import list_events
from maille.views.plans import PagePlan
from maille.views.sentences import list_retold, make_message_url

ADDRESS = "/abonnement/"
SUBJECT = "Recevoir la lettre"
_RHYTHMS = {
    Rhythm.DAY: "chaque jour",
    Rhythm.WEEK: "chaque semaine",
    Rhythm.MONTH: "chaque mois",
}


def plan_subscription_page(site: Site) -> PagePlan:
    """Return the page where visitors subscribe to the letter.

    It first shows the feeds and the calendar, which anyone can use. Then comes the form of the
    service that `site.toml` names; without a form, a link that opens a message to the network; if
    nobody receives messages either, a sentence that says so.
    """
    form = site.config.letter.form
    return PagePlan(
        ADDRESS,
        "abonnement.html",
        SUBJECT if len(site.lists) == 1 else "Recevoir les lettres",
        description=f"La {site.kind(Newsletter.kind_name).singular} par courriel : comment "
        "la recevoir, comment ne plus la recevoir, ce qui est gardé.",
        context={
            "form": form,
            "choices": _list_choices(site) if form and form.editions else [],
            "offers": _list_offers(site),
            "recipient": find_recipient(site.config),
            "asking": make_message_url(site, SUBJECT, _write_message(site)),
            "retold": list_retold(site),
            "with_calendar": bool(list_events(site)),
            "sent": any(not letter.origin for letter in site.list_entries(Newsletter)),
        },
        source="la page d'abonnement",
        csp={"form-action": (form.origin,)} if form else {},
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """One of several mailing lists: where its letters are, how often they come, how to ask for it.

    `asking` is the URL of a message to the network, "" if nobody receives messages. `latest` is the
    latest letter, if there is one.
    """

    mailing_list: MailingList
    address: str
    rhythm: str
    latest: Link | None
    asking: str


def _list_offers(site: Site) -> list[Offer]:
    """Return an offer for each mailing list, if there are several."""
    return [_make_offer(site, one) for one in site.lists if not one.is_only]


def _make_offer(site: Site, mailing_list: MailingList) -> Offer:
    letters = site.list_letters(Newsletter, mailing_list)
    text = f"Bonjour,\r\n\r\nJe souhaite recevoir « {mailing_list.name} » à cette adresse."
    return Offer(
        mailing_list,
        site.list_address(mailing_list),
        _RHYTHMS[mailing_list.rhythm],
        site.link(letters[-1]) if letters else None,
        make_message_url(site, f"Recevoir « {mailing_list.name} »", text),
    )


def _list_choices(site: Site) -> list[tuple[str, str]]:
    """Return the choices of the form: for each, the value that it sends and its label."""
    form = site.config.letter.form
    if len(site.lists) > 1:
        return [(one.value, one.name) for one in site.lists if one.value] + [
            (one.value, _name_edition(one)) for one in site.config.editions if one.value
        ]
    whole = [(form.value, "Toute la lettre")] if form and form.value else []
    return [*whole, *((one.value, _name_edition(one)) for one in site.config.editions if one.value)]


def _name_edition(edition: Edition) -> str:
    return f"L’édition {edition.title}"


def _write_message(site: Site) -> str:
    asked = ["Bonjour,\r\n\r\nJe souhaite recevoir la lettre à cette adresse."]
    if site.config.editions:
        titles = ", ".join(one.title for one in site.config.editions)
        asked.append(f"Toute la lettre, ou cette édition ({titles}) : ")
    return "\r\n\r\n".join(asked)
