"""Answer requests for files of the site, for the preview's own pages, and for news of changes."""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import mimetypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs

from maille.preview.letters import LETTERS, Letters
from maille.preview.live_site import LiveSite, State
from maille.preview.notices import draw_failure, draw_missing
from maille.preview.problem_data import describe_problems
from maille.preview.server import Answer, Request
from maille.problems import Problem, select_errors
from maille.text.urls import make_file_path

# The addresses of the preview's own files start with this. No page of a site has such an address:
# see `SLUG`.
OWN = "_apercu/"
MISSING = "manque/"
HTML = "text/html; charset=utf-8"
# Seconds between two empty messages (comments) to an open page. If the page has been closed,
# sending fails, which ends the thread that serves it.
PULSE = 15.0
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": HTML,
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address shows now. `problems` are those of its template, if it failed."""

    data: bytes
    content_type: str = HTML
    status: HTTPStatus = HTTPStatus.OK
    problems: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str:
        """Return a digest of the status and the bytes."""
        return hashlib.blake2b(b"%d" % self.status + self.data, digest_size=12).hexdigest()


class Preview:
    """The application that shows a site as its files are now."""

    def __init__(self, live: LiveSite, root: Path, base: str = "/") -> None:
        """Show the site `live`, whose files are in `root`, at addresses that start with `base`."""
        self._live, self._root, self._base = live, root, base
        self._letters = Letters(live, root, base)
        self._lock = threading.Lock()
        # The last good bytes of each page, and the digests of the files that each page requested.
        self._last: dict[str, bytes] = {}
        self._asked: dict[str, dict[str, str]] = {}

    def answer(self, request: Request) -> Answer:
        """Return the answer to a request; browsers must not cache it, since it may change."""
        found = self._find(request)
        return replace(found, headers=(*found.headers, ("Cache-Control", "no-store")))

    def _find(self, request: Request) -> Answer:
        if request.path == f"{OWN}suivi":
            query = parse_qs(request.query)
            page, seen = (query.get(name, [""])[0] for name in ("page", "vu"))
            return Answer(self.follow(page, seen), "text/event-stream")
        if request.path.startswith(f"{OWN}{LETTERS}"):
            return self._letters.show_version(request.path.removeprefix(f"{OWN}{LETTERS}"))
        if request.path.startswith(OWN):
            return self._give_own_file(request.path.removeprefix(OWN))
        state = self._live.state
        if self._is_folder(request.path, state):
            where = f"{self._base}{request.path}/"
            return Answer(b"", status=HTTPStatus.MOVED_PERMANENTLY, headers=(("Location", where),))
        shown = self._show(request.path, state)
        if shown.content_type == HTML:
            with self._lock:
                self._asked.pop(request.path, None)  # the page will request its files again
            return Answer(self._add_script(shown), HTML, shown.status)
        if request.page:
            with self._lock:
                self._asked.setdefault(request.page, {})[request.path] = shown.digest
        return Answer(shown.data, shown.content_type, shown.status)

    def follow(self, page: str, seen: str) -> Iterator[bytes]:
        """Yield the events for a page until it must be reloaded.

        `seen` is the digest of what the page shows. An event `problemes` has the current errors, as
        JSON; the last event is `recharge`.
        """
        told: list[dict[str, object]] | None = None
        yield b"retry: 500\n\n"
        while True:
            state = self._live.state
            shown = self._show(page, state)
            if shown.digest != seen or self._has_other_files(page, state):
                yield b"event: recharge\ndata:\n\n"
                return
            errors = (*select_errors(state.problems), *shown.problems)
            problems = describe_problems(errors, self._root)
            if problems != told:
                told = problems
                yield b"event: problemes\ndata: %b\n\n" % json.dumps(problems).encode()
            while self._live.wait(state.version, PULSE).version == state.version:
                yield b":\n\n"

    def _has_other_files(self, page: str, state: State) -> bool:
        """Return whether a file that the page requested has changed since.

        If so, forget which files the page requested.
        """
        with self._lock:
            asked = dict(self._asked.get(page, {}))
        changed = any(self._show(path, state).digest != seen for path, seen in asked.items())
        if changed:
            with self._lock:
                self._asked.pop(page, None)
        return changed

    def _is_folder(self, path: str, state: State) -> bool:
        """Return whether `path` is the address of a page, but lacks the final `/`."""
        if not path or path.endswith("/") or state.pages is None or state.pages.has(path):
            return False
        if f"{path}/".startswith((MISSING, LETTERS)):
            return True
        return state.pages.has(f"{path}/index.html")

    def _show(self, path: str, state: State) -> Shown:
        """Return what to show at `path`: a file of the site, a page of the preview, or an error."""
        file = make_file_path(f"/{path}")
        if state.pages is not None and state.pages.has(file):
            return self._draw(file, state)
        if path == MISSING:
            return Shown(draw_missing(state, self._root, self._base))
        if path.startswith(LETTERS) and (page := self._letters.draw_page(path, state)):
            return Shown(page)
        if state.pages is None:
            return Shown(
                draw_failure(state, self._root, self._base), status=HTTPStatus.SERVICE_UNAVAILABLE
            )
        if state.pages.has("404.html"):
            lost = self._draw("404.html", state)
            return Shown(lost.data, HTML, HTTPStatus.NOT_FOUND, lost.problems)
        return Shown(b"<!doctype html><title>404</title>", status=HTTPStatus.NOT_FOUND)

    def _draw(self, file: str, state: State) -> Shown:
        """Return a file of the site.

        If its template fails, return the last version of the page that was rendered; if there is
        none, a page that shows the problem.
        """
        assert state.pages
        drawn = state.pages.draw(file)
        kind = find_type(file)
        if isinstance(drawn, bytes):
            if kind == HTML:
                self._last[file] = drawn
            return Shown(drawn, kind)
        if file in self._last:
            return Shown(self._last[file], kind, problems=(drawn,))
        return self._explain(state, (drawn,))

    def _explain(self, state: State, others: tuple[Problem, ...] = ()) -> Shown:
        text = draw_failure(state, self._root, self._base, others)
        return Shown(text, status=HTTPStatus.SERVICE_UNAVAILABLE, problems=others)

    def _give_own_file(self, name: str) -> Answer:
        folder = importlib.resources.files("maille.preview") / "assets"
        if name in {"apercu.js", "apercu.css"}:
            return Answer((folder / name).read_bytes(), find_type(name))
        return Answer(b"", status=HTTPStatus.NOT_FOUND)

    def _add_script(self, shown: Shown) -> bytes:
        source = escape(f"{self._base}{OWN}apercu.js")
        tag = f'<script type="module" src="{source}" data-vu="{shown.digest}"></script>'.encode()
        head, found, rest = shown.data.partition(b"</head>")
        return head + tag + found + rest if found else shown.data + tag


def find_type(path: str) -> str:
    """Return the media type of a file, given its path."""
    suffix = f".{path.rpartition('.')[2]}"
    return _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
