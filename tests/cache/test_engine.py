from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from maille.cache import engine
from maille.cache.engine import digest_engine, list_libraries


def test_libraries_are_listed_with_their_versions(tmp_path: Path) -> None:
    for name in ("b-2.0.dist-info", "a-1.0.egg-info", "a", "c.txt"):
        (tmp_path / name).mkdir()
    found = list_libraries([str(tmp_path), str(tmp_path / "nowhere.zip")])
    assert found == ["a-1.0.egg-info", "b-2.0.dist-info"]
    assert any(name.startswith("markdown-") for name in map(str.lower, list_libraries(sys.path)))


@pytest.fixture
def digest_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bytes]:
    package, libraries = tmp_path / "maille", tmp_path / "site-packages"
    (package / "data").mkdir(parents=True)
    (package / "a.py").write_text("a = 1\n")
    (package / "data/a.json").write_text("{}")
    (libraries / "markdown-3.9.dist-info").mkdir(parents=True)
    monkeypatch.setattr(engine, "_PACKAGE", package)
    monkeypatch.setattr(sys, "path", [str(libraries)])
    return digest_engine.__wrapped__


def test_the_digest_is_that_of_code_data_libraries_and_python(
    digest_again: Callable[[], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, libraries = tmp_path / "maille", tmp_path / "site-packages"
    edits: tuple[Callable[[], object], ...] = (
        lambda: (package / "a.py").write_text("a = 2\n"),
        lambda: (package / "data/a.json").write_text("[]"),
        lambda: (package / "a.py").rename(package / "b.py"),
        lambda: (package / "c.py").write_text(""),
        lambda: (libraries / "markdown-3.9.dist-info").rename(libraries / "markdown-4.dist-info"),
        lambda: monkeypatch.setattr(sys, "version", "4.0"),
    )
    found = [digest_again()]
    for edit in edits:
        edit()
        found.append(digest_again())
    assert len({*found}) == len(edits) + 1


def test_the_digest_does_not_depend_on_bytecode_or_on_the_place(
    digest_again: Callable[[], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest_again()
    shutil.move(tmp_path / "maille", tmp_path / "elsewhere")
    (tmp_path / "elsewhere/__pycache__").mkdir()
    (tmp_path / "elsewhere/__pycache__/a.pyc").write_bytes(b"x")
    monkeypatch.setattr(engine, "_PACKAGE", tmp_path / "elsewhere")
    assert digest_again() == before
