"""The page of a letter's mail: the mail as various mailboxes show it, and remarks about it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from maille.formats.email_message import read_subject
from maille.kinds.newsletter import Newsletter
from maille.letters.outbox import Parcel, compose
from maille.letters.proofread import proofread_letter
from maille.preview.notices import draw_page, list_problems
from maille.problems import Problem, sort_problems
from maille.site.model import Site

# The widths, in pixels, of a phone, and of the reading pane of a mail program on a computer.
PHONE, DESK = 360, 700
# The frames of a mail: the version that the frame shows, its title, its width.
FRAMES = (
    ("clair", "Téléphone", PHONE),
    ("sombre", "Téléphone, sombre", PHONE),
    ("clair", "Ordinateur", DESK),
    ("sombre", "Ordinateur, sombre", DESK),
    ("sans-images", "Images bloquées", DESK),
    ("sans-style", "Feuille de style retirée", DESK),
    ("texte", "Texte seul", DESK),
)
# A mail has no scripts; its styles are inside it, and its images come from the preview.
POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'"
_DARK = re.compile(r"@media\s*\(\s*prefers-color-scheme:\s*dark\s*\)")
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter with its sender, its mail (`parcel`), and the remarks about both."""

    letter: Newsletter
    sender: str
    parcel: Parcel
    remarks: tuple[Problem, ...]


def prepare_mail(root: Path, site: Site, slug: str, problems: Iterable[Problem]) -> Mail | None:
    """Return the mail of the letter `slug`.md, or None if the site has no such letter.

    The remarks are the ones that the command `relire` prints. `problems` are those of the whole
    site: those of the file of the letter are among the remarks.
    """
    letter = site.find(Newsletter.kind_name, slug)
    if not isinstance(letter, Newsletter):
        return None
    own = (one for one in problems if one.path == letter.path)
    parcel = compose(root, site, letter)
    said = sort_problems((*own, *proofread_letter(site, letter)))
    sender = site.config.letter.sender or site.config.name
    return Mail(letter, sender, parcel, (*said, *parcel.for_writers))


def draw_letter(mail: Mail, root: Path, base: str) -> bytes:
    """Return the page of a mail; each of its frames shows a version (see `draw_version`)."""
    lines = (*_list_remarks(mail, root), *_list_editions(mail, base), *_list_sizes(mail.parcel))
    return draw_page(f"Courriel : {mail.letter.heading}", lines, base)


def draw_letters(letters: Iterable[tuple[str, str]], base: str) -> bytes:
    """Return the page with links to the mails of all letters; `letters` has (name, title) pairs."""
    items = (
        f'<li><a href="{escape(base)}courriel/{escape(slug)}/">{escape(slug)}</a> {escape(title)}'
        "</li>"
        for slug, title in letters
    )
    return draw_page("Les courriels des lettres", ("<ul>", *items, "</ul>"), base)


def draw_version(files: Mapping[str, bytes], name: str, site_url: str, base: str) -> bytes | None:
    """Return the version `name` of a mail, such as `2024-05.sombre`, or None if there is none.

    `files` are the files of the mail. Images come from the preview (`base`), not from the
    published site (`site_url`).
    """
    stem, _, version = name.rpartition(".")
    if version not in {one for one, _, _ in FRAMES} or f"{stem}.html" not in files:
        return None
    if version == "texte":
        return files[f"{stem}.txt"]
    html = files[f"{stem}.html"].decode().replace(f'src="{site_url}', f'src="{base}')
    # Without this, the browser's settings would decide between light and dark.
    is_dark = version == "sombre"
    html = _DARK.sub("@media all" if is_dark else "@media not all", html)
    html = html.replace('content="light dark"', f'content="{"dark" if is_dark else "light"}"', 1)
    return (_STYLE.sub("", html) if version == "sans-style" else html).encode()


def make_policy(name: str) -> str:
    """Return the content security policy of a version; `sans-images` blocks images."""
    return POLICY.replace("'self' data:", "'none'") if name.endswith(".sans-images") else POLICY


def _list_remarks(mail: Mail, root: Path) -> Iterator[str]:
    yield "<h2>À relire</h2>"
    if mail.remarks:
        yield from list_problems(mail.remarks, root)
    else:
        yield "<p>Rien à redire.</p>"


def _list_editions(mail: Mail, base: str) -> Iterator[str]:
    """Yield the HTML of each edition: its subject, as two inboxes show it, and its frames."""
    files = mail.parcel.files
    for name in sorted(one for one in files if one.endswith(".eml")):
        stem = name.removesuffix(".eml")
        subject = escape(read_subject(files[name]))
        summary = escape(mail.letter.summary or "")
        yield f"<h2>{subject}</h2>"
        for kind in ("etroite", "large"):
            yield (
                f'<p class="boite {kind}"><b>{escape(mail.sender)}</b><br>'
                f"<span>{subject}</span><br><small>{summary}</small></p>"
            )
        print_of = hashlib.blake2b(files[f"{stem}.html"] + files[f"{stem}.txt"], digest_size=6)
        yield '<div class="cadres">'
        for version, title, width in FRAMES:
            at = f"{base}_apercu/courriel/{mail.letter.slug}/{stem}.{version}"
            yield (
                f'<figure><figcaption>{title}</figcaption><iframe title="{title}, {subject}" '
                f'width="{width}" height="600" src="{escape(at)}?{print_of.hexdigest()}"></iframe>'
                "</figure>"
            )
        yield "</div>"


def _list_sizes(parcel: Parcel) -> Iterator[str]:
    yield "<h2>Ce que chaque fichier pèse</h2>\n<ul>"
    for name, data in parcel.files.items():
        size = f"{len(data) / 1000:.1f}".replace(".", ",")
        yield f"<li>{escape(name)} : {size} ko</li>"
    yield "</ul>"
