"""Say when files of a site change."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import watchfiles

# Milliseconds: changes closer than STEP are told together, but never later than MOST.
STEP, MOST = 10, 200
# Milliseconds between two looks at whether to stop.
TIMEOUT = 500


def watch_site(root: Path, folders: Sequence[str], tell: Callable[[frozenset[Path]], None]) -> None:
    """Call `tell` with the paths that changed, each time; return only if the process ends.

    `folders` of `root` are watched with all that they hold, and `root` itself without its other
    folders: it may hold thousands of files that are not the site's. A folder that comes or goes
    makes the others watched anew.
    """
    while True:
        present = [root / name for name in folders if (root / name).is_dir()]
        again = threading.Event()
        inside = threading.Thread(
            target=_tell_all, args=(present, again, tell), daemon=True, name="watch-content"
        )
        if present:
            inside.start()
        for changed in _watch([root], recursive=False):
            tell(changed)
            if any(root / name in changed for name in folders):
                break
        again.set()


def _tell_all(
    folders: Sequence[Path], stop: threading.Event, tell: Callable[[frozenset[Path]], None]
) -> None:
    for changed in _watch(folders, recursive=True, stop=stop):
        tell(changed)


def _watch(
    paths: Sequence[Path], *, recursive: bool, stop: threading.Event | None = None
) -> Iterator[frozenset[Path]]:
    """Yield the paths that changed; ask the disk again and again if the system tells nothing."""
    for polling in (None, True):
        with contextlib.suppress(OSError):  # the system has no more watches, or a folder went
            changes = watchfiles.watch(
                *paths,
                debounce=MOST,
                step=STEP,
                rust_timeout=TIMEOUT,
                recursive=recursive,
                stop_event=stop,
                force_polling=polling,
            )
            for found in changes:
                yield frozenset(Path(path) for _, path in found)
            return
