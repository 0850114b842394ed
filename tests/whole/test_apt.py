"""What `make test` installs: for root by apt; for anybody else nothing, and never by sudo."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import apt, java
from tests.browser import chromium


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file to which a false apt-get and a false sudo, alone on the path, write their calls."""
    log = tmp_path / "calls"
    log.touch()
    for name in ("apt-get", "sudo"):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> "{log}"\n', encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return log


def test_root_installs_by_apt(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert apt.install("un-paquet")
    assert calls.read_text("utf-8").splitlines() == [
        "apt-get -qq update",
        "apt-get -qq --yes install un-paquet",
    ]


def test_nobody_else_installs_anything(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not apt.install("un-paquet")
    chromium.install()
    assert calls.read_text("utf-8") == ""


def test_a_failure_of_apt_is_told(
    calls: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (calls.parent / "apt-get").write_text("#!/bin/sh\nexit 100\n", encoding="utf-8")
    assert not apt.install("un-paquet")
    assert "un-paquet" in capsys.readouterr().out


def test_what_is_missing_is_told_with_the_command_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "sudo apt install default-jre-headless" in java.MISSING
    monkeypatch.setattr(chromium, "DEBIAN", True)
    assert "sudo apt install chromium-headless-shell" in chromium.missing()
    monkeypatch.setattr(chromium, "DEBIAN", False)
    assert "-m playwright install chromium" in chromium.missing()
