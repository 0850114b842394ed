"""Real changes on a real disk, as the system tells them."""

from __future__ import annotations

import queue
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import watchfiles

from maille.preview.watching import watch_site

Changes = queue.SimpleQueue[frozenset[Path]]
# Seconds: on a machine that is busy with other tests, a change may take a while to be told.
PATIENCE = 60


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("content/pages", "templates", "output"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


@pytest.fixture
def changes(root: Path) -> Changes:
    found: Changes = queue.SimpleQueue()
    folders = ("catalysers", "content", "templates")
    threading.Thread(target=watch_site, args=(root, folders, found.put), daemon=True).start()
    settle(root, found)
    return found


def settle(root: Path, found: Changes) -> None:
    """Wait until both watches are there."""
    for name in ("site.toml", "templates/a.html"):
        end = time.monotonic() + PATIENCE
        while True:
            (root / name).write_text("x", "utf-8")
            if root / name in take(found, 0.1) or time.monotonic() > end:
                break
    while take(found, 0.1):
        pass
    take(found, 0.7)  # told once the watches are there


def take(found: Changes, seconds: float = PATIENCE) -> frozenset[Path]:
    try:
        return found.get(timeout=seconds)
    except queue.Empty:
        return frozenset()


def wait_for(found: Changes, path: Path) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if path in take(found, 0.2):
            return True
    return False


EDITS: dict[str, Callable[[Path], object]] = {
    "site.toml": lambda path: path.write_text("a = 1", "utf-8"),
    "content/pages/neuf.md": lambda path: path.write_text("Neuf", "utf-8"),
    "templates/a.html": lambda path: path.unlink(),
    "content/pages/autre.md": lambda path: path.with_name("neuf.md").rename(path),
    "content/images": lambda path: path.mkdir(),
    "content/images/b.jpg": lambda path: path.write_bytes(b"b"),
}


def test_each_change_is_told_and_nothing_else(root: Path, changes: Changes) -> None:
    for name, edit in EDITS.items():
        edit(root / name)
        assert wait_for(changes, root / name), name
    (root / "output/a.html").write_text("x", "utf-8")
    later = {root / "site.toml", root / "content/pages/fin.md"}  # one for each watch
    for path in later:
        path.write_text("b = 1", "utf-8")
    end, told = time.monotonic() + PATIENCE, set[Path]()
    while not later <= told and time.monotonic() < end:
        told |= take(changes)
    assert later <= told
    assert root / "output/a.html" not in told


def is_watched(found: Changes, path: Path) -> bool:
    """Return whether changes of a file are told, sooner or later."""
    end = time.monotonic() + PATIENCE
    number = 0
    while time.monotonic() < end:
        number += 1
        path.write_text("x" * number, "utf-8")
        if path in take(found, 0.1):
            return True
    return False


def test_a_folder_that_comes_later_is_watched_too(root: Path, changes: Changes) -> None:
    (root / "catalysers").mkdir()
    assert is_watched(changes, root / "catalysers/a.md")
    assert is_watched(changes, root / "content/a.md")


def test_a_folder_that_goes_and_comes_back_is_watched_again(root: Path, changes: Changes) -> None:
    shutil.rmtree(root / "content")
    (root / "content").mkdir()
    assert is_watched(changes, root / "content/a.md")


def test_a_system_without_watches_left_is_asked_again_and_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = watchfiles.watch

    def refuse(*paths: Path, force_polling: bool | None, **named: Any) -> object:
        if not force_polling:
            raise OSError(28, "No space left on device")
        return real(*paths, force_polling=True, poll_delay_ms=20, **named)

    monkeypatch.setattr(watchfiles, "watch", refuse)
    found: Changes = queue.SimpleQueue()
    threading.Thread(target=watch_site, args=(root, ("content",), found.put), daemon=True).start()
    assert is_watched(found, root / "content/a.md")
