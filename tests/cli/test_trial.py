"""A change is tried on a copy, and asked for at a terminal."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from maille.cli.trial import ask, copy_site
from tests.command import read_tree
from tests.small_site import link_site, write_small_site


def test_the_copy_has_what_a_build_reads_and_is_removed(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    (root / "envois").mkdir()
    before = read_tree(root)
    with copy_site(link_site(root), root) as copy:
        kept = {path for path in read_tree(copy) if (copy / path).is_file()}
        assert kept == {path for path in before if (root / path).is_file()}
        (copy / "site.toml").write_text("x", encoding="utf-8")
    assert not copy.exists()
    assert read_tree(root) == before


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("oui\n", True), (" O \n", True), ("non\n", False), ("\n", False), ("", False)],
)
def test_yes_is_typed_in_french(monkeypatch: pytest.MonkeyPatch, typed: str, answer: bool) -> None:
    terminal = io.StringIO(typed)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    assert ask("Écrire ?") is answer


def test_elsewhere_the_option_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("oui\n"))
    assert ask("Écrire ?") is False
    assert "--oui" in capsys.readouterr().err
