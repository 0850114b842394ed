"""Watch the files of a site for changes."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import watchfiles

# Milliseconds: changes less than STEP apart are reported together, at most MOST after the first.
STEP, MOST = 10, 200
# Milliseconds without a change after which a watcher checks whether it must stop.
TIMEOUT = 500
# Seconds before a root that cannot be watched is tried again.
PAUSE = 0.05


def watch_site(root: Path, folders: Sequence[str], tell: Callable[[frozenset[Path]], None]) -> None:
    """Call `tell` with the changed paths at each change; never return.

    `folders` of `root` are watched with their subfolders, and `root` itself without its other
    folders, which may contain thousands of other files. When one of `folders` appears or
    disappears, all are watched anew. `tell` is called once more when the watch of `root` begins,
    and when that of `folders` does, since files may have changed before.
    """
    while True:
        present = _list_present(root, folders)
        stop = threading.Event()
        threading.Thread(
            target=_tell_all, args=(present, stop, tell), daemon=True, name="watch-content"
        ).start()
        _watch_root(root, folders, present, tell)
        stop.set()
        time.sleep(PAUSE)


def _list_present(root: Path, folders: Sequence[str]) -> tuple[Path, ...]:
    return tuple(root / name for name in folders if (root / name).is_dir())


def _watch_root(
    root: Path,
    folders: Sequence[str],
    present: tuple[Path, ...],
    tell: Callable[[frozenset[Path]], None],
) -> None:
    """Call `tell` with the paths that change in `root`; return when one of `folders` comes or goes.

    `present` are the paths of those of `folders` that are watched already.
    """
    for changed in _tell_each(_watch([root], recursive=False), tell):
        if any(root / name in changed for name in folders):
            return
        # a folder came or went before `root` was watched
        if _list_present(root, folders) != present:
            return


def _tell_all(
    folders: Sequence[Path], stop: threading.Event, tell: Callable[[frozenset[Path]], None]
) -> None:
    if folders:
        for _ in _tell_each(_watch(folders, recursive=True, stop=stop), tell):
            pass


def _tell_each(
    found: Iterator[frozenset[Path]], tell: Callable[[frozenset[Path]], None]
) -> Iterator[frozenset[Path]]:
    """Yield the sets of paths that a watch found; call `tell` with each one that is not empty.

    It is also called with the first empty set: the watch has then certainly begun, and files may
    have changed before.
    """
    is_first = True
    for changed in found:
        if changed or is_first:
            tell(changed)
        is_first = is_first and bool(changed)
        yield changed


def _watch(
    paths: Sequence[Path], *, recursive: bool, stop: threading.Event | None = None
) -> Iterator[frozenset[Path]]:
    """Yield the paths that changed, or an empty set when nothing changed for `TIMEOUT`.

    If the system cannot report changes, the files are polled. The iterator ends when `stop` is set,
    or if polling fails too.
    """
    for polling in (None, True):
        with contextlib.suppress(OSError):  # the system has no more watches, or a folder has gone
            changes = watchfiles.watch(
                *paths,
                debounce=MOST,
                step=STEP,
                rust_timeout=TIMEOUT,
                recursive=recursive,
                stop_event=stop,
                force_polling=polling,
                yield_on_timeout=True,
            )
            for found in changes:
                yield frozenset(Path(path) for _, path in found)
            return
