"""A letter as a mail ready to go: HTML, plain text, the whole message, a calendar for each event.

All is made from the same parts as the page of the letter. Nothing is sent, and nothing in it tells
who opens it or what is followed: whole addresses, no pixel, no redirection.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

import css_inline

from maille.config import Config
from maille.dates import french
from maille.issue import Issue
from maille.kind import Entry
from maille.kinds.newsletter import Completeness
from maille.message import Mail, Mailbox, message
from maille.occasion import Occasion
from maille.plain import Links, plain, underlined, wrapped
from maille.site import PagePlan, Section, Site
from maille.views.agenda import calendar_of
from maille.wording import appointment, minutes

TEMPLATE = "courriel.html"
# Of HTML as it travels: Gmail cuts a mail that is heavier; its limit is not told, this is safe.
HEAVY = 95_000
_HOUR = datetime.time(8)  # at which a letter is dated: the clock is not read


def files(site: Site, issue: Issue, draw: Callable[[PagePlan], str]) -> Mapping[str, bytes]:
    """Return the files of a mail by name; `draw` gives the HTML of a page from its template."""
    html, text = mail_html(site, issue, draw), mail_text(site, issue)
    name = f"lettre-{issue.letter.slug}"
    return {
        f"{name}.html": html.encode(),
        f"{name}.txt": text.encode(),
        f"{name}.eml": message(_mail(site, issue, html, text)),
        **{
            f"{one.kind_name}-{one.slug}.ics": calendar_of(site, one)
            for one in issue.dates
            if one.date.day
        },
    }


def _mail(site: Site, issue: Issue, html: str, text: str) -> Mail:
    config, letter = site.config, issue.letter
    day = letter.published_on or letter.month.first_day
    way = config.letter.unsubscribe or ""
    return Mail(
        _line(issue.subject),
        sender(config),
        datetime.datetime.combine(day, _HOUR, zoneinfo.ZoneInfo(config.time_zone)),
        f"lettre-{letter.slug}.{config.namespace}@{_host(config)}",
        text,
        html,
        reply_to=Mailbox("", _ascii(config.contact)) if config.contact else None,
        list_id=Mailbox(_line(config.name), f"lettre.{_host(config)}"),
        unsubscribe=(way,) if way.startswith(("https:", "mailto:")) else (),
        language=config.language,
    )


def sender(config: Config) -> Mailbox:
    """Return who sends the letter; until an address is chosen, one of the site's host."""
    address = config.letter.address or config.contact or f"lettre@{_host(config)}"
    return Mailbox(_line(config.letter.sender or config.name), _ascii(address))


def _host(config: Config) -> str:
    """Return the host of the site in ASCII (RFC 3490), which is all that a header holds."""
    return config.host.encode("idna").decode()


def _ascii(address: str) -> str:
    """Return an address whose host is in ASCII."""
    name, _, host = address.partition("@")
    return f"{name}@{host.encode('idna').decode()}"


def _line(text: str) -> str:
    """Return a text as a header may hold it: one line, without what cannot be seen."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())


def reply(site: Site, issue: Issue) -> str:
    """Return the `mailto:` (RFC 6068) that answers a letter."""
    config = site.config
    to = config.contact or config.letter.address or ""
    return f"mailto:{to}?subject={quote(f'Re : {issue.subject}', safe='')}"


# --- HTML ----------------------------------------------------------------------------------------


def mail_html(site: Site, issue: Issue, draw: Callable[[PagePlan], str]) -> str:
    """Return the HTML of the mail, its styles on each element: some mailboxes drop the others."""
    plan = PagePlan(
        issue.address,
        TEMPLATE,
        issue.subject,
        context={
            "issue": issue,
            "dates": [(one, appointment(one, site)) for one in issue.dates],
            "reply": reply(site, issue),
            "unsubscribe": site.config.letter.unsubscribe or "",
        },
        source=issue.letter.path,
    )
    inliner = css_inline.CSSInliner(minify_css=True, load_remote_stylesheets=False)
    # What the inliner adds, or was told by, says nothing to a mailbox.
    made = re.sub(
        r"</?tbody>| data-css-inline=\"keep\"| rel=\"external\"", "", inliner.inline(draw(plan))
    )
    return re.sub(r"\n\s*\n+", "\n", made).strip() + "\n"


# --- Plain text ----------------------------------------------------------------------------------


def mail_text(site: Site, issue: Issue) -> str:
    """Return the same as plain text, from the Markdown itself: 72 columns, links numbered."""
    links = Links(lambda address: site.absolute(address) if address[:1] == "/" else address)
    blocks = [
        *_opening(site, issue, links),
        *(block for part in issue.parts for block in _part(site, part, links)),
        *_listed(issue.news_title, issue.news, site, links, lambda one: one.abstract),
        *_listed(issue.dates_title, issue.dates, site, links, lambda one: _when(one, site)),
        *_closing(site),
    ]
    notes = "\n".join(links.lines())
    return "\n\n".join("\n".join(block) for block in blocks if block) + f"\n\n{notes}\n"


def _opening(site: Site, issue: Issue, links: Links) -> Iterator[list[str]]:
    letter, config = issue.letter, site.config
    yield underlined(f"{config.name} · {letter.heading}", "=")
    if config.is_demonstration:
        yield ["Site de démonstration, non officiel."]
    yield wrapped(letter.title)
    if letter.summary:
        yield wrapped(letter.summary)
    if letter.origin:
        told = links.told("texte d'origine", letter.origin.url)
        partial = letter.origin.completeness is Completeness.PARTIAL
        yield wrapped(
            f"Résumé de nouvelles publiées par {letter.origin.publisher} ; {told}."
            f"{' La fin n’en a pas été retrouvée : ce résumé est partiel.' if partial else ''}"
        )
    online = links.told("Lire en ligne", issue.address)
    yield wrapped(f"{online}, {minutes(letter)} min de lecture.")


def _part(site: Site, part: Section, links: Links) -> Iterator[list[str]]:
    if part.title:
        yield underlined(part.title)
    yield [plain(part.html, links)]
    before = site.neighbours(part).before
    if before:
        words = links.told(french(before.letter.month), site.section_address(before))
        other = f", sous le nom « {before.title} »" if before.title != part.title else ""
        yield wrapped(f"Précédemment : {words}{other}.")


def _listed(
    title: str,
    entries: tuple[Entry, ...],
    site: Site,
    links: Links,
    words: Callable[[Entry], str],
) -> Iterator[list[str]]:
    if entries:
        yield underlined(title)
    for one in entries:
        told = links.told(one.heading, site.address(one))
        yield [*wrapped(told, first="- ", then="  "), *wrapped(words(one), first="  ", then="  ")]


def _when(entry: Entry, site: Site) -> str:
    assert isinstance(entry, Occasion)
    return appointment(entry, site)


def _closing(site: Site) -> Iterator[list[str]]:
    config = site.config
    yield ["-" * 20]
    to = config.contact or config.letter.address
    if to:
        yield wrapped(f"Répondre : {to}")
    if config.letter.unsubscribe:
        yield wrapped(f"Ne plus recevoir cette lettre : {config.letter.unsubscribe}")
