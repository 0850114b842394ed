"""Proofread a letter before it goes out, and warn its editor of anything embarrassing.

For example: a day announced that has passed, a promise without follow-up, a link called « ici », an
unlikely year, an unusual length, an image too heavy for mail. All are warnings.
"""

from __future__ import annotations

import datetime
import re
import statistics
from collections.abc import Iterator
from html import unescape

from maille.content.documents import BodyLink
from maille.content.image_encoding import encode_image
from maille.content.images import Image, decode_name
from maille.kinds.newsletter import Newsletter
from maille.kinds.projet import Projet
from maille.problems import Level, Problem
from maille.schema.vocabulary import Rhythm
from maille.site.letter_lists import opens_month
from maille.site.model import Site
from maille.text.announcements import complete, find_late_announcements
from maille.text.dates import MONTHS, count_months_between, format_date
from maille.text.names import fold
from maille.text.prose_dates import exists, explain_weekday, list_dates
from maille.views.sentences import describe_silence

# Link texts, folded, that do not say where the link leads.
_EMPTY = frozenset(
    (
        "ici",
        "la",
        "cliquez ici",
        "cliquer ici",
        "par ici",
        "lien",
        "ce lien",
        "le lien",
        "suivez ce lien",
        "en suivant ce lien",
        "en savoir plus",
        "lire la suite",
        "plus d infos",
        "voir",
        "site",
    )
)
_ANCHOR = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_YEAR = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{3,6}})\b", re.IGNORECASE)
# The likely years: a letter may be about the past.
_YEARS = range(1500, 2101)
# A letter that is more than FAR times longer or shorter than usual gets a warning. The usual length
# is known only if there are at least ENOUGH other letters.
FAR = 2
ENOUGH = 3
# An image with more bytes than this gets a warning.
HEAVY_IMAGE = 200_000
# A project that the letter leaves out is reported if its last news is 3 to 24 months old.
SILENT, LONG = 3, 24


def proofread_letter(site: Site, letter: Newsletter) -> tuple[Problem, ...]:
    """Return the warnings about a letter, each with its line and what to do.

    Warnings about the letter come before those about its projects. If the letter retells news of
    another publisher, its length and the projects that it leaves out are not checked.
    """
    found = (
        *_check_front_matter(letter),
        *_check_notes(letter),
        *_check_links(letter),
        *_check_dates(letter),
        *_check_images(site, letter),
        *_check_promises(site, letter),
        *(() if letter.origin else (*_check_length(site, letter), *_check_silences(site, letter))),
    )
    return tuple(sorted(found, key=lambda one: (one.path != letter.path, one.path, one.line)))


def _make_remark(path: str, line: int, message: str, hint: str, key: str = "") -> Problem:
    return Problem(path, message, hint, Level.WARNING, line=line, key=key)


def _check_front_matter(letter: Newsletter) -> Iterator[Problem]:
    title = letter.document.find_position(("titre",))
    if letter.title == letter.heading:
        what = "le mois" if letter.mailing_list.rhythm is Rhythm.MONTH else "la date"
        message = f"le titre ne dit que {what} : c'est aussi l'objet du courriel"
        yield _make_remark(
            letter.path, title.line, message, "dites ce que la lettre apprend", "titre"
        )
    if not letter.summary:
        message = "sans résumé, les boîtes aux lettres montrent le début du texte sous l'objet"
        yield _make_remark(
            letter.path, title.line, message, "ajoutez « resume: … », une phrase", "resume"
        )


def _check_notes(letter: Newsletter) -> Iterator[Problem]:
    for line in letter.body.notes:
        message = "il reste une note pour vous, que la page ne montre pas"
        yield _make_remark(letter.path, line, message, "effacez-la une fois qu'elle a servi")


def _check_links(letter: Newsletter) -> Iterator[Problem]:
    texts = (re.sub(r"<[^>]+>", "", one) for one in _ANCHOR.findall(letter.body.html))
    for link, words in zip(letter.body.links, map(unescape, texts), strict=False):
        yield from _check_link(letter, link, " ".join(words.split()))


def _check_link(letter: Newsletter, link: BodyLink, words: str) -> Iterator[Problem]:
    if fold(words) in _EMPTY:
        message = f"« {words} » ne dit pas où mène le lien"
        hint = f"nommez la page : [nom de la page]({link.target})"
        yield _make_remark(letter.path, link.line, message, hint)
    elif re.match(r"https?://", words) and len(words) > 40:
        message = "cette adresse est longue à lire, et à entendre"
        yield _make_remark(
            letter.path, link.line, message, f"écrivez [nom de la page]({link.target})"
        )


