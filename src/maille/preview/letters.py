"""The mails of letters, composed on request from the site in memory."""

from __future__ import annotations

import threading
from http import HTTPStatus
from pathlib import Path

from maille.kinds.newsletter import Newsletter
from maille.preview.letter_page import (
    Mail,
    draw_letter,
    draw_letters,
    draw_version,
    make_policy,
    prepare_mail,
)
from maille.preview.live_site import LiveSite, State
from maille.preview.server import Answer
from maille.site.model import Site
from maille.text.letter_names import looks_like_letter

LETTERS = "courriel/"


class Letters:
    """The mails of the letters of a site; the last one composed is kept until the site changes."""

    def __init__(self, live: LiveSite, root: Path, base: str) -> None:
        """Show the mails of `live`, whose files are in `root`; `base` is the start of addresses."""
        self._live, self._root, self._base = live, root, base
        self._lock = threading.Lock()
        # The key of the last mail (version of the state, name of the letter), and that mail.
        self._last: tuple[tuple[int, str], Mail | None] = (-1, ""), None

    def draw_page(self, path: str, state: State) -> bytes | None:
        """Return the page at `path`: one mail (`courriel/2024-05/`), or the list of all mails.

        Return None if there is no such letter, or no site yet.
        """
        slug = path.removeprefix(LETTERS).removesuffix("/")
        if state.site and not slug:
            return draw_letters(list_letters(state.site), self._base)
        mail = self._find(slug, state)
        return draw_letter(mail, self._root, self._base) if mail else None

    def show_version(self, path: str) -> Answer:
        """Return a version of a mail, for a frame: `path` is like `2024-05/2024-05.sombre`.

        The status is 404 if there is no such version.
        """
        state = self._live.state
        slug, _, name = path.partition("/")
        mail = self._find(slug, state)
        if mail is None or state.site is None:
            return Answer(b"", status=HTTPStatus.NOT_FOUND)
        found = draw_version(mail.parcel.files, name, state.site.published_at, self._base)
        if found is None:
            return Answer(b"", status=HTTPStatus.NOT_FOUND)
        kind = "plain" if name.endswith(".texte") else "html"
        policy = (("Content-Security-Policy", make_policy(name)),)
        return Answer(found, f"text/{kind}; charset=utf-8", headers=policy)

    def _find(self, slug: str, state: State) -> Mail | None:
        """Return the mail of the letter `slug`.md, even a draft; None if there is no such letter.

        The mail is composed once per state of the site.
        """
        if not looks_like_letter(slug) or not _has_letters(state.site):
            return None
        with self._lock:
            key = (state.version, slug)
            if self._last[0] != key:
                site = state.site
                if not site or not site.find(Newsletter.kind_name, slug):
                    site = self._live.read_with_drafts()
                self._last = key, prepare_mail(self._root, site, slug, state.problems)
            return self._last[1]


def _has_letters(site: Site | None) -> bool:
    return site is not None and Newsletter.kind_name in site.entries


def list_letters(site: Site) -> list[tuple[str, str]]:
    """Return the name and the title of each letter, in the reverse order of the names.

    If a letter is held back, the reason takes the place of its title.
    """
    if not _has_letters(site):
        return []
    folder = f"{site.kind(Newsletter.kind_name).folder}/"
    waiting = [one for one in site.held if one.path.startswith(folder)]
    drafts = [(one.path[len(folder) :].removesuffix(".md"), one.reason) for one in waiting]
    shown = [(one.slug, one.title) for one in site.list_entries(Newsletter)]
    return sorted((*shown, *drafts), reverse=True)
