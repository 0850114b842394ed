"""A preview from its first check to Ctrl+C: watch, check again, show."""

from __future__ import annotations

import contextlib
import queue
import threading
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path

from maille.preview.application import Preview
from maille.preview.live_site import LiveSite, State
from maille.preview.server import make_server
from maille.preview.watching import watch_site
from maille.text.urls import extract_base_path

# Seconds before each new attempt at a check that could not read a file, probably while it was being
# saved.
PAUSES = (0.1, 0.4, 1.0)

# Seconds for browsers to load a page whose text changed, before the check takes the processor.
HEAD_START = 0.1

Changes = queue.SimpleQueue[frozenset[Path]]


class _Superseded(Exception):  # noqa: N818 - no error: files changed while they were checked
    """Files changed during a check: its result would be out of date."""


@dataclass(frozen=True, slots=True)
class Session:
    """A site in memory, and the changes of its files that have not been checked yet."""

    live: LiveSite
    root: Path
    changes: Changes = field(default_factory=queue.SimpleQueue)

    def open(self, base_url: str, port: int) -> ThreadingHTTPServer:
        """Return a server that shows the site. Raises OSError if the port cannot be opened."""
        base = extract_base_path(base_url)
        return make_server(Preview(self.live, self.root, base), base_url, port)

    def start(self, folders: tuple[str, ...], tell: Callable[[State], None]) -> None:
        """Watch the root and its `folders` in other threads, and check the site at each change.

        `tell` is called with the state after each check. The first check comes soon: files may have
        changed before they were watched.
        """
        watching = (self.root, folders, self.changes.put)
        threading.Thread(target=watch_site, args=watching, daemon=True, name="watch").start()
        threading.Thread(target=self._keep_fresh, args=(tell,), daemon=True, name="check").start()

    def _keep_fresh(self, tell: Callable[[State], None]) -> None:
        while True:
            self.show_bodies(self.changes.get())
            tell(self.catch_up())

    def show_bodies(self, changed: Iterable[Path]) -> None:
        """Show at once each changed file in which only the text differs; let browsers load it.

        Errors are ignored here: the check that follows reports them.
        """
        shown = None
        for path in changed:
            with contextlib.suppress(OSError, ValueError):
                name = path.relative_to(self.root.absolute()).as_posix()
                shown = self.live.show_body(unicodedata.normalize("NFC", name)) or shown
        if shown:
            threading.Event().wait(HEAD_START)

    def catch_up(self) -> State:
        """Check the site; again if files change meanwhile, or cannot be read. Return the state.

        After the last of `PAUSES`, a file that cannot be read becomes the only problem.
        """
        pauses = iter(PAUSES)
        while True:
            self.show_bodies(self._take_changes())
            try:
                self.live.refresh(self._stop_if_changed)
            except _Superseded:
                continue
            except OSError as error:
                if (pause := next(pauses, None)) is None:
                    return self.live.report_failure(error)
                threading.Event().wait(pause)
            except Exception as error:  # noqa: BLE001 - our bug is reported; the preview goes on
                return self.live.report_failure(error)
            else:
                return self.live.state

    def _take_changes(self) -> frozenset[Path]:
        """Return all the changed paths reported so far, and forget them."""
        found: frozenset[Path] = frozenset()
        while not self.changes.empty():
            found |= self.changes.get()
        return found

    def _stop_if_changed(self, _step: str) -> None:
        if not self.changes.empty():
            raise _Superseded
