"""The subscription page of the letter: how to receive it, how to stop, what data is kept."""

from __future__ import annotations

from maille.kinds.newsletter import Newsletter
from maille.site.letter_config import Edition
from maille.site.model import Site
from maille.site.writing import find_recipient
from maille.views.agenda import list_events
from maille.views.plans import PagePlan
from maille.views.sentences import list_retold, make_message_url

ADDRESS = "/abonnement/"
SUBJECT = "Recevoir la lettre"


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
        SUBJECT,
        description=f"La {site.kind(Newsletter.kind_name).singular} par courriel : comment "
        "la recevoir, comment ne plus la recevoir, ce qui est gardé.",
        context={
            "form": form,
            "choices": _list_choices(site) if form and form.editions else [],
            "recipient": find_recipient(site.config),
            "asking": make_message_url(site, SUBJECT, _write_message(site)),
            "retold": list_retold(site),
            "with_calendar": bool(list_events(site)),
            "sent": any(not letter.origin for letter in site.list_entries(Newsletter)),
        },
        source="la page d'abonnement",
        csp={"form-action": (form.origin,)} if form else {},
    )


def _list_choices(site: Site) -> list[tuple[str, str]]:
    """Return the choices of the form: for each, the value that it sends and its label."""
    form = site.config.letter.form
    whole = [(form.value, "Toute la lettre")] if form and form.value else []
    return [*whole, *((one.value, _name_edition(one)) for one in site.config.editions if one.value)]


def _name_edition(edition: Edition) -> str:
    return f"L’édition {edition.title}"


def _write_message(site: Site) -> str:
    """Return the prefilled text of the mail that asks to subscribe."""
    asked = ["Bonjour,\r\n\r\nJe souhaite recevoir la lettre à cette adresse."]
    if site.config.editions:
        titles = ", ".join(one.title for one in site.config.editions)
        asked.append(f"Toute la lettre, ou cette édition ({titles}) : ")
    return "\r\n\r\n".join(asked)
