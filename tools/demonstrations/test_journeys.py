"""Visitors find an answer, or an honest no, to each question of `journeys.toml`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.demonstrations import journeys


def test_no_journey_is_a_dead_end(
    output: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["journeys", "--output", str(output)])
    assert journeys.main() == 0, capsys.readouterr().out
    answered = capsys.readouterr().out.count(" — answered")
    assert answered >= 12
