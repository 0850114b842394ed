"""A preview from its first check to Ctrl+C: watch, check again, show."""

from __future__ import annotations

import contextlib
import gc
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
HEAD_START = 0.3

# The memory of former sites is freed after this many seconds without a change, or this many checks:
# freeing it takes up to a second.
IDLE, UNTIDY = 3.0, 3

Changes = queue.SimpleQueue[frozenset[Path]]


class _Superseded(Exception):  # noqa: N818 - no error: files changed while they were checked
    """Files changed during a check: its result would be out of date."""


@dataclass(frozen=True, slots=True)
class Session:
    """A site in memory, and the changes of its files that have not been checked yet.

    `showing` is held while the new text or errors of files are shown before a check.
    """

    live: LiveSite
    root: Path
    changes: Changes = field(default_factory=queue.SimpleQueue)
    showing: threading.Lock = field(default_factory=threading.Lock)

    def open(self, base_url: str, port: int) -> ThreadingHTTPServer:
        """Return a server that shows the site. Raises OSError if the port cannot be opened."""
        base = extract_base_path(base_url)
        return make_server(Preview(self.live, self.root, base), base_url, port)

    def start(self, folders: tuple[str, ...], tell: Callable[[State], None]) -> None:
        """Watch the root and its `folders` in other threads, and check the site at each change.

        `tell` is called with the state after each check. The first check comes soon: files may have
        changed before they were watched.
        """
        watching = (self.root, folders, self.note)
        threading.Thread(target=watch_site, args=watching, daemon=True, name="watch").start()
        threading.Thread(target=self._keep_fresh, args=(tell,), daemon=True, name="check").start()

    def _keep_fresh(self, tell: Callable[[State], None]) -> None:
        checks = 0  # since memory was freed
        while True:
            try:
                self.changes.get(timeout=IDLE if checks else None)
            except queue.Empty:
                checks = _free_memory()
                continue
            if checks == UNTIDY:
                self._wait_until_shown()
                checks = _free_memory()
            tell(self.catch_up())
            gc.freeze()  # else a collection, perhaps during a save, would look at the whole site
            checks += 1

    def note(self, changed: frozenset[Path]) -> None:
        """Have changed files checked; show their new text or errors at once (`LiveSite.show_file`).

        A check that is running stops at its next step. The next check begins once browsers have had
        time to load what is shown.
        """
        with self.showing:
            self.changes.put(changed)  # the check that this wakes waits until all is shown
            if self._show_files(changed):
                threading.Event().wait(HEAD_START)

    def _show_files(self, changed: Iterable[Path]) -> bool:
        """Show the new text or errors of files; return whether there are any for browsers to load.

        Errors are ignored here: the check that follows reports them.
        """
        shown = False
        for path in changed:
            with contextlib.suppress(OSError, ValueError):
                name = path.relative_to(self.root.absolute()).as_posix()
                shown |= self.live.show_file(unicodedata.normalize("NFC", name)) is not None
        return shown

    def _wait_until_shown(self) -> None:
        """Wait until `note` has shown its files, and browsers have had time to load them."""
        with self.showing:
            pass

    def catch_up(self) -> State:
        """Check the site; again if files change meanwhile, or cannot be read. Return the state.

        After the last of `PAUSES`, a file that cannot be read becomes the only problem.
        """
        pauses = iter(PAUSES)
        while True:
            self._take_changes()
            self._wait_until_shown()
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

    def _take_changes(self) -> None:
        """Forget the changes reported so far: the next check sees them."""
        while not self.changes.empty():
            self.changes.get()

    def _stop_if_changed(self, _step: str) -> None:
        if not self.changes.empty():
            raise _Superseded


def _free_memory() -> int:
    """Free the memory of the sites that are no longer shown.

    Return 0, the number of checks since then.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return 0
