"""Compose the mail of a letter: HTML, text, `.eml` message, a calendar per event with a known day.

Nothing is sent. Nothing in the mail tracks readers: links lead straight to their pages, and there
is no tracking pixel.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import css_inline

from maille.formats.email_message import Mail, Mailbox, write_message
from maille.formats.plain_text import Links, convert_to_text, underline, wrap_text
from maille.kinds.newsletter import Completeness
from maille.schema.event import Occasion
from maille.schema.letter import MailingList
from maille.site.config import Config
from maille.site.letter_config import UNSUBSCRIBE_LENGTH
from maille.site.model import Section, Site
from maille.site.sealed_letters import Teaser
from maille.text.dates import format_date
from maille.text.merge_tags import escape_html, escape_text
from maille.text.time_zones import load_zone
from maille.text.urls import encode_mailbox, encode_url, make_mailto
from maille.views.agenda import make_calendar
from maille.views.letter_contents import LetterContents
from maille.views.plans import PagePlan

TEMPLATE = "courriel.html"
# Shown only if `site.toml` asks for it: the program that sends the mail could add tracking.
NO_TRACKING = "Aucun pixel, aucun lien de suivi : personne ne sait si vous avez ouvert cette lettre"
# A mail whose encoded HTML has more bytes than this gives a warning. Gmail clips large mails: its
# limit is not published, but it is higher.
HEAVY = 95_000
# A mark in place of the unsubscribe address. It is replaced last: in the rest of the HTML, the
# placeholders of mailing programs are escaped.
_UNSUBSCRIBE = "maille:desabonnement"
_HOUR = datetime.time(8)  # in the Date header: fixed, so that mails are reproducible


def compose_files(
    site: Site, issue: LetterContents, draw: Callable[[PagePlan], str]
) -> Mapping[str, bytes]:
    """Return the files of a mail, by file name; `draw` renders a page plan to HTML."""

    def compose(unsubscribe: str) -> tuple[str, str]:
        page = compose_html(site, issue, draw, unsubscribe)
        return page, compose_text(site, issue, unsubscribe)

    page, text = compose(find_unsubscribe_address(site))
    own = find_unsubscribe_address(site, with_tags=False)  # mail programs replace no placeholder
    return {
        f"{issue.name}.html": page.encode(),
        f"{issue.name}.txt": text.encode(),
        f"{issue.name}.eml": write_message(_make_mail(site, issue, *compose(own), own)),
        **{
            f"{one.kind_name}-{one.slug}.ics": make_calendar(site, one)
            for told in issue.dates
            if isinstance(one := site.find(told.kind, told.slug), Occasion) and one.date.day
        },
    }


def find_unsubscribe_address(site: Site, *, with_tags: bool = True) -> str:
    """Return the unsubscribe address, or the placeholder that a mail service replaces with it.

    If `site.toml` has neither, return a `mailto:` address of the network, or "" if the network has
    no address. With `with_tags=False`, ignore a placeholder.
    """
    given = site.config.letter.unsubscribe or ""
    if given and (with_tags or given.startswith(("https:", "mailto:"))):
        return given
    to = _find_reply_address(site)
    return make_mailto(to, "Ne plus recevoir la lettre") if to else ""


def _find_reply_address(site: Site) -> str:
    return site.config.mailbox or site.config.letter.address or ""


def _make_mail(site: Site, issue: LetterContents, page: str, text: str, unsubscribe: str) -> Mail:
    config, letter = site.config, issue.letter
    day = letter.published_on or letter.period.first_day
    return Mail(
        _clean_header(issue.subject),
        choose_sender(config),
        datetime.datetime.combine(day, _HOUR, load_zone(config.time_zone)),
        f"{issue.name}.{config.namespace}@{_encode_host(config)}",
        text,
        page,
        # Readers are put in Bcc, or added by a service. Filters distrust a mail without To.
        to=choose_sender(config),
        reply_to=Mailbox("", encode_mailbox(config.mailbox)) if config.mailbox else None,
        list_id=_make_list_id(config, letter.mailing_list),
        archive=encode_url(site.make_absolute(site.list_address(letter.mailing_list))),
        unsubscribe=_list_ways_out(config, unsubscribe),
        one_click=config.letter.one_click is not None,
        language=config.language,
    )


def _make_list_id(config: Config, mailing_list: MailingList) -> Mailbox:
    """Return the name and the identifier of a list, for the header List-Id (RFC 2919)."""
    if mailing_list.is_only:
        return Mailbox(_clean_header(config.name), f"lettre.{_encode_host(config)}")
    words = _clean_header(f"{config.name}, {mailing_list.name}")
    return Mailbox(words, f"{mailing_list.key}.lettre.{_encode_host(config)}")


def _list_ways_out(config: Config, unsubscribe: str) -> tuple[str, ...]:
    """Return the addresses for the header List-Unsubscribe.

    With one-click, only one address may be in `https:` (RFC 8058, 3.1). A `mailto:` address is left
    out too if it makes the header too long, since this header is not folded.
    """
    once = config.letter.one_click
    if once is None:
        return (unsubscribe,) if unsubscribe else ()
    short = len(once) + len(unsubscribe) <= UNSUBSCRIBE_LENGTH
    return (once, unsubscribe) if unsubscribe.startswith("mailto:") and short else (once,)


def choose_sender(config: Config) -> Mailbox:
    """Return the sender of letters, with an address at the site's host if none is configured."""
    address = config.letter.address or config.mailbox or f"lettre@{_encode_host(config)}"
    return Mailbox(_clean_header(config.letter.sender or config.name), encode_mailbox(address))