def _check_dates(letter: Newsletter) -> Iterator[Problem]:
    for number, line in enumerate(letter.body.text.split("\n"), letter.body.first_line):
        for found in _YEAR.finditer(line):
            if int(found[2]) not in _YEARS:
                message = f"l'année {found[2]} n'est pas vraisemblable"
                yield _make_remark(letter.path, number, message, "vérifiez-la ; ou dites le doute")
    day = letter.published_on or letter.period.first_day
    found_late = (*find_late_announcements(letter.body.text, day), *_find_weekdays(letter, day))
    for offset, message, hint in found_late:
        number = letter.body.first_line + letter.body.text.count("\n", 0, offset)
        yield _make_remark(letter.path, number, message, hint)


def _find_weekdays(letter: Newsletter, day: datetime.date) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each wrong weekday of a date without a year.

    The year is taken to be the one that puts the date nearest to `day`. `find_wrong_dates` checks
    the dates that have a year.
    """
    for written in list_dates(letter.body.text):
        if written.weekday is None or written.year or not exists(written):
            continue
        true = complete(written, day).first_day
        if true.weekday() != written.weekday:
            yield written.start, *explain_weekday(written, true)


def _check_images(site: Site, letter: Newsletter) -> Iterator[Problem]:
    for shown in letter.body.images:
        image = site.album.images.get(decode_name(shown.target))
        weight = _weigh_image(image) if image else 0
        if weight > HEAVY_IMAGE:
            message = f"cette image pèse {weight // 1000} ko dans le courriel"
            yield _make_remark(
                letter.path, shown.line, message, "recadrez-la, ou prenez-en une plus simple"
            )


def _weigh_image(image: Image) -> int:
    """Return the size in bytes of the JPEG, the variant that mails show."""
    return len(encode_image(image, image.list_variants()[-1]))


def _check_length(site: Site, letter: Newsletter) -> Iterator[Problem]:
    others = [
        len(one.body.text.split())
        for one in site.list_letters(Newsletter, letter.mailing_list)
        if one is not letter
    ]
    if len(others) < ENOUGH:
        return
    usual, here = statistics.median(others), len(letter.body.text.split())
    if not usual / FAR <= here <= usual * FAR:
        message = f"cette lettre a {here} mots ; les autres en ont d'habitude {round(usual)}"
        hint = "si c'est voulu, laissez ; sinon, vérifiez qu'il ne manque rien"
        yield _make_remark(letter.path, letter.body.first_line, message, hint)


def _check_promises(site: Site, letter: Newsletter) -> Iterator[Problem]:
    """Yield a warning for each announcement that is dated before the letter and not followed up.

    Only the projects that the letter mentions are checked.
    """
    projects = (part.project for part in site.sections_of(letter))
    mentioned = {project.key: project for project in projects if isinstance(project, Projet)}
    for project in mentioned.values():
        for number, one in enumerate(project.announcements):
            if one.date and not one.follow_up and one.date.last_day < letter.period.first_day:
                at = project.document.find_position(("annonces", number, "texte"))
                message = (
                    f"annoncé ({format_date(one.date)}), et la suite n'est pas dite : {one.text}"
                )
                hint = "dites-la dans la lettre, et dans ce fichier : suite: …"
                yield _make_remark(project.path, at.line, message, hint)


def _check_silences(site: Site, letter: Newsletter) -> Iterator[Problem]:
    """Yield at most one warning, which names the projects that the letter should perhaps mention.

    The letter leaves these projects out. Their last news in the same mailing list is SILENT to LONG
    months old. In a daily or weekly list, only the first letter of a month gets this warning.
    """
    if not opens_month(site.list_entries(Newsletter), letter.mailing_list, letter.period):
        return
    mentioned = {part.project.key for part in site.sections_of(letter) if part.project}
    silent = []
    for project in site.list_entries(Projet):
        own = letter.mailing_list
        thread = (one.letter for one in site.thread(project) if one.letter.mailing_list == own)
        before = [one.period for one in thread]
        months = min((count_months_between(one, letter.period) for one in before), default=0)
        if project.key not in mentioned and SILENT <= months <= LONG:
            silent.append(f"{project.name} ({describe_silence(months)})")
    if silent:
        message = f"rien sur {', '.join(silent)}"
        hint = "demandez de leurs nouvelles, ou laissez"
        yield _make_remark(letter.path, letter.body.first_line, message, hint)
