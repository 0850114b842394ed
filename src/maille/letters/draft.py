"""Write the draft of a letter, with lists of the period's news and of coming events.

Under the heading of each active project, an HTML comment gives the project's last news (with its
age) and its announcements without follow-up. No page shows this comment. A heading with nothing
else under it is reported as an empty section.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from maille.formats.plain_text import Links, convert_to_text
from maille.kinds.actualite import Actualite
from maille.kinds.evenement import Evenement
from maille.kinds.newsletter import Newsletter, make_letter_heading
from maille.kinds.projet import Projet
from maille.kinds.webinaire import Webinaire
from maille.schema.event import Occasion
from maille.schema.letter import MailingList
from maille.schema.vocabulary import Rhythm
from maille.site.letter_lists import choose_list, opens_month
from maille.site.model import Site, keep_real
from maille.text.dates import Period, count_months_between, format_date
from maille.text.letter_names import LetterName
from maille.views.sentences import describe_silence

# A project is active if its last news, or the date of an announcement without follow-up, is at
# most this many months old. Other projects are only listed at the end, once a month.
ACTIVE = 24
# Events of this many months are listed, starting with the month of the letter's period.
AHEAD = 2
_ONLY = MailingList()


def write_draft(root: Path, site: Site, named: LetterName) -> str:
    """Write the draft of a letter; return its path relative to the root.

    Raises ContentError if the site has no such mailing list, or if that list has another rhythm;
    FileExistsError if the letter exists; OSError if it cannot be written.
    """
    mailing_list = choose_list(site.lists, named)
    return write_letter(root, site, named, compose_draft(site, named.period, mailing_list))


def write_letter(root: Path, site: Site, named: LetterName, text: str) -> str:
    """Write the file of a letter that does not exist yet; return its path relative to the root.

    Raises FileExistsError when the letter exists, OSError when it cannot be written.
    """
    path = f"{site.kind(Newsletter.kind_name).folder}/{named}.md"
    with (root / path).open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def list_first_keys(period: Period, mailing_list: MailingList) -> Iterator[str]:
    """Yield the first lines of the front matter of a draft: those above its title."""
    yield "brouillon: oui  # effacez cette ligne quand la lettre est prête"
    if mailing_list.rhythm is Rhythm.MONTH:
        yield f"mois: {period}"


def compose_draft(site: Site, period: Period, mailing_list: MailingList = _ONLY) -> str:
    """Return the text of a draft: front matter, active projects, names of the other projects."""
    header = _compose_front_matter(site, period, mailing_list)
    return "\n".join((*header, *_compose_parts(site, period, mailing_list)))


def _compose_front_matter(site: Site, period: Period, mailing_list: MailingList) -> Iterator[str]:
    yield "---"
    yield from list_first_keys(period, mailing_list)
    yield f"titre: {make_letter_heading(period, mailing_list)}"
    yield "resume:         # une phrase, que les boîtes aux lettres montrent sous l'objet"
    news = (one for one in site.list_entries(Actualite) if _is_of(one, period))
    yield from _list_references("actualites", news)
    yield from _list_references(
        "evenements", (e for e in site.list_entries(Evenement) if _is_near(e, period))
    )
    yield from _list_references(
        "webinaires", (w for w in site.list_entries(Webinaire) if _is_near(w, period))
    )
    yield "---"


def _list_references(key: str, entries: Iterable[Actualite | Occasion]) -> Iterator[str]:
    """Yield the YAML of the list `key`: the slug of each real entry, its title as a comment.

    The list is `[]` if there is none. Real entries are those that are not examples.
    """
    real = keep_real(entries)
    yield f"{key}:" if real else f"{key}: []"
    for entry in real:
        yield f"  - {entry.slug}  # {entry.heading}"


def _is_of(news: Actualite, period: Period) -> bool:
    day = news.published_on or (news.date.first_day if news.date else None)
    return day is not None and period.first_day <= day <= period.last_day


def _is_near(occasion: Occasion, period: Period) -> bool:
    if occasion.status or occasion.date.first_day < period.first_day:
        return False
    return count_months_between(period, occasion.date) < AHEAD


def _compose_parts(site: Site, period: Period, mailing_list: MailingList) -> Iterator[str]:
    silent = []
    for project in _sort_projects(site):
        if _is_active(site, project, period):
            yield f"## {project.name}"
            yield ""
            yield from _compose_note(site, project, period, mailing_list)
            yield ""
        else:
            silent.append(project.name)
    if silent and opens_month(site.list_entries(Newsletter), mailing_list, period):
        yield f"<!-- Sans nouvelle depuis plus de {ACTIVE} mois, ou depuis toujours :"
        yield from (f"- {name}" for name in silent)
        yield "-->"
        yield ""


def _sort_projects(site: Site) -> list[Projet]:
    """Return the projects that are not examples, the most recently mentioned first.

    Projects last mentioned in the same letter keep the order of that letter; projects that no
    letter mentions come last.
    """
    mentioned = {
        section.project.key: (letter.period.sort_key, -rank)
        for letter in site.list_entries(Newsletter)
        for rank, section in enumerate(site.sections_of(letter))
        if section.project
    }
    latest = dict(sorted(mentioned.items(), key=lambda item: item[1]))
    ranks = {key: rank for rank, key in enumerate(reversed(latest))}
    return sorted(site.list_real(Projet), key=lambda project: ranks.get(project.key, len(ranks)))


def _is_active(site: Site, project: Projet, period: Period) -> bool:
    thread = site.thread(project)
    days = [one.date for one in project.announcements if not one.follow_up and one.date]
    last = [*(section.letter.period for section in thread), *days]
    return any(count_months_between(day, period) <= ACTIVE for day in last)


def _compose_note(
    site: Site, project: Projet, period: Period, mailing_list: MailingList
) -> Iterator[str]:
    """Yield an HTML comment: the project's last news, and announcements without follow-up.

    The last news comes from the same mailing list if it has any; otherwise from another one, which
    the comment names.
    """
    thread = site.thread(project)
    own = [one for one in thread if one.letter.mailing_list == mailing_list]
    if thread:
        last = (own or thread)[-1]
        ago = describe_silence(count_months_between(last.letter.period, period))
        when = format_date(last.letter.period) if own else last.letter.heading
        yield f"<!-- Dernière nouvelle : {when}, {ago}."
        yield ""
        links = Links(lambda address: address)
        yield convert_to_text(last.html, links).replace("-->", "→")
        yield from links.list_addresses()
    else:
        yield "<!-- Aucune lettre n'en a encore parlé."
    for one in project.announcements:
        if not one.follow_up:
            yield ""
            day = f" ({format_date(one.date)})" if one.date else ""
            yield f"Annoncé{day}, suite non connue : {one.text}".replace("-->", "→")
    yield ""
    yield "Rien de neuf ? Effacez cette partie. -->"