def _encode_host(config: Config) -> str:
    """Return the site's host in ASCII (RFC 3490), as headers require."""
    return config.host.encode("idna").decode()


def _clean_header(text: str) -> str:
    """Return `text` on one line, without control characters, as headers require."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())


# --- HTML ----------------------------------------------------------------------------------------


def compose_html(
    site: Site, issue: LetterContents, draw: Callable[[PagePlan], str], unsubscribe: str
) -> str:
    """Return the HTML of the mail of an issue; `draw` renders a page plan to HTML.

    Styles are inlined on each element, since some mail clients drop `<style>`. `unsubscribe` is an
    address, a placeholder, or "". All other text that a mailing program would take for a
    placeholder is escaped.
    """
    to = _find_reply_address(site)
    plan = PagePlan(
        issue.address,
        TEMPLATE,
        issue.subject,
        context={
            "issue": issue,
            "reply": make_mailto(to, f"Re : {issue.subject}") if to else "",
            "unsubscribe": _UNSUBSCRIBE if unsubscribe else "",
            "no_tracking": NO_TRACKING if site.config.letter.no_tracking else "",
        },
        source=issue.letter.path,
    )
    inliner = css_inline.CSSInliner(minify_css=True, load_remote_stylesheets=False)
    # Remove the tags that the inliner adds, and two attributes: one that only the inliner reads,
    # and one that mail clients ignore.
    inlined = re.sub(
        r"</?tbody>| data-css-inline=\"keep\"| rel=\"external\"", "", inliner.inline(draw(plan))
    )
    dense = escape_html(re.sub(r"\n\s*\n+", "\n", inlined).strip() + "\n")
    return dense.replace(f'"{_UNSUBSCRIBE}"', f'"{html.escape(unsubscribe)}"')


# --- Plain text ----------------------------------------------------------------------------------


def compose_text(site: Site, issue: LetterContents, unsubscribe: str) -> str:
    """Return the plain text of the mail, wrapped at 72 columns; links are listed at the end.

    `unsubscribe` is the same as for `compose_html`.
    """
    links = Links(lambda address: site.make_absolute(address) if address[:1] == "/" else address)
    blocks = [
        *_compose_opening(site, issue, links),
        *(block for part in issue.parts for block in _compose_part(site, part, links)),
        *_compose_list(issue.news_title, ((one, one.words) for one in issue.news), links),
        *_compose_list(issue.dates_title, ((one, one.meta) for one in issue.dates), links),
    ]
    texts = [
        *(escape_text("\n".join(block)) for block in blocks),
        *("\n".join(block) for block in _compose_closing(site, unsubscribe)),
        escape_text("\n".join(links.list_addresses())),
    ]
    return "\n\n".join(filter(None, texts)) + "\n"


def _compose_opening(site: Site, issue: LetterContents, links: Links) -> Iterator[list[str]]:
    letter, config = issue.letter, site.config
    yield underline(f"{config.name} · {issue.heading}", "=")
    if config.is_demonstration:
        yield ["Site de démonstration, non officiel."]
    yield wrap_text(letter.title)
    if letter.summary:
        yield wrap_text(letter.summary)
    if letter.origin:
        origin = links.number("texte d'origine", letter.origin.url)
        partial = letter.origin.completeness is Completeness.PARTIAL
        yield wrap_text(
            f"Résumé de nouvelles publiées par {letter.origin.publisher} ; {origin}."
            f"{' La fin n’en a pas été retrouvée : ce résumé est partiel.' if partial else ''}"
        )
    online = links.number("Lire en ligne", issue.address)
    yield wrap_text(f"{online}, {issue.minutes} min de lecture.")


def _compose_part(site: Site, part: Section, links: Links) -> Iterator[list[str]]:
    if part.title:
        yield underline(part.title)
    yield [convert_to_text(part.html, links)]
    before = site.neighbours(part).before
    if before:
        words = links.number(format_date(before.letter.period), site.section_address(before))
        other = f", sous le nom « {before.title} »" if before.title != part.title else ""
        yield wrap_text(f"Précédemment : {words}{other}.")


def _compose_list(
    title: str, items: Iterable[tuple[Teaser, str]], links: Links
) -> Iterator[list[str]]:
    for number, (teaser, words) in enumerate(items):
        if number == 0:
            yield underline(title)
        named = links.number(teaser.title, teaser.address) if teaser.address else teaser.title
        yield [*wrap_text(named, first="- ", then="  "), *wrap_text(words, first="  ", then="  ")]


def _compose_closing(site: Site, unsubscribe: str) -> Iterator[list[str]]:
    config = site.config
    yield ["-" * 20]
    if to := _find_reply_address(site):
        yield wrap_text(f"Répondre : {to}")
    if config.letter.no_tracking:
        yield wrap_text(f"{NO_TRACKING}.")
    if unsubscribe:
        yield wrap_text(f"Ne plus recevoir cette lettre : {unsubscribe}")
