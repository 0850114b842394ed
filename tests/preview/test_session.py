"""Files change, even during a check: the last state is that of the files."""

from __future__ import annotations

import queue
from pathlib import Path

import pytest

from maille.preview import session as module
from maille.preview.live_site import LiveSite, State
from maille.preview.session import Session
from tests.preview.living import make_live
from tests.small_site import replace_in, write_small_site


@pytest.fixture
def session(tmp_path: Path) -> Session:
    root = write_small_site(tmp_path / "site")
    live = make_live(root)
    live.refresh()
    return Session(live, root)


def test_a_save_is_seen(session: Session) -> None:
    told: queue.SimpleQueue[State] = queue.SimpleQueue()
    session.start(("catalysers", "content", "newsletters", "templates"), told.put)
    told.get(timeout=60)  # what changed while the first check ran
    replace_in(session.root / "catalysers/premier.md", "relation: cite", "relation: cit")
    state = told.get(timeout=60)
    while not state.problems:
        state = told.get(timeout=60)
    assert [problem.path for problem in state.problems] == ["catalysers/premier.md"]


def test_a_check_that_files_have_overtaken_begins_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    real = Session._stop_if_changed

    def note(self: Session, step: str) -> None:
        begun.append(step)
        if len(begun) == 3:
            session.changes.put(frozenset())
        real(self, step)

    monkeypatch.setattr(Session, "_stop_if_changed", note)
    before = session.live.state.version
    assert session.catch_up().version == before + 1
    assert begun[:4] == ["discover", "parse", "validate", "discover"]
    assert session.changes.empty()


def test_a_text_saved_during_a_check_is_shown_before_the_check_stops(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HEAD_START", 0.0)
    record = session.root / "catalysers/premier.md"
    real, begun, shown = Session._stop_if_changed, [], []

    def save(self: Session, step: str) -> None:
        begun.append(step)
        if begun == ["discover", "parse"]:
            replace_in(record, "des gens", "tout le monde")
            self.note(frozenset({record, session.root / "site.toml"}))
            pages = session.live.state.pages
            assert pages
            shown.append(pages.draw("catalyseurs/premier/index.html"))
        real(self, step)

    monkeypatch.setattr(Session, "_stop_if_changed", save)
    before = session.live.state.version
    assert session.catch_up().version == before + 2
    assert begun[:3] == ["discover", "parse", "discover"]
    [page] = shown
    assert isinstance(page, bytes)
    assert b"tout le monde" in page


def test_a_check_that_a_save_overtakes_at_its_end_shows_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Session._stop_if_changed
    saved: list[str] = []

    def save(self: Session, step: str) -> None:
        if step == "show" and not saved:
            saved.append(step)
            self.changes.put(frozenset())
        real(self, step)

    monkeypatch.setattr(Session, "_stop_if_changed", save)
    before = session.live.state.version
    assert session.catch_up().version == before + 1
    assert saved


def test_the_memory_of_former_sites_is_freed_once_nothing_changes(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    freed: queue.SimpleQueue[int] = queue.SimpleQueue()

    def free() -> int:
        freed.put(0)
        return 0

    monkeypatch.setattr(module, "IDLE", 0.01)
    monkeypatch.setattr(module, "_free_memory", free)
    session.start(("catalysers", "content", "newsletters", "templates"), lambda _: None)
    assert freed.get(timeout=60) == 0


def test_a_file_that_cannot_be_read_yet_is_read_a_little_later(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = iter([PermissionError(13, "x", "a.md"), PermissionError(13, "x", "a.md"), None])
    real = LiveSite.refresh

    def fail(self: LiveSite, *arguments: object) -> object:
        if error := next(tries):
            raise error
        return real(self)

    monkeypatch.setattr(module, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(LiveSite, "refresh", fail)
    assert session.catch_up().problems == ()


@pytest.mark.parametrize("error", [PermissionError(13, "refusé", "a.md"), ZeroDivisionError()])
def test_what_keeps_failing_is_told(
    session: Session, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(module, "PAUSES", (0.0,))
    monkeypatch.setattr(LiveSite, "refresh", fail)
    [problem] = session.catch_up().problems
    assert problem.hint


def test_it_is_served(session: Session) -> None:
    with session.open("/base/", 0) as running:
        assert running.server_port
